"""The chart of alerts has each pair's weeks with what was due, a mark at each alert, and all others by day and kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("altair")

from alert_samples import START, crowd, life, parties, report
from backchannel.alerts import Alert, Course, Found, Kind, Wanted, Week, find
from backchannel.alerts.courses import courses
from backchannel.alerts.rhythms import feed
from backchannel.charts.alerts import drawn
from backchannel.charts.render import render, specification
from backchannel.records import Coverage

_WEEK = Week(first="2024-03-04", told=5, due=1.2, low=0, high=3)


def _alert(kind: Kind, day: str, number: int = 1) -> Alert:
    return Alert(
        id=f"a_{kind}{number}",
        kind=kind,
        day=day,
        parties=("NOR", "SWE"),
        names=("Norway", "Sweden"),
        headline="told",
        conversation=None,
        independent=1,
        surprise=4.0,
        priority=3.0 + number,
        reasons=(),
    )


def _found() -> Found:
    dim = Week(first="2024-02-26", told=1)
    course = Course(parties=("NOR", "SWE"), names=("Norway", "Sweden"), weeks=(dim, _WEEK))
    told = (_alert("spike", "2024-03-10"), _alert("status", "2024-03-07"), _alert("status", "2024-03-07", 2))
    return Found(alerts=told, courses=(course,), since="2024-03-04", until="2024-03-10")


def _rows(found: Found, *keys: str) -> list[tuple[Any, ...]]:
    rows = _values(specification(drawn(found)))
    return [tuple(row[key] for key in keys) for row in rows if set(keys) <= set(row)]


def _values(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("data", {}).get("values", ())
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _values(child)


def test_weeks_are_a_line_with_a_band_where_it_is_known_what_was_due() -> None:
    assert _rows(_found(), "first", "told") == [("2024-02-26", 1), ("2024-03-04", 5), ("2024-03-11", 5)]
    assert _rows(_found(), "first", "low", "high") == [("2024-03-04", 0, 3.5)]


def test_alerts_are_marked_on_their_day_and_several_of_a_day_are_counted() -> None:
    assert _rows(_found(), "day", "level") == [("2024-03-10", pytest.approx(6 * 1.12))]
    assert _rows(_found(), "day", "kind", "number") == [("2024-03-07", "status", 2)]


def test_the_pairs_with_the_weightiest_alerts_are_drawn_and_the_rest_is_named() -> None:
    found = _found()
    many = tuple(replace(found.courses[0], parties=("NOR", f"A{n}"), names=("Norway", f"A{n}")) for n in range(8))
    told = [replace(_alert("spike", "2024-03-10", n), parties=("NOR", f"A{n}")) for n in range(8)]
    text = str(specification(drawn(replace(found, courses=many, alerts=tuple(told)))))
    assert "2 more pairs with silences or spikes not drawn" in text
    assert "Norway – A7" in text and "Norway – A0" not in text


def test_other_alerts_alone_are_drawn_and_written(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    render(drawn(replace(_found(), courses=(), alerts=_found().alerts[1:])), tmp_path / "alerts.svg")
    assert "status" in (tmp_path / "alerts.svg").read_text()


def test_a_course_counts_reports_by_week_and_says_what_was_due() -> None:
    pytest.importorskip("scipy")
    burst = [life(number, report(124, f"elm{number}", parties=parties("NOR", "SWE"))) for number in range(6)]
    since, until = START + timedelta(days=119), START + timedelta(days=125)
    told = [*crowd(126), *burst]
    read = [Coverage(source=one.told[0].document.source or "", day=one.told[0].on, read=1) for one in told]
    laid = feed(told, read, since=since, until=until)
    assert laid is not None
    spike = replace(_alert("spike", until.isoformat()), parties=("NOR", "SWE"))
    (course,) = courses(laid, [spike], since=since, until=until)
    last = course.weeks[-1]
    assert (len(course.weeks), last.first, last.told) == (13, since.isoformat(), 10)
    assert last.due is not None and last.low is not None and last.high is not None
    assert 0 < last.low < last.due < last.high
    assert course.weeks[0].due is None


def test_courses_are_given_where_they_are_asked_for() -> None:
    wanted = Wanted(since=START, until=START + timedelta(days=60), kinds=("status",), with_courses=True)
    found = find(crowd(), [], wanted)
    assert (found.courses, found.since, found.until) == ((), "2024-01-01", "2024-03-01")
