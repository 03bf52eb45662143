"""Count week by week what was told of a pair, beside what its rhythm let expect: the ground that silences and spikes stand on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from backchannel.alerts.detector import Detector, trained
from backchannel.alerts.judging import is_heard
from backchannel.alerts.record import Alert, Course, Week
from backchannel.alerts.rhythms import Feed
from backchannel.alerts.series import HISTORY, Series, Windows

_REFIT: Final = 91
_BEFORE: Final = 12
"""Weeks before the first day asked for that are shown."""
_INSIDE: Final = 0.8
"""The share of weeks that fall within the band where all goes on as before."""


def courses(laid: Feed, alerts: Sequence[Alert], *, since: date, until: date) -> tuple[Course, ...]:
    """Give the weeks of the pairs that silences and spikes are told of, in the order of their first alerts.

    Args:
        laid: the feed.
        alerts: silences and spikes.
        since: first day asked for; twelve weeks before it are given too.
        until: last day; the last week ends with it.
    """
    names = {(one.parties[0], one.parties[1]): one.names for one in alerts if one.kind in ("silence", "spike")}
    end = min((until - laid.start).days, laid.days - 1) + 1
    begin = max((since - laid.start).days - 7 * _BEFORE, 0)
    weeks: dict[tuple[str, str], list[Week]] = {pair: [] for pair in names}
    taught: dict[int, Detector] = {}
    for last in range(end - 7 * ((end - begin) // 7) + 7, end + 1, 7):
        quarter = last - (laid.start.toordinal() + last) % _REFIT
        if quarter not in taught:
            taught[quarter] = trained(laid.view(quarter), side="spike") if quarter > HISTORY + 7 else Detector()
        series = laid.view(last)
        for pair in names:
            weeks[pair].append(_week(laid, series, pair, last, taught[quarter]))
    return tuple(Course(parties=pair, names=named, weeks=tuple(weeks[pair])) for pair, named in names.items())


def _week(laid: Feed, series: Series, pair: tuple[str, str], last: int, detector: Detector) -> Week:
    """Give the week that ends with the series."""
    first = (laid.start + timedelta(days=last - 7)).isoformat()
    row = _row(laid, series, pair)
    if row is None:
        return Week(first=first, told=_reports(laid, pair, last))
    windows = Windows(pair=np.array([row]), start=np.array([series.days - 7]))
    count = int(series.counts[row, -7:].sum())
    if series.days < HISTORY + 7 or not is_heard(series, windows, 7)[0]:
        return Week(first=first, told=count)
    expected = detector.outlook(series, windows, "spike").events
    low, high = expected.within(_INSIDE)
    return Week(first=first, told=count, due=round(float(expected.mean[0]), 2), low=int(low[0]), high=int(high[0]))


def _reports(laid: Feed, pair: tuple[str, str], last: int) -> int:
    """Count the reports of a pair that is not told of often enough for a series."""
    days = (laid.on(last - 7), laid.on(last))
    return sum(one.pair == pair and days[0] <= one.told.on < days[1] for one in laid.reports)


def _row(laid: Feed, series: Series, pair: tuple[str, str]) -> int | None:
    places = [laid.actors.index(actor) for actor in pair]
    found = np.flatnonzero((series.pairs == sorted(places)).all(axis=1))
    return int(found[0]) if len(found) else None
