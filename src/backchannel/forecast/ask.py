"""Ask which actor comes next for an actor and a relation, with chances, a baseline and reasons."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from backchannel.errors import QueryError
from backchannel.forecast.candidates import Queries
from backchannel.forecast.events import EventStream, Ints
from backchannel.forecast.features import table
from backchannel.forecast.history import History, history
from backchannel.forecast.index import Floats
from backchannel.forecast.ranker import Learning, Model, Ranker, learn
from backchannel.forecast.reasons import reasons
from backchannel.forecast.recurrency import recurrency

Seen = Literal["seen", "pair", "never"]
LEAST_EVENTS: Final = 500
LEAST_DAYS: Final = 60
_HELD = 0.1
"""The part of the events, at the end, that the chances are calibrated on: of events, since years may lie between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An actor that may come next.

    ``probability`` and ``baseline`` (the recurrency baseline's) are chances in [0, 1]; ``seen`` says whether the two did
    this before, dealt with one another before, or never. ``reasons`` are sentences, the weightiest first.
    """

    actor: str
    probability: float
    baseline: float
    seen: Seen
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Who comes next for a subject and a relation, as of the morning of a day.

    ``at`` is the day's time in the stream, ``on`` the same in the calendar where there is one; ``someone_else`` the
    chance of all actors that are no candidates. ``candidates`` are the likeliest first; the rest up to 1 is theirs who
    are not shown. ``events`` is how many events of the subject were known.
    """

    subject: str
    relation: str
    at: int
    on: date | None
    model: Model
    candidates: tuple[Candidate, ...]
    someone_else: float
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """Rankers with the stream and history they answer from; nothing of ``learnt_until`` or later taught them."""

    stream: EventStream
    history: History
    ranker: Ranker


def is_enough(stream: EventStream, before: int) -> bool:
    """Whether a stream has the events and days before a day that learning needs."""
    known = stream.until(before)
    return len(known) >= LEAST_EVENTS and known.last - known.first + 1 >= LEAST_DAYS


def learn_from(stream: EventStream, before: int, *, learning: Learning | None = None) -> Learnt:
    """Give rankers learnt from the events before a day, the last tenth of them kept for calibration.

    Raises:
        QueryError: there are too few events or days.
    """
    known = stream.until(before)
    if not is_enough(stream, before):
        days = max(known.last - known.first + 1, 0)
        raise QueryError(
            f"{len(known)} events on {days} days are too few to learn from; it takes {LEAST_EVENTS} on {LEAST_DAYS} days"
        )
    held = max(int(known.time[round((1 - _HELD) * (len(known) - 1))]), known.first + 1)
    past = history(stream, learn_before=held)
    return Learnt(stream=stream, history=past, ranker=learn(past, known.first, held, before, learning))


def rank(
    learnt: Learnt,
    subject: str,
    relation: str,
    at: int,
    *,
    model: Model = "linear",
    is_asked_of_object: bool = False,
    top: int = 10,
) -> Forecast:
    """Give who comes next for (subject, relation, ?), from events before a day alone.

    Args:
        learnt: from ``learn_from``.
        subject: an actor's name as in the stream.
        relation: a relation's name as in the stream.
        at: the day, as a time of the stream; not before the day up to which the ranker learnt.
        model: one of ``learnt.ranker.models``.
        is_asked_of_object: ask for (?, relation, subject) instead: who will do this to the named actor.
        top: how many candidates to show.

    Raises:
        QueryError: the actor or relation is unknown, the model is not there, or the day lies in what was learnt from.
    """
    stream, past, ranker = learnt.stream, learnt.history, learnt.ranker
    if at < ranker.learnt_until:
        raise QueryError(f"day {at} lies before day {ranker.learnt_until}, up to which was learnt; ask for a later one")
    if model not in ranker.models:
        raise QueryError(f"no model named '{model}' was learnt; there are {', '.join(ranker.models)}")
    one, what = _number(stream.actors, subject, "actor"), _number(stream.relations, relation, "relation")
    asked = _query(one, what + len(stream.relations) * is_asked_of_object, at)
    rows = table(past, asked, is_filtered=False)
    told = ranker.scored(past, rows, model)
    chances, other = ranker.calibrations[model].chances(told)
    base = _baseline(ranker, learnt, asked)
    parts = ranker.linear.parts(rows)[0]
    against = parts - parts.mean(0)
    order = np.argsort(-chances[0], kind="stable")[:top]
    number = past.indexes["s"].count(past.find("s", asked.subject, asked.relation, asked.subject, asked.time))[0]
    return Forecast(
        subject=subject,
        relation=relation,
        at=at,
        on=stream.date_of(at),
        model=model,
        candidates=tuple(
            _candidate(learnt, asked, int(told.actor[0, place]), float(chances[0, place]), base, against[place])
            for place in order
        ),
        someone_else=float(other[0]),
        events=int(number),
    )


def _candidate(
    learnt: Learnt, asked: Queries, actor: int, chance: float, base: dict[int, float], parts: Floats
) -> Candidate:
    day = int(asked.time[0])
    triple = (int(asked.subject[0]), int(asked.relation[0]), actor, day)
    return Candidate(
        actor=learnt.stream.actors[actor],
        probability=chance,
        baseline=base.get(actor, 0.0),
        seen=seen(learnt.history, asked, np.array([actor]))[0],
        reasons=reasons(learnt.stream, learnt.history, triple, day, parts, learnt.ranker.linear.names),
    )


def seen(past: History, asked: Queries, actors: Ints, frozen: int | None = None) -> list[Seen]:
    """Give, for the answer of each query, whether the triple, only the pair, or neither was seen before its day."""
    before = asked.time if frozen is None else np.minimum(asked.time, frozen)
    triple, pair = (past.find(name, asked.subject, asked.relation, actors, before) >= 0 for name in ("sro", "so"))
    return ["seen" if one else "pair" if other else "never" for one, other in zip(triple, pair, strict=True)]


def _baseline(ranker: Ranker, learnt: Learnt, asked: Queries) -> dict[int, float]:
    """Give the recurrency baseline's chance of each actor."""
    told = recurrency(learnt.history, asked, is_filtered=False)
    if "recurrency" not in ranker.calibrations:
        return {}
    chances, _ = ranker.calibrations["recurrency"].chances(told)
    return {int(actor): float(chance) for actor, chance in zip(told.actor[0], chances[0], strict=True)}


def _query(subject: int, relation: int, at: int) -> Queries:
    one, what, day, nobody = (np.array([number]) for number in (subject, relation, at, -1))
    return Queries(subject=one, relation=what, object=nobody, time=day)


def _number(names: tuple[str, ...], name: str, kind: str) -> int:
    if name not in names:
        near = difflib.get_close_matches(name, names, n=3)
        raise QueryError(f"no {kind} named '{name}' in these events", known=near)
    return names.index(name)
