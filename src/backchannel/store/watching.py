"""Keep watches, and what is told to their destinations: queued before it is sent, marked after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from backchannel.errors import QueryError
from backchannel.records import Change
from backchannel.store.answers import change_from
from backchannel.store.engine import Database
from backchannel.store.rows import chunks, encode, moment
from backchannel.store.schema import changes, outbox, watches

_LONGEST: Final = 400
"""Characters of an error that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A watch: its record, the last change of a merge that it has looked at, and when it was last asked (ISO)."""

    name: str
    seen: int
    ran: str | None
    record: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One thing to tell to one destination.

    ``about`` is a conversation's id, or an event's in a calendar; what has one ``batch`` came in one run. ``sent`` is
    ``None`` while it waits, which it does until ``due`` where that is told; ``error`` is why it could not be sent.
    """

    number: int = 0
    destination: str
    item: str
    about: str | None
    batch: str
    record: dict[str, Any]
    queued: str
    sent: str | None = None
    due: str | None = None
    error: str | None = None


class Watching:
    """The watches of a store and their outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.running = database.running

    def add(self, name: str, record: Mapping[str, Any]) -> None:
        """Keep a watch; changes of earlier merges count as seen.

        Raises:
            QueryError: there is one of this name.
        """
        with self._database.transaction() as connection:
            if connection.execute(select(watches.c.name).where(watches.c.name == name)).first() is not None:
                raise QueryError(f"there is a watch named {name!r}; remove it first, or give another name")
            row = {"name": name, "seen": _last_change(connection), "ran": None, "record": encode(record)}
            connection.execute(insert(watches), row)

    def all(self) -> list[Kept]:
        """Give all watches, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(watches).order_by(watches.c.name)).all()
        return [Kept(name=r.name, seen=r.seen, ran=r.ran, record=msgspec.json.decode(r.record)) for r in rows]

    def remove(self, name: str, destinations: Iterable[str]) -> None:
        """Forget a watch, and what waits for these destinations."""
        with self._database.transaction() as connection:
            connection.execute(delete(watches).where(watches.c.name == name))
            for one in destinations:
                connection.execute(delete(outbox).where(outbox.c.destination == one, outbox.c.sent.is_(None)))

    def last_change(self) -> int:
        """Give the number of the last change of any merge, 0 where there is none."""
        with self._database.reading() as connection:
            return _last_change(connection)

    def changes(self, *, after: int, up_to: int) -> list[tuple[int, Change]]:
        """Give what merges changed after a number, with its number, oldest first."""
        wanted = select(changes.c.number, changes.c.record).where(changes.c.number > after, changes.c.number <= up_to)
        with self._database.reading() as connection:
            rows: list[Row[Any]] = list(connection.execute(wanted.order_by(changes.c.number)))
        return [(row.number, change_from(row)) for row in rows]

    def queue(self, parcels: Iterable[Parcel], *, asked: Iterable[str], seen: int, now: datetime) -> None:
        """Keep what is to be told and that these watches were asked, all or nothing; what was told before is left out."""
        with self._database.transaction() as connection:
            for one in parcels:
                same = (outbox.c.destination == one.destination, outbox.c.item == one.item)
                if connection.execute(select(outbox.c.number).where(*same)).first() is None:
                    connection.execute(insert(outbox), _row(one))
            for name in asked:
                values = {"seen": seen, "ran": moment(now)}
                connection.execute(update(watches).where(watches.c.name == name).values(values))

    def told(self, destination: str, items: Iterable[str]) -> set[str]:
        """Give which of these items were queued for a destination at any time."""
        found: set[str] = set()
        with self._database.reading() as connection:
            for some in chunks(items):
                wanted = select(outbox.c.item).where(outbox.c.destination == destination, outbox.c.item.in_(some))
                found.update(connection.execute(wanted).scalars())
        return found

    def told_about(self, destination: str, about: str) -> bool:
        """Tell whether anything about a conversation was queued for a destination."""
        wanted = select(outbox.c.number).where(outbox.c.destination == destination, outbox.c.about == about)
        with self._database.reading() as connection:
            return connection.execute(wanted.limit(1)).first() is not None

    def told_since(self, destination: str, day: str) -> bool:
        """Tell whether anything was queued for a destination since a day (ISO, UTC)."""
        wanted = select(outbox.c.number).where(outbox.c.destination == destination, outbox.c.queued >= day)
        with self._database.reading() as connection:
            return connection.execute(wanted.limit(1)).first() is not None

    def parcels(self, destination: str, *, waiting: bool = False, last: int | None = None) -> list[Parcel]:
        """Give what is or was for a destination, oldest first: only what waits, or the last few."""
        wanted = select(outbox).where(outbox.c.destination == destination)
        if waiting:
            wanted = wanted.where(outbox.c.sent.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(outbox.c.number.desc()).limit(last)).all()
        return [_parcel(row) for row in reversed(rows)]

    def waiting(self) -> dict[str, tuple[int, str | None]]:
        """Give for each destination for which something waits how much, and the last error."""
        wanted = select(outbox.c.destination, outbox.c.error).where(outbox.c.sent.is_(None)).order_by(outbox.c.number)
        found: dict[str, tuple[int, str | None]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(wanted):
                count, error = found.get(row.destination, (0, None))
                found[row.destination] = (count + 1, row.error or error)
        return found

    def mark(self, numbers: Sequence[int], *, now: datetime) -> None:
        """Keep that these were sent."""
        self._set(numbers, {"sent": moment(now), "error": None, "due": None})

    def fail(self, numbers: Sequence[int], error: str, *, due: datetime | None = None) -> None:
        """Keep why these could not be sent, and until when they wait."""
        self._set(numbers, {"error": error[:_LONGEST], "due": moment(due)})

    def _set(self, numbers: Sequence[int], values: dict[str, Any]) -> None:
        with self._database.transaction() as connection:
            for some in _pieces(numbers):
                connection.execute(update(outbox).where(outbox.c.number.in_(some)).values(values))


def _last_change(connection: Connection) -> int:
    return connection.execute(select(func.max(changes.c.number))).scalar() or 0


def _pieces(numbers: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


def _row(one: Parcel) -> dict[str, Any]:
    names = ("destination", "item", "about", "batch", "queued", "sent", "due", "error")
    return {name: getattr(one, name) for name in names} | {"record": encode(one.record)}


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(**{**row._mapping, "record": msgspec.json.decode(row.record)})
