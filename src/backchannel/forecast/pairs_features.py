"""What tells of a pair's next days: columns read from the days before an origin, each named for what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import Ints
from backchannel.forecast.extra import library
from backchannel.forecast.families import FAMILIES
from backchannel.forecast.pairs_panel import Floats, Panel
from backchannel.forecast.pairs_past import Past
from backchannel.forecast.pairs_risk import FAMILY_OF, HISTORY, KINDS, Bools

WINDOWS = (1, 3, 7, 14, 30, 60, 120)
AROUND = (7, 30, 90)
KERNELS = (3.0, 20.0, 80.0)
RATE_DAYS = 180
"""Days over which a pair's own rate is taken."""
PRIOR = 2.0
"""Horizons of the average pair that a pair's own rate is shrunk with."""
_THIRD_DAYS = 30.0
Column = tuple[str, NDArray[np.floating]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was known of pairs on one day or several, a row each.

    ``values`` ``(rows, columns)`` goes with ``names``; ``rate`` ``(rows, kinds)`` is each pair's own shrunk share of
    horizons with an event, ``repeated`` ``(rows, kinds)`` whether the last horizon held one.
    """

    names: tuple[str, ...]
    values: Floats
    rate: NDArray[np.float64]
    repeated: Bools


def table(known: Past, pairs: Ints, origin: int, horizon: int, *, among: Ints | None = None) -> Table:
    """Give what was known of pairs at the beginning of a day.

    Args:
        pairs: places of pairs that ``known`` was made for.
        among: the pairs to whose mean each pair's own rate is shrunk; the pairs themselves by default.
    """
    rows, day = known.pair_row[pairs], origin - known.begin
    others = rows if among is None else known.pair_row[among]
    panels = [known.pairs[FAMILY_OF[kind]] for kind in KINDS]
    rate = np.column_stack([_rate(panel, rows, others, day, horizon) for panel in panels])
    repeated = np.column_stack([panel.within(rows, day, horizon) > 0 for panel in panels])
    columns = dict(
        [
            *_own(known, rows, day),
            *((f"rate.{kind}", np.log(rate[:, n] / (1 - rate[:, n]))) for n, kind in enumerate(KINDS)),
            *_sides(known, pairs, day),
            *_countries(known, pairs, day),
            *_trend(known, pairs, day),
            *_third(known, pairs, origin),
            *_balance(known, pairs, origin),
        ]
    )
    values = np.column_stack([column.astype(np.float32) for column in columns.values()])
    return Table(names=tuple(columns), values=values, rate=rate, repeated=repeated)


def stacked(tables: list[Table]) -> Table:
    """Give one table of the rows of several."""
    return Table(
        names=tables[0].names,
        values=np.concatenate([one.values for one in tables]),
        rate=np.concatenate([one.rate for one in tables]),
        repeated=np.concatenate([one.repeated for one in tables]),
    )


def _own(known: Past, rows: Ints, day: int) -> Iterator[Column]:
    """How much of each family there was on the pair, how lately, and how long ago the last was."""
    for family, panel in zip(FAMILIES, known.pairs, strict=True):
        for days in WINDOWS:
            yield f"{family}.{days}", np.log1p(panel.within(rows, day, days))
        for scale in KERNELS:
            yield f"{family}.decayed.{scale:.0f}", panel.decayed(rows, day, scale)
        yield f"{family}.since", np.log1p(panel.since(rows, day))
    yield "any.since", np.log1p(known.all_of_pairs.since(rows, day))
    yield "any.90", np.log1p(known.all_of_pairs.within(rows, day, HISTORY))


def _rate(panel: Panel, rows: Ints, others: Ints, day: int, horizon: int) -> NDArray[np.float64]:
    """Give the share of horizons with an event, shrunk to the mean of ``others``; between 0.0001 and 0.9999."""
    mine = panel.windows(rows, day, width=horizon, back=RATE_DAYS)
    mean = panel.windows(others, day, width=horizon, back=RATE_DAYS).mean() if mine.size and len(others) else 0.0
    shrunk = (mine.sum(axis=1) / horizon + PRIOR * mean) / (mine.shape[1] / horizon + PRIOR)
    kept: NDArray[np.float64] = np.clip(shrunk, 1e-4, 1 - 1e-4)
    return kept


def _sides(known: Past, pairs: Ints, day: int) -> Iterator[Column]:
    """How much each side had to do with others: the less and the more active one."""
    rows = known.pair_row[pairs]
    low, high = known.actor_row[known.dyads.low[pairs]], known.actor_row[known.dyads.high[pairs]]
    for number, family in enumerate(FAMILIES):
        for days in AROUND:
            own = known.pairs[number].within(rows, day, days)
            one, two = (known.actors[number].within(side, day, days) - own for side in (low, high))
            yield f"sides.{family}.less.{days}", np.log1p(np.minimum(one, two))
            yield f"sides.{family}.more.{days}", np.log1p(np.maximum(one, two))


def _countries(known: Past, pairs: Ints, day: int) -> Iterator[Column]:
    """What other pairs of the same two countries had."""
    rows, around = known.pair_row[pairs], known.country_row[pairs]
    for number, family in enumerate(FAMILIES):
        for days in AROUND:
            all_of_them = known.countries[number].within(around, day, days)
            yield f"countries.{family}.{days}", np.log1p(all_of_them - known.pairs[number].within(rows, day, days))
    one, two = known.country[known.dyads.low[pairs]], known.country[known.dyads.high[pairs]]
    yield "countries.same", (one == two).astype(np.float32)


def _trend(known: Past, pairs: Ints, day: int) -> Iterator[Column]:
    """Whether the last days were busier than the last 90, for the pair and for each side."""
    rows = known.pair_row[pairs]
    low, high = known.actor_row[known.dyads.low[pairs]], known.actor_row[known.dyads.high[pairs]]
    for days in (7, 30):
        one, two = (_busier(known.all_of_actors, side, day, days) for side in (low, high))
        yield f"trend.less.{days}", np.minimum(one, two)
        yield f"trend.more.{days}", np.maximum(one, two)
        yield f"trend.pair.{days}", _busier(known.all_of_pairs, rows, day, days)


def _busier(panel: Panel, rows: Ints, day: int, days: int) -> Floats:
    now, usual = panel.within(rows, day, days) + 0.5, panel.within(rows, day, HISTORY) + 2
    ratio: Floats = np.log(now / days * HISTORY / usual)
    return ratio


def _third(known: Past, pairs: Ints, origin: int) -> Iterator[Column]:
    """What both sides have in common: third parties with whom each had such events in the last 90 days."""
    stream = known.dyads.stream.between(origin - HISTORY, origin)
    sparse = library("scipy.sparse")
    size, low, high = len(stream.actors), known.dyads.low[pairs], known.dyads.high[pairs]
    for number, family in enumerate(FAMILIES[:-1]):
        told = stream.where(stream.family[stream.relation] == number)
        weight = np.exp(-(origin - told.time) / _THIRD_DAYS)
        ends = np.concatenate([told.subject, told.object]), np.concatenate([told.object, told.subject])
        ties = sparse.csr_matrix((np.concatenate([weight, weight]), ends), shape=(size, size))
        present = sparse.csr_matrix((np.ones(len(ties.data)), ties.indices, ties.indptr), shape=ties.shape)
        degree = np.diff(ties.indptr)
        ties.data = np.log1p(ties.data)
        yield f"third.{family}.strength", _common(ties, low, high)
        yield f"third.{family}.common", _common(present, low, high)
        yield f"third.{family}.less", np.log1p(np.minimum(degree[low], degree[high]))
        yield f"third.{family}.more", np.log1p(np.maximum(degree[low], degree[high]))


def _common(ties: Any, low: Ints, high: Ints) -> NDArray[np.float64]:
    return np.asarray(ties[low].multiply(ties[high]).sum(axis=1)).ravel()


def _balance(known: Past, pairs: Ints, origin: int) -> Iterator[Column]:
    """How far both sides act, and not only one: from 0 to nearly a half."""
    one, two = (int(n) for n in np.searchsorted(known.dyads.stream.time, (origin - HISTORY, origin), "left"))
    stream, pair = known.dyads.stream, known.dyads.pair[one:two]
    is_forth = stream.subject[one:two] < stream.object[one:two]
    forth = np.bincount(pair[is_forth], minlength=len(known.dyads))[pairs]
    total = np.bincount(pair, minlength=len(known.dyads))[pairs]
    yield "balance.90", np.minimum(forth, total - forth) / (total + 1)
