"""Score alerts by injection: silences and spikes put into real pairs, told apart from the same pairs untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from backchannel.alerts.detector import Detector
from backchannel.alerts.series import HISTORY, Floats, Ints, Series, Windows, series
from backchannel.alerts.surprise import Side, closed, learn
from backchannel.evaluate.forecast import FURTHER
from backchannel.evaluate.sets import Measured
from backchannel.forecast.events import EventStream
from backchannel.forecast.folders import Split

Method = Literal["gamma-Poisson", "rhythm"]
_SETTINGS: Final[tuple[tuple[Side, int], ...]] = (("silence", 21), ("silence", 14), ("spike", 7))
_LEAST: Final = {"silence": 0.25, "spike": 0.05}
"""Events a day, over the whole stream, below which nothing is put into a pair."""
_METHODS: Final[tuple[Method, ...]] = ("gamma-Poisson", "rhythm")
_MOST: Final = 600
_DRAWS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertScore:
    """How well one method tells injected windows from untouched ones.

    ``auc`` and ``recall`` (share of the injected found at 5 % false alarms) are those of the draw of seed 0, one window
    a pair; ``auc_mean`` and ``recall_mean`` are means over that and further draws, ``auc_range`` and ``recall_range``
    hold the middle 95 % of them.
    """

    kind: Side
    days: int
    method: Method
    pairs: int
    auc: float
    recall: float
    auc_mean: float
    recall_mean: float
    auc_range: tuple[float, float]
    recall_range: tuple[float, float]


@FURTHER.add("alerts")
def _alerts(split: Split, threads: int) -> Measured:
    found = scores(split.stream)
    ours = {f"{one.kind}_{one.days}": one for one in found if one.method == "rhythm"}
    figures = {f"{name}.{key}": round(getattr(one, key), 4) for name, one in ours.items() for key in ("auc", "recall")}
    return Measured(text=shown(found), data={"injections": [asdict(one) for one in found]}, figures=figures)


def shown(found: Sequence[AlertScore]) -> str:
    """Give scores as a table: those of seed 0, then means over the draws with the middle 95 % of them."""
    rows = [
        f"{'alerts by injection':<22}{'method':<15}{'n':>4}  {'AUC':>5} {'recall':>6}   {'mean AUC':<18} mean recall"
    ]
    for one in found:
        area_, recall_ = (f"{low:.3f}-{high:.3f}" for low, high in (one.auc_range, one.recall_range))
        rows.append(
            f"{f'{one.kind}, {one.days} days':<22}{one.method:<15}{one.pairs:>4}  {one.auc:5.3f} {one.recall:6.3f}   "
            f"{one.auc_mean:.3f} {area_}  {one.recall_mean:.3f} {recall_}"
        )
    return "\n".join(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draw:
    """Windows of one seed, the counts of their days untouched and injected, both ``(windows, days)``."""

    windows: Windows
    clean: Ints
    injected: Ints


def scores(stream: EventStream, *, draws: int = _DRAWS) -> list[AlertScore]:
    """Give the scores of silences of 21 and 14 days and of spikes of 7 days, by each method.

    The 1,500 busiest pairs; one random window for each of at most 600, after 90 days of history. What a rhythm learns
    it learns from other pairs than those that it judges.

    Args:
        stream: the events.
        draws: how often windows are drawn, with seeds from 0 on.
    """
    laid = series(stream)
    halves = [np.arange(len(laid.pairs)) % 2 == half for half in (0, 1)]
    found = []
    for kind, days in _SETTINGS:
        drawn = [one for seed in range(draws) if (one := _draw(laid, kind, days, seed)) is not None]
        if not drawn:
            continue
        taught = [_taught(laid, kind, days, ~half) for half in halves]
        found += [_score(kind, days, method, list(_rated(laid, kind, method, taught, drawn))) for method in _METHODS]
    return found


def _draw(laid: Series, kind: Side, days: int, seed: int) -> _Draw | None:
    random = np.random.default_rng(seed)
    busy = np.flatnonzero(laid.counts.mean(axis=1) > _LEAST[kind]) if laid.days > HISTORY + days else np.zeros(0)
    if len(busy) < 2:
        return None
    pair = random.permutation(busy)[:_MOST]
    start = random.integers(HISTORY, laid.days - days + 1, len(pair))
    clean = laid.counts[pair[:, None], start[:, None] + np.arange(days)]
    if kind == "silence":
        return _Draw(windows=Windows(pair=pair, start=start), clean=clean, injected=np.zeros_like(clean))
    history = laid.counts[pair[:, None], start[:, None] + np.arange(-HISTORY, 0)]
    usual = np.maximum(7 * history.mean(axis=1), 0.7)
    added = random.poisson(np.repeat((3 * usual / 7 + 0.3)[:, None], days, axis=1))
    return _Draw(windows=Windows(pair=pair, start=start), clean=clean, injected=clean + added)


def _taught(laid: Series, kind: Side, days: int, pairs: NDArray[np.bool_]) -> Detector:
    """Give what some pairs teach of windows of these days."""
    rhythm = learn(laid, width=days, pairs=pairs)
    if kind == "silence":
        return Detector(silent_days=days, quiet=rhythm)
    return Detector(spike_days=days, events=rhythm, days=learn(laid.of_days(), width=days, pairs=pairs))


def _rated(
    laid: Series, kind: Side, method: Method, taught: list[Detector], drawn: list[_Draw]
) -> Iterator[tuple[Floats, Floats]]:
    """Yield for each draw the scores of its windows untouched and injected."""
    for one in drawn:
        if method == "gamma-Poisson":
            expected = closed(laid, one.windows, one.clean.shape[1])
            clean, injected = (expected.surprise(told.sum(axis=1), kind) for told in (one.clean, one.injected))
        else:
            clean, injected = np.zeros(len(one.windows)), np.zeros(len(one.windows))
            for number, detector in enumerate(taught):
                own = one.windows.pair % 2 == number
                windows = Windows(pair=one.windows.pair[own], start=one.windows.start[own])
                outlook = detector.outlook(laid, windows, kind)
                clean[own], injected[own] = outlook.score(one.clean[own]), outlook.score(one.injected[own])
        yield clean, injected


def _score(kind: Side, days: int, method: Method, rated: list[tuple[Floats, Floats]]) -> AlertScore:
    areas = np.array([area(clean, injected) for clean, injected in rated])
    recalls = np.array([recall(clean, injected) for clean, injected in rated])
    return AlertScore(
        kind=kind,
        days=days,
        method=method,
        pairs=len(rated[0][0]),
        auc=float(areas[0]),
        recall=float(recalls[0]),
        auc_mean=float(areas.mean()),
        recall_mean=float(recalls.mean()),
        auc_range=_middle(areas),
        recall_range=_middle(recalls),
    )


def area(clean: NDArray[np.float64], injected: NDArray[np.float64]) -> float:
    """Give the chance that an injected window scores higher than an untouched one, ties counted half.

    >>> area(np.array([0.0, 1.0]), np.array([1.0, 2.0]))
    0.875
    """
    ordered = np.sort(clean)
    below, upto = (np.searchsorted(ordered, injected, side) for side in ("left", "right"))
    return float((below + upto).sum() / 2 / len(clean) / len(injected))


def recall(clean: NDArray[np.float64], injected: NDArray[np.float64], *, allowed: float = 0.05) -> float:
    """Give the share of injected windows that score above all but ``allowed`` of the untouched ones."""
    return float((injected > np.quantile(clean, 1 - allowed)).mean())


def _middle(values: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
