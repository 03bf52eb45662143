"""New channels are as surprising as the forecast model has it, learnt from what was known before the day alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

import numpy as np
import pytest

import streams
from alert_samples import START, crowd, life, parties, report
from backchannel.alerts import Alert, Wanted, find
from backchannel.alerts.chronicle import Life
from backchannel.alerts.foresight import Foresight
from backchannel.forecast.events import Event
from backchannel.forecast.ranker import Learning

pytest.importorskip("scipy")
_PLAN = streams.Plan(pairs=40, days=240, news=8, silences=0, spikes=0)
_QUICK = Learning(days=8, queries=200, calibrating=120, models=("linear",), refit=False)
_PAST = Wanted(since=START + timedelta(days=160), until=START + timedelta(days=250), kinds=("new_channel",))


def test_whom_one_met_often_surprises_less_than_a_stranger() -> None:
    told, on = _world(), START + timedelta(days=240)
    often = max(_pairs(told), key=_pairs(told).count)
    actors = sorted({one for pair in _pairs(told) for one in pair})
    strange = next((often[0], one) for one in actors[::-1] if tuple(sorted((often[0], one))) not in _pairs(told))
    usual, new = (_foresight(told, on).of(pair, "meeting", on) for pair in (often, strange))
    assert usual is not None and new is not None
    assert usual.bits + 2 < new.bits
    assert usual.until <= on and usual.contacts <= len(told)


def test_what_came_later_changes_no_chance() -> None:
    told, on = _world(), START + timedelta(days=200)
    pair = _pairs(told)[-1]
    cut = [one for one in told if one[3] < on]
    late = _foresight(told, START + timedelta(days=241))
    assert len(cut) < len(told)
    assert _foresight(cut, on).of(pair, "meeting", on) == late.of(pair, "meeting", on)


def test_contacts_of_long_ago_teach_nothing() -> None:
    told, on = _world(), START + timedelta(days=200)
    pair, old = _pairs(told)[-1], [(one, form, other, date(1970, 1, 2)) for one, form, other, _ in _world()[:50]]
    assert _foresight([*old, *told], on).of(pair, "meeting", on) == _foresight(told, on).of(pair, "meeting", on)


def test_too_few_contacts_teach_nothing() -> None:
    told = _world()[:400]
    assert _foresight(told, date(2025, 1, 1)).of(told[0][::2], "meeting", date(2025, 1, 1)) is None


@pytest.fixture(scope="module")
def found() -> list[Alert]:
    """Give the new channels of the last third of the invented stream."""
    return list(find(_lives(), [], _PAST).alerts)


def test_an_alert_says_by_which_it_is_ranked(found: list[Alert]) -> None:
    assert all("by the forecast model" in " ".join(one.reasons) for one in found)
    wanted = replace(_PAST, since=START)
    (alone,) = find([*crowd(), life(1, report(60, "elm"))], [], wanted).alerts
    assert "by how often the two met others" in " ".join(alone.reasons)


def test_a_cut_store_gives_the_same_alerts_with_the_same_ids(found: list[Alert]) -> None:
    last = found[len(found) // 2].day
    early = [one for one in _lives() if one.told[0].on.isoformat() <= last]
    since = date.fromisoformat(last) - timedelta(days=9)
    cut = find(early, [], replace(_PAST, since=since)).alerts
    assert list(cut) == [one for one in found if since.isoformat() <= one.day <= last]
    assert cut


def test_planted_new_channels_are_found_and_stand_among_the_weightiest(found: list[Alert]) -> None:
    made = streams.invent(_PLAN, seed=4)
    truth = {(tuple(sorted(_names(made, one.pair))), one.first) for one in made.planted}
    hits = [one for one in found if _is_planted(one, truth)]
    assert len(hits) >= 0.8 * len(truth)
    first = [max(week, key=_priority) for _, week in groupby(found, key=_week)]
    assert sum(_is_planted(one, truth) for one in first) >= 0.8 * len(first)


def _priority(alert: Alert) -> float:
    return alert.priority


def _week(alert: Alert) -> tuple[int, int]:
    return date.fromisoformat(alert.day).isocalendar()[:2]


def _is_planted(alert: Alert, truth: set[tuple[tuple[str, ...], int]]) -> bool:
    day = (date.fromisoformat(alert.day) - START).days
    return any(alert.parties == pair and 0 <= day - first <= 7 for pair, first in truth)


def _lives() -> list[Life]:
    """Give a conversation for each event of the invented stream."""
    made = streams.invent(_PLAN, seed=4)
    rows: Iterator[tuple[int, int]] = zip(made.time.tolist(), made.pair.tolist(), strict=True)
    return [
        life(number, report(day, f"o{number}", parties=parties(*sorted(_names(made, pair)))))
        for number, (day, pair) in enumerate(rows)
    ]


def _names(made: streams.Synthetic, pair: int) -> tuple[str, str]:
    one, other = made.pairs[pair].tolist()
    return f"A{one:02}", f"A{other:02}"


def _world() -> list[Event]:
    made = streams.invent(_PLAN, seed=4)
    ends = np.sort(made.pairs[made.pair], axis=1).tolist()
    days = made.time.tolist()
    return [
        (f"A{one:02}", "meeting", f"A{other:02}", START + timedelta(days=day))
        for (one, other), day in zip(ends, days, strict=True)
    ]


def _pairs(told: list[Event]) -> list[tuple[str, str]]:
    return [(one, other) for one, _, other, _ in told]


def _foresight(told: list[Event], before: date) -> Foresight:
    made = Foresight(learning=_QUICK)
    for one, form, other, on in told:
        if on < before:
            made.take(on, [(one, other)], form)
    return made
