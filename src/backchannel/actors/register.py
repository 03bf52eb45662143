"""People by an id of ours: everyone the tables know, found by a name as a record writes it and by office on a day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from backchannel import vocabulary
from backchannel.actors.spelling import key
from backchannel.actors.table import PEOPLE, ROLES, fold, years

_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv", "2nd", "3rd"})
_FAR = 100.0
_LIFE = 10.0
"""Years between two offices of one person whom two tables name differently, at most."""
_LATE = 2100.0
_PERSON = "PERSON_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An office held: of which actor, which one, from when to when as years with decimals, open when ``None``."""

    actor: str
    office: str
    start: float | None
    end: float | None

    def distance(self, day: float) -> float:
        """Give how many years a day lies outside the term; 0 inside."""
        before = (self.start - day) if self.start is not None else 0.0
        after = (day - self.end) if self.end is not None else 0.0
        return max(before, after, 0.0)

    @property
    def length(self) -> float:
        """How many years it lasted; an open one is long."""
        return (self.end or 2100.0) - (self.start or 1900.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person: our id, the usual name, the given names of each spelling, the offices."""

    id: str
    name: str
    givens: tuple[tuple[str, ...], ...] = ()
    terms: tuple[Term, ...] = ()

    def distance(self, day: float) -> float:
        """Give how many years a day lies outside all their offices."""
        return min((term.distance(day) for term in self.terms), default=_FAR)

    def held(self, day: float, slack: float = 0.1) -> tuple[Term, ...]:
        """Give the offices held on a day."""
        return tuple(term for term in self.terms if term.distance(day) <= slack)


@dataclass(slots=True)
class Register:
    """All people, by surname, by whole name and by office."""

    people: dict[str, Person]
    by_surname: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_name: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_office: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def named(self, name: str) -> tuple[Person, ...]:
        """Give those with this whole name, in whichever usual spelling."""
        return tuple(self.people[one] for one in self.by_name.get(key(fold(name)), ()))

    def surnamed(self, surname: str) -> tuple[Person, ...]:
        """Give those with a surname, as ``words`` gives it."""
        return tuple(self.people[one] for one in self.by_surname.get(surname, ()))

    def holder(self, actor: str, office: str, day: float) -> Person | None:
        """Give who held an office on a day; of an acting and a lasting holder the lasting one, else ``None`` on doubt."""
        found = [
            (term.length, person)
            for person in (self.people[one] for one in self.by_office.get((actor, office), ()))
            for term in person.terms
            if term.actor == actor and term.office == office and term.distance(day) == 0.0
        ]
        lasting = [person for length, person in found if length > 0.2] or [person for _, person in found]
        return lasting[0] if len({person.id for person in lasting}) == 1 else None


@lru_cache(maxsize=1 << 16)
def words(name: str) -> tuple[str, ...]:
    """Give the words of a name, plain, without "Jr." and nicknames; the last is the surname.

    >>> words("Herbert C. Hoover, Jr.")
    ('herbert', 'c', 'hoover')
    """
    bare = re.sub(r"\([^)]*\)|[\"“”][^\"“”]*[\"“”]", " ", name)
    parts = re.findall(r"[a-z0-9'-]+", fold(bare).lower().replace("’", "'"))
    return tuple(part.strip("'-") for part in parts if part.strip("'-") and part not in _JUNIOR)


def slug(name: str) -> str:
    """Give a name as an id.

    >>> slug("Herbert C. Hoover, Jr.")
    'herbert-c-hoover'
    """
    return "-".join(part.replace("'", "") for part in words(name))


@dataclass(slots=True)
class _Draft:
    """What the rows of the tables say of one person."""

    name: str
    forms: dict[str, None] = field(default_factory=dict)
    surnames: set[str] = field(default_factory=set)
    terms: list[Term] = field(default_factory=list)

    def add(self, row: Mapping[str, str]) -> None:
        """Take a row in."""
        self.forms |= dict.fromkeys((self.name, *_split(row.get("aliases"))))
        self.surnames |= {words(one)[-1] for one in (*_split(row.get("surname")), self.name) if words(one)}
        actor = row.get("actor") or row.get("country") or ""
        end = years(row["to"], is_end=True)
        self.terms.append(Term(actor=actor, office=row["office"], start=years(row["from"]), end=end))

    def join(self, other: _Draft) -> None:
        """Take in what is told of the same person under another name."""
        self.forms |= other.forms
        self.surnames |= other.surnames
        self.terms += other.terms

    @property
    def plain(self) -> str:
        """The name without accents, capitals and hyphens."""
        return fold(self.name).casefold().replace("-", " ")

    def is_of(self, other: _Draft) -> bool:
        """Whether two with a common spelling are one person: of one state, or of none, and near enough for one life.

        Of whatever states and bodies, where their names differ by accents and hyphens alone.
        """
        is_one_name = self.plain == other.plain
        return any(
            (is_one_name or one.actor == term.actor or one.actor.startswith(_PERSON) or term.actor.startswith(_PERSON))
            and min(one.distance(term.start or 0.0), term.distance(one.start or 0.0)) < _LIFE
            for one in self.terms
            for term in other.terms
        )


@cache
def register() -> Register:
    """Give all people of the tables, read once a process."""
    drafts: dict[str, _Draft] = {}
    for file in (*PEOPLE, ROLES):
        for row in vocabulary.rows(file):
            drafts.setdefault(row["person"], _Draft(row["person"])).add(row)
    return _indexed(_merged(drafts.values()))


def _split(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split("|") if part.strip()]


def _merged(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Give the people with those made one whom two tables call by different names."""
    spelt: dict[str, _Draft] = {}
    kept: list[_Draft] = []
    for draft in drafts:
        keys = [key(fold(form)) for form in draft.forms if " " in form]
        same = next((spelt[one] for one in keys if one in spelt and spelt[one].is_of(draft)), None)
        if same is None:
            kept.append(draft)
        else:
            same.join(draft)
        for one in keys:
            spelt.setdefault(one, draft if same is None else same)
    return kept


def _indexed(drafts: Iterable[_Draft]) -> Register:
    people: dict[str, Person] = {}
    drafts = list(drafts)
    ids = _ids(drafts)
    by_surname: defaultdict[str, list[str]] = defaultdict(list)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    by_office: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for draft, one in zip(drafts, ids, strict=True):
        givens = tuple(dict.fromkeys(_given(form, draft.surnames) for form in draft.forms if " " in form))
        people[one] = Person(id=one, name=draft.name, givens=givens, terms=tuple(draft.terms))
        for surname in sorted(draft.surnames):
            by_surname[surname].append(one)
        for spelt in {key(fold(form)) for form in draft.forms if " " in form or "-" in form}:
            by_name[spelt].append(one)
        for office in {(term.actor, term.office) for term in draft.terms}:
            by_office[office].append(one)
    return Register(
        people=people,
        by_surname={name: tuple(some) for name, some in by_surname.items()},
        by_name={name: tuple(some) for name, some in by_name.items()},
        by_office={name: tuple(some) for name, some in by_office.items()},
    )


def _ids(drafts: Sequence[_Draft]) -> list[str]:
    """Give each person an id: the name, and for all namesakes but one the year in which they came to office.

    That one is the first in office of those who bear the name without "Jr." or a word in brackets.
    """
    first = {place: min(term.start or _LATE for term in one.terms) for place, one in enumerate(drafts)}
    bare = {place: len(one.name.split()) == len(words(one.name)) for place, one in enumerate(drafts)}
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for place in sorted(first, key=lambda place: (not bare[place], first[place], place)):
        one = slug(drafts[place].name)
        number = one if one not in taken else f"{one}-{int(first[place])}"
        while number in taken:
            number += "-2"
        taken.add(number)
        ids[place] = number
    return [ids[place] for place in range(len(drafts))]


def _given(form: str, surnames: set[str]) -> tuple[str, ...]:
    """The words of a name that are no surname, wherever the surname stands ("Chou En-lai")."""
    own = words(form)
    rest = tuple(word for word in own if word not in surnames)
    return rest if len(rest) < len(own) else own[:-1]


def agree(given: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether given names can be one person's: each of the shorter stands in order in the longer, initials counting.

    An initial that comes first must be that of the first name.

    >>> agree(("h",), ("henry", "a")), agree(("c", "burke"), ("charles", "burke")), agree(("allen",), ("john", "foster"))
    (True, True, False)
    """
    short, long = sorted((given, other), key=len)
    if short and len(short[0]) == 1 and short[0] != long[0][0]:
        return False
    place = 0
    for number, word in enumerate(short):
        # A whole name is somebody's middle initial only where the first names agree as well.
        while place < len(long) and not (_alike(word, long[place]) and (number or not place or len(long[place]) > 1)):
            place += 1
        if place == len(long):
            return False
        place += 1
    return True


def _alike(word: str, other: str) -> bool:
    """Whether two given names are the same, or one is the other's initial or beginning ("Wm", "Alex")."""
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return word == other or (min(len(word), len(other)) > 2 and (word.startswith(other) or other.startswith(word)))
