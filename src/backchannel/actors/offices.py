"""Tell which office a person held on a day, and what a person without one is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from backchannel import vocabulary
from backchannel.actors.gazetteer import whole
from backchannel.actors.sectors import FILE, is_of_an_office, roles
from backchannel.actors.spelling import key
from backchannel.actors.table import ROLES, ActorTable, Match, Sense, fold, has_title_before, words, years

_RUN = re.compile(r"[A-Z][\w'.\-]*(?: (?:[A-Z][\w'.\-]*|(?:al|el|bin|ben|de|da|dos|la|van|von|ould|ag)\b-?[\w'\-]*))+")

_SLACK = 0.05
_RECENT = 10.0


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
        is_recent = last.end is None or last.end >= table.newest() - _RECENT
        return _statesman(_held(last, day, table), own, day, table) if is_recent else _left(last, day, table)
    held = [s for s in own if _holds(s, day, 0.0)] or [s for s in own if _holds(s, day, _SLACK)]
    past = [s for s in own if (s.start or 0.0) <= day]
    if held:
        return _statesman(_held(max(held, key=lambda s: (s.start or 0.0, s.rank)), day, table), past, day, table)
    if past:
        return _left(max(past, key=lambda s: s.end or s.start or 0.0), day, table)
    return Holding(person=person, actor=own[0].actor, sector=None, office=None)


def holder(country: str | None, title: str, day: float, table: ActorTable) -> Sense | None:
    """Give who held an office of a state on a day, ``None`` where nobody, or more than one, is known to have."""
    titles = vocabulary.load(FILE)["titles"]["words"]
    known = table.holders(country or "", titles.get(title, title))
    found = {sense.person: sense for sense in known if _holds(sense, day, 0.0)}
    return next(iter(found.values())) if len(found) == 1 else None


def _holds(sense: Sense, day: float, slack: float) -> bool:
    return (sense.start or 0.0) - slack <= day and (sense.end is None or day < sense.end + slack)


def people(text: str, table: ActorTable) -> list[Match]:
    """Give the names of people in a phrase, of the dictionary and of those known by a role only, the longer first."""
    found: dict[tuple[int, int], Match] = {}
    for match in (*table.matches(text), *_roles().matches(text)):
        senses = tuple(s for s in match.senses if s.kind in ("person", "surname"))
        others = tuple(s for s in match.senses if s.kind not in ("person", "surname"))
        key = (match.start, match.end)
        if senses:
            known = found[key].senses if key in found else ()
            found[key] = replace(match, senses=(*known, *senses, *(others if not known else ())))
    if not any(sense.kind == "person" for match in found.values() for sense in match.senses):
        found |= {(match.start, match.end): match for match in _misspelt(text, table)}
    return sorted(found.values(), key=lambda match: (match.start, -match.end))


def _misspelt(text: str, table: ActorTable) -> Iterator[Match]:
    """Yield the person whose name a run of capitalised words writes in another way, with titles before it or without."""
    folded = fold(text)
    for run in _RUN.finditer(folded):
        starts = [run.start() + word.start() for word in re.finditer(r"\S+", run.group())]
        for start in starts[:-1]:
            names = table.spelt(key(folded[start : run.end()])) or _roles().spelt(key(folded[start : run.end()]))
            senses = tuple(
                dict.fromkeys(s for name in names for s in table.senses.get(name, ()) + _roles().senses.get(name, ()))
            )
            named = tuple(s for s in senses if s.kind == "person")
            if named:
                yield Match(start, run.end(), text[start : run.end()], named)
                return


@cache
def _roles() -> ActorTable:
    """The people whose roles are known beside the dictionary's offices: members of parliaments, parties, rebels, the famous."""
    names: defaultdict[str, list[Sense]] = defaultdict(list)
    for row in vocabulary.rows(ROLES):
        title = row["office"].partition(" of ")[0]
        rank = 2 if title in words("top") else 1 if title in words("high") | words("middle") else 0
        sense = Sense(
            row["country"],
            "person",
            "GOV",
            row["person"],
            row["office"],
            years(row["from"]),
            _until(row["to"]),
            False,
            rank,
        )
        for name in (row["person"], *(row["aliases"] or "").split("|")):
            if name:
                names[fold(name)].append(sense)
        surname = fold(row["person"]).split()[-1]
        if surname != fold(row["person"]) and len(surname) > 3 and surname[0].isupper():
            names[surname].append(replace(sense, kind="surname"))
    return ActorTable(actors={}, senses={name: tuple(found) for name, found in names.items()})


def _until(value: str) -> float | None:
    return years(value, is_end=True)


def person(matches: Sequence[Match], text: str, day: float | None, near: frozenset[str]) -> tuple[Match, str] | None:
    """Give the person named in a phrase with the match that names them.

    A bare surname counts with a title before it, or when it is the whole phrase; between namesakes the one in a high
    office on the day is meant, or one of a country spoken of nearby.
    """
    for match in matches:
        full = [s for s in match.senses if s.kind == "person"]
        if full and not _goes_on(match, text):
            return match, _likeliest(full, day, near)
    for match in matches:
        short = [s for s in match.senses if s.kind == "surname"]
        is_whole = match.text == text.strip()
        if short and (is_whole or has_title_before(text, match.start)) and len(short) == len(match.senses):
            return match, _likeliest(short, day, near)
    return None


def _goes_on(match: Match, text: str) -> bool:
    """Whether a name of at most two words is the beginning of a longer one ("Juan Carlos" in "Juan Carlos Varela")."""
    after = text[match.end :]
    return len(match.text.split()) <= 2 and after[:1] == " " and after[1:2].isupper()


def _likeliest(senses: Sequence[Sense], day: float | None, near: frozenset[str]) -> str:
    best: dict[str, float] = {}
    for sense in senses:
        name = sense.person or ""
        best[name] = max(best.get(name, -1e6), _fit(sense, day, near))
    return max(best, key=lambda name: best[name])


def _fit(sense: Sense, day: float | None, near: frozenset[str]) -> float:
    """How well one office of a namesake fits: a high one, held on the day, of a country spoken of nearby."""
    fit = sense.rank + (5.0 if sense.actor in near else 0.0)
    if day is None:
        return fit + (sense.start or 1900.0) / 100
    ahead = max((sense.start or 0.0) - day, 0.0)
    behind = max(day - sense.end, 0.0) if sense.end is not None else 0.0
    return fit - min(2 * ahead + behind, 30.0)


def _held(sense: Sense, day: float | None, table: ActorTable) -> Holding:
    office = (sense.office or "").partition(":")[0]
    return Holding(
        person=sense.person or "", actor=sense.actor, sector=_sector(sense, office, day, table), office=office or None
    )


def _statesman(now: Holding, past: Sequence[Sense], day: float | None, table: ActorTable) -> Holding:
    """One who led a state and now heads a charity or a firm is heard as who led it."""
    high = [s for s in past if s.rank >= 2 and s.end is not None and len(s.actor) == 3]
    if now.sector not in ("NGO", "SOC", "BUS", "EDU") or not high:
        return now
    return _left(max(high, key=lambda s: s.end or 0.0), day, table)


def _left(sense: Sense, day: float | None, table: ActorTable) -> Holding:
    sector = _sector(sense, (sense.office or "").partition(":")[0], day, table)
    return Holding(
        person=sense.person or "",
        actor=sense.actor,
        sector="ELI" if is_of_an_office(sector) else sector,
        office=None,
    )


def _sector(sense: Sense, office: str, day: float | None, table: ActorTable) -> str | None:
    if sense.actor == "VAT":
        return "REL"
    known = table.actors.get(sense.actor)
    if known is not None and known.sector not in (None, "GOV"):
        named = whole(known.name, day)
        return named.sector if named is not None and named.sector is not None else known.sector
    one: str | None = vocabulary.load(FILE)["offices"]["words"].get(office)
    if one is not None:
        return one
    told = [role for role in roles(office) if role.sector not in (None, "UNK")]
    strong = [role.sector for role in told if not role.is_weak]
    if strong:
        return strong[-1]
    return told[-1].sector if told else "GOV"
