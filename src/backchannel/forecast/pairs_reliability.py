"""Hold forecasts against what came of them: bins of like forecasts, with intervals that draw whole weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import Ints
from backchannel.forecast.pairs_risk import Bools

Floats = NDArray[np.float64]
BINS = 15
WEEK = 7
RESAMPLES = 500
LEVELS = (2.5, 97.5)
"""Percentiles of an interval: 95 % of the resamples lie inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts alike: those from ``low`` to ``high``, their mean, and the share that came true with its interval."""

    low: float
    high: float
    number: int
    mean: float
    share: float
    share_low: float
    share_high: float


def bins(probability: Floats, outcome: Bools, day: Ints, *, seed: int = 0) -> tuple[Bin, ...]:
    """Give 15 bins of equally many forecasts, from the lowest to the highest; fewer where there are under 15 forecasts.

    Weeks of forecasts are drawn with return (block bootstrap), since days of one week share their outcomes.
    """
    parts = [part for part in np.array_split(np.argsort(probability, kind="stable"), BINS) if len(part)]
    draws = weeks_drawn(day, seed=seed)
    number = np.unique(day // WEEK, return_inverse=True)[1]
    return tuple(_bin(probability[part], outcome[part], number[part], draws) for part in parts)


def weeks_drawn(day: Ints, *, seed: int = 0, resamples: int = RESAMPLES) -> Floats:
    """Give how often each week, in order, is drawn in each resample ``(resamples, weeks)``."""
    weeks = len(np.unique(day // WEEK))
    generator = np.random.default_rng(seed)
    drawn: Floats = generator.multinomial(weeks, np.full(weeks, 1 / weeks), size=resamples).astype(np.float64)
    return drawn


def interval(values: Floats) -> tuple[float, float]:
    """Give the bounds that hold 95 % of the resampled values; those that could not be computed are left out."""
    kept = values[np.isfinite(values)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.percentile(kept, LEVELS)
    return float(low), float(high)


def _bin(probability: Floats, outcome: Bools, week: Ints, draws: Floats) -> Bin:
    weeks = draws.shape[1]
    came, all_of_them = np.bincount(week, weights=outcome, minlength=weeks), np.bincount(week, minlength=weeks)
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = interval((draws @ came) / (draws @ all_of_them))
    return Bin(
        low=float(probability.min()),
        high=float(probability.max()),
        number=len(probability),
        mean=float(probability.mean()),
        share=float(outcome.mean()),
        share_low=low,
        share_high=high,
    )
