"""Find which sentence a report goes on about: "they discussed", "the talks lasted", told on in the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from backchannel.conversations.persons import compare_persons, persons_of
from backchannel.conversations.reports import Report, span

_REACH: Final = 700
"""Characters between the beginnings of two sentences, above which the second is not taken to go on about the first."""
_HELD: Final = ("occurred", "ongoing")
"""What was said in talks that are still going on."""
_KNOWN: Final = {("denied", "occurred"), ("cancelled", "planned"), ("postponed", "planned"), ("refused", "proposed")}
"""What may be told of a contact known from before: it is denied, or comes to nothing."""
_DISTANT: Final = {"call", "message"}
_THERE: Final = {"meeting", "visit", "summit"}


def anchors(reports: Iterable[Report]) -> dict[str, Report]:
    """Give, by report id, the report whose contact it goes on about.

    Only a report that names no party anew goes on about another: the nearest before it in its document, or in the same
    sentence, that has its parties and whose persons, form, status and time do not exclude it. Of a chain all go on
    about its first report. What is only recalled ("the call followed their meeting in June") is not gone on about.
    """
    of: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.sentence is not None:
            of[report.document].append(report)
    found: dict[str, Report] = {}
    for told in of.values():
        told.sort(key=_place)
        for number, report in enumerate(told):
            if report.points_back and report.known():
                before = _nearest(report, [b for b in told[:number] if not b.points_back or b.id in found])
                if before is not None:
                    found[report.id] = found.get(before.id, before)
    return found


def _nearest(report: Report, before: Sequence[Report]) -> Report | None:
    """The report just before that can be gone on about; the same parties, status and form count before nearness."""
    near = [
        (b.known() == report.known(), b.status == report.status, b.form == report.form, number)
        for number, b in enumerate(before)
        if (report.sentence or 0) - (b.sentence or 0) <= _REACH and _can_be(report, b)
    ]
    return before[max(near)[-1]] if near else None


def _can_be(report: Report, before: Report) -> bool:
    if not report.known() <= before.known() or len(before.known()) < 2:
        return False
    if report.when is not None and before.when is not None and report.tells_day and not _overlap(report, before):
        return False
    if compare_persons(persons_of(report), persons_of(before)) == "persons.differ":
        return False
    forms = {one.form for one in (report, before) if "form" not in one.defaulted}
    if forms & _DISTANT and forms & _THERE:
        return False
    steps = (report.status, before.status)
    if steps == ("occurred", "planned"):
        return report.is_definite and report.when is None
    return report.status == before.status or steps == _HELD or (report.is_definite and steps in _KNOWN)


def _overlap(one: Report, other: Report) -> bool:
    if one.when is None or other.when is None:
        return True
    (a, b), (c, d) = span(one.when), span(other.when)
    return a <= d and c <= b


def _place(report: Report) -> tuple[int, bool, str]:
    return (report.sentence or 0, report.points_back, report.id)
