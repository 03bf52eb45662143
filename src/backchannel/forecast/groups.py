"""Parse actors' names into countries and sectors: "Police (India)" is of India, of the sector Police."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from backchannel.forecast.events import Ints

_INSIDE = re.compile(r"^(?P<sector>.*?)[ _]*\((?P<country>[^()]*)\)\s*$")
NONE, STATE = 0, 1
"""Sectors of actors whose name tells none, and of states themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Country and sector of each actor ``(actors,)``, and how many of each there are.

    A country is a name that stands in brackets behind another; actors without one are each a group of their own.
    """

    country: Ints
    sector: Ints
    countries: int
    sectors: int


def groups(actors: Sequence[str]) -> Groups:
    """Give the groups of actors by their names.

    >>> told = groups(["India", "Police (India)", "Police (Chad)", "Jane Doe"])
    >>> told.country.tolist(), told.sector.tolist()
    ([0, 0, 1, 2], [1, 2, 2, 0])
    """
    parts = [_INSIDE.match(name) for name in actors]
    countries = _numbered(part["country"] for part in parts if part)
    sectors = _numbered(part["sector"] for part in parts if part)
    country, sector, alone = [], [], len(countries)
    for name, part in zip(actors, parts, strict=True):
        home = part["country"] if part else name
        country.append(countries.get(home, alone))
        alone += home not in countries
        sector.append(2 + sectors[part["sector"]] if part else STATE if name in countries else NONE)
    return Groups(
        country=np.array(country, dtype=np.int64),
        sector=np.array(sector, dtype=np.int64),
        countries=alone,
        sectors=2 + len(sectors),
    )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found.setdefault(name, len(found))
    return found
