"""What a watch is, where it tells, and what it tells."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from backchannel.alerts import Backing, Kind

Means = Literal["atom", "calendar", "jsonl", "mail", "markdown", "webhook"]
Telling = Literal["alert", "conversation", "status", "gone", "plan", "summary"]
LABELS: Final[dict[str, str]] = {
    "conversation": "new conversation",
    "status": "status",
    "gone": "withdrawn",
    "plan": "planned meeting",
    "summary": "nothing new",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a watch tells what is new: by what means, and to which path, address or name; secrets are never in it."""

    means: Means
    to: str
    allow_private: bool = False

    @property
    def key(self) -> str:
        """What it is known by: two watches with the same one tell to it together."""
        return f"{self.means}:{self.to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved question, actors as ids, and where its answers go.

    ``alerts`` narrows it to alerts of these kinds. ``since`` is the day (ISO) from which on things are told; without
    one only what came after it was ``made``, alerts from ``horizon`` on, the last day that the store then knew of.
    ``read`` are paths and addresses to read before it is asked.
    """

    name: str
    actors: tuple[str, ...] = ()
    issue: str | None = None
    person: str | None = None
    alerts: tuple[Kind, ...] = ()
    minimum_independent: int | None = None
    since: str | None = None
    read: tuple[str, ...] = ()
    to: tuple[Destination, ...] = ()
    made: str
    horizon: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An event in a calendar; days are ISO, both included; ``sequence`` rises with each change, ``stamp`` is its time."""

    uid: str
    sequence: int
    stamp: str
    first: str
    last: str
    status: Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]
    summary: str
    description: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is new; its fields are the JSON that is delivered.

    ``id`` is the same whenever the same thing is told. ``at`` is when it was found (ISO, UTC), ``day`` the day on which
    it became known. ``parties`` are ids, ``names`` their names. ``because`` are lines to read, ``backing`` the sentences
    that it rests on. ``was`` and ``now`` are statuses; ``meeting`` is an entry of a calendar.
    """

    id: str
    kind: Telling
    label: str
    watches: tuple[str, ...]
    at: str
    day: str | None
    headline: str
    parties: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    conversation: str | None = None
    independent: int | None = None
    was: str | None = None
    now: str | None = None
    surprise: float | None = None
    because: tuple[str, ...] = ()
    backing: tuple[Backing, ...] = ()
    meeting: Meeting | None = None


def item_id(kind: str, *parts: str) -> str:
    """Give the id of an item, from its kind and what it hangs on.

    >>> item_id("status", "k_1", "planned") == item_id("status", "k_1", "planned") != item_id("status", "k_1", "held")
    True
    """
    return "w_" + hashlib.sha256("\x1f".join((kind, *parts)).encode()).hexdigest()[:24]


def to_record(one: Item | Watch) -> dict[str, Any]:
    """Give a record as plain JSON values."""
    made: dict[str, Any] = msgspec.to_builtins(one)
    return made


def item_from(record: dict[str, Any]) -> Item:
    """Give an item from its JSON."""
    return msgspec.convert(record, Item)


def watch_from(record: dict[str, Any]) -> Watch:
    """Give a watch from its JSON."""
    return msgspec.convert(record, Watch)
