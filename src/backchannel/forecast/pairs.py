"""Tell the chances of a pair: talks and conflict within 7 and 30 days, with their baseline and reasons, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import product

import numpy as np

from backchannel.errors import QueryError
from backchannel.forecast.events import EventStream, Ints
from backchannel.forecast.pairs_features import table
from backchannel.forecast.pairs_models import (
    DEFAULT,
    ENOUGH_EARLY,
    Forecaster,
    Model,
    Sample,
    is_learnable,
    learn,
    sample,
)
from backchannel.forecast.pairs_past import Past, past
from backchannel.forecast.pairs_reasons import reasons
from backchannel.forecast.pairs_reliability import Bin
from backchannel.forecast.pairs_risk import (
    FAMILY_OF,
    HISTORY,
    HORIZONS,
    KINDS,
    LOOK_BACK,
    Dyads,
    Kind,
    dyads,
    training_origins,
)
from backchannel.records import Reason

ENOUGH_EVENTS = 500
"""Conversations and other events before the origin, below which nothing is foretold; both directions count as one."""
ENOUGH_ORIGINS = 12
"""Training days."""
ENOUGH_TRUE = 50
"""Rows of the training days that came true."""
STALE = 30
"""Days without any event, after which the feed counts as ended."""
UNPROVEN = "on the last days practised on, forecasts were no better than the base rate"
Question = tuple[Kind, int]
Refusal = tuple[float | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How likely one thing is between two actors within days, as known at the beginning of the day ``origin``.

    ``baseline`` is the share of all pairs at risk for which it came true. ``is_onset``: there was none for 60 days, so
    that the next would begin anew. ``like`` is what came of like forecasts on held-out days before the origin.
    """

    pair: tuple[str, str]
    kind: Kind
    horizon: int
    origin: int
    probability: float
    baseline: float
    persistence: float
    is_onset: bool
    model: Model
    like: Bin
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstained:
    """No forecast, and why; ``baseline`` is the share that came true for such pairs, ``None`` where none is known."""

    pair: tuple[str, str]
    kind: Kind
    horizon: int
    origin: int
    baseline: float | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was learnt before one day, for the chances of any pair on it.

    ``refused`` holds the base rate and the reason of each question that nothing could be learnt for, ``elsewhere`` how
    often a pair that is not at risk had its event nevertheless.
    """

    stream: EventStream
    origin: int
    known: Past
    at_risk: Ints
    learnt: dict[Question, Forecaster]
    refused: dict[Question, Refusal]
    elsewhere: dict[Question, float | None]
    model: Model


def chances(
    stream: EventStream, pair: tuple[str, str], at: int | date, *, model: Model = DEFAULT, seed: int = 0
) -> tuple[Chance | Abstained, ...]:
    """Give talks within 7 and 30 days, then conflict within 7 and 30 days; only events before ``at`` are looked at.

    For many pairs on one day, ``prepare`` once and ask ``chances_of``.

    Raises:
        QueryError: an actor is not known; the message names the nearest.
        InputError: ``at`` is a date and the stream has no calendar.
    """
    return chances_of(prepare(stream, at, model=model, seed=seed), pair)


def prepare(
    stream: EventStream, at: int | date, *, model: Model = DEFAULT, threads: int = 1, seed: int = 0
) -> Prepared:
    """Learn from what was known at the beginning of a day."""
    origin = at if isinstance(at, int) else stream.day_of(at)
    models: tuple[Model, ...] = ("logistic",) if model == "logistic" else ("logistic", model)
    before = dyads(stream.until(origin), at=origin)
    practice = {horizon: training_origins(before, origin, horizon) for horizon in HORIZONS}
    at_risk = {
        day: before.at_risk(day) for day in sorted({origin, *(day for days in practice.values() for day in days)})
    }
    known = past(before, at_risk.values(), until=origin)
    learnt: dict[Question, Forecaster] = {}
    refused: dict[Question, Refusal] = {}
    for horizon, days in practice.items():
        told = sample(known, days, horizon, at_risk) if any(len(at_risk[day]) for day in days) else None
        for kind in KINDS:
            reason = _lacking(before, origin) or _too_few(told, kind, horizon, days)
            found = None if told is None or reason else learn(told, kind, models=models, threads=threads, seed=seed)
            if found is not None and found.proven[model] > 0:
                learnt[kind, horizon] = found
            else:
                refused[kind, horizon] = _share(told, kind), reason or UNPROVEN
    elsewhere = {
        (kind, horizon): _elsewhere(before, practice[horizon], kind, horizon, at_risk)
        for kind, horizon in product(KINDS, HORIZONS)
    }
    return Prepared(
        stream=stream,
        origin=origin,
        known=known,
        at_risk=at_risk[origin],
        learnt=learnt,
        refused=refused,
        elsewhere=elsewhere,
        model=model,
    )


def chances_of(prepared: Prepared, pair: tuple[str, str]) -> tuple[Chance | Abstained, ...]:
    """Give the chances of one pair, in the order of ``chances``."""
    place = prepared.known.dyads.place(*(_actor(prepared.stream, name) for name in pair))
    return tuple(_answer(prepared, pair, place, kind, horizon) for kind, horizon in product(KINDS, HORIZONS))


def _answer(
    prepared: Prepared, pair: tuple[str, str], place: int | None, kind: Kind, horizon: int
) -> Chance | Abstained:
    question = kind, horizon
    rate, reason = prepared.refused.get(question, (prepared.elsewhere[question], ""))
    if not reason:
        reason = _not_at_risk(prepared, place)
    if reason or place is None:
        return Abstained(
            pair=pair, kind=kind, horizon=horizon, origin=prepared.origin, baseline=_rounded(rate), reason=reason
        )
    return _chance(prepared, prepared.learnt[question], pair, place)


def _chance(prepared: Prepared, learnt: Forecaster, pair: tuple[str, str], place: int) -> Chance:
    asked, day, horizon = np.array([place]), prepared.origin, learnt.horizon
    told = table(prepared.known, asked, day, horizon, among=prepared.at_risk)
    probability = float(learnt.chances(told, prepared.model)[0])
    nearest = min(
        learnt.like[prepared.model], key=lambda one: (max(one.low - probability, probability - one.high), one.low)
    )
    quiet = prepared.known.dyads.quiet(asked, day)[0, KINDS.index(learnt.kind)]
    return Chance(
        pair=pair,
        kind=learnt.kind,
        horizon=horizon,
        origin=day,
        probability=round(probability, 4),
        baseline=round(learnt.base, 4),
        persistence=round(float(learnt.baselines(told)["persistence"][0]), 4),
        is_onset=bool(quiet),
        model=prepared.model,
        like=nearest,
        reasons=reasons(learnt.line, told, 0, horizon),
    )


def _share(told: Sample | None, kind: Kind) -> float | None:
    return None if told is None else float(told.happened[:, KINDS.index(kind)].mean())


def _lacking(before: Dyads, origin: int) -> str:
    """Say what a stream lacks to learn anything from; empty where it does not."""
    stream = before.stream
    rows = np.column_stack([before.pair, stream.relation, stream.time])
    number = len(np.unique(rows, axis=0))
    if number < ENOUGH_EVENTS:
        return f"only {number} conversations and events in the {LOOK_BACK:,} days before; {ENOUGH_EVENTS} are needed"
    silent = origin - stream.last - 1
    if silent >= STALE:
        return f"no event of anyone in the {silent} days before: the feed seems to have ended"
    return ""


def _too_few(told: Sample | None, kind: Kind, horizon: int, days: list[int]) -> str:
    """Say what the training days lack for one question; empty where they do not."""
    if told is None or len(days) < ENOUGH_ORIGINS:
        return (
            f"the history is too short: {len(days)} days to practise on, {ENOUGH_ORIGINS} are needed; each "
            f"has {HISTORY} days before it and {horizon} after it"
        )
    came = told.happened[:, KINDS.index(kind)]
    if came.sum() < ENOUGH_TRUE or not is_learnable(told, kind):
        return f"{kind} within {horizon} days came true {int(came.sum())} times in practice; {ENOUGH_TRUE} are needed, {ENOUGH_EARLY} of them early"
    return ""


def _not_at_risk(prepared: Prepared, place: int | None) -> str:
    if place is None:
        return f"no event between them in the {LOOK_BACK:,} days before"
    if place not in prepared.at_risk:
        return f"too little between them in the {HISTORY} days before to be among the pairs that the model knows"
    return ""


def _elsewhere(known: Dyads, days: list[int], kind: Kind, horizon: int, at_risk: dict[int, Ints]) -> float | None:
    """Give the share of pairs met before but not at risk for which it came true, over the training days."""
    came, asked = 0, 0
    for day in days:
        met = known.counts(known.stream.first, day) > 0
        met[at_risk[day]] = False
        came += int((met & (known.counts(day, day + horizon, FAMILY_OF[kind]) > 0)).sum())
        asked += int(met.sum())
    return came / asked if asked else None


def _actor(stream: EventStream, name: str) -> int:
    place = stream.actor(name)
    if place is None:
        raise QueryError(f"no actor named {name!r} in these events", known=get_close_matches(name, stream.actors, n=3))
    return place


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)
