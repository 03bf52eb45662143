"""Count conversations by one thing they have: channel, form, privacy, status, year or party."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from backchannel.analysis import phrases
from backchannel.records import Conversation

By = Literal["channel", "form", "privacy", "status", "year", "party"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many conversations have a ``value``, ``None`` where it is unknown; ``label`` says it in words."""

    by: By
    value: str | None
    label: str
    conversations: int
    first: str | None
    last: str | None
    ids: tuple[str, ...]


def counts(conversations: Iterable[Conversation], by: By) -> tuple[Count, ...]:
    """Give the counts, the most frequent first, years in their order.

    A conversation counts once for each of its parties; one of which no day is told is of no year.
    """
    found: dict[str | None, list[Conversation]] = {}
    labels: dict[str | None, str] = {}
    for one in conversations:
        for value, label in _VALUES[by](one).items():
            found.setdefault(value, []).append(one)
            labels.setdefault(value, label)
    told = [_count(by, value, labels[value], some) for value, some in found.items()]
    if by == "year":
        return tuple(sorted(told, key=lambda one: (one.value is None, one.value or "")))
    return tuple(sorted(told, key=lambda one: (-one.conversations, one.label)))


def _count(by: By, value: str | None, label: str, some: list[Conversation]) -> Count:
    days = sorted(one.when.start for one in some if one.when is not None)
    return Count(
        by=by,
        value=value,
        label=label,
        conversations=len(some),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        ids=tuple(one.id for one in some),
    )


_Values = Mapping[str | None, str]


def _channel(one: Conversation) -> _Values:
    return {one.channel: phrases.CHANNELS[one.channel] if one.channel is not None else "unknown"}


def _form(one: Conversation) -> _Values:
    return {one.form: phrases.FORMS[one.form] if one.form is not None else "unknown"}


def _privacy(one: Conversation) -> _Values:
    told = "unknown" if one.privacy is None else f"{one.privacy}: {phrases.PRIVACIES[one.privacy]}"
    return {one.privacy: told}


def _status(one: Conversation) -> _Values:
    return {one.status: phrases.STATUSES[one.status] if one.status is not None else "unknown"}


def _year(one: Conversation) -> _Values:
    year = one.when.start[:4] if one.when is not None else None
    return {year: year or "undated"}


def _party(one: Conversation) -> _Values:
    return {party.actor: party.name or party.actor for party in one.parties}


_VALUES: Final[Mapping[By, Callable[[Conversation], _Values]]] = {
    "channel": _channel,
    "form": _form,
    "privacy": _privacy,
    "status": _status,
    "year": _year,
    "party": _party,
}
