"""Learn the chances of pairs: a logistic regression that can say why, boosted trees, the mean of both, two baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast import pairs_calibration as calibration
from backchannel.forecast.events import Ints
from backchannel.forecast.extra import library
from backchannel.forecast.pairs_features import Table, stacked, table
from backchannel.forecast.pairs_panel import Floats
from backchannel.forecast.pairs_past import Past
from backchannel.forecast.pairs_reliability import Bin, bins
from backchannel.forecast.pairs_risk import KINDS, Bools, Kind

Model = Literal["logistic", "boosted", "mean"]
MODELS: tuple[Model, ...] = get_args(Model)
DEFAULT: Model = "logistic"
TREES = 150
STRENGTHS = (0.0001, 0.0005, 0.002, 0.01)
"""Inverse strengths of shrinking that the held-out days choose from."""
HELD_OUT = 0.3
"""Share of the training days, the latest, that strength and calibration are chosen on."""
ENOUGH_EARLY = 10
"""Rows of the first training days, before those held out, that came true; and that did not."""
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Rows of pairs at origins, with what came of them; others are ``(rows, kinds)``.

    ``quiet``: what came would be an onset; ``recent``: one came in the 60 days before; ``ever``: one came at all.
    """

    horizon: int
    table: Table
    pair: Ints
    origin: Ints
    happened: Bools
    quiet: Bools
    recent: Bools
    ever: Bools

    def __len__(self) -> int:
        return len(self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A logistic regression on standardised columns: ``weights``, ``mean`` and ``scale`` are ``(columns,)``."""

    weights: NDArray[np.float64]
    bias: float
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]

    def parts(self, values: Floats) -> NDArray[np.float64]:
        """Give what each column adds to the log-odds of the average pair ``(rows, columns)``."""
        parts: NDArray[np.float64] = (values - self.mean) / self.scale * self.weights
        return parts

    def __call__(self, values: Floats) -> Chances:
        """Give the probability of each row."""
        told: Chances = 1 / (1 + np.exp(-(self.parts(values).sum(axis=1) + self.bias)))
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecaster:
    """What was learnt for one kind and horizon.

    ``base`` is the share of training rows that came true; ``again`` that where the last horizon held no event, and
    where it held one. ``like`` tells what came of the
    mended forecasts on the held-out training days, in bins; ``proven`` is their Brier
    skill there before mending, over the base rate of the days before.
    """

    kind: Kind
    horizon: int
    line: Line
    predict: dict[Model, Callable[[Floats], Chances]]
    mended: dict[Model, calibration.Way]
    base: float
    again: tuple[float, float]
    like: dict[Model, tuple[Bin, ...]]
    proven: dict[Model, float]
    rows: int

    def chances(self, told: Table, model: Model = DEFAULT) -> Chances:
        """Give a probability for each row, by the model."""
        return self.predict[model](told.values)

    def baselines(self, told: Table) -> dict[str, Chances]:
        """Give the probabilities of the base rate, of persistence and of each pair's own shrunk rate."""
        column = KINDS.index(self.kind)
        persistence = np.where(told.repeated[:, column], self.again[1], self.again[0])
        base = np.full(len(told.values), self.base)
        return {"base rate": base, "persistence": persistence, "own rate": told.rate[:, column]}


def sample(known: Past, origins: Sequence[int], horizon: int, at_risk: dict[int, Ints]) -> Sample:
    """Give the rows of every pair at risk on each origin."""
    asked = [at_risk[origin] for origin in origins]
    each = list(zip(asked, origins, strict=True))
    return Sample(
        horizon=horizon,
        table=stacked([table(known, pairs, origin, horizon) for pairs, origin in each]),
        pair=np.concatenate(asked),
        origin=np.repeat(np.array(origins), [len(pairs) for pairs in asked]),
        happened=np.concatenate([known.dyads.happened(pairs, origin, horizon) for pairs, origin in each]),
        quiet=np.concatenate([known.dyads.quiet(pairs, origin) for pairs, origin in each]),
        recent=np.concatenate([known.dyads.recent(pairs, origin) for pairs, origin in each]),
        ever=np.concatenate([known.dyads.ever(pairs, origin) for pairs, origin in each]),
    )


def learn(told: Sample, kind: Kind, *, models: Sequence[Model] = MODELS, threads: int = 1, seed: int = 0) -> Forecaster:
    """Learn one kind from a sample.

    Strength and calibration are chosen on the latest training days, by models that saw none of the days which these
    reach into; then all are fitted again on every row.

    Raises:
        ModelError: scikit-learn, or for ``boosted`` and ``mean`` LightGBM, is not installed.
    """
    values, outcome = told.table.values, told.happened[:, KINDS.index(kind)]
    early, late = split(told)
    tried = _lines(values[early], outcome[early], STRENGTHS)
    strength = min(STRENGTHS, key=lambda c: _brier(tried[c](values[late]), outcome[late]))
    line = _lines(values, outcome, [strength])[strength]
    practised: dict[Model, Callable[[Floats], Chances]] = {"logistic": tried[strength]}
    fitted: dict[Model, Callable[[Floats], Chances]] = {"logistic": line}
    if set(models) - {"logistic"}:
        practised["boosted"] = boosted(values[early], outcome[early], threads=threads, seed=seed)
        fitted["boosted"] = boosted(values, outcome, threads=threads, seed=seed)
        practised["mean"], fitted["mean"] = _mean(practised), _mean(fitted)
    days = told.origin[late]
    chosen = {name: calibration.choose(practised[name](values[late]), outcome[late], days) for name in models}
    return Forecaster(
        kind=kind,
        horizon=told.horizon,
        line=line,
        predict={name: _mended(fitted[name], chosen[name][1]) for name in models},
        mended={name: chosen[name][0] for name in models},
        base=float(outcome.mean()),
        again=_again(told.table.repeated[:, KINDS.index(kind)], outcome),
        like={
            name: bins(mend(practised[name](values[late])), outcome[late], days, seed=seed)
            for name, (_, mend) in chosen.items()
        },
        proven={name: _skill(practised[name](values[late]), outcome[late], outcome[early]) for name in models},
        rows=len(told),
    )


def is_learnable(told: Sample, kind: Kind) -> bool:
    """Say whether the days before those held out know ten of either outcome."""
    early, _ = split(told)
    came = told.happened[early, KINDS.index(kind)]
    return min(int(came.sum()), int((~came).sum())) >= ENOUGH_EARLY


def boosted(values: Floats, outcome: Bools, *, threads: int, seed: int) -> Callable[[Floats], Chances]:
    """Fit 150 small trees (LightGBM, Ke et al. 2017); the same rows and seed give the same trees."""
    lightgbm = library("lightgbm")
    settings: dict[str, Any] = {
        "objective": "binary",
        "learning_rate": 0.03,
        "num_leaves": 15,
        "min_data_in_leaf": int(np.clip(len(outcome) // 400, 5, 300)),
        "max_bin": 63,
        "feature_fraction_bynode": 0.3,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 50.0,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": threads,
        "seed": seed,
        "verbosity": -1,
    }
    trees = lightgbm.train(settings, lightgbm.Dataset(values, label=outcome.astype(float)), num_boost_round=TREES)
    return lambda rows: np.asarray(trees.predict(rows, num_threads=threads), dtype=np.float64)


def split(told: Sample) -> tuple[Bools, Bools]:
    """Give the rows whose outcome was known by the first held-out day, and the rows from that day on."""
    days = np.unique(told.origin)
    begin = int(days[int(len(days) * (1 - HELD_OUT))])
    return told.origin + told.horizon <= begin, told.origin >= begin


def _lines(values: Floats, outcome: Bools, strengths: Sequence[float]) -> dict[float, Line]:
    """Fit a logistic regression for each strength; few columns and many rows make Newton's steps the quick way."""
    linear = library("sklearn.linear_model")
    mean, scale = values.mean(axis=0, dtype=np.float64), values.std(axis=0, dtype=np.float64)
    scale = np.where(scale > 1e-9, scale, 1.0)
    standard, found = (values - mean) / scale, {}
    for strength in strengths:
        model = linear.LogisticRegression(C=strength, solver="newton-cholesky", max_iter=100).fit(standard, outcome)
        found[strength] = Line(weights=model.coef_[0], bias=float(model.intercept_[0]), mean=mean, scale=scale)
    return found


def _mean(fitted: dict[Model, Callable[[Floats], Chances]]) -> Callable[[Floats], Chances]:
    one, two = fitted["logistic"], fitted["boosted"]
    return lambda values: (one(values) + two(values)) / 2


def _mended(predict: Callable[[Floats], Chances], mend: calibration.Mend) -> Callable[[Floats], Chances]:
    return lambda values: mend(predict(values))


def _again(repeated: Bools, outcome: Bools) -> tuple[float, float]:
    base = float(outcome.mean())
    shares = [float(outcome[rows].mean()) if rows.any() else base for rows in (~repeated, repeated)]
    return shares[0], shares[1]


def _skill(probability: Chances, outcome: Bools, earlier: Bools) -> float:
    reference = _brier(np.full(len(outcome), earlier.mean()), outcome)
    return 1 - _brier(probability, outcome) / reference if reference else 0.0


def _brier(probability: Chances, outcome: Bools) -> float:
    return float(np.mean((probability - outcome) ** 2))
