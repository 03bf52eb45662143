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

    A cluster takes the id of the conversation in which most of its claims are at home; of two with equal shares the
    one with the oldest claim. An id goes to one cluster only, the one that shares most. Others get an id made from
    their earliest claim, the earliest that has a home if any has. The same clusters and homes give the same ids,
    whatever was between: what is joined and parted again has the id that it had.

    Args:
        clusters: disjoint clusters of reports.
        previous: by claim id the conversation in which it is at home: the first it was put into.
    """
    wishes = []
    for number, cluster in enumerate(clusters):
        shares = Counter(previous[r.id] for r in cluster.reports if r.id in previous)
        for name, shared in shares.items():
            oldest = min(_age(r) for r in cluster.reports if previous.get(r.id) == name)
            wishes.append((-shared, oldest, name, number))
    given: dict[int, str] = {}
    used: set[str] = set()
    for _, _, name, number in sorted(wishes):
        if number not in given and name not in used:
            given[number] = name
            used.add(name)
    for (_, claim), number in sorted((_earliest(c, previous), n) for n, c in enumerate(clusters) if n not in given):
        given[number] = _minted(claim, used)
        used.add(given[number])
    return [given[number] for number in range(len(clusters))]


def _earliest(cluster: Cluster, homes: Mapping[str, str]) -> tuple[date, str]:
    return min(_age(r) for r in [one for one in cluster.reports if one.id in homes] or cluster.reports)


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
