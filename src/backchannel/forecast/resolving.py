"""Say what became of a forecast, by rule, from what documents told up to some days after its due day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from backchannel.forecast.answers import GRACE
from backchannel.forecast.asked import one_relation
from backchannel.forecast.events import EventStream
from backchannel.forecast.families import FAMILIES
from backchannel.forecast.known import Archive, archive
from backchannel.forecast.pairs_risk import FAMILY_OF
from backchannel.forecast.planned_record import GRACE as PLAN_GRACE
from backchannel.forecast.planned_record import plans, resolve
from backchannel.forecast.stored import of_records
from backchannel.records import Conversation
from backchannel.store import Foretold, Resolution, Store
from backchannel.store.forecasts import Outcome

THIN: Final = 0.25
"""The part of the usual documents a day below which a window was too thinly covered to say that nothing happened."""
USUAL_DAYS: Final = 90
_DAY = timedelta(days=1)
_Case = tuple[EventStream, tuple[str, ...]]
"""The events of one conversation or act, and the claims that tell it."""


def resolve_store(store: Store, *, now: datetime) -> list[Resolution]:
    """Resolve every forecast that documents reach far enough for, and give what is new.

    The rule looks only at what was told up to the last word of a forecast, so that reading more later changes nothing.

    Raises:
        StoreError: the store cannot be written.
    """
    known = archive(store)
    reach = known.reach
    waiting = [one for one, became in store.forecasts.all() if became is None]
    found = [
        replace(outcome(one, known), at=now.isoformat(timespec="seconds"))
        for one in waiting
        if reach is not None and reach >= last_word(one)
    ]
    fresh = set(store.forecasts.resolve(found))
    return [one for one in found if one.forecast in fresh]


def last_word(told: Foretold) -> date:
    """Give the last day of which documents count: the due day and the days in which what came may still be told."""
    return date.fromisoformat(told.due) + timedelta(days=PLAN_GRACE if told.kind == "planned" else GRACE)


def outcome(told: Foretold, known: Archive) -> Resolution:
    """Give what became of one forecast; documents must reach its last word."""
    if told.kind == "planned":
        return _planned(told, known)
    thin = thinness(known, date.fromisoformat(told.origin), last_word(told))
    if thin is not None:
        return _void(told, thin)
    cases = [*_cases(known, told.parties, last_word(told) + _DAY)]
    if not any(_before(stream, told.origin) for stream, _ in cases):
        return _void(
            told, "nothing told of them before is in the store any more: merged away, judged apart or withdrawn"
        )
    return _next(told, cases) if told.kind == "next" else _pair(told, cases)


def thinness(known: Archive, first: date, last: date) -> str | None:
    """Say how thinly some days are covered by documents; ``None`` where they are covered well enough."""
    before = min(USUAL_DAYS, max(1, (first - known.days[0]).days)) if known.days else USUAL_DAYS
    usual = known.documents(first - timedelta(days=before), first - _DAY) / before
    days = (last - first).days + 1
    told = known.documents(first, last)
    if told / days >= THIN * usual:
        return None
    return f"{told} documents in {days} days, where {usual * days:.0f} were usual: too few to say that nothing happened"


def _pair(told: Foretold, cases: Sequence[_Case]) -> Resolution:
    wanted = FAMILY_OF["talks" if told.kind == "talks" else "conflict"]
    one, other = told.parties
    claims: list[str] = []
    for stream, telling in cases:
        inside = _window(stream, told)
        is_pair = [
            {stream.actors[s], stream.actors[o]} == {one, other}
            for s, o in zip(inside.subject, inside.object, strict=True)
        ]
        if any(is_pair) and (inside.family[inside.relation[is_pair]] == wanted).any():
            claims += telling
    span = f"from {told.origin} to {told.due}"
    if claims:
        return _found(told, "yes", f"{told.kind} {span} are told of", claims)
    return _found(told, "no", f"no {told.kind} {span} told of by {last_word(told).isoformat()}")


def _next(told: Foretold, cases: Sequence[_Case]) -> Resolution:
    """The first day with an event of the relation decides; of several actors on it each came next."""
    events: list[tuple[int, str, tuple[str, ...]]] = []
    for stream, telling in cases:
        for day, other in _partners(stream, told):
            events.append((day, other, telling))
    if not events:
        return _void(told, f"no such event of {told.parties[0]} from {told.origin} to {told.due}")
    first = min(day for day, _, _ in events)
    came = tuple(sorted({other for day, other, _ in events if day == first}))
    claims = [claim for day, _, telling in events if day == first for claim in telling]
    on = date.fromordinal(first).isoformat()
    result: Outcome = "yes" if told.answer in came else "no"
    return replace(_found(told, result, f"next came {', '.join(came)} on {on}", claims), actual=came)


def _partners(stream: EventStream, told: Foretold) -> Iterator[tuple[int, str]]:
    """Give day and other side of the events of the window that are of the forecast's actor and relation."""
    inside = _window(stream, told)
    if not len(inside) or stream.start is None or not _has(stream, told.relation or ""):
        return
    narrowed, name = one_relation(inside, told.relation or "")
    wanted = narrowed.relations.index(name)
    for s, r, o, day in zip(inside.subject, narrowed.relation, inside.object, inside.time, strict=True):
        if r == wanted and stream.actors[s] == told.parties[0]:
            yield stream.start.toordinal() + int(day), stream.actors[o]


def _has(stream: EventStream, relation: str) -> bool:
    names = {name.casefold() for name in stream.relations} | {
        name.casefold().split("/")[0] for name in stream.relations
    }
    return relation.casefold() in names | {FAMILIES[code] for code in stream.family}


def _planned(told: Foretold, known: Archive) -> Resolution:
    there = [one for one in known.conversations if one.id == told.conversation]
    if not there:
        return _void(told, f"{told.conversation} is no conversation any more: merged away, judged apart or withdrawn")
    last, origin = last_word(told), date.fromisoformat(told.origin)
    plan = next(iter(plans(there, known.claims, known.known, now=last)), None)
    if plan is None:
        return _void(told, f"{told.conversation} is no plan any more: its claims are read otherwise now")
    words = [word for word in plan.words if word.on >= origin]
    result, _ = resolve(words, date.fromisoformat(told.due), last + _DAY)
    claims = [word.claim.id for word in words]
    if result == "held":
        return _found(told, "yes", f"held by {told.due}", claims)
    if result == "called off":
        return _found(told, "no", f"not held by {told.due}", claims)
    return _void(told, f"nothing told by {last.isoformat()} of whether it was held")


def _cases(known: Archive, parties: tuple[str, ...], before: date) -> Iterator[_Case]:
    """Give the events of the conversations and acts in which the parties are, as known at the beginning of a day."""
    wanted = set(parties)
    for conversation, reports in zip(known.conversations, known.reports, strict=True):
        named = {party.actor for report in reports for party in report.parties}
        if wanted <= named:
            yield from _told(
                replace(known, conversations=(conversation,), reports=(reports,)).as_of(before), known, before
            )
    for claim, on in known.acts_before(before):
        if wanted <= {party.actor for party in claim.parties}:
            yield of_records([], [(claim, on)]), (claim.id,)


def _told(found: Sequence[Conversation], known: Archive, before: date) -> Iterator[_Case]:
    for one in found:
        days = {claim: known.known.get(known.claims[claim].document) for claim in one.claims if claim in known.claims}
        yield of_records([one]), tuple(claim for claim, on in days.items() if on is not None and on < before)


def _before(stream: EventStream, origin: str) -> bool:
    return len(stream) > 0 and stream.first < stream.day_of(date.fromisoformat(origin))


def _window(stream: EventStream, told: Foretold) -> EventStream:
    if not len(stream):
        return stream
    first, last = (stream.day_of(date.fromisoformat(day)) for day in (told.origin, told.due))
    return stream.between(first, last + 1)


def _found(told: Foretold, result: Outcome, why: str, claims: Sequence[str] = ()) -> Resolution:
    return Resolution(forecast=told.id, at="", outcome=result, why=why, claims=tuple(dict.fromkeys(claims)))


def _void(told: Foretold, why: str) -> Resolution:
    return _found(told, "void", why)
