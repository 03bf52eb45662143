"""Link what was told in public with declassified records of the same event, each link with its reasons and a score.

A link is no merge: a visit of four days and the record of one hour in it stay two conversations.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from backchannel.actors.table import fold
from backchannel.conversations.link_people import sign_of
from backchannel.conversations.link_sides import FILE, Event, Talk, content, event, settings, talk
from backchannel.conversations.weights import probability
from backchannel.errors import VocabularyError
from backchannel.records import Claim, Document, Reason

__all__ = ["FEATURES", "Event", "Link", "Talk", "between", "event", "links", "points", "talk"]

FEATURES = frozenset(
    (
        "form.like",
        "form.same",
        "form.unlike",
        "gathering",
        "host.absent",
        "host.present",
        "lead.office",
        "lead.person",
        "lead.surname",
        "parties.same",
        "parties.shared",
        "person.told",
        "persons.absent",
        "persons.more",
        "persons.one",
        "place.elsewhere",
        "place.same",
        "place.state",
        "time.clock",
        "time.edge",
        "time.inside",
        "time.same_day",
        "time.stay",
        "time.within",
    )
)
_DAY = timedelta(days=1)
_LONGEST = timedelta(days=31)
"""Days that one recorded talk can last, at most."""
_BETWEEN_TWO_CLOCKS = frozenset({"call", "message"})
Signs = list[tuple[str, str | None]]
"""Features that hold, each with the words it rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A public claim and a record's claim of one event: ``score`` is a probability in [0, 1], ``reasons`` add up to it."""

    public: str
    recorded: str
    score: float
    reasons: tuple[Reason, ...]


def links(claims: Iterable[Claim], documents: Mapping[str, Document]) -> tuple[Link, ...]:
    """Give the links between claims, by the ids of both; what is not likelier than not is left out.

    Args:
        claims: public ones and those of records, in any order; others are passed over.
        documents: at least those of public claims that are no rows of a table, by id.
    """
    every = list(claims)
    events = [told for one in every if (told := event(one, documents.get(one.document))) is not None]
    talks = [held for one in every if (held := talk(one)) is not None]
    return between(events, talks)


def between(events: Iterable[Event], talks: Iterable[Talk]) -> tuple[Link, ...]:
    """Give the links between two sides; only what lies near in time is compared."""
    ordered = sorted(talks, key=_first)
    days = [one.days.first for one in ordered]
    found = []
    for one in events:
        since = bisect_left(days, one.stay.first - _DAY - _LONGEST)
        until = bisect_right(days, one.stay.last + _DAY)
        found += [link for other in ordered[since:until] if (link := _link(one, other)) is not None]
    return tuple(sorted(found, key=_ids))


def _link(one: Event, other: Talk) -> Link | None:
    """Give the link of a pair, ``None`` where something bars it or it scores too little."""
    signs = _journey_signs(one, other) if one.lead is not None else _told_signs(one, other)
    if signs is None:
        return None
    told = points()
    total = round(float(settings()["start"]) * 100) + sum(told[name][0] for name, _ in signs)
    least = round((float(settings()["threshold"]) + float(settings()["band"])) * 100)
    if total < least:
        return None
    reasons = sorted(((told[name][0], name, words) for name, words in signs), key=_strongest)
    return Link(
        public=one.claim,
        recorded=other.claim,
        score=probability(total),
        reasons=tuple(
            Reason(feature=name, weight=weight / 100, detail=told[name][1] + (f": {words}" if words else ""))
            for weight, name, words in reasons
        ),
    )


def _journey_signs(one: Event, other: Talk) -> Signs | None:
    """The signs of a visit or journey and a talk; whoever made it must have taken part, and met another side."""
    time = _journey_time(one, other)
    if time is None or one.lead is None:
        return None
    who = sign_of(one.lead, other.people, one.title)
    others = {two.actor for two in other.people if two.actor not in (None, one.lead.actor)}
    if who is None or not others:
        return None
    signs: Signs = [(f"lead.{who}", one.lead.person), time]
    if one.host in others:
        signs.append(("host.present", one.host))
    else:
        signs.append(("host.absent", ", ".join(sorted(filter(None, others)))))
        signs += [("gathering", None)] if one.is_gathering else []
    named = next((two.person for two in one.people if sign_of(two, other.people)), None)
    signs += [("person.told", named)] if named is not None else []
    return [*signs, *_place(one, other), *_form(one, other)]


def _journey_time(one: Event, other: Talk) -> tuple[str, str] | None:
    days = _interval(other)
    if one.days.gap(other.days) == 0:
        return "time.inside", days
    if one.stay.gap(other.days) == 0:
        return "time.stay", days
    return ("time.edge", days) if one.days.gap(other.days) == 1 else None


def _told_signs(one: Event, other: Talk) -> Signs | None:
    """The signs of a told contact and a talk: at least two parties in common, the same days."""
    shared = one.actors & other.actors
    time = _told_time(one, other)
    if len(shared) < 2 or time is None:
        return None
    signs: Signs = [("parties.same" if one.actors == other.actors else "parties.shared", ", ".join(sorted(shared)))]
    signs += [time, *_persons(one, other, shared), *_place(one, other), *_form(one, other)]
    return signs


def _told_time(one: Event, other: Talk) -> tuple[str, str] | None:
    days = _interval(other)
    gap = one.days.gap(other.days)
    if gap == 0:
        return ("time.same_day" if one.days.first == one.days.last else "time.within"), days
    has_two_clocks = other.is_utc or other.form in _BETWEEN_TWO_CLOCKS
    return ("time.clock", days) if gap == 1 and has_two_clocks else None


def _persons(one: Event, other: Talk, shared: frozenset[str]) -> Signs:
    """Who of those named in public is listed; a record lists everyone, so that one who is missing speaks against it."""
    named = [two for two in one.people if two.actor in shared]
    there = [two for two in named if sign_of(two, other.people) is not None]
    missing = [two for two in named if two not in there and any(who.actor == two.actor for who in other.people)]
    words = ", ".join(sorted({two.person or "" for two in there}))
    signs: Signs = []
    if there:
        signs.append(("persons.more" if len({two.actor for two in there}) > 1 else "persons.one", words))
    if missing:
        signs.append(("persons.absent", ", ".join(sorted({two.person or "" for two in missing}))))
    return signs


def _place(one: Event, other: Talk) -> Signs:
    """How the places lie; a call has none, and what is not told says nothing."""
    names = _names(one.place) & _names(other.place)
    if names:
        return [("place.same", other.place)]
    if one.country is None or other.country is None:
        return []
    is_one = one.country == other.country
    return [("place.state" if is_one else "place.elsewhere", f"{one.country}, {other.place or other.country}")]


def _names(place: str | None) -> frozenset[str]:
    """Give the towns that words for a place name, each under one of its names."""
    parts = [] if place is None else re.split(r"[,;/]| and ", fold(place).lower())
    plain = (re.sub(r"^(?:the|at) |[^\w' ]", "", part.strip()).strip() for part in parts)
    return frozenset(_towns().get(part, part) for part in plain if part)


@cache
def _towns() -> Mapping[str, str]:
    return {
        re.sub(r"^the |[^\w' ]", "", fold(name).lower()): fold(names[0]).lower()
        for names in content()["places"]
        for name in names
    }


def _form(one: Event, other: Talk) -> Signs:
    if one.form is None or other.form is None:
        return []
    if one.lead is None and one.form == other.form:
        return [("form.same", other.form)]
    is_like = any(one.form in some and other.form in some for some in content()["forms"])
    if is_like and one.lead is not None:
        return []
    return [("form.like" if is_like else "form.unlike", f"{one.form}, {other.form}")]


@cache
def points() -> Mapping[str, tuple[int, str]]:
    """Give what each feature adds, in hundredths of log-odds, and what it means.

    Raises:
        VocabularyError: the file lacks a feature or has an unknown one.
    """
    features = content()["features"]
    faults = [f"features.{name}: missing" for name in sorted(FEATURES - features.keys())]
    faults += [f"features.{name}: unknown" for name in sorted(features.keys() - FEATURES)]
    if faults:
        raise VocabularyError(FILE, faults)
    return {name: (round(entry["weight"] * 100), str(entry["means"])) for name, entry in features.items()}


def _interval(other: Talk) -> str:
    first, last = other.days.first.isoformat(), other.days.last.isoformat()
    return first if first == last else f"{first} to {last}"


def _first(one: Talk) -> tuple[str, str]:
    return one.days.first.isoformat(), one.claim


def _ids(one: Link) -> tuple[str, str]:
    return one.public, one.recorded


def _strongest(one: tuple[int, str, str | None]) -> tuple[int, str]:
    return -abs(one[0]), one[1]
