"""Tell who a mention is: the actor, the state and the sector, on a day, in its context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from backchannel.actors.gazetteer import Place, places, whole
from backchannel.actors.offices import Holding, holding, person
from backchannel.actors.sectors import Role, is_former, is_of_an_office, roles
from backchannel.actors.table import ActorTable, Match, fold, shipped

_SPACES = re.compile(r"\s+")
_LOOSE = re.compile(r"\s+(?='s\b)|\s+(?=’s\b)|(?<=\w)\s+-\s+(?=\w)")
_COUNT = re.compile(
    r"^(?:(?:the|a|an|some|many|several|both|all|these|those|this|that|its|his|her|their|our|over|more than|about|around|"
    r"nearly|at least|up to|two|three|four|five|six|seven|eight|nine|ten|dozens of|hundreds of|thousands of|scores of|"
    r"\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\s(?:of|in|at|from|for|to|by|on|with|near|across|against|within|inside|outside|around|toward|towards|over|under|"
    r"who|which|that|whose)\s"
)
_FOREIGN = re.compile(r"\s(?:to|against|with|toward|towards|on|over|about)\s(?:the\s)?$", re.IGNORECASE)
_INSIDE = re.compile(r"\s(?:of|for|in|at|from|by|within|inside)\s", re.IGNORECASE)
_STATE_SECTORS = frozenset({"GOV", "MIL", "SPY", "COP", "JUD", "LEG"})
_GATHERED = {"UNO": "UN", "EUR": "EU"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Who a mention is.

    ``country`` is alpha-3, or UNO, EUR or IGO for the United Nations, the European Union and other bodies of states;
    ``sector`` a code of PLOVER, ``None`` for a whole state or people; ``by`` names what decided.
    """

    actor: str | None = None
    country: str | None = None
    sector: str | None = None
    person: str | None = None
    office: str | None = None
    by: str = "nothing"


def resolve(
    mention: str, *, context: str | None = None, on: date | None = None, table: ActorTable | None = None
) -> Resolved:
    """Give who a mention is, from the dictionary of names and the vocabulary of roles.

    A known person counts by the office held on the day; a person whom the dictionary lacks by the role the mention
    states; a body by its name; a people or a state by its country alone.

    Args:
        mention: a name or a noun phrase, such as "the French foreign minister" or "Rakhine rebels".
        context: words around it, which tell the country where the mention does not and decide between namesakes.
        on: the day of the text; without one the latest meaning is taken.
        table: the dictionary; the one that ships when ``None``.

    >>> resolve("a former French diplomat")
    Resolved(actor=None, country='FRA', sector='ELI', person=None, office=None, by='role:diplomat')
    """
    known = table if table is not None else shipped()
    text = _clean(mention)
    day = on.year + (on.month - 1) / 12 + (on.day - 1) / 366 if on is not None else None
    near = _countries(context or "", day)
    found = _named(text, day, near) or _office_holder(text, day, near, known) or _role(text, day, near)
    if found.country is None and len(near) == 1 and found.by != "name:body" and found.sector not in ("UNK", "JNK"):
        found = replace(found, country=next(iter(near)))
    return replace(found, actor=found.actor or _actor(found))


def _clean(mention: str) -> str:
    text = _SPACES.sub(" ", mention).strip(' \t\n.,;:"“”')
    return _LOOSE.sub(lambda found: "-" if "-" in found.group() else "", text)


def _countries(context: str, day: float | None) -> frozenset[str]:
    return frozenset(place.named.country for place in places(context, day) if place.named.country is not None)


def _named(text: str, day: float | None, near: frozenset[str]) -> Resolved | None:
    """What the whole mention names, but for a bare surname that is also a place."""
    named = whole(text, day, near=near)
    if named is None or not any(char.isupper() for char in text):
        return None
    return Resolved(actor=named.actor, country=named.country, sector=named.sector, by=f"name:{named.kind}")


def _office_holder(text: str, day: float | None, near: frozenset[str], table: ActorTable) -> Resolved | None:
    matches = list(table.matches(text))
    here = near | _countries(text, day)
    found = person(matches, text, day, here)
    if found is None or _belongs(text, found[0]):
        return None
    match, name = found
    held = holding([s for m in matches for s in m.senses if m is match], name, day, table)
    sector = held.sector
    if is_former(text[: match.start] + " "):
        sector = "ELI" if is_of_an_office(sector) or sector is None else sector
    elif held.office is None and day is None:
        told = _told(text[: match.start], day, near)
        sector = told if told is not None else sector
    elif sector is None:
        sector = _told(text[: match.start], day, near)
    return Resolved(
        actor=held.actor,
        country=_country_of(held, table),
        sector=sector,
        person=held.person,
        office=held.office,
        by="person",
    )


def _belongs(text: str, match: Match) -> bool:
    """Whether the mention is of somebody else, whom the person's name only places ("Putin's spokesman", "Trump supporters")."""
    after = fold(text)[match.end :]
    if after.startswith(("'s ", "' ")):
        return True
    before = fold(text)[: match.start].lower()
    if re.search(r"\b(?:of|to|for|with|against|by|near)\s(?:[\w.\-]+\s){0,3}$", before) and roles(before):
        return True
    follow = re.match(r"\s[a-z]", after)
    return follow is not None and bool(roles(after))


def _country_of(held: Holding, table: ActorTable) -> str | None:
    if held.actor in _CODES:
        return _CODES[held.actor]
    known = table.actors.get(held.actor)
    if known is None:
        return None
    if known.country is not None and len(known.country) == 3:
        return known.country
    named = whole(known.name, None)
    return named.country if named is not None else "IGO" if known.sector == "IGO" else None


_CODES = {"UN": "UNO", "EU": "EUR"}


def _told(text: str, day: float | None, near: frozenset[str]) -> str | None:
    return _role(text, day, near).sector if text.strip() else None


def _role(text: str, day: float | None, near: frozenset[str]) -> Resolved:
    """What the words for roles and bodies and the names beside them tell of a mention that is no known name."""
    bare = _COUNT.sub("", text)
    named = list(places(text, day, near=near))
    if (one := _counted(text, bare, day, near)) is not None:
        return one
    told = _outside(roles(text), named)
    core_end = _core(text, named)
    head, inside = [r for r in told if r.start < core_end], [r for r in told if r.start >= core_end]
    country = _country(text, named)
    sector, by = _sector(text, head, inside, named, core_end)
    if sector is not None and is_former(text) and is_of_an_office(sector):
        sector = "ELI"
    return Resolved(country=country, sector=sector, by=by if sector or country else "nothing")


def _counted(text: str, bare: str, day: float | None, near: frozenset[str]) -> Resolved | None:
    """A name after a number or an article: "two Russians", "the Kremlin"."""
    named = whole(bare, day, near=near) if bare != text and bare[:1].isupper() else None
    if named is None:
        return None
    return Resolved(actor=named.actor, country=named.country, sector=named.sector, by=f"name:{named.kind}")


def _outside(found: Sequence[Role], named: Sequence[Place]) -> list[Role]:
    """The role words that are not part of a name of one body ("Security Council")."""
    bodies = [p for p in named if p.named.kind in ("body", "state", "capital", "city", "region")]
    return [r for r in found if not any(p.start <= r.start and r.end <= p.end for p in bodies)]


def _core(text: str, named: Sequence[Place]) -> int:
    """Where what stands before the first preposition ends; one inside a name does not count."""
    for found in _PREPOSITION.finditer(text):
        if not any(p.start < found.start() < p.end for p in named) and found.start() > 0:
            return found.start()
    comma = text.find(", ")
    return comma if comma > 0 else len(text)


def _country(text: str, named: Sequence[Place]) -> str | None:
    """The first country named that is not the one dealt with ("ambassador to Poland" leaves Poland out)."""
    for place in named:
        if place.named.country is not None and not _FOREIGN.search(text[: place.start]):
            return place.named.country
    return None


def _sector(
    text: str, head: Sequence[Role], inside: Sequence[Role], named: Sequence[Place], core_end: int
) -> tuple[str | None, str]:
    """The sector of the head noun; where it is weak, of what stands before it, then of what follows "of", "in" or "at"."""
    bodies = [p for p in named if p.named.sector is not None and p.named.kind == "body"]
    before = [p for p in bodies if p.start < core_end]
    last = head[-1] if head else None
    if last is not None and not last.is_weak and not (before and before[-1].start >= last.end):
        if last.alone is not None:
            return (last.alone if _stands_last(text, last, core_end) else last.sector), f"role:{last.words}"
        return last.sector, f"role:{last.words}"
    if before:
        return before[-1].named.sector, "name:body"
    for role in reversed(head[:-1] if last is not None else head):
        if (not role.is_weak and role.sector not in ("UNK", "CVL")) or (role.sector == "CVL" and not role.is_weak):
            return role.sector, f"role:{role.words}"
    for place in bodies:
        if _INSIDE.search(text[core_end : place.start + 1]):
            return place.named.sector, "name:body"
    for role in inside:
        if not role.is_weak and role.sector is not None and _INSIDE.search(text[core_end : role.start + 1]):
            return role.sector, f"role:{role.words}"
    if last is not None:
        default = next((r.sector for r in reversed([*head, *inside]) if r.sector is not None), None)
        return (last.sector or default), f"role:{last.words}"
    return None, "nothing"


def _stands_last(text: str, role: Role, core_end: int) -> bool:
    return not fold(text)[role.end : core_end].strip()


def _actor(found: Resolved) -> str | None:
    """The dictionary's id of a state or a body of states; an armed group or a party keeps its own."""
    if found.country in _GATHERED:
        return _GATHERED[found.country]
    if found.sector in _STATE_SECTORS or (found.by.startswith("name:") and found.sector is None):
        return found.country if found.country != "IGO" else None
    return None
