"""Tie judgements to the claims as they now are, and give the claims that they correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from backchannel.corrections import attach, corrected, decides_field, in_force
from backchannel.records import Claim, Judgement, from_json
from backchannel.store.answers import claim_from
from backchannel.store.memory import find_judgements
from backchannel.store.queries import Days
from backchannel.store.rows import SlimClaim, chunks, claim_row, slim_from, slim_of
from backchannel.store.schema import claims, documents, homes, judgements

ByDocument = Mapping[str, tuple[Judgement, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The judgements in force, newest first, each naming current claims; ``stale`` are those that lost their claim.

    ``made`` are the ids of all that were ever made.
    """

    judgements: tuple[Judgement, ...] = ()
    stale: tuple[Judgement, ...] = ()
    made: tuple[str, ...] = ()


class Corrections:
    """Judgements on single values by document: read once, and again when there are more of them."""

    def __init__(self) -> None:
        self._count = 0
        self._found: ByDocument = {}

    def claims(self, connection: Connection) -> Callable[[Row[Any]], Claim]:
        """Give what makes a claim, as corrected, of a row on this connection."""
        by_document = self._on(connection)
        known: dict[str, dict[str, Claim]] = {}

        def made(row: Row[Any]) -> Claim:
            claim = claim_from(row)
            if claim.document not in by_document:
                return claim
            if claim.document not in known:
                told = {claim.document: by_document[claim.document]}
                known[claim.document] = {one.id: one for one in corrected_claims(connection, told)}
            return known[claim.document].get(claim.id, claim)

        return made

    def slim(self, connection: Connection) -> Callable[[Row[Any]], SlimClaim]:
        """Give what makes the slim columns of a claim, as corrected, of a row on this connection."""
        known = {one.id: one for one in corrected_claims(connection, self._on(connection))}

        def made(row: Row[Any]) -> SlimClaim:
            read = slim_from(row)
            return slim_of(known[read.id], read) if read.id in known else read

        return made

    def days(self, connection: Connection) -> Days:
        """Give the days of all corrected claims; of one without a date those of its document."""
        known = {one.id: claim_row(one, edition=1) for one in corrected_claims(connection, self._on(connection))}
        published: dict[str, str | None] = {}
        for some in chunks(row["document"] for row in known.values()):
            wanted = select(documents.c.id, documents.c.published).where(documents.c.id.in_(some))
            published.update((row.id, row.published) for row in connection.execute(wanted))
        return {
            id: (row["first_day"] or published[row["document"]], row["last_day"] or published[row["document"]])
            for id, row in known.items()
        }

    def _on(self, connection: Connection) -> ByDocument:
        """The judgements in force on values, by the document of the claim that they name."""
        count = connection.execute(select(func.count()).select_from(judgements)).scalar_one()
        if count != self._count:
            told = [one for one in in_force(every(connection)) if decides_field(one)]
            of = {id: found[-1].document for id, found in _editions(connection, (one.target for one in told)).items()}
            groups: defaultdict[str, list[Judgement]] = defaultdict(list)
            for one in told:
                if one.target in of:
                    groups[of[one.target]].append(one)
            self._found, self._count = {document: tuple(group) for document, group in groups.items()}, count
        return self._found


def every(connection: Connection) -> list[Judgement]:
    """Give all judgements that were ever made, oldest first."""
    return [from_json(record, Judgement) for record in connection.execute(find_judgements()).scalars()]


def corrected_claims(connection: Connection, by_document: ByDocument) -> list[Claim]:
    """Give the current claims that judgements correct, as corrected, by id."""
    tied = tie(connection, [one for group in by_document.values() for one in group])
    on: defaultdict[str, list[Judgement]] = defaultdict(list)
    for one in tied.judgements:
        on[one.target].append(one)
    current = {claim.id: claim for group in _current(connection, by_document).values() for claim in group}
    return [corrected(current[id], on[id]) for id in sorted(on.keys() & current.keys())]


def decide(connection: Connection) -> Decisions:
    """Give all judgements in force as they apply now."""
    made = every(connection)
    return replace(tie(connection, in_force(made)), made=tuple(one.id for one in made))


def tie(connection: Connection, told: Sequence[Judgement]) -> Decisions:
    """Give judgements in their order, each with the ids of the claims that it is about now.

    One that names a document, or a conversation in which claims have their home, is kept as it is; an ``unsure`` that
    has lost its claim is left out, since it decides nothing.
    """
    editions = _editions(connection, (id for one in told for id in (one.target, one.other) if id is not None))
    current = _current(connection, {found[-1].document for found in editions.values()})
    others = _others(connection, {id for one in told for id in (one.target, one.other or "")} - set(editions))

    def now(id: str, quotation: str | None) -> str | None:
        if id not in editions:
            return id if id in others else None
        return attach(id, quotation, editions[id], current[editions[id][-1].document])

    tied, stale = [], []
    for one in told:
        target = now(one.target, one.quotation)
        other = None if one.other is None else now(one.other, None)
        if target is None or (other is None) != (one.other is None):
            stale += [one] if one.kind != "unsure" else []
        else:
            quotation = one.quotation if one.target in editions else None
            tied.append(replace(one, target=target, other=other, quotation=quotation))
    return Decisions(judgements=tuple(tied), stale=tuple(stale))


def _editions(connection: Connection, ids: Iterable[str]) -> dict[str, list[Claim]]:
    """All editions of these claims, oldest first, by id."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for some in chunks(sorted(set(ids))):
        wanted = select(claims.c.record).where(claims.c.id.in_(some)).order_by(claims.c.id, claims.c.edition)
        for record in connection.execute(wanted).scalars():
            claim: Claim = from_json(record, Claim)
            found[claim.id].append(claim)
    return dict(found)


def _current(connection: Connection, ids: Iterable[str]) -> dict[str, list[Claim]]:
    """The current claims of these documents."""
    found: dict[str, list[Claim]] = {id: [] for id in ids}
    for some in chunks(sorted(found)):
        wanted = select(claims.c.record).where(claims.c.document.in_(some), ~claims.c.superseded)
        for record in connection.execute(wanted.order_by(claims.c.id)).scalars():
            claim: Claim = from_json(record, Claim)
            found[claim.document].append(claim)
    return found


def _others(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are documents, or conversations in which claims have their home."""
    found: set[str] = set()
    for some in chunks(sorted(ids)):
        for column in (homes.c.conversation, documents.c.id):
            found.update(connection.execute(select(column).distinct().where(column.in_(some))).scalars())
    return found
