"""Ask for somebody by name, surname or id, and tell whether a claim has people of an embassy in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.actors.register import Person, agree, register, words
from backchannel.actors.table import years
from backchannel.importers.ids import id_of
from backchannel.records import Claim, Party
from backchannel.sources.heads.lexicon import lexicon
from backchannel.store import Store

FILE = "people.yml"
ROWS = "participants"
"""Where a claim has the people of a record, in its ``extensions``."""
_NEAR = 0.1
"""Years around an office in which its bearer still counts as holding it."""


def keys(asked: str, store: Store) -> tuple[str, ...]:
    """Give the names and ids under which the store may have somebody.

    A surname, or any one word, is that word in a name; titles before it are left out. With first names or initials it
    is everybody of that surname whose first names agree ("Llewellyn Thompson" is "L. E. Thompson" and our id of him,
    and not the "Thompson" of whom nothing more is known). An id is that person alone.

    Args:
        asked: a name ("Amb. Thompson", "Llewellyn E. Thompson", "Chou En-lai"), or an id ("llewellyn-thompson").
        store: whose people are meant.
    """
    people = register().people
    if asked in people:
        return tuple(sorted({asked, people[asked].name}))
    name = _without_titles(words(asked))
    found = {asked} | {key for person in register().named(" ".join(name)) for key in (person.id, person.name)}
    if len(name) == 1:
        found.add(name[0])
    elif name:
        found |= {one for one in store.people(name[-1]) if _is_of(one, name, people)}
    return tuple(sorted(found))


def _without_titles(run: tuple[str, ...]) -> tuple[str, ...]:
    titles = lexicon().courtesy | lexicon().ranks | lexicon().holders
    while len(run) > 1 and run[0] in titles and len(run[0]) > 1:
        run = run[1:]
    return run


def _is_of(kept: str, name: tuple[str, ...], people: Mapping[str, Person]) -> bool:
    """Whether a name or id of the store can be that of somebody asked for by surname and first names."""
    if kept in people:
        person = people[kept]
        return words(person.name)[-1:] == name[-1:] and any(agree(name[:-1], given) for given in person.givens if given)
    own = words(kept)
    return len(own) > 1 and own[-1] == name[-1] and agree(own[:-1], name[:-1])


def rows(claim: Claim) -> Sequence[Mapping[str, Any]]:
    """Give those whom a record or table names in a claim; none for a claim read from a sentence."""
    found: Sequence[Mapping[str, Any]] = claim.extensions.get(ROWS) or ()
    return found


def has_embassy(claims: Iterable[Claim], actor: str) -> bool:
    """Whether claims name somebody of an embassy of ``actor``: by the words about them, or by their office on the day."""
    return any(
        any(row.get("actor") == actor and _is_row_of_embassy(row, on) for row in rows(claim))
        or any(party.actor == actor and _is_party_of_embassy(party, on) for party in claim.parties)
        for claim in claims
        for on in [years(claim.when.start) if claim.when is not None else None]
    )


def _is_row_of_embassy(row: Mapping[str, Any], on: float | None) -> bool:
    told = " ".join(str(row.get(part) or "") for part in ("side", "text"))
    return is_of_embassy(told) or _is_ambassador(row.get("id"), on)


def _is_party_of_embassy(party: Party, on: float | None) -> bool:
    return is_of_embassy(party.text or "") or (
        party.person is not None and _is_ambassador(id_of(party.person) if on is not None else None, on)
    )


def is_of_embassy(text: str) -> bool:
    """Whether words about somebody tell that they serve at an embassy.

    >>> is_of_embassy("Boris Sedov, Counselor, Soviet Embassy"), is_of_embassy("Ambassador at Large Thompson")
    (True, False)
    """
    return re.search(_data()["embassy"], text) is not None and re.search(_data()["not_embassy"], text) is None


def _is_ambassador(id: str | None, on: float | None) -> bool:
    """Whether the tables have somebody as ambassador to a state on a day."""
    person = register().people.get(id) if id is not None else None
    if person is None or on is None:
        return False
    return any(re.fullmatch(r"ambassador:[A-Z]{3}", term.office) for term in person.held(on, _NEAR))


def task(text: str) -> str | None:
    """Give what somebody did in the room by the words about them, "interpreter" or "note-taker", else ``None``.

    >>> task("Viktor Sukhodrev, Interpreter"), task("The President")
    ('interpreter', None)
    """
    return next((row["label"] for row in _data()["tasks"] if re.search(row["pattern"], text)), None)


def title_of(text: str) -> str | None:
    """Give words that are a title as they stand, ``None`` for any others.

    >>> title_of("Ambassador"), title_of("Mr."), title_of("Llewellyn")
    ('Ambassador', None, None)
    """
    told = {word.strip(".").lower() for word in re.findall(r"[\w.’'-]+", text)}
    return text if told & (lexicon().holders | lexicon().ranks) else None


def surname(name: str) -> str:
    """Give the last word of a name, plain; "" for none."""
    return (words(name) or ("",))[-1]


def could_be_one(name: str, other: str) -> bool:
    """Whether two names can be one person's: the surname is the same and the first names, where both have them, agree."""
    one, two = words(name), words(other)
    return surname(name) == surname(other) and (len(one) < 2 or len(two) < 2 or agree(one[:-1], two[:-1]))


@cache
def _data() -> Any:
    return vocabulary.load(FILE)
