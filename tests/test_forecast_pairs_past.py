"""What is known of pairs on a day comes from the days before it, and which pairs are asked about too."""

import numpy as np
import pytest

from backchannel.forecast import pairs_risk
from backchannel.forecast.pairs_features import table
from backchannel.forecast.pairs_panel import NEVER, Panel
from backchannel.forecast.pairs_past import past
from backchannel.forecast.pairs_risk import dyads, scored_origins, training_origins
from forecast_worlds import days, world

TALK, THREAT = "CONSULT/meeting", "THREATEN"


@pytest.mark.parametrize("origin", [95, 150, 201])
@pytest.mark.parametrize("horizon", [7, 30])
def test_features_are_the_same_from_a_history_that_was_cut(origin: int, horizon: int) -> None:
    whole, cut = (dyads(told) for told in (world(), world().until(origin)))
    busy, busy_then = whole.at_risk(origin), cut.at_risk(origin)
    assert whole.low[busy].tolist() == cut.low[busy_then].tolist()
    assert whole.high[busy].tolist() == cut.high[busy_then].tolist()
    known = table(past(whole, [busy]), busy, origin, horizon)
    known_then = table(past(cut, [busy_then], until=origin), busy_then, origin, horizon)
    assert known.names == known_then.names
    np.testing.assert_array_equal(known.values, known_then.values)
    np.testing.assert_array_equal(known.rate, known_then.rate)
    np.testing.assert_array_equal(known.repeated, known_then.repeated)


def test_a_risk_set_knows_nothing_of_its_day_or_later() -> None:
    known = dyads(
        days(*[("A", TALK, "B", day) for day in (0, 1, 2)], *[("A", TALK, "C", day) for day in (98, 99, 100, 101)])
    )
    assert [known.stream.actors[known.high[place]] for place in known.at_risk(100)] == []
    assert [known.stream.actors[known.high[place]] for place in known.at_risk(101)] == ["C"]
    assert [known.stream.actors[known.high[place]] for place in known.at_risk(90)] == ["B"]


def test_the_busiest_pairs_are_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs_risk, "BUSIEST", 1)
    known = dyads(days(*[("A", TALK, "B", day) for day in (5, 6, 7)], *[("A", TALK, "C", day) for day in (5, 6, 7, 8)]))
    assert [known.stream.actors[known.high[place]] for place in known.at_risk(20)] == ["C"]


def test_an_outcome_begins_on_the_day_and_ends_with_the_horizon() -> None:
    known = dyads(days(("A", TALK, "B", 0), ("B", TALK, "A", 10), ("A", THREAT, "B", 17), ("A", "SUPPORT", "A", 18)))
    pair = np.array([0])
    assert len(known) == 1
    assert known.happened(pair, 10, 7).tolist() == [[True, False]]
    assert known.happened(pair, 11, 7).tolist() == [[False, True]]
    assert known.happened(pair, 4, 6).tolist() == [[False, False]]


def test_an_onset_needs_sixty_quiet_days_and_some_life() -> None:
    known = dyads(days(("A", TALK, "B", 0), *[("A", THREAT, "B", day) for day in (1, 40, 55)]))
    pair = np.array([0])
    assert known.quiet(pair, 60).tolist() == [[False, False]]
    assert known.quiet(pair, 61).tolist() == [[True, False]]
    assert known.quiet(pair, 95).tolist() == [[False, False]]  # two events in 90 days
    assert known.recent(pair, 61).tolist() == [[False, True]]
    assert known.ever(pair, 61).tolist() == [[True, True]]


def test_practice_ends_before_the_day_and_scored_days_end_within_the_stream() -> None:
    known = dyads(days(("A", TALK, "B", 0), ("A", TALK, "B", 119)))
    assert training_origins(known, 100, 7) == [90, 93]
    assert training_origins(known, 97, 7) == [90]
    assert scored_origins(known, 110, 7) == [110, 111, 112, 113]


def test_a_panel_counts_what_lies_before_a_day() -> None:
    panel = Panel(np.array([0, 0, 0, 1]), np.array([1, 3, 3, 4]), (2, 6))
    rows = np.array([0, 1])
    assert panel.within(rows, 3, 2).tolist() == [1, 0]
    assert panel.within(rows, 4, 1).tolist() == [2, 0]
    assert panel.within(rows, 6, 100).tolist() == [3, 1]
    assert panel.since(rows, 3).tolist() == [2, NEVER]
    assert panel.since(rows, 5).tolist() == [2, 1]
    assert panel.decayed(rows, 4, 1.0)[0] == pytest.approx(2 + np.exp(-2))
    assert panel.windows(rows, 5, width=2, back=4).tolist() == [[True, True, True], [False, False, True]]


def test_a_rate_is_shrunk_to_that_of_all() -> None:
    known = dyads(
        days(*[("A", TALK, "B", day) for day in range(0, 100, 2)], *[("A", "SUPPORT", "C", day) for day in range(90)])
    )
    asked = known.at_risk(100)
    rate = table(past(known, [asked], until=100), asked, 100, 7).rate[:, 0]
    assert 0.5 < rate[0] < 0.98  # every run of 7 days held talks
    assert 0.02 < rate[1] < 0.3  # none did, and the mean of both is one half
