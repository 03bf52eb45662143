"""Open the database behind a store: engine, pragmas, transactions and the lock of the single long writer."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import get_ident

from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, select

from backchannel.errors import StoreError, StoreLocked
from backchannel.store import location as places
from backchannel.store import migrations
from backchannel.store.dialects import hold_lock, open_transaction, upsert
from backchannel.store.faults import explained
from backchannel.store.schema import lock

BUSY_SECONDS = 10
_PRAGMAS = (f"busy_timeout = {BUSY_SECONDS * 1000}", "foreign_keys = ON", "synchronous = NORMAL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who writes to the store for long, and since when (ISO, UTC)."""

    pid: int
    host: str
    purpose: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, to {self.purpose}, since {self.since}"


class Database:
    """The engine of one store with its transactions; begins at ``__init__``, ends at ``close``.

    Args:
        url: where the store lies.
        create: whether a store that is not there is made.
        read_only: whether all writing is refused.

    Raises:
        StoreError: it is not there, cannot be opened, or is no store.
        StoreNewer: a later version made it.
    """

    def __init__(self, url: URL, *, create: bool, read_only: bool) -> None:
        self.url = url
        self.location = places.shown(url)
        self.read_only = read_only
        self._writer: int | None = None
        self._prepare_file(create=create)
        with explained(self.location, writing=not read_only):
            self.engine = _engine(url, read_only=read_only)
        try:
            self._prepare_schema(create=create)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the store as it is at its first question, whatever others write meanwhile."""
        with explained(self.location), self._reader().connect() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together at the end of the block, or not at all.

        Raises:
            StoreFull: no room is left.
            StoreLocked: another process wrote for longer than ten seconds.
            StoreError: the store is open for reading only.
        """
        if self.read_only:
            raise StoreError(f"{self.location}: is open for reading only; open it without read_only")
        writer = self.engine.execution_options(writing=True)
        with explained(self.location, writing=True), writer.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, purpose: str) -> Iterator[None]:
        """Be the only long writer during the block; inside it the same thread may ask again.

        Raises:
            StoreLocked: another one is; the message names it.
        """
        if self._writer == get_ident():
            yield
            return
        if self.read_only:
            raise StoreError(f"{self.location}: is open for reading only; open it without read_only")
        with self._holding() as held:
            if not held:
                raise StoreLocked(self.location, str(self._named() or "its name is not written yet"))
            now = datetime.now(UTC).isoformat(timespec="seconds")
            row = {"name": "writer", "pid": os.getpid(), "host": socket.gethostname(), "purpose": purpose, "since": now}
            with self.transaction() as connection:
                upsert(connection, lock, [row])
            self._writer = get_ident()
            try:
                yield
            finally:
                self._writer = None
                self._forget_holder()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Be the only runner of watches during the block; others may read and write meanwhile.

        Raises:
            StoreLocked: another one is.
        """
        with ExitStack() as stack:
            with explained(self.location, writing=True):
                held = stack.enter_context(hold_lock(self.engine, self.url, watching=True))
            if not held:
                raise StoreLocked(self.location, "it runs the watches")
            yield

    def holder(self) -> Holder | None:
        """Give who writes for long at this moment, if anybody does."""
        if self._writer is None:
            with self._holding() as held:
                if held:
                    return None
        return self._named()

    @contextmanager
    def _holding(self) -> Iterator[bool]:
        """Try to take the lock; give whether we have it during the block, whose own errors pass as they are."""
        with ExitStack() as stack:
            with explained(self.location, writing=True):
                held = stack.enter_context(hold_lock(self.engine, self.url))
            yield held

    def _named(self) -> Holder | None:
        """Give the name that the last writer left."""
        with self.reading() as connection:
            row = connection.execute(select(lock.c.pid, lock.c.host, lock.c.purpose, lock.c.since)).first()
        return None if row is None else Holder(**row._mapping)

    def _forget_holder(self) -> None:
        """Take our name away; where the disk is full it may stay, since the lock itself is what counts."""
        try:
            with self.transaction() as connection:
                connection.execute(delete(lock))
        except StoreError:
            return

    def _reader(self) -> Engine:
        """Give the engine whose transactions keep to one snapshot."""
        if self.engine.dialect.name == "sqlite":
            return self.engine
        return self.engine.execution_options(isolation_level="REPEATABLE READ")

    def _prepare_file(self, *, create: bool) -> None:
        """See that the file or at least its folder is there."""
        if self.url.drivername != "sqlite":
            return
        path = Path(str(self.url.database))
        if not path.exists() and (self.read_only or not create):
            raise StoreError(f"{path}: no store there; make one with `backchannel read`, or give another --store")
        with explained(self.location, writing=True):
            path.parent.mkdir(parents=True, exist_ok=True)

    def _prepare_schema(self, *, create: bool) -> None:
        """See that the tables are there and of this program's schema; a first connection may already write."""
        with explained(self.location, writing=not self.read_only):
            self.engine.connect().close()
        with self.reading() as connection:
            number = migrations.found(connection, self.location)
            if migrations.is_current(connection, self.location):
                return
        if number is None and (self.read_only or not create):
            raise StoreError(
                f"{self.location}: no store there; make one with `backchannel read`, or give another --store"
            )
        if self.read_only:
            raise StoreError(
                f"{self.location}: was made by an earlier version; bring it up with `backchannel store migrate`"
            )
        with self.transaction() as connection:
            migrations.migrate(connection, self.location)


def _engine(url: URL, *, read_only: bool) -> Engine:
    """Give the engine with what each new connection needs."""
    if url.drivername == "sqlite":
        engine = create_engine(places.read_only(url) if read_only else url, max_overflow=-1)
        event.listen(engine, "connect", _set_pragmas if not read_only else _set_reading_pragmas)
    else:
        engine = _postgres(url)
    event.listen(engine, "begin", open_transaction)
    return engine


def _postgres(url: URL) -> Engine:
    """Give PostgreSQL's engine."""
    try:
        return create_engine(url, max_overflow=-1)
    except ModuleNotFoundError:
        raise StoreError(
            "PostgreSQL needs the driver psycopg; install it with `pip install backchannel[postgres]`"
        ) from None


def _set_pragmas(connection: sqlite3.Connection, _: object) -> None:
    """Set up a connection to SQLite that may write; transactions are begun by us, never by the driver."""
    _run(connection, (*_PRAGMAS, "journal_mode = WAL"))


def _set_reading_pragmas(connection: sqlite3.Connection, _: object) -> None:
    """Set up a connection to SQLite that only reads."""
    _run(connection, (*_PRAGMAS, "query_only = ON"))


def _run(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    """Run pragmas; a connection that fails at them is closed."""
    connection.isolation_level = None
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
    except BaseException:
        connection.close()
        raise
