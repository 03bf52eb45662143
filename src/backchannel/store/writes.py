"""Write documents with their claims, problems, coverage and conversations; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, func, insert, select, update

from backchannel.errors import DocumentError
from backchannel.records import Claim, Conversation, Coverage, Document, Problem, from_json
from backchannel.store import history, schema
from backchannel.store.dialects import upsert
from backchannel.store.history import Explain
from backchannel.store.pairing import carry_ids
from backchannel.store.rows import (
    chunks,
    claim_row,
    conversation_parts,
    conversation_row,
    document_row,
    encode,
    moment,
    pack,
    participant_keys,
    text_hash,
)

Entry = tuple[Document, Sequence[Claim], Sequence[int] | None]
"""A document, the claims that one reading found in it and its signature."""

_PARTS = {
    "claim": schema.conversation_claims,
    "actor": schema.conversation_parties,
    "issue": schema.conversation_issues,
    "kept_from": schema.conversation_withheld,
}


_READER = "reader"
"""The ``by`` of claims that were read from sentences."""


def check(document: Document, claims: Sequence[Claim]) -> None:
    """Refuse what no database can keep, before anything is written.

    Raises:
        DocumentError: a NUL or half a surrogate pair in the text, a claim of another document, or one id twice.
    """
    where = f"document {document.id}"
    for value in (document.id, document.source, document.url, document.title, document.text):
        if value is not None and ("\0" in value or not _is_encodable(value)):
            raise DocumentError(f"{where}: holds a NUL or half a character; clean the text first", room="store")
    ids = [claim.id for claim in claims]
    strays = sorted({claim.document for claim in claims} - {document.id})
    if strays:
        raise DocumentError(f"{where}: was given claims of {', '.join(strays)}", room="store")
    if len(set(ids)) < len(ids):
        twice = sorted({number for number in ids if ids.count(number) > 1})
        raise DocumentError(f"{where}: two claims have the id {', '.join(twice)}", room="store")


def _is_encodable(value: str) -> bool:
    """Tell whether the text is free of lone surrogates, which UTF-8 cannot hold."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def put_documents(connection: Connection, batch: Iterable[Entry], *, reader: str) -> None:
    """Keep documents with their claims and signatures, count them, and mark them read by ``reader``."""
    entries = {entry[0].id: entry for entry in batch}
    for document, claims, _ in entries.values():
        check(document, claims)
    upsert(connection, schema.documents, [document_row(document) for document, _, _ in entries.values()])
    mark_unmerged(connection, entries)
    _put_signatures(connection, entries)
    _put_claims(connection, {number: claims for number, (_, claims, _) in entries.items()})
    earlier = _rows(connection, schema.readings, entries)
    documents = [document for document, _, _ in entries.values()]
    for document in documents:
        add_coverage(connection, _counted(document, earlier.get(document.id)))
    upsert(connection, schema.readings, [_reading(d, earlier.get(d.id), reader=reader) for d in documents])
    for ids in chunks(entries):
        mended = update(schema.problems).where(schema.problems.c.document.in_(ids)).values(mended=True)
        connection.execute(mended)


def _rows(connection: Connection, table: Table, ids: Collection[str]) -> dict[str, Row[Any]]:
    """Give the rows of a table for these documents."""
    found: dict[str, Row[Any]] = {}
    for some in chunks(ids):
        for row in connection.execute(select(table).where(table.c.document.in_(some))):
            found[row.document] = row
    return found


def _counted(document: Document, earlier: Row[Any] | None) -> Coverage | None:
    """Give what reading this document adds to the coverage; nothing when it was read before."""
    if earlier is not None and earlier.state != "failed":
        return None
    source, day = (document.source, _day(document)) if earlier is None else (earlier.source, earlier.day)
    if source is None or day is None:
        return None
    fetched, failed = (1, 0) if earlier is None else (0, -1)
    return Coverage(source=source, day=date.fromisoformat(day), fetched=fetched, read=1, failed=failed)


def _day(document: Document) -> str | None:
    """Give the day under which a document is counted: that of publication, else that of retrieval."""
    if document.published is not None:
        return document.published.isoformat()
    return None if document.retrieved is None else document.retrieved.date().isoformat()


def _reading(document: Document, earlier: Row[Any] | None, *, reader: str) -> dict[str, Any]:
    """Give the row that marks a document as read; where it was counted first, it stays counted."""
    return {
        "document": document.id,
        "state": "done",
        "reader": reader,
        "text_hash": text_hash(document),
        "source": document.source if earlier is None else earlier.source,
        "day": _day(document) if earlier is None else earlier.day,
    }


def _put_signatures(connection: Connection, entries: Mapping[str, Entry]) -> None:
    """Keep the signatures of the documents that have one; an old one of those that have none is dropped."""
    rows = [{"document": number, "signature": pack(s)} for number, (_, _, s) in entries.items() if s is not None]
    upsert(connection, schema.signatures, rows)
    for ids in chunks(number for number, (_, _, signature) in entries.items() if signature is None):
        connection.execute(delete(schema.signatures).where(schema.signatures.c.document.in_(ids)))


def _put_claims(connection: Connection, batch: Mapping[str, Sequence[Claim]]) -> None:
    """Append the claims that are new or say something new, and mark as superseded what they replace."""
    table = schema.claims
    current: dict[str, dict[str, tuple[int, Claim, str]]] = {number: {} for number in batch}
    for ids in chunks(batch):
        wanted = select(table.c.document, table.c.number, table.c.id, table.c.record)
        for row in connection.execute(wanted.where(table.c.document.in_(ids), ~table.c.superseded)):
            current[row.document][row.id] = (row.number, from_json(row.record, Claim), row.record)
    fresh: list[Claim] = []
    superseded: list[int] = []
    for number, claims in batch.items():
        old = current[number]
        carried = {claim.id: claim for claim in carry_ids([claim for _, claim, _ in old.values()], claims)}
        kept = {i for i, claim in carried.items() if i in old and old[i][2] == encode(claim)}
        fresh += [claim for i, claim in carried.items() if i not in kept]
        superseded += [at for i, (at, _, _) in old.items() if i not in kept]
    _supersede(connection, superseded)
    editions = _editions(connection, fresh)
    rows = [claim_row(claim, edition=editions.get(claim.id, 0) + 1) for claim in fresh]
    if rows:
        connection.execute(insert(table), rows)


def _supersede(connection: Connection, numbers: Sequence[int]) -> None:
    """Mark rows of claims as no longer current."""
    if numbers:
        mark = update(schema.claims).where(schema.claims.c.number == bindparam("at")).values(superseded=True)
        connection.execute(mark, [{"at": number} for number in numbers])


def _editions(connection: Connection, claims: Sequence[Claim]) -> dict[str, int]:
    """Give the highest edition of each claim that was kept before, superseded ones included."""
    table = schema.claims
    found: dict[str, int] = {}
    for ids in chunks(claim.id for claim in claims):
        highest = select(table.c.id, func.max(table.c.edition)).where(table.c.id.in_(ids)).group_by(table.c.id)
        found.update((row[0], row[1]) for row in connection.execute(highest))
    return found


def mark_unread(connection: Connection, ids: Iterable[str]) -> None:
    """Have these documents read again at the next occasion; they stay counted, and their claims stay."""
    for some in chunks(ids):
        done = schema.readings.c.document.in_(some), schema.readings.c.state == "done"
        connection.execute(update(schema.readings).where(*done).values(state="stale"))


def mark_unmerged(connection: Connection, ids: Iterable[str]) -> None:
    """Have the next merge look at these documents again."""
    rows = [{"document": number} for number in sorted(set(ids))]
    if rows:
        connection.execute(insert(schema.unmerged), rows)


def put_problem(connection: Connection, problem: Problem, *, source: str | None, day: date) -> None:
    """Keep that a document failed; it counts as failed once, and not at all when an earlier reading stands."""
    row = {
        "document": problem.document,
        "room": problem.room,
        "error": problem.error,
        "message": problem.message,
        "at": moment(problem.at),
        "mended": False,
    }
    upsert(connection, schema.problems, [row])
    if problem.document in _rows(connection, schema.readings, [problem.document]):
        return
    reading = {"document": problem.document, "state": "failed", "source": source, "day": day.isoformat()}
    connection.execute(insert(schema.readings), reading)
    if source is not None:
        add_coverage(connection, Coverage(source=source, day=day, fetched=1, failed=1))


def add_coverage(connection: Connection, added: Coverage | None) -> None:
    """Add counts to those of a source on a day."""
    if added is not None:
        counts = {"fetched": added.fetched, "read": added.read, "failed": added.failed}
        row = {"source": added.source, "day": added.day.isoformat(), **counts}
        upsert(connection, schema.coverage, [row], add=("fetched", "read", "failed"))


def set_states(connection: Connection, states: Mapping[str, str]) -> list[str]:
    """Set the states of documents; gives the ids of those that had another one, sorted."""
    table = schema.documents
    changed: dict[str, str] = {}
    for ids in chunks(states):
        for row in connection.execute(select(table.c.id, table.c.state).where(table.c.id.in_(ids))):
            if states[row.id] != row.state:
                changed[row.id] = states[row.id]
    if changed:
        mark = update(table).where(table.c.id == bindparam("document")).values(state=bindparam("told"))
        connection.execute(mark, [{"document": name, "told": told} for name, told in sorted(changed.items())])
        mark_unmerged(connection, changed)
    return sorted(changed)


def replace_families(connection: Connection, families: Mapping[str, str]) -> None:
    """Make these the families of near-duplicates."""
    connection.execute(delete(schema.families))
    put_families(connection, families)


def put_families(connection: Connection, families: Mapping[str, str]) -> None:
    """Make these the families of these documents."""
    upsert(connection, schema.families, [{"document": d, "family": f} for d, f in sorted(families.items())])


def replace_conversations(
    connection: Connection, conversations: Sequence[Conversation], explain: Explain | None = None
) -> None:
    """Make these the conversations of the store, touching only the rows that change, and keep what changed."""
    every = connection.execute(select(schema.conversations.c.id)).scalars().all()
    put_conversations(connection, conversations, among=every, explain=explain)


def put_conversations(
    connection: Connection,
    conversations: Sequence[Conversation],
    *,
    among: Iterable[str],
    explain: Explain | None = None,
) -> None:
    """Put conversations in the place of those with the ids ``among``, touching only the rows that change.

    All writing of conversations comes through here, with what was and what is.
    """
    table = schema.conversations
    rows = {conversation.id: conversation_row(conversation) for conversation in conversations}
    stale: dict[str, str] = {}
    kept: set[str] = set()
    for ids in chunks(among):
        for number, record in connection.execute(select(table.c.id, table.c.record).where(table.c.id.in_(ids))):
            if number in rows and rows[number]["record"] == record:
                kept.add(number)
            else:
                stale[number] = record
    for ids in chunks(stale):
        connection.execute(delete(table).where(table.c.id.in_(ids)))
    fresh = [conversation for conversation in conversations if conversation.id not in kept]
    if fresh:
        connection.execute(insert(table), [rows[conversation.id] for conversation in fresh])
    _link(connection, fresh)
    _link_people(connection, conversations, fresh={conversation.id for conversation in fresh})
    history.settle(connection)
    if explain is not None:
        gone = [from_json(record, Conversation) for record in stale.values()]
        history.put_changes(connection, explain(gone, fresh))


def _link_people(connection: Connection, conversations: Sequence[Conversation], *, fresh: Collection[str]) -> None:
    """Fill in by whom conversations are found, those whom claims name beside their parties included.

    Of conversations that stay as they are, only those rows are touched whose people were read anew.
    """
    table, wanted = schema.conversation_persons, _people(connection, conversations)
    for ids in chunks(wanted.keys() - set(fresh)):
        held: dict[str, set[str]] = {number: set() for number in ids}
        for row in connection.execute(select(table).where(table.c.conversation.in_(ids))):
            held[row.conversation].add(row.person)
        changed = [number for number in ids if held[number] != wanted[number]]
        for number in ids:
            if number not in changed:
                del wanted[number]
        for some in chunks(changed):
            connection.execute(delete(table).where(table.c.conversation.in_(some)))
    rows = [{"conversation": number, "person": one} for number, some in sorted(wanted.items()) for one in sorted(some)]
    if rows:
        connection.execute(insert(table), rows)


def _people(connection: Connection, conversations: Sequence[Conversation]) -> dict[str, set[str]]:
    """Give by whom each conversation is found; only claims of records and tables name people beside their parties."""
    found = {one.id: conversation_parts(one)["person"] for one in conversations}
    home = {claim: one.id for one in conversations for claim in one.claims}
    c = schema.claims.c
    for ids in chunks(home):
        asked = select(c.id, c.record).where(c.id.in_(ids), ~c.superseded, c.by != _READER)
        for number, record in connection.execute(asked):
            found[home[number]] |= participant_keys(from_json(record, Claim))
    return found


def _link(connection: Connection, conversations: Sequence[Conversation]) -> None:
    """Fill the tables by which conversations are found, that of their people left out."""
    for name, table in _PARTS.items():
        rows = [
            {"conversation": conversation.id, name: value}
            for conversation in conversations
            for value in sorted(conversation_parts(conversation)[name])
        ]
        if rows:
            connection.execute(insert(table), rows)
