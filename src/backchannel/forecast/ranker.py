"""Learn the rankers from a stream and keep them together: linear, boosted where LightGBM is there, and the baseline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np

from backchannel.forecast import boosted, linear
from backchannel.forecast.boosted import Boosted
from backchannel.forecast.calibration import Calibration, calibrate
from backchannel.forecast.candidates import Queries, queries_of
from backchannel.forecast.extra import library
from backchannel.forecast.features import Table, joined, table
from backchannel.forecast.history import History
from backchannel.forecast.linear import Linear
from backchannel.forecast.ranking import Scored, scored
from backchannel.forecast.recurrency import recurrency

Model = Literal["recurrency", "linear", "boosted"]
MODELS: Final[tuple[Model, ...]] = get_args(Model)
_EARLIEST = 0.35
"""The part of the training days that only serves as history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """How rankers learn: on so many days, drawn with a seed, and at most so many queries; then calibrated on others.

    With ``refit`` they learn once more with those others, the latest that there are, and keep the calibration.
    """

    days: int = 30
    queries: int = 20_000
    calibrating: int = 7_000
    seed: int = 0
    trees: int = boosted.TREES
    threads: int = 1
    refit: bool = True
    models: tuple[Model, ...] = MODELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """What was learnt from the days before ``learnt_until``, calibrated on those from ``calibrated_from`` on."""

    linear: Linear
    boosted: Boosted | None
    calibrations: dict[Model, Calibration]
    calibrated_from: int
    learnt_until: int

    @property
    def models(self) -> tuple[Model, ...]:
        """The models that are there, the best last."""
        return tuple(self.calibrations)

    def scored(self, history: History, of: Table, model: Model, *, frozen: int | None = None) -> Scored:
        """Give the scores of a table's candidates under a model; the baseline scores its own candidates."""
        if model == "recurrency":
            return recurrency(history, of.queries, frozen=frozen)
        score = self.linear.score(of)
        if model == "boosted" and self.boosted is not None:
            score = self.boosted.score(of, score)
        return scored(history, of, score, frozen=frozen)


def learn(history: History, begin: int, calibrate_from: int, until: int, learning: Learning | None = None) -> Ranker:
    """Give rankers learnt from some days, calibrated on those that follow, and learnt again from both.

    Args:
        history: the events; what follows what must have been learnt before ``until`` too.
        begin: the first day; the earliest third of the days is history only.
        calibrate_from: the first day that the calibrated ones have not learnt from.
        until: the first day that is not looked at at all.
        learning: how.
    """
    how = learning or Learning()
    rng = np.random.default_rng(how.seed)
    first = begin + round(_EARLIEST * (calibrate_from - begin))
    taught = table(history, _sample(history, first, calibrate_from, how.queries, rng, days=how.days))
    line, trees = _fit(taught, how)
    ranker = Ranker(linear=line, boosted=trees, calibrations={}, calibrated_from=calibrate_from, learnt_until=until)
    held = table(history, _sample(history, calibrate_from, until, how.calibrating, rng))
    for model in how.models:
        ranker.calibrations[model] = calibrate(ranker.scored(history, held, model))
    if not how.refit:
        return ranker
    whole = joined([taught, held])
    del taught, held  # a table takes hundreds of megabytes
    line, trees = _fit(whole, how)
    return replace(ranker, linear=line, boosted=trees)


def _fit(taught: Table, how: Learning) -> tuple[Linear, Boosted | None]:
    """Give the linear weights and the trees; sums are made by one thread, so that any number gives the same."""
    with library("threadpoolctl").threadpool_limits(limits=1, user_api="blas"):
        line = linear.fit(taught)
        score = line.score(taught)
    if "boosted" not in how.models:
        return line, None
    return line, boosted.fit(taught, score, trees=how.trees, threads=how.threads)


def _sample(
    history: History, begin: int, end: int, most: int, rng: np.random.Generator, days: int | None = None
) -> Queries:
    """Give queries of some days drawn from a period, at most so many, in order of time."""
    told = queries_of(history, begin, end)
    found = np.unique(told.time)
    if days is not None and len(found) > days:
        told = told.part(np.isin(told.time, rng.choice(found, days, replace=False)))
    if len(told) > most:
        told = told.part(np.sort(rng.choice(len(told), most, replace=False)))
    return told
