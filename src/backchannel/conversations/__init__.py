"""Merge claims of one contact into conversations, with reasons, origins and ids that last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backchannel.conversations.assembly import assemble
from backchannel.conversations.blocks import Bounds, plain
from backchannel.conversations.blocks import keys as block_keys
from backchannel.conversations.changes import News, changes
from backchannel.conversations.clusters import Cluster, attracted, cluster
from backchannel.conversations.copies import pointed, ties
from backchannel.conversations.identity import assign
from backchannel.conversations.judgements import Decided, decided
from backchannel.conversations.judging import fitted, judge, undo
from backchannel.conversations.mentions import mentions
from backchannel.conversations.origins import Teller, teller
from backchannel.conversations.profile import Profile
from backchannel.conversations.reports import Report, family_of, report
from backchannel.conversations.threads import anchors
from backchannel.conversations.weights import Weights, weights
from backchannel.records import Conversation, Judgement

__all__ = [
    "Bounds",
    "Cluster",
    "Decided",
    "News",
    "Profile",
    "Report",
    "Teller",
    "Weights",
    "anchors",
    "assemble",
    "assign",
    "attracted",
    "block_keys",
    "changes",
    "cluster",
    "decided",
    "family_of",
    "fitted",
    "judge",
    "mentions",
    "merge",
    "plain",
    "pointed",
    "report",
    "teller",
    "ties",
    "undo",
    "weights",
]


def merge(
    reports: Iterable[Report],
    judgements: Iterable[Judgement] = (),
    *,
    previous: Mapping[str, str] | None = None,
    weights: Weights,
) -> list[Conversation]:
    """Give the conversations that reports tell, in order of their first claim's id.

    The same reports and judgements give the same conversations in any order.

    Args:
        reports: of claims of kind ``contact``, each once.
        judgements: all that were made about claims or conversations; superseded ones have no effect.
        previous: by claim id the conversation in which it is at home, so that ids last.
        weights: of the features, ``weights()`` for those that ship.
    """
    before = previous if previous is not None else {}
    clusters = cluster(pointed(reports), weights, decided(judgements, before))
    names = assign(clusters, before)
    return [assemble(name, one) for name, one in zip(names, clusters, strict=True)]
