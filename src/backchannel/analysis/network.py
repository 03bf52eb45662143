"""Lay conversations out as a network: who is tied to whom, who stands between others, and which groups keep together.

A talk of more than two parties is kept whole (``Talk``) beside its ties, one for each two of its parties; the tie gets
``1 / (parties - 1)`` of it, so that everyone's ties of one talk sum to one (Newman, Physical Review E 64, 016132, 2001)
and a summit of thirty does not drown what two said alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from backchannel.analysis import graphs
from backchannel.analysis.pairs import last_day
from backchannel.conversations.reports import span
from backchannel.records import HELD, PRIVATE, UNKNOWN, Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation as a hyperedge: all of its known parties, those who mediated, and its ISO days."""

    id: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    private: bool
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two actors that talked; ``weight`` is the sum of their shares of each talk, ``talks`` the ids that it stands for."""

    parties: tuple[str, str]
    weight: float
    private: int
    talks: tuple[str, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor in the network.

    ``betweenness`` in [0, 1] is the share of the shortest ways between others that lead over it, a tie being the
    shorter the heavier it is (Freeman 1977). ``constraint`` is Burt's: near 1 where all partners talk with each other
    anyway, low where it alone connects them; ``None`` without a partner. ``mediated`` counts the talks in which it is
    named as the go-between; ``community`` numbers the groups from the largest, 1.
    """

    actor: str
    name: str
    talks: int
    partners: int
    mediated: int
    betweenness: float
    constraint: float | None
    community: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """A go-between, the two between whom it went, and the ids of the talks that name it so."""

    mediator: str
    between: tuple[str, str]
    talks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Nodes by betweenness, ties by weight, talks by day.

    ``modularity`` says how far the communities keep to themselves (Newman and Girvan 2004; near 0 no more than
    chance). ``left_out`` counts by reason the conversations that make no tie. ``sampled`` is the number of nodes that
    betweenness was estimated from, ``None`` where it is exact.
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    talks: tuple[Talk, ...]
    modularity: float
    left_out: dict[str, int]
    sampled: int | None = None


def network(conversations: Iterable[Conversation]) -> Network:
    """Give the network of conversations; the order they come in does not matter.

    Raises:
        ModelError: networkx is not installed.
    """
    told = sorted(conversations, key=lambda one: one.id)
    left_out: Counter[str] = Counter()
    talks = []
    for one in told:
        known = tuple(sorted({party.actor for party in one.parties} - {UNKNOWN}))
        if one.status not in HELD:  # what was only planned, or was called off, connects nobody
            left_out[f"not held ({one.status or 'status unknown'})"] += 1
        elif len(known) < 2:
            left_out["fewer than two known parties"] += 1
        else:
            talks.append(_talk(one, known))
    names = {party.actor: party.name or party.actor for one in told for party in one.parties}
    ties = _ties(talks)
    found = graphs.measured([(one.parties, one.weight) for one in ties])
    talks.sort(key=lambda one: (one.first or "9999", one.id))
    return Network(
        nodes=_nodes(talks, names, found),
        ties=ties,
        talks=tuple(talks),
        modularity=found.modularity,
        left_out=dict(sorted(left_out.items())),
        sampled=found.sampled,
    )


def began(conversation: Conversation) -> str | None:
    """Give the first day (ISO) of a conversation, else the day of its first report."""
    when = conversation.when
    return conversation.first_reported if when is None else span(when)[0].isoformat()


def _talk(one: Conversation, known: tuple[str, ...]) -> Talk:
    return Talk(
        id=one.id,
        parties=known,
        mediators=tuple(sorted({party.actor for party in one.parties if party.role == "mediator"} - {UNKNOWN})),
        private=one.privacy in PRIVATE,
        first=began(one),
        last=last_day(one),
    )


def _ties(talks: Sequence[Talk]) -> tuple[Tie, ...]:
    shared: defaultdict[tuple[str, str], list[Talk]] = defaultdict(list)
    for one in talks:
        for first, second in combinations(one.parties, 2):
            shared[first, second].append(one)
    ties = [
        Tie(
            parties=pair,
            weight=round(sum(1 / (len(one.parties) - 1) for one in group), 4),
            private=sum(one.private for one in group),
            talks=tuple(one.id for one in sorted(group, key=lambda one: (one.first or "9999", one.id))),
            first=min((one.first for one in group if one.first), default=None),
            last=max((one.last for one in group if one.last), default=None),
        )
        for pair, group in shared.items()
    ]
    return tuple(sorted(ties, key=lambda one: (-one.weight, one.parties)))


def _nodes(talks: Sequence[Talk], names: dict[str, str], found: graphs.Measured) -> tuple[Node, ...]:
    count = Counter(actor for one in talks for actor in one.parties)
    mediated = Counter(actor for one in talks for actor in one.mediators)
    nodes = [
        Node(
            actor=actor,
            name=names[actor],
            talks=number,
            partners=found.degree[actor],
            mediated=mediated[actor],
            betweenness=found.betweenness[actor],
            constraint=found.constraint[actor],
            community=found.community[actor],
        )
        for actor, number in count.items()
    ]
    return tuple(sorted(nodes, key=_ranked))


def mediations(found: Network) -> tuple[Mediation, ...]:
    """Give who went between whom, the busiest first."""
    told: defaultdict[tuple[str, tuple[str, str]], list[str]] = defaultdict(list)
    for talk in found.talks:
        others = [actor for actor in talk.parties if actor not in talk.mediators]
        for mediator in talk.mediators:
            for one, other in combinations(others, 2):
                told[mediator, (one, other)].append(talk.id)
    rows = [Mediation(mediator=who, between=pair, talks=tuple(ids)) for (who, pair), ids in told.items()]
    return tuple(sorted(rows, key=lambda one: (-len(one.talks), one.mediator, one.between)))


def _ranked(one: Node) -> tuple[Any, ...]:
    return -one.betweenness, -one.mediated, -one.talks, one.actor
