"""The chart of a gap has each contact held as a mark in its lane, tells its figures and warns of what it cannot show."""

from collections.abc import Iterator
from typing import Any

from backchannel.analysis.gap_records import Gap
from backchannel.charts.gap import drawn
from backchannel.charts.render import specification
from gap_samples import claim, conversation, link, made, news, volume, when

DAY = when("1971-03-04")


def _gap(days: str = "1971-03-04") -> Gap:
    told = when(days)
    paper, record = news("d_paper", "1971-03-05"), volume("d_record", "1971-03-04")
    public, closed = claim("c_public", paper, told), claim("c_closed", record, told)
    plan = claim("c_plan", record, told, start=30, status="planned")
    found = [conversation("k_1", [public], told), conversation("k_2", [closed], told)]
    return made(
        [*found, conversation("k_3", [plan], told, status="planned")],
        [public, closed, plan],
        [paper, record],
        [link("c_public", "c_closed")],
    )


def _rows(gap: Gap, *, key: str) -> list[dict[str, Any]]:
    return [row for row in _values(specification(drawn(gap))) if key in row]


def _values(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("data", {}).get("values", ())
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _values(child)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(child)


def test_marks_stand_above_and_below_with_a_line_between_what_goes_together() -> None:
    marks = {row["id"]: (row["level"], row["standing"]) for row in _rows(_gap(), key="standing")}
    assert marks == {
        "k_1": (1, "told at the time, and by the record"),
        "k_2": (-1, "in the record, and known at the time"),
    }
    assert [(row["level"], row["other"]) for row in _rows(_gap(), key="other")] == [(1, -1)]


def test_it_says_its_figures_its_sources_and_its_warnings() -> None:
    words = " ".join(_texts(specification(drawn(_gap()))))
    for part in ("Norway and Sweden", "each mark is one of 2", "Fjord Gazette", "Papers", "drafted by one side"):
        assert part in words


def test_contacts_of_no_known_days_are_counted_and_not_drawn() -> None:
    told = _gap("1971")
    assert _rows(told, key="standing") == []
    words = " ".join(_texts(specification(drawn(told))))
    assert "2 contacts dated only to a season, a year or not at all" in words


def test_the_same_gap_gives_the_same_chart() -> None:
    assert specification(drawn(_gap())) == specification(drawn(_gap()))
