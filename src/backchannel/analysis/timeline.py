"""Lay conversations out in time: uncertain dates as spans, plans apart from what was held, disputes marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from backchannel.analysis import phrases
from backchannel.conversations.reports import span
from backchannel.records import PRIVATE, Conversation

Kind = Literal["held", "planned", "off", "denied", "possible"]
KINDS: Final[dict[str | None, Kind]] = {
    "occurred": "held",
    "ongoing": "held",
    "planned": "planned",
    "proposed": "planned",
    "postponed": "planned",
    "cancelled": "off",
    "refused": "off",
    "denied": "denied",
    "hypothetical": "possible",
}
_SHORT_DAYS = 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One conversation in time: the days it may lie on, both included; ``exact`` when they are told to the day."""

    id: str
    first: date
    last: date
    exact: bool
    told: str
    kind: Kind
    disputed: bool
    private: bool
    text: str
    independent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A stretch of time to draw on one axis, from ``first`` to ``last``, with what begins in it, oldest first."""

    title: str
    first: date
    last: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Dated conversations by year, or in one frame when they lie within two months; the undated ones apart."""

    frames: tuple[Frame, ...]
    undated: tuple[Conversation, ...]


def timeline(conversations: Iterable[Conversation]) -> Timeline:
    """Give the timeline of conversations; the order they come in does not matter."""
    told = sorted(conversations, key=_id)
    entries = sorted((_entry(one) for one in told if one.when is not None), key=_by_day)
    undated = tuple(sorted((one for one in told if one.when is None), key=_by_report))
    if not entries:
        return Timeline(frames=(), undated=undated)
    first, last = entries[0].first, max(entry.last for entry in entries)
    if (last - first).days <= _SHORT_DAYS and all(entry.exact for entry in entries):
        title = f"{phrases.day(first.isoformat())} to {phrases.day(last.isoformat())}"
        return Timeline(frames=(Frame(title=title, first=first, last=last, entries=tuple(entries)),), undated=undated)
    years = sorted({entry.first.year for entry in entries})
    return Timeline(frames=tuple(_year(year, entries) for year in years), undated=undated)


def cells(entry: Entry, frame: Frame, width: int) -> tuple[int, int]:
    """Give the half-open range of cells that an entry fills on an axis of ``width`` cells; at least one.

    >>> year = Frame(title="2023", first=date(2023, 1, 1), last=date(2023, 12, 31), entries=())
    >>> may = Entry(id="k", first=date(2023, 5, 1), last=date(2023, 5, 31), exact=False, told="May 2023", kind="held",
    ...     disputed=False, private=False, text="", independent=1)
    >>> cells(may, year, 36)
    (11, 15)
    """
    days = (frame.last - frame.first).days + 1
    start = max((entry.first - frame.first).days, 0) * width // days
    stop = -(-(min((entry.last - frame.first).days, days - 1) + 1) * width // days)
    return min(start, width - 1), max(stop, start + 1) if not entry.exact or entry.first != entry.last else start + 1


def _entry(conversation: Conversation) -> Entry:
    when = conversation.when
    if when is None:
        raise ValueError(f"{conversation.id} has no date; it stands among the undated")
    first, last = span(when)
    return Entry(
        id=conversation.id,
        first=first,
        last=last,
        exact=when.precision == "day",
        told=phrases.interval(when),
        kind=KINDS.get(conversation.status, "possible"),
        disputed=conversation.disputed,
        private=conversation.privacy in PRIVATE,
        text=f"{phrases.parties(conversation)}: {phrases.what(conversation)}",
        independent=conversation.independent,
    )


def _year(year: int, entries: list[Entry]) -> Frame:
    kept = tuple(entry for entry in entries if entry.first.year == year)
    return Frame(title=str(year), first=date(year, 1, 1), last=date(year, 12, 31), entries=kept)


def _id(conversation: Conversation) -> str:
    return conversation.id


def _by_day(entry: Entry) -> tuple[date, date, str]:
    return entry.first, entry.last, entry.id


def _by_report(conversation: Conversation) -> tuple[str, str]:
    return conversation.first_reported or "9999", conversation.id
