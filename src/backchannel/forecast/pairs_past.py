"""What was known of pairs, of their sides and of their countries before a day: the panels that features are read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from backchannel.forecast.events import Ints
from backchannel.forecast.families import FAMILIES
from backchannel.forecast.pairs_panel import Panel
from backchannel.forecast.pairs_risk import Dyads

_COUNTRY = re.compile(r"\(([^()]+)\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Daily counts by family of the pairs that are asked about, of their actors and of pairs of countries.

    ``pair_row`` ``(pairs,)``, ``actor_row`` ``(actors,)`` and ``country_row`` ``(pairs,)`` give the row of each in its
    panels, -1 where it has none; ``country`` ``(actors,)`` numbers the country of each actor.
    """

    dyads: Dyads
    begin: int
    pair_row: Ints
    actor_row: Ints
    country_row: Ints
    country: Ints
    pairs: tuple[Panel, ...]
    actors: tuple[Panel, ...]
    countries: tuple[Panel, ...]
    all_of_pairs: Panel
    all_of_actors: Panel


def past(known: Dyads, asked: Iterable[Ints], *, until: int | None = None) -> Past:
    """Give the panels of the pairs ``asked`` about, each an array of places; others serve as their surroundings.

    ``until`` is the last origin that will be asked about, where it lies after the last event.
    """
    stream, pairs = known.stream, np.unique(np.concatenate([np.empty(0, dtype=np.int64), *asked]))
    days, begin = stream.time - stream.first, stream.first
    length = max(1, stream.last + 1 - begin, (until or 0) - begin)
    pair_row = _rows(pairs, len(known))
    actor_row = _rows(np.unique(np.concatenate([known.low[pairs], known.high[pairs]])), len(stream.actors))
    country = countries(stream.actors)
    of_pair = _country_pairs(known, country)
    numbers = np.unique(of_pair[pairs])
    country_row = _found(numbers, of_pair)
    sides = np.concatenate([stream.subject, stream.object])
    series = (pair_row[known.pair], actor_row[sides], country_row[known.pair])
    sizes = (len(pairs), int(actor_row.max(initial=-1)) + 1, len(numbers))
    twice = np.concatenate([days, days])
    family = (known.family, np.concatenate([known.family, known.family]), known.family)
    panels = [
        _panels(rows, when, kind, (size, length))
        for rows, when, kind, size in zip(series, (days, twice, days), family, sizes, strict=True)
    ]
    return Past(
        dyads=known,
        begin=begin,
        pair_row=pair_row,
        actor_row=actor_row,
        country_row=country_row,
        country=country,
        pairs=panels[0][:-1],
        actors=panels[1][:-1],
        countries=panels[2][:-1],
        all_of_pairs=panels[0][-1],
        all_of_actors=panels[1][-1],
    )


def countries(names: Iterable[str]) -> Ints:
    """Give a number for the country of each name: what stands in brackets at its end, else the name itself.

    >>> countries(["Police (Northland)", "Northland", "Ann Fell"]).tolist()
    [1, 1, 0]
    """
    told = [found.group(1) if (found := _COUNTRY.search(name)) else name for name in names]
    return (
        np.unique(np.array(told, dtype=object), return_inverse=True)[1].astype(np.int64) if told else np.empty(0, int)
    )


def _country_pairs(known: Dyads, country: Ints) -> Ints:
    one, two = country[known.low], country[known.high]
    return np.minimum(one, two) * (int(country.max(initial=0)) + 1) + np.maximum(one, two)


def _rows(chosen: Ints, size: int) -> Ints:
    rows = np.full(size, -1, dtype=np.int64)
    rows[chosen] = np.arange(len(chosen))
    return rows


def _found(known: Ints, values: Ints) -> Ints:
    """Give the place of each value in the sorted ``known``; -1 where it is not there."""
    if not len(known):
        return np.full(len(values), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.where(known[place] == values, place, -1)


def _panels(rows: Ints, days: Ints, family: Ints, shape: tuple[int, int]) -> tuple[Panel, ...]:
    """Give a panel for each family, and one for all of them."""
    kept = rows >= 0
    parts = [kept & (family == number) for number in range(len(FAMILIES))]
    return tuple(Panel(rows[part], days[part], shape) for part in [*parts, kept])
