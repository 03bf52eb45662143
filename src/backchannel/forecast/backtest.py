"""Try the forecasts on the past: at each of several days learn from what was known, foretell, and see what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from backchannel.errors import QueryError
from backchannel.forecast import pairs, planned
from backchannel.forecast.answers import BASE, GRACE, PERSISTENCE
from backchannel.forecast.asked import plans_before
from backchannel.forecast.events import EventStream
from backchannel.forecast.known import Archive
from backchannel.forecast.pairs_features import table
from backchannel.forecast.pairs_models import Model
from backchannel.forecast.pairs_risk import HORIZONS, KINDS, dyads
from backchannel.forecast.resolving import thinness
from backchannel.forecast.standing import Case, Group, groups

_PLANS = 40
"""Planned meetings that are tried at most, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """The scores of forecasts on past days: ``origins`` were tried, ``skipped`` gives those left out with the reason."""

    origins: tuple[str, ...]
    skipped: dict[str, str]
    groups: tuple[Group, ...]


def of_stream(stream: EventStream, *, origins: int = 6, step: int = 14, model: Model = "logistic") -> Backtest:
    """Give the scores on a stream of events, known on the day on which they happened.

    Args:
        stream: the events.
        origins: days to try, the last of them 30 days before the stream ends.
        step: days from one to the next.
        model: as for pairs.

    Raises:
        QueryError: the stream is too short for any.
    """
    days = _days(stream.first, stream.last + 1 - max(HORIZONS), origins, step)
    cases: list[Case] = []
    skipped = {}
    for day in days:
        found, why = _tried(stream.until(day), stream, day, model, day)
        cases += found
        if why:
            skipped[str(stream.date_of(day) or day)] = why
    return _told([str(stream.date_of(day) or day) for day in days], skipped, cases)


def of_archive(known: Archive, *, origins: int = 6, step: int = 14, model: Model = "logistic") -> Backtest:
    """Give the scores on a store: each day learns only from what documents had told before it.

    What came is judged by the rule of the register: by what was told up to a week after the window, and not at all
    where it is too thinly covered. Planned meetings are tried on the day after each was announced.

    Raises:
        QueryError: the store is too young for any.
    """
    reach = known.reach
    if reach is None:
        raise QueryError("no document of this store carries a day; read documents first: backchannel read PATH")
    last = (reach - timedelta(days=max(HORIZONS) + GRACE - 1)).toordinal()
    days = [date.fromordinal(day) for day in _days(known.days[0].toordinal(), last, origins, step)]
    cases: list[Case] = []
    skipped: dict[str, str] = {}
    for day in days:
        found, why = _on_day(known, day, model)
        cases += found
        if why:
            skipped[day.isoformat()] = why
    return _told([day.isoformat() for day in days], skipped, [*cases, *_plans(known, reach)])


def _days(first: int, last: int, origins: int, step: int) -> list[int]:
    found = list(range(last, first, -step))[:origins]
    if not found:
        raise QueryError(
            "too few days to try forecasts on: it takes history before, and 30 days and a week after, a day"
        )
    return found[::-1]


def _told(days: Sequence[str], skipped: dict[str, str], cases: Sequence[Case]) -> Backtest:
    tried = tuple(day for day in days if day not in skipped)
    return Backtest(origins=tried, skipped=skipped, groups=groups(cases) if cases else ())


def _on_day(known: Archive, day: date, model: Model) -> tuple[list[Case], str]:
    before = known.stream(day)
    if not len(before):
        return [], "no event was known"
    thin = thinness(known, day, day + timedelta(days=max(HORIZONS) - 1))
    if thin is not None:
        return [], thin
    after = known.stream(day + timedelta(days=max(HORIZONS) + GRACE))
    return _tried(before, after, before.day_of(day), model, day.toordinal())


def _tried(before: EventStream, after: EventStream, day: int, model: Model, ordinal: int) -> tuple[list[Case], str]:
    """Give a case for each pair at risk and question, or why there is none.

    Args:
        before: what was known; its events from ``day`` on are not looked at.
        after: what came.
        day: the origin, as a time of ``before``.
        model: of pairs.
        ordinal: the day under which the cases are counted.
    """
    prepared = pairs.prepare(before.until(day), day, model=model)
    if not prepared.learnt:
        return [], next(iter({reason for _, reason in prepared.refused.values()}), "nothing could be learnt")
    came = _came(after, before, day)
    cases = [case for question in prepared.learnt for case in _question(prepared, question, came, ordinal)]
    return cases, ""


def _question(
    prepared: pairs.Prepared, question: pairs.Question, came: dict[pairs.Question, set[tuple[str, str]]], ordinal: int
) -> Iterator[Case]:
    kind, horizon = question
    learnt, asked, known = prepared.learnt[question], prepared.at_risk, prepared.known.dyads
    told = table(prepared.known, asked, prepared.origin, horizon, among=asked)
    chances = learnt.chances(told, prepared.model)
    baselines, column = learnt.baselines(told), KINDS.index(kind)
    quiet, recent, ever = (of(asked, prepared.origin)[:, column] for of in (known.quiet, known.recent, known.ever))
    names = prepared.stream.actors
    for row, place in enumerate(asked):
        pair = (names[known.low[place]], names[known.high[place]])
        yield Case(
            kind=kind,
            horizon=horizon,
            is_onset=bool(quiet[row]),
            recurrence="recent" if recent[row] else "lapsed" if ever[row] else "never",
            day=ordinal,
            probability=float(chances[row]),
            came=pair in came[question] or pair[::-1] in came[question],
            baselines={BASE: float(baselines[BASE][row]), PERSISTENCE: float(baselines[PERSISTENCE][row])},
        )


def _came(after: EventStream, before: EventStream, day: int) -> dict[pairs.Question, set[tuple[str, str]]]:
    """Give the pairs of each kind and horizon for which it came true from a day of ``before`` on."""
    first = day if after.start is None or before.start is None else after.day_of(before.start) + day
    told = dyads(after)
    found: dict[pairs.Question, set[tuple[str, str]]] = {}
    every = np.arange(len(told))
    for horizon in HORIZONS:
        happened = told.happened(every, first, horizon)
        for column, kind in enumerate(KINDS):
            there = np.flatnonzero(happened[:, column])
            found[kind, horizon] = {(after.actors[told.low[one]], after.actors[told.high[one]]) for one in there}
    return found


def _plans(known: Archive, reach: date) -> Iterator[Case]:
    """Yield the latest planned meetings whose outcome is known, as foretold on the day after each was announced."""
    every = plans_before(known, reach + timedelta(days=1))
    ended = [one for one in every if one.outcome in ("held", "called off")]
    for plan in ended[-_PLANS:]:
        at = plan.announced + timedelta(days=1)
        told = planned.will_be_held(plan, every, at)
        if isinstance(told, planned.Held):
            yield Case(
                kind="planned",
                horizon=None,
                is_onset=False,
                recurrence=None,
                day=at.toordinal(),
                probability=told.probability,
                came=plan.outcome == "held",
                baselines={BASE: told.baseline, PERSISTENCE: 1.0},
            )
