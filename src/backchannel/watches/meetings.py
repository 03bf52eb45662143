"""Planned meetings as events of a calendar: what is new or changed, each with a higher sequence, and what is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal

from backchannel.analysis import phrases
from backchannel.analysis.calendar import Plan, State, calendar, changes
from backchannel.records import Conversation
from backchannel.watches.record import LABELS, Item, Meeting, item_id

Status = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]
_STATUS: Final[dict[State, Status]] = {
    "tentative": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "off": "CANCELLED",
    "denied": "CANCELLED",
    "unheard": "TENTATIVE",
}
_SAYS: Final[dict[State, str]] = {
    "tentative": "proposed or put off",
    "confirmed": "planned",
    "held": "took place",
    "off": "called off",
    "denied": "denied",
    "unheard": "no word since",
}


def meetings(
    conversations: Iterable[Conversation],
    known: Iterable[Meeting],
    *,
    since: str | None,
    on: date | None,
    now: datetime,
) -> Iterator[Item]:
    """Yield the events that are new or differ from those that a calendar already has.

    A plan without a day has no event; an event whose plan is gone, or has lost its day, is cancelled.

    Args:
        conversations: among which plans are looked for.
        known: events of the calendar, in the order in which they were told.
        since: plans for days before it (ISO) are left out.
        on: the last day of which anything is known.
        now: the time at which a change is stamped.
    """
    told = {one.uid: one for one in known}
    stamp = now.isoformat(timespec="seconds")
    plans = [one for one in calendar(conversations, on=on) if one.last is not None]
    made = {_uid(one.id): (_meeting(one, stamp), one) for one in plans if since is None or str(one.last) >= since}
    for uid, (meeting, plan) in made.items():
        old = told.get(uid)
        if old is None or replace(old, sequence=0, stamp=stamp) != meeting:
            yield _item(replace(meeting, sequence=0 if old is None else old.sequence + 1), plan.id)
    for uid, old in told.items():
        if uid not in made and old.status != "CANCELLED":
            gone = replace(old, status="CANCELLED", sequence=old.sequence + 1, stamp=stamp)
            yield _item(replace(gone, description="This is told as planned no more."), uid.partition("@")[0])


def _meeting(plan: Plan, stamp: str) -> Meeting:
    first, last = plan.first or plan.last, plan.last or plan.first
    when = "" if plan.exact else f" (some time in {plan.told})"
    turns = [f"{phrases.day(step.on)}: {phrases.STATUSES[step.status]}" for step in changes(plan)]
    lines = [
        f"{_SAYS[plan.state]}{', disputed' if plan.disputed else ''}; {plan.told}",
        f"on {phrases.count(plan.independent, 'independent word')}",
        *turns,
        f"backchannel show {plan.id}",
    ]
    return Meeting(
        uid=_uid(plan.id),
        sequence=0,
        stamp=stamp,
        first=str(first),
        last=str(last),
        status=_STATUS[plan.state],
        summary=f"{plan.parties}: {plan.what}{when}",
        description="\n".join(lines),
        place=plan.place,
    )


def _uid(conversation: str) -> str:
    return f"{conversation}@backchannel"


def _item(meeting: Meeting, conversation: str) -> Item:
    content = hashlib.sha256(repr(replace(meeting, stamp="")).encode()).hexdigest()[:16]
    return Item(
        id=item_id("plan", meeting.uid, str(meeting.sequence), content),
        kind="plan",
        label=LABELS["plan"],
        watches=(),
        at=meeting.stamp,
        day=meeting.first,
        headline=f"{meeting.summary}, {meeting.status.lower()}",
        conversation=conversation,
        meeting=meeting,
    )
