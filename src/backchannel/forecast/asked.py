"""Ask what comes next of a stream of events or of a store: for a pair, for an actor, for planned meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from backchannel.errors import QueryError
from backchannel.forecast import ask, pairs, planned
from backchannel.forecast.answers import (
    BASE,
    GRACE,
    PERSISTENCE,
    Answer,
    Named,
    day_words,
    digest,
    digest_of,
    version,
)
from backchannel.forecast.calibration import calibration_error
from backchannel.forecast.candidates import Queries, queries_of
from backchannel.forecast.events import EventStream
from backchannel.forecast.families import FAMILIES, plain
from backchannel.forecast.features import table
from backchannel.forecast.index import Floats
from backchannel.forecast.known import Archive
from backchannel.forecast.pairs_models import Model
from backchannel.forecast.pairs_risk import KINDS, LOOK_BACK, QUIET, Kind
from backchannel.forecast.planned_record import Plan, plans
from backchannel.forecast.ranker import Learning

ENOUGH: Final = pairs.ENOUGH_EVENTS
"""Conversations and other events below which nothing is foretold."""
NEXT_DAYS: Final = 30
"""Days within which the next event of an actor must come for a forecast of it to count."""
MOST_OFF: Final = 0.1
"""The mean distance of chances and outcomes on held-out days above which who comes next is not foretold."""
_SHOWN = 5
_ALIKE = 200
_HELD_QUERIES = 2_000


# --- a pair


def of_pair(stream: EventStream, pair: tuple[str, str], day: int, *, model: Model = "logistic") -> list[Answer]:
    """Give the chances of talks and of conflict within 7 and 30 days, from the events before a day.

    Raises:
        QueryError: an actor is not known.
    """
    prepared = pairs.prepare(stream.until(day), day, model=model)
    inputs = digest(stream, day)
    return [_pair_answer(prepared, one, inputs) for one in pairs.chances_of(prepared, pair)]


def _pair_answer(prepared: pairs.Prepared, told: pairs.Chance | pairs.Abstained, inputs: str) -> Answer:
    stream, day = prepared.stream, prepared.origin
    blank = Answer(
        kind=told.kind,
        parties=told.pair,
        origin=day_words(stream, day),
        due=day_words(stream, day, told.horizon - 1),
        horizon=told.horizon,
        model=f"pairs/{prepared.model}",
        version=version(),
        inputs=inputs,
        settings={"seed": 0, "quiet_days": QUIET, "look_back_days": LOOK_BACK},
        recurrence=recurrence(prepared, told.pair, told.kind),
    )
    if isinstance(told, pairs.Abstained):
        base = {} if told.baseline is None else {BASE: told.baseline}
        return replace(blank, abstained=told.reason, baselines=base)
    like = told.like
    return replace(
        blank,
        probability=told.probability,
        baselines={BASE: told.baseline, PERSISTENCE: told.persistence},
        is_onset=told.is_onset,
        reasons=tuple(_weighed(one.weight, one.detail) for one in told.reasons),
        calibration=(
            f"of {like.number:,} like forecasts ({like.low:.1%} to {like.high:.1%}, on average {like.mean:.1%}) on "
            f"held-out days before, {like.share:.1%} came true ({like.share_low:.1%} to {like.share_high:.1%})"
        ),
    )


def recurrence(prepared: pairs.Prepared, pair: tuple[str, str], kind: Kind) -> str:
    """Say how long ago the pair's last event of a kind was: recent (60 days), lapsed or never."""
    known = prepared.known.dyads
    place = known.place(*(prepared.stream.actors.index(name) for name in pair))
    if place is None:
        return "never"
    one, column = np.array([place]), KINDS.index(kind)
    if known.recent(one, prepared.origin)[0, column]:
        return "recent"
    return "lapsed" if known.ever(one, prepared.origin)[0, column] else "never"


def _weighed(weight: float, detail: str) -> str:
    return f"{'+' if weight > 0 else '−'} {detail}"


# --- who comes next


def of_next(stream: EventStream, subject: str, relation: str, day: int) -> Answer:
    """Give who comes next for an actor, from the events of the 1,100 days before a day.

    Args:
        stream: the events.
        subject: an actor.
        relation: a family ("consult"), one of the stream's, or the first part of relations ("THREATEN").
        day: the day at whose beginning it is asked.

    Raises:
        QueryError: the actor or the relation is not known.
    """
    known, name = one_relation(stream.between(day - LOOK_BACK, day), relation)
    if subject not in known.actors:
        raise QueryError(f"no actor named {subject!r} in these events")
    blank = Answer(
        kind="next",
        parties=(subject,),
        relation=name,
        horizon=NEXT_DAYS,
        origin=day_words(stream, day),
        due=day_words(stream, day, NEXT_DAYS - 1),
        model="next/linear",
        version=version(),
        inputs=digest(stream, day),
        settings={"seed": 0, "look_back_days": LOOK_BACK},
    )
    lacking = _lacking(known, subject, day)
    if lacking:
        usual = _usual(known, subject, name)
        return replace(blank, abstained=lacking, candidates=(usual,) if usual is not None else ())
    learnt = ask.learn_from(known, day, learning=Learning(models=("recurrency", "linear"), refit=False))
    best, came = _held(learnt, day)
    off = calibration_error(best, came, bins=int(np.clip(len(best) // 100, 1, 15)))
    if off > MOST_OFF:
        usual = _usual(known, subject, name)
        reason = f"on held-out days before, chances were off by {off:.0%} on average: too irregular to learn from"
        return replace(blank, abstained=reason, candidates=(usual,) if usual is not None else ())
    told = ask.rank(learnt, subject, name, day, top=2 * _SHOWN)
    candidates = tuple(
        Named(
            actor=one.actor, probability=round(one.probability, 4), baseline=round(one.baseline, 4), reasons=one.reasons
        )
        for one in told.candidates
        if one.actor != subject
    )[:_SHOWN]
    first = candidates[0]
    return replace(
        blank,
        probability=first.probability,
        candidates=candidates,
        someone_else=round(1 - sum(one.probability for one in candidates), 4),
        recurrence=next(one.seen for one in told.candidates if one.actor == first.actor),
        baselines={BASE: _popularity(known, name, first.actor), PERSISTENCE: first.baseline},
        reasons=first.reasons,
        calibration=_record_of(best, came, first.probability),
    )


def one_relation(stream: EventStream, wanted: str) -> tuple[EventStream, str]:
    """Give the stream with all relations that are meant as one, and its name; all others by their first part.

    Raises:
        QueryError: nothing is called so.
    """
    names = {plain(name): name for name in stream.relations}
    asked = plain(wanted)
    if asked in names and asked not in FAMILIES:
        return stream, names[asked]
    roots = [plain(name).partition("/")[0] for name in stream.relations]
    families = [FAMILIES[code] for code in stream.family]
    meant = [asked in (root, family) for root, family in zip(roots, families, strict=True)]
    if not any(meant):
        known = sorted({*FAMILIES, *roots})
        raise QueryError(f"no relation named {wanted!r} in these events", known=known[:12])
    told = [asked if is_meant else root for is_meant, root in zip(meant, roots, strict=True)]
    relations = tuple(sorted(set(told)))
    place = np.array([relations.index(name) for name in told], dtype=np.int64)
    family = np.array([int(stream.family[told.index(name)]) for name in relations], dtype=np.int64)
    return replace(stream, relation=place[stream.relation], relations=relations, family=family), asked


def _lacking(known: EventStream, subject: str, day: int) -> str:
    """Say why nothing can be foretold; empty where it can."""
    rows = np.column_stack([known.pairs(), known.relation, known.time])
    number = len(np.unique(rows, axis=0))
    if number < ENOUGH:
        return f"only {number} conversations and events in the {LOOK_BACK:,} days before; {ENOUGH} are needed"
    if known.last - known.first + 1 < ask.LEAST_DAYS:
        return f"the events cover {known.last - known.first + 1} days; {ask.LEAST_DAYS} are needed"
    if day - known.last - 1 >= pairs.STALE:
        return f"no event of anyone in the {day - known.last - 1} days before: the feed seems to have ended"
    place = known.actors.index(subject)
    if not ((known.subject == place) | (known.object == place)).any():
        return f"no event of {subject} before"
    return ""


def _usual(known: EventStream, subject: str, relation: str) -> Named | None:
    """Give the actor with whom most events of subject and relation were, with its share as baseline."""
    there = (known.subject == known.actors.index(subject)) & (known.relation == known.relations.index(relation))
    if not there.any():
        return None
    numbers = np.bincount(known.object[there])
    best, of = int(numbers.argmax()), int(numbers.sum())
    share = float(numbers[best] / of)
    return Named(
        actor=known.actors[best],
        probability=share,
        baseline=share,
        reasons=(f"{numbers[best]} of {of} were with {known.actors[best]}",),
    )


def _popularity(known: EventStream, relation: str, actor: str) -> float:
    there = known.relation == known.relations.index(relation)
    share = (known.object[there] == known.actors.index(actor)).mean() if there.any() else 0.0
    return round(float(share), 4)


def _held(learnt: ask.Learnt, day: int) -> tuple[Floats, Floats]:
    """Give the chance of the likeliest actor on the days kept for calibration, and whether that one came ``(queries,)``."""
    ranker, past = learnt.ranker, learnt.history
    held = queries_of(past, ranker.calibrated_from, day)
    if len(held) > _HELD_QUERIES:
        held = held.part(np.linspace(0, len(held) - 1, _HELD_QUERIES).astype(np.int64))
    return _best(learnt, held)


def _record_of(best: Floats, came: Floats, probability: float) -> str:
    """Say how often the likeliest actor of like forecasts came."""
    alike = np.argsort(np.abs(best - probability), kind="stable")[:_ALIKE]
    return (
        f"of {len(alike):,} like forecasts ({best[alike].min():.0%} to {best[alike].max():.0%}) on held-out days before, "
        f"{came[alike].mean():.0%} came true"
    )


def _best(learnt: ask.Learnt, asked: Queries) -> tuple[Floats, Floats]:
    """Give the chance of the likeliest actor of each query, and whether it was the one."""
    told = learnt.ranker.scored(learnt.history, table(learnt.history, asked), "linear")
    chances, _ = learnt.ranker.calibrations["linear"].chances(told)
    place = chances.argmax(1)
    return chances[np.arange(len(place)), place], (place == told.answer).astype(np.float64)


# --- planned meetings


def of_planned(known: Archive, at: date, *, id: str | None = None) -> list[Answer]:
    """Give the chance of each meeting that is planned and not yet past, or of the one asked for, to be held by its date.

    Raises:
        QueryError: no plan of this id was told before the day.
    """
    every = plans_before(known, at)
    if id is None:
        wanted = [one for one in every if one.resolved_on is None and one.due_as_known(at) >= at]
    else:
        wanted = [one for one in every if one.id.startswith(id)]
        if len(wanted) != 1:
            raise QueryError(
                f"{id!r} is {'more than one' if wanted else 'no'} meeting planned before {at}; list them with "
                "backchannel forecast --planned"
            )
    number = len(known.as_of(at))
    inputs = digest_of(
        f"{word.on}\t{word.claim.id}\t{word.claim.status}\t{word.claim.when}" for one in every for word in one.known(at)
    )
    return [_plan_answer(one, every, at, number, inputs) for one in sorted(wanted, key=_by_due)]


def plans_before(known: Archive, at: date) -> list[Plan]:
    """Give the plans that were told before a day, with what had become of them by then."""
    yesterday = date.fromordinal(at.toordinal() - 1)
    return list(plans(known.conversations, known.claims, known.known, now=yesterday))


def _plan_answer(plan: Plan, every: Iterable[Plan], at: date, conversations: int, inputs: str) -> Answer:
    told = planned.will_be_held(plan, list(every), at)
    blank = Answer(
        kind="planned",
        parties=plan.parties_as_known(at),
        conversation=plan.id,
        origin=at.isoformat(),
        due=plan.due_as_known(at).isoformat(),
        model="planned/logistic",
        version=version(),
        inputs=inputs,
        settings={"grace_days": GRACE},
    )
    base = {} if told.baseline is None else {BASE: told.baseline}
    few = f"only {conversations} conversations were known before; {ENOUGH} are needed" if conversations < ENOUGH else ""
    if isinstance(told, planned.NotTold) or few:
        reason = told.reason if isinstance(told, planned.NotTold) else few
        return replace(blank, abstained=reason, baselines=base)
    return replace(
        blank,
        probability=told.probability,
        baselines=base | {PERSISTENCE: 1.0},
        reasons=tuple(_weighed(one.weight, one.detail) for one in told.reasons),
        calibration=f"learnt from {told.plans:,} plans of which it was known what became of them",
    )


def _by_due(plan: Plan) -> tuple[date, str]:
    return plan.due, plan.id
