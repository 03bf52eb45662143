"""Say how declassified records attest a conversation, and from whom it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from backchannel.conversations.reports import Report
from backchannel.records import Attestation, Status

_TOLD_OF: Final = frozenset({"occurred", "ongoing", "denied"})
"""Statuses of what somebody says took place or says did not; a plan or a hope leaves no record to miss."""


def attestation(reports: Sequence[Report], status: Status | None) -> Attestation | None:
    """Give ``record`` where the head of a record tells it, else how the records that tell it alone know of it.

    Told by declassified records alone, as held or denied and apart from the talks that they record (``mentions``), it
    is known by ``mention``, and ``no_record`` where a note says that none was found. ``None`` where no record tells it,
    where others tell it too without a record of it, or where it remained a plan. Rows of tables tell nothing.
    """
    told = [one for one in reports if one.teller.kind != "import"]
    if any(one.lane == "talk" for one in told):
        return "record"
    if status not in _TOLD_OF or not all(one.is_record for one in told) or not any(one.is_mention for one in told):
        return None
    return "no_record" if any(one.is_unrecorded for one in told) else "mention"


def unknown_to(reports: Sequence[Report]) -> tuple[str, ...]:
    """Give the institutions, actors and persons from whom any report says the contact was kept, each once."""
    return tuple(sorted({one for report in reports for one in report.withheld}))
