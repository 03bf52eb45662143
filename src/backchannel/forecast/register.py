"""The register of a store: forecasts put down before their outcome, and their standing as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from backchannel.analysis import naming, questions
from backchannel.errors import QueryError
from backchannel.forecast import asked
from backchannel.forecast.answers import Answer, foretold
from backchannel.forecast.events import EventStream
from backchannel.forecast.known import Archive, archive
from backchannel.forecast.resolving import last_word
from backchannel.sources import record
from backchannel.store import Foretold, Resolution, Store

State = Literal["open", "due", "overdue", "yes", "no", "void"]
"""``open``: its last day is not over; ``due``: it can be resolved; ``overdue``: its days are over, and documents do not reach them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A forecast of the register with its state and, where it is resolved, what became of it."""

    forecast: Foretold
    state: State
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question to a store: a pair, an actor with ``relation`` for who comes next, or planned meetings.

    ``plan`` is the beginning of a conversation's id; ``at`` the day at whose beginning it is asked, by default the one
    after the last document.
    """

    pair: tuple[str, str] | None = None
    actor: str | None = None
    relation: str = "consult"
    planned: bool = False
    plan: str | None = None
    at: date | None = None


def ask(store: Store, wanted: Wanted, *, now: datetime) -> list[Answer]:
    """Answer a question from what a store knew before a day, and put the forecasts down in its register.

    A forecast of a day that documents reach already is shown and not registered: its outcome may be known.

    Raises:
        QueryError: the question is none, an actor, relation or plan is unknown, or no document carries a day.
        StoreError: the store cannot be written.
    """
    known = archive(store)
    reach = known.reach
    if reach is None:
        raise QueryError("no document of this store carries a day; read documents first: backchannel read PATH")
    at = wanted.at or reach + timedelta(days=1)
    return put(store, _answers(store, known, wanted, at), at=at, reach=reach, now=now)


def put(store: Store, answers: Iterable[Answer], *, at: date, reach: date, now: datetime) -> list[Answer]:
    """Register what is foretold for a day that no document reaches, and give the answers with their ids."""
    found, rows = [], []
    for one in answers:
        if one.probability is None:
            found.append(one)
        elif at <= reach:
            why = (
                f"documents reach {reach.isoformat()}: only what is asked before its outcome can be known is registered"
            )
            found.append(replace(one, unregistered=why))
        else:
            row = foretold(one, one.probability, now)
            rows.append(row)
            found.append(replace(one, registered=row.id))
    store.forecasts.put(rows)
    return found


def stream_of(known: Archive, at: date) -> tuple[EventStream, int]:
    """Give the events known on a day, and the day as a time of the stream.

    Raises:
        QueryError: no event was known.
    """
    stream = known.stream(at)
    if not len(stream):
        raise QueryError(f"no conversation with two known parties and a day was known before {at.isoformat()}")
    return stream, stream.day_of(at)


def entries(store: Store, *, today: date) -> list[Entry]:
    """Give all forecasts of a store with their state on a day, in the order in which they were made."""
    reach = max((on for one in store.heads() if (on := record.public_on(one)) is not None), default=date.min)
    return [
        Entry(forecast=one, state=_state(one, became, today, reach), resolution=became)
        for one, became in store.forecasts.all()
    ]


def chosen(found: Sequence[Entry], states: Iterable[str]) -> list[Entry]:
    """Give the entries of some states, or all where none is named."""
    wanted = set(states)
    return [one for one in found if not wanted or one.state in wanted]


def _answers(store: Store, known: Archive, wanted: Wanted, at: date) -> list[Answer]:
    if wanted.planned:
        return asked.of_planned(known, at, id=wanted.plan)
    names = questions.table(store)
    if wanted.pair is not None:
        one, other = (naming.actor(name, names) for name in wanted.pair)
        if one == other:
            raise QueryError(f"{' and '.join(wanted.pair)} are one party, {one}; name two")
        stream, day = _stream_with(known, at, (one, other))
        return asked.of_pair(stream, (one, other), day)
    if wanted.actor is not None:
        one = naming.actor(wanted.actor, names)
        stream, day = _stream_with(known, at, (one,))
        return [asked.of_next(stream, one, wanted.relation, day)]
    raise QueryError("name two parties, one party with --next, or ask for --planned")


def _stream_with(known: Archive, at: date, actors: tuple[str, ...]) -> tuple[EventStream, int]:
    """Give what ``stream_of`` gives, where all actors are in it.

    Raises:
        QueryError: nothing of one of them was known.
    """
    stream, day = stream_of(known, at)
    strangers = [one for one in actors if one not in stream.actors]
    if strangers:
        raise QueryError(
            f"nothing that {' and '.join(strangers)} did was known before {at.isoformat()}; see backchannel actor"
        )
    return stream, day


def _state(told: Foretold, became: Resolution | None, today: date, reach: date) -> State:
    if became is not None:
        return became.outcome
    if reach >= last_word(told):
        return "due"
    return "overdue" if today > last_word(told) else "open"
