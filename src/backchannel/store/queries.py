"""Build the questions that are put to the store; nothing here touches a database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypedDict

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, and_, func, select

from backchannel.errors import QueryError
from backchannel.store import dialects, schema
from backchannel.store.rows import bound, folded
from backchannel.store.schema import claims, conversations, documents, families

Order = Literal["when", "newest", "reported", "independent", "score", "id"]


class Question(TypedDict, total=False):
    """What conversations to give; every part that is left out or ``None`` asks nothing.

    A conversation without a date counts under the day of its first report. ``parties`` must all be in it; ``person``
    is a full name, one word of it, in any case, or our id of somebody, or several of these of which one is enough;
    ``text`` holds words and "quoted phrases" that must all stand in one of its sentences; ``privacy`` and ``status``
    are one value or several. ``attested_only`` asks for what is known by mention alone, ``unknown_to`` holds the
    spellings of one from whom it was kept, of which any will do. ``since`` and ``until`` are both included, and a
    month or year means all of it. ``order`` is ``when`` (oldest first), ``newest``, ``reported``, ``independent``
    (most first), ``score`` (highest first) or ``id``; ties by id.
    """

    parties: Sequence[str]
    issue: str | None
    person: str | Collection[str] | None
    since: date | str | None
    until: date | str | None
    privacy: str | Collection[str] | None
    status: str | Collection[str] | None
    text: str | None
    minimum_independent: int | None
    disputed: bool | None
    attested_only: bool | None
    unknown_to: Collection[str] | None
    limit: int | None
    order: Order


def find_conversations(dialect: str, question: Question) -> Select[Any]:
    """Give the query for the JSON of the conversations asked for.

    Raises:
        QueryError: an unknown part or order, a date that is none, or a text without a word.
    """
    unknown = sorted(set(question) - set(Question.__annotations__))
    if unknown:
        known = ", ".join(Question.__annotations__)
        raise QueryError(f"conversations cannot be asked for by {', '.join(unknown)}; known: {known}")
    wanted = select(conversations.c.record).where(*_conditions(question))
    text = question.get("text")
    if text is not None:
        wanted = wanted.where(conversations.c.id.in_(_telling(dialect, text)))
    return wanted.order_by(*_ordered(question.get("order", "when"))).limit(question.get("limit"))


def _conditions(question: Question) -> list[ColumnElement[bool]]:
    """Give one condition for each part of the question that a column or link table answers."""
    table = conversations.c
    since, until = bound(question.get("since"), last=False), bound(question.get("until"), last=True)
    minimum, disputed = question.get("minimum_independent"), question.get("disputed")
    issue, person = question.get("issue"), question.get("person")
    found = [_linked(schema.conversation_parties, "actor", [actor]) for actor in question.get("parties") or ()]
    if issue is not None:
        found.append(_linked(schema.conversation_issues, "issue", [issue]))
    if person is not None:
        found.append(_linked(schema.conversation_persons, "person", [person] if isinstance(person, str) else person))
    if since is not None:
        found.append(table.last_day >= since)
    if until is not None:
        found.append(table.first_day <= until)
    if minimum is not None:
        found.append(table.independent >= minimum)
    if disputed is not None:
        found.append(table.disputed == disputed)
    found.extend(_attested(question))
    for column, value in ((table.privacy, question.get("privacy")), (table.status, question.get("status"))):
        if value is not None:
            found.append(column.in_([value] if isinstance(value, str) else sorted(value)))
    return found


_ATTESTED = ("mention", "no_record")


def _attested(question: Question) -> Iterator[ColumnElement[bool]]:
    """Yield what is asked of records that mention it and of those from whom it was kept."""
    attested, kept_from = question.get("attested_only"), question.get("unknown_to")
    if attested is not None:
        told = func.coalesce(conversations.c.attestation, "")
        yield told.in_(_ATTESTED) if attested else told.not_in(_ATTESTED)
    if kept_from is not None:
        link = schema.conversation_withheld.c
        names = sorted({folded(one) for one in kept_from})
        yield conversations.c.id.in_(select(link.conversation).where(link.kept_from.in_(names)))


def _linked(table: Table, column: str, values: Iterable[str]) -> ColumnElement[bool]:
    """Give the condition that a conversation is tied to one of these values, people's names folded."""
    wanted = {folded(value) for value in values} if column == "person" else set(values)
    return conversations.c.id.in_(select(table.c.conversation).where(table.c[column].in_(sorted(wanted))))


def find_people(word: str) -> Select[Any]:
    """Give the query for the names and ids with this word in them, by which conversations are found."""
    person = schema.conversation_persons.c.person
    return select(person).where(person.contains(folded(word), autoescape=True)).distinct().order_by(person)


def _telling(dialect: str, text: str) -> Select[Any]:
    """Give the query for the conversations with a current claim whose sentence matches the text."""
    link = schema.conversation_claims
    matching = dialects.claims_matching(dialect, text).subquery("matching")
    found = select(link.c.conversation).join(claims, claims.c.id == link.c.claim)
    return found.join(matching, matching.c.number == claims.c.number).where(~claims.c.superseded)


def _ordered(order: str) -> list[ColumnElement[Any]]:
    """Give what conversations are sorted by."""
    table = conversations.c
    orders: dict[str, list[ColumnElement[Any]]] = {
        "when": [table.first_day.asc().nulls_last()],
        "newest": [table.first_day.desc().nulls_last()],
        "reported": [table.reported.asc().nulls_last()],
        "independent": [table.independent.desc()],
        "score": [table.score.desc()],
        "id": [],
    }
    if order not in orders:
        raise QueryError(f"conversations cannot be ordered by {order!r}; known: {', '.join(orders)}")
    return [*orders[order], table.id.asc()]


Days = Mapping[str, tuple[str | None, str | None]]
"""The first and last ISO day of claims, by id; ``None`` where neither claim nor document has a date."""


def find_claims(
    *,
    document: str | None,
    kind: str | None,
    since: date | str | None,
    until: date | str | None,
    moved: Days | None = None,
) -> Select[Any]:
    """Give the query for the JSON of current claims, by id; one without a date counts under its document's.

    Args:
        document: in which they were read.
        kind: contact or act.
        since: first day, month or year.
        until: last day, month or year.
        moved: the days of claims that were corrected, which count instead of those that were read.

    Raises:
        QueryError: a date that is none.
    """
    wanted = select(claims.c.record).where(~claims.c.superseded).order_by(claims.c.id)
    first, last = bound(since, last=False), bound(until, last=True)
    if document is not None:
        wanted = wanted.where(claims.c.document == document)
    if kind is not None:
        wanted = wanted.where(claims.c.kind == kind)
    if first is None and last is None:
        return wanted
    among = claims.c.number.in_(_within(first, last))
    if not moved:
        return wanted.where(among)
    there = [id for id, days in moved.items() if _lies(days, first, last)]
    return wanted.where(and_(among, claims.c.id.not_in(sorted(moved))) | claims.c.id.in_(sorted(there)))


def _lies(days: tuple[str | None, str | None], first: str | None, last: str | None) -> bool:
    begins, ends = days
    if begins is None or ends is None:
        return False
    return (first is None or ends >= first) and (last is None or begins <= last)


def _within(first: str | None, last: str | None) -> CompoundSelect[Any]:
    """Give the query for the ``number`` of current claims of these days; undated ones count under their document's."""
    dated = select(claims.c.number).where(~claims.c.superseded, claims.c.last_day.is_not(None))
    undated = select(claims.c.number).join(documents, documents.c.id == claims.c.document)
    undated = undated.where(~claims.c.superseded, claims.c.last_day.is_(None))
    if first is not None:
        dated, undated = dated.where(claims.c.last_day >= first), undated.where(documents.c.published >= first)
    if last is not None:
        dated, undated = dated.where(claims.c.first_day <= last), undated.where(documents.c.published <= last)
    return dated.union_all(undated)


_BESIDE = ("number", "edition", "superseded", "sentence", "record")
"""The columns of a claim that merging does without."""


def slim_claims() -> Select[Any]:
    """Give the query for the slim columns of all current claims in order of block: parties, then day, then id."""
    columns = [column for column in claims.c if column.name not in _BESIDE]
    wanted = select(*columns, documents.c.published, documents.c.source, families.c.family)
    wanted = wanted.join(documents, documents.c.id == claims.c.document)
    wanted = wanted.outerjoin(families, families.c.document == claims.c.document).where(~claims.c.superseded)
    day = func.coalesce(claims.c.first_day, documents.c.published)
    return wanted.order_by(claims.c.parties, day.asc().nulls_last(), claims.c.id)


def find_conversation(prefix: str) -> Select[Any]:
    """Give the query for at most six conversations whose id starts with ``prefix``, an exact one first."""
    number = conversations.c.id
    return (
        select(number, conversations.c.record)
        .where(number >= prefix, number < prefix + "\U0010ffff")
        .order_by(number)
        .limit(6)
    )


def find_problems(*, mended: bool) -> Select[Any]:
    """Give the query for problems by document and room, also of documents that were read since if ``mended``."""
    table = schema.problems
    columns = [column for column in table.c if column.name != "mended"]
    wanted = select(*columns).order_by(table.c.document, table.c.room)
    return wanted if mended else wanted.where(~table.c.mended)
