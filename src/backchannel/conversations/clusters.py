"""Put reports of one contact together: average-link clustering inside connected components."""

from __future__ import annotations

import heapq
import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Reports of one contact, sorted by id; ``score`` the probability that they belong together, ``None`` for one.

    ``component`` is the first id of all reports that hang together by links, of which some may have been too weak:
    what lies in other components has no part in the result.
    """

    reports: tuple[Report, ...]
    score: float | None = None
    reasons: tuple[Reason, ...] = ()
    component: str = ""


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
    judged = _Judged(links)
    found = [
        one
        for component in _components(nodes, weights, links)
        for one in _clusters(component, nodes, known, weights, judged)
    ]
    return sorted(found, key=_first_id)


def attracted(
    nodes: Sequence[Profile], weights: Weights, fresh: frozenset[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the positions of pairs that attract each other; ``fresh`` as in ``blocks.candidates``."""
    for a, b in candidates(nodes, weights, fresh):
        if points(nodes[a], nodes[b], weights) > weights.threshold:
            yield a, b


@dataclass(slots=True)
class _Component:
    """Positions of profiles that hang together, and the pairs of them that attract each other."""

    members: list[int] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


def _components(nodes: Sequence[Profile], weights: Weights, links: Decided) -> Iterator[_Component]:
    """Yield what hangs together: by attraction, by judgement, or since one goes on about the other."""
    parent = list(range(len(nodes)))
    pairs = array("q")
    for a, b in attracted(nodes, weights):
        pairs.extend((a, b))
        _unite(parent, a, b)
    if links.together or any(one.anchors for one in nodes):
        place = {one: number for number, node in enumerate(nodes) for one in node.ids}
        for group in (*links.together, *(node.anchors | {node.ids[0]} for node in nodes if node.anchors)):
            for a, b in itertools.pairwise(sorted(place[i] for i in group if i in place)):
                _unite(parent, a, b)
    found: defaultdict[int, _Component] = defaultdict(_Component)
    for number in range(len(nodes)):
        found[_root(parent, number)].members.append(number)
    for at in range(0, len(pairs), 2):
        found[_root(parent, pairs[at])].pairs.append((pairs[at], pairs[at + 1]))
    for root in list(found):
        yield found.pop(root)


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _unite(parent: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _clusters(
    component: _Component, nodes: Sequence[Profile], known: Mapping[str, Report], weights: Weights, judged: _Judged
) -> Iterator[Cluster]:
    """Yield the clusters of one component."""
    members = component.members
    name = min(one for place in members for one in nodes[place].ids)
    groups = _Linking(component, nodes, weights, judged).groups() if len(members) > 1 else iter([members])
    for group in groups:
        reports = sorted((known[i] for place in group for i in nodes[place].ids), key=_id)
        yield _cluster(tuple(reports), [nodes[place] for place in group], weights, name)


class _Judged:
    """What was decided, by claim."""

    def __init__(self, links: Decided) -> None:
        self.together = {claim: group for group in links.together for claim in group}
        self.apart: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in links.apart:
            self.apart[a].add(b)
            self.apart[b].add(a)


class _Linking:
    """One run of average-link clustering over profiles: begun with the judged groups, fed from a heap of links."""

    def __init__(self, component: _Component, nodes: Sequence[Profile], weights: Weights, judged: _Judged) -> None:
        self.nodes = nodes
        self.weights = weights
        self.pairs = component.pairs
        place = {one: number for number in component.members for one in nodes[number].ids}
        self.apart = {
            frozenset((number, place[other]))
            for one, number in place.items()
            for other in judged.apart.get(one, ())
            if other in place
        }
        groups = {judged.together[one] for one in place if one in judged.together}
        together = [sorted({place[i] for i in group if i in place}) for group in sorted(groups, key=sorted)]
        taken = {number for group in together for number in group}
        members = together + [[number] for number in component.members if number not in taken]
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
        pairs = {(owner[a], owner[b]) for a, b in self.pairs}
        return sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})

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


def _cluster(reports: tuple[Report, ...], nodes: list[Profile], weights: Weights, component: str) -> Cluster:
    if len(reports) == 1:
        return Cluster(reports=reports, component=component)
    links = _best_links(sorted(nodes, key=_first), weights)
    total = sum(points(a, b, weights) for a, b in links)
    score = probability(total / len(links))
    return Cluster(reports=reports, score=score, reasons=_strongest(links, weights), component=component)


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
