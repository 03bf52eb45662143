"""The store: documents, claims, conversations, judgements and problems are kept, once, and found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack

from sqlalchemy import ColumnElement, Select, select

from backchannel.corrections import in_force
from backchannel.errors import QueryError
from backchannel.records import Claim, Conversation, Coverage, Document, Judgement, Problem
from backchannel.store import dialects, judged, memory, queries, schema, writes
from backchannel.store.answers import (
    Answers,
    claim_from,
    conversation_from,
    coverage_from,
    family_from,
    judgement_from,
    problem_from,
    signature_from,
)
from backchannel.store.digest import counts, digest
from backchannel.store.engine import Database, Holder
from backchannel.store.forecasts import Forecasts
from backchannel.store.history import Explain, History
from backchannel.store.judged import Decisions
from backchannel.store.lanes import Lanes
from backchannel.store.location import locate
from backchannel.store.memory import FeedMemory
from backchannel.store.merged import Merged
from backchannel.store.rows import SlimClaim, chunks, document_from
from backchannel.store.watching import Watching


def open_store(location: str | Path | None = None, *, create: bool = True, read_only: bool = False) -> Store:
    """Give the store at a path or ``postgresql://`` URL, made when it is not there; use it in a ``with`` block.

    Args:
        location: where; by default ``BACKCHANNEL_STORE``, else ``store.db`` in the user's data folder.
        create: whether to make a store that is not there.
        read_only: whether to refuse all writing, also the bringing up of an older store.

    Raises:
        StoreError: it is not there, cannot be opened, or is no store; the message says what to do.
        StoreNewer: a later version made it.
    """
    return Store(Database(locate(location), create=create, read_only=read_only))


class Store:
    """All that is kept. Each call that writes is one transaction: done whole, or not at all.

    Writing raises ``StoreFull`` when no room is left; what was committed before stays. Reading sees one state of the
    store from the first record to the last, whatever other processes write meanwhile.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = database.engine.dialect.name
        self._answers = Answers(database)
        self.location = database.location
        self._corrections = judged.Corrections()
        self.history = History(database, self._answers)
        self.feeds = FeedMemory(database.reading, database.transaction)
        self.forecasts = Forecasts(database.reading, database.transaction)
        self.merged = Merged(database.reading, database.transaction)
        self.lanes = Lanes(database.reading)
        self.watching = Watching(database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; iterators that were not read to their end are ended."""
        self._answers.close()
        self._database.close()

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Be the only long writer during the block; single calls of others, such as a judgement, still get through.

        The lock belongs to the living process: that of one that was killed is taken over.

        Args:
            purpose: what for, as a verb, for the message that others get ("read 300 documents").

        Raises:
            StoreLocked: another process or thread is; ``holder`` names pid, host, purpose and since.
        """
        return self._database.writing(purpose)

    def holder(self) -> Holder | None:
        """Give who writes for long at this moment, if anybody does."""
        return self._database.holder()

    # --- documents and claims

    def put_document(
        self, document: Document, claims: Sequence[Claim], *, signature: Sequence[int] | None = None, reader: str
    ) -> None:
        """Keep a document with all its claims, count it, and mark it read.

        Claims are paired with those of an earlier reading: a paired one keeps its id and supersedes the old values;
        one that is not found again is superseded by nothing. Doing it twice changes nothing.

        Args:
            document: its text supersedes that of an earlier document with this id.
            claims: every claim of the document, each with the document's id.
            signature: MinHash of the text, unsigned numbers of at most 64 bits.
            reader: name and version of what read it.

        Raises:
            DocumentError: a text that no database can hold, a claim of another document or one id twice.
        """
        self.put_documents([(document, claims, signature)], reader=reader)

    def put_documents(self, batch: Iterable[writes.Entry], *, reader: str) -> None:
        """Keep many documents as ``put_document`` does, all in one transaction.

        Raises:
            DocumentError: one of them cannot be kept; then none was. Put them one by one to find out which.
        """
        with self._database.transaction() as connection:
            writes.put_documents(connection, batch, reader=reader)

    def is_read(self, document_id: str, *, reader: str, text_hash: str) -> bool:
        """Tell whether this reader has read the document as it now is; ``text_hash`` is that of ``store.text_hash``."""
        table = schema.readings.c
        wanted = select(table.document).where(table.document == document_id, table.state == "done")
        with self._database.reading() as connection:
            found = connection.execute(wanted.where(table.reader == reader, table.text_hash == text_hash)).first()
        return found is not None

    def mark_unread(self, ids: Iterable[str]) -> None:
        """Have these documents read again at the next occasion; their claims and their count stay."""
        with self._database.transaction() as connection:
            writes.mark_unread(connection, ids)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """Yield all documents, or those of these ids that are there, by id."""
        wanted = select(schema.documents).order_by(schema.documents.c.id)
        return self._answers.stream(self._narrowed(wanted, schema.documents.c.id, ids), document_from)

    def document(self, id: str) -> Document | None:
        """Give one document."""
        return next(iter(list(self.documents([id]))), None)

    def heads(self) -> Iterator[Document]:
        """Yield all documents by id, without their texts."""
        columns = [column for column in schema.documents.c if column.name != "text"]
        return self._answers.stream([select(*columns).order_by(schema.documents.c.id)], document_from)

    def set_states(self, states: Mapping[str, str]) -> list[str]:
        """Set the states of documents, by id; gives the ids of those that had another one, sorted."""
        with self._database.transaction() as connection:
            return writes.set_states(connection, states)

    def search(self, text: str, limit: int = 20) -> list[tuple[str, str | None, str]]:
        """Give id, title and a snippet of the documents that hold all words and "quoted phrases", best first.

        Raises:
            QueryError: there is no word in the text.
        """
        wanted = dialects.search_documents(self._dialect, text, limit=limit)
        with self._database.reading() as connection:
            return [(row.id, row.title, row.snippet) for row in connection.execute(wanted)]

    def claims(
        self,
        *,
        document: str | None = None,
        ids: Iterable[str] | None = None,
        kind: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        as_read: bool = False,
    ) -> Iterator[Claim]:
        """Yield current claims by id, as judgements correct them; one without a date counts under its document's.

        Args:
            document: in which they were read.
            ids: of the claims.
            kind: contact or act.
            since: first day, month or year.
            until: last day, month or year.
            as_read: whether to give them, and go by their dates, as the reader left them.

        Raises:
            QueryError: ``since`` or ``until`` is no date.
        """
        moved = None
        if not as_read and (since is not None or until is not None):
            with self._database.reading() as connection:
                moved = self._corrections.days(connection)
        wanted = queries.find_claims(document=document, kind=kind, since=since, until=until, moved=moved)
        narrowed = self._narrowed(wanted, schema.claims.c.id, ids)
        if as_read:
            return self._answers.stream(narrowed, claim_from)
        return self._answers.prepared(narrowed, self._corrections.claims)

    def claim_history(self, id: str) -> list[Claim]:
        """Give all editions of a claim, oldest first; the last is the current one unless the claim was withdrawn."""
        wanted = select(schema.claims.c.record).where(schema.claims.c.id == id).order_by(schema.claims.c.edition)
        return list(self._answers.stream([wanted], claim_from))

    def slim_claims(self) -> Iterator[SlimClaim]:
        """Yield what merging needs of every current claim, as corrected.

        In order of parties, day (its own or its document's) and id, as they were read.
        """
        return self._answers.prepared([queries.slim_claims()], self._corrections.slim)

    def signatures(self, ids: Iterable[str] | None = None) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield the id and signature of each document, or of those of these ids, by id."""
        wanted = select(schema.signatures).order_by(schema.signatures.c.document)
        return self._answers.stream(self._narrowed(wanted, schema.signatures.c.document, ids), signature_from)

    def families(self) -> dict[str, str]:
        """Give the family of each document, and of each item of a digest, by id."""
        table = schema.families
        return dict(self._answers.stream([select(table.c.document, table.c.family)], family_from))

    def replace_families(self, families: Mapping[str, str]) -> None:
        """Make these the families of near-duplicates: document id -> family."""
        with self._database.transaction() as connection:
            writes.replace_families(connection, families)

    # --- conversations

    def replace_conversations(self, conversations: Sequence[Conversation], *, explain: Explain | None = None) -> None:
        """Make these the conversations of the store; a reader sees the old ones or the new ones, never a mixture.

        Args:
            conversations: all there are.
            explain: gives the changes to keep, from the conversations that go and those that come.
        """
        with self._database.transaction() as connection:
            writes.replace_conversations(connection, conversations, explain)

    def conversations(self, **question: Unpack[queries.Question]) -> Iterator[Conversation]:
        """Yield the conversations asked for; ``queries.Question`` says by what.

        Raises:
            QueryError: an unknown part or order, a date that is none, or a text without a word.
        """
        return self._answers.stream([queries.find_conversations(self._dialect, question)], conversation_from)

    def people(self, word: str) -> list[str]:
        """Give the names, folded, and the ids of people in conversations that have this word in them."""
        with self._database.reading() as connection:
            return list(connection.execute(queries.find_people(word)).scalars())

    def conversation(self, id_or_prefix: str) -> Conversation | None:
        """Give the conversation with this id, or the only one whose id starts so.

        Raises:
            QueryError: several do; ``known`` holds them.
        """
        with self._database.reading() as connection:
            found = connection.execute(queries.find_conversation(id_or_prefix)).all()
        if not found or id_or_prefix == "":
            return None
        if found[0].id != id_or_prefix and len(found) > 1:
            known = [row.id for row in found[:5]]
            raise QueryError(f"{id_or_prefix!r} begins more than one conversation", known=known)
        return conversation_from(found[0])

    # --- judgements, problems, coverage

    def put_judgement(self, judgement: Judgement) -> None:
        """Append a judgement.

        Raises:
            StoreError: another one has its id; judgements are superseded, never edited.
        """
        with self._database.transaction() as connection:
            memory.put_judgement(connection, judgement)

    def put_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Append many judgements as ``put_judgement`` does, all in one transaction.

        Raises:
            StoreError: another one has the id of one of them; then none was kept.
        """
        with self._database.transaction() as connection:
            for one in judgements:
                memory.put_judgement(connection, one)

    def judgements(self, *, target: str | None = None, superseded: bool = False) -> Iterator[Judgement]:
        """Yield judgements, oldest first; those that are no longer in force only when asked for.

        Args:
            target: a claim that they name on either side.
            superseded: whether to give all that were ever made.
        """
        found = self._answers.stream([memory.find_judgements(target=target)], judgement_from)
        if superseded:
            return found
        with self._database.reading() as connection:
            standing = {one.id for one in in_force(judged.every(connection))}
        return (one for one in found if one.id in standing)

    def decisions(self) -> Decisions:
        """Give the judgements in force as they apply to the claims of now, and those that have lost their claim."""
        with self._database.reading() as connection:
            return judged.decide(connection)

    def put_problem(self, problem: Problem, *, source: str | None, day: date) -> None:
        """Keep that a document failed, and count it under its source and day, once."""
        with self._database.transaction() as connection:
            writes.put_problem(connection, problem, source=source, day=day)

    def problems(self, *, mended: bool = False) -> Iterator[Problem]:
        """Yield problems by document and room; those of documents that were read since only when asked for."""
        return self._answers.stream([queries.find_problems(mended=mended)], problem_from)

    def add_coverage(self, coverage: Coverage) -> None:
        """Add counts to those of a source on a day."""
        with self._database.transaction() as connection:
            writes.add_coverage(connection, coverage)

    def coverage(self) -> Iterator[Coverage]:
        """Yield what each source gave on each day, by source and day."""
        return self._answers.stream([select(schema.coverage).order_by(*schema.coverage.primary_key)], coverage_from)

    # --- settings and the user's own vocabulary

    def get_setting(self, key: str) -> Any:
        """Give the JSON value kept under a key, ``None`` when there is none."""
        with self._database.reading() as connection:
            return memory.get_settings(connection, key).get(key)

    def settings(self) -> dict[str, Any]:
        """Give all settings."""
        with self._database.reading() as connection:
            return memory.get_settings(connection)

    def set_setting(self, key: str, value: object) -> None:
        """Keep a JSON value under a key, ``None`` to forget it; a key that starts with ``run.`` is in no digest."""
        with self._database.transaction() as connection:
            memory.set_setting(connection, key, value)

    def add_user_actors(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep the user's own rows of actors, aliases and offices."""
        with self._database.transaction() as connection:
            memory.add_user_rows(connection, "actors", rows)

    def add_user_cues(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep the user's own cue words."""
        with self._database.transaction() as connection:
            memory.add_user_rows(connection, "cues", rows)

    def user_actors(self) -> list[dict[str, Any]]:
        """Give the user's own rows of actors, in an order that does not depend on when they came."""
        with self._database.reading() as connection:
            return memory.get_user_rows(connection, "actors")

    def user_cues(self) -> list[dict[str, Any]]:
        """Give the user's own cue words, in an order that does not depend on when they came."""
        with self._database.reading() as connection:
            return memory.get_user_rows(connection, "cues")

    def remove_user_rows(self, kind: memory.UserKind, rows: Iterable[Mapping[str, Any]]) -> None:
        """Forget rows of the user's own vocabulary."""
        with self._database.transaction() as connection:
            memory.remove_user_rows(connection, kind, rows)

    # --- the whole

    def counts(self) -> dict[str, int]:
        """Give the number of rows of each table; of claims, the current ones."""
        with self._database.reading() as connection:
            return counts(connection)

    def digest(self) -> str:
        """Give one hash over all tables, run times left out: the same for equal knowledge on every database."""
        with self._database.reading() as connection:
            return digest(connection)

    def _narrowed(
        self, wanted: Select[Any], column: ColumnElement[str], ids: Iterable[str] | None
    ) -> list[Select[Any]]:
        """Give the query, or one for each few hundred ids."""
        return [wanted] if ids is None else [wanted.where(column.in_(some)) for some in chunks(ids)]
