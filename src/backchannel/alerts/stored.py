"""Ask a store for its alerts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from backchannel.alerts.chronicle import known_on, lives, met
from backchannel.alerts.find import find
from backchannel.alerts.record import KINDS, Found, Kind, Wanted
from backchannel.analysis import naming, questions
from backchannel.errors import QueryError
from backchannel.store import Store
from backchannel.store.rows import bound

RECENT: Final = 28
"""Days up to the last one with documents, where no first day is asked for."""


def of_store(
    store: Store,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    kinds: tuple[Kind, ...] = (),
    actors: tuple[str, ...] = (),
    issue: str | None = None,
    minimum_independent: int | None = None,
    budget: int | None = None,
    with_courses: bool = False,
) -> Found:
    """Give the alerts of a store.

    Args:
        store: where conversations are.
        since: first day, month or year; by default 28 days up to the last.
        until: last day, month or year; by default the last day of any document.
        kinds: which; all by default.
        actors: parties of every alert, by id or name.
        issue: of the conversations; a finer one stands for its root.
        minimum_independent: tellers known by the day of the alert.
        budget: how many a week at most, the weightiest.
        with_courses: give the weeks of the pairs that silences and spikes are told of too.

    Raises:
        QueryError: an actor, issue, kind or date is unknown.
    """
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown:
        raise QueryError(f"no alert of kind {', '.join(unknown)}; known: {', '.join(KINDS)}")
    names = questions.table(store) if actors else None
    documents = {one.id: one for one in store.heads()}
    last = _day(until, last=True) or max((on for one in documents.values() if (on := known_on(one))), default=None)
    if last is None:
        return Found(alerts=(), unjudged=("No document carries a day on which it was known.",))
    first = _day(since, last=False) or last - timedelta(days=RECENT - 1)
    wanted = Wanted(
        since=first,
        until=last,
        kinds=kinds or KINDS,
        actors=tuple(naming.actor(one, names) for one in actors) if names is not None else (),
        issue=None if issue is None else naming.issue(issue).root,
        minimum_independent=minimum_independent,
        budget=budget,
        with_courses=with_courses,
    )
    claims = {one.id: one for one in store.claims(kind="contact")}
    told = lives(store.conversations(), claims, documents, until=last)
    return find(told, list(store.coverage()), wanted, met=met(claims.values()))


def _day(value: date | str | None, *, last: bool) -> date | None:
    told = bound(value, last=last)
    return None if told is None else date.fromisoformat(told)
