"""The dictionary of actors: every name with the actor it means, and from when to when."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

import ahocorasick_rs

from backchannel import vocabulary
from backchannel.actors.spelling import key
from backchannel.records import Actor, Office

NameKind = Literal["name", "demonym", "capital", "city", "seat", "person", "surname", "outlet", "nothing"]

STATES = "actors/states.yml"
ORGANISATIONS = ("actors/organisations.yml", "actors/companies.yml", "actors/civil_society.yml")
PEOPLE = (
    "actors/people_usa.tsv",
    "actors/people_usa_missions.tsv",
    "actors/people_powers.tsv",
    "actors/people_world.tsv",
    "actors/people_organisations.tsv",
    "actors/people_nonstate.tsv",
    "actors/people_visits.tsv",
)
OUTLETS = "outlets.yml"
BODIES, ROLES = "actors/bodies.tsv", "actors/people_roles.tsv"
_OF_STATES = frozenset({"MIL", "SPY"})


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a name can mean. ``start`` and ``end`` are years as numbers (1971.5), open when ``None``."""

    actor: str
    kind: NameKind
    sector: str | None = None
    person: str | None = None
    office: str | None = None
    start: float | None = None
    end: float | None = None
    is_ambiguous: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text with all that it can mean there."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]


@dataclass(slots=True)
class ActorTable:
    """All names, indexed for one pass over a text; ``actors`` describes each id."""

    actors: dict[str, Actor]
    senses: dict[str, tuple[Sense, ...]]
    provenance: dict[str, dict[str, int]] = field(default_factory=dict)
    _finder: Any = None
    _patterns: list[str] = field(default_factory=list)
    _offices: dict[tuple[str, str], tuple[Sense, ...]] = field(default_factory=dict)
    _spelt: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def matches(self, text: str) -> Iterator[Match]:
        """Yield every known name in ``text``, longest first at each place, whole words only."""
        if self._finder is None:
            self._patterns = sorted(self.senses)
            self._finder = ahocorasick_rs.AhoCorasick(self._patterns, matchkind=ahocorasick_rs.MatchKind.Standard)
        folded = fold(text)
        found: dict[int, tuple[int, int]] = {}
        for index, start, end in self._finder.find_matches_as_indexes(folded, overlapping=True):
            if (start > 0 and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
                continue
            if start not in found or end > found[start][1]:
                found[start] = (index, end)
        last = 0
        for start in sorted(found):
            index, end = found[start]
            if start < last:
                continue
            senses = self.senses[self._patterns[index]]
            if senses[0].kind in ("person", "surname"):
                junior = _JUNIOR.match(folded, end)
                end = junior.end() if junior is not None else end
            last = end
            yield Match(start, end, text[start:end], senses)

    def holders(self, actor: str, office: str) -> tuple[Sense, ...]:
        """Give all who ever held an office of an actor, by their full names."""
        if not self._offices:
            found: defaultdict[tuple[str, str], list[Sense]] = defaultdict(list)
            for senses in self.senses.values():
                for sense in senses:
                    if sense.kind == "person" and sense.office is not None:
                        found[sense.actor, sense.office].append(sense)
            self._offices = {key: tuple(dict.fromkeys(some)) for key, some in found.items()}
        return self._offices.get((actor, office), ())

    def spelt(self, spelling: str) -> tuple[str, ...]:
        """Give the people's full names that have this key of ``spelling.key``."""
        if not self._spelt:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for name, senses in self.senses.items():
                if " " in name and any(sense.kind == "person" for sense in senses):
                    found[key(name)].append(name)
            self._spelt = {one: tuple(names) for one, names in found.items()}
        return self._spelt.get(spelling, ())

    def newest(self) -> float:
        """Give when the dictionary's newest office began, as a number of years; 0 without any."""
        self.holders("", "")
        return max((sense.start or 0.0 for some in self._offices.values() for sense in some), default=0.0)

    def name(self, actor: str) -> str | None:
        """Give the actor's name, or ``None`` for an id that the dictionary lacks."""
        known = self.actors.get(actor)
        return known.name if known is not None else None

    def sector(self, actor: str) -> str | None:
        """Give the actor's PLOVER sector (GOV for states)."""
        known = self.actors.get(actor)
        return known.sector if known is not None else None

    def is_nonstate(self, actor: str) -> bool:
        """Whether the actor is a company, NGO or foundation (channel ``nonstate``)."""
        known = self.actors.get(actor)
        return known is not None and known.kind in NONSTATE

    def opposition_of(self, state: str) -> str | None:
        """Give the actor that is the political opposition of a state, where the dictionary has exactly one."""
        found = [a.id for a in self.actors.values() if a.country == state and a.kind == "opposition"]
        return found[0] if len(found) == 1 else None


_JUNIOR = re.compile(r",? (?:Jr|Sr)\b\.?|,? I{2,3}\b")


@cache
def words(kind: str) -> frozenset[str]:
    """Give one list of ``data/actors/names.yml``."""
    return frozenset(vocabulary.load("actors/names.yml")[kind]["words"])


NONSTATE = frozenset({"company", "ngo", "foundation", "think_tank", "association", "religious"})
_FOLD = {
    ord("’"): "'",
    ord("‘"): "'",
    ord("ʼ"): "'",
    ord("\n"): " ",
    ord("\t"): " ",
    ord("\u00a0"): " ",
    ord("\u202f"): " ",
    ord("‑"): "-",
    ord("–"): "-",
}


def fold(text: str) -> str:
    """Give the text without accents and typographic marks, every character in its place.

    >>> fold("Erdoğan’s Élysée")
    "Erdogan's Elysee"
    """
    if text.isascii():
        return text.replace("\n", " ").replace("\t", " ")
    return "".join(_plain(char) for char in text.translate(_FOLD))


@cache
def _plain(char: str) -> str:
    if ord(char) < 128:
        return char
    special = {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}.get(char)
    if special is not None:
        return special
    base = unicodedata.normalize("NFD", char)[0]
    return base if ord(base) < 128 else char


def years(value: str | int | None, *, is_end: bool = False) -> float | None:
    """Give an ISO date of any precision as a number of years; an end counts to the end of its day, month or year.

    >>> years("1971-07"), years("1971", is_end=True)
    (1971.5, 1972.0)
    """
    if value is None or value == "":
        return None
    parts = [int(part) for part in str(value).split("-")]
    year, month = float(parts[0]), parts[1] if len(parts) > 1 else (13 if is_end else 1)
    if len(parts) == 2 and is_end:
        month += 1
    day = parts[2] if len(parts) > 2 else 1
    return round(year + (month - 1) / 12 + (day - 1) / 366, 3)


def build(*, user: Sequence[Mapping[str, Any]] = ()) -> ActorTable:
    """Give the dictionary that ships, with the user's own rows added.

    Args:
        user: rows ``{id, name, kind?, sector?, country?, aliases?, person?, office?, from?, to?}`` from ``actors add``.

    Raises:
        VocabularyError: a data file is invalid.
    """
    names: dict[str, list[Sense]] = defaultdict(list)
    actors: dict[str, Actor] = {}
    provenance: dict[str, dict[str, int]] = {}
    for load in (_states, _organisations, _outlets, _people, _officials, _bodies):
        load(names, actors, provenance)
    _user(user, names, actors)
    senses = {name: tuple(dict.fromkeys(found)) for name, found in names.items() if len(name) > 1}
    return ActorTable(actors=actors, senses=senses, provenance=provenance)


@cache
def shipped() -> ActorTable:
    """Give the dictionary that ships, built once a process."""
    return build()


def _count(
    provenance: dict[str, dict[str, int]], file: str, rows: Iterable[Mapping[str, Any]], about: Mapping[str, Any]
) -> None:
    table = provenance.setdefault(file, {"rows": 0, "checked": 0, "editor": 0})
    for row in rows:
        table["rows"] += 1
        table["checked"] += bool(row.get("checked") or about.get("checked"))
        table["editor"] += (row.get("source") or about.get("source")) == "editor"


def _states(names: dict[str, list[Sense]], actors: dict[str, Actor], provenance: dict[str, dict[str, int]]) -> None:
    data = vocabulary.load(STATES)
    _count(provenance, STATES, data["states"], data.get("about", {}))
    for row in data["states"]:
        one, start, end = row["id"], years(row.get("from")), years(row.get("to"))
        ambiguous = set(row.get("ambiguous") or ())
        aliases = [row["name"], *(row.get("formal") or ()), *(row.get("aliases") or ())]
        actors[one] = Actor(
            id=one, kind=row.get("kind") or "state", name=row["name"], sector="GOV", country=one, aliases=tuple(aliases)
        )
        groups: list[tuple[NameKind, Iterable[str]]] = [
            ("name", aliases),
            ("demonym", row.get("demonyms") or ()),
            ("capital", row.get("capital") or ()),
            ("seat", row.get("seats") or ()),
            ("city", row.get("cities") or ()),
        ]
        dated = {
            str(d["name"]): (years(d.get("from")), years(d.get("to"), is_end=True)) for d in row.get("dated") or ()
        }
        for kind, group in groups:
            for name in group:
                since, until = dated.get(str(name), (start, end))
                names[fold(str(name))].append(Sense(one, kind, "GOV", None, None, since, until, name in ambiguous, 3))
    for name in data.get("not_names") or ():
        names[fold(str(name))].append(Sense("", "nothing", None))


def _organisations(
    names: dict[str, list[Sense]], actors: dict[str, Actor], provenance: dict[str, dict[str, int]]
) -> None:
    for file in ORGANISATIONS:
        data = vocabulary.load(file)
        rows = next(value for key, value in data.items() if key != "about")
        _count(provenance, file, rows, data.get("about", {}))
        for row in rows:
            one, ambiguous = row["id"], set(row.get("ambiguous") or ())
            aliases = [row["name"], *(row.get("aliases") or ()), *(row.get("bodies") or ())]
            actors[one] = Actor(
                id=one,
                kind=row["kind"],
                name=row["name"],
                sector=row.get("sector"),
                country=row.get("country"),
                aliases=tuple(aliases),
            )
            for name in aliases:
                names[fold(str(name))].append(
                    Sense(one, "name", row.get("sector"), None, None, None, None, name in ambiguous, 3)
                )
            for name in row.get("demonyms") or ():
                names[fold(str(name))].append(
                    Sense(one, "demonym", row.get("sector"), None, None, None, None, name in ambiguous, 3)
                )


def _outlets(names: dict[str, list[Sense]], actors: dict[str, Actor], provenance: dict[str, dict[str, int]]) -> None:
    data = vocabulary.load(OUTLETS)
    _count(provenance, OUTLETS, data["outlets"], data.get("about", {}))
    for row in data["outlets"]:
        ambiguous = set(row.get("ambiguous") or ())
        for name in (row["name"], *(row.get("aliases") or ())):
            key = fold(str(name))
            if (
                key not in names and key.removeprefix("The ") not in names
            ):  # "The Australian foreign minister" is no newspaper
                names[key].append(
                    Sense(row["id"], "outlet", "JRN", None, row.get("state"), None, None, name in ambiguous, 1)
                )


def _people(names: dict[str, list[Sense]], actors: dict[str, Actor], provenance: dict[str, dict[str, int]]) -> None:
    for file in PEOPLE:
        rows = vocabulary.rows(file)
        _count(provenance, file, rows, {})
        for row in rows:
            _person(row, names)


def _officials(names: dict[str, list[Sense]], actors: dict[str, Actor], provenance: dict[str, dict[str, int]]) -> None:
    """Those of the people known by a role whose office stands for their state; by the full name only."""
    rows = vocabulary.rows(ROLES)
    _count(provenance, ROLES, rows, {})
    for row in rows:
        if row["country"] in actors and row["office"] in words("for_the_state"):
            _person(row | {"actor": row["country"]}, names)


def _bodies(names: dict[str, list[Sense]], actors: dict[str, Actor], provenance: dict[str, dict[str, int]]) -> None:
    """Ministries, parliaments, services and armed forces stand for their state, as its seats do.

    Only names of several words that no other table has: a short one is too often something else in running text.
    """
    rows = vocabulary.rows(BODIES)
    _count(provenance, BODIES, rows, {})
    for row in rows:
        state = actors.get(row["country"])
        if state is None or row["sector"] not in _OF_STATES or row["from"] or row["to"]:
            continue
        for name in (row["name"], *_listed(row["aliases"])):
            key = fold(name)
            if " " in name and key not in names and key.removeprefix("The ") not in names:
                names[key].append(Sense(state.id, "seat", "GOV", rank=3))


def _person(row: Mapping[str, str], names: dict[str, list[Sense]]) -> None:
    office = row.get("office") or ""
    title = office.partition(":")[0]
    rank = 3 if title in words("top") else 2 if title in words("high") else 1 if title in words("middle") else 0
    if len(row["actor"]) != 3:
        rank = min(rank, 2 if title in words("bodies") else 1)
    sense = Sense(
        row["actor"],
        "person",
        "GOV",
        row["person"],
        office or None,
        years(row.get("from")),
        years(row.get("to"), is_end=True),
        False,
        rank,
    )
    for name in (row["person"], *_listed(row.get("aliases"))):
        if " " in name or "-" in name:
            names[fold(name)].append(sense)
    short = replace(sense, kind="surname")
    for name in _listed(row.get("surname")):
        names[fold(name)].append(short)


def _listed(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split("|") if part.strip()]


def _user(rows: Sequence[Mapping[str, Any]], names: dict[str, list[Sense]], actors: dict[str, Actor]) -> None:
    for row in rows:
        one = row["id"]
        if row.get("person"):
            _person(
                {k: str(v) for k, v in row.items() if v is not None and not isinstance(v, list)} | {"actor": one}, names
            )
            continue
        aliases = [row["name"], *(row.get("aliases") or ())]
        known = actors.get(one)
        actors[one] = Actor(
            id=one,
            kind=row.get("kind") or (known.kind if known else "organisation"),
            name=known.name if known else row["name"],
            sector=row.get("sector") or (known.sector if known else None),
            country=row.get("country") or (known.country if known else None),
            aliases=tuple(dict.fromkeys([*(known.aliases if known else ()), *aliases])),
            offices=tuple(
                Office(title=o["title"], actor=one, start=o.get("from"), end=o.get("to"))
                for o in row.get("offices") or ()
            ),
        )
        for name in aliases:
            names[fold(name)].append(Sense(one, "name", actors[one].sector, rank=4))


_TITLE_BEFORE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|President|President-elect|Premier|Prime Minister|Chancellor|Minister|Secretary|Secretary-General|Secretary General|Ambassador|Envoy|Adviser|"
    r"Advisor|General|Gen|Senator|Sen|King|Queen|Prince|Emir|Sheikh|Marshal|Chairman|Director|Director-General|Commissioner|Representative|Governor|Leader|leader|envoy|minister|spokesman|"
    r"spokeswoman|spokesperson|Under Secretary|Assistant Secretary|Chief|Admiral|Colonel|Foreign Minister|Spokesperson|of State|of Defen[cs]e|of the Treasury|of Commerce|of Energy|of Homeland Security|Affairs|Attorney General|Speaker|Pope|Cardinal|Patriarch)\.?\s$"
)


def has_title_before(text: str, start: int) -> bool:
    """Whether an official's title stands right before the character at ``start``."""
    return _TITLE_BEFORE.search(text[max(0, start - 30) : start]) is not None
