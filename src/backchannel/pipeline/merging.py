"""Merge what the store holds: documents into families, claims into conversations."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backchannel import actors, conversations, families
from backchannel.actors import ActorTable
from backchannel.conversations import Report, report
from backchannel.families import Family, passage_at
from backchannel.pipeline.revising import Revision
from backchannel.pipeline.states import restate
from backchannel.records import Document
from backchannel.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSummary:
    """What a merge has made: ``families`` of two documents or more, ``joined`` conversations of two claims or more.

    Of the ``judgements`` that it heeded a newer one contradicts ``skipped``; ``stale`` ones have lost their claim.
    """

    documents: int
    families: int
    claims: int
    conversations: int
    joined: int
    disputed: int
    judgements: int
    skipped: int
    stale: int
    seconds: float


def merge_store(store: Store, *, now: datetime | None = None) -> MergeSummary:
    """Make the families and conversations of all that the store holds, anew.

    The same documents, claims and judgements give the same, in whatever order they were read; conversations keep the
    ids of the homes of most of their claims. Readers see the old conversations until all new ones are there. What
    changed, and why, is kept with them.

    Args:
        store: kept locked against other long writers.
        now: the time that changes are marked with (UTC); without it they bear none.

    Raises:
        StoreLocked: another process writes; names it.
        StoreFull: no room is left; the old conversations stay.
    """
    began = time.monotonic()
    with store.writing("merge conversations"):
        decisions, homes = store.decisions(), store.history.homes()
        revision = Revision(store, decisions, now=now)
        groups = families.families(store.documents())
        store.replace_families({leaf: family.id for leaf, family in groups.items()})
        restate(store)
        users = store.user_actors()
        reports = list(_reports(store, groups, _Offices(actors.build(user=users) if users else actors.shipped())))
        made = conversations.merge(
            reports,
            decisions.judgements,
            previous=homes,
            weights=conversations.weights(),
        )
        store.replace_conversations(made, explain=revision.explain)
        revision.remember()
    sizes: dict[str, int] = {}
    for family in groups.values():
        sizes[family.id] = sizes.get(family.id, 0) + 1
    return MergeSummary(
        documents=store.counts()["documents"],
        families=sum(size > 1 for size in sizes.values()),
        claims=len(reports),
        conversations=len(made),
        joined=sum(len(one.claims) > 1 for one in made),
        disputed=sum(one.disputed for one in made),
        judgements=sum(one.kind != "unsure" for one in decisions.judgements),
        skipped=len(conversations.decided(decisions.judgements, homes).skipped),
        stale=len(decisions.stale),
        seconds=round(time.monotonic() - began, 2),
    )


def _reports(store: Store, groups: Mapping[str, Family], offices: _Offices) -> Iterator[Report]:
    """Yield the report of every claim of a contact, one document at a time, by document and claim."""
    telling = {claim.document for claim in store.slim_claims() if claim.kind == "contact"}
    for document in store.documents(telling):
        for claim in store.claims(document=document.id, kind="contact"):
            leaf, _ = passage_at(document, claim.sentence.start if claim.sentence is not None else None)
            yield report(claim, document, family=_family(groups, leaf, document), speaks_for=offices)


def _family(groups: Mapping[str, Family], leaf: str, document: Document) -> Family | None:
    """The family of the passage, else that of the document (a digest's words outside all passages have none)."""
    return groups.get(leaf) or groups.get(document.id)


class _Offices:
    """Says for which actor a speaker's words stand: the only one that the words name on that day."""

    def __init__(self, table: ActorTable) -> None:
        self._table = table
        self._found: dict[tuple[str, date | None], str | None] = {}

    def __call__(self, speaker: str, on: date | None) -> str | None:
        if (speaker, on) not in self._found:
            named = {mention.actor for mention in actors.find(speaker, self._table, on=on)} - {None}
            self._found[speaker, on] = named.pop() if len(named) == 1 else None
        return self._found[speaker, on]
