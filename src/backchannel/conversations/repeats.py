"""Gather the claims of a conversation by who tells them, and say which claim only repeats which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from backchannel.conversations.copies import retold
from backchannel.conversations.reports import Report
from backchannel.records import Origin

LOUDEST: Final = ("official", "person", "document", "unnamed", "media", "outlet", "import")
"""Kinds of tellers, the plainest voice first."""
_SOURCES: Final = ("official", "person", "document", "unnamed")
"""Kinds that a paper names for what it tells."""
_OUTLETS: Final = ("outlet", "media")
_Place = tuple[str, bool]
"""A text with its copies and what retells it, and whether it denies."""


def sourced(reports: Sequence[Report]) -> list[Report]:
    """Give the reports with the teller on whose word each of them rests.

    What an outlet tells in its own words rests on its unnamed source where one tells it, else on the first source that the
    same text names for the contact: a paper tells what it was told. What others retell of its story rests on the same.
    Who denies is no source of what is told, nor the other way.
    """
    if not any(r.teller.kind in _OUTLETS for r in reports):
        return list(reports)
    keys = {(r.teller.origin, r.status == "denied") for r in reports}
    sources: dict[_Place, Report] = {}
    for report in reports:
        if report.teller.kind in _SOURCES:
            place = _place(report)
            sources[place] = min(sources.get(place, report), report, key=_first_told)
    own = [_resting(r, _source(r, keys, sources)) for r in reports]
    rests = {side: retold(r for r in own if (r.status == "denied") is side) for side in (True, False)}
    return [_resting(r, rests[r.status == "denied"].get(r.teller.origin, r.teller.origin)) for r in own]


def origins(reports: Sequence[Report]) -> tuple[Origin, ...]:
    """Give the independent tellers, those of most claims first."""
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
    """Give the reports by the key of their teller."""
    told: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        told[report.teller.origin].append(report)
    return told


def _source(report: Report, keys: Container[tuple[str, bool]], sources: Mapping[_Place, Report]) -> str:
    """The key under which an outlet's own word counts; another teller's is its own."""
    own = report.teller.origin
    if report.teller.kind != "outlet":
        return own
    unnamed = own.replace("outlet:", "unnamed:", 1)
    if (unnamed, report.status == "denied") in keys:
        return unnamed
    named = sources.get(_place(report))
    return own if named is None else named.teller.origin


def _resting(report: Report, origin: str) -> Report:
    if origin == report.teller.origin:
        return report
    return replace(report, teller=replace(report.teller, origin=origin))


def _place(report: Report) -> _Place:
    text = report.copies or report
    return text.family if text.family is not None else text.document, report.status == "denied"


def _first_told(report: Report) -> tuple[date, bool, bool, str, int, str]:
    copies = report.family is not None and not f"{report.family}#".startswith(f"{report.document}#")
    place = report.sentence if report.sentence is not None else 0
    return (report.published or date.max, copies, report.teller.kind == "media", report.document, place, report.id)


def _most_claims(origin: Origin) -> tuple[int, str]:
    return (-len(origin.claims), origin.origin)
