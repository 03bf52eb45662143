"""Daily counts of many series, asked only for what lies before a day."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import Ints

Floats = NDArray[np.float32]
Value = TypeVar("Value", bound=np.generic)
NEVER = 200
"""Days since the last event, at most; also where there was none."""


class Panel:
    """Counts by series and day; every answer for an origin rests on the days before it.

    Args:
        series, days: the place and the day of each event ``(events,)``; day 0 is the first that is kept.
        shape: the number of series and of days.
    """

    def __init__(self, series: Ints, days: Ints, shape: tuple[int, int]) -> None:
        flat = np.bincount(series * shape[1] + days, minlength=shape[0] * shape[1])
        self._daily: Floats = flat.reshape(shape).astype(np.float32)
        self._decayed: dict[float, Floats] = {}

    def within(self, rows: Ints, origin: int, days: int) -> Floats:
        """Give the number of events in the days before the origin ``(rows,)``."""
        found: Floats = self._sums[rows, origin] - self._sums[rows, max(0, origin - days)]
        return found

    def decayed(self, rows: Ints, origin: int, days: float) -> Floats:
        """Give the events before the origin, each weighing ``exp(-age / days)``, age 0 being the day before."""
        if days not in self._decayed:
            self._decayed[days] = self._filter(days)
        found: Floats = self._decayed[days][rows, origin]
        return found

    def since(self, rows: Ints, origin: int) -> Floats:
        """Give the days since the last event ``(rows,)``: 1 for the day before, at most ``NEVER``."""
        ago: Floats = np.minimum(origin - self._last[rows, origin], NEVER).astype(np.float32)
        return ago

    def windows(self, rows: Ints, origin: int, *, width: int, back: int) -> NDArray[np.bool_]:
        """Say of each run of ``width`` days in the ``back`` days before the origin whether it held an event.

        ``(rows, runs)``, each run beginning a day after the one before; no runs where the past is too short.
        """
        sums = self._sums[rows, max(0, origin - back) : origin + 1]
        found: NDArray[np.bool_] = sums[:, width:] > sums[:, :-width]
        return found

    @cached_property
    def _sums(self) -> Floats:
        return _after(np.cumsum(self._daily, axis=1, dtype=np.float32), 0)

    @cached_property
    def _last(self) -> NDArray[np.int32]:
        far = -NEVER
        days = np.where(self._daily > 0, np.arange(self._daily.shape[1], dtype=np.int32), np.int32(far))
        found: NDArray[np.int32] = _after(np.maximum.accumulate(days, axis=1), far)
        return found

    def _filter(self, days: float) -> Floats:
        weight = np.float32(np.exp(-1 / days))
        found = np.empty_like(self._daily)
        total = np.zeros(len(found), dtype=np.float32)
        for day in range(found.shape[1]):
            total = total * weight + self._daily[:, day]
            found[:, day] = total
        return _after(found, 0)


def _after(values: NDArray[Value], before: float) -> NDArray[Value]:
    """Shift by a day, so that column ``d`` holds what was known at the beginning of day ``d``."""
    first = np.full((len(values), 1), before, dtype=values.dtype)
    return np.concatenate([first, values], axis=1)
