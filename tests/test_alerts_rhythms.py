"""Silences and spikes are found where they were planted, within the budget of false alarms, and not where nobody told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import streams
from alert_samples import view_of
from backchannel.alerts.coverage import heard, outages
from backchannel.alerts.judging import Crossing, discovered, judge
from backchannel.alerts.series import HISTORY, Windows, of_pairs
from backchannel.alerts.surprise import Expected, Side, closed

PLAN = streams.Plan(pairs=60, days=400, silences=5, spikes=6, news=0, spike_factor=8.0, spike_more=1.0)
FIRST, LAST = 300, 363
BUDGET = 0.5


def _judged(made: streams.Synthetic, side: Side) -> list[Crossing]:
    return judge(view_of(made), FIRST, LAST, side=side, budget=BUDGET)[0]


def _planted(made: streams.Synthetic, kind: str) -> dict[tuple[int, ...], streams.Planted]:
    seen = [one for one in made.planted if one.kind == kind and one.last <= LAST and one.first >= FIRST - 14]
    return {tuple(sorted(made.pairs[one.pair].tolist())): one for one in seen}


@pytest.fixture(scope="module")
def made() -> streams.Synthetic:
    return streams.invent(PLAN, seed=2)


@pytest.mark.slow
@pytest.mark.parametrize(("side", "least"), [("silence", 0.7), ("spike", 0.6)])
def test_planted_ones_are_found_within_the_budget(side: Side, least: float) -> None:
    planted = hits = false = 0
    for seed in range(1, 5):
        made = streams.invent(PLAN, seed=seed)
        found, there = _judged(made, side), _planted(made, side)
        planted += len(there)
        hits += len({one.pair for one in found if one.pair in there and one.last > there[one.pair].first})
        false += sum(one.pair not in there for one in found)
    assert planted >= 10
    assert hits >= least * planted
    assert false <= 1.25 * BUDGET * 4 * (LAST - FIRST + 1) / 7


@pytest.mark.slow
def test_a_feed_that_is_down_and_an_outlet_that_is_quiet_raise_no_silence() -> None:
    plan = replace(PLAN, silences=0, spikes=0)
    usual = _judged(streams.invent(plan, seed=2), "silence")
    for off in (replace(plan, outage=(350, 372)), replace(plan, quiet=(350, 390))):
        made = streams.invent(off, seed=2)
        found, unjudged = judge(view_of(made), FIRST, LAST, side="silence", budget=BUDGET)
        assert len(found) <= len(usual) + 1
        assert any(one.first < 375 < one.last + 21 for one in unjudged)


@pytest.mark.slow
def test_a_day_is_judged_by_what_was_known_at_its_end(made: streams.Synthetic) -> None:
    whole = _judged(made, "silence")
    day = whole[0].last + 1
    known = made.time < day
    fields = ("subject", "relation", "object", "time", "pair", "outlet")
    cut = replace(made, **{name: getattr(made, name)[known] for name in fields})
    early, _ = judge(view_of(cut), FIRST, day - 1, side="silence", budget=BUDGET)
    assert early == [one for one in whole if one.last <= day]


def test_too_short_a_past_is_not_judged(made: streams.Synthetic) -> None:
    found, unjudged = judge(view_of(made), 100, 120, side="silence", budget=BUDGET)
    assert found == []
    assert [(one.first, one.last) for one in unjudged] == [(100, 121)]


def test_the_closed_form_is_that_of_gamma_and_poisson() -> None:
    time = np.arange(0, 90, 7)
    series = of_pairs(np.tile([0, 1], (len(time), 1)), time, days=HISTORY + 21)
    expected = closed(series, Windows(pair=np.array([0]), start=np.array([HISTORY])), 21)
    shape, rate = len(time) + 0.5, HISTORY
    assert expected.mean == pytest.approx([shape / rate * 21])
    chance = (rate / (rate + 21)) ** shape
    assert expected.surprise(np.array([0]), "silence") == pytest.approx([-np.log10(chance)])


def test_few_contacts_of_a_busy_pair_are_improbable_but_no_silence() -> None:
    expected = Expected(mean=np.array([60.0, 6.0]), shape=np.array([8.0, 8.0]))
    told = np.array([20, 0])
    assert expected.surprise(told, "silence")[0] > 1
    assert expected.broken(told)[0] < 0 < expected.broken(told)[1]


def test_a_paper_without_sundays_is_not_off_on_sundays() -> None:
    told = np.tile([9, 9, 9, 9, 9, 9, 0], 12)
    assert not outages(told).any()
    told[66:73] = 0
    assert np.flatnonzero(outages(told)).tolist() == list(range(66, 73))


def test_a_source_is_not_heard_before_its_first_item() -> None:
    told = np.array([[0, 0, 3, 0, 1], [1, 1, 1, 1, 1]])
    known = heard(("young", "old"), told)
    assert known.on.tolist() == [[False, False, True, True, True], [True] * 5]
    exposure = known.exposure(np.array([[50.0, 0.0], [0.0, 50.0]]))
    assert exposure[0, 0] < 0.1 * exposure[1, 0]


def test_among_many_tests_only_what_stands_out_of_them_is_kept() -> None:
    assert discovered(np.array([1.5, 0.2]), 2).tolist() == [True, False]
    assert discovered(np.array([1.5, 0.2]), 500).tolist() == [False, False]
