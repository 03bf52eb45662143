"""Say how surprising the count of a window is after the history before it: by gamma-Poisson, closed and learnt.

The closed form is the predictive count of a Poisson rate with a gamma prior; its dispersion is that of the weekly
counts. The learnt form, ``Rhythm``, is a negative-binomial regression that all pairs share, so that bursts that die
away, quiet spells and what the two have with others are worth what they were worth before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from backchannel.alerts.series import HISTORY, Floats, Ints, Series, Windows, weekly
from backchannel.errors import ModelError

Side = Literal["silence", "spike"]
_HALF_LIVES: Final = (4, 14, 45)
"""Days after which an event counts half, in the rates that a rhythm is learnt from; the last rate is of all days."""
_LEFT: Final = 0.05
"""What is left of a rhythm that broke: at most one contact in twenty."""
_ENOUGH: Final = 500
"""Windows with history below which no rhythm is learnt."""
_WEEKS: Final = HISTORY // 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The predictive counts of windows: negative binomial of a ``mean`` and a ``shape``, both ``(windows,)``."""

    mean: Floats
    shape: Floats

    def surprise(self, counts: NDArray[np.integer], side: Side) -> Floats:
        """Give -log10 of the probability of so few, or so many, as ``counts`` ``(windows,)``."""
        nbinom = _stats().nbinom
        chance = self.shape / (self.shape + self.mean)
        if side == "silence":
            tail = nbinom.logcdf(counts, self.shape, chance)
        else:
            tail = nbinom.logsf(counts - 1, self.shape, chance)
        return np.asarray(np.maximum(-tail / np.log(10), 0.0))

    def broken(self, counts: NDArray[np.integer]) -> Floats:
        """Give log10 of how much likelier ``counts`` are if the rhythm broke, one in twenty left, than if it goes on.

        Few contacts of a busy pair are improbable too, but no silence: this tells them apart, the tail does not.
        """
        stats = _stats()
        chance = self.shape / (self.shape + self.mean)
        goes_on = stats.nbinom.logpmf(counts, self.shape, chance)
        return np.asarray((stats.poisson.logpmf(counts, _LEFT * self.mean) - goes_on) / np.log(10))

    def within(self, share: float) -> tuple[Ints, Ints]:
        """Give the counts that so large a share of windows lies between, both included, ``(windows,)`` each."""
        nbinom, chance = _stats().nbinom, self.shape / (self.shape + self.mean)
        low, high = (nbinom.ppf(tail, self.shape, chance) for tail in ((1 - share) / 2, (1 + share) / 2))
        return np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)


def told(series: Series, windows: Windows, width: int) -> Ints:
    """Give the events of each day of each window ``(windows, width)``."""
    return _cut(series.counts, windows, 0, width)


def closed(series: Series, windows: Windows, width: int) -> Expected:
    """Give what gamma-Poisson expects of each window: shape (k + 0.5) / d, rate exposure / d.

    k are the events of the history, d = max(1, variance / mean) of its weekly counts.
    """
    history = _cut(series.counts, windows, -HISTORY, HISTORY)
    shape = (history.sum(axis=1) + 0.5) / _dispersion(history)
    rate = _cut(series.exposure, windows, -HISTORY, HISTORY).sum(axis=1) / _dispersion(history)
    ahead = _cut(series.exposure, windows, 0, width).sum(axis=1)
    return Expected(mean=shape * ahead / np.maximum(rate, 1e-9), shape=shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What past windows of a feed taught: weights of the log mean and of the log shape, for windows of ``width`` days."""

    width: int
    mean: Floats
    shape: Floats

    def expected(self, series: Series, windows: Windows) -> Expected:
        """Give what is expected of each window, from the history before it and what the two have with others in it."""
        known, spread, ahead = _design(series, windows, self.width)
        return Expected(mean=np.exp(known @ self.mean) * ahead, shape=np.exp((spread @ self.shape).clip(-6, 6)))


def learn(
    series: Series, *, width: int, until: int | None = None, pairs: NDArray[np.bool_] | None = None
) -> Rhythm | None:
    """Give the rhythm that windows of a week apart teach; ``None`` where there are too few of them.

    Args:
        series: the counts.
        width: days of a window.
        until: the day before which the windows end; by default all days.
        pairs: which pairs to learn from ``(pairs,)``; by default all.

    Raises:
        ModelError: scipy is not installed.
    """
    windows = weekly(series, width=width, until=until)
    if pairs is not None:
        kept = pairs[windows.pair]
        windows = Windows(pair=windows.pair[kept], start=windows.start[kept])
    if len(windows) < _ENOUGH:
        return None
    known, spread, ahead = _design(series, windows, width)
    covered = ahead > 0
    there = told(series, windows, width).sum(axis=1)
    weights = _fitted(known[covered], spread[covered], np.log(ahead[covered]), there[covered])
    return Rhythm(width=width, mean=weights[: known.shape[1]], shape=weights[known.shape[1] :])


def _fitted(known: Floats, spread: Floats, offset: Floats, there: Ints) -> Floats:
    """Give the weights of greatest likelihood, by L-BFGS, those of the mean before those of the shape."""
    special, optimize = _special(), _optimize()
    split = known.shape[1]

    def loss(weights: Floats) -> tuple[float, Floats]:
        mean = np.exp((known @ weights[:split] + offset).clip(-12, 8))
        shape = np.exp((spread @ weights[split:]).clip(-6, 6))
        share = np.log(shape / (shape + mean))
        likely = special.gammaln(there + shape) - special.gammaln(shape) - special.gammaln(there + 1) + shape * share
        likely += there * np.log(mean / (shape + mean))
        by_mean = (there - mean) * shape / (shape + mean)
        by_shape = special.digamma(there + shape) - special.digamma(shape) + share + 1
        by_shape = shape * (by_shape - (there + shape) / (shape + mean))
        slope = np.concatenate([known.T @ by_mean, spread.T @ by_shape])
        return -float(likely.mean()), -slope / len(there)

    start = np.zeros(split + spread.shape[1])
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x)


def _design(series: Series, windows: Windows, width: int) -> tuple[Floats, Floats, Floats]:
    """Give what the mean hangs on, what the shape hangs on, and the exposure of each window."""
    history = _cut(series.counts, windows, -HISTORY, HISTORY)
    covered = _cut(series.exposure, windows, -HISTORY, HISTORY)
    age = np.arange(HISTORY)[::-1]
    decay = np.stack([*(0.5 ** (age / half) for half in _HALF_LIVES), np.ones(HISTORY)], axis=1)
    rates = np.log((history @ decay + 0.3) / np.maximum(covered @ decay, 0.3))
    weeks = _by_week(history)
    since = np.where(history.any(axis=1), np.argmax(history[:, ::-1] > 0, axis=1), HISTORY)
    habits = [np.log1p(since), np.log(_dispersion(history)), np.log((weeks > 0).mean(axis=1) + 0.05)]
    one, ahead = np.ones(len(windows)), _cut(series.exposure, windows, 0, width).sum(axis=1)
    known = np.column_stack([one, rates, *habits, _elsewhere(series, windows, width)])
    spread = np.column_stack([one, rates[:, 0], rates[:, -1], *habits])
    return known, spread, ahead


def _elsewhere(series: Series, windows: Windows, width: int) -> Floats:
    """Give log of how much more than usual each of the two has with others in the window, the lower first."""
    covered = _cut(series.exposure, windows, -HISTORY, HISTORY).sum(axis=1)
    ahead = _cut(series.exposure, windows, 0, width).sum(axis=1)
    found = []
    for side in series.others:
        usual = (_cut(side, windows, -HISTORY, HISTORY).sum(axis=1) + 2) / np.maximum(covered, 1.0)
        found.append(np.log((_cut(side, windows, 0, width).sum(axis=1) + 5) / (usual * ahead + 5)))
    return np.sort(np.stack(found, axis=1), axis=1)


def _cut(values: NDArray[Any], windows: Windows, offset: int, width: int) -> NDArray[Any]:
    """Give the days ``[start + offset, start + offset + width)`` of each window ``(windows, width)``."""
    view = np.lib.stride_tricks.sliding_window_view(values, width, axis=1)
    return np.asarray(view[windows.pair, windows.start + offset])


def _by_week(history: Ints) -> Ints:
    return np.asarray(history[:, -_WEEKS * 7 :].reshape(len(history), _WEEKS, 7).sum(axis=2))


def _dispersion(history: Ints) -> Floats:
    """Give max(1, variance / mean) of the weekly counts ``(windows,)``."""
    weeks = _by_week(history)
    return np.asarray(np.maximum(1.0, weeks.var(axis=1, ddof=1) / np.maximum(weeks.mean(axis=1), 1e-9)))


def _stats() -> Any:
    return _scipy("scipy.stats")


def _special() -> Any:
    return _scipy("scipy.special")


def _optimize() -> Any:
    return _scipy("scipy.optimize")


def _scipy(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise ModelError("scipy is not installed; run pip install 'backchannel[analysis]'") from None
