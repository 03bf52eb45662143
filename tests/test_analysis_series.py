"""Counts by step lose nobody, a planted change of level is found and noise mostly is not, plans keep their story."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from backchannel.analysis.calendar import calendar, changes
from backchannel.analysis.series import Series, Step, series, turns
from backchannel.analysis.timeline import timeline
from backchannel.charts import render
from backchannel.charts import timeline as charts
from backchannel.cli.axes import print_calendar, print_series
from backchannel.records import Conversation, StatusStep, When
from store_samples import conversation


def _on(number: int, start: str, end: str | None = None, **more) -> Conversation:
    precision = {4: "year", 7: "month", 10: "day"}[len(start)]
    return conversation(number, when=When(start=start, end=end or start, precision=precision), **more)


def _monthly(counts: list[int]) -> list[Step]:
    return [
        Step(
            first=date(2000 + n // 12, n % 12 + 1, 1), last=date(2000 + n // 12, n % 12 + 1, 28), exact={"held": count}
        )
        for n, count in enumerate(counts)
    ]


def test_everything_with_a_date_is_counted_once() -> None:
    told = series([_on(1, "2023-01-10"), _on(2, "2023"), _on(3, "2023-02", "2023-03"), conversation(4, when=None)])
    assert told is not None and told.unit == "week" and told.undated == 1
    assert sum(step.count() for step in told.steps) == pytest.approx(3, abs=0.05)
    assert sum(sum(step.exact.values()) for step in told.steps) == 1


def test_a_span_inside_one_step_is_as_good_as_a_day() -> None:
    told = series([_on(1, "2023-01"), _on(2, "2023-03-05", status="planned")], unit="month")
    assert told is not None
    assert [(dict(step.exact), dict(step.spread)) for step in told.steps] == [
        ({"held": 1}, {}),
        ({}, {}),
        ({"planned": 1}, {}),
    ]


def test_the_step_is_the_shortest_that_needs_at_most_sixty() -> None:
    spans = {"2023-06-01": "week", "2027-06-01": "month", "2035-01-01": "quarter", "2090-01-01": "year"}
    for last, unit in spans.items():
        told = series([_on(1, "2023-01-10"), _on(2, last)])
        assert told is not None and (told.unit, len(told.steps) <= 70) == (unit, True)


def test_a_planted_change_is_found_near_its_month() -> None:
    dice = random.Random(3)
    found = turns(
        _monthly([dice.choice((0, 1, 1, 2)) for _ in range(30)] + [dice.choice((4, 5, 6)) for _ in range(20)])
    )
    assert len(found) == 1
    assert abs((found[0].on - date(2002, 7, 1)).days) <= 62
    assert found[0].before < 1.5 < 4 < found[0].after


def test_noise_seldom_changes_its_level() -> None:
    dice = random.Random(5)
    flat = [[sum(dice.random() < 0.1 for _ in range(20)) for _ in range(48)] for _ in range(40)]
    assert sum(bool(turns(_monthly(counts))) for counts in flat) <= 4


def test_months_without_documents_are_no_change() -> None:
    busy = [_on(n, f"2020-{n % 12 + 1:02}-10") for n in range(24)] + [
        _on(100 + n, f"2023-{n % 12 + 1:02}-10") for n in range(24)
    ]
    days = frozenset(date(year, 1, 1) + timedelta(days=n) for year in (2020, 2023) for n in range(365))
    told = series(busy, unit="month", days=days)
    assert told is not None and told.looked and told.turns == ()
    assert told.steps[14].covered == 0
    blind = series(busy, unit="month")
    assert blind is not None and len(blind.turns) == 2


def test_a_short_series_is_not_searched() -> None:
    told = series([_on(n, f"2023-01-{n + 1:02}") for n in range(25)])
    assert told is not None and not told.looked


def test_a_plan_keeps_every_word_on_it() -> None:
    steps = (
        StatusStep(status="proposed", on="2023-05-01", claim="c_1"),
        StatusStep(status="proposed", on="2023-05-02", claim="c_2"),
        StatusStep(status="postponed", on="2023-05-09", claim="c_3"),
        StatusStep(status="occurred", on="2023-06-20", claim="c_4"),
    )
    held = _on(1, "2023-06-19", status_history=steps)
    (plan,) = calendar([held, _on(2, "2023-06-20")], on=date(2023, 7, 1))
    assert [step.status for step in changes(plan)] == ["proposed", "postponed", "occurred"]
    assert (plan.state, plan.known) == ("held", "2023-05-01")


@pytest.mark.parametrize(
    ("status", "start", "state"),
    [
        ("planned", "2023-08-01", "confirmed"),
        ("planned", "2023-06-01", "unheard"),
        ("proposed", "2023-08", "tentative"),
        ("cancelled", "2023-06-01", "off"),
        ("denied", "2023-06-01", "denied"),
    ],
)
def test_a_plan_is_known_up_to_the_last_document(status: str, start: str, state: str) -> None:
    steps = (StatusStep(status="planned", on="2023-05-01", claim="c_1"),)
    (plan,) = calendar([_on(1, start, status=status, status_history=steps)], on=date(2023, 7, 1))
    assert plan.state == state


def test_counts_and_plans_are_drawn_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    told = [_on(1, "2023-05-10"), _on(2, "2023-05"), _on(3, "2023-07-01", status="planned")]
    counted = series(told, unit="month", days=frozenset({date(2023, 5, 1), date(2023, 7, 1)}))
    assert counted is not None
    print_series(counted)
    print_calendar(calendar(told, on=date(2023, 6, 1)))
    shown = capsys.readouterr().out
    assert "June 2023" in shown and "no documents" in shown and "██" in shown
    assert "ahead" in shown and "v_003" in shown


@pytest.mark.parametrize("most", [3, 60])
def test_a_chart_shows_counts_and_up_to_forty_conversations(tmp_path: Path, most: int) -> None:
    told = [_on(n, f"20{20 + n % 4}-{n % 12 + 1:02}-03") for n in range(most)]
    counted = series(told)
    assert isinstance(counted, Series)
    drawn = render.specification(charts.timeline(timeline(told), counted, "Norway"))
    assert len(drawn["vconcat"][0]["vconcat"]) == (2 if most <= 40 else 1)
    assert "Norway" in drawn["vconcat"][0]["title"]["text"]
    render.render(charts.timeline(timeline(told), counted, "Norway"), tmp_path / "chart.svg")
    assert b"<svg" in (tmp_path / "chart.svg").read_bytes()[:200]
