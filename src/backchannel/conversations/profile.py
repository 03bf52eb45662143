"""What is compared of a report: slim columns, folded, with days as ordinals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from backchannel.conversations.persons import Persons, persons_of
from backchannel.conversations.reports import Report, fold, span


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is compared of a report, or of several that look just like it: days as ordinals, names folded.

    ``anchors`` are the ids of reports whose contact it goes on about. What no sign looks at is left out, so that more
    reports look alike: the outlet of one that does not lead its text, the day of publication of one that tells the day
    (the told one stands for it).
    """

    ids: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    sentences: frozenset[tuple[str, int]] = frozenset()
    anchors: frozenset[str] = frozenset()
    leads: bool
    outlet: str | None
    parties: frozenset[str]
    mediators: frozenset[str]
    organisation: str | None
    persons: Persons
    form: str | None
    status: str | None
    told: tuple[int, int, str] | None
    published: int | None
    place: str | None
    country: str | None
    issues: frozenset[str]
    privacy: str | None
    channel: str | None
    hours: tuple[str, str | None] | None = None
    lane: str | None = None
    is_unrecorded: bool = False

    def day(self) -> int | None:
        """The day at which a report is laid in time: told, else the document's."""
        return self.told[0] if self.told is not None else self.published


def profile(report: Report) -> Profile:
    """Give what is compared of a report, without its place in a text; defaulted values say nothing and are left out.

    A copy has the profile of what it copies.
    """
    report = report.copies or report
    told = None
    if report.when is not None and report.tells_day:
        first, last = span(report.when)
        told = (first.toordinal(), last.toordinal(), report.when.precision)
    known = common(report.known())
    where = report.where
    day = report.published.toordinal() if report.published is not None else None
    of_the_day = told is None or (day is not None and told[0] <= day <= told[1])
    leads = report.leads and report.teller.kind == "official" and of_the_day
    return Profile(
        leads=leads,
        outlet=report.outlet if leads else None,
        parties=known,
        mediators=common(frozenset(p.actor for p in report.parties if p.role == "mediator") & known),
        organisation=next((p.sector for p in report.parties if p.actor in known and p.sector is not None), None),
        persons=persons_of(report),
        form=report.form if "form" not in report.defaulted and not report.is_remote else None,
        status=report.status,
        told=told,
        published=told[0] if told is not None and day is not None and not leads else day,
        place=fold(where.text) if where is not None else None,
        country=where.country if where is not None else None,
        issues=common(frozenset(report.issues)),
        privacy=report.privacy if "privacy" not in report.defaulted else None,
        channel=report.channel if "channel" not in report.defaulted else None,
        hours=report.hours,
        lane=report.lane,
        is_unrecorded=report.is_unrecorded,
    )


def goes_on(one: Profile, other: Profile) -> bool:
    """True when one of the two goes on about what the other tells, or both about what a third tells."""
    if not one.anchors and not other.anchors:
        return False
    return bool(
        one.anchors & other.anchors or one.anchors.intersection(other.ids) or other.anchors.intersection(one.ids)
    )


@lru_cache(maxsize=1 << 16)
def common(values: frozenset[str]) -> frozenset[str]:
    """Give one set for all equal ones, which a million profiles then share."""
    return values
