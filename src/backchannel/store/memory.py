"""Keep what people decided and set: judgements, settings, their own vocabulary, and what feeds said last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Select, delete, insert, select

from backchannel.errors import StoreError
from backchannel.records import Judgement
from backchannel.store.dialects import upsert
from backchannel.store.rows import encode, moment
from backchannel.store.schema import feeds, judgements, settings, user_rows

UserKind = Literal["actors", "cues"]
Open = Callable[[], AbstractContextManager[Connection]]


def put_judgement(connection: Connection, judgement: Judgement) -> None:
    """Append a judgement; the same one twice is kept once.

    Raises:
        StoreError: another judgement has its id.
    """
    record = encode(judgement)
    known = connection.execute(select(judgements.c.record).where(judgements.c.id == judgement.id)).scalar()
    if known == record:
        return
    if known is not None:
        raise StoreError(f"judgement {judgement.id} is there already and says otherwise; supersede it by a new one")
    row = {
        "id": judgement.id,
        "target": judgement.target,
        "other": judgement.other,
        "at": moment(judgement.at),
        "supersedes": judgement.supersedes,
        "record": record,
    }
    connection.execute(insert(judgements), row)


def find_judgements(*, target: str | None = None) -> Select[Any]:
    """Give the query for the JSON of all judgements, oldest first; ``target`` is met from either side of a pair."""
    wanted = select(judgements.c.record).order_by(judgements.c.at.asc().nulls_first(), judgements.c.id)
    if target is not None:
        wanted = wanted.where((judgements.c.target == target) | (judgements.c.other == target))
    return wanted


def set_setting(connection: Connection, key: str, value: object) -> None:
    """Keep a JSON value under a key; ``None`` forgets it."""
    if value is None:
        connection.execute(delete(settings).where(settings.c.key == key))
    else:
        upsert(connection, settings, [{"key": key, "value": encode(value)}])


def get_settings(connection: Connection, key: str | None = None) -> dict[str, Any]:
    """Give all settings, or the one of this key where it is there."""
    wanted = select(settings.c.key, settings.c.value).order_by(settings.c.key)
    if key is not None:
        wanted = wanted.where(settings.c.key == key)
    return {name: msgspec.json.decode(value) for name, value in connection.execute(wanted)}


def add_user_rows(connection: Connection, kind: UserKind, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep rows of the user's own vocabulary, equal ones once."""
    upsert(connection, user_rows, [{"kind": kind, "hash": _hash(row), "row": encode(row)} for row in rows])


def remove_user_rows(connection: Connection, kind: UserKind, rows: Iterable[Mapping[str, Any]]) -> None:
    """Forget rows of the user's own vocabulary."""
    hashes = [_hash(row) for row in rows]
    connection.execute(delete(user_rows).where(user_rows.c.kind == kind, user_rows.c.hash.in_(hashes)))


def get_user_rows(connection: Connection, kind: UserKind) -> list[dict[str, Any]]:
    """Give the user's own rows of one kind, in an order that does not depend on when they were added."""
    wanted = select(user_rows.c.row).where(user_rows.c.kind == kind).order_by(user_rows.c.row)
    return [msgspec.json.decode(row) for row in connection.execute(wanted).scalars()]


def _hash(row: Mapping[str, Any]) -> str:
    """Give the hash by which a row is known."""
    return hashlib.sha256(encode(row).encode()).hexdigest()[:32]


class FeedMemory:
    """What each feed said of its state when it was last fetched, so that it need not be sent again unchanged."""

    def __init__(self, reading: Open, writing: Open) -> None:
        self._reading = reading
        self._writing = writing

    def get(self, url: str) -> tuple[str | None, str | None] | None:
        """Give the feed's last ``etag`` and ``last_modified``, or ``None`` when it was never fetched."""
        with self._reading() as connection:
            wanted = select(feeds.c.etag, feeds.c.last_modified).where(feeds.c.url == url)
            row = connection.execute(wanted).first()
        return None if row is None else (row.etag, row.last_modified)

    def set(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Keep what the feed said."""
        with self._writing() as connection:
            upsert(connection, feeds, [{"url": url, "etag": etag, "last_modified": last_modified}])
