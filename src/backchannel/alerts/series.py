"""Lay events out as daily counts of pairs, beside how much was told at all that day: the exposure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import EventStream

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HISTORY: Final = 90
"""Days before a window from which its count is expected."""
BUSIEST: Final = 1500
_VOLUME: Final = 29


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Daily counts of pairs.

    ``pairs`` ``(pairs, 2)`` are actors' numbers, the lower first; ``counts`` ``(pairs, days)`` events; ``others``
    ``(2, pairs, days)`` what each of the two had that day with anybody else. ``exposure`` ``(pairs, days)`` is how much
    of a usual day's news was there to tell of the pair, 1 on average and 0 on a day that nothing covers.
    """

    pairs: Ints
    counts: Ints
    others: Ints
    exposure: Floats

    @property
    def days(self) -> int:
        """How many days there are."""
        return int(self.counts.shape[1])

    def of_days(self) -> Series:
        """Give the same with days in touch in place of events: a story told ten times on one day counts once."""
        return replace(self, counts=self.counts.clip(max=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Stretches of days to judge: each a pair ``(windows,)`` and the first day of the window ``(windows,)``."""

    pair: Ints
    start: Ints

    def __len__(self) -> int:
        return len(self.pair)


def series(stream: EventStream, *, days: int | None = None, busiest: int = BUSIEST) -> Series:
    """Give the daily counts of the pairs with most events, the busiest first; no actor is paired with itself.

    Args:
        stream: the events.
        days: how many days there are from day 0 on; by default to the last event.
        busiest: how many pairs.
    """
    length = stream.last + 1 if days is None else days
    kept = stream.where((stream.subject != stream.object) & (stream.time < length))
    ends = np.stack(np.divmod(kept.pairs(), max(len(stream.actors), 1)), axis=1).reshape(-1, 2)
    laid = of_pairs(ends, kept.time, days=length, busiest=busiest)
    feed = np.bincount(kept.time, minlength=length)
    return replace(laid, exposure=np.tile(exposure(feed), (len(laid.pairs), 1)))


def of_pairs(ends: Ints, time: Ints, *, days: int, busiest: int = BUSIEST, least: int = 1) -> Series:
    """Give the daily counts of events, every day as well covered as any other.

    Args:
        ends: the two actors of each event, the lower first ``(events, 2)``.
        time: the day of each event, below ``days`` ``(events,)``.
        days: how many days there are.
        busiest: how many pairs to keep, those with most events.
        least: events that a pair must have.
    """
    actors = int(ends.max()) + 1 if len(ends) else 1
    keys, place = np.unique(ends[:, 0] * actors + ends[:, 1], return_inverse=True)
    often = np.bincount(place, minlength=len(keys))
    chosen = np.argsort(-often, kind="stable")[: min(busiest, int((often >= least).sum()))]
    rank = np.full(len(keys), -1)
    rank[chosen] = np.arange(len(chosen))
    counts = _counted(rank[place], time, len(chosen), days)
    pairs = np.stack(np.divmod(keys[chosen], actors), axis=1)
    busy = _counted(ends[:, 0], time, actors, days) + _counted(ends[:, 1], time, actors, days)
    others = np.stack([busy[pairs[:, end]] - counts for end in (0, 1)])
    return Series(pairs=pairs, counts=counts, others=others, exposure=np.ones(counts.shape))


def exposure(feed: NDArray[np.integer] | Floats) -> Floats:
    """Give how much each day tells, 1 on average: the profile of the week times the volume of 29 days around it.

    Args:
        feed: events of the whole feed by day ``(days,)``.
    """
    if not len(feed) or not feed.any():
        return np.zeros(len(feed))
    weekday = np.arange(len(feed)) % 7
    sums, days = (np.bincount(weekday, weights, minlength=7) for weights in (feed, np.ones(len(feed))))
    profile = sums / np.maximum(days, 1) / feed.mean()
    around = np.ones(_VOLUME)
    volume = _around(feed, around) / _around(np.ones(len(feed)), around)
    told = profile[weekday] * volume
    return np.asarray(told / told.mean())


def weekly(series: Series, *, width: int, until: int | None = None, least: int = 3) -> Windows:
    """Give a window a week of every pair that was in touch at least so often in the history before it.

    Args:
        series: the counts.
        width: days of a window.
        until: the day before which windows end; by default all days.
        least: events in the history.
    """
    last = (series.days if until is None else until) - width
    found = [(_active(series, start, least), start) for start in range(last, HISTORY - 1, -7)]
    pairs = [pair for pair, _ in found] or [np.zeros(0, dtype=np.int64)]
    starts = [np.full(len(pair), start) for pair, start in found] or [np.zeros(0, dtype=np.int64)]
    return Windows(pair=np.concatenate(pairs), start=np.concatenate(starts))


def _active(series: Series, start: int, least: int) -> Ints:
    return np.flatnonzero(series.counts[:, start - HISTORY : start].sum(axis=1) >= least)


def _counted(rows: Ints, time: Ints, height: int, days: int) -> Ints:
    """Give how often each row comes on each day ``(height, days)``; rows below 0 are left out."""
    kept = rows >= 0
    return np.bincount(rows[kept] * days + time[kept], minlength=height * days).reshape(height, days)


def _around(values: NDArray[np.integer] | Floats, weights: Floats) -> Floats:
    """Give the sum of each value and its neighbours ``(days,)``, those beyond the ends left out."""
    half = len(weights) // 2
    return np.asarray(np.convolve(values.astype(np.float64), weights, "full")[half : half + len(values)])
