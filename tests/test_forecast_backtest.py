"""A backtest tries the same forecasts on past days, without what came later, and finds what is there to be found."""

from datetime import date, timedelta
from functools import cache

import pytest

from backchannel.errors import QueryError
from backchannel.forecast import EventStream, of_events
from backchannel.forecast.backtest import of_stream
from streams import RELATIONS, Plan, invent

NAMES = dict(
    zip(RELATIONS, ("CONSULT/meeting", "CONSULT/visit", "AGREE", "MAKE_STATEMENT", "THREATEN", "ASSAULT"), strict=True)
)


@cache
def _events() -> tuple[tuple[str, str, str, date], ...]:
    told = invent(Plan(pairs=60, days=250), seed=2)
    rows = zip(told.subject, told.relation, told.object, told.time, strict=True)
    return tuple(
        (told.actors[s], NAMES[RELATIONS[r]], told.actors[o], date(2024, 1, 1) + timedelta(days=int(on)))
        for s, r, o, on in rows
    )


def _stream(until: date = date.max) -> EventStream:
    return of_events(one for one in _events() if one[3] < until)


def test_learnt_forecasts_beat_the_base_rate() -> None:
    found = of_stream(_stream(), origins=2)
    groups = {one.name: one for one in found.groups}
    assert len(found.origins) == 2
    assert not found.skipped
    assert groups["all"].number == sum(
        one.number for name, one in groups.items() if name.startswith(("talks", "conflict"))
    )
    assert groups["all"].skill["base rate"].value > 0.03
    assert abs(groups["all"].mean - groups["all"].share) < 0.1


@pytest.mark.slow
def test_what_came_after_the_window_changes_nothing() -> None:
    day = _stream().start
    assert day is not None
    whole = of_stream(_stream(day + timedelta(days=230)), origins=1)
    other = [one for one in _events() if one[3] < day + timedelta(days=230)]
    more = [("State 0", "THREATEN", "State 1", day + timedelta(days=230))] * 50
    longer = of_stream(of_events([*other, *more]), origins=2, step=1)
    assert whole.origins[0] == longer.origins[0]
    assert {one.number for one in whole.groups if one.name == "all"} == {
        one.number // 2 for one in longer.groups if one.name == "all"
    }


def test_too_short_a_stream_is_refused() -> None:
    with pytest.raises(QueryError, match="too few days"):
        of_stream(_stream(date(2024, 1, 20)))
