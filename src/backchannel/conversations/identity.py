"""Give clusters lasting ids: a conversation keeps its id while most of its claims stay together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from backchannel.conversations.clusters import Cluster
from backchannel.conversations.reports import Report


def assign(clusters: Sequence[Cluster], previous: Mapping[str, str]) -> list[str]:
    """Give the id of each cluster, in the order given.

    A cluster takes the id of the earlier conversation with which it shares most claims; of two with equal shares the
    one with the oldest claim. An id goes to one cluster only, the one that shares most. Others get a new id, made from
    their earliest claim.

    Args:
        clusters: disjoint clusters of reports.
        previous: conversation id by claim id, before this merge.
    """
    wishes = []
    for number, cluster in enumerate(clusters):
        shares = Counter(previous[r.id] for r in cluster.reports if r.id in previous)
        for name, shared in shares.items():
            oldest = min(_age(r) for r in cluster.reports if previous.get(r.id) == name)
            wishes.append((-shared, oldest, name, number))
    given: dict[int, str] = {}
    taken = set(previous.values())
    used: set[str] = set()
    for _, _, name, number in sorted(wishes):
        if number not in given and name not in used:
            given[number] = name
            used.add(name)
    for (_, claim), number in sorted((_earliest(c), n) for n, c in enumerate(clusters) if n not in given):
        given[number] = _minted(claim, taken)
        taken.add(given[number])
    return [given[number] for number in range(len(clusters))]


def _earliest(cluster: Cluster) -> tuple[date, str]:
    return min(_age(r) for r in cluster.reports)


def _minted(claim: str, taken: set[str]) -> str:
    ordinal = 0
    while True:
        digest = hashlib.sha256(f"conversation\x1f{claim}\x1f{ordinal}".encode()).hexdigest()
        name = "k_" + digest[:16]
        if name not in taken:
            return name
        ordinal += 1


def _age(report: Report) -> tuple[date, str]:
    return (report.published or date.max, report.id)
