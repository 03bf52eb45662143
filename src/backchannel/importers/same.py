"""One id for one person over many records, also for those whom no table knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backchannel.actors.register import Register, agree, register, slug
from backchannel.actors.table import ActorTable
from backchannel.importers.persons import Named, day_of, holder, known, named
from backchannel.sources.record import Participant, Record

_SPAN = 12.0
"""Years within which two fuller names that agree are one person's."""
_NEAR = 5.0
"""Years within which a bare surname can be somebody's who is named in full elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A record to identify people in: its text, what its head says, and the volume or file it comes from."""

    key: str
    text: str
    record: Record
    volume: str | None = None


@dataclass(slots=True)
class _Group:
    """Mentions held to be one person's."""

    id: str | None
    members: list[tuple[Named, str | None]] = field(default_factory=list)

    @property
    def names(self) -> list[Named]:
        """The names of the mentions."""
        return [who for who, _ in self.members]

    def nearest(self, on: float) -> float:
        """Give how many years the nearest mention lies from a day."""
        return min(abs(who.on - on) for who in self.names)


def identify(some: Sequence[Given], table: ActorTable, people: Register | None = None) -> dict[str, Record]:
    """Give the records with the person of each participant filled in where one is told, by their keys.

    Somebody whom the tables know has their id there. Others get one made of the fullest name in all the records, so
    that the same records always give the same ids; a bare surname joins the one fuller name near it in time.
    """
    people = register() if people is None else people
    found: dict[tuple[str, int], tuple[str, str]] = {}
    rest: defaultdict[str, list[tuple[tuple[str, int], Named, str | None]]] = defaultdict(list)
    for given in some:
        for place, one in enumerate(given.record.participants):
            _first(given, place, one, (people, table), found, rest)
    for surname in sorted(rest):
        found |= _grouped(rest[surname], people)
    return {given.key: replace(given.record, participants=tuple(_filled(given, found))) for given in some}


def _first(
    given: Given,
    place: int,
    one: Participant,
    tables: tuple[Register, ActorTable],
    found: dict[tuple[str, int], tuple[str, str]],
    rest: defaultdict[str, list[tuple[tuple[str, int], Named, str | None]]],
) -> None:
    """Find one participant by office, or lay the name by for its group, with the id of the tables where they know it."""
    people, table = tables
    on = day_of(given.record)
    if one.name is None:
        held = None if on is None else holder(one, on, people, table)
        if held is not None:
            found[given.key, place] = (held.id, "office")
        return
    who = named(one, given.record, given.text, table)
    if who is not None:
        rest[who.surname].append(((given.key, place), who, given.volume))


def _grouped(
    mentions: Sequence[tuple[tuple[str, int], Named, str | None]], people: Register
) -> dict[tuple[str, int], tuple[str, str]]:
    """Give the id and rule of each mention of one surname."""
    groups: list[_Group] = []
    ordered = sorted(mentions, key=lambda one: (-len(one[1].given), one[1].on, one[0]))
    placed: list[tuple[tuple[str, int], _Group, str]] = []
    late: list[tuple[tuple[str, int], Named, str | None]] = []
    for key, who, volume in ordered:
        person = known(who, people)
        if person is not None:
            group = next((one for one in groups if one.id == person.id), None) or _Group(person.id)
            if group not in groups:
                groups.append(group)
            group.members.append((who, volume))
            placed.append((key, group, "name"))
        else:
            late.append((key, who, volume))
    for key, who, volume in late:
        joined = _joining(who, volume, groups)
        if joined is None:
            joined = _Group(None)
            groups.append(joined)
        joined.members.append((who, volume))
        placed.append((key, joined, "same"))
    ids = _ids(groups, people)
    return {key: (ids[id(group)], by) for key, group, by in placed}


def _joining(who: Named, volume: str | None, groups: Iterable[_Group]) -> _Group | None:
    """Give the group that a mention belongs to: the nearest of those it agrees with, none on doubt."""
    fitting = [group for group in groups if _agrees(who, group)]
    if not who.given and len(fitting) > 1:
        titled = [group for group in fitting if any(who.is_military == other.is_military for other in group.names)]
        own = [
            group for group in titled or fitting if volume is not None and any(v == volume for _, v in group.members)
        ]
        fitting = own or titled or fitting
    ranked = sorted(fitting, key=lambda group: (group.nearest(who.on), -len(group.members)))
    return ranked[0] if ranked else None


def _agrees(who: Named, group: _Group) -> bool:
    """Whether a mention can be of a group: given names agree with all, no other state, near enough in time."""
    if not all(agree(who.given, other.given) for other in group.names if who.given and other.given):
        return False
    states = {other.state for other in group.names if other.state is not None}
    if who.state is not None and states and who.state not in states:
        return False
    if not who.given and group.id is None and all(who.is_military != other.is_military for other in group.names):
        return False
    is_full = bool(who.given) and any(other.given for other in group.names)
    return group.nearest(who.on) <= (_SPAN if is_full else _NEAR)


def _ids(groups: Sequence[_Group], people: Register) -> dict[int, str]:
    """Give each group its id: of the tables, else of its fullest name; namesakes are told apart by their first year."""
    taken = set(people.people)
    ids: dict[int, str] = {}
    for group in groups:
        if group.id is not None:
            ids[id(group)] = group.id
    for group in groups:
        if group.id is None:
            fullest = max(group.names, key=lambda who: (len(who.given), sum(map(len, who.given)), -who.on))
            one = slug(fullest.whole)
            first = min(who.on for who in group.names)
            if not fullest.given or one in taken:
                one = f"{one}-{int(first)}"
            number = 1
            while one in taken:
                number += 1
                one = f"{slug(fullest.whole)}-{int(first)}-{number}"
            taken.add(one)
            ids[id(group)] = one
    return ids


def _filled(given: Given, found: Mapping[tuple[str, int], tuple[str, str]]) -> Iterable[Participant]:
    for place, one in enumerate(given.record.participants):
        person, by = found.get((given.key, place), (None, None))
        yield one if person is None else replace(one, person=person, by=one.by or by)
