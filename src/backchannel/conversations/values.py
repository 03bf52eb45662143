"""Choose the values of a conversation when its claims disagree, by the rules of the codebook."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from backchannel.conversations.reports import Report, fold, span
from backchannel.records import (
    UNKNOWN,
    Channel,
    ConversationParty,
    Form,
    Party,
    Privacy,
    PrivacyStep,
    Role,
    Status,
    StatusStep,
    When,
    Where,
)

T = TypeVar("T")
_PRIVACY: Final[tuple[Privacy, ...]] = ("public", "closed", "undisclosed", "secret")
_CHANNELS: Final[tuple[Channel, ...]] = ("backchannel", "intermediary", "track_1_5", "track_2", "nonstate", "front")
_FORMS: Final[dict[Form, int]] = {
    "contact": 0,
    "visit": 1,
    "meeting": 2,
    "call": 2,
    "message": 2,
    "negotiation": 3,
    "mediation": 3,
    "summit": 3,
}
_LADDER: Final[dict[Status, int]] = {
    "hypothetical": 0,
    "proposed": 1,
    "planned": 2,
    "postponed": 3,
    "occurred": 4,
    "ongoing": 4,
    "cancelled": 4,
    "refused": 4,
    "denied": 4,
}
_TOOK_PLACE: Final = ("occurred", "ongoing")
_CAME_TO_NOTHING: Final = ("cancelled", "refused")
_PLAIN: Final[tuple[Form, ...]] = ("meeting", "call", "message")
_TALKS: Final = ("negotiation", "mediation")
_A_WEEK = timedelta(days=7)
_FINENESS: Final = {"day": 0, "month": 1, "year": 2}
_AT_THE_TIME = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Generic[T]):
    """A value with the rivals that exclude it, as text; no rivals when all agree."""

    value: T | None
    rivals: tuple[str, ...] = ()


def parties(reports: Sequence[Report]) -> tuple[ConversationParty, ...]:
    """Give every party, those named by most origins first; ``UNKNOWN`` only where fewer than two are known."""
    named: defaultdict[str, list[tuple[str, Party]]] = defaultdict(list)
    for report in reports:
        for party in report.parties:
            named[party.actor].append((report.teller.origin, party))
    if len(named) > 2:
        named.pop(UNKNOWN, None)
    found = [_party(actor, told) for actor, told in named.items()]
    return tuple(sorted(found, key=_named_by_most))


def form(reports: Sequence[Report]) -> Form | None:
    """Give the most specific form attested, then the one of most origins.

    A report that only goes on about the contact ("the talks lasted") counts for want of another, a defaulted form for
    want of any. Talks of named persons or told for a day are what they are told to be, a meeting or call, unless two
    origins tell of a negotiation; a summit takes three parties.
    """
    told: dict[Form, set[str]] = {}
    for kept in (_is_own_form, _is_told_form, _any_form):
        told = told or _told((r, r.form) for r in reports if kept(r))
    if "summit" in told and len({actor for r in reports for actor in r.known()}) == 2:
        told["meeting"] = told.pop("summit") | told.get("meeting", set())
    plain = [value for value in _PLAIN if value in told and any(_is_definite(r, value) for r in reports)]
    if plain:
        told = {value: origins for value, origins in told.items() if value not in _TALKS or len(origins) > 1}
    ranked: list[Form] = sorted(told, key=lambda value: (-_FORMS[value], -len(told[value]), value))
    return ranked[0] if ranked else None


def _is_own_form(report: Report) -> bool:
    return "form" not in report.defaulted and not report.points_back


def _is_told_form(report: Report) -> bool:
    return "form" not in report.defaulted


def _any_form(report: Report) -> bool:
    return report.form is not None


def _is_definite(report: Report, form: Form) -> bool:
    """True when a report tells this form of one contact: of persons, or on a day, in days at most a week apart."""
    if report.form != form or "form" in report.defaulted:
        return False
    if report.when is None or report.when.precision != "day":
        return any(p.person is not None for p in report.parties) and report.where is not None
    first, last = span(report.when)
    return last - first <= _A_WEEK


def channel(reports: Sequence[Report]) -> Channel | None:
    """Give the most specific channel attested: any before ``front``, in the codebook's order."""
    told = {r.channel for r in reports}
    return next((value for value in _CHANNELS if value in told), None)


def issues(reports: Sequence[Report]) -> tuple[str, ...]:
    """Give every issue, those told by most origins first."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        for issue in report.issues:
            told[issue].add(report.teller.origin)
    return tuple(sorted(told, key=lambda issue: (-len(told[issue]), issue)))


def when(reports: Sequence[Report]) -> Chosen[When]:
    """Give the finest time compatible with most origins; what was only planned counts where nothing else is told.

    A day that is only the document's counts where no words tell one.
    """
    timed = [r for r in reports if r.when is not None]
    timed = [r for r in timed if r.tells_day] or timed
    done = [r for r in timed if r.status in (*_TOOK_PLACE, "denied", "refused")]
    dated = done or _latest_plan(timed)
    told = _told((r, r.when) for r in dated)
    support = {one: set().union(*(told[other] for other in told if _overlap(one, other))) for one in told}
    ranked = sorted(told, key=lambda w: (-len(support[w]), _FINENESS[w.precision], -len(told[w]), w.start, w.end))
    if not ranked:
        return Chosen(value=None)
    rivals = [w for w in ranked if not _overlap(ranked[0], w)]
    return Chosen(value=ranked[0], rivals=tuple(_interval(w) for w in rivals))


def where(reports: Sequence[Report]) -> Chosen[Where]:
    """Give the place compatible with most origins, a town before its country; places in other states are rivals."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    places: dict[str, Where] = {}
    for report in reports:
        if report.where is not None:
            key = fold(report.where.text)
            told[key].add(report.teller.origin)
            places[key] = min(places.get(key, report.where), report.where, key=_place_order)
    support = {k: set().union(*(told[o] for o in told if _one_place(places[k], places[o]))) for k in told}
    ranked = sorted(told, key=lambda key: (-len(support[key]), -len(told[key]), -len(key), key))
    if not ranked:
        return Chosen(value=None)
    rivals = tuple(places[k].text for k in ranked if not _one_place(places[ranked[0]], places[k]))
    return Chosen(value=places[ranked[0]], rivals=rivals)


def privacy(reports: Sequence[Report], on: When | None) -> Chosen[Privacy]:
    """Give the most private value attested; a party that owned to it then caps it, with ``secret`` as a rival."""
    attested = [r for r in reports if r.privacy is not None and "privacy" not in r.defaulted]
    values = [r.privacy for r in attested or reports if r.privacy is not None]
    if not values:
        return Chosen(value=None)
    most = max(values, key=_PRIVACY.index)
    if _PRIVACY.index(most) > 1 and any(_acknowledged(r, on) for r in reports):
        return Chosen(value="closed", rivals=("secret",) if most == "secret" else ())
    return Chosen(value=most)


def privacy_history(reports: Sequence[Report]) -> tuple[PrivacyStep, ...]:
    """Give how it became known: each report that changed what had been said of its privacy, by date.

    What is only taken as usual says nothing of it, and counts for want of anything told.
    """
    steps: list[PrivacyStep] = []
    told = [r for r in reports if r.privacy is not None and "privacy" not in r.defaulted]
    for report in sorted(told or reports, key=_by_date):
        if report.privacy is not None and (not steps or steps[-1].privacy != report.privacy):
            steps.append(PrivacyStep(privacy=report.privacy, on=_iso(report.known_on), claim=report.id))
    return tuple(steps)


def status_history(reports: Sequence[Report], on: When | None = None) -> tuple[StatusStep, ...]:
    """Give the steps of the status by date: each report that raised it, and every denial and cancellation.

    What is told as done before the day of the contact, ``on``, was only announced then and makes no step.
    """
    steps: list[StatusStep] = []
    for report in sorted([r for r in reports if not _is_too_early(r, on)] or reports, key=_by_date):
        if report.status is not None and (not steps or _moves(steps[-1].status, report.status)):
            steps.append(StatusStep(status=report.status, on=_iso(report.known_on), claim=report.id))
    return tuple(steps)


def _is_too_early(report: Report, on: When | None) -> bool:
    if on is None or report.published is None or report.status not in _TOOK_PLACE:
        return False
    return report.published < span(on)[0]


def excluded(reports: Sequence[Report]) -> tuple[Status, ...]:
    """Give the statuses of which origins tell rival versions: denied or called off by one, done by another."""
    told = _told((r, r.status) for r in reports)
    done = set().union(*(told.get(status, set()) for status in _TOOK_PLACE))
    rivals: set[Status] = set()
    for status in ("denied", *_CAME_TO_NOTHING):
        others = set().union(*(told[s] for s in told if s != "denied")) if status == "denied" else done
        broken_off = status == "cancelled" and "occurred" not in told
        if told.get(status) and others - told[status] and not broken_off:
            rivals.add(status)
    return tuple(sorted(rivals))


def _moves(now: Status, told: Status) -> bool:
    if now == told:
        return False
    if told == "denied" or (told == "cancelled" and now not in ("denied", "refused")):
        return True
    if _LADDER[told] > _LADDER[now]:
        return True
    return told == "occurred" or (_LADDER[told] == _LADDER[now] and now == "denied")


def _acknowledged(report: Report, on: When | None) -> bool:
    """True when a party owned to the contact at the time: officially, by three days after it at the latest."""
    if (
        report.teller.kind != "official"
        or report.teller.actor not in report.known()
        or report.status in ("denied", None)
        or report.privacy in ("undisclosed", "secret")
    ):
        return False
    if on is None or report.known_on is None:
        return on is None and not report.is_record
    return report.known_on <= span(on)[1] + _AT_THE_TIME


def _latest_plan(reports: list[Report]) -> list[Report]:
    """Of plans, those told last count: a contact put off has its new day."""
    days = [r.published for r in reports if r.published is not None]
    return [r for r in reports if r.published is None or r.published == max(days)] if days else reports


def _told(pairs: Iterable[tuple[Report, T | None]]) -> dict[T, set[str]]:
    told: defaultdict[T, set[str]] = defaultdict(set)
    for report, value in pairs:
        if value is not None:
            told[value].add(report.teller.origin)
    return told


def _party(actor: str, told: list[tuple[str, Party]]) -> ConversationParty:
    names = Counter(p.name for _, p in told if p.name is not None)
    persons = Counter(p.person for _, p in told if p.person is not None)
    roles: Counter[Role] = Counter(p.role for _, p in told if p.role != "participant")
    return ConversationParty(
        actor=actor,
        name=min(names, key=lambda name: (-names[name], name), default=None),
        persons=tuple(sorted(persons, key=lambda name: (-persons[name], name))),
        role=min(roles, key=lambda role: (-roles[role], role), default="participant"),
        origins=len({origin for origin, _ in told}),
    )


def _named_by_most(party: ConversationParty) -> tuple[int, str]:
    return (-party.origins, party.actor)


def _overlap(one: When, other: When) -> bool:
    (a, b), (c, d) = span(one), span(other)
    return a <= d and c <= b


def _interval(when: When) -> str:
    return when.start if when.start == when.end else f"{when.start}/{when.end}"


def _one_place(one: Where, other: Where) -> bool:
    a, b = fold(one.text), fold(other.text)
    if a in b or b in a or one.country is None or other.country is None:
        return True
    return one.country == other.country


def _place_order(where: Where) -> tuple[bool, str, str]:
    return (where.country is None, where.country or "", where.text)


def _by_date(report: Report) -> tuple[date, bool, int, str]:
    rank = _LADDER[report.status] if report.status is not None else -1
    return (report.known_on or date.max, report.status != "denied", rank, report.id)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
