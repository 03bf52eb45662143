"""The chart of a network is the same each time, keeps names apart, and dashes ties of private talks."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from backchannel.analysis.network import Network, network
from backchannel.charts import layout, render
from backchannel.charts.network import NAMED, NODES, TIES, drawn
from backchannel.records import ConversationParty
from chart_samples import row_sets
from store_samples import conversation


def _talk(number: int, *actors: str, mediator: str | None = None, **more):
    parties = [ConversationParty(actor=one, name=one.title()) for one in actors]
    parties += [ConversationParty(actor=mediator, name=mediator.title(), role="mediator")] if mediator else []
    return conversation(number, parties=tuple(parties), **more)


def _small() -> Network:
    talks = [_talk(n, "NOR", "SWE") for n in range(8)]
    talks += [_talk(8, "NOR", "DNK", privacy="secret"), _talk(9, "NOR", "FIN", mediator="CHE")]
    return network([*talks, _talk(10, "FJI", "TON")])


def _crowd(number: int) -> Network:
    """Give a hub with many partners, each of which also knows the next."""
    names = [f"ACTOR{one:03}" for one in range(number)]
    ring = [_talk(n, one, other) for n, (one, other) in enumerate(itertools.pairwise(names))]
    return network([*ring, *(_talk(number + n, "HUB", one) for n, one in enumerate(names * 2))])


def _rows(found: Network) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of the chart by one of their fields: weight, group, name."""
    told = row_sets(render.specification(drawn(found, "all")))
    named = next(rows for rows in told if set(rows[0]) == {"x", "y", "name"})
    return {field: rows for field in ("weight", "group") for rows in told if field in rows[0]} | {"name": named}


def test_the_same_network_gives_the_same_picture() -> None:
    assert json.dumps(render.specification(drawn(_small(), "all"))) == json.dumps(
        render.specification(drawn(_small(), "all"))
    )


def test_ties_are_wide_by_weight_and_marked_where_all_talks_were_private() -> None:
    ties = _rows(_small())["weight"]
    assert max(one["weight"] for one in ties) == 8
    assert [one["weight"] for one in ties if one["private"]] == [1]


def test_nodes_are_large_by_talks_and_black_as_go_between() -> None:
    nodes = {one["name"]: one for one in _rows(_small())["group"]}
    assert max(nodes, key=lambda one: nodes[one]["area"]) == "Nor"
    assert [name for name, one in nodes.items() if one["fill"] != "white"] == ["Che"]
    assert nodes["Fji"]["group"] == nodes["Ton"]["group"] != nodes["Nor"]["group"]


def test_only_the_busiest_are_drawn_and_named_and_that_is_said() -> None:
    found = _crowd(90)
    rows = _rows(found)
    assert (len(rows["group"]), len(rows["name"])) == (NODES, NAMED)
    assert len(rows["weight"]) <= TIES
    assert "60 busiest of 91 actors" in json.dumps(render.specification(drawn(found, "all")))


def test_nodes_keep_apart_and_inside_and_names_overlap_little() -> None:
    ids = [f"A{one}" for one in range(60)]
    discs = [layout.Disc(id=one, radius=6, label=f"Actor of {one}" if n < 25 else None) for n, one in enumerate(ids)]
    ties = [("A0", one, 2.0) for one in ids[1:50]]  # the other ten stand alone
    at = layout.places(discs, ties, width=700, height=560)
    assert at == layout.places(discs[::-1], ties[::-1], width=700, height=560)
    assert all(0 <= x <= 700 and 0 <= y <= 560 for x, y in at.values())
    nearest = min((x - u) ** 2 + (y - v) ** 2 for (x, y), (u, v) in itertools.combinations(at.values(), 2))
    assert nearest > 11**2
    boxes = list(layout.labels(discs, at, width=700, height=560).values())
    shared = sum(layout.overlap(one, other) > 0 for one, other in itertools.combinations(boxes, 2))
    assert len(boxes) == 25 and shared == 0


def test_a_name_goes_to_the_side_that_is_free() -> None:
    discs = [layout.Disc(id=one, radius=5, label=one.upper()) for one in ("west", "east")]
    at = {"west": (100.0, 50.0), "east": (120.0, 50.0)}
    boxes = layout.labels(discs, at, width=300, height=100)
    assert boxes["west"].x + boxes["west"].width < 100
    assert boxes["east"].x > 120


def test_a_picture_is_written_with_title_and_source(tmp_path: Path) -> None:
    render.render(drawn(_small(), "Norway, fisheries"), tmp_path / "talks.svg")
    told = (tmp_path / "talks.svg").read_text(encoding="utf-8")
    for words in ("Who talked with whom: Norway, fisheries", "7 actors", "Source: conversations merged"):
        assert words in told


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    from backchannel import cli
    from backchannel.store import open_store

    place, target = str(tmp_path / "store.db"), tmp_path / "talks.json"
    with open_store(place) as store:
        store.replace_conversations([_talk(1, "NOR", "SWE", claims=()), _talk(2, "NOR", "DNK", claims=())])
    words = ["network", "--actor", "Norway", "--issue", "taiwan", "--chart", str(target), "--store", place]
    monkeypatch.setattr("sys.argv", ["backchannel", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code or 0) == 0, capsys.readouterr().err
    assert "Who talked with whom: Norway, taiwan" in target.read_text(encoding="utf-8")
