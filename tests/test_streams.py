"""The invented streams are what they say: known rates, bursts, a week, and planted things that are there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import streams


def test_the_same_seed_gives_the_same_events() -> None:
    one, other = streams.invent(seed=3), streams.invent(seed=3)
    assert np.array_equal(one.time, other.time) and np.array_equal(one.relation, other.relation)
    assert not np.array_equal(one.time[:100], streams.invent(seed=4).time[:100])


def test_rates_are_those_of_the_plan() -> None:
    plan = streams.Plan(days=4000, silences=0, spikes=0, news=0)
    made = streams.invent(plan)
    seen = made.counts()[:, 100:].mean(axis=1)
    assert abs(seen.sum() / made.rate.sum() - 1) < 0.03
    assert np.corrcoef(seen, made.rate)[0, 1] > 0.98


def test_events_set_off_others_and_weekends_are_quiet() -> None:
    plan = streams.Plan(days=2000, silences=0, spikes=0, news=0)
    dispersed = []
    for excitation in (0.0, 0.5):
        counts = streams.invent(replace(plan, excitation=excitation)).counts()[:, 6:]
        weekly = counts[:, : counts.shape[1] // 7 * 7].reshape(len(counts), -1, 7).sum(axis=2)
        dispersed.append(float(np.median(weekly.var(axis=1) / weekly.mean(axis=1))))
    assert 0.85 < dispersed[0] < 1.15
    assert dispersed[1] > 1.7
    days = streams.invent(plan).counts().sum(axis=0)
    by_weekday = days[: len(days) // 7 * 7].reshape(-1, 7).mean(axis=0)
    assert by_weekday[5:].max() < 0.8 * by_weekday[:5].min()


def test_planted_things_are_there() -> None:
    made = streams.invent(streams.Plan(silences=10, spikes=10, news=10), seed=1)
    counts = made.counts()
    by_kind = {kind: [one for one in made.planted if one.kind == kind] for kind in ("silence", "spike", "new")}
    assert {kind: len(found) for kind, found in by_kind.items()} == {"silence": 10, "spike": 10, "new": 10}
    assert len({one.pair for one in made.planted}) == 30
    for one in by_kind["silence"]:
        assert counts[one.pair, one.first : one.last].sum() == 0 < counts[one.pair, : one.first].sum()
    for one in by_kind["new"]:
        assert counts[one.pair, : one.first].sum() == 0
    factor = [counts[one.pair, one.first : one.last].mean() / made.rate[one.pair] for one in by_kind["spike"]]
    assert np.median(factor) > 3


def test_a_feed_that_is_down_and_an_outlet_that_is_quiet_tell_nothing() -> None:
    made = streams.invent(streams.Plan(outage=(300, 310), quiet=(400, 430)))
    assert made.counts()[:, 300:310].sum() == 0
    is_quiet = (made.time >= 400) & (made.time < 430)
    assert not (made.outlet[is_quiet] == 0).any() and (made.outlet[~is_quiet] == 0).any()


def test_after_an_intent_to_meet_a_visit_is_likelier() -> None:
    made = streams.invent(streams.Plan(days=1500))
    intent, visit = (streams.RELATIONS.index(name) for name in ("Express intent to meet", "Make a visit"))
    told = [made.relation[made.pair == pair] for pair in range(len(made.pairs))]
    after = np.concatenate([one[1:][one[:-1] == intent] for one in told])
    assert (after == visit).mean() > 3 * (made.relation == visit).mean()
