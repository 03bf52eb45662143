"""Gather the claims of a conversation by who tells them, and say which claim only repeats which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from backchannel.conversations.copies import retold
from backchannel.conversations.reports import Report
from backchannel.records import Origin

LOUDEST: Final = ("official", "person", "document", "unnamed", "media", "outlet", "import")
"""Kinds of tellers, the plainest voice first."""


def origins(reports: Sequence[Report]) -> tuple[Origin, ...]:
    """Give the independent tellers, those of most claims first.

    A report of an outlet's story is no teller beside the outlet's unnamed source: it repeats it.
    """
    found = [
        Origin(
            origin=key,
            kind=min((r.teller.kind for r in group), key=LOUDEST.index),
            claims=tuple(sorted(r.id for r in group)),
        )
        for key, group in by_teller(reports).items()
    ]
    return tuple(sorted(found, key=_most_claims))


def independent(reports: Sequence[Report]) -> int:
    """Give the number of tellers that still stand by a claim.

    Imports do not count, nor what was only in retracted texts or in editions that a newer one replaced.
    """
    return sum(
        any(r.teller.kind != "import" and r.state == "current" for r in group) for group in by_teller(reports).values()
    )


def rests_on(reports: Sequence[Report]) -> dict[str, str]:
    """Give, for each claim that adds no word of its own, the claim that it repeats: its teller's first.

    The first is the earliest published; of one day the text that others copy, then what its teller says itself before
    what others quote of it. A denial repeats only denials. Imports repeat nothing that is known.
    """
    found = {}
    for group in by_teller(reports).values():
        for denies in (False, True):
            told = [r for r in group if (r.status == "denied") == denies and r.teller.kind != "import"]
            first = min(told, key=_first_told, default=None)
            found.update({r.id: first.id for r in told if first is not None and r is not first})
    return dict(sorted(found.items()))


def by_teller(reports: Sequence[Report]) -> dict[str, list[Report]]:
    """Reports by the key of their teller; a retelling of an outlet's story goes to what the outlet rests on."""
    rests = retold(reports)
    told: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        told[rests.get(report.teller.origin, report.teller.origin)].append(report)
    return told


def _first_told(report: Report) -> tuple[date, bool, bool, str, int, str]:
    copies = report.family is not None and not f"{report.family}#".startswith(f"{report.document}#")
    place = report.sentence if report.sentence is not None else 0
    return (report.published or date.max, copies, report.teller.kind == "media", report.document, place, report.id)


def _most_claims(origin: Origin) -> tuple[int, str]:
    return (-len(origin.claims), origin.origin)
