"""Keep where each claim was first at home, what each merge changed, and tell what came since a merge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, insert, select

from backchannel.records import Change, Conversation
from backchannel.store.answers import Answers, assignment_from, change_from
from backchannel.store.engine import Database
from backchannel.store.rows import bound, encode, moment
from backchannel.store.schema import changes, claims, conversation_claims, documents, homes, readings

Explain = Callable[[Sequence[Conversation], Sequence[Conversation]], Iterable[Change]]
"""Gives the changes from the conversations that go to those that come; one that stays as it was is in neither."""
_MANY = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far the store has come: the numbers of the last row of documents and of claims."""

    documents: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A claim that was read or read anew since a ``Place``; ``is_first`` when its document came since then too."""

    id: str
    document: str
    reader: str | None
    is_first: bool


class History:
    """What became of conversations from merge to merge."""

    def __init__(self, database: Database, answers: Answers) -> None:
        self._database = database
        self._answers = answers

    def homes(self) -> dict[str, str]:
        """Give for each claim that ever was in a conversation the one that it was first put into."""
        return dict(self._answers.stream([select(homes).order_by(homes.c.claim)], assignment_from))

    def changes(
        self,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        kind: str | None = None,
        conversation: str | None = None,
    ) -> Iterator[Change]:
        """Yield what merges changed, oldest first; ``since`` and ``until`` are days, months or years, both included.

        Raises:
            QueryError: ``since`` or ``until`` is no date.
        """
        wanted = find_changes(since=since, until=until, kind=kind, conversation=conversation)
        return self._answers.stream([wanted], change_from)

    def named(self, prefix: str) -> list[str]:
        """Give at most six ids, starting with ``prefix``, of conversations that a merge has ever changed."""
        with self._database.reading() as connection:
            return list(connection.execute(find_changed(prefix)).scalars())

    def place(self) -> Place:
        """Give how far the store has come."""
        with self._database.reading() as connection:
            return place(connection)

    def newcomers(self, since: Place) -> Iterator[Newcomer]:
        """Yield the current claims that were read, or read anew, since ``since``, by document and claim."""
        return self._answers.stream([find_newcomers(since)], newcomer_from)


def settle(connection: Connection) -> None:
    """Give every claim that is in a conversation for the first time its home there; a home is never moved."""
    link = conversation_claims.c
    at_home = exists().where(homes.c.claim == link.claim)
    first = select(link.claim, func.min(link.conversation)).where(~at_home).group_by(link.claim)
    connection.execute(insert(homes).from_select(["claim", "conversation"], first))


def put_changes(connection: Connection, found: Iterable[Change]) -> None:
    """Append changes, in their order."""
    rows: list[dict[str, Any]] = []
    for one in found:
        record = encode(one)
        rows.append({"at": moment(one.at), "conversation": one.conversation, "kind": one.kind, "record": record})
        if len(rows) == _MANY:
            connection.execute(insert(changes), rows)
            rows = []
    if rows:
        connection.execute(insert(changes), rows)


def find_changes(
    *, since: date | str | None, until: date | str | None, kind: str | None, conversation: str | None
) -> Select[Any]:
    """Give the query for the JSON of changes, oldest first; days are those of UTC, both included.

    Raises:
        QueryError: a date that is none.
    """
    wanted = select(changes.c.record).order_by(changes.c.number)
    first, last = bound(since, last=False), bound(until, last=True)
    if first is not None:
        wanted = wanted.where(changes.c.at >= first)
    if last is not None:
        wanted = wanted.where(changes.c.at <= last + "T99")
    if kind is not None:
        wanted = wanted.where(changes.c.kind == kind)
    return wanted if conversation is None else wanted.where(changes.c.conversation == conversation)


def find_changed(prefix: str) -> Select[Any]:
    """Give the query for at most six ids of conversations that ever changed and start with ``prefix``."""
    number = changes.c.conversation
    wanted = select(number).distinct().where(number >= prefix, number < prefix + "\U0010ffff")
    return wanted.order_by(number).limit(6)


def place(connection: Connection) -> Place:
    """Give how far the store has come."""
    last = [connection.execute(select(func.max(table.c.number))).scalar() for table in (documents, claims)]
    return Place(documents=last[0] or 0, claims=last[1] or 0)


def find_newcomers(since: Place) -> Select[Any]:
    """Give the query for the current claims that were read since ``since``, by document and claim."""
    is_first = (documents.c.number > since.documents).label("is_first")
    wanted = select(claims.c.id, claims.c.document, readings.c.reader, is_first)
    wanted = wanted.join(documents, documents.c.id == claims.c.document)
    wanted = wanted.outerjoin(readings, readings.c.document == claims.c.document)
    wanted = wanted.where(claims.c.number > since.claims, ~claims.c.superseded)
    return wanted.order_by(claims.c.document, claims.c.id)


def newcomer_from(row: Row[Any]) -> Newcomer:
    """Give a claim that came since a merge from its row."""
    return Newcomer(id=row.id, document=row.document, reader=row.reader, is_first=bool(row.is_first))
