"""Read plans in a store: meetings announced for a day, what was known of them when, and what became of them by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from backchannel.records import HELD, UNKNOWN, Claim, Conversation, When

Outcome = Literal["held", "called off", "void", "open"]
"""``held`` by its date; ``called off``: cancelled, refused, denied, put off or held later; ``void``: nothing was told
within the grace after its date; ``open``: that grace is not over."""
GRACE = 30
"""Days after the planned date in which what became of it may be told."""
SLACK = 1
"""Days by which a meeting may slip and still be held by its date; half the world has another day."""
_OFF = ("cancelled", "refused", "denied", "postponed")
_STILL_TO_BE = ("planned", "postponed", "proposed", "hypothetical")
_ANONYMOUS = ("unnamed_official", "unnamed_insider", "collective", "media_report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one claim told of a planned meeting, on the day ``on``, on whose word (``origin``)."""

    on: date
    claim: Claim
    origin: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A meeting that was planned for a day: announced on ``announced`` for ``due``, the last of its days.

    ``resolved_on`` is the day from which its outcome was known.
    """

    id: str
    parties: tuple[str, ...]
    words: tuple[Word, ...]
    announced: date
    due: date
    outcome: Outcome
    resolved_on: date | None

    def known(self, origin: date) -> tuple[Word, ...]:
        """Give what had been told before a day, in order of time."""
        return tuple(word for word in self.words if word.on < origin)

    def parties_as_known(self, origin: date) -> tuple[str, ...]:
        """Give who was to take part, as told before a day."""
        actors = {party.actor for word in self.known(origin) for party in word.claim.parties}
        return tuple(sorted(actors - {UNKNOWN}))

    def due_as_known(self, origin: date) -> date:
        """Give the day it was planned for as last told before a day."""
        days = [due for word in self.known(origin) if (due := _due(word)) is not None]
        return days[-1] if days else self.due


def plans(
    conversations: Iterable[Conversation],
    claims: Mapping[str, Claim],
    published: Mapping[str, date],
    *,
    now: date,
) -> tuple[Plan, ...]:
    """Give the planned meetings of a store in order of their announcement; what was first told afterwards is no plan.

    Args:
        claims: the claims of the conversations by id.
        published: the day of each document by id; a claim of a document without a day is left out.
        now: what was told after this day is not looked at.
    """
    found = []
    for conversation in conversations:
        words = _words(conversation, claims, published, now)
        plan = _plan(conversation, words, now)
        if plan is not None:
            found.append(plan)
    return tuple(sorted(found, key=lambda plan: (plan.announced, plan.id)))


def is_anonymous(word: Word) -> bool:
    """Say whether a word came from nobody who can be named."""
    return word.claim.voice.source_class in _ANONYMOUS


def is_postponing(word: Word) -> bool:
    """Say whether a word put the meeting off."""
    return word.claim.status == "postponed"


def _words(
    conversation: Conversation, claims: Mapping[str, Claim], published: Mapping[str, date], now: date
) -> tuple[Word, ...]:
    tellers = {claim: origin for origin in conversation.origins for claim in origin.claims}
    told = []
    for name in conversation.claims:
        claim = claims.get(name)
        on = published.get(claim.document) if claim is not None else None
        if claim is None or on is None or on > now:
            continue
        origin = tellers.get(name)
        told.append(
            Word(on=on, claim=claim, origin=origin.origin if origin else name, kind=origin.kind if origin else "media")
        )
    return tuple(sorted(told, key=lambda word: (word.on, word.claim.id)))


def _plan(conversation: Conversation, words: tuple[Word, ...], now: date) -> Plan | None:
    """Give the plan: the first word of a meeting planned for a day that was still to come."""
    first = next(
        (word for word in words if word.claim.status == "planned" and (d := _due(word)) and d >= word.on), None
    )
    parties = tuple(sorted({party.actor for party in conversation.parties if party.actor != UNKNOWN}))
    due = _due(first) if first is not None else None
    if first is None or due is None or len(parties) < 2:
        return None
    if any(word.claim.status in (*HELD, "cancelled", "refused") and word.on < first.on for word in words):
        return None
    outcome, on = resolve([word for word in words if word.on >= first.on], due, now)
    return Plan(
        id=conversation.id,
        parties=parties,
        words=words,
        announced=first.on,
        due=due,
        outcome=outcome,
        resolved_on=on,
    )


def resolve(words: list[Word], due: date, now: date) -> tuple[Outcome, date | None]:
    """Give what became of a plan and the day on which that was known.

    The first word that it took place by the date decides; before one, the first that it would not. A plan put off and
    then held by its first date was held.
    """
    end = due + timedelta(days=GRACE)
    held = next((word for word in words if word.on <= end and _is_held(word, due)), None)
    off = next((word for word in words if word.on <= end and _is_off(word, due)), None)
    if held is not None and (off is None or off.claim.status in ("postponed", "denied") or held.on < off.on):
        return "held", held.on
    if off is not None:
        return "called off", off.on
    return ("void", end) if now > end else ("open", None)


def _is_held(word: Word, due: date) -> bool:
    if word.claim.status not in HELD:
        return False
    begin = _first(word.claim.when)
    return begin <= due + timedelta(days=SLACK) if begin is not None else word.on <= due + timedelta(days=SLACK)


def _is_off(word: Word, due: date) -> bool:
    if word.claim.status in _OFF:
        return True
    begin = _first(word.claim.when)
    is_late = begin is not None and begin > due + timedelta(days=SLACK)
    return is_late and word.claim.status in (*HELD, "planned")


def _due(word: Word) -> date | None:
    """Give the last day that a word gives for a meeting still to be."""
    if word.claim.status not in _STILL_TO_BE or word.claim.when is None or word.claim.when.precision != "day":
        return None
    return date.fromisoformat(word.claim.when.end)


def _first(when: When | None) -> date | None:
    return date.fromisoformat(when.start) if when is not None and when.precision == "day" else None
