"""The chances of a pair: likelier for pairs that often talk, with baseline and reasons, and no guess without history."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from backchannel.errors import InputError, QueryError
from backchannel.forecast import pairs_models, pairs_risk
from backchannel.forecast.pairs import Abstained, Chance, Prepared, chances, chances_of, prepare
from forecast_worlds import START, days, world

AT = 225


@cache
def _prepared() -> Prepared:
    return prepare(world(), AT)


def _pair(place: int) -> tuple[str, str]:
    known = _prepared().known.dyads
    return known.stream.actors[known.low[place]], known.stream.actors[known.high[place]]


def _ordered() -> list[int]:
    """Pairs at risk from the one with most talks in 90 days to the one with fewest."""
    prepared = _prepared()
    talks = prepared.known.dyads.counts(AT - 90, AT, 0)
    return sorted((int(place) for place in prepared.at_risk), key=lambda place: (-talks[place], place))


def _chances(place: int) -> dict[tuple[str, int], Chance]:
    told = chances_of(_prepared(), _pair(place))
    return {(one.kind, one.horizon): one for one in told if isinstance(one, Chance)}


def test_four_chances_with_baseline_and_record() -> None:
    found = _chances(_ordered()[0])
    assert list(found) == [("talks", 7), ("talks", 30), ("conflict", 7), ("conflict", 30)]
    for one in found.values():
        assert 0 < one.probability < 1
        assert 0 < one.baseline < 1
        assert one.like.number > 10
        assert one.like.share_low <= one.like.share <= one.like.share_high
        assert one.origin == AT


def test_who_often_talks_will_likelier_talk() -> None:
    often, seldom = _chances(_ordered()[0]), _chances(_ordered()[-1])
    for horizon in (7, 30):
        assert (
            often["talks", horizon].probability
            > often["talks", horizon].baseline
            > seldom["talks", horizon].probability
        )
    assert often["talks", 30].probability > often["talks", 7].probability


def test_reasons_tell_the_record_in_words() -> None:
    often = _chances(_ordered()[0])["talks", 7]
    assert 1 <= len(often.reasons) <= 4
    assert [abs(reason.weight) for reason in often.reasons] == sorted(
        (abs(r.weight) for r in often.reasons), reverse=True
    )
    told = "; ".join(reason.detail for reason in often.reasons)
    assert "talks in the last 30 days, the last" in told or "of the pair's 7-day runs" in told


def test_the_future_changes_nothing() -> None:
    pair = _pair(_ordered()[0])
    assert chances(world().until(AT), pair, AT) == chances_of(_prepared(), pair)


def test_a_date_serves_as_a_day() -> None:
    pair = _pair(_ordered()[3])
    assert chances(world(), pair, START + timedelta(days=AT)) == chances_of(_prepared(), pair)


@pytest.mark.slow
def test_boosted_trees_say_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs_models, "TREES", 30)
    pair = _pair(_ordered()[0])
    first, again = (chances(world(), pair, AT, model="boosted") for _ in range(2))
    assert first == again
    assert {one.model for one in first if isinstance(one, Chance)} == {"boosted"}
    likelier = [one for one in first if isinstance(one, Chance) and one.kind == "talks"]
    assert all(one.probability > one.baseline for one in likelier)


def test_few_events_give_no_forecast() -> None:
    few = days(*[("A", "CONSULT/meeting", "B", day) for day in range(100)])
    told = chances(few, ("A", "B"), 100)
    assert len(told) == 4
    for one in told:
        assert isinstance(one, Abstained)
        assert one.reason == "only 100 conversations and events in the 1,100 days before; 500 are needed"
    assert [one.baseline for one in told if one.kind == "talks"] == [1.0, None]


def test_both_directions_of_a_talk_count_once() -> None:
    told = [("A", "CONSULT/call", "B", day) for day in range(300)] + [
        ("B", "CONSULT/call", "A", day) for day in range(300)
    ]
    one = chances(days(*told), ("A", "B"), 300)[0]
    assert isinstance(one, Abstained)
    assert one.reason.startswith("only 300 ")


def test_a_short_history_gives_no_forecast() -> None:
    told = chances(world(), _pair(_ordered()[0]), 140)
    assert {(one.kind, one.horizon): type(one) for one in told} == {
        ("talks", 7): Chance,
        ("talks", 30): Abstained,
        ("conflict", 7): Chance,
        ("conflict", 30): Abstained,
    }
    short = next(one for one in told if isinstance(one, Abstained))
    assert short.reason.startswith("the history is too short: 3 days to practise on, 12 are needed")
    assert short.baseline is not None


def test_what_did_no_better_than_the_base_rate_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs_models, "_skill", lambda *_: -0.01)
    told = chances(world(), _pair(_ordered()[0]), AT)
    assert {one.reason for one in told if isinstance(one, Abstained)} == {
        "on the last days practised on, forecasts were no better than the base rate"
    }
    assert all(one.baseline is not None and 0 < one.baseline < 1 for one in told)


def test_an_ended_feed_gives_no_forecast() -> None:
    told = chances(world(), _pair(_ordered()[0]), world().last + 46)
    assert {one.reason for one in told if isinstance(one, Abstained)} == {
        "no event of anyone in the 45 days before: the feed seems to have ended"
    }
    assert len(told) == 4


def test_strangers_get_the_rate_of_pairs_not_at_risk() -> None:
    known = _prepared().known.dyads
    strangers = next(
        (one, other)
        for one in known.stream.actors
        for other in known.stream.actors
        if one < other and known.place(known.stream.actors.index(one), known.stream.actors.index(other)) is None
    )
    told = chances_of(_prepared(), strangers)
    assert {one.reason for one in told if isinstance(one, Abstained)} == {
        "no event between them in the 1,100 days before"
    }


def test_a_pair_too_quiet_to_be_known_gets_a_base_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs_risk, "BUSIEST", 30)
    prepared = prepare(world(), AT)
    outside = next(place for place in range(len(prepared.known.dyads)) if place not in prepared.at_risk)
    known = prepared.known.dyads
    one = chances_of(prepared, (known.stream.actors[known.low[outside]], known.stream.actors[known.high[outside]]))[0]
    assert isinstance(one, Abstained)
    assert "too little between them in the 90 days before" in one.reason
    assert one.baseline is not None
    assert 0 < one.baseline < _chances(_ordered()[0])["talks", 7].baseline


def test_an_unknown_actor_is_named_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="no actor named 'Stat 07' in these events; did you mean State 07"):
        chances_of(_prepared(), ("Stat 07", "State 01"))


def test_a_quiet_pair_would_begin_anew() -> None:
    told = [chance for place in _ordered() for chance in _chances(place).values()]
    onsets = [one for one in told if one.is_onset and one.kind == "conflict" and one.horizon == 30]
    assert onsets
    assert all(one.probability < one.baseline for one in onsets)
    assert not _chances(_ordered()[0])["talks", 7].is_onset


def test_dates_need_a_calendar() -> None:
    with pytest.raises(InputError, match="no calendar"):
        chances(replace(world(), start=None), ("State 00", "State 01"), date(2023, 5, 1))
