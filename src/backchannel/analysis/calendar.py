"""Planned meetings: for when, since when they are known, and what became of them, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from backchannel.analysis import phrases
from backchannel.conversations.reports import span
from backchannel.records import AHEAD, Conversation, Status, StatusStep

State = Literal["tentative", "confirmed", "held", "off", "denied", "unheard"]
_STATES: Final[dict[Status, State]] = {
    "hypothetical": "tentative",
    "proposed": "tentative",
    "postponed": "tentative",
    "planned": "confirmed",
    "occurred": "held",
    "ongoing": "held",
    "cancelled": "off",
    "refused": "off",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A meeting that was planned, proposed or put off.

    ``first`` and ``last`` are the days on which it may be, ``None`` where none is told; ``exact`` when told to the
    day. ``known`` is the ISO day on which it was first told of, ``steps`` every change of its status with the day and
    the claim. ``state``: ``tentative`` (proposed, put off), ``confirmed`` (planned), ``held``, ``off``, ``denied``, or
    ``unheard`` when its last day lies before the day asked about and nothing was told since.
    """

    id: str
    parties: str
    what: str
    first: date | None
    last: date | None
    exact: bool
    told: str
    place: str | None
    known: str | None
    steps: tuple[StatusStep, ...]
    state: State
    disputed: bool
    independent: int


def calendar(conversations: Iterable[Conversation], *, on: date | None) -> tuple[Plan, ...]:
    """Give what was ever planned among conversations, by the day for which it is planned, those without one last.

    Args:
        conversations: in any order; those that nobody planned are left out.
        on: the day up to which something can be known; a plan for before it without any later word is ``unheard``.
    """
    plans = [_plan(one, on) for one in conversations if was_planned(one)]
    return tuple(sorted(plans, key=_by_day))


def was_planned(conversation: Conversation) -> bool:
    """Tell whether a conversation was planned, proposed or put off at any time."""
    told = {step.status for step in conversation.status_history} | {conversation.status}
    return not told.isdisjoint(AHEAD)


def changes(plan: Plan) -> tuple[StatusStep, ...]:
    """Give the steps of a plan that tell another status than the one before."""
    kept: list[StatusStep] = []
    for step in plan.steps:
        if not kept or kept[-1].status != step.status:
            kept.append(step)
    return tuple(kept)


def _plan(one: Conversation, on: date | None) -> Plan:
    first, last = (None, None) if one.when is None else span(one.when)
    return Plan(
        id=one.id,
        parties=phrases.parties(one),
        what="contact" if one.form is None else phrases.FORMS[one.form],
        first=first,
        last=last,
        exact=one.when is not None and one.when.precision == "day",
        told=phrases.interval(one.when),
        place=phrases.place(one),
        known=min((step.on for step in one.status_history if step.on is not None), default=one.first_reported),
        steps=one.status_history,
        state=_state(one, last, on),
        disputed=one.disputed,
        independent=one.independent,
    )


def _state(one: Conversation, last: date | None, on: date | None) -> State:
    state = _STATES[one.status] if one.status is not None else "tentative"
    is_past = last is not None and on is not None and last < on
    return "unheard" if is_past and state in ("tentative", "confirmed") else state


def _by_day(plan: Plan) -> tuple[date, date, str]:
    return plan.first or date.max, plan.last or date.max, plan.id
