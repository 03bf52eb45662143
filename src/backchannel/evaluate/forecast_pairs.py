"""Measure the chances of pairs on rolling origins: every day from a given one on, learnt from what lies before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from backchannel.evaluate.forecast import FURTHER
from backchannel.evaluate.probabilities import Bools, Floats, Measure, average_precision, measures
from backchannel.evaluate.sets import Measured
from backchannel.forecast import Split
from backchannel.forecast.events import EventStream
from backchannel.forecast.extra import has_boosting
from backchannel.forecast.pairs_models import MODELS, Forecaster, Model, Sample, is_learnable, learn, sample
from backchannel.forecast.pairs_past import past
from backchannel.forecast.pairs_reliability import Bin, bins
from backchannel.forecast.pairs_risk import BUSIEST, HORIZONS, KINDS, Kind, dyads, scored_origins, training_origins

ONSET_HORIZON = 30
BASE = "base rate"
_FEWEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PairClass:
    """Pairs alike in their past with the kind: had one within 60 days, ``lapsed`` (longer ago) or ``never``."""

    name: str
    number: int
    share: float
    mean: float
    brier: float
    skill: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    """How well one model foretold one kind within one horizon.

    ``share`` is how many of the ``number`` forecasts came true. ``figures`` holds "brier", "log", "auc", "ece" and "skill
    over base rate", "… persistence", "… own rate"; ``mended`` is how its probabilities were calibrated. With
    ``is_onset`` only pairs without such an event for 60 days count, against the base rate of such pairs in training.
    """

    kind: Kind
    horizon: int
    is_onset: bool
    model: str
    mended: str
    origins: int
    number: int
    share: float
    figures: dict[str, Measure]
    average_precision: float
    reliability: tuple[Bin, ...]
    classes: tuple[PairClass, ...]


def scores(
    stream: EventStream, *, begin: int, models: Sequence[Model] = MODELS, threads: int = 1, seed: int = 0
) -> tuple[PairScore, ...]:
    """Give the scores of every model and of both baselines, for each kind and horizon and for each onset.

    What cannot be learnt is left out: too few days before ``begin``, or fewer than ten of an outcome.

    Args:
        stream: all events; those before ``begin`` are learnt from, with outcomes that end before it.
        begin: the first day of the validation part; each day from it on is an origin whose horizon ends in the stream.
    """
    known = dyads(stream)
    days = {h: (training_origins(known, begin, h), scored_origins(known, begin, h)) for h in HORIZONS}
    at_risk = {
        day: known.at_risk(day) for day in sorted({day for both in days.values() for part in both for day in part})
    }
    told = past(known, at_risk.values())
    found: list[PairScore] = []
    for horizon, (training, scored) in days.items():
        if not any(len(at_risk[day]) for day in training) or not any(len(at_risk[day]) for day in scored):
            continue
        practice, truth = (sample(told, part, horizon, at_risk) for part in (training, scored))
        for kind in (kind for kind in KINDS if is_learnable(practice, kind)):
            learnt = learn(practice, kind, models=models, threads=threads, seed=seed)
            found += _of_kind(learnt, practice, truth, models, seed)
    return tuple(sorted(found, key=lambda one: one.is_onset))


def _of_kind(
    learnt: Forecaster, practice: Sample, truth: Sample, models: Sequence[Model], seed: int
) -> list[PairScore]:
    """Give the scores of all forecasts of one kind and horizon, and of its onset."""
    column = KINDS.index(learnt.kind)
    against = learnt.baselines(truth.table)
    forecasts = {name: learnt.chances(truth.table, name) for name in models} | {
        name: values for name, values in against.items() if name != BASE
    }
    kept = {False: np.ones(len(truth), dtype=bool)}
    if learnt.horizon == ONSET_HORIZON:
        kept[True] = truth.quiet[:, column]
    found = []
    for is_onset, rows in kept.items():
        base = learnt.base if not is_onset else float(practice.happened[practice.quiet[:, column], column].mean())
        others = {name: values[rows] for name, values in against.items()} | {BASE: np.full(int(rows.sum()), base)}
        for name, values in forecasts.items():
            mended = next((way for model, way in learnt.mended.items() if model == name), "none")
            found.append(_score(learnt, truth, rows, values[rows], others, (name, mended, is_onset), seed))
    return found


def _score(
    learnt: Forecaster,
    truth: Sample,
    rows: Bools,
    forecast: Floats,
    others: dict[str, Floats],
    named: tuple[str, str, bool],
    seed: int,
) -> PairScore:
    column = KINDS.index(learnt.kind)
    outcome, day = truth.happened[rows, column], truth.origin[rows]
    name, mended, is_onset = named
    return PairScore(
        kind=learnt.kind,
        horizon=learnt.horizon,
        is_onset=is_onset,
        model=name,
        mended=mended,
        origins=len(np.unique(truth.origin)),
        number=len(outcome),
        share=float(outcome.mean()),
        figures=measures(forecast, outcome, day, {n: values for n, values in others.items() if n != name}, seed=seed),
        average_precision=average_precision(forecast, outcome),
        reliability=bins(forecast, outcome, day, seed=seed),
        classes=tuple(_classes(truth, rows, column, forecast, others[BASE])),
    )


def _classes(truth: Sample, rows: Bools, column: int, forecast: Floats, base: Floats) -> Iterable[PairClass]:
    outcome, ever = truth.happened[rows, column], truth.ever[rows, column]
    lately = truth.recent[rows, column]
    for name, part in (("recent", lately), ("lapsed", ever & ~lately), ("never", ~ever)):
        if part.sum() < _FEWEST:
            continue
        fault = float(np.mean((forecast[part] - outcome[part]) ** 2))
        reference = float(np.mean((base[part] - outcome[part]) ** 2))
        yield PairClass(
            name=name,
            number=int(part.sum()),
            share=float(outcome[part].mean()),
            mean=float(forecast[part].mean()),
            brier=fault,
            skill=1 - fault / reference if reference else float("nan"),
        )


@FURTHER.add("pairs")
def _pairs(split: Split, threads: int) -> Measured:
    models = MODELS if has_boosting() else MODELS[:1]
    found = scores(split.stream, begin=split.valid_from, models=models, threads=threads)
    figures = {name: value for one in found if one.model in MODELS for name, value in _pinned(one)}
    return Measured(text=show(found), data={"chances": as_json(found)}, figures=figures)


def _pinned(one: PairScore) -> Iterator[tuple[str, float]]:
    """Yield what floors hold of a model of chances."""
    asked = f"{'onset_' if one.is_onset else ''}{one.kind}_{one.horizon}.{one.model}"
    for name, figure in (("skill", f"skill over {BASE}"), ("auc", "auc"), ("ece", "ece")):
        yield f"{asked}.{name}", round(one.figures[figure].value, 4)


def show(found: Iterable[PairScore]) -> str:
    """Give a table to read, a line for each score: skill over base rate and persistence, AUC, AP, calibration error."""
    lines = [
        f"Chances of pairs, the {BUSIEST:,} busiest before each day: Brier skill over the base",
        "rate, with its interval from drawing weeks anew, and over persistence",
        "",
        f"{'':<14}{'skill':>7}  {'95 %':<14}{'over pers.':>11}{'AUC':>7}{'AP':>7}{'ECE':>7}",
    ]
    found = tuple(found)
    if not found:
        return "Chances of pairs: the history is too short to learn them"
    asked = None
    for one in found:
        if (one.kind, one.horizon, one.is_onset) != asked:
            asked = (one.kind, one.horizon, one.is_onset)
            lines.append(_heading(one))
        lines.append(_line(one))
    return "\n".join(lines)


def _heading(one: PairScore) -> str:
    told = f"onset of {one.kind}" if one.is_onset else one.kind
    return f"{told} within {one.horizon} days: {one.share:.1%} of {one.number:,} on {one.origins} days"


def _line(one: PairScore) -> str:
    skill, auc, ece = (one.figures[name] for name in (f"skill over {BASE}", "auc", "ece"))
    over = one.figures.get("skill over persistence")
    beside = "" if over is None else f"{over.value:+.3f}"
    between = f"{skill.low:+.3f} {skill.high:+.3f}"
    return (
        f"  {one.model:<12}{skill.value:>+7.3f}  {between:<14}{beside:>11}"
        f"{auc.value:>7.3f}{one.average_precision:>7.3f}{ece.value:>7.3f}"
    )


def as_json(found: Iterable[PairScore]) -> list[dict[str, Any]]:
    """Give one object for each score, all of its fields by name; what cannot be computed is ``null``."""
    return [_plain(asdict(one)) for one in found]


def _plain(value: Any) -> Any:
    """Give numbers to five digits, and ``None`` for those that are none."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return round(value, 5) if np.isfinite(value) else None
    return value
