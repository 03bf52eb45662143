"""Count conversations step by step of time, and mark where a long series changes its level."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise
from statistics import median
from typing import Final, Literal, get_args

from backchannel.analysis.timeline import Entry, Kind, timeline
from backchannel.errors import ModelError
from backchannel.records import Conversation

Unit = Literal["week", "month", "quarter", "year"]
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LONG: Final = 24
"""Steps from which on a series is long enough to look for changes of its level."""
ENOUGH: Final = 20
"""Conversations that it must hold besides."""
_SHORTEST: Final = 3
"""Steps that a level lasts at least: shorter ones are spikes."""
_PENALTY: Final = 3.0
"""Times ``ln(steps)`` of noise that a change must save. In 60 steps of mere noise (means .5 to 10, 200 series each) twice
gives a change in 6 to 19 %, three times in 1 to 5 %; a level that triples or quadruples is found in 74 and 95 %."""
_POISSON: Final = 0.25
"""The variance of the square root of a Poisson count: noise is never taken for less."""
_MONTHS: Final[dict[Unit, int]] = {"month": 1, "quarter": 3, "year": 12}
_MOST_STEPS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of time, both days included.

    ``exact`` counts by kind the conversations whose days lie in it, ``spread`` adds of those with an uncertain date the
    share of their span that lies in it, so that all steps together count everything once. ``private`` and ``disputed``
    count likewise, exact and spread in one; ``covered`` is the share of its days from which the store has documents.
    """

    first: date
    last: date
    exact: dict[Kind, int] = field(default_factory=dict)
    spread: dict[Kind, float] = field(default_factory=dict)
    private: float = 0.0
    disputed: float = 0.0
    covered: float | None = None

    def count(self, kind: Kind = "held") -> float:
        """Give how many of a kind there are, exact and spread."""
        return self.exact.get(kind, 0) + self.spread.get(kind, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of level: from ``on`` the series has ``after`` a step on average instead of ``before``.

    ``covered`` are the shares of days with documents before and after: where they change too, more or fewer
    conversations may only be more or fewer documents.
    """

    on: date
    before: float
    after: float
    covered: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Counts by step, oldest first, without a break; ``turns`` are changes in how many were held.

    Steps from which the store has no document say nothing of how many were held and are left out there. ``looked``
    says whether the series was long enough to look for changes; ``undated`` conversations count nowhere.
    """

    unit: Unit
    steps: tuple[Step, ...]
    turns: tuple[Turn, ...]
    looked: bool
    undated: int


def series(
    conversations: Iterable[Conversation], *, unit: Unit | None = None, days: frozenset[date] | None = None
) -> Series | None:
    """Give the counts of conversations; ``None`` where none has a date. Their order does not matter.

    Args:
        conversations: those asked for.
        unit: the length of a step; by default the shortest that needs at most sixty.
        days: those from which the store has documents.

    Raises:
        ModelError: the series is long and ruptures is not installed.
    """
    told = timeline(conversations)
    entries = [entry for frame in told.frames for entry in frame.entries]
    if not entries:
        return None
    first, last = min(one.first for one in entries), max(one.last for one in entries)
    chosen = unit or _fitting(first, last)
    steps = tuple(_step(begin, end, entries, days) for begin, end in stretches(first, last, chosen))
    seen = [one for one in steps if one.covered != 0 or one.count()]
    looked = len(seen) >= LONG and sum(one.count() for one in seen) >= ENOUGH
    return Series(
        unit=chosen, steps=steps, turns=turns(seen) if looked else (), looked=looked, undated=len(told.undated)
    )


def turns(steps: Sequence[Step]) -> tuple[Turn, ...]:
    """Give where the number held changes its level.

    Square roots of counts, whose noise is everywhere alike, are cut by PELT with squared error (Killick, Fearnhead and
    Eckley 2012, by ruptures); a cut must save more than ``3 ln(steps)`` times the noise, which is estimated from the
    differences of neighbours, so that a change itself is not taken for noise.

    Raises:
        ModelError: ruptures is not installed.
    """
    counts = [one.count() for one in steps]
    roots = [math.sqrt(count) for count in counts]
    cuts = _cuts(roots, _PENALTY * math.log(len(roots)) * _noise(roots))
    found = []
    ends = [0, *cuts, len(steps)]
    for begin, at, end in zip(ends, ends[1:], ends[2:], strict=False):
        found.append(
            Turn(
                on=steps[at].first,
                before=round(_mean(counts[begin:at]), 2),
                after=round(_mean(counts[at:end]), 2),
                covered=_coverages(steps[begin:at], steps[at:end]),
            )
        )
    return tuple(found)


def _cuts(values: Sequence[float], penalty: float) -> list[int]:
    try:
        ruptures, numpy = import_module("ruptures"), import_module("numpy")
    except ImportError:
        raise ModelError(
            "changes of level need ruptures (BSD licence), which is not installed; "
            "run: pip install 'backchannel[analysis]'"
        ) from None
    fitted = ruptures.Pelt(model="l2", min_size=_SHORTEST, jump=1).fit(numpy.array(values).reshape(-1, 1))
    return [int(at) for at in fitted.predict(pen=penalty)[:-1]]


def _noise(roots: Sequence[float]) -> float:
    """The variance of the noise, by the median of differences of neighbours, which few changes can move."""
    middle = median(abs(later - earlier) for earlier, later in pairwise(roots))
    return max(_POISSON, (middle / 0.6745) ** 2 / 2)


def _step(first: date, last: date, entries: Sequence[Entry], days: frozenset[date] | None) -> Step:
    exact: dict[Kind, int] = {}
    spread: dict[Kind, float] = {}
    private = disputed = 0.0
    for one in entries:
        share = _share(one, first, last)
        if share == 0:
            continue
        if share == 1:
            exact[one.kind] = exact.get(one.kind, 0) + 1
        else:
            spread[one.kind] = spread.get(one.kind, 0.0) + share
        private += share * one.private
        disputed += share * one.disputed
    return Step(
        first=first,
        last=last,
        exact=exact,
        spread={kind: round(share, 3) for kind, share in spread.items()},
        private=round(private, 3),
        disputed=round(disputed, 3),
        covered=None if days is None else covered(first, last, days),
    )


def _share(one: Entry, first: date, last: date) -> float:
    """The part of a conversation that falls in a step: of days that are told its first counts, of a span each day."""
    if one.exact:
        return float(first <= one.first <= last)
    shared = (min(one.last, last) - max(one.first, first)).days + 1
    return max(shared, 0) / ((one.last - one.first).days + 1)


def covered(first: date, last: date, days: frozenset[date]) -> float:
    """Give the share of the days from the first to the last that are among ``days``, to two decimals."""
    number = (last - first).days + 1
    return round(sum(first + timedelta(days=one) in days for one in range(number)) / number, 2)


def _coverages(before: Sequence[Step], after: Sequence[Step]) -> tuple[float, float] | None:
    shares = [[one.covered for one in part if one.covered is not None] for part in (before, after)]
    if not all(shares):
        return None
    return round(_mean(shares[0]), 2), round(_mean(shares[1]), 2)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _fitting(first: date, last: date) -> Unit:
    return next((unit for unit in UNITS if sum(1 for _ in stretches(first, last, unit)) <= _MOST_STEPS), "year")


def stretches(first: date, last: date, unit: Unit) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each step, from the one with ``first`` to the one with ``last``."""
    begin = _begin(first, unit)
    while begin <= last:
        after = begin + timedelta(days=7) if unit == "week" else _months_on(begin, _MONTHS[unit])
        yield begin, after - timedelta(days=1)
        begin = after


def _begin(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return date(day.year, (day.month - 1) // _MONTHS[unit] * _MONTHS[unit] + 1, 1)


def _months_on(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
