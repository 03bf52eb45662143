"""One id for one person in the record at hand: of everyone whom the tables know on its day, nobody else.

People whom no table knows have an id only over many records (``same``), for their names alone do not tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backchannel.actors.gazetteer import places
from backchannel.actors.register import Person, Register, agree, register, words
from backchannel.importers.persons import Named, day_of, holder, known, named
from backchannel.importers.sides import Acting
from backchannel.importers.who import People, listed
from backchannel.sources.heads.lexicon import lexicon
from backchannel.sources.record import Participant, Record

_STATE = 3
"""Letters of the id of a state."""
_LIFE = 15.0
"""Years around their offices in which a whole name is still that person's."""
_NEAR = 0.3
"""Years around an office in which its bearer still acts for that state."""


def identify_one(
    told: Record,
    text: str,
    people: Sequence[Participant],
    acting: Sequence[Acting],
    *,
    listing: People,
    home: str | None,
    among: Register | None = None,
) -> tuple[Person | None, ...]:
    """Give who each of the people of one record is, ``None`` where the tables know nobody or more than one.

    An office that stands for a name counts for its holder on the day. Nobody is two lines of one record: of two that
    would be one person the fuller name is.

    Args:
        told: the record.
        text: of its document.
        people: those asked for, of ``told.participants``.
        acting: for whom each acts.
        listing: the people whom the volume lists, by its ids.
        home: whose record it is.
        among: the people to choose from; by default all of the tables.
    """
    among = register() if among is None else among
    on = day_of(told)
    found: list[Person | None] = []
    fullness: list[int] = []
    for one, side in zip(people, acting, strict=True):
        state = side.actor if side.actor is not None and len(side.actor) == _STATE else None
        if one.name is None:
            found.append(_in_office(one, on, among, state or home) if on is not None else None)
            fullness.append(0)
            continue
        who = _as_listed(named(one, told, text, state), one, listing)
        person = _sure(who, among) if who is not None else None
        found.append(person or _as_known(side.person, on, among) or _as_known(one.name.text, on, among))
        fullness.append(1 + len(who.given) if who is not None else 0)
    return _once(found, fullness)


def _in_office(one: Participant, on: float, among: Register, state: str | None) -> Person | None:
    """Give who held an office that stands for a name; the state's own name in it counts not ("The British Prime Minister")."""
    own = one.line.text
    for place in reversed([*places(own, on)]):
        own = own[: place.start] + own[place.end :]
    bare = replace(one.line, text=" ".join(own.split()))
    return holder(one, on, among, state) or holder(replace(one, line=bare), on, among, state)


def _as_known(name: str | None, on: float | None, among: Register) -> Person | None:
    """Give the one whom the tables call by a whole name, as the dictionary gave it, near the day."""
    found = among.named(name) if name is not None and on is not None else ()
    return found[0] if len(found) == 1 and on is not None and found[0].distance(on) < _LIFE else None


def _sure(who: Named, among: Register) -> Person | None:
    """Give whom a name means; first names that are written out must be that person's, in this or another spelling.

    "Mr. Deming" alone is nobody: namesakes whom no table knows are too many.
    """
    if not who.given and not who.offices - lexicon().courtesy:
        return None
    person = known(who, among)
    spelled = {word for word in who.given if len(word) > 1}
    if person is None or not spelled or person in among.named(who.whole):
        return person
    own = {word for given in person.givens for word in given}
    return person if any(agree((word,), (other,)) for word in spelled for other in own if len(other) > 1) else None


def _as_listed(who: Named | None, one: Participant, listing: People) -> Named | None:
    """Give a name with the first names by which the volume lists its bearer."""
    whole = listed(one, listing)
    own = words(whole) if whole is not None else ()
    if who is None or len(own) <= len(who.given) + 1 or own[-1] != who.surname:
        return who
    return replace(who, given=own[:-1], whole=" ".join(own))


def _once(found: Sequence[Person | None], fullness: Sequence[int]) -> tuple[Person | None, ...]:
    best: dict[str, int] = {}
    for place, person in enumerate(found):
        if person is not None and (person.id not in best or fullness[place] > fullness[best[person.id]]):
            best[person.id] = place
    return tuple(one if one is not None and best[one.id] == place else None for place, one in enumerate(found))


def completed(
    acting: Sequence[Acting], people: Sequence[Participant], who: Sequence[Person | None], on: float | None
) -> tuple[Acting, ...]:
    """Give for whom everyone acted, with the usual name and, where nothing else told it, the state of those who are known.

    The state is that of the offices held on the day, where they are all of one.
    """
    done: list[Acting] = []
    for one, person, line in zip(acting, who, people, strict=True):
        if person is not None:
            one = replace(one, person=person.name)
            state = _only_state(person, on) if one.actor is None else None
            if state is not None:
                one = replace(one, actor=state, words=line.line, by=f"register:{person.id}")
        done.append(one)
    return tuple(done)


def _only_state(person: Person, on: float | None) -> str | None:
    states = {term.actor for term in person.held(on, _NEAR) if len(term.actor) == _STATE} if on is not None else set()
    return states.pop() if len(states) == 1 else None


def id_of(name: str, among: Register | None = None) -> str | None:
    """Give the id of the one person whom the tables call by a whole name, as a claim of a party has it.

    >>> id_of("Henry Kissinger"), id_of("Nobody Atall")
    ('henry-kissinger', None)
    """
    found = (register() if among is None else among).named(name)
    return found[0].id if len(found) == 1 else None
