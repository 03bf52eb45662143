"""The linear ranker: a softmax over the candidates of a query, whose every weight can be told in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.extra import library
from backchannel.forecast.features import Table, Values
from backchannel.forecast.index import Floats

FEATURES: Final = (
    *("log mix", "log sro/sr middle", "log so/s middle", "log ro/r middle"),  # whose objects these mostly are
    *("sro middle", "sro slow", "so fast", "so middle", "ro slow"),  # how often lately
    *("seen sro", "fresh sro", "fresh so", "age sro", "age so", "returned slow"),  # how long ago, and returned
    *("lift", "transfer"),  # what follows what on a pair
    *("srO/sr slow", "Sro slow", "So slow", "SO slow", "SOr slow", "xry slow", "home", "self"),  # countries, sectors
    *("back sro/sr middle", "back so/s middle", "back s middle"),  # as seen from the candidate
    *("walk fast", "walk slow"),  # over one actor in between
)
"""What the linear ranker weighs; names are those of ``features``."""
_PENALTY, _STEPS = 1e-3, 60
_FAR = -1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights of standardised features ``(features,)`` with their means and deviations over the training rows."""

    names: tuple[str, ...]
    weights: Floats
    mean: Floats
    deviation: Floats

    def score(self, table: Table) -> Floats:
        """Give the score of each candidate ``(queries, width)``; higher is likelier, differences are log odds."""
        weights = (self.weights / self.deviation).astype(np.float32)
        told: Floats = (table.columns(self.names) @ weights).astype(np.float64)
        return told

    def parts(self, table: Table) -> Floats:
        """Give what each feature adds to the score against the mean row ``(queries, width, features)``."""
        told: Floats = (table.columns(self.names) - self.mean) / self.deviation * self.weights
        return told


def fit(table: Table, names: tuple[str, ...] = FEATURES) -> Linear:
    """Give the weights that make the answers of a table likeliest; queries whose answer is no candidate do not count.

    Source: maximum likelihood of a conditional logit by L-BFGS, with a ridge penalty.
    """
    asked = table.proposed.answer >= 0
    values = table.columns(names)[asked]
    answer, struck = table.proposed.answer[asked], table.proposed.struck[asked]
    rows = values.reshape(-1, len(names))
    mean, deviation = rows.mean(0, dtype=np.float64), rows.std(0, dtype=np.float64) + 1e-6
    rows = ((rows - mean) / deviation).astype(np.float32)
    own = np.arange(len(answer)) * struck.shape[1] + answer
    loss = _Loss(rows, own, np.where(struck, _FAR, 0.0).astype(np.float32))
    found = library("scipy.optimize").minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    return Linear(names=names, weights=found.x, mean=mean, deviation=deviation)


class _Loss:
    """Mean negative log likelihood of the answers, with its gradient."""

    def __init__(self, rows: Values, own: NDArray[np.int64], offset: Values) -> None:
        self._rows, self._own, self._offset = rows, own, offset
        self._answers = rows[own].sum(0, dtype=np.float64)

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        score = (self._rows @ weights.astype(np.float32)).reshape(self._offset.shape) + self._offset
        chance = softmax(score)
        likely = np.log(np.maximum(chance.ravel()[self._own], 1e-30)).sum()
        slope = self._answers - chance.ravel() @ self._rows
        number = len(self._own)
        return (
            float(-likely / number + _PENALTY * weights @ weights),
            -slope / number + 2 * _PENALTY * weights,
        )


def softmax(score: NDArray[np.floating]) -> NDArray[np.floating]:
    """Give chances that sum to one over the last axis."""
    raised = np.exp(score - score.max(-1, keepdims=True))
    told: NDArray[np.floating] = raised / raised.sum(-1, keepdims=True)
    return told
