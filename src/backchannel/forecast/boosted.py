"""The boosted ranker: trees that correct the linear score, grown under the same softmax over candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.extra import library
from backchannel.forecast.features import Table
from backchannel.forecast.index import Floats

TREES: Final = 60
_SETTINGS: Final = {
    "num_leaves": 31,
    "learning_rate": 0.06,
    "min_data_in_leaf": 50,
    "min_sum_hessian_in_leaf": 2,
    "feature_fraction": 0.5,
    "lambda_l2": 5,
    "max_bin": 127,
    "verbose": -1,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Boosted:
    """Trees over all features of a table, to be added to the linear score."""

    trees: Any
    names: tuple[str, ...]
    threads: int

    def score(self, table: Table, linear: Floats) -> Floats:
        """Give the score of each candidate ``(queries, width)`` from the linear one."""
        rows = table.columns(self.names).reshape(-1, len(self.names))
        told: Floats = linear + self.trees.predict(rows, raw_score=True, num_threads=self.threads).reshape(linear.shape)
        return told


def fit(table: Table, linear: Floats, *, trees: int = TREES, threads: int = 1) -> Boosted:
    """Give the trees that best correct the linear scores of a table's candidates.

    Source: gradient boosting (LightGBM) with the conditional logit's gradient p - y and the diagonal p (1 - p).
    """
    lightgbm = library("lightgbm")
    asked = table.proposed.answer >= 0
    kept = asked[:, None] & ~table.proposed.struck
    truth = np.arange(kept.shape[1]) == table.proposed.answer[:, None]
    sizes = kept.sum(1)[asked]
    data = lightgbm.Dataset(
        table.values[kept],
        truth[kept].astype(np.float32),
        init_score=linear[kept],
        params={"max_bin": _SETTINGS["max_bin"], "verbose": -1, "num_threads": threads},
    )
    settings = _SETTINGS | {"objective": _Softmax(sizes), "num_threads": threads}
    return Boosted(trees=lightgbm.train(settings, data, trees), names=table.names, threads=threads)


class _Softmax:
    """Gradient and diagonal of the negative log likelihood of a softmax over each query's candidates."""

    def __init__(self, sizes: NDArray[np.int64]) -> None:
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self._query = np.repeat(np.arange(len(sizes)), sizes)

    def __call__(self, score: Floats, data: Any) -> tuple[Floats, Floats]:
        raised = np.exp(score - np.maximum.reduceat(score, self._starts)[self._query])
        chance = raised / np.add.reduceat(raised, self._starts)[self._query]
        return chance - data.get_label(), np.maximum(chance * (1 - chance), 1e-6)
