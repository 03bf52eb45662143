"""Turn scores into chances that come true as often as they say, with a chance that it is someone else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backchannel.forecast.extra import library
from backchannel.forecast.index import Floats
from backchannel.forecast.linear import softmax
from backchannel.forecast.ranking import Scored

_PENALTY = 1e-4
_FAR = -1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How sharp the scores are taken (a factor), and the weights ``(5,)`` of what speaks for "someone else"."""

    sharpness: float
    elsewhere: Floats

    def chances(self, told: Scored) -> tuple[Floats, Floats]:
        """Give the chance of each candidate ``(queries, width)`` and of someone else ``(queries,)``; they sum to one.

        Struck candidates have none.
        """
        other = _logistic(_doubts(told) @ self.elsewhere)
        inside = softmax(np.where(told.struck, _FAR, self.sharpness * told.score))
        return inside * (1 - other)[:, None], other


def calibrate(told: Scored) -> Calibration:
    """Give the calibration under which the answers of these queries are likeliest; they must not be those learnt from."""
    minimize = library("scipy.optimize").minimize
    there = told.answer >= 0
    score = np.where(told.struck, _FAR, told.score)[there]
    own = told.answer[there][:, None]

    def sharp(log_factor: Floats) -> float:
        chance = np.take_along_axis(softmax(np.exp(log_factor[0]) * score), own, 1)
        return float(-np.log(np.maximum(chance, 1e-30)).mean()) if len(own) else 0.0

    doubts = _doubts(told)

    def outside(weights: Floats) -> float:
        value = doubts @ weights
        return float(np.mean(np.logaddexp(0, value) - np.where(there, 0, value)) + _PENALTY * weights @ weights)

    factor = minimize(sharp, np.zeros(1), method="Nelder-Mead", options={"maxiter": 60}).x[0]
    weights = minimize(outside, np.zeros(doubts.shape[1]), method="L-BFGS-B").x
    return Calibration(sharpness=float(np.exp(factor)), elsewhere=weights)


def calibration_error(chance: Floats, came_true: Floats, bins: int = 15) -> float:
    """Give the mean distance of chances from what came true, over bins of equally many.

    >>> round(calibration_error(np.array([0.5, 0.5]), np.array([1.0, 0.0]), bins=1), 3)
    0.0
    """
    order = np.argsort(chance, kind="stable")
    parts = np.array_split(order, min(bins, len(order)))
    gaps = [len(part) * abs(chance[part].mean() - came_true[part].mean()) for part in parts if len(part)]
    return float(sum(gaps) / max(len(chance), 1))


def _doubts(told: Scored) -> Floats:
    """Give what speaks for someone else ``(queries, 5)``: the context, how sure the best is, how spread the rest."""
    chance = softmax(np.where(told.struck, _FAR, told.score))
    spread = -(chance * np.log(np.maximum(chance, 1e-12))).sum(1)
    return np.column_stack([told.context, np.log(chance.max(1)), spread])


def _logistic(value: Floats) -> Floats:
    told: Floats = 1 / (1 + np.exp(-np.clip(value, -30, 30)))
    return told
