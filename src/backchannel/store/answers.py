"""Make records of the rows that a question gives."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import Connection, Row, Select

from backchannel.records import Change, Claim, Conversation, Coverage, Judgement, Problem, from_json
from backchannel.store.engine import Database
from backchannel.store.rows import unpack

Record = TypeVar("Record")


class Answers:
    """Streams of records from one store; those not read to their end are ended by ``close``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._open: WeakSet[Generator[Any, None, None]] = WeakSet()

    def stream(self, wanted: Sequence[Select[Any]], make: Callable[[Row[Any]], Record]) -> Iterator[Record]:
        """Yield a record for each row, all from one snapshot, query after query."""
        return self.prepared(wanted, lambda _: make)

    def prepared(
        self, wanted: Sequence[Select[Any]], prepare: Callable[[Connection], Callable[[Row[Any]], Record]]
    ) -> Iterator[Record]:
        """Yield records as ``stream`` does, made by what ``prepare`` gives for the connection."""
        records = self._records(wanted, prepare)
        self._open.add(records)
        return records

    def close(self) -> None:
        """End all streams."""
        for records in list(self._open):
            records.close()

    def _records(
        self, wanted: Sequence[Select[Any]], prepare: Callable[[Connection], Callable[[Row[Any]], Record]]
    ) -> Generator[Record, None, None]:
        """Run the queries on one connection, fetching 500 rows at a time."""
        with self._database.reading() as connection:
            make = prepare(connection)
            for query in wanted:
                with connection.execute(query, execution_options={"yield_per": 500}) as rows:
                    for row in rows:
                        yield make(row)


def claim_from(row: Row[Any]) -> Claim:
    """Give a claim from its JSON."""
    claim: Claim = from_json(row.record, Claim)
    return claim


def conversation_from(row: Row[Any]) -> Conversation:
    """Give a conversation from its JSON."""
    conversation: Conversation = from_json(row.record, Conversation)
    return conversation


def judgement_from(row: Row[Any]) -> Judgement:
    """Give a judgement from its JSON."""
    judgement: Judgement = from_json(row.record, Judgement)
    return judgement


def change_from(row: Row[Any]) -> Change:
    """Give a change from its JSON."""
    change: Change = from_json(row.record, Change)
    return change


def problem_from(row: Row[Any]) -> Problem:
    """Give a problem from its row."""
    return Problem(
        document=row.document,
        room=row.room,
        error=row.error,
        message=row.message,
        at=datetime.fromisoformat(row.at),
    )


def coverage_from(row: Row[Any]) -> Coverage:
    """Give the coverage of a day from its row."""
    day = date.fromisoformat(row.day)
    return Coverage(source=row.source, day=day, fetched=row.fetched, read=row.read, failed=row.failed)


def signature_from(row: Row[Any]) -> tuple[str, tuple[int, ...]]:
    """Give a document's id and signature from its row."""
    return row.document, unpack(row.signature)


def assignment_from(row: Row[Any]) -> tuple[str, str]:
    """Give a claim's id and its conversation's from their row."""
    return row.claim, row.conversation


def family_from(row: Row[Any]) -> tuple[str, str]:
    """Give a document's id and its family's from their row."""
    return row.document, row.family
