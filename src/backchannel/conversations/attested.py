"""Say how declassified records attest a conversation, and from whom it was kept."""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.conversations.reports import Report
from backchannel.records import Attestation


def attestation(reports: Sequence[Report]) -> Attestation | None:
    """Give ``record`` where the head of a record tells it, else how the records that tell it alone know of it.

    Told by declassified records alone it is known by ``mention``, and ``no_record`` where a note says that none was
    found. ``None`` where no record tells it, or others tell it too without a record of it. Rows of tables tell nothing.
    """
    told = [one for one in reports if one.teller.kind != "import"]
    if any(one.lane == "talk" for one in told):
        return "record"
    if not told or not all(one.is_record for one in told):
        return None
    return "no_record" if any(one.is_unrecorded for one in told) else "mention"


def unknown_to(reports: Sequence[Report]) -> tuple[str, ...]:
    """Give the institutions, actors and persons from whom any report says the contact was kept, each once."""
    return tuple(sorted({one for report in reports for one in report.withheld}))
