"""Made-up streams of events for tests of forecasts: pairs with known rates, some of them in bursts."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from backchannel.forecast import EventStream, of_events
from backchannel.forecast.events import Event

START = date(2023, 1, 1)
RELATIONS = ("CONSULT/meeting", "THREATEN", "AGREE/visit", "SUPPORT")


@cache
def world(*, days: int = 230, pairs: int = 60, seed: int = 0) -> EventStream:
    """Give a stream in which pair ``n`` is the busier the lower ``n`` is, talks follow plans, and threats come in bursts."""
    generator = np.random.default_rng(seed)
    actors = [f"State {n:02d}" for n in range(24)]
    ends = [(one, two) for one in range(24) for two in range(one + 1, 24)]
    chosen = [ends[int(n)] for n in generator.choice(len(ends), size=pairs, replace=False)]
    told: list[Event] = []
    for place, (one, two) in enumerate(chosen):
        rates = np.array([0.2, 0.1, 0.05, 0.1]) * 2.0 / (1 + place / 6)
        heat = 0.0
        for day in range(days):
            heat *= 0.8
            expected = rates * np.array([1, 1 + 2 * min(heat, 3), 1, 1]) * (np.arange(4) != 1 if place % 2 else 1)
            for family, number in enumerate(generator.poisson(expected)):
                heat += 0.3 * number if family == 1 else 0
                sides = (one, two) if generator.random() < 0.5 else (two, one)
                on = date.fromordinal(START.toordinal() + day)
                told += [(actors[sides[0]], RELATIONS[family], actors[sides[1]], on)] * int(number)
    return of_events(told)


def days(*told: tuple[str, str, str, int]) -> EventStream:
    """Give a stream of events told by the number of their day."""
    return of_events([(one, what, other, date.fromordinal(START.toordinal() + day)) for one, what, other, day in told])
