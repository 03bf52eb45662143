"""Take from a store what a gap is made of, by what a person typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from backchannel.analysis import questions
from backchannel.analysis.citations import cite
from backchannel.analysis.gap import Material, Scope, gap
from backchannel.analysis.gap_records import Gap, Held
from backchannel.conversations.reports import span
from backchannel.importers.tables import KEY as TABLE
from backchannel.records import Claim, Conversation, Document, Judgement
from backchannel.sources import record
from backchannel.store import Store
from backchannel.store.rows import bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Whose gap is asked for, as typed: two parties by id or name, a period, a person.

    Without a period it is that of the records: the years of which those in the store tell to the day.
    """

    parties: tuple[str, str]
    since: date | str | None = None
    until: date | str | None = None
    person: str | None = None


def between(asked: Between, store: Store) -> Gap | None:
    """Give the gap of two parties, ``None`` where the store has no conversation of them in the period.

    Raises:
        QueryError: a party or date is unknown, or both are one party.
    """
    names = questions.table(store)
    wanted = questions.named(
        questions.Asked(actors=asked.parties, person=asked.person, since=asked.since, until=asked.until), store
    )
    found = list(questions.find(wanted, store))
    if not found:
        return None
    links = [one for one in store.decisions().judgements if one.kind == "link"]
    claims, documents = questions.reports(found, store)
    if asked.since is None and asked.until is None:
        asked = _as_recorded(asked, found, claims, documents)
        found = [one for one in found if _overlaps(one, asked)]
    found = _with_linked(found, links, store)
    claims, documents = questions.reports(found, store)
    first, last = bound(asked.since, last=False), bound(asked.until, last=True)
    material = Material(
        conversations=found,
        claims=claims,
        documents=documents,
        links=links,
        held=_held(store, found, claims, documents, (first, last)),
        cite=cite,
    )
    scope = Scope(
        parties=wanted.actors,
        names=tuple(names.name(one) or one for one in wanted.actors),
        person=asked.person,
        since=None if asked.since is None else str(asked.since),
        until=None if asked.until is None else str(asked.until),
    )
    return gap(material, scope)


def _as_recorded(
    asked: Between, found: list[Conversation], claims: dict[str, Claim], documents: dict[str, Document]
) -> Between:
    """Give the question with the years of which records here tell to the day; beyond them nothing can lie beside."""
    years = [
        day.year
        for one in found
        if one.when is not None and one.when.precision == "day" and _is_recorded(one, claims, documents)
        for day in span(one.when)
    ]
    return replace(asked, since=str(min(years)), until=str(max(years))) if years else asked


def _is_recorded(one: Conversation, claims: dict[str, Claim], documents: dict[str, Document]) -> bool:
    told = (documents.get(claims[id].document) for id in one.claims if id in claims)
    return any(document is not None and record.KEY in document.meta for document in told)


def _overlaps(one: Conversation, asked: Between) -> bool:
    """Whether a conversation falls in the period, an undated one by its first report, as the store takes it."""
    first, last = bound(asked.since, last=False), bound(asked.until, last=True)
    if one.when is None:
        return one.first_reported is None or _lies(date.fromisoformat(one.first_reported), first, last)
    begins, ends = (day.isoformat() for day in span(one.when))
    return (first is None or ends >= first) and (last is None or begins <= last)


def _with_linked(found: list[Conversation], links: list[Judgement], store: Store) -> list[Conversation]:
    """Give the conversations with those that links put beside them, though they name not both parties."""
    claims = {claim for one in found for claim in one.claims}
    ends = {one.target if one.other in claims else one.other for one in links if {one.target, one.other} & claims}
    others = set(store.merged.assignment("claim", [id for id in ends if id is not None and id not in claims]).values())
    return [*found, *(one for id in sorted(others) if (one := store.conversation(id)) is not None)]


def _held(
    store: Store,
    found: list[Conversation],
    claims: dict[str, Claim],
    documents: dict[str, Document],
    asked: tuple[str | None, str | None],
) -> Held:
    """Give what the store holds of the period asked for, or of the one that the conversations found span."""
    days = [day.isoformat() for one in found if one.when is not None for day in span(one.when)]
    first, last = asked[0] or min(days, default=None), asked[1] or max(days, default=None)
    public = records = 0
    for head in store.heads():
        is_record = record.KEY in head.meta
        on = head.published.isoformat() if head.published is not None else None
        is_within = on is not None and (first is None or on >= first) and (last is None or on <= last)
        if TABLE not in head.meta and is_within:
            records, public = records + is_record, public + (not is_record)
    own = [one for one in documents.values() if record.KEY not in one.meta and TABLE not in one.meta]
    return Held(
        public_documents=public,
        of_the_pair=sum(_lies(one.published, first, last) for one in own),
        rows=sum(claim.row is not None for claim in claims.values()),
        records=records,
    )


def _lies(day: date | None, first: str | None, last: str | None) -> bool:
    return day is not None and (first is None or day.isoformat() >= first) and (last is None or day.isoformat() <= last)
