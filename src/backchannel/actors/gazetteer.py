"""Tell the state and the sector that the name of a body or a place stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backchannel import vocabulary
from backchannel.actors.sectors import roles
from backchannel.actors.table import ORGANISATIONS, OUTLETS, STATES, fold, years

BODIES, PLACES = "actors/bodies.tsv", "actors/places.tsv"
NamedKind = Literal["body", "state", "capital", "people", "region", "city"]
_LONGEST = 9
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|['&.\-](?=[^\W_]))*\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a name stands for: ``country`` is alpha-3, UNO, EUR or IGO, ``None`` where it has none."""

    kind: NamedKind
    country: str | None
    sector: str | None = None
    actor: str | None = None
    since: float | None = None
    until: float | None = None

    def holds(self, day: float | None) -> bool:
        """Whether the name stood for this on that day; without a day, whether it still does."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day + 0.1) and (self.until is None or day < self.until + 0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A name found in a phrase, by characters of the folded phrase."""

    start: int
    end: int
    named: Named


def whole(name: str, day: float | None, *, near: frozenset[str] = frozenset()) -> Named | None:
    """Give what a whole name stands for on a day, ``None`` when it is not known.

    Args:
        name: without quotation marks; capitals all through are read as small letters too.
        day: as a number of years.
        near: countries spoken of beside the name; they decide where several bodies share it.
    """
    key = _key(name)
    found = _index().get(key)
    if found is None and name.isupper() and len(name) > 4:
        found = _small().get(key.lower())
    return _best(found, day, near) if found else None


def places(text: str, day: float | None, *, near: frozenset[str] = frozenset()) -> Iterator[Place]:
    """Yield the names in a phrase in order, the longest at each place."""
    folded = fold(text)
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(folded)]
    place = 0
    while place < len(tokens):
        step = 1
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            start, end = tokens[place][0], tokens[place + length - 1][1]
            named, shorter = _at(folded[start:end], day, near)
            if named is not None:
                yield Place(start=start, end=end - shorter, named=named)
                step = length
                break
        place += step


def _at(name: str, day: float | None, near: frozenset[str]) -> tuple[Named | None, int]:
    if not any(char.isupper() or char == "#" for char in name):
        return None, 0
    for ending in ("", "'s", "'", "."):
        if name.endswith(ending):
            bare = name[: len(name) - len(ending)]
            found = _index().get(_key(bare))
            if found:
                return _best(found, day, near), len(ending)
    return None, 0


def _best(found: list[Named], day: float | None, near: frozenset[str]) -> Named:
    held = [one for one in found if one.holds(day)] or found
    return next((one for one in held if one.country in near), held[0])


def _key(name: str) -> str:
    return fold(name).strip().removeprefix("the ").removeprefix("The ").removeprefix("THE ")


@cache
def _small() -> Mapping[str, list[Named]]:
    return {name.lower(): found for name, found in _index().items() if len(name) > 4}


@cache
def _index() -> Mapping[str, list[Named]]:
    """All names, those of bodies before states, states before organisations, these before outlets and places."""
    index: defaultdict[str, list[Named]] = defaultdict(list)
    for load in (_bodies, _states, _organisations, _outlets, _places):
        fresh: defaultdict[str, list[Named]] = defaultdict(list)
        for name, named in load():
            fresh[_key(name)].append(named)
        for key, found in fresh.items():
            if key not in index:
                index[key] = found
    return dict(index)


def _bodies() -> Iterator[tuple[str, Named]]:
    for row in vocabulary.rows(BODIES):
        named = Named(
            kind="body",
            country=row["country"] or None,
            sector=row["sector"],
            since=years(row["from"]),
            until=years(row["to"], is_end=True),
        )
        for name in (row["name"], *(row["aliases"] or "").split("|")):
            if name:
                yield name, named


def _states() -> Iterator[tuple[str, Named]]:
    for row in vocabulary.load(STATES)["states"]:
        since, until = years(row.get("from")), years(row.get("to"))
        dated = {
            str(d["name"]): (years(d.get("from")), years(d.get("to"), is_end=True)) for d in row.get("dated") or ()
        }
        country = row["id"] if len(row["id"]) == 3 else None
        kinds: list[tuple[NamedKind, str | None, str]] = [
            ("state", None, "formal"),
            ("state", None, "aliases"),
            ("people", None, "demonyms"),
            ("capital", "GOV", "capital"),
            ("body", "GOV", "seats"),
            ("city", "CVL", "cities"),
        ]
        if country is None:
            continue
        yield str(row["name"]), Named(kind="state", country=country, since=since, until=until)
        for kind, sector, key in kinds:
            for name in row.get(key) or ():
                start, end = dated.get(str(name), (since, until))
                told = _told(str(name)) if key in ("seats", "aliases") and " " in str(name) else None
                if key == "aliases" and told is not None:
                    yield str(name), Named(kind="body", country=country, sector=told, since=start, until=end)
                    continue
                yield (
                    str(name),
                    Named(kind=kind, country=country, sector=told or sector, since=start, until=end),
                )


def _told(name: str) -> str | None:
    """The sector that a body's own name tells by its last word for a role."""
    return next((role.sector for role in reversed(roles(name)) if role.sector is not None), None)


def _organisations() -> Iterator[tuple[str, Named]]:
    for file in ORGANISATIONS:
        data = vocabulary.load(file)
        for row in next(value for key, value in data.items() if key != "about"):
            country = _CODES.get(row["id"]) or row.get("country") or ("IGO" if row.get("sector") == "IGO" else None)
            named = Named(kind="body", country=country, sector=row.get("sector"), actor=row["id"])
            for name in (
                row["name"],
                *(row.get("aliases") or ()),
                *(row.get("bodies") or ()),
                *(row.get("demonyms") or ()),
            ):
                yield str(name), named


_CODES = {"UN": "UNO", "EU": "EUR"}


def _outlets() -> Iterator[tuple[str, Named]]:
    for row in vocabulary.load(OUTLETS)["outlets"]:
        sector = "GOV" if row.get("state") else "JRN"
        named = Named(kind="body", country=row.get("country") or row.get("state"), sector=sector, actor=row["id"])
        for name in (row["name"], *(row.get("aliases") or ())):
            yield str(name), named


def _places() -> Iterator[tuple[str, Named]]:
    for row in sorted(vocabulary.rows(PLACES), key=lambda row: row["source"] != "editor"):
        kind: NamedKind = "people" if row["kind"] == "people" else "region" if row["kind"] == "region" else "city"
        sector = "CVL" if kind == "city" else None
        for name in row["names"].split("|"):
            yield name, Named(kind=kind, country=row["country"], sector=sector)
