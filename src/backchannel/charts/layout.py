"""Place the nodes of a network and their names on a plane, so that little lies upon each other; without chance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from backchannel.analysis.graphs import networkx

Point = tuple[float, float]
_SEED: Final = 0
_ROUNDS: Final = 300
_LOOSE: Final = 0.7
_PUSHES: Final = 120
_THIN: Final = frozenset("fijltIr.,'’ -()/")
_BROAD: Final = frozenset("mwMWO@")
_LINE: Final = 13
_ROOM: Final = 3
_EDGE: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A node to place: its name is written where ``label`` is not ``None``; ``radius`` in pixels."""

    id: str
    radius: float
    label: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a name stands: its left end and its middle height, in pixels from the upper left corner."""

    x: float
    y: float
    width: float


def places(
    discs: Sequence[Disc], ties: Iterable[tuple[str, str, float]], *, width: float, height: float
) -> dict[str, Point]:
    """Give the pixel of each node: those that are tied much stand near each other, and none upon another.

    Parts without a tie between them are held by a weak spring. Springs (Fruchterman and Reingold 1991, by networkx, seeded) give the shape; then what touches is pushed apart.

    Args:
        discs: the nodes.
        ties: two ids and a weight above 0.
        width: pixels of the plane.
        height: pixels of the plane.

    Raises:
        ModelError: networkx is not installed.
    """
    if not discs:
        return {}
    nx = networkx()
    graph = nx.Graph()
    graph.add_nodes_from(sorted(one.id for one in discs))
    graph.add_weighted_edges_from((one, other, math.log1p(weight)) for one, other, weight in sorted(ties))
    _hold_together(nx, graph)
    away = 2.2 / math.sqrt(len(discs))
    loose = nx.spring_layout(graph, k=away, weight="weight", seed=_SEED, iterations=_ROUNDS)
    fitted = _fitted({one: (float(x), float(y)) for one, (x, y) in loose.items()}, width, height)
    return _apart(discs, fitted, width, height)


def _hold_together(nx: Any, graph: Any) -> None:
    """Tie the node with most ties of each part loosely to that of the largest part, so that none drifts away."""
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=_largest)
    heads = [max(part, key=graph.degree) for part in parts]
    graph.add_weighted_edges_from((heads[0], head, _LOOSE) for head in heads[1:])


def _largest(part: Sequence[str]) -> tuple[int, str]:
    return -len(part), part[0]


def _fitted(loose: Mapping[str, Point], width: float, height: float) -> dict[str, Point]:
    """Spread places over the plane, each axis halfway to even ranks, so that a crowded middle opens."""
    spread: list[dict[str, float]] = []
    for axis, reach in ((0, width), (1, height)):
        low, high = min(one[axis] for one in loose.values()), max(one[axis] for one in loose.values())
        order = sorted(loose, key=lambda one: (loose[one][axis], one))  # used within the turn of the loop
        ranks = {one: number / max(1, len(order) - 1) for number, one in enumerate(order)}
        shares = {one: (loose[one][axis] - low) / ((high - low) or 1) for one in loose}
        inner = reach - 2 * _EDGE * 3
        spread.append({one: 3 * _EDGE + inner * (shares[one] + ranks[one]) / 2 for one in loose})
    return {one: (spread[0][one], spread[1][one]) for one in loose}


def _apart(discs: Sequence[Disc], fitted: dict[str, Point], width: float, height: float) -> dict[str, Point]:
    """Push nodes that touch away from each other, a little at a time."""
    order = sorted(discs, key=lambda one: one.id)
    found = dict(fitted)
    for _ in range(_PUSHES):
        is_still = True
        for number, one in enumerate(order):
            for other in order[number + 1 :]:
                is_still &= not _push(found, one, other)
        found = {
            one.id: (
                min(max(found[one.id][0], one.radius + _EDGE), width - one.radius - _EDGE),
                min(max(found[one.id][1], one.radius + _EDGE), height - one.radius - _EDGE),
            )
            for one in order
        }
        if is_still:
            break
    return {one: (round(x, 1), round(y, 1)) for one, (x, y) in found.items()}


def _push(found: dict[str, Point], one: Disc, other: Disc) -> bool:
    (x, y), (u, v) = found[one.id], found[other.id]
    room = one.radius + other.radius + (_LINE if one.label and other.label else _ROOM + 3)
    distance = math.hypot(u - x, v - y)
    if distance >= room:
        return False
    step = (room - distance) / 4
    across, down = ((u - x) / distance, (v - y) / distance) if distance > 0 else (1.0, 0.0)
    found[one.id] = x - across * step, y - down * step
    found[other.id] = u + across * step, v + down * step
    return True


def labels(discs: Sequence[Disc], at: Mapping[str, Point], *, width: float, height: float) -> dict[str, Box]:
    """Give where the names stand: in the order of the nodes, each around its node where it hides least.

    Eight places are tried; one upon another name counts most, then one out of the plane, then one upon a node.
    """
    found: dict[str, Box] = {}
    for one in discs:
        if one.label is not None:
            boxes = _around(one, at[one.id])
            costs = [_cost(box, one, found.values(), (discs, at), (width, height)) for box in boxes]
            found[one.id] = boxes[costs.index(min(costs))]
    return found


def _around(one: Disc, at: Point) -> list[Box]:
    """Give the places for a name around its node, the best first: beside it, above, below, at its corners."""
    size, (x, y) = _length(one.label or ""), at
    reach, corner = one.radius + _ROOM, one.radius * 0.7 + _ROOM
    up, slant = one.radius + _LINE * 0.7, one.radius * 0.7 + _LINE * 0.6
    starts = [(x + reach, y), (x - reach - size, y), (x - size / 2, y - up), (x - size / 2, y + up)]
    starts += [(x + corner, y - slant), (x + corner, y + slant)]
    starts += [(x - corner - size, y - slant), (x - corner - size, y + slant)]
    return [Box(x=round(left, 1), y=round(middle, 1), width=round(size, 1)) for left, middle in starts]


def _length(name: str) -> float:
    """Give the length of a name in pixels at eleven points, to some five in a hundred."""
    return sum(3.4 if one in _THIN else 9.0 if one in _BROAD else 7.7 if one.isupper() else 6.2 for one in name)


def _cost(
    box: Box,
    own: Disc,
    taken: Iterable[Box],
    nodes: tuple[Sequence[Disc], Mapping[str, Point]],
    plane: tuple[float, float],
) -> float:
    cost = 4.0 * sum(overlap(box, other) for other in taken)
    out = max(0.0, -box.x) + max(0.0, box.x + box.width - plane[0])
    cost += 40 * (out + max(0.0, _LINE / 2 - box.y) + max(0.0, box.y + _LINE / 2 - plane[1]))
    discs, at = nodes
    for one in discs:
        if one.id != own.id:
            x, y = at[one.id]
            node = Box(x=x - one.radius, y=y, width=2 * one.radius)
            cost += 2.0 * overlap(box, node, height=one.radius + _LINE / 2)
    return cost


def overlap(one: Box, other: Box, *, height: float = _LINE) -> float:
    """Give the area in square pixels that two names share; ``height`` is the distance at which they part.

    >>> overlap(Box(x=0, y=0, width=10), Box(x=4, y=3, width=10)), overlap(Box(x=0, y=0, width=9), Box(x=9, y=0, width=9))
    (60.0, 0.0)
    """
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = height - abs(one.y - other.y)
    return float(max(0.0, across) * max(0.0, down))
