"""Tell when the claims of one reader lie, and which came since: what linking asks before it reads any claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from backchannel.store.rows import chunks
from backchannel.store.schema import claims, conversation_claims, documents

Open = Callable[[], AbstractContextManager[Connection]]
_MONTH = 7
"""Characters of a day that name its month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first and last ISO day of a claim, and what read it."""

    by: str
    first: str
    last: str


class Lanes:
    """Where claims lie in time, by what read them."""

    def __init__(self, reading: Open) -> None:
        self._reading = reading

    def months(self, by: str) -> set[str]:
        """Give the months, as ``YYYY-MM``, in which the current claims of one reader begin."""
        month = func.substr(claims.c.first_day, 1, _MONTH)
        wanted = select(month).distinct().where(claims.c.by == by, ~claims.c.superseded)
        with self._reading() as connection:
            return set(connection.execute(wanted.where(func.length(claims.c.first_day) > _MONTH)).scalars())

    def since(self, number: int) -> Iterator[Days]:
        """Give the days of the claims that were kept after the row ``number``, as they were before as well as now."""
        came = select(claims.c.id).where(claims.c.number > number)
        wanted = select(claims.c.by, claims.c.first_day, claims.c.last_day)
        wanted = wanted.where(claims.c.id.in_(came), claims.c.first_day.is_not(None))
        with self._reading() as connection:
            rows = connection.execute(wanted.distinct()).all()
        return (Days(by=row.by, first=row.first_day, last=row.last_day) for row in rows)

    def of(self, ids: Iterable[str]) -> dict[str, Days]:
        """Give the days of claims as they were last read, by id; those that are gone too."""
        found: dict[str, Days] = {}
        with self._reading() as connection:
            for some in chunks(sorted(set(ids))):
                wanted = select(claims.c.id, claims.c.by, claims.c.first_day, claims.c.last_day)
                wanted = wanted.where(claims.c.id.in_(some), claims.c.first_day.is_not(None))
                for row in connection.execute(wanted.order_by(claims.c.edition)):
                    found[row.id] = Days(by=row.by, first=row.first_day, last=row.last_day)
        return found

    def retracted(self) -> set[str]:
        """Give the ids of the documents that were taken back."""
        with self._reading() as connection:
            return set(connection.execute(select(documents.c.id).where(documents.c.state == "retracted")).scalars())

    def within(self, ids: Iterable[str]) -> set[str]:
        """Give the ids of all claims, of whatever edition, that were read in these documents."""
        found: set[str] = set()
        with self._reading() as connection:
            for some in chunks(sorted(set(ids))):
                found.update(connection.execute(select(claims.c.id).where(claims.c.document.in_(some))).scalars())
        return found

    def conversations(self, ids: Iterable[str]) -> dict[str, str]:
        """Give the conversation in which each of these claims now is, by claim."""
        found: dict[str, str] = {}
        table = conversation_claims
        with self._reading() as connection:
            for some in chunks(sorted(set(ids))):
                found.update(
                    (row.claim, row.conversation)
                    for row in connection.execute(select(table).where(table.c.claim.in_(some)))
                )
        return found
