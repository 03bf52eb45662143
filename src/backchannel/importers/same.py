"""One id for one person over many records, also for those whom no table knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from backchannel.actors.register import Register, agree, register, slug
from backchannel.actors.table import ActorTable
from backchannel.importers.persons import Named, day_of, holder, known, named
from backchannel.importers.sides import Room, all_acting, home_of
from backchannel.sources.record import Participant, Record

_SPAN = 12.0
"""Years within which two fuller names that agree are one person's."""
_CODE = 3
"""Letters of the id of a state."""
_NEAR = 5.0
"""Years within which a bare surname can be somebody's who is named in full elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A record to identify people in: its text, what its head says, its volume or file, and whose record it is."""

    key: str
    text: str
    record: Record
    volume: str | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A participant of a record by name; one that a heading names may stand in the list of its record as well."""

    record: str
    place: int
    who: Named
    volume: str | None
    is_listed: bool

    @property
    def key(self) -> tuple[str, int]:
        """The record and the place among its participants."""
        return self.record, self.place


@dataclass(slots=True)
class _Group:
    """Mentions held to be one person's."""

    id: str | None
    givens: tuple[tuple[str, ...], ...] = ()
    members: list[_Mention] = field(default_factory=list)

    @property
    def names(self) -> list[Named]:
        """The names of the mentions."""
        return [one.who for one in self.members]

    def nearest(self, on: float) -> float:
        """Give how many years the nearest mention lies from a day."""
        return min((abs(who.on - on) for who in self.names), default=0.0)

    def has_beside(self, one: _Mention) -> bool:
        """Whether it has another one of the same list: nobody is listed twice."""
        return one.is_listed and any(other.record == one.record and other.is_listed for other in self.members)


def identify(some: Sequence[Given], table: ActorTable, people: Register | None = None) -> dict[str, Record]:
    """Give the records with the person of each participant filled in where one is told, by their keys.

    Somebody whom the tables know has their id there. Others get one made of the fullest name in all the records, so
    that the same records always give the same ids; a bare surname joins the one fuller name near it in time.
    """
    people = register() if people is None else people
    found: dict[tuple[str, int], tuple[str, str]] = {}
    rest: defaultdict[str, list[_Mention]] = defaultdict(list)
    for given in some:
        states = _states(given, table)
        for place, one in enumerate(given.record.participants):
            if one.name is None:
                found |= _in_office(given, place, one, people, states[place])
            elif (who := named(one, given.record, given.text, states[place])) is not None:
                is_listed = one.by != "heading"
                mention = _Mention(record=given.key, place=place, who=who, volume=given.volume, is_listed=is_listed)
                rest[who.surname].append(mention)
    for surname in sorted(rest):
        found |= _grouped(rest[surname], people)
    return {given.key: replace(given.record, participants=tuple(_filled(given, found))) for given in some}


def _states(given: Given, table: ActorTable) -> list[str | None]:
    """Give the state for which each participant of a record acts; whoever is only called by an office, for its own."""
    told = given.record
    home = given.home or home_of(told, given.text)
    on = date.fromisoformat(told.day) if told.day is not None else None
    found = all_acting(told.participants, Room(table=table, on=on, home=home))
    states = [one.actor if one.actor is not None and len(one.actor) == _CODE else None for one in found]
    return [state or (home if one.name is None else None) for one, state in zip(told.participants, states, strict=True)]


def _in_office(
    given: Given, place: int, one: Participant, people: Register, state: str | None
) -> dict[tuple[str, int], tuple[str, str]]:
    """Give who held the office that stands for a name, if anybody is known to."""
    on = day_of(given.record)
    held = None if on is None else holder(one, on, people, state)
    return {} if held is None else {(given.key, place): (held.id, "office")}


def _grouped(mentions: Sequence[_Mention], people: Register) -> dict[tuple[str, int], tuple[str, str]]:
    """Give the id and rule of each mention of one surname: the fullest names first, then those who are known."""
    groups: dict[str, _Group] = {}
    placed: list[tuple[_Mention, _Group, str]] = []
    late: list[_Mention] = []
    for one in sorted(mentions, key=lambda one: (-len(one.who.given), one.who.on, one.key)):
        person = known(one.who, people)
        group = None if person is None else groups.setdefault(person.id, _Group(person.id, person.givens))
        if group is None or group.has_beside(one):
            late.append(one)
            continue
        group.members.append(one)
        placed.append((one, group, "name"))
    every = list(groups.values())
    for one in late:
        joined = _joining(one, every)
        if joined is None:
            joined = _Group(None)
            every.append(joined)
        joined.members.append(one)
        placed.append((one, joined, "same"))
    ids = _ids(every, people)
    return {one.key: (ids[id(group)], by) for one, group, by in placed}


def _joining(one: _Mention, groups: Iterable[_Group]) -> _Group | None:
    """Give the group that a mention belongs to: the nearest of those it agrees with, of its own volume and rank first."""
    fitting = [group for group in groups if _agrees(one, group)]
    if not one.who.given and len(fitting) > 1:
        titled = [group for group in fitting if any(one.who.is_military == who.is_military for who in group.names)]
        own = [group for group in titled or fitting if one.volume in {other.volume for other in group.members} - {None}]
        fitting = own or titled or fitting
    return min(fitting, key=lambda group: (group.nearest(one.who.on), -len(group.members)), default=None)


def _agrees(one: _Mention, group: _Group) -> bool:
    """Whether a mention can be of a group: first names, state and rank speak not against it, and it is near in time."""
    who = one.who
    if group.has_beside(one) or any(not agree(who.given, other.given) for other in group.names):
        return False
    if who.given and group.givens and not any(agree(who.given, own) for own in group.givens):
        return False
    services = {other.service for other in group.names} - {None}
    if who.service and services - {who.service}:
        return False
    states = {other.state for other in group.names} - {None}
    is_spelled = bool(who.given) and len(who.given[0]) > 1 and any(who.whole == other.whole for other in group.names)
    if who.state is not None and states and who.state not in states and not is_spelled:
        return False
    has_given = any(other.given for other in group.names)
    is_soldier = any(other.is_military for other in group.names)
    if not who.given and (is_soldier < who.is_military or (not has_given and is_soldier != who.is_military)):
        return False
    return group.nearest(who.on) <= (_SPAN if who.given and has_given else _NEAR)


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
