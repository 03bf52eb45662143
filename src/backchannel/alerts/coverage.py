"""Say what could be heard on which day: a feed that is down and an outlet that is quiet are no silence of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.alerts.series import Floats, Ints, exposure

_EXPECTED: Final = 7.0
"""A stretch without anything is an outage where this much was to be expected in it; by chance that is one in a thousand."""
_ROUNDING: Final = 1e-6
_USUAL: Final = 56
"""Days before a stretch that say what is usual."""
_LENT: Final = 5.0
"""How many reports of its own a pair needs to be followed by other sources than the rest of the feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What each source told: ``told`` ``(sources, days)`` items, ``on`` whether the source could be heard that day."""

    sources: tuple[str, ...]
    told: Ints
    on: NDArray[np.bool_]

    @property
    def feed(self) -> NDArray[np.bool_]:
        """Whether anything could be heard ``(days,)``."""
        return np.asarray(~outages(self.told.sum(axis=0)) & self.on.any(axis=0))

    def exposure(self, shares: Floats) -> Floats:
        """Give how much of a usual day's news there was to tell of each pair ``(pairs, days)``.

        Args:
            shares: how much of a pair's reports came from each source ``(pairs, sources)``, of any scale.
        """
        own = self.told.sum(axis=1) / max(self.told.sum(), 1)
        leaning = shares + _LENT * own
        leaning = leaning / np.maximum(leaning.sum(axis=1, keepdims=True), 1e-9)
        followed: Floats = leaning @ self.on
        heard = self.feed
        return followed * self._volume(heard) * heard

    def _volume(self, heard: NDArray[np.bool_]) -> Floats:
        """The news of each day, as if days that were not heard had been usual ones."""
        feed = self.told.sum(axis=0).astype(np.float64)
        if not heard.any():
            return np.zeros(len(feed))
        filled = np.where(heard, feed, feed[heard].mean())
        return exposure(filled)


def heard(sources: tuple[str, ...], told: Ints) -> Heard:
    """Give what could be heard, from what each source told by day ``(sources, days)``.

    A source is off before its first item, and on stretches without any where its own past says that much was due.
    """
    started = np.maximum.accumulate(told > 0, axis=1)
    quiet = np.stack([outages(row) for row in told]) if len(told) else np.zeros(told.shape, dtype=bool)
    return Heard(sources=sources, told=told, on=started & ~quiet)


def outages(told: Ints) -> NDArray[np.bool_]:
    """Give the days of stretches without anything in which, by the weeks before, seven items or more were due.

    What is due follows the days of the week, so that a paper without Sundays is not off on Sundays.

    Args:
        told: items by day ``(days,)``.
    """
    found = np.zeros(len(told), dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[1], (told > 0).astype(np.int8), [1]])))
    for first, last in _long(told, edges[::2], edges[1::2]):
        before = told[max(first - _USUAL, 0) : first]
        if len(before) < 7:
            continue
        place = np.arange(first - len(before), first) % 7
        usual = np.bincount(place, before, minlength=7) / np.maximum(np.bincount(place, minlength=7), 1)
        found[first:last] = usual[np.arange(first, last) % 7].sum() >= _EXPECTED
    return found


def _long(told: Ints, first: Ints, last: Ints) -> Iterator[tuple[int, int]]:
    """Yield the stretches ``[first, last)`` that may be outages: even if the usual weeks before came on its days alone."""
    sums = np.concatenate([[0], np.cumsum(told)])
    begin = np.maximum(first - _USUAL, 0)
    weeks = np.maximum((first - begin) // 7, 1)
    most = (sums[first] - sums[begin]) / weeks * -(-(last - first) // 7)
    for place in np.flatnonzero(most >= _EXPECTED - _ROUNDING):
        yield int(first[place]), int(last[place])
