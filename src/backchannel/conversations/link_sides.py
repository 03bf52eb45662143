"""What of a public claim and of a record's claim counts for linking them: who, when, where, how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec

from backchannel import vocabulary
from backchannel.records import UNKNOWN, Claim, Document, Form, When
from backchannel.sources import record
from backchannel.sources.heads.lexicon import lexicon

FILE = "links.yml"
RECORDED = "markup"
"""What claims of records have in their field ``by``."""
_ROWS = "import:"
_TOLD = frozenset({"occurred", "ongoing", "planned"})
_STAY = timedelta(days=31)
"""How far from a visit days in its remarks can still be of the same stay."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = re.compile(rf"\b({_MONTHS}) (\d{{1,2}})(?:\s*[–-]\s*(\d{{1,2}})\b)?")
_HALF = 180
_TITLES = frozenset({"prime", "president-elect", "crown", "state", "regent", "elect", "of", "the"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One who is named on either side: for which actor, as which person, in which words.

    ``id`` is ours, where one is known; ``spelt`` are further spellings of the name, or names of those who came along.
    """

    actor: str | None
    person: str | None
    text: str = ""
    id: str | None = None
    spelt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    def gap(self, other: Span) -> int:
        """Give how many days lie from one to the other, 0 where they share a day."""
        return max((max(self.first, other.first) - min(self.last, other.last)).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The public side: a visit or journey of ``lead`` to ``host``, or a contact that was told of (``lead`` is ``None``).

    ``stay`` are all days that the remarks on a visit tell. ``ground`` is the state whose ground it was on, where only
    that is known of the place.
    """

    claim: str
    days: Span
    stay: Span
    actors: frozenset[str]
    people: tuple[Someone, ...]
    form: Form | None
    place: str | None
    country: str | None
    lead: Someone | None = None
    title: str | None = None
    host: str | None = None
    is_gathering: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The recorded side: the talk, everyone listed, and whether its hours are told by the clock of Greenwich."""

    claim: str
    days: Span
    actors: frozenset[str]
    people: tuple[Someone, ...]
    form: Form | None
    place: str | None
    country: str | None
    is_utc: bool = False


def talk(claim: Claim) -> Talk | None:
    """Give what a record's claim tells, ``None`` for any other claim, and for one without a day or a second side."""
    days = _span(claim.when)
    if claim.by != RECORDED or claim.kind != "contact" or days is None:
        return None
    people = tuple(_people(claim))
    sides = {one.actor for one in people}
    if len(sides) < 2:
        return None
    return Talk(
        claim=claim.id,
        days=days,
        actors=frozenset(one.actor for one in claim.parties if one.actor != UNKNOWN),
        people=people,
        form=claim.form,
        place=claim.where.text if claim.where is not None else None,
        country=claim.where.country if claim.where is not None else None,
        is_utc=any(str(hour or "").endswith("Z") for hour in claim.extensions.get("hours", ())),
    )


def event(claim: Claim, document: Document | None) -> Event | None:
    """Give what a public claim tells, ``None`` where it was not public at the time or tells nothing that can be linked.

    A record's own words are not public, nor is what was published long after; what is denied or was called off did not
    take place.
    """
    days = _span(claim.when)
    if claim.kind != "contact" or claim.by == RECORDED or days is None:
        return None
    if claim.by.startswith(_ROWS):
        return _journey(claim, days)
    if document is None or record.KEY in document.meta or claim.status not in _TOLD:
        return None
    return _told(claim, days) if _is_of_the_time(document, days) else None


def _told(claim: Claim, days: Span) -> Event | None:
    """A contact that a readout or a report tells: at least two parties that are known, and no long span."""
    actors = frozenset(one.actor for one in claim.parties if one.actor != UNKNOWN)
    if len(actors) < 2 or (days.last - days.first).days > int(settings()["longest"]):
        return None
    return Event(
        claim=claim.id,
        days=days,
        stay=days,
        actors=actors,
        people=tuple(one for one in _people(claim) if one.person is not None),
        form=claim.form,
        place=claim.where.text if claim.where is not None else None,
        country=claim.where.country if claim.where is not None else None,
    )


def _journey(claim: Claim, days: Span) -> Event | None:
    """A row of a table: who goes, and to whom; without a name it is nobody's."""
    guest = next((one for one in claim.parties if one.role == "initiator"), None)
    host = next((one for one in claim.parties if one.role == "recipient"), None)
    if guest is None or host is None or guest.person is None:
        return None
    row = values(claim)
    remarks = str(row.get("description") or row.get("remarks") or "")
    title, spelt = _as_written(str(row.get("visitor") or ""))
    ground = claim.where.country if claim.where is not None else host.actor
    return Event(
        claim=claim.id,
        days=days,
        stay=_stay(remarks, days),
        actors=frozenset(one.actor for one in claim.parties if one.actor != UNKNOWN),
        people=tuple(one for one in _people(claim) if one.person not in (None, guest.person)),
        form=claim.form,
        place=claim.where.text if claim.where is not None else None,
        country=None if ground == UNKNOWN else ground,
        lead=Someone(actor=None if guest.actor == UNKNOWN else guest.actor, person=guest.person, spelt=spelt),
        title=title or None,
        host=None if host.actor == UNKNOWN else host.actor,
        is_gathering=re.search(settings()["gathering"], remarks) is not None,
    )


def values(claim: Claim) -> Mapping[str, Any]:
    """Give the values of the row that a claim rests on, as its evidence quotes it; none where it quotes none."""
    told = next((one.text for one in claim.evidence.get("status", ()) if one.by == claim.by), None)
    try:
        found = msgspec.json.decode(told) if told is not None else {}
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _as_written(visitor: str) -> tuple[str, tuple[str, ...]]:
    """Give the title of who came and the names of all, as a row writes them.

    >>> _as_written("Prime Minister Ada Reed and Foreign Minister Ole Berg")
    ('Prime Minister', ('Ada Reed', 'Ole Berg'))
    """
    title, names = "", []
    for part in re.split(r",\s*|\s+and\s+", visitor):
        words = part.split()
        at = next((at for at, word in enumerate(words) if word.lower().strip(".") not in titles()), len(words))
        title = title or " ".join(words[:at])
        names += [" ".join(words[at:])] if at < len(words) else []
    return title, tuple(names)


def _people(claim: Claim) -> Iterator[Someone]:
    """Yield everyone whom a claim names: its list where it has one, and the persons of its parties."""
    listed = claim.extensions.get("participants", ())
    rows = [one for one in listed if isinstance(one, dict)] if isinstance(listed, (list, tuple)) else []
    for one in rows:
        yield Someone(
            actor=one.get("actor"),
            person=one.get("person"),
            text=str(one.get("name") or one.get("text") or ""),
            id=one.get("id"),
        )
    known = {(one.get("actor"), one.get("person")) for one in rows}
    for party in claim.parties:
        if party.person is not None and (party.actor, party.person) not in known:
            yield Someone(actor=None if party.actor == UNKNOWN else party.actor, person=party.person)


def _is_of_the_time(document: Document, days: Span) -> bool:
    published = document.published
    return published is not None and published <= days.last + timedelta(days=int(settings()["late"]))


def _span(when: When | None) -> Span | None:
    """Give the days of a claim; ``None`` where no day is told."""
    if when is None or when.precision != "day":
        return None
    return Span(first=date.fromisoformat(when.start), last=date.fromisoformat(when.end))


def _stay(remarks: str, days: Span) -> Span:
    """Give all days of a visit, those in its remarks included where they lie near."""
    told = [one for one in _days_in(remarks, days.first) if days.first - _STAY <= one <= days.last + _STAY]
    return Span(first=min([days.first, *told]), last=max([days.last, *told]))


def _days_in(remarks: str, near: date) -> Iterator[date]:
    """Yield the days that remarks name, each in the year that brings it nearest."""
    for month, first, last in _DAYS.findall(remarks):
        for number in (first, last):
            found = _nearest(near, _MONTHS.split("|").index(month) + 1, int(number)) if number else None
            if found is not None:
                yield found


def _nearest(near: date, month: int, day: int) -> date | None:
    try:
        own = date(near.year, month, day)
        if abs((own - near).days) <= _HALF:
            return own
        return date(near.year + (1 if own < near else -1), month, day)
    except ValueError:
        return None


@cache
def titles() -> frozenset[str]:
    """Give words that stand before a name and are none of it, in small letters."""
    known = lexicon()
    return known.courtesy | known.ranks | known.holders | known.office | _TITLES


@cache
def content() -> Any:
    """Give the words and weights of linking."""
    return vocabulary.load(FILE)


@cache
def settings() -> Mapping[str, Any]:
    """Give the settings of linking with its words for gatherings."""
    found: Mapping[str, Any] = {**content()["settings"], "gathering": content()["gathering"]}
    return found
