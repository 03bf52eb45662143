"""Look up what was known of a key before a day: how often, how lately, and decayed counts, by one binary search each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import Ints

Floats = NDArray[np.float64]
NEVER = 1000
"""The age in days that stands for "never"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Events sorted by key and time; places in it stand for "all events of this key up to here".

    ``joined`` is key * span + time, ``begin`` the first place of each event's key, ``order`` the events' own places,
    ``sums`` ``(rates, events)`` the decayed count of the key's events up to each, as of its own day.
    """

    joined: Ints
    key: Ints
    time: Ints
    begin: Ints
    order: Ints
    sums: Floats
    rates: tuple[float, ...]
    span: int

    def find(self, keys: Ints, before: Ints) -> Ints:
        """Give the place of the last event of each key before a day; -1 where there is none."""
        place = np.searchsorted(self.joined, keys * self.span + before) - 1
        there = self.key[np.maximum(place, 0)] == keys if len(self.key) else np.zeros(len(place), dtype=bool)
        return np.where((place >= 0) & there, place, -1)

    def decayed(self, places: Ints, at: Ints, rate: int) -> Floats:
        """Give the sum of 2 ** (-rate * age) over the events up to each place, as of a day."""
        there = places >= 0
        found = np.maximum(places, 0)[there]
        told = np.zeros(len(places))
        told[there] = self.sums[rate, found] * np.exp2(-self.rates[rate] * (at[there] - self.time[found]))
        return told

    def count(self, places: Ints) -> Ints:
        """Give the number of events up to each place."""
        return places - self.first(places) + (places >= 0)

    def first(self, places: Ints) -> Ints:
        """Give the first place of the key of each place; -1 where there is none."""
        return np.where(places >= 0, self._at(self.begin, places), -1)

    def age(self, places: Ints, at: Ints) -> Ints:
        """Give the days since the last event; ``NEVER`` where there is none."""
        return np.where(places >= 0, at - self._at(self.time, places), NEVER)

    def _at(self, values: Ints, places: Ints) -> Ints:
        return values[np.maximum(places, 0)] if len(values) else np.zeros(len(places), dtype=np.int64)


def index(keys: Ints, times: Ints, *, span: int, rates: Sequence[float]) -> Index:
    """Give the index of events.

    Args:
        keys: one for each event, not negative.
        times: days, smaller than ``span``.
        span: above all days that will be asked for.
        rates: decay a day, in halvings: 0.04 is a half-life of 25 days.
    """
    joined = keys * span + times
    order = np.argsort(joined, kind="stable")
    key, time = keys[order], times[order]
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(fresh)
    begin = starts[np.cumsum(fresh) - 1] if len(key) else starts
    sums = [_decayed_sums(time, fresh, begin, rate) for rate in rates]
    return Index(
        joined=joined[order],
        key=key,
        time=time,
        begin=begin,
        order=order,
        sums=np.array(sums).reshape(len(rates), -1),
        rates=tuple(rates),
        span=span,
    )


def _decayed_sums(time: Ints, fresh: NDArray[np.bool_], begin: Ints, rate: float) -> Floats:
    """Give s[i] = 1 + s[i-1] * 2 ** (-rate * gap) within each key, by doubling steps.

    Plain prefix sums of exp(rate * time) lose old events beside young ones in streams of many years; this does not.
    """
    gap = np.diff(time, prepend=time[:1])
    carried = np.where(fresh, 0.0, np.exp2(-rate * np.where(fresh, 0, gap)))
    sums, step = np.ones(len(time)), 1
    longest = int((np.arange(len(time)) - begin).max(initial=0)) + 1
    while step < longest:
        sums[step:] = sums[step:] + carried[step:] * sums[:-step]
        carried = np.concatenate([np.zeros(step), carried[step:] * carried[:-step]])
        step *= 2
    return sums
