"""Score what was foretold: Brier and log score, skill against two baselines, reliability with intervals, by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.answers import BASE, PERSISTENCE
from backchannel.forecast.pairs_reliability import interval, weeks_drawn
from backchannel.forecast.register import Entry

EDGES: Final = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Bounds of the bins of the reliability table; most of what is foretold of pairs is unlikely."""
BASELINES: Final = (BASE, PERSISTENCE)
WEEKS: Final = 5
"""Weeks of origins below which no interval is given: too few to draw from."""
_SURE = 1e-4
"""The log score takes no chance as nearer to 0 or 1 than this."""
_NORMAL = 1.959964
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A forecast whose outcome is known; ``day`` is the ordinal of its origin."""

    kind: str
    horizon: int | None
    is_onset: bool
    recurrence: str | None
    day: int
    probability: float
    came: bool
    baselines: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with the interval that holds 95 % of resamples by week; no interval below five weeks of origins."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Forecasts between two bounds: how many, their mean, and the share that came true with its Wilson interval (95 %)."""

    low: float
    high: float
    number: int
    mean: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How well one group of forecasts did; ``share`` came true, ``mean`` was foretold.

    ``skill`` is the share of the Brier score of each baseline that was saved: 1 is perfect, 0 no better, below 0 worse;
    a baseline that some forecast of the group does not bear, or that was perfect, is not there.
    """

    name: str
    number: int
    share: float
    mean: float
    brier: Figure
    log_score: Figure
    skill: dict[str, Figure] = field(default_factory=dict)
    reliability: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The standing record: how many forecasts are in which state, and the scores of those that came true or did not.

    ``late`` were made after their due day; they are scored in a group of their own and in no other.
    """

    registered: int
    states: dict[str, int]
    late: int
    groups: tuple[Group, ...]


def standing(entries: Sequence[Entry]) -> Standing:
    """Give the standing record of a register."""
    states = Counter(one.state for one in entries)
    timely = [case for one in entries if not one.forecast.is_late and (case := case_of(one)) is not None]
    late = [case for one in entries if one.forecast.is_late and (case := case_of(one)) is not None]
    return Standing(
        registered=len(entries),
        states={name: states[name] for name in ("open", "due", "overdue", "yes", "no", "void")},
        late=sum(one.forecast.is_late for one in entries),
        groups=(*groups(timely), *((score("made after the due day", late),) if late else ())),
    )


def case_of(entry: Entry) -> Case | None:
    """Give a forecast that came true or did not as a case."""
    told = entry.forecast
    if entry.state not in ("yes", "no"):
        return None
    return Case(
        kind=told.kind,
        horizon=told.horizon,
        is_onset=told.is_onset,
        recurrence=told.recurrence,
        day=date.fromisoformat(told.origin).toordinal(),
        probability=told.probability,
        came=entry.state == "yes",
        baselines=told.baselines,
    )


def groups(cases: Sequence[Case]) -> tuple[Group, ...]:
    """Give the scores of all cases, by kind and horizon, of onsets, and by recurrence class."""
    return tuple(score(name, part) for name, part in _parts(cases) if part)


def score(name: str, cases: Sequence[Case]) -> Group:
    """Give the scores of some cases, at least one."""
    told = np.array([one.probability for one in cases])
    came = np.array([one.came for one in cases], dtype=np.float64)
    draws, week = _draws(cases)
    faults = (told - came) ** 2
    sure = np.clip(np.where(came > 0, told, 1 - told), _SURE, 1.0)
    skill = {}
    for base in BASELINES:
        if all(base in one.baselines for one in cases):
            theirs = (np.array([one.baselines[base] for one in cases]) - came) ** 2
            if theirs.sum() > 0:
                skill[base] = _saved(faults, theirs, draws, week)
    return Group(
        name=name,
        number=len(cases),
        share=float(came.mean()),
        mean=float(told.mean()),
        brier=_mean(faults, draws, week),
        log_score=_mean(-np.log(sure), draws, week),
        skill=skill,
        reliability=tuple(reliability(told, came)),
    )


def reliability(told: Floats, came: Floats) -> Iterator[Alike]:
    """Yield the bins that hold forecasts, from the lowest."""
    place = np.clip(np.searchsorted(EDGES, told, "right") - 1, 0, len(EDGES) - 2)
    for number in np.unique(place):
        inside = place == number
        low, high = wilson(int(came[inside].sum()), int(inside.sum()))
        yield Alike(
            low=EDGES[number],
            high=EDGES[number + 1],
            number=int(inside.sum()),
            mean=float(told[inside].mean()),
            share=float(came[inside].mean()),
            share_low=low,
            share_high=high,
        )


def wilson(came: int, number: int) -> tuple[float, float]:
    """Give the interval of a share (95 %, Wilson 1927).

    >>> [round(bound, 3) for bound in wilson(1, 10)]
    [0.018, 0.404]
    """
    share, square = came / number, _NORMAL**2
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = _NORMAL * sqrt(share * (1 - share) / number + square / (4 * number**2)) / (1 + square / number)
    return max(0.0, middle - half), min(1.0, middle + half)


def label(kind: str, horizon: int | None) -> str:
    """Give the name of a kind and horizon.

    >>> label("talks", 7), label("planned", None)
    ('talks within 7 days', 'planned meetings')
    """
    if kind == "planned":
        return "planned meetings"
    return f"who comes next ({horizon} days)" if kind == "next" else f"{kind} within {horizon} days"


def _parts(cases: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    yield "all", list(cases)
    for kind, horizon in sorted({(one.kind, one.horizon or 0) for one in cases}):
        yield label(kind, horizon or None), [one for one in cases if (one.kind, one.horizon or 0) == (kind, horizon)]
    for kind, horizon in sorted({(one.kind, one.horizon or 0) for one in cases if one.is_onset}):
        new = [one for one in cases if one.is_onset and (one.kind, one.horizon or 0) == (kind, horizon)]
        yield f"onset of {label(kind, horizon)}", new
    for recurrence in sorted({one.recurrence or "" for one in cases} - {""}):
        yield f"parties: {_CLASSES[recurrence]}", [one for one in cases if one.recurrence == recurrence]


_CLASSES = {
    "recent": "one such event in 60 days",
    "lapsed": "the last longer ago",
    "never": "none before",
    "seen": "seen before",
    "pair": "met, not so",
}


def _draws(cases: Iterable[Case]) -> tuple[Floats | None, NDArray[np.int64]]:
    days = np.array([one.day for one in cases])
    weeks, place = np.unique(days // 7, return_inverse=True)
    return (weeks_drawn(days) if len(weeks) >= WEEKS else None), place


def _mean(values: Floats, draws: Floats | None, week: NDArray[np.int64]) -> Figure:
    if draws is None:
        return Figure(value=float(values.mean()))
    low, high = interval((draws @ np.bincount(week, weights=values)) / (draws @ np.bincount(week)))
    return Figure(value=float(values.mean()), low=low, high=high)


def _saved(faults: Floats, theirs: Floats, draws: Floats | None, week: NDArray[np.int64]) -> Figure:
    value = float(1 - faults.sum() / theirs.sum())
    if draws is None:
        return Figure(value=value)
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = 1 - (draws @ np.bincount(week, weights=faults)) / (draws @ np.bincount(week, weights=theirs))
    low, high = interval(drawn)
    return Figure(value=value, low=None if np.isnan(low) else low, high=None if np.isnan(high) else high)
