"""Say what a store knew on a day: its conversations, acts and plans as the documents before that day told them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from backchannel.conversations import Cluster, Report, assemble
from backchannel.forecast.events import EventStream
from backchannel.forecast.stored import of_records
from backchannel.pipeline.telling import read
from backchannel.records import Claim, Conversation
from backchannel.sources import record
from backchannel.store import Store

Act = tuple[Claim, date | None]
"""A claim of kind ``act`` with the day on which it became known."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """All that a store was told, by the day on which it became known.

    ``reports`` are those of each conversation, ``days`` the days of all documents in order, ``claims`` all by id,
    ``known`` the day of each document.
    """

    conversations: tuple[Conversation, ...]
    reports: tuple[tuple[Report, ...], ...]
    acts: tuple[Act, ...]
    days: tuple[date, ...]
    claims: dict[str, Claim]
    known: dict[str, date]

    @property
    def reach(self) -> date | None:
        """The last day of any document."""
        return self.days[-1] if self.days else None

    def documents(self, first: date, last: date) -> int:
        """Give the number of documents of the days from the first to the last."""
        return bisect_left(self.days, last + _DAY) - bisect_left(self.days, first)

    def as_of(self, day: date) -> list[Conversation]:
        """Give the conversations as they stood at the beginning of a day; what no document told before it is not there.

        Values are chosen anew from what was known, as merging chooses them.
        """
        found = []
        for conversation, reports in zip(self.conversations, self.reports, strict=True):
            before = tuple(one for one in reports if one.known_on is not None and one.known_on < day)
            if len(before) == len(reports):
                found.append(conversation)
            elif before:
                found.append(assemble(conversation.id, Cluster(reports=before)))
        return found

    def acts_before(self, day: date) -> list[Act]:
        """Give the acts that were known at the beginning of a day."""
        return [(claim, on) for claim, on in self.acts if on is not None and on < day]

    def stream(self, day: date) -> EventStream:
        """Give the events as they were known at the beginning of a day."""
        return of_records(self.as_of(day), self.acts_before(day))


def archive(store: Store) -> Archive:
    """Give the archive of a store.

    An act that bears no day happened on that of its document; one in a record, which came out much later, has none.
    """
    heads = list(store.heads())
    known = {one.id: on for one in heads if (on := record.public_on(one)) is not None}
    records = {one.id for one in heads if record.KEY in one.meta}
    conversations = tuple(store.conversations())
    named = {claim for one in conversations for claim in one.claims}
    kept = {row.claim: read(row) for row in store.merged.reports("claim", named)}
    reports = tuple(_reports(one, kept) for one in conversations)
    claims = {claim.id: claim for claim in store.claims()}
    acts = tuple(
        (claim, known.get(claim.document))
        for claim in claims.values()
        if claim.kind == "act" and (claim.when is not None or claim.document not in records)
    )
    return Archive(
        conversations=conversations,
        reports=reports,
        acts=acts,
        days=tuple(sorted(known.values())),
        claims=claims,
        known=known,
    )


def _reports(conversation: Conversation, kept: dict[str, Report]) -> tuple[Report, ...]:
    return tuple(kept[claim] for claim in conversation.claims if claim in kept)
