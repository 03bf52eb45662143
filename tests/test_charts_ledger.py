"""The chart of a ledger has hostile acts below, friendly ones above, and an index only where there is one."""

import json
from pathlib import Path

from backchannel.charts import render
from backchannel.charts.ledger import drawn
from chart_samples import rows
from ledger_samples import act, busy, made, paper, talk


def test_hostile_acts_go_down_friendly_ones_up_and_contacts_stand_by_privacy() -> None:
    values = rows(render.specification(drawn(busy())))
    assert sum(one["to"] for one in values if one.get("kind") == "act: hostile") == -8
    assert sum(one["to"] for one in values if one.get("kind") == "act: friendly") == 2
    assert sum(one["to"] - one["from"] for one in values if one.get("kind") == "contact: closed") == 8
    assert [one["words"] for one in values if one.get("words", "").endswith("×")] == ["1×"]


def test_the_index_is_drawn_with_its_interval_only_where_there_is_one() -> None:
    found = busy()
    points = list({one["on"]: one for one in rows(render.specification(drawn(found))) if "low" in one}.values())
    assert [one["value"] for one in points] == [one.index.value for one in found.steps if one.index.value is not None]
    assert all(one["low"] <= one["value"] <= one["high"] for one in points)


def test_too_few_events_are_said_instead_of_an_index(tmp_path: Path) -> None:
    few = drawn(made([act("a_1", "p_1")], [talk(1)], [paper("p_1")]))
    render.render(few, tmp_path / "few.png")
    assert (tmp_path / "few.png").read_bytes().startswith(b"\x89PNG")
    assert "no month has five acts and five contacts" in json.dumps(render.specification(few))
    nothing = drawn(made(talks=[talk(1, None)]))
    assert "no act or contact has a day" in json.dumps(render.specification(nothing))


def test_title_units_and_sources_stand_in_the_drawing(tmp_path: Path) -> None:
    render.render(drawn(busy()), tmp_path / "busy.svg")
    told = (tmp_path / "busy.svg").read_text(encoding="utf-8")
    for words in (
        "Norway and Sweden: words and deeds",
        "Number a month; gap index of the whole +0.62",
        "Fjord Gazette (10)",
    ):
        assert words in told
