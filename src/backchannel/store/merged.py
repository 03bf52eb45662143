"""What the last merge kept for the next one: leaves, reports and where they lie, so that it reads only what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, delete, func, insert, select

from backchannel.records import Conversation
from backchannel.store import memory, schema, writes
from backchannel.store.history import Explain
from backchannel.store.rows import chunks

_LONG = 31
"""Days above which a report is looked up apart, since its first day says little of where it lies."""
_SPAN = "span:"
_STATE = "run.merged_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLeaf:
    """A leaf and its family, both as JSON."""

    leaf: str
    document: str
    record: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report as JSON, what it goes on about, what it hangs together with, and what people said of it.

    ``raw`` is the report by itself, ``record`` the report as a copy of another, where it is one.
    """

    claim: str
    document: str
    component: str | None
    anchor: str | None
    judged: str | None
    raw: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One of the blocks in which a report lies, and its days as ordinals."""

    key: str
    day: int
    last: int
    claim: str
    rich: bool


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a merge changes; ``whole`` when it looked at everything, so that all else goes.

    ``documents`` are those whose leaves and reports are given anew, ``components`` the new components of reports that
    stay as they are, ``among`` the ids of conversations in whose place ``conversations`` come.
    """

    rules: str
    whole: bool
    numbers: Sequence[int] = ()
    documents: Collection[str] = ()
    leaves: Sequence[KeptLeaf] = ()
    reports: Sequence[KeptReport] = ()
    spots: Sequence[Spot] = ()
    components: Mapping[str, str | None] = field(default_factory=dict)
    conversations: Sequence[Conversation] = ()
    among: Collection[str] = ()


class _Open(Protocol):
    def __call__(self) -> AbstractContextManager[Connection]: ...


class Merged:
    """What the last merge kept, and the only place where a merge writes."""

    def __init__(self, reading: _Open, writing: _Open) -> None:
        self._reading = reading
        self._writing = writing

    def rules(self) -> str | None:
        """Give the digest of the rules by which the store was merged last, ``None`` when it never was."""
        with self._reading() as connection:
            found = memory.get_settings(connection, _STATE).get(_STATE)
        return None if found is None else str(found)

    def unmerged(self) -> tuple[list[int], set[str]]:
        """Give the documents that were kept since the last merge, with the numbers of the rows that say so."""
        with self._reading() as connection:
            rows = connection.execute(select(schema.unmerged)).all()
        return [row.number for row in rows], {row.document for row in rows}

    def leaves(self, documents: Iterable[str] | None = None) -> Iterator[KeptLeaf]:
        """Yield all leaves, or those of these documents."""
        wanted, c = select(schema.leaves), schema.leaves.c
        asked = [wanted] if documents is None else [wanted.where(c.document.in_(some)) for some in chunks(documents)]
        for row in self._rows(asked):
            yield KeptLeaf(**row._mapping)

    def reports(
        self, by: Literal["claim", "document", "component"], values: Iterable[str], *, judged: bool = False
    ) -> Iterator[KeptReport]:
        """Yield the reports with one of these values; with ``judged``, also all of which people said something."""
        table = schema.reports
        wanted = [select(table).where(table.c[by].in_(some)) for some in chunks(values)]
        if judged:
            wanted.append(select(table).where(table.c.judged.is_not(None)))
        for row in self._rows(wanted):
            yield KeptReport(**row._mapping)

    def near(self, spots: Iterable[Spot], *, near_days: int, far_days: int) -> set[str]:
        """Give the reports that lie in a block with one of these, near in time; the rich ones of both from afar."""
        c = schema.blocks.c
        found: set[str] = set()
        with self._reading() as connection:
            for key, windows in _windows(spots, near_days, far_days).items():
                for first, last, rich in windows:
                    late = and_(c.key == _SPAN + key, c.day <= last, c.last >= first)
                    usual = and_(c.key == key, c.day.between(first - _LONG, last), c.last >= first)
                    for wanted in (usual, late):
                        asked = select(c.claim).where(wanted, *([c.rich] if rich else []))
                        found.update(connection.execute(asked).scalars())
        return found

    def tied(self, keys: Iterable[str]) -> set[str]:
        """Give the reports that lie in one of these blocks, whenever that is."""
        c = schema.blocks.c
        return {row.claim for row in self._rows(select(c.claim).where(c.key.in_(some)) for some in chunks(keys))}

    def homes(self, by: Literal["claim", "conversation"], values: Iterable[str]) -> dict[str, str]:
        """Give the home of claims by claim: of these claims, or of all those at home in these conversations."""
        c = schema.homes.c
        wanted = [select(c.claim, c.conversation).where(c[by].in_(some)) for some in chunks(values)]
        return {row.claim: row.conversation for row in self._rows(wanted)}

    def assignment(self, by: Literal["claim", "conversation"], values: Iterable[str]) -> dict[str, str]:
        """Give the conversation of claims by claim: of these claims, or of all those of these conversations."""
        c = schema.conversation_claims.c
        wanted = [select(c.claim, c.conversation).where(c[by].in_(some)) for some in chunks(values)]
        return {row.claim: row.conversation for row in self._rows(wanted)}

    def kin(self, families: Iterable[str]) -> set[str]:
        """Give the documents of which a leaf is in one of these families."""
        table, leaves = schema.families.c, schema.leaves.c
        joined = select(leaves.document).join(schema.families, table.document == leaves.leaf)
        return {row.document for row in self._rows([joined.where(table.family.in_(some)) for some in chunks(families)])}

    def put_families(self, families: Mapping[str, str], *, gone: Iterable[str] | None = None) -> None:
        """Make these the families by leaf, and forget those of leaves that are gone; of all others where not given."""
        with self._writing() as connection:
            if gone is None:
                writes.replace_families(connection, families)
                return
            for some in chunks(gone):
                connection.execute(delete(schema.families).where(schema.families.c.document.in_(some)))
            writes.put_families(connection, families)

    def put(self, outcome: Outcome, explain: Explain | None = None) -> None:
        """Keep the outcome of a merge, all at once: a reader sees the old conversations or the new ones."""
        with self._writing() as connection:
            _forget(connection, outcome)
            _fill(connection, schema.leaves, outcome.leaves)
            _fill(connection, schema.reports, outcome.reports)
            _fill(connection, schema.blocks, [_laid(place) for place in outcome.spots])
            if outcome.whole:
                writes.replace_conversations(connection, outcome.conversations, explain)
            else:
                _move(connection, outcome.components)
                writes.put_conversations(connection, outcome.conversations, among=outcome.among, explain=explain)
            memory.set_setting(connection, _STATE, outcome.rules)

    def counts(self) -> dict[str, int]:
        """Give the number of families of several leaves, of claims, and of conversations told once or disputed."""
        with self._reading() as connection:
            return {name: connection.execute(wanted).scalar_one() for name, wanted in _counted().items()}

    def _rows(self, wanted: Iterable[Select[Any]]) -> Iterator[Row[Any]]:
        with self._reading() as connection:
            for query in wanted:
                yield from connection.execute(query)


def _counted() -> dict[str, Select[Any]]:
    families, links, found = schema.families.c, schema.conversation_claims.c, schema.conversations
    kin = select(families.family).group_by(families.family).having(func.count() > 1).subquery()
    joined = select(links.conversation).group_by(links.conversation).having(func.count() > 1).subquery()
    return {
        "documents": select(func.count()).select_from(schema.documents),
        "families": select(func.count()).select_from(kin),
        "claims": select(func.count()).select_from(schema.reports),
        "conversations": select(func.count()).select_from(found),
        "joined": select(func.count()).select_from(joined),
        "disputed": select(func.count()).select_from(found).where(found.c.disputed),
    }


def _windows(spots: Iterable[Spot], near: int, far: int) -> dict[str, list[tuple[int, int, bool]]]:
    """Give the spans of days to look at in each block, those that touch as one; the third says: only the rich."""
    asked: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for place in spots:
        asked.setdefault((place.key, False), []).append((place.day - near, place.last + near))
        if place.rich:
            asked.setdefault((place.key, True), []).append((place.day - far, place.last + far))
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for (key, rich), spans in asked.items():
        found.setdefault(key, []).extend((first, last, rich) for first, last in _joined(sorted(spans)))
    return found


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _laid(place: Spot) -> Spot:
    """The place as it is kept: one of many days apart from the others."""
    if place.last - place.day <= _LONG:
        return place
    return Spot(key=_SPAN + place.key, day=place.day, last=place.last, claim=place.claim, rich=place.rich)


def _forget(connection: Connection, outcome: Outcome) -> None:
    """Take away what is given anew."""
    reports, blocks, leaves = schema.reports, schema.blocks, schema.leaves
    if outcome.whole:
        for table in (reports, blocks, leaves):
            connection.execute(delete(table))
    for some in chunks(() if outcome.whole else outcome.documents):
        old = select(reports.c.claim).where(reports.c.document.in_(some))
        connection.execute(delete(blocks).where(blocks.c.claim.in_(old)))
        connection.execute(delete(reports).where(reports.c.document.in_(some)))
    for some in chunks(() if outcome.whole else (leaf.document for leaf in outcome.leaves)):
        connection.execute(delete(leaves).where(leaves.c.document.in_(some)))
    for at in range(0, len(outcome.numbers), 500):
        some_numbers: ColumnElement[bool] = schema.unmerged.c.number.in_(outcome.numbers[at : at + 500])
        connection.execute(delete(schema.unmerged).where(some_numbers))


def _fill(connection: Connection, table: Table, rows: Sequence[Any]) -> None:
    for at in range(0, len(rows), 10_000):
        connection.execute(insert(table), [asdict(row) for row in rows[at : at + 10_000]])


def _move(connection: Connection, components: Mapping[str, str | None]) -> None:
    """Say anew what reports hang together with."""
    c = schema.reports.c
    by: dict[str | None, list[str]] = {}
    for claim, component in components.items():
        by.setdefault(component, []).append(claim)
    for component, claims in by.items():
        for some in chunks(claims):
            connection.execute(schema.reports.update().where(c.claim.in_(some)).values(component=component))
