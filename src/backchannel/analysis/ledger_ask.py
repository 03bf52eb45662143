"""Take from a store what a ledger is made of, by what a person typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backchannel.actors import speaks_for
from backchannel.analysis import questions
from backchannel.analysis.citations import cite
from backchannel.analysis.ledger import Material, Scope, ledger
from backchannel.analysis.ledger_acts import Told, directions, is_public
from backchannel.analysis.ledger_records import By, Ledger
from backchannel.store import Store
from backchannel.store.rows import bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Whose ledger is asked for, as typed: two parties by id or name, a period, how long a step is."""

    parties: tuple[str, str]
    since: date | str | None = None
    until: date | str | None = None
    by: By | None = None


def between(asked: Between, store: Store) -> Ledger | None:
    """Give the ledger of two parties, ``None`` where the store has neither act nor contact of them in the period.

    Raises:
        QueryError: a party or date is unknown, or both are one party.
    """
    names = questions.table(store)
    wanted = questions.named(questions.Asked(actors=asked.parties, since=asked.since, until=asked.until), store)
    parties = wanted.actors[0], wanted.actors[1]
    found = list(questions.find(wanted, store))
    acts = [
        one
        for one in store.claims(kind="act", since=asked.since, until=asked.until)
        if any(True for _ in directions(one, parties))
    ]
    if not found and not acts:
        return None
    claims, documents = questions.reports(found, store)
    claims |= {one.id: one for one in acts}
    missing = {one.document for one in acts} - set(documents)
    documents |= {one.id: one for one in store.documents(missing)}
    told = Told(claims=acts, documents=documents, families=store.families(), speaks_for=speaks_for(names))
    first, last = bound(asked.since, last=False), bound(asked.until, last=True)
    return ledger(
        Material(conversations=found, told=told, claims=claims, days=_public_days(store), cite=cite),
        Scope(
            parties=parties,
            names=(names.name(parties[0]) or parties[0], names.name(parties[1]) or parties[1]),
            first=None if first is None else date.fromisoformat(first),
            last=None if last is None else date.fromisoformat(last),
            by=asked.by,
        ),
    )


def _public_days(store: Store) -> frozenset[date]:
    """Give the days from which there is something that anybody could read then."""
    return frozenset(one.published for one in store.heads() if one.published is not None and is_public(one))
