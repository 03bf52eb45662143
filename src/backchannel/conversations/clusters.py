"""Put reports of one contact together: average-link clustering inside connected components."""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from backchannel.conversations.blocks import candidates, profiles
from backchannel.conversations.features import explain, is_barred, points
from backchannel.conversations.judgements import Decided
from backchannel.conversations.profile import Profile
from backchannel.conversations.reports import Report
from backchannel.conversations.weights import Weights, probability
from backchannel.records import Reason

_SHOWN = 8
_COMPARED = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Reports of one contact, sorted by id; ``score`` the probability that they belong together, ``None`` for one."""

    reports: tuple[Report, ...]
    score: float | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class _Group:
    """A growing cluster of positions; ``links`` holds the sum of points to other groups, ``None`` when barred."""

    name: str
    members: list[int]
    links: dict[int, int | None] = field(default_factory=dict)


def cluster(reports: Iterable[Report], weights: Weights, links: Decided | None = None) -> list[Cluster]:
    """Give the clusters of reports, in order of their first id; the order of the reports does not matter.

    Two groups are joined while the average score of their pairs, the best first and then by id, is above the
    threshold by the dead band. Sums are whole numbers, so that every processor decides alike.
    """
    links = links if links is not None else Decided()
    known = {r.id: r for r in reports if r.id not in links.rejected}
    nodes = profiles(known.values(), links.named(), weights)
    found = [
        _cluster(
            [known[i] for place in members for i in nodes[place].ids], [nodes[place] for place in members], weights
        )
        for members in _Linking(nodes, weights, links).groups()
    ]
    return sorted(found, key=_first_id)


class _Linking:
    """One run of average-link clustering over profiles: begun with the judged groups, fed from a heap of links."""

    def __init__(self, nodes: Sequence[Profile], weights: Weights, links: Decided) -> None:
        self.nodes = nodes
        self.weights = weights
        place = {one: number for number, node in enumerate(nodes) for one in node.ids}
        self.apart = {frozenset((place[a], place[b])) for a, b in links.apart if a in place and b in place}
        together = [sorted({place[i] for i in group if i in place}) for group in links.together]
        judged = {number for group in together for number in group}
        members = [group for group in together if group] + [[n] for n in range(len(nodes)) if n not in judged]
        self.alive = {n: _Group(min(nodes[m].ids[0] for m in group), group) for n, group in enumerate(members)}
        self.heap: list[tuple[int, str, str, int, int]] = []
        self.next = len(members)

    def groups(self) -> Iterator[list[int]]:
        """Yield the members of every group once no two groups are left to join."""
        for a, b in self._attracted():
            self._link(a, b)
        while self.heap:
            _, _, _, a, b = heapq.heappop(self.heap)
            if a in self.alive and b in self.alive:
                self._join(a, b)
        for group in self.alive.values():
            yield group.members

    def _attracted(self) -> list[tuple[int, int]]:
        """Pairs of groups with at least one pair of members that attract each other."""
        owner = {m: n for n, group in self.alive.items() for m in group.members}
        pairs = set()
        for a, b in candidates(self.nodes, self.weights):
            if owner[a] != owner[b] and points(self.nodes[a], self.nodes[b], self.weights) > self.weights.threshold:
                pairs.add((min(owner[a], owner[b]), max(owner[a], owner[b])))
        return sorted(pairs)

    def _link(self, a: int, b: int) -> None:
        self._record(a, b, self._sum(self.alive[a].members, self.alive[b].members))

    def _record(self, a: int, b: int, total: int | None) -> None:
        one, other = self.alive[a], self.alive[b]
        one.links[b] = other.links[a] = total
        if total is None:
            return
        pairs = len(one.members) * len(other.members)
        if total > (self.weights.threshold + self.weights.band) * pairs:
            first, second = sorted((one.name, other.name))
            heapq.heappush(self.heap, (-(total * 1000 // pairs), first, second, a, b))

    def _sum(self, ones: Sequence[int], others: Sequence[int]) -> int | None:
        total = 0
        for a, b in itertools.product(ones, others):
            if frozenset((a, b)) in self.apart or is_barred(self.nodes[a], self.nodes[b]):
                return None
            total += points(self.nodes[a], self.nodes[b], self.weights)
        return total

    def _join(self, a: int, b: int) -> None:
        one, other = self.alive[a], self.alive[b]
        joined, self.next = self.next, self.next + 1
        self.alive[joined] = _Group(min(one.name, other.name), one.members + other.members)
        sums = {}
        for third in sorted((one.links.keys() | other.links.keys()) - {a, b}):
            members = self.alive[third].members
            mine = one.links[third] if third in one.links else self._sum(one.members, members)
            theirs = other.links[third] if third in other.links else self._sum(other.members, members)
            sums[third] = None if mine is None or theirs is None else mine + theirs
            for gone in (a, b):
                self.alive[third].links.pop(gone, None)
        del self.alive[a], self.alive[b]
        for third, total in sums.items():
            self._record(joined, third, total)


def _cluster(reports: list[Report], nodes: list[Profile], weights: Weights) -> Cluster:
    reports.sort(key=_id)
    if len(reports) == 1:
        return Cluster(reports=tuple(reports))
    nodes = sorted(nodes, key=_first)
    links = _best_links(nodes, weights)
    total = sum(points(a, b, weights) for a, b in links)
    return Cluster(reports=tuple(reports), score=probability(total / len(links)), reasons=_strongest(links, weights))


def _best_links(nodes: list[Profile], weights: Weights) -> list[tuple[Profile, Profile]]:
    """The link by which each profile holds best to those before it; a profile of several reports holds to itself."""
    if len(nodes) == 1:
        return [(nodes[0], nodes[0])]
    links = []
    for number, one in enumerate(nodes[1:], 1):
        before = nodes[max(0, number - _COMPARED) : number]
        links.append((max(before, key=_Closeness(one, weights)), one))
    return links


@dataclass(frozen=True, slots=True)
class _Closeness:
    one: Profile
    weights: Weights

    def __call__(self, other: Profile) -> int:
        return points(other, self.one, self.weights)


def _strongest(links: list[tuple[Profile, Profile]], weights: Weights) -> tuple[Reason, ...]:
    """The reasons of the links, each sign once with its commonest wording, strongest first."""
    told: defaultdict[str, list[Reason]] = defaultdict(list)
    for one, other in links:
        for reason in explain(one, other, weights):
            told[reason.feature].append(reason)
    chosen = [min(group, key=_detail) for group in told.values()]
    return tuple(sorted(chosen, key=_strength)[:_SHOWN])


def _detail(reason: Reason) -> str:
    return reason.detail


def _strength(reason: Reason) -> tuple[float, str]:
    return (-abs(reason.weight), reason.feature)


def _first(one: Profile) -> str:
    return one.ids[0]


def _first_id(one: Cluster) -> str:
    return one.reports[0].id


def _id(one: Report) -> str:
    return one.id
