"""A network of talks: shares sum to one, the one in the middle stands between, files give back what was written."""

import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from backchannel.actors import shipped
from backchannel.analysis.network import Network, mediations, network
from backchannel.analysis.network_change import split
from backchannel.errors import InputError, QueryError
from backchannel.export.graphs import write_graph
from backchannel.records import Conversation, ConversationParty, When
from store_samples import conversation


def _talk(number: int, *actors: str, day: str = "2023-05-10", mediator: str | None = None, **more) -> Conversation:
    parties = [ConversationParty(actor=one, name=one.title()) for one in actors]
    if mediator is not None:
        parties.append(ConversationParty(actor=mediator, name=mediator.title(), role="mediator"))
    return conversation(number, parties=tuple(parties), when=When(start=day, end=day, precision="day"), **more)


def _star() -> Network:
    return network([_talk(1, "OMN", "IRN"), _talk(2, "OMN", "USA"), _talk(3, "OMN", "GBR"), _talk(4, "OMN", "FRA")])


def test_the_one_who_talks_with_all_stands_between_them() -> None:
    found = _star()
    first = found.nodes[0]
    assert (first.actor, first.betweenness, first.partners, first.talks) == ("OMN", 1.0, 4, 4)
    assert {one.betweenness for one in found.nodes[1:]} == {0.0}
    assert first.constraint == 0.25 < min(one.constraint or 0 for one in found.nodes[1:])


def test_a_talk_of_many_is_shared_among_its_ties_and_kept_whole() -> None:
    found = network([_talk(1, "USA", "GBR", "FRA", "DEU"), _talk(2, "USA", "GBR")])
    weights = {one.parties: one.weight for one in found.ties}
    assert weights["GBR", "USA"] == pytest.approx(4 / 3, abs=1e-4)
    assert sum(weights.values()) == pytest.approx(6 / 3 + 1, abs=1e-3)
    assert found.talks[0].parties == ("DEU", "FRA", "GBR", "USA")


def test_only_what_took_place_between_two_known_parties_makes_a_tie() -> None:
    told = [_talk(1, "USA", "IRN"), _talk(2, "USA", "CUB", status="planned"), _talk(3, "USA", "CUB", status="denied")]
    found = network([*told, _talk(4, "USA", "UNKNOWN"), _talk(5, "USA", "CUB", status=None)])
    assert [one.parties for one in found.ties] == [("IRN", "USA")]
    assert found.left_out == {
        "fewer than two known parties": 1,
        "not held (denied)": 1,
        "not held (planned)": 1,
        "not held (status unknown)": 1,
    }


def test_a_go_between_is_named_with_those_it_went_between() -> None:
    found = network([_talk(1, "USA", "IRN", mediator="OMN"), _talk(2, "USA", "IRN", mediator="OMN")])
    (only,) = mediations(found)
    assert (only.mediator, only.between, only.talks) == ("OMN", ("IRN", "USA"), ("v_001", "v_002"))
    assert {one.actor: one.mediated for one in found.nodes} == {"OMN": 2, "USA": 0, "IRN": 0}


def test_two_groups_with_one_bridge_are_two_communities() -> None:
    east, west = ("RUS", "BLR", "KAZ"), ("USA", "GBR", "FRA")
    pairs = [(a, b) for group in (east, west) for a in group for b in group if a < b] * 3 + [("RUS", "USA")]
    found = network(_talk(number, *pair) for number, pair in enumerate(pairs))
    groups: dict[int, set[str]] = {}
    for one in found.nodes:
        groups.setdefault(one.community, set()).add(one.actor)
    assert sorted(map(sorted, groups.values())) == [sorted(east), sorted(west)]
    assert found.modularity > 0.3


def test_the_order_of_conversations_does_not_matter() -> None:
    told = [_talk(1, "USA", "IRN"), _talk(2, "IRN", "OMN", day="2023-06-01"), _talk(3, "USA", "OMN", "GBR")]
    assert network(told) == network(reversed(told))


def test_a_split_tells_ties_that_came_went_and_grew_by_the_year() -> None:
    early = [_talk(1, "USA", "IRN", day="2020-01-01"), _talk(2, "USA", "CUB", day="2020-06-01")]
    late = [_talk(10 + n, "USA", "CUB", day=f"2021-0{n + 1}-05") for n in range(5)]
    late += [_talk(20, "USA", "OMN", day="2021-12-31")]
    change = split([*early, *late], date(2021, 1, 1))
    assert {one.parties: one.kind for one in change.ties} == {
        ("CUB", "USA"): "grown",
        ("IRN", "USA"): "gone",
        ("OMN", "USA"): "new",
    }
    assert change.years == (1.0, 1.0)
    with pytest.raises(QueryError, match="no conversation before 2019-01-01"):
        split([*early, *late], date(2019, 1, 1))


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_files_hold_every_tie_with_its_conversations(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"net{suffix}"
    found = network([_talk(1, "USA", "IRN"), _talk(2, "USA", "IRN", day="2023-07-01"), _talk(3, "USA", "OMN")])
    assert write_graph(found, path, shipped()) == 2
    text = path.read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    assert "v_001 v_002" in text and "2023-07-01" in text
    with pytest.raises(InputError, match="--force"):
        write_graph(found, path, shipped())


def test_talks_as_nodes_keep_a_talk_of_three_one(tmp_path: Path) -> None:
    path = tmp_path / "net.gexf"
    assert write_graph(network([_talk(1, "USA", "IRN", mediator="OMN")]), path, shipped(), talks=True) == 3
    assert 'start="2023-05-10"' in path.read_text(encoding="utf-8")


def test_another_kind_of_file_is_refused_with_the_kinds_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.graphml or \.gexf"):
        write_graph(_star(), tmp_path / "net.xlsx", shipped())
