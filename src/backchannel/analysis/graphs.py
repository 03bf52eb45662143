"""What networkx measures on weighted ties: betweenness, brokerage, communities."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from backchannel.errors import ModelError

_EXACT = 800
"""Up to so many nodes betweenness is exact; of more it is estimated from as many of them (Brandes and Pich 2007)."""
_SEED = 0

Tied = tuple[tuple[str, str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Measures by actor, and of the whole; see ``network.Node`` and ``network.Network``."""

    degree: dict[str, int]
    betweenness: dict[str, float]
    constraint: dict[str, float | None]
    community: dict[str, int]
    modularity: float
    sampled: int | None


def networkx() -> Any:
    """Give networkx.

    Raises:
        ModelError: it is not installed.
    """
    try:
        return import_module("networkx")
    except ImportError:
        raise ModelError(
            "networks need networkx (BSD licence), which is not installed; run: pip install 'backchannel[analysis]'"
        ) from None


def measured(ties: Sequence[Tied]) -> Measured:
    """Measure ties ``((actor, actor), weight)``; equal ties give equal figures in whatever order they come.

    Raises:
        ModelError: networkx is not installed.
    """
    nx = networkx()
    graph = nx.Graph()
    for (one, other), weight in sorted(ties):
        graph.add_edge(one, other, weight=weight, distance=1 / weight)
    sampled = _EXACT if len(graph) > _EXACT else None
    between = nx.betweenness_centrality(graph, k=sampled, weight="distance", seed=_SEED)
    groups = _communities(nx, graph)
    return Measured(
        degree=dict(graph.degree()),
        betweenness={actor: round(float(value), 4) for actor, value in between.items()},
        constraint={actor: _known(value) for actor, value in nx.constraint(graph, weight="weight").items()},
        community={actor: number for number, group in enumerate(groups, 1) for actor in group},
        modularity=round(float(nx.community.modularity(graph, groups, weight="weight")), 3) if graph.edges else 0.0,
        sampled=sampled,
    )


def _communities(nx: Any, graph: Any) -> list[set[str]]:
    """Communities by the method of Louvain (Blondel and others 2008), seeded, the largest first."""
    found: Iterable[set[str]] = nx.community.louvain_communities(graph, weight="weight", seed=_SEED) if graph else ()
    return sorted(found, key=lambda group: (-len(group), min(group)))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 3)
