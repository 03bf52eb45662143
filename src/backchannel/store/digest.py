"""Give one hash over all that the store knows, the same on every database and at any time, and count its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select

from backchannel.store.rows import encode
from backchannel.store.schema import (
    MERGING,
    WATCHING,
    claims,
    conversations,
    coverage,
    documents,
    families,
    judgements,
    lock,
    metadata,
    problems,
    readings,
    schema,
    settings,
    signatures,
    user_rows,
)

RUN_PREFIX = "run."
"""Settings whose key starts so belong to a run (when a watch last ran), and are in no digest."""


def digest(connection: Connection) -> str:
    """Give the SHA-256 over all tables, rows sorted.

    Left out is what belongs to a run and not to what is known: times of retrieval, problems and judgements, the day
    under which a document was counted, problems since mended, the memory of feeds, the lock, the ids of conversations,
    which persist from merge to merge and so depend on when merges ran, what those merges changed, what merging keeps
    for itself, watches with what they told, and forecasts, which hang on the day they were asked for.
    """
    whole = hashlib.sha256()
    for name, rows in _tables(connection):
        part = hashlib.sha256()
        for row in rows:
            part.update(row + b"\n")
        whole.update(f"{name} {part.hexdigest()}\n".encode())
    return whole.hexdigest()


def counts(connection: Connection) -> dict[str, int]:
    """Give the number of rows of each table that holds knowledge; of claims, the current ones."""
    found = {}
    for name, table in sorted(metadata.tables.items()):
        if table not in (lock, schema, *MERGING, *WATCHING):
            wanted = select(func.count()).select_from(table)
            narrowed = wanted.where(~claims.c.superseded) if table is claims else wanted
            found[name] = connection.execute(narrowed).scalar_one()
    return found


def _tables(connection: Connection) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each table's name with its rows as bytes, in a fixed order."""
    for name, wanted in _plain():
        yield name, _lines(connection, wanted)
    yield "judgements", iter(sorted(_judgements(connection)))
    yield "conversations", iter(sorted(_conversations(connection)))


def _plain() -> Iterator[tuple[str, Select[Any]]]:
    """Yield the tables whose rows count as they are, with what of them counts."""
    d, c = documents.c, claims.c
    whole = select(d.id, d.source, d.url, d.title, d.language, d.published, d.licence, d.state, d.meta, d.text)
    yield "documents", whole.order_by(d.id)
    yield "claims", select(c.id, c.edition, c.superseded, c.document, c.record).order_by(c.id, c.edition)
    yield "signatures", select(signatures).order_by(signatures.c.document)
    yield "families", select(families).order_by(families.c.document)
    r = readings.c
    yield "readings", select(r.document, r.state, r.reader, r.text_hash).order_by(r.document)
    p = problems.c
    yield "problems", select(p.document, p.room, p.error, p.message).where(~p.mended).order_by(p.document, p.room)
    sums = [func.sum(column) for column in (coverage.c.fetched, coverage.c.read, coverage.c.failed)]
    counted = select(coverage.c.source, *sums).group_by(coverage.c.source)
    yield "coverage", counted.order_by(coverage.c.source)
    lasting = ~settings.c.key.startswith(RUN_PREFIX, autoescape=True)
    yield "settings", select(settings).where(lasting).order_by(settings.c.key)
    yield "user_rows", select(user_rows).order_by(user_rows.c.kind, user_rows.c.hash)


def _lines(connection: Connection, wanted: Select[Any]) -> Iterator[bytes]:
    """Yield each row as JSON."""
    for row in connection.execute(wanted, execution_options={"yield_per": 500}):
        yield msgspec.json.encode(list(row))


def _judgements(connection: Connection) -> Iterator[bytes]:
    """Yield the hash of each judgement without its time."""
    for record in connection.execute(select(judgements.c.record)).scalars():
        yield _hash_without(record, "at")


def _conversations(connection: Connection) -> Iterator[bytes]:
    """Yield the hash of each conversation without its id."""
    found = connection.execute(select(conversations.c.record), execution_options={"yield_per": 500})
    for record in found.scalars():
        yield _hash_without(record, "id")


def _hash_without(record: str, name: str) -> bytes:
    """Give the hash of a record's JSON with one field left out, in hexadecimal."""
    fields = msgspec.json.decode(record)
    del fields[name]
    return hashlib.sha256(encode(fields).encode()).hexdigest().encode()
