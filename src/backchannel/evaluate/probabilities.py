"""Score probabilities: Brier, skill, log score, discrimination and calibration, with intervals that draw whole weeks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.calibration import calibration_error
from backchannel.forecast.pairs_reliability import BINS, WEEK, interval, weeks_drawn

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
FINE = 500
"""Bins of equally many forecasts in which the resampled AUC is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure with the interval that holds 95 % of the resamples by week."""

    value: float
    low: float
    high: float


def brier(probability: Floats, outcome: Bools) -> float:
    """Give the mean squared error: 0 is perfect (Brier 1950).

    >>> brier(np.array([1.0, 0.5]), np.array([True, False]))
    0.125
    """
    return float(np.mean((probability - outcome) ** 2))


def log_score(probability: Floats, outcome: Bools) -> float:
    """Give the mean of -ln of the probability given to what came: 0 is perfect."""
    given = np.where(outcome, probability, 1 - probability)
    return float(-np.mean(np.log(np.clip(given, 1e-9, 1))))


def auc(probability: Floats, outcome: Bools) -> float:
    """Give how often what came true had the higher forecast than what did not, ties counting half; nan without both.

    >>> auc(np.array([0.9, 0.4, 0.4]), np.array([True, True, False]))
    0.75
    """
    _, place, number = np.unique(probability, return_inverse=True, return_counts=True)
    rank = (np.cumsum(number) - (number - 1) / 2)[place]
    true, false = int(outcome.sum()), int((~outcome).sum())
    if not true or not false:
        return float("nan")
    return float((rank[outcome].sum() - true * (true + 1) / 2) / (true * false))


def average_precision(probability: Floats, outcome: Bools) -> float:
    """Give the area under precision over recall, equal forecasts taken together; nan where nothing came true."""
    if not outcome.any():
        return float("nan")
    values, place = np.unique(-probability, return_inverse=True)
    came = np.bincount(place, weights=outcome, minlength=len(values))
    asked = np.bincount(place, minlength=len(values))
    return float((came / came.sum() * (np.cumsum(came) / np.cumsum(asked))).sum())


def skill(probability: Floats, outcome: Bools, against: Floats) -> float:
    """Give the share of another forecast's Brier score that is saved: 1 is perfect, 0 no better, below 0 worse."""
    reference = brier(against, outcome)
    return 1 - brier(probability, outcome) / reference if reference else float("nan")


def measures(
    probability: Floats, outcome: Bools, day: Ints, against: Mapping[str, Floats], *, seed: int = 0
) -> dict[str, Measure]:
    """Give Brier, log score, AUC, calibration error and the skill against each other forecast, with intervals.

    Weeks of origins are drawn with return. The interval of the AUC is counted in 500 bins, that of the calibration
    error in the bins of all forecasts.
    """
    draws, week = weeks_drawn(day, seed=seed), np.unique(day // WEEK, return_inverse=True)[1]
    faults = _by_week((probability - outcome) ** 2, week)
    number = _by_week(np.ones(len(week)), week)
    logs = _by_week(-np.log(np.clip(np.where(outcome, probability, 1 - probability), 1e-9, 1)), week)
    told = {
        "brier": _with(brier(probability, outcome), (draws @ faults) / (draws @ number)),
        "log": _with(log_score(probability, outcome), (draws @ logs) / (draws @ number)),
        "auc": _with(auc(probability, outcome), _drawn_auc(probability, outcome, week, draws)),
        "ece": _with(
            calibration_error(probability, outcome.astype(np.float64)), _drawn_error(probability, outcome, week, draws)
        ),
    }
    for name, other in against.items():
        theirs = draws @ _by_week((other - outcome) ** 2, week)
        with np.errstate(invalid="ignore", divide="ignore"):
            told[f"skill over {name}"] = _with(skill(probability, outcome, other), 1 - (draws @ faults) / theirs)
    return told


def _with(value: float, drawn: Floats) -> Measure:
    low, high = interval(drawn)
    return Measure(value=value, low=low, high=high)


def _by_week(values: Floats, week: Ints) -> Floats:
    return np.bincount(week, weights=values).astype(np.float64)


def _table(values: Floats, week: Ints, bin_: Ints, draws: Floats, bins: int) -> Floats:
    """Give the sums of values by resample and bin ``(resamples, bins)``."""
    weeks = draws.shape[1]
    found: Floats = draws @ np.bincount(week * bins + bin_, weights=values, minlength=weeks * bins).reshape(weeks, bins)
    return found


def _drawn_auc(probability: Floats, outcome: Bools, week: Ints, draws: Floats) -> Floats:
    bin_ = _binned(probability, FINE)
    true, false = (_table(kept.astype(float), week, bin_, draws, FINE) for kept in (outcome, ~outcome))
    below = np.cumsum(false, axis=1) - false / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn: Floats = (true * below).sum(axis=1) / (true.sum(axis=1) * false.sum(axis=1))
    return drawn


def _drawn_error(probability: Floats, outcome: Bools, week: Ints, draws: Floats) -> Floats:
    bin_ = _binned(probability, BINS)
    apart = np.abs(_table(probability - outcome, week, bin_, draws, BINS)).sum(axis=1)
    drawn: Floats = apart / (draws @ _by_week(np.ones(len(week)), week))
    return drawn


def _binned(probability: Floats, number: int) -> Ints:
    """Give the bin of each forecast, equally many in each."""
    found = np.empty(len(probability), dtype=np.int64)
    for bin_, part in enumerate(np.array_split(np.argsort(probability, kind="stable"), number)):
        found[part] = bin_
    return found
