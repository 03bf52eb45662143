"""Compare two reports: the signs that they tell one contact or two, by name, and their sum in points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from backchannel.conversations.reports import Report, fold, span
from backchannel.conversations.weights import Weights
from backchannel.records import Reason

_TALK: Final = {"meeting", "visit", "summit", "negotiation", "mediation"}
_DISTANT: Final = {"call", "message"}
_REMOTE_OK: Final = {"negotiation", "mediation"}
_TO_COME: Final = {"planned", "proposed", "postponed", "hypothetical"}
_NOT_MET: Final = {"cancelled", "refused", "postponed"}
_VAGUE: Final = {"proposed", "hypothetical"}
_OPEN_TIME: Final = {"cancelled", "refused", "denied"}
_HIDDEN: Final = {"undisclosed", "secret"}
_UNOFFICIAL: Final = {"track_1_5", "track_2", "nonstate"}


Persons = tuple[tuple[str, frozenset[str]], ...]
"""Folded names of persons by party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is compared of a report, or of several that look just like it: days as ordinals, names folded.

    ``anchors`` are the ids of reports whose contact it goes on about.
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

    def day(self) -> int | None:
        """The day at which a report is laid in time: told, else the document's."""
        return self.told[0] if self.told is not None else self.published


def profile(report: Report) -> Profile:
    """Give what is compared of a report, without its place in a text; defaulted values say nothing and are left out."""
    told = None
    if report.when is not None and report.tells_day:
        first, last = span(report.when)
        told = (first.toordinal(), last.toordinal(), report.when.precision)
    known = report.known()
    where = report.where
    day = report.published.toordinal() if report.published is not None else None
    of_the_day = told is None or (day is not None and told[0] <= day <= told[1])
    return Profile(
        leads=report.leads and report.teller.kind == "official" and of_the_day,
        outlet=report.outlet,
        parties=known,
        mediators=frozenset(p.actor for p in report.parties if p.role == "mediator") & known,
        organisation=next((p.sector for p in report.parties if p.actor in known and p.sector is not None), None),
        persons=persons_of(report),
        form=report.form if "form" not in report.defaulted else None,
        status=report.status,
        told=told,
        published=day,
        place=fold(where.text) if where is not None else None,
        country=where.country if where is not None else None,
        issues=frozenset(report.issues),
        privacy=report.privacy if "privacy" not in report.defaulted else None,
        channel=report.channel if "channel" not in report.defaulted else None,
    )


def points(one: Profile, other: Profile, weights: Weights) -> int:
    """Give the sum of the signs in hundredths of log-odds; 0 means even odds."""
    table = weights.points
    return weights.start + sum(table[feature] for feature in signs(one, other))


def is_barred(one: Profile, other: Profile) -> bool:
    """True when the two cannot be one contact: they share no pair, or one sentence tells both of other parties."""
    if _namesakes(one, other):
        return True
    if one.parties == other.parties:
        return False
    return len(one.parties & other.parties) < min(2, len(one.parties), len(other.parties)) or bool(
        one.sentences & other.sentences
    )


def goes_on(one: Profile, other: Profile) -> bool:
    """True when one of the two goes on about what the other tells, or both about what a third tells."""
    if not one.anchors and not other.anchors:
        return False
    return bool(
        one.anchors & other.anchors or one.anchors.intersection(other.ids) or other.anchors.intersection(one.ids)
    )


def explain(one: Profile, other: Profile, weights: Weights) -> Iterator[Reason]:
    """Yield the signs as reasons to read, in the order compared."""
    for feature in signs(one, other):
        detail = weights.means[feature] + _shown(feature, one, other)
        yield Reason(feature=feature, weight=weights.points[feature] / 100, detail=detail)


def signs(one: Profile, other: Profile) -> list[str]:
    """Give the names of the features that hold of a pair, at most one of a kind (the part before the dot)."""
    found = [_parties(one, other)]
    found += [
        sign
        for sign in (
            _time(one, other),
            _form(one, other),
            _persons_sign(one, other),
            _where(one, other),
            _issues(one, other),
            _status(one, other),
            _privacy(one, other),
            _channel(one, other),
            _text(one, other),
        )
        if sign is not None
    ]
    return found


def _parties(one: Profile, other: Profile) -> str:
    common = one.parties & other.parties
    if one.parties == other.parties and common:
        return "parties.equal" if len(common) > 1 else "parties.single"
    if goes_on(one, other) and (one.parties <= other.parties or other.parties <= one.parties):
        return "parties.part"
    if len(common) < 2:
        return "parties.conflict"
    extra = one.parties ^ other.parties
    if extra <= one.mediators | other.mediators:
        return "parties.mediator"
    if len(common) >= 3 and 5 * len(common) >= 3 * len(one.parties | other.parties):
        return "parties.most"
    return "parties.subset" if common in (one.parties, other.parties) else "parties.overlap"


def _time(one: Profile, other: Profile) -> str | None:
    if goes_on(one, other) and (one.told is None or other.told is None):
        return None
    if one.told is not None and other.told is not None:
        return _both_told(one.told, other.told)
    if one.told is not None:
        return _told_and_published(one.told, other)
    if other.told is not None:
        return _told_and_published(other.told, one)
    return _both_published(one, other)


def _both_told(one: tuple[int, int, str], other: tuple[int, int, str]) -> str:
    gap = max(one[0], other[0]) - min(one[1], other[1])
    if gap <= 0:
        coarsest = {one[2], other[2]}
        if coarsest != {"day"}:
            return "time.same_year" if "year" in coarsest else "time.same_month"
        return "time.same_day" if one[:2] == other[:2] else "time.same_days"
    return "time.next_day" if gap == 1 else "time.other_day"


def _told_and_published(told: tuple[int, int, str], other: Profile) -> str:
    if other.published is None:
        return "time.undated"
    late = max(other.published - told[1], 0) + min(other.published - told[0], 0)
    if other.status in _TO_COME:
        return "time." + _announced(late)
    if late < 0 and other.status in _OPEN_TIME:
        return "time." + _announced(late)
    if late < 0:
        return "time.reported_eve" if late == -1 else "time.reported_before"
    if told[2] == "day":
        return "time." + _later(late)
    return "time.reported_later" if late else f"time.same_{told[2]}"


def _announced(late: int) -> str:
    if late > 0:
        return "announced_after"
    steps = ((-1, "announced_eve"), (-7, "announced"))
    return next((name for limit, name in steps if late >= limit), "announced_early")


def _later(days: int) -> str:
    steps = ((0, "reported_that_day"), (1, "reported_next_day"), (3, "reported_days_later"), (7, "reported_that_week"))
    return next((name for limit, name in steps if days <= limit), "reported_later")


def _both_published(one: Profile, other: Profile) -> str:
    if one.published is None or other.published is None:
        return "time.undated"
    first, second = sorted((one, other), key=_planned_first)
    if first.status in _TO_COME and second.status not in _TO_COME:
        wait = (second.published or 0) - (first.published or 0)
        if wait < 0:
            return "time.plan_after_report"
        if wait > 0:
            return "time." + (
                "plan_then_report" if wait <= 2 else "plan_week_before" if wait <= 7 else "published_far_apart"
            )
    gap = abs(one.published - other.published)
    if gap and gap <= 7 and one.status == other.status == "ongoing":
        return "time.running"
    steps = ((0, "same_day"), (1, "next_day"), (3, "days_apart"), (7, "week_apart"))
    return "time.published_" + next((name for limit, name in steps if gap <= limit), "far_apart")


def _planned_first(one: Profile) -> bool:
    return one.status not in _TO_COME


def _form(one: Profile, other: Profile) -> str | None:
    if one.form is None or other.form is None:
        return None
    if one.form == other.form:
        return "form.same" if one.form != "contact" else "form.compatible"
    pair = {one.form, other.form}
    if "contact" in pair or pair <= _TALK or (pair & _REMOTE_OK and pair & _DISTANT):
        return "form.compatible"
    return "form.conflict"


def _persons_sign(one: Profile, other: Profile) -> str | None:
    return compare_persons(one.persons, other.persons)


def compare_persons(ones: Persons, others: Persons) -> str | None:
    """Give the sign of the persons named for the parties that both name; nothing for one party with one person."""
    shared = 0
    for actor, names in ones:
        for same, theirs in others:
            if actor == same:
                shared += 1
                if not any(_one_person(a, b) for a in names for b in theirs):
                    return "persons.differ"
    return "persons.same" if shared > 1 else None


def _namesakes(one: Profile, other: Profile) -> bool:
    """True when a party is two persons of one surname: what one of them did the other did not."""
    theirs = dict(other.persons)
    return any(
        actor in theirs
        and not any(_one_person(a, b) for a in names for b in theirs[actor])
        and any(_surname(a) == _surname(b) for a in names for b in theirs[actor])
        for actor, names in one.persons
    )


@cache
def _one_person(one: str, other: str) -> bool:
    """True when two names can be one person's: one is part of the other, or surnames and given names are alike.

    A surname that is another's beginning is another spelling of it; a given name may be missing, an initial or short.

    >>> _one_person("bo lind", "lind"), _one_person("ada reed", "a. reed"), _one_person("ada reed", "bo reed")
    (True, True, False)
    """
    ones, others = one.split(), other.split()
    if set(ones) <= set(others) or set(others) <= set(ones):
        return True
    a, b = ones[-1], others[-1]
    if a != b and not (len(a) > 4 and len(b) > 4 and (a.startswith(b) or b.startswith(a))):
        return False
    first, second = ones[0].rstrip("."), others[0].rstrip(".")
    short = min(2, len(first), len(second))
    return len(ones) == 1 or len(others) == 1 or first[:short] == second[:short]


def _surname(name: str) -> str:
    return name.split()[-1]


def _where(one: Profile, other: Profile) -> str | None:
    if one.place is None or other.place is None or {one.form, other.form} & _DISTANT:
        return None
    if one.place == other.place:
        return "where.same"
    if one.country is None or other.country is None:
        return None
    return "where.country" if one.country == other.country else "where.differ"


def _issues(one: Profile, other: Profile) -> str | None:
    if not one.issues or not other.issues:
        return None
    return "issues.overlap" if one.issues & other.issues else "issues.differ"


def _status(one: Profile, other: Profile) -> str | None:
    to_come = (one.status in _TO_COME, other.status in _TO_COME)
    if goes_on(one, other):
        return None
    if to_come[0] != to_come[1] and one.documents & other.documents and not _one_told_day(one, other):
        return "status.again"
    if any(p.status in _NOT_MET for p in (one, other)) and any(p.status == "occurred" for p in (one, other)):
        return "status.not_met"
    if any(p.status == "ongoing" and p.told is None for p in (one, other)) and any(
        p.status == "occurred" and p.told is not None for p in (one, other)
    ):
        return "status.running"
    if any(_is_vague(p) for p in (one, other)) and one.status != other.status:
        return "status.vague"
    return None


def _is_vague(one: Profile) -> bool:
    """True for what may never be: proposed, supposed, or a plan to stay in contact, without a day."""
    if one.told is not None:
        return False
    return one.status in _VAGUE or (one.status == "planned" and one.form in (None, "contact"))


def _one_told_day(one: Profile, other: Profile) -> bool:
    return (
        one.told is not None
        and other.told is not None
        and _both_told(one.told, other.told) in ("time.same_day", "time.same_days")
    )


def _privacy(one: Profile, other: Profile) -> str | None:
    if one.privacy in _HIDDEN and other.privacy in _HIDDEN:
        return "privacy.same"
    return (
        "privacy.conflict"
        if {one.privacy, other.privacy} in ({"public", "secret"}, {"public", "undisclosed"})
        else None
    )


def _channel(one: Profile, other: Profile) -> str | None:
    if one.channel is None or other.channel is None:
        return None
    if one.channel == other.channel:
        return "channel.same" if one.channel != "front" else None
    return "channel.conflict" if (one.channel in _UNOFFICIAL) != (other.channel in _UNOFFICIAL) else None


def _text(one: Profile, other: Profile) -> str | None:
    if goes_on(one, other):
        return "text.goes_on"
    if one.documents & other.documents:
        return "sentence.apart" if one.sentences & other.sentences else "document.same"
    if one.leads and other.leads and one.outlet == other.outlet and one.published != other.published:
        return "leads.apart" if one.status == other.status == "occurred" else None
    return "family.same" if one.families & other.families else None


def persons_of(report: Report) -> Persons:
    """Folded names of persons by party, in order of the actors' ids."""
    named: dict[str, set[str]] = {}
    for party in report.parties:
        name = fold(party.person) if party.person is not None else ""
        if name:
            named.setdefault(party.actor, set()).add(name)
    return tuple((actor, frozenset(names)) for actor, names in sorted(named.items()))


def _shown(feature: str, one: Profile, other: Profile) -> str:
    """The values that the sign compares, after its meaning; empty where they add nothing."""
    kind = feature.split(".")[0]
    if kind == "parties":
        return ": " + ", ".join(sorted(one.parties & other.parties))
    if kind == "form" and one.form is not None and other.form is not None:
        return ": " + ", ".join(sorted({one.form, other.form}))
    if kind == "issues":
        return ": " + ", ".join(sorted(one.issues & other.issues or one.issues | other.issues))
    if kind == "where" and one.place is not None and other.place is not None:
        return ": " + ", ".join(sorted({one.place, other.place}))
    if kind == "persons":
        theirs = dict(other.persons)
        return ": " + ", ".join(
            sorted(n for actor, names in one.persons if actor in theirs for n in names | theirs[actor])
        )
    return ""
