"""Draw a network of talks: the busiest actors, their heaviest ties, and which groups keep together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from backchannel.analysis import phrases
from backchannel.analysis.network import Network, Node, Tie
from backchannel.charts import layout, theme

NODES: Final = 60
"""Actors that are drawn, the busiest; of more a reader sees a ball of wool."""
TIES: Final = 150
NAMED: Final = 25
_HEIGHT: Final = 560
_OTHER: Final = "other groups"
_RADII: Final = (4.0, 17.0)
_WIDTHS: Final = (0.5, 9.0)
_SOURCE: Final = (
    "Source: conversations merged from the documents of this store. Who is in the middle here may only be in the middle "
    "of the outlets read. Places come from springs along the ties and mean nothing by themselves."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What of a network is drawn."""

    nodes: Sequence[Node]
    ties: Sequence[Tie]
    groups: dict[int, str]


def drawn(found: Network, about: str) -> alt.VConcatChart:
    """Give the chart of a network.

    Args:
        found: the busiest sixty actors and the heaviest 150 ties among them are drawn, twenty-five actors named.
        about: whose network it is, in words.

    Raises:
        ModelError: networkx is not installed.
    """
    kept = _kept(found)
    most = max(one.talks for one in kept.nodes)
    named = {one.actor for one in kept.nodes[:NAMED]}
    discs = [
        layout.Disc(id=one.actor, radius=_radius(one.talks, most), label=one.name if one.actor in named else None)
        for one in kept.nodes
    ]
    ties = [(*one.parties, one.weight) for one in kept.ties]
    at = layout.places(discs, ties, width=theme.WIDTH, height=_HEIGHT)
    boxes = layout.labels(discs, at, width=theme.WIDTH, height=_HEIGHT)
    layers = [_lines(kept, at), _points(kept, at, most), *_names(discs, boxes)]
    plot = alt.layer(*layers).properties(width=theme.WIDTH, height=_HEIGHT)
    return theme.framed(
        plot, title=f"Who talked with whom: {about}", subtitle=list(_subtitle(found, kept)), source=_SOURCE
    )


def _kept(found: Network) -> _Drawn:
    busiest = sorted(found.nodes, key=lambda one: (-one.talks, one.actor))[:NODES]
    ids = {one.actor for one in busiest}
    ties = [one for one in found.ties if ids.issuperset(one.parties)][:TIES]
    tied = {actor for one in ties for actor in one.parties}
    nodes = [one for one in busiest if one.actor in tied]
    counts = Counter(one.community for one in nodes)
    largest = sorted(counts, key=lambda one: (-counts[one], one))[: len(theme.SHAPES) - 1]
    groups = {number: _group([one for one in nodes if one.community == number]) for number in largest}
    return _Drawn(nodes=nodes, ties=ties, groups=groups)


def _group(members: Sequence[Node]) -> str:
    """Name a group by its busiest members."""
    names = [one.name for one in members]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _subtitle(found: Network, kept: _Drawn) -> Iterator[str]:
    shown = f"{len(kept.nodes):,} busiest of {phrases.count(len(found.nodes), 'actor')}"
    shown = shown if len(kept.nodes) < len(found.nodes) else phrases.count(len(found.nodes), "actor")
    ties = f"{len(kept.ties):,} heaviest of {phrases.count(len(found.ties), 'tie')}"
    ties = ties if len(kept.ties) < len(found.ties) else phrases.count(len(found.ties), "tie")
    yield f"{shown}, {ties}, from {phrases.count(len(found.talks), 'talk')} held"
    yield "Size: talks of an actor. Width: talks of two, each shared among its parties. Dashed: all of them private"
    if any(one.mediated for one in kept.nodes):
        yield "Black: named as go-between in a talk. Shape: group that talks more within than without"
    else:
        yield "Shape: group that talks more within than without"


def _lines(kept: _Drawn, at: dict[str, layout.Point]) -> alt.Chart:
    values = []
    for one in kept.ties:
        (x, y), (u, v) = at[one.parties[0]], at[one.parties[1]]
        is_private = one.private == len(one.talks)
        values.append({"x": x, "y": y, "u": u, "v": v, "weight": one.weight, "private": is_private})
    top = max(one.weight for one in kept.ties)
    width = alt.Scale(type="sqrt", domain=[0, top], range=list(_WIDTHS))
    steps = sorted({max(1, round(top / part)) for part in (1, 4, 20)})
    dash = alt.Scale(domain=[False, True], range=[list(theme.DASHES[0]), list(theme.DASHES[1])])
    base = alt.Chart(theme.rows(values)).mark_rule(stroke=theme.GREYS[2], opacity=0.75)
    lines: alt.Chart = base.encode(
        x=_x("x"),
        y=_y("y"),
        x2="u:Q",
        y2="v:Q",
        strokeWidth=alt.StrokeWidth("weight:Q", scale=width, legend=_legend("talks of a tie", values=steps)),
        strokeDash=alt.StrokeDash("private:N", scale=dash, legend=None),
    )
    return lines


def _points(kept: _Drawn, at: dict[str, layout.Point], most: int) -> alt.Chart:
    names = list(kept.groups.values())
    others = [one for one in kept.nodes if one.community not in kept.groups]
    names += [_OTHER] if others else []
    values = [
        {
            "x": at[one.actor][0],
            "y": at[one.actor][1],
            "name": one.name,
            "talks": one.talks,
            "area": round(4 * _radius(one.talks, most) ** 2, 1),
            "group": kept.groups.get(one.community, _OTHER),
            "fill": theme.INK if one.mediated else "white",
        }
        for one in kept.nodes
    ]
    shape = alt.Scale(domain=names, range=list(theme.SHAPES[: len(names)]))
    base = alt.Chart(theme.rows(values)).mark_point(filled=True, stroke=theme.INK, strokeWidth=1.4, opacity=1)
    points: alt.Chart = base.encode(
        x=_x("x"),
        y=_y("y"),
        size=alt.Size("area:Q", scale=None, legend=None),
        shape=alt.Shape("group:N", scale=shape, legend=_legend("group", columns=2, symbolFillColor="white")),
        fill=alt.Fill("fill:N", scale=None, legend=None),
        tooltip=["name:N", "talks:Q", "group:N"],
    )
    return points


def _names(discs: Sequence[layout.Disc], boxes: dict[str, layout.Box]) -> Iterator[alt.Chart]:
    """Write the names, first with a white edge, so that lines do not cross them."""
    values = [{"x": boxes[one.id].x, "y": boxes[one.id].y, "name": one.label} for one in discs if one.label is not None]
    base = alt.Chart(theme.rows(values))
    edge = base.mark_text(align="left", baseline="middle", stroke="white", strokeWidth=3.5, strokeJoin="round")
    for words in (edge, base.mark_text(align="left", baseline="middle")):
        drawn_: alt.Chart = words.encode(x=_x("x"), y=_y("y"), text="name:N")
        yield drawn_


def _radius(talks: int, most: int) -> float:
    """Give the radius of a node in pixels: its area beyond the smallest grows with the talks."""
    low, high = _RADII
    return round(math.sqrt(low**2 + (high**2 - low**2) * talks / most), 1)


def _legend(title: str, **more: Any) -> alt.Legend:
    return alt.Legend(title=title, orient="bottom", direction="horizontal", **more)


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, theme.WIDTH], nice=False))


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[_HEIGHT, 0], nice=False))
