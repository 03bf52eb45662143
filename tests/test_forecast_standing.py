"""The standing record is the arithmetic that anybody can do by hand."""

from math import log

import pytest

from backchannel.forecast.register import Entry
from backchannel.forecast.standing import standing, wilson
from backchannel.store import Foretold, Resolution
from backchannel.store.forecasts import Outcome


def _entry(probability: float, outcome: Outcome | None, **more) -> Entry:
    values = {
        "id": "f_1",
        "kind": "talks",
        "parties": ("USA", "CHN"),
        "made": "2024-03-01T08:00:00+00:00",
        "origin": "2024-03-01",
        "due": "2024-03-07",
        "horizon": 7,
        "probability": probability,
        "recurrence": "recent",
        "model": "pairs/logistic",
        "version": "0.1.0+0",
        "inputs": "0",
        "baselines": {"base rate": 0.2, "persistence": 0.5},
    }
    told = Foretold(**{**values, **more})
    if outcome is None:
        return Entry(forecast=told, state="overdue")
    return Entry(forecast=told, state=outcome, resolution=Resolution(forecast="f_1", at="", outcome=outcome, why=""))


ENTRIES = [
    _entry(0.8, "yes"),
    _entry(0.1, "no", origin="2024-03-15", recurrence="never", is_onset=True),
    _entry(0.4, "yes", kind="conflict", horizon=30, recurrence="lapsed"),
    _entry(0.9, "void"),
    _entry(0.9, None),
    _entry(0.6, "no", is_late=True),
]


def test_scores_are_those_by_hand() -> None:
    found = standing(ENTRIES)
    whole = found.groups[0]
    assert (whole.name, whole.number) == ("all", 3)
    assert whole.brier.value == pytest.approx((0.04 + 0.01 + 0.36) / 3)
    assert whole.log_score.value == pytest.approx(-(log(0.8) + log(0.9) + log(0.4)) / 3)
    assert whole.skill["base rate"].value == pytest.approx(1 - 0.41 / (0.64 + 0.04 + 0.64))
    assert whole.skill["persistence"].value == pytest.approx(1 - 0.41 / 0.75)
    assert whole.mean == pytest.approx(1.3 / 3)
    assert whole.share == pytest.approx(2 / 3)
    assert (whole.brier.low, whole.brier.high) == (None, None)  # two weeks of origins tell no interval


def test_intervals_draw_weeks_of_origins() -> None:
    entries = [
        _entry(
            0.1 + 0.1 * (week % 3),
            "yes" if week % 4 == 0 else "no",
            origin=f"2024-0{1 + week // 4}-{1 + week % 4 * 7:02}",
        )
        for week in range(12)
    ]
    whole = standing(entries).groups[0]
    for one in (whole.brier, whole.log_score, *whole.skill.values()):
        assert one.low is not None
        assert one.high is not None
        assert one.low < one.value < one.high


def test_void_overdue_and_late_ones_are_counted_and_not_scored() -> None:
    found = standing(ENTRIES)
    assert found.registered == 6
    assert found.states == {"open": 0, "due": 0, "overdue": 1, "yes": 2, "no": 2, "void": 1}
    assert found.late == 1
    late = found.groups[-1]
    assert (late.name, late.number, late.brier.value) == ("made after the due day", 1, pytest.approx(0.36))
    assert late.brier.low is None  # one week tells no interval


def test_groups_by_kind_horizon_onset_and_recurrence() -> None:
    found = {one.name: one.number for one in standing(ENTRIES).groups}
    assert found["talks within 7 days"] == 2
    assert found["conflict within 30 days"] == 1
    assert found["onset of talks within 7 days"] == 1
    assert [found[f"parties: {name}"] for name in ("one such event in 60 days", "the last longer ago", "none before")]
    assert sum(number for name, number in found.items() if name.startswith("parties:")) == 3


def test_reliability_holds_every_forecast_once() -> None:
    whole = standing(ENTRIES).groups[0]
    assert [(one.low, one.high, one.number, one.share) for one in whole.reliability] == [
        (0.1, 0.2, 1, 0.0),
        (0.3, 0.5, 1, 1.0),
        (0.7, 0.9, 1, 1.0),
    ]
    for one in whole.reliability:
        assert 0 <= one.share_low <= one.share <= one.share_high <= 1


def test_interval_of_a_share() -> None:
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_an_empty_register_has_no_scores() -> None:
    found = standing([])
    assert (found.registered, found.groups) == (0, ())
