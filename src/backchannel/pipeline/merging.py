"""Merge what the store holds: documents into families, claims into conversations; what did not change is not read."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime

from backchannel import conversations
from backchannel.corrections import unlinked
from backchannel.pipeline import telling
from backchannel.pipeline.homing import homed
from backchannel.pipeline.revising import Revision
from backchannel.pipeline.rules import rules
from backchannel.pipeline.telling import Told
from backchannel.pipeline.touching import Touched, spots, touched
from backchannel.store import Decisions, Store
from backchannel.store.merged import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSummary:
    """What the store holds after a merge: ``families`` of two documents or more, ``joined`` conversations of two claims.

    Of the ``judgements`` that it heeded a newer one contradicts ``skipped``; ``stale`` ones have lost their claim.
    ``looked_at`` is the number of reports that this merge had to look at.
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
    looked_at: int
    seconds: float


def merge_store(store: Store, *, now: datetime | None = None, everything: bool = False) -> MergeSummary:
    """Bring families and conversations up to date with the documents, claims and judgements of the store.

    Only what has changed since the last merge is looked at, and what lies in the same blocks and near in time; other
    rules or other actors of the user make it look at everything. The same documents, claims and judgements give the
    same conversations, in whatever order and in however many merges; conversations keep the ids of the homes of most of
    their claims. Readers see the old conversations until all new ones are there. What changed, and why, is kept with
    them.

    Args:
        store: kept locked against other long writers.
        now: the time that changes are marked with (UTC); without it they bear none.
        everything: whether to begin anew, whatever has changed.

    Raises:
        StoreLocked: another process writes; names it.
        StoreFull: no room is left; the old conversations stay.
    """
    began = time.monotonic()
    weights = conversations.weights()
    with store.writing("merge conversations"):
        decisions = _of_merging(store)
        revision = Revision(store, decisions, now=now)
        by = rules(store.user_actors())
        whole = everything or store.merged.rules() != by
        told = telling.everything(store, decisions) if whole else telling.changed(store, decisions)
        found = Touched(reports=told.reports) if whole else touched(store, told, weights)
        store.merged.put(_outcome(store, told, found, Outcome(rules=by, whole=whole)), revision.explain)
        revision.remember()
    return MergeSummary(
        **store.merged.counts(),
        judgements=sum(one.kind != "unsure" for one in decisions.judgements),
        skipped=len(told.links.skipped),
        stale=len(decisions.stale),
        looked_at=len(found.reports) + found.met,
        seconds=round(time.monotonic() - began, 2),
    )


def _of_merging(store: Store) -> Decisions:
    """The decisions that merging heeds: links join nothing."""
    every, made = store.decisions(), list(store.judgements(superseded=True))
    judgements, stale = unlinked(every.judgements, made), unlinked(every.stale, made)
    return replace(every, judgements=tuple(judgements), stale=tuple(stale))


def _outcome(store: Store, told: Told, found: Touched, outcome: Outcome) -> Outcome:
    """What the merge of the touched reports changes."""
    weights = conversations.weights()
    clusters = conversations.cluster(found.reports.values(), weights, told.links)
    together = {one.id: cluster.component for cluster in clusters for one in cluster.reports}
    made, among = homed(store, clusters, {*found.reports, *told.before}, whole=outcome.whole)
    return replace(
        outcome,
        numbers=told.numbers,
        documents=told.documents,
        leaves=told.kin.leaves,
        reports=[replace(row, component=together.get(claim)) for claim, row in told.rows.items()],
        spots=list(spots(told, weights)),
        components={claim: together[claim] for claim, row in found.rows.items() if row.component != together[claim]},
        conversations=made,
        among=among,
    )
