"""Make events of what a store holds: its conversations, and the acts that parties did to one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import permutations

from backchannel import vocabulary
from backchannel.forecast.events import Event, EventStream, of_events
from backchannel.forecast.families import FILE
from backchannel.records import UNKNOWN, Claim, Conversation, When

DONE = ("occurred", "ongoing", None)
"""Statuses of acts that were done; acts bear none where the text simply tells them."""

PLENARY = 8
"""Parties above which a meeting is no talk of any two of them: a summit of fifty would be a thousand talks."""


def of_records(
    conversations: Iterable[Conversation],
    acts: Iterable[tuple[Claim, date | None]] = (),
    *,
    known_by: date | None = None,
    mirrored: bool = True,
) -> EventStream:
    """Give the events of conversations and acts whose day is known; those told of only a month or year are left out.

    A contact that took place is CONSULT/FORM on its first day; one that is planned, asked for or refused is AGREE/FORM,
    REQUEST/FORM or REJECT/FORM on the day on which it became known, and no event where only a declassified record tells
    it, long after; denied, cancelled and imagined ones are no events. A talk of up to eight parties is one event for each
    two of them, a larger one none. An act is TYPE/MODE from its source to its target.

    Args:
        conversations: merged ones; parties that are not identified are left out.
        acts: claims of kind ``act`` with the day of their document, which stands where they tell none.
        known_by: leave out what first became known after this day, so that nothing later leaks into a backtest.
        mirrored: give a contact in both directions, as event data do; else from the first to the second by name.
    """
    told = [one for conversation in conversations for one in _contacts(conversation, known_by, mirrored)]
    told += [one for claim, published in acts for one in _deeds(claim, published, known_by)]
    return of_events(told)


def _contacts(conversation: Conversation, known_by: date | None, mirrored: bool) -> Iterator[Event]:
    known = _iso(conversation.first_reported)
    kind = _types().get(conversation.status or "")
    if kind is None or (known_by is not None and (known is None or known > known_by)):
        return
    on = _day(conversation.when) if kind == "CONSULT" else known
    if on is None or (kind != "CONSULT" and conversation.revealed_by == "declassified"):
        return
    actors = sorted({party.actor for party in conversation.parties if party.actor != UNKNOWN})
    if len(actors) > PLENARY:
        return
    for one, other in permutations(actors, 2):
        if mirrored or one < other:
            yield one, f"{kind}/{conversation.form or 'contact'}", other, on


def _deeds(claim: Claim, published: date | None, known_by: date | None) -> Iterator[Event]:
    late = known_by is not None and (published is None or published > known_by)
    on = _day(claim.when) if claim.when is not None else published
    if claim.event is None or claim.status not in DONE or on is None or late:
        return
    name = claim.event if claim.mode is None else f"{claim.event}/{claim.mode}"
    sides = {role: sorted({p.actor for p in claim.parties if p.role == role}) for role in ("source", "target")}
    for source in sides["source"]:
        for target in sides["target"]:
            if UNKNOWN not in (source, target) and source != target:
                yield source, name, target, on


def _day(when: When | None) -> date | None:
    """Give the first day of a contact, where it is told to the day."""
    return _iso(when.start) if when is not None and when.precision == "day" else None


def _iso(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@cache
def _types() -> dict[str, str]:
    """Give the PLOVER type of a conversation by its status."""
    rows = vocabulary.load(FILE)["statuses"]
    vocabulary.check(FILE, rows, required=("id", "type", "means"), optional=(), sort=False)
    return {row["id"]: row["type"] for row in rows}
