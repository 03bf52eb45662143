"""Turn conversations into the contacts of a ledger: how private today and at the time, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from backchannel.analysis import gap_sides, phrases
from backchannel.analysis.ledger_records import PRIVATE, Contact, Outcome
from backchannel.analysis.timeline import KINDS, Kind
from backchannel.conversations.reports import span
from backchannel.records import Claim, Conversation, Document, Privacy

_OUTCOMES: Final[Mapping[Kind, Outcome]] = {"held": "held", "off": "failed", "denied": "failed"}
"""What was called off or refused, and what is only denied, came to nothing; plans are open."""


def contact(one: Conversation, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Contact:
    """Give a conversation as a contact of the ledger.

    Public documents of up to ``gap_sides.NEAR_DAYS`` days after it tell what was known then. A contact of which
    none of them told was private at the time, however open its telling is today.
    """
    told = gap_sides.told(one, claims, documents)
    public = {each.claim.id for each in told if each.side == "public"}
    days = None if one.when is None else span(one.when)
    return Contact(
        id=one.id,
        first=None if days is None else days[0].isoformat(),
        last=None if days is None else days[1].isoformat(),
        privacy=one.privacy,
        then=_then(one, public, None if days is None else days[1]),
        is_known_then=bool(public),
        is_private=one.privacy in PRIVATE or not public,
        outcome=_OUTCOMES.get(KINDS.get(one.status, "possible"), "open"),
        status=one.status,
        is_disputed=one.disputed,
        issues=one.issues,
        what=f"{phrases.parties(one)}: {phrases.what(one)}",
    )


def _then(one: Conversation, public: set[str], last: date | None) -> Privacy | None:
    """Give how privately it was said to be led by the last public word of its time; ``None`` where none told."""
    if not public:
        return None
    until = None if last is None else (last + timedelta(days=gap_sides.NEAR_DAYS)).isoformat()
    told = [step.privacy for step in one.privacy_history if until is None or step.on is None or step.on <= until]
    return told[-1] if told else one.privacy
