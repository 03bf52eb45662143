"""Write a network as GraphML or GEXF, with the days of its ties, for Gephi, Cytoscape, R and others."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backchannel.actors import ActorTable
from backchannel.analysis.graphs import networkx
from backchannel.analysis.network import Network, Talk
from backchannel.errors import InputError

SUFFIXES = (".graphml", ".gexf")


def write_graph(found: Network, path: Path, actors: ActorTable, *, talks: bool = False, force: bool = False) -> int:
    """Write a network and give the number of its edges.

    An edge has ``weight``, ``talks`` (their number), ``private``, ``first`` and ``last`` (ISO days) and
    ``conversations`` (ids, joined by blanks). GEXF also has the days as ``start`` and ``end``, which Gephi shows as a
    timeline.

    Args:
        found: the network.
        path: a file ``.graphml`` or ``.gexf``.
        actors: for the sector and the country of each actor.
        talks: write talks of all their parties as nodes of their own, tied to each party, so that a talk of five stays
            one; else ties of two.
        force: write over a file that is there.

    Raises:
        InputError: another kind of file, or a file that is there.
        ModelError: networkx is not installed.
    """
    if path.suffix not in SUFFIXES:
        raise InputError(f"{path.name}: a network is written as {' or '.join(SUFFIXES)}; name the file so")
    if path.exists() and not force:
        raise InputError(f"{path} is there already; give another name, or --force to write over it")
    nx = networkx()
    dated = path.suffix == ".gexf"
    graph = _of_talks(found, actors, dated=dated) if talks else _of_ties(found, actors, dated=dated)
    writers: dict[str, Callable[..., Any]] = {".gexf": nx.write_gexf, ".graphml": nx.write_graphml_xml}
    whole = io.BytesIO()
    writers[path.suffix](graph, whole)
    try:
        path.write_bytes(whole.getvalue())
    except OSError as fault:
        raise InputError(
            f"{path}: cannot be written ({fault.strerror}); name a file in a folder that is there"
        ) from None
    return int(graph.number_of_edges())


def _of_ties(found: Network, actors: ActorTable, *, dated: bool) -> Any:
    graph = networkx().Graph()
    _add_actors(graph, found, actors)
    for tie in found.ties:
        told = {"weight": tie.weight, "talks": len(tie.talks), "private": tie.private}
        days = _days(tie.first, tie.last, dated=dated)
        graph.add_edge(*tie.parties, **told, **days, conversations=" ".join(tie.talks))
    return graph


def _of_talks(found: Network, actors: ActorTable, *, dated: bool) -> Any:
    graph = networkx().Graph()
    _add_actors(graph, found, actors)
    for talk in found.talks:
        days = _days(talk.first, talk.last, dated=dated)
        graph.add_node(talk.id, label=talk.id, kind="conversation", private=talk.private, **days)
        for actor in talk.parties:
            graph.add_edge(talk.id, actor, role=_role(talk, actor), weight=1.0, **days)
    return graph


def _role(talk: Talk, actor: str) -> str:
    return "mediator" if actor in talk.mediators else "participant"


def _add_actors(graph: Any, found: Network, actors: ActorTable) -> None:
    for node in found.nodes:
        graph.add_node(
            node.actor,
            label=node.name,
            kind="actor",
            sector=actors.sector(node.actor) or "",
            talks=node.talks,
            mediated=node.mediated,
            betweenness=node.betweenness,
            community=node.community,
        )


def _days(first: str | None, last: str | None, *, dated: bool) -> dict[str, str]:
    """The days as attributes, and where the format knows time as its own fields too; left out where none is told."""
    told = {"first": first, "last": last} | ({"start": first, "end": last} if dated else {})
    return {name: day for name, day in told.items() if day is not None}
