"""The three things that SQLite and PostgreSQL do each in their own way: search, upsert and lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    NullPool,
    Select,
    Table,
    column,
    create_engine,
    event,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from backchannel.errors import QueryError
from backchannel.store.schema import claims, documents

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_ADVISORY = 0x6261636B
"""The first half of our advisory locks on PostgreSQL; the second is the hash of the schema's name."""

_FTS = (
    "CREATE VIRTUAL TABLE documents_text USING fts5(title, text, content='documents', content_rowid='number',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER documents_text_add AFTER INSERT ON documents BEGIN"
    " INSERT INTO documents_text(rowid, title, text) VALUES (new.number, new.title, new.text); END",
    "CREATE TRIGGER documents_text_change AFTER UPDATE OF title, text ON documents"
    " WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN"
    " INSERT INTO documents_text(documents_text, rowid, title, text)"
    " VALUES ('delete', old.number, old.title, old.text);"
    " INSERT INTO documents_text(rowid, title, text) VALUES (new.number, new.title, new.text); END",
    "CREATE VIRTUAL TABLE claims_text USING fts5(sentence, content='claims', content_rowid='number',"
    " tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER claims_text_add AFTER INSERT ON claims BEGIN"
    " INSERT INTO claims_text(rowid, sentence) VALUES (new.number, new.sentence); END",
)
_CONFIGURATION: ColumnElement[Any] = literal_column("'backchannel'::regconfig")
# PostgreSQL takes at most 1 MB of lexemes for one row, so only the first 250,000 characters of a text are indexed.
_DOCUMENT_VECTOR = "to_tsvector('backchannel', left(coalesce(documents.title, '') || ' ' || documents.text, 250000))"
_CLAIM_VECTOR = "to_tsvector('backchannel', left(coalesce(claims.sentence, ''), 250000))"
_GIN = (  # the words that its own English configuration leaves out may stand in a phrase, and count in SQLite
    "CREATE TEXT SEARCH DICTIONARY backchannel_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION backchannel (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION backchannel ALTER MAPPING REPLACE english_stem WITH backchannel_stem",
    f"CREATE INDEX documents_text ON documents USING gin (({_DOCUMENT_VECTOR.replace('documents.', '')}))",
    f"CREATE INDEX claims_text ON claims USING gin (({_CLAIM_VECTOR.replace('claims.', '')}))",
)


def create_search(connection: Connection) -> None:
    """Create the full-text indexes over titles and texts of documents and over the sentences of claims."""
    for statement in _FTS if connection.dialect.name == "sqlite" else _GIN:
        connection.exec_driver_sql(statement)


def terms(wanted: str) -> str:
    """Give a search as both databases read it: words and "quoted phrases", all of which must be there.

    Raises:
        QueryError: there is no word in it.

    >>> terms('Wang "secret talks" - AND')
    '"Wang" "secret talks" "AND"'
    """
    found = [(phrase or word).replace('"', " ").strip() for phrase, word in _TERM.findall(wanted)]
    kept = [f'"{term}"' for term in found if re.search(r"\w", term)]
    if not kept:
        raise QueryError(f'nothing to search for in {wanted!r}; give words, or "a phrase" in quotes')
    return " ".join(kept)


def search_documents(dialect: str, wanted: str, *, limit: int) -> Select[Any]:
    """Give the query for id, title and snippet of the documents that hold all terms, best first."""
    if dialect == "sqlite":
        index = table("documents_text", column("rowid"), column("rank"))
        snippet = func.snippet(literal_column("documents_text"), -1, "[", "]", " … ", 24).label("snippet")
        found = select(documents.c.id, documents.c.title, snippet).join(index, index.c.rowid == documents.c.number)
        found = found.where(text("documents_text MATCH :wanted").bindparams(wanted=terms(wanted)))
        return found.order_by(index.c.rank, documents.c.id).limit(limit)
    query = _query(wanted)
    vector: ColumnElement[Any] = literal_column(_DOCUMENT_VECTOR)
    rank = func.ts_rank(vector, query).label("rank")
    best = select(documents.c.id, documents.c.title, documents.c.text, rank).where(vector.op("@@")(query))
    first = best.order_by(rank.desc(), documents.c.id).limit(limit).subquery("best")
    options = "StartSel=[, StopSel=], MaxWords=24, MinWords=12"
    snippet = func.ts_headline(_CONFIGURATION, first.c.text, query, options).label("snippet")
    return select(first.c.id, first.c.title, snippet).order_by(first.c.rank.desc(), first.c.id)


def claims_matching(dialect: str, wanted: str) -> Select[Any]:
    """Give the query for the ``number`` of every claim whose sentence holds all terms."""
    if dialect == "sqlite":
        index = table("claims_text", column("rowid"))
        return select(index.c.rowid.label("number")).where(
            text("claims_text MATCH :wanted").bindparams(wanted=terms(wanted))
        )
    vector: ColumnElement[Any] = literal_column(_CLAIM_VECTOR)
    return select(claims.c.number).where(vector.op("@@")(_query(wanted)))


def _query(wanted: str) -> ColumnElement[Any]:
    """Give the search as PostgreSQL's own type."""
    return func.websearch_to_tsquery(_CONFIGURATION, terms(wanted))


def upsert(connection: Connection, into: Table, rows: Sequence[Mapping[str, Any]], *, add: Sequence[str] = ()) -> None:
    """Insert rows, and where the key is there already, put the new values in its place.

    Args:
        connection: within a transaction that writes.
        into: the table; its key is ``id`` beside a ``number``, else its primary key.
        rows: all with the same columns.
        add: columns of counts that are added to what is there.
    """
    if not rows:
        return
    build = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = build(into)
    keys = ["id"] if "number" in into.c else [c.name for c in into.primary_key]
    changes = {
        name: into.c[name] + statement.excluded[name] if name in add else statement.excluded[name]
        for name in rows[0]
        if name not in keys
    }
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), rows)


def open_transaction(connection: Connection) -> None:
    """Begin a transaction; one that writes waits here for its turn and then holds it to its end."""
    writing = connection.get_execution_options().get("writing", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif writing:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY} + 1, hashtext(current_schema()))")


@contextmanager
def hold_lock(engine: Engine, url: URL, *, watching: bool = False) -> Iterator[bool]:
    """Try to become the only long writer, or the only runner of watches, for the time of the block; give whether we are.

    On SQLite the lock is a transaction on an empty database beside the store, on PostgreSQL an advisory lock.
    Both belong to the living process, so that one that was killed holds nothing, and neither passes to its children.
    """
    if engine.dialect.name == "sqlite":
        with _hold_file(Path(str(url.database)), "-watch-lock" if watching else "-lock") as held:
            yield held
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        key = f"({_ADVISORY + 2 * watching}, hashtext(current_schema()))"
        held = bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock{key}").scalar())
        try:
            yield held
        finally:
            if held:
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock{key}")


@contextmanager
def _hold_file(path: Path, ending: str) -> Iterator[bool]:
    """Hold a write transaction on a file beside the store; its rollback journal stays in memory."""
    beside = URL.create("sqlite", database=str(path.with_name(path.name + ending)))
    engine = create_engine(beside, poolclass=NullPool, connect_args={"timeout": 0, "isolation_level": None})
    event.listen(engine, "begin", open_transaction)
    connection = engine.connect()
    try:
        connection.exec_driver_sql("PRAGMA journal_mode = MEMORY")
        connection.rollback()
        connection = connection.execution_options(writing=True)
        held = True
        try:
            connection.begin()
        except OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            held = False
        yield held
    finally:
        connection.close()
        engine.dispose()
