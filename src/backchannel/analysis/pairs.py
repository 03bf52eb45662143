"""Count conversations of two parties, of one actor, on one issue: how often, how privately, what came of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from backchannel.conversations.reports import span
from backchannel.records import HELD, PRIVATE, UNKNOWN, Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many conversations fall in a month (``2023-05``, ``2023`` when no month is told, ``None`` when undated).

    ``private`` are undisclosed or secret; ``other`` public, closed, or of unknown privacy.
    """

    month: str | None
    private: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What was told of some conversations, counted.

    ``acknowledged_share`` is the part of those with known privacy that are public or closed, ``private_share`` the part
    undisclosed or secret, both in [0, 1]; ``None`` when privacy is known of none. ``last_contact`` is the id of the
    latest one that took place, ``last_day`` its last day; ``disputes`` are the ids of the disputed ones.
    """

    conversations: int
    by_month: tuple[Month, ...]
    privacy: dict[str, int]
    status: dict[str, int]
    issues: dict[str, int]
    acknowledged_share: float | None
    private_share: float | None
    last_contact: str | None
    last_day: str | None
    disputes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Two parties, or an actor and a partner, with the number of their conversations; ``last`` is an ISO day."""

    parties: tuple[str, ...]
    names: tuple[str, ...]
    conversations: int
    private: int
    disputed: int
    first: str | None
    last: str | None


def tally(conversations: Iterable[Conversation]) -> Tally:
    """Give the counts of conversations; the order they come in does not matter."""
    told = sorted(conversations, key=_id)
    known = [one for one in told if one.privacy is not None]
    private = sum(one.privacy in PRIVATE for one in known)
    latest = max((one for one in told if one.status in HELD), key=_ended, default=None)
    return Tally(
        conversations=len(told),
        by_month=_by_month(told),
        privacy=_counted(one.privacy or "unknown" for one in told),
        status=_counted(one.status or "unknown" for one in told),
        issues=_counted(issue for one in told for issue in one.issues),
        acknowledged_share=round((len(known) - private) / len(known), 2) if known else None,
        private_share=round(private / len(known), 2) if known else None,
        last_contact=None if latest is None else latest.id,
        last_day=None if latest is None else last_day(latest),
        disputes=tuple(one.id for one in told if one.disputed),
    )


def partners(conversations: Iterable[Conversation], actor: str) -> tuple[Thread, ...]:
    """Give those with whom an actor was in contact, most conversations first; ``UNKNOWN`` is no partner."""
    told: defaultdict[str, list[Conversation]] = defaultdict(list)
    for one in conversations:
        for party in one.parties:
            if party.actor not in (actor, UNKNOWN):
                told[party.actor].append(one)
    return _ranked(_thread((partner,), group) for partner, group in told.items())


def threads(conversations: Iterable[Conversation]) -> tuple[Thread, ...]:
    """Give every two identified parties that were in contact, most conversations first.

    A conversation of three parties counts for each two of them, one of over four for none: a plenary is no thread.
    """
    told: defaultdict[tuple[str, ...], list[Conversation]] = defaultdict(list)
    for one in conversations:
        known = sorted({party.actor for party in one.parties} - {UNKNOWN})
        if len(known) <= 4:
            for pair in combinations(known, 2):
                told[pair].append(one)
    return _ranked(_thread(pair, group) for pair, group in told.items())


def last_day(conversation: Conversation) -> str | None:
    """Give the last day (ISO) of a conversation, else the day of its first report."""
    if conversation.when is None:
        return conversation.first_reported
    return span(conversation.when)[1].isoformat()


def _thread(parties: tuple[str, ...], group: Sequence[Conversation]) -> Thread:
    names = {party.actor: party.name or party.actor for one in group for party in one.parties}
    days = sorted(day for day in (last_day(one) for one in group) if day is not None)
    return Thread(
        parties=parties,
        names=tuple(names[actor] for actor in parties),
        conversations=len(group),
        private=sum(one.privacy in PRIVATE for one in group),
        disputed=sum(one.disputed for one in group),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _ranked(threads: Iterable[Thread]) -> tuple[Thread, ...]:
    return tuple(sorted(threads, key=_busiest))


def _by_month(told: Sequence[Conversation]) -> tuple[Month, ...]:
    private: Counter[str | None] = Counter()
    other: Counter[str | None] = Counter()
    for one in told:
        month = None if one.when is None else one.when.start[:7]
        (private if one.privacy in PRIVATE else other)[month] += 1
    months = sorted({*private, *other}, key=_undated_last)
    return tuple(Month(month=month, private=private[month], other=other[month]) for month in months)


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {value: counts[value] for value in sorted(counts, key=lambda value: (-counts[value], value))}


def _undated_last(month: str | None) -> tuple[bool, str]:
    return month is None, month or ""


def _ended(conversation: Conversation) -> tuple[str, str]:
    return last_day(conversation) or "", conversation.id


def _busiest(thread: Thread) -> tuple[int, int, tuple[str, ...]]:
    return -thread.conversations, -thread.private, thread.parties


def _id(conversation: Conversation) -> str:
    return conversation.id
