"""Judge the pairs of a feed day by day: which silences and spikes are worth an alert at so many false ones a week.

Each day is judged by what was known at its end: the past that teaches, and the threshold, end with the quarter before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.alerts.detector import Detector, trained
from backchannel.alerts.series import HISTORY, Floats, Series, Windows
from backchannel.alerts.surprise import Expected, Side, told

_REFIT: Final = 91
"""Days for which a threshold and what was learnt hold."""
_WEEKS: Final = 8
"""Weeks of windows below which no threshold can be set."""
_PAST: Final = 182
"""Days before a quarter from which its threshold is set."""
_DISCOVERIES: Final = 0.5
"""The share of false ones that Benjamini and Hochberg's procedure allows among a day's alerts."""
_DUE: Final = 2.0
"""Contacts that were due in a window, below which its silence says nothing."""
_HEARD: Final = 0.5
"""The part of a window's usual news below which nothing is judged."""
_STILL: Final = 14
_STRONG: Final = 1.3
"""A score below which nothing is told, however quiet the past was: twenty to one."""
_SEEN: Final = 3
_MANY: Final = 4
"""Reports below which a week is no spike, however few were due."""
_AT_ONCE: Final = 7
_OFTEN: Final = 10
"""Reports that some pair must have, for a past to teach anything."""

View = Callable[[int], Series]
"""Gives the series as known at the beginning of a day; it ends with the day before, and may begin late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A window of a pair beyond the threshold: days ``[first, last)``, what was told in it and what was due."""

    side: Side
    pair: tuple[int, int]
    first: int
    last: int
    told: int
    due: float
    score: float
    threshold: float
    surprise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """Windows that end with the days ``[first, last)`` and were not judged, and why; ``pairs`` are how many at most.

    ``None`` for all pairs.
    """

    side: Side
    first: int
    last: int
    why: str
    pairs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rated:
    """Windows that could be judged, with their scores and what was expected; ``dim`` counts those not heard enough."""

    windows: Windows
    scores: Floats
    expected: Expected
    dim: int


def judge(
    view: View, first: int, last: int, *, side: Side, budget: float, origin: int = 0
) -> tuple[list[Crossing], list[Unjudged]]:
    """Give what crossed the threshold at the end of a day, each run of days once, and what could not be judged.

    Args:
        view: the series as known at the beginning of a day.
        first: the first day at whose end windows are judged; what had crossed before it is not told again.
        last: the last such day.
        side: what to look for.
        budget: false alarms a week that are accepted.
        origin: the ordinal of day 0, so that quarters do not move when older reports come.
    """
    return judge_both(view, first, last, sides=(side,), budget=budget, origin=origin)[side]


def judge_both(
    view: View, first: int, last: int, *, sides: Sequence[Side], budget: float, origin: int = 0
) -> dict[Side, tuple[list[Crossing], list[Unjudged]]]:
    """Give the same for several sides, laying out each day once for all of them."""
    known = lru_cache(maxsize=2)(view)
    lanes = [_Lane(view=known, first=first, side=side, budget=budget, origin=origin) for side in sides]
    for end in range(1, last + 2):
        for lane in lanes:
            if end > first - lane.width:
                lane.take(end)
    return {lane.side: lane.finish() for lane in lanes}


@dataclass(slots=True, kw_only=True)
class _Lane:
    """One side, told of the ends of days one after the other; ``running`` has the last day on which a pair crossed."""

    view: View
    first: int
    side: Side
    budget: float
    origin: int
    found: list[Crossing] = field(default_factory=list)
    unjudged: list[Unjudged] = field(default_factory=list)
    taught: dict[int, tuple[Detector, float] | None] = field(default_factory=dict)
    running: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Days of a window."""
        return _width(Detector(), self.side)

    def take(self, end: int) -> None:
        """Judge the windows that end before a day."""
        lesson = self._lesson(end)
        if lesson is None:
            why = _SHORT.format(_need(self.side))
            self.unjudged.append(Unjudged(side=self.side, first=end - 1, last=end, why=why))
            return
        crossed, dim = _day(self.view(end), end, lesson[0], lesson[1], self.side)
        for one in crossed:
            if end - self.running.get(one.pair, -self.width - 1) > self.width and end > self.first:
                self.found.append(one)
            self.running[one.pair] = end
        if dim:
            self.unjudged.append(Unjudged(side=self.side, first=end - 1, last=end, why=_DIM, pairs=dim))

    def finish(self) -> tuple[list[Crossing], list[Unjudged]]:
        """Give what crossed, and what could not be judged."""
        return self.found, list(_joined([one for one in self.unjudged if one.first >= self.first]))

    def _lesson(self, end: int) -> tuple[Detector, float] | None:
        """Give what the quarter that a day lies in begins with; ``None`` where the past was too short."""
        quarter = end - (self.origin + end) % _REFIT
        if quarter not in self.taught:
            is_long = quarter >= _need(self.side)
            self.taught[quarter] = _taught(self.view(quarter), self.side, self.budget) if is_long else None
        return self.taught[quarter]


_SHORT: Final = "fewer than {} days of reports before, or no pair that is told of often enough"
_DIM: Final = "less than half of the usual news of a pair could be heard"


def _joined(told: list[Unjudged]) -> Iterator[Unjudged]:
    """Yield days that follow one another and have one reason as one stretch."""
    while told:
        run, told = told[0], told[1:]
        while told and told[0].first == run.last and told[0].why == run.why:
            most = None if run.pairs is None else max(run.pairs, told[0].pairs or 0)
            run, told = replace(run, last=told[0].last, pairs=most), told[1:]
        yield run


def threshold(detector: Detector, series: Series, side: Side, budget: float) -> float | None:
    """Give the score that so many windows a week passed in the half-year before; ``None`` where there were too few.

    Of the windows of a pair that overlap the highest counts. Nominal probabilities are no guide: even clean series
    burst.

    Args:
        detector: what the past taught.
        series: the past.
        side: what is looked for.
        budget: windows a week.
    """
    width = _width(detector, side)
    starts = range(max(series.days - width - _PAST, HISTORY), series.days - width + 1)
    if len(starts) < 7 * _WEEKS:
        return None
    peaks = np.zeros((len(starts) // width + 1, len(series.pairs)))
    for at in range(0, len(starts), _AT_ONCE):
        rated = _rated(detector, series, [_seen(series, start) for start in starts[at : at + _AT_ONCE]], side)
        np.maximum.at(peaks, ((starts[-1] - rated.windows.start) // width, rated.windows.pair), rated.scores)
    ranked = np.sort(peaks.ravel())[::-1]
    allowed = round(budget * len(starts) / 7)
    return float(max(ranked[min(allowed, len(ranked) - 1)], _STRONG)) if peaks.any() else None


def discovered(surprise: Floats, tested: int) -> NDArray[np.bool_]:
    """Give which of some -log10 p stand among ``tested`` ones by Benjamini and Hochberg's procedure.

    Source:
        Benjamini and Hochberg, Controlling the False Discovery Rate, JRSS B 57 (1995).

    >>> discovered(np.array([4.0, 0.3, 2.0]), 10).tolist()
    [True, False, True]
    """
    order = np.argsort(-surprise, kind="stable")
    bounds = -np.log10(_DISCOVERIES * np.arange(1, len(surprise) + 1) / max(tested, 1))
    passed = np.flatnonzero(surprise[order] >= bounds)
    kept = np.zeros(len(surprise), dtype=bool)
    kept[order[: int(passed[-1]) + 1 if len(passed) else 0]] = True
    return kept


def _taught(past: Series, side: Side, budget: float) -> tuple[Detector, float] | None:
    if not len(past.pairs) or past.counts.sum(axis=1).max() < _OFTEN:
        return None
    detector = trained(past, side=side)
    limit = threshold(detector, past, side, budget)
    return None if limit is None else (detector, limit)


def _need(side: Side) -> int:
    """Give the days before the first one that can be judged."""
    return HISTORY + _width(Detector(), side) + 7 * _WEEKS


def _seen(series: Series, start: int) -> Windows:
    """Give the windows from a day on of all pairs that were in touch in the history before it."""
    pair = np.flatnonzero(series.counts[:, start - HISTORY : start].sum(axis=1) >= _SEEN)
    return Windows(pair=pair, start=np.full(len(pair), start))


def _day(series: Series, end: int, detector: Detector, limit: float, side: Side) -> tuple[list[Crossing], int]:
    """Give the windows that end with the series and cross the limit, and how many pairs could not be heard."""
    width = _width(detector, side)
    windows = _seen(series, series.days - width)
    rated = _rated(detector, series, [windows], side)
    there = told(series, rated.windows, width).sum(axis=1)
    surprise = rated.expected.surprise(there, side) if side == "silence" else rated.scores
    kept = (rated.scores > limit) & discovered(surprise, len(there)) & ((there >= _MANY) | (side == "silence"))
    crossed = [
        Crossing(
            side=side,
            pair=(int(series.pairs[rated.windows.pair[place], 0]), int(series.pairs[rated.windows.pair[place], 1])),
            first=end - width,
            last=end,
            told=int(there[place]),
            due=float(rated.expected.mean[place]),
            score=float(rated.scores[place]),
            threshold=limit,
            surprise=float(surprise[place]),
        )
        for place in np.flatnonzero(kept)
    ]
    return crossed, rated.dim


def _rated(detector: Detector, series: Series, groups: list[Windows], side: Side) -> _Rated:
    """Give the scores of the windows that can be judged: those heard enough and, for silences, with enough due.

    A window with a report in its last two weeks is no silence, however few there were.
    """
    width = _width(detector, side)
    windows = Windows(
        pair=np.concatenate([one.pair for one in groups]), start=np.concatenate([one.start for one in groups])
    )
    heard_enough = is_heard(series, windows, width)
    heard = Windows(pair=windows.pair[heard_enough], start=windows.start[heard_enough])
    outlook, days = detector.outlook(series, heard, side), told(series, heard, width)
    scores, kept = outlook.score(days), np.ones(len(heard), dtype=bool)
    if side == "silence":
        kept = outlook.events.mean >= _DUE
        scores = np.where(days[:, -_STILL:].any(axis=1), 0.0, scores)
    return _Rated(
        windows=Windows(pair=heard.pair[kept], start=heard.start[kept]),
        scores=scores[kept],
        expected=Expected(mean=outlook.events.mean[kept], shape=outlook.events.shape[kept]),
        dim=int((~heard_enough).sum()),
    )


def is_heard(series: Series, windows: Windows, width: int) -> NDArray[np.bool_]:
    """Give of which windows at least half of the usual news, and half of the days, could be heard."""
    days = windows.start[:, None] + np.arange(-HISTORY, width)
    exposure = series.exposure[windows.pair[:, None], days]
    usual, there = exposure[:, :HISTORY].mean(axis=1), exposure[:, HISTORY:].mean(axis=1)
    return np.asarray((there >= _HEARD * usual) & ((exposure[:, HISTORY:] > 0).mean(axis=1) >= _HEARD))


def _width(detector: Detector, side: Side) -> int:
    return detector.silent_days if side == "silence" else detector.spike_days
