"""Find silences and spikes in the reports of a store, each told apart from days on which nothing could be heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log2
from typing import Final

import numpy as np

from backchannel.alerts.chronicle import Life, Told, backing, independent
from backchannel.alerts.coverage import Heard, heard
from backchannel.alerts.judging import Crossing, Unjudged, judge_both
from backchannel.alerts.past import Pair, Past
from backchannel.alerts.record import Alert, alert_id
from backchannel.alerts.series import HISTORY, Ints, Series, of_pairs
from backchannel.alerts.surprise import Side
from backchannel.analysis import phrases
from backchannel.records import Coverage

_LOOKED_BACK: Final = 1100
"""Days before the first one asked for that teach."""
_NOT_TOLD: Final = ("denied", "hypothetical")
_LAST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """That a pair was told of on a day: one a conversation and day, by the first that tells it."""

    pair: Pair
    told: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Reports and what each source gave, laid out by day from ``start`` on.

    ``ends`` ``(reports, 2)`` are places in ``actors``, ``time`` days, ``by`` places in ``sources``; ``read`` is
    ``(sources, days)`` documents.
    """

    start: date
    days: int
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    reports: tuple[Report, ...]
    ends: Ints
    time: Ints
    by: Ints
    read: Ints

    def view(self, day: int) -> Series:
        """Give the series of the three years before a day, as known at its beginning."""
        floor = max(day - _LOOKED_BACK, 0)
        known = (self.time >= floor) & (self.time < day)
        ends, by = self.ends[known], self.by[known]
        series = of_pairs(ends, self.time[known] - floor, days=day - floor, least=_LAST)
        rows = {tuple(pair): row for row, pair in enumerate(series.pairs.tolist())}
        places = np.array([rows.get((low, high), -1) for low, high in ends.tolist()], dtype=np.int64)
        shares = np.zeros((len(series.pairs), len(self.sources)))
        np.add.at(shares, (places[places >= 0], by[places >= 0]), 1.0)
        return replace(series, exposure=self.heard(day).exposure(shares))

    def heard(self, day: int) -> Heard:
        """Give what could be heard in the three years before a day, as known at its beginning."""
        return heard(self.sources, self.read[:, max(day - _LOOKED_BACK, 0) : day])

    def on(self, day: int) -> date:
        """Give the calendar day."""
        return self.start + timedelta(days=day)


def feed(lives: Iterable[Life], coverage: Iterable[Coverage], *, since: date, until: date) -> Feed | None:
    """Give the feed up to the day ``until``, with enough days before ``since`` to learn from; ``None`` where none is left."""
    floor = since - timedelta(days=_LOOKED_BACK)
    found = [one for life in lives for one in _reports(life) if floor <= one.told.on <= until]
    read = [one for one in coverage if one.read and floor <= one.day <= until]
    days = [one.told.on for one in found] + [one.day for one in read]
    if not found or not days:
        return None
    start, actors = min(days), tuple(sorted({actor for one in found for actor in one.pair}))
    sources = tuple(sorted({_source(one.told) for one in found} | {one.source for one in read}))
    who, where = ({name: place for place, name in enumerate(names)} for names in (actors, sources))
    found.sort(key=_order)
    table = np.zeros((len(sources), (until - start).days + 1), dtype=np.int64)
    for one in read:
        table[where[one.source], (one.day - start).days] += one.read
    return Feed(
        start=start,
        days=table.shape[1],
        actors=actors,
        sources=sources,
        reports=tuple(found),
        ends=np.array([[who[one.pair[0]], who[one.pair[1]]] for one in found], dtype=np.int64),
        time=np.array([(one.told.on - start).days for one in found], dtype=np.int64),
        by=np.array([where[_source(one.told)] for one in found], dtype=np.int64),
        read=table,
    )


def rhythms(
    laid: Feed, names: dict[str, str], past: Past, *, since: date, until: date, budget: float
) -> tuple[list[Alert], list[str]]:
    """Give silences and spikes of the days asked for, and in words what could not be judged.

    Args:
        laid: the feed.
        names: of actors by id.
        past: what was known of all pairs before, for the weight of actors.
        since: first day.
        until: last day.
        budget: false alarms a week that are accepted of each of the two.
    """
    first, last = max((since - laid.start).days, 0), min((until - laid.start).days, laid.days - 1)
    by_pair: defaultdict[Pair, list[Told]] = defaultdict(list)
    for one in laid.reports:
        by_pair[one.pair].append(one.told)
    alerts, missing = [], []
    judged = judge_both(laid.view, first, last, sides=_SIDES, budget=budget, origin=laid.start.toordinal())
    for found, unjudged in judged.values():
        alerts += [_alert(laid, one, by_pair, names, past, budget) for one in found]
        missing += list(_missing(laid, unjudged))
    return alerts, missing


_SIDES: Final[tuple[Side, ...]] = ("silence", "spike")


def outage_words(laid: Feed, *, since: date) -> Iterator[str]:
    """Yield in words on which of the days asked for nothing could be heard, and which sources are quiet at the end."""
    known = laid.heard(laid.days)
    start = laid.on(laid.days - known.told.shape[1])
    off = [on for place, is_on in enumerate(known.feed) if not is_on and (on := start + timedelta(days=place)) >= since]
    if off:
        told = f"{phrases.count(len(off), 'day')} from {_day(off[0])} to {_day(off[-1])}"
        yield f"Feed down: no documents on {told}."
    for place, source in enumerate(laid.sources):
        if known.told[place].any() and not known.on[place, -1]:
            last = start + timedelta(days=int(np.flatnonzero(known.told[place])[-1]))
            yield f"Quiet: {source} since {_day(last)}; silences of what it tells most of are not judged."


def _reports(life: Life) -> Iterator[Report]:
    for _, _, fresh in life.days():
        told = [one for one in fresh if one.claim.status not in _NOT_TOLD]
        for pair in life.pairs(told):
            yield Report(pair=pair, told=next(one for one in told if one.actors() & set(pair)))


def _alert(
    laid: Feed, one: Crossing, by_pair: dict[Pair, list[Told]], names: dict[str, str], past: Past, budget: float
) -> Alert:
    pair = (laid.actors[one.pair[0]], laid.actors[one.pair[1]])
    first, last = laid.on(one.first), laid.on(one.last - 1)
    known = [told for told in by_pair[pair] if told.on <= last]
    before = [told for told in known if told.on < first]
    if one.side == "silence":
        final = known[-1].on
        head = f"silent for {(last - final).days} days; in {one.last - one.first} days {_due(one.due)} reports were due"
        told, mark = known[::-1][:_LAST], final.isoformat()
    else:
        head = f"{one.told} reports in {one.last - one.first} days, where {_due(one.due)} were due"
        told, mark = [told for told in known if told.on >= first], last.isoformat()
    tellers, bits = independent(known), one.surprise * log2(10)
    return Alert(
        id=alert_id(one.side, *pair, mark),
        kind=one.side,
        day=last.isoformat(),
        parties=pair,
        names=tuple(names.get(actor, actor) for actor in pair),
        headline=head,
        conversation=None,
        independent=tellers,
        surprise=round(bits, 2),
        priority=past.priority(one.side, bits, pair, tellers),
        reasons=tuple(_reasons(laid, one, before, budget)),
        backing=backing(told),
    )


def _reasons(laid: Feed, one: Crossing, before: Sequence[Told], budget: float) -> Iterator[str]:
    start = laid.on(one.first) - timedelta(days=HISTORY)
    recent = sum(told.on >= start for told in before)
    yield f"{phrases.count(recent, 'report')} of the two in the {HISTORY} days before, {one.told} in the last {one.last - one.first}"
    on = laid.heard(one.last).feed[one.first - one.last :]
    yield f"documents were read on {int(on.sum())} of these {len(on)} days as usual"
    unit = "broken rhythm, log10 of likelihoods" if one.side == "silence" else "-log10 p of reports and of days, mean"
    yield f"score {one.score:.1f} ({unit}); {one.threshold:.1f} keeps to {budget:g} false alarms a week here"


def _missing(laid: Feed, unjudged: Sequence[Unjudged]) -> Iterator[str]:
    """Yield a sentence for each reason, with the days from the first to the last that it holds for."""
    for why in dict.fromkeys(one.why for one in unjudged):
        told = [one for one in unjudged if one.why == why]
        days = sum(one.last - one.first for one in told)
        first, last = _day(laid.on(told[0].first)), _day(laid.on(told[-1].last - 1))
        most = max((one.pairs for one in told if one.pairs is not None), default=None)
        some = "" if most is None else f" of at most {phrases.count(most, 'pair')}"
        side = f"{told[0].side.capitalize()}s{some} not judged"
        yield f"{side} on {phrases.count(days, 'day')}, {first if first == last else f'{first} to {last}'}: {why}."


def _due(number: float) -> str:
    return f"{number:.0f}" if number >= 2 else f"{number:.1f}"


def _source(told: Told) -> str:
    return told.document.source or ""


def _order(one: Report) -> tuple[date, Pair, str]:
    return one.told.on, one.pair, one.told.claim.id


def _day(on: date) -> str:
    return phrases.day(on.isoformat())
