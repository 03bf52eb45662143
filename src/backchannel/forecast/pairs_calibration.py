"""Mend probabilities by what came of earlier ones: by a line, a curve or steps, or not at all, as held-out days decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import Ints
from backchannel.forecast.extra import library
from backchannel.forecast.pairs_risk import Bools

Floats = NDArray[np.float64]
Mend = Callable[[Floats], Floats]
"""Makes mended probabilities of raw ones, each in (0, 1)."""
Way = Literal["none", "platt", "beta", "isotonic"]
WAYS: tuple[Way, ...] = get_args(Way)
"""Beginning with the one that changes least: a later one is taken only where it is better."""
EDGE = 1e-4
"""No forecast is surer than this."""
_ENOUGH = 20


def choose(probability: Floats, outcome: Bools, origin: Ints) -> tuple[Way, Mend]:
    """Give the way that serves best on later days, fitted on all days.

    Args:
        probability: raw forecasts ``(forecasts,)`` on days that the model was not fitted on.
        outcome: whether each came true.
        origin: the day of each; ways are fitted on the earlier half of the days and compared by their Brier score on
            the later half. With under 20 that came true, or 20 that did not, in either half nothing is mended.
    """
    days = np.unique(origin)
    early = origin < days[len(days) // 2] if len(days) > 1 else np.zeros(len(origin), dtype=bool)
    halves = (outcome[early], outcome[~early])
    if any(min(half.sum(), (~half).sum()) < _ENOUGH for half in halves):
        return "none", fit("none", probability, outcome)
    faults = {way: _brier(fit(way, probability[early], halves[0])(probability[~early]), halves[1]) for way in WAYS}
    best = min(WAYS, key=lambda way: (faults[way], WAYS.index(way)))
    return best, fit(best, probability, outcome)


def fit(way: Way, probability: Floats, outcome: Bools) -> Mend:
    """Fit one way of mending.

    ``platt`` is a logistic curve on log-odds (Platt 1999), ``beta`` one on log p and log(1 - p) (Kull, Silva Filho and
    Flach 2017), ``isotonic`` rising steps (Zadrozny and Elkan 2002).
    """
    if way == "none":
        return _clipped
    if way == "isotonic":
        return _steps(probability, outcome)
    columns = _log_odds if way == "platt" else _two_logs
    model = library("sklearn.linear_model").LogisticRegression(C=100.0, max_iter=500).fit(columns(probability), outcome)
    return lambda raw: _clipped(model.predict_proba(columns(raw))[:, 1])


def _steps(probability: Floats, outcome: Bools) -> Mend:
    steps = (
        library("sklearn.isotonic")
        .IsotonicRegression(y_min=EDGE, y_max=1 - EDGE, out_of_bounds="clip")
        .fit(probability, outcome)
    )
    return lambda raw: _clipped(steps.predict(raw))


def _clipped(probability: Floats) -> Floats:
    return np.clip(np.asarray(probability, dtype=np.float64), EDGE, 1 - EDGE)


def _log_odds(probability: Floats) -> Floats:
    kept = _clipped(probability)
    return np.log(kept / (1 - kept))[:, None]


def _two_logs(probability: Floats) -> Floats:
    kept = _clipped(probability)
    return np.column_stack([np.log(kept), -np.log(1 - kept)])


def _brier(probability: Floats, outcome: Bools) -> float:
    return float(np.mean((probability - outcome) ** 2))
