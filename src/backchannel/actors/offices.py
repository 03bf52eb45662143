"""Tell which office a person held on a day, and what a person without one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backchannel.actors.sectors import is_of_an_office, roles
from backchannel.actors.table import ActorTable, Match, Sense, has_title_before

_SLACK = 0.05
_RECENT = 10.0
_OF_STATE = frozenset(
    {"GOV", "MIL", "SPY", "COP", "JUD", "LEG", "PTY", "OPP", "REL", "EDU", "BUS", "ELI", "REB", "CVL"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A person as of a day: the actor acted for, the sector, and the office, ``None`` when out of office."""

    person: str
    actor: str
    sector: str | None
    office: str | None


def holding(senses: Iterable[Sense], person: str, day: float | None, table: ActorTable) -> Holding:
    """Give what a person was on a day.

    Out of office a person is of the elite (``ELI``); before the first known office the sector stays open. Without a day
    the last office counts, unless it lies more than ten years before the newest one of the dictionary.
    """
    own = sorted((s for s in senses if s.person == person), key=lambda s: (s.start or 0.0, s.rank))
    if day is None:
        last = max(own, key=lambda s: (s.end is None and s.start is not None, s.end or 0.0, s.start or 0.0, s.rank))
        is_recent = last.end is None or last.end >= _newest(table) - _RECENT
        return _held(last, table) if is_recent else _left(last, table)
    held = [s for s in own if (s.start or 0.0) - _SLACK <= day and (s.end is None or day < s.end + _SLACK)]
    if held:
        return _held(max(held, key=lambda s: (s.start or 0.0, s.rank)), table)
    past = [s for s in own if (s.start or 0.0) <= day]
    if past:
        return _left(max(past, key=lambda s: s.end or s.start or 0.0), table)
    return Holding(person=person, actor=own[0].actor, sector=None, office=None)


def person(matches: Sequence[Match], text: str, day: float | None, near: frozenset[str]) -> tuple[Match, str] | None:
    """Give the person named in a phrase with the match that names them.

    A bare surname counts with a title before it, or when it is the whole phrase; between namesakes the one in a high
    office on the day is meant, or one of a country spoken of nearby.
    """
    for match in matches:
        full = [s for s in match.senses if s.kind == "person"]
        if full:
            return match, _likeliest(full, day, near)
    for match in matches:
        short = [s for s in match.senses if s.kind == "surname"]
        is_whole = match.text == text.strip()
        if short and (is_whole or has_title_before(text, match.start)) and len(short) == len(match.senses):
            return match, _likeliest(short, day, near)
    return None


def _likeliest(senses: Sequence[Sense], day: float | None, near: frozenset[str]) -> str:
    best: Counter[str] = Counter()
    for sense in senses:
        score = sense.rank + (5 if sense.actor in near else 0)
        if day is not None:
            since, until = sense.start or 0.0, sense.end
            gap = max(since - day, 0.0) * 2 + (max(day - until, 0.0) if until is not None else 0.0)
            score -= min(gap, 30.0)
        else:
            score += (sense.start or 1900.0) / 100
        name = sense.person or ""
        best[name] = max(best[name], score) if name in best else score  # type: ignore[assignment]  # scores are fractions
    return max(best, key=lambda name: best[name])


def _held(sense: Sense, table: ActorTable) -> Holding:
    office = (sense.office or "").partition(":")[0]
    return Holding(
        person=sense.person or "", actor=sense.actor, sector=_sector(sense, office, table), office=office or None
    )


def _left(sense: Sense, table: ActorTable) -> Holding:
    sector = _sector(sense, (sense.office or "").partition(":")[0], table)
    return Holding(
        person=sense.person or "",
        actor=sense.actor,
        sector="ELI" if is_of_an_office(sector) else sector,
        office=None,
    )


def _sector(sense: Sense, office: str, table: ActorTable) -> str | None:
    body = table.sector(sense.actor)
    if body not in (None, "GOV"):
        return body
    told = [role for role in roles(office) if role.sector in _OF_STATE]
    strong = [role.sector for role in told if not role.is_weak]
    if strong:
        return strong[-1]
    return told[-1].sector if told else "GOV"


def _newest(table: ActorTable) -> float:
    return max(
        (sense.start for senses in table.senses.values() for sense in senses if sense.kind == "person" and sense.start),
        default=0.0,
    )
