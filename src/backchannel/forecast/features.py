"""Describe a candidate for a query by what happened before: counts, shares, ages, what follows what, roll-ups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.candidates import WIDTH, Mask, Proposed, Queries, joined_queries, propose
from backchannel.forecast.events import Ints
from backchannel.forecast.history import History, earlier_on_pair
from backchannel.forecast.hops import hops
from backchannel.forecast.index import Floats

Values = NDArray[np.float32]
SPEEDS: Final = ("fast", "middle", "slow")
"""Names of ``history.RATES``."""
_ALL, _SLOWER = (0, 1, 2), (1, 2)
_COUNTS: Final = {
    **dict.fromkeys(("sro", "so", "ro", "Sro", "So", "SOr"), _ALL),
    **dict.fromkeys(("SO", "sO", "xro", "xry", "sr", "s"), _SLOWER),
}
_SHARES: Final = {
    **dict.fromkeys((("sro", "sr"), ("so", "s"), ("ro", "r"), ("Sro", "Sr")), _ALL),
    **dict.fromkeys((("srO", "sr"), ("Sry", "Sr")), _SLOWER),
}
_LOGGED: Final = {("sro", "sr", 1), ("so", "s", 1), ("ro", "r", 1)}
"""Shares that are also given as logarithms, for the linear ranker."""
_BACK: Final = {("sro", "sr"): _ALL, ("so", "s"): _ALL, ("sO", "s"): _SLOWER, ("srO", "sr"): _SLOWER}
"""Shares as seen from the candidate: how much of its own dealings the subject makes up."""
_AGES: Final = ("sro", "so", "ro", "Sro", "SOr")
_PRIOR, _LEAST = 0.5, 0.005
_CELLS = 4_000_000
"""Queries times actors that are looked at together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Queries with their candidates and the features of these ``(queries, width, features)``."""

    queries: Queries
    proposed: Proposed
    values: Values
    names: tuple[str, ...]

    def column(self, name: str) -> Values:
        """Give one feature ``(queries, width)``."""
        return self.values[:, :, self.names.index(name)]

    def columns(self, names: tuple[str, ...]) -> Values:
        """Give some features ``(queries, width, names)``; not a copy where they are all of them."""
        if names == self.names:
            return self.values
        return self.values[:, :, [self.names.index(name) for name in names]]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Triples in question, one a row, with their day and the day before which all must lie."""

    history: History
    subject: Ints
    relation: Ints
    object: Ints
    day: Ints
    before: Ints

    def find(self, name: str) -> Ints:
        return self.history.find(name, self.subject, self.relation, self.object, self.before)

    def turned(self) -> _Rows:
        """Give the same as seen from the candidate."""
        relation = self.history.inverse(self.relation)
        return _Rows(self.history, self.object, relation, self.subject, self.day, self.before)

    def reversed(self) -> _Rows:
        """Give the events in which the candidate does the same to the subject."""
        relation = self.history.inverse(self.relation)
        return _Rows(self.history, self.subject, relation, self.object, self.day, self.before)


def table(
    history: History, queries: Queries, *, frozen: int | None = None, width: int = WIDTH, is_filtered: bool = True
) -> Table:
    """Give the candidates of queries with their features, each from events before its day.

    Args:
        history: what happened; what lies behind a query's day is not looked at.
        queries: in any order; they come out in order of their days.
        frozen: see no event of this day or later, whatever the query's day (multi-step).
        width: how many candidates a query gets.
        is_filtered: strike out the other true answers of each query's day, where the history has them.
    """
    days = [int(day) for day in np.unique(queries.time)]
    blocks = [(day, block) for day in days for block in _blocks(queries, day, history.actors)]
    parts: list[Table] = []
    values = np.empty((len(queries), 0, 0), dtype=np.float32)
    filled = 0
    for day, block in blocks:
        one = _of_day(history, block, day, day if frozen is None else min(day, frozen), width, is_filtered)
        if not parts:
            values = np.empty((len(queries), *one.values.shape[1:]), dtype=np.float32)
        values[filled : filled + len(block)] = one.values
        filled += len(block)
        parts.append(replace(one, values=one.values[:0]))
    return replace(joined(parts), values=values)


def _blocks(queries: Queries, day: int, actors: int) -> Iterator[Queries]:
    """Yield the queries of a day, few enough that all actors fit beside each."""
    places = np.flatnonzero(queries.time == day)
    size = max(1, _CELLS // actors)
    for begin in range(0, len(places), size):
        yield queries.part(places[begin : begin + size])


def joined(parts: list[Table]) -> Table:
    """Give several tables as one."""
    asked = joined_queries([part.queries for part in parts])
    offered = [part.proposed for part in parts]
    everything = Proposed(
        **{name: np.concatenate([getattr(one, name) for one in offered]) for name in Proposed.__slots__}
    )
    values = np.concatenate([part.values for part in parts])
    return Table(queries=asked, proposed=everything, values=values, names=parts[0].names)


def _of_day(history: History, queries: Queries, day: int, before: int, width: int, is_filtered: bool) -> Table:
    offered = propose(history, queries, day=day, before=before, width=width, is_filtered=is_filtered)
    shape = offered.actor.shape
    rows = _Rows(
        history,
        np.repeat(queries.subject, shape[1]),
        np.repeat(queries.relation, shape[1]),
        offered.actor.ravel(),
        np.full(offered.actor.size, day),
        np.full(offered.actor.size, before),
    )
    told = dict(_features(rows))
    told |= hops(history, queries.subject, offered.actor, day=day, before=before)
    told["mix"], told["log mix"] = offered.mix, np.log(offered.mix + _LEAST)
    values = np.stack([np.asarray(one, dtype=np.float32).reshape(shape) for one in told.values()], axis=2)
    return Table(queries=queries, proposed=offered, values=values, names=tuple(told))


def _features(rows: _Rows) -> Iterator[tuple[str, Floats | Mask]]:
    """Yield each feature of the rows by name."""
    places = {name: rows.find(name) for name in {*_COUNTS, *_AGES, *(one for pair in _SHARES for one in pair)}}
    sums = {(name, rate): _decayed(rows, name, places[name], rate) for name in places for rate in _ALL}
    for name, rates in _COUNTS.items():
        for rate in rates:
            yield f"{name} {SPEEDS[rate]}", np.log1p(sums[name, rate])
    for (part, whole), rates in _SHARES.items():
        for rate in rates:
            share = sums[part, rate] / (sums[whole, rate] + _PRIOR)
            yield f"{part}/{whole} {SPEEDS[rate]}", share
            if (part, whole, rate) in _LOGGED:
                yield f"log {part}/{whole} {SPEEDS[rate]}", np.log(share + _LEAST)
    yield from _ages(rows, places)
    yield from _turned(rows)
    yield from _following(rows, places["so"])
    yield "times sro", np.log1p(rows.history.indexes["sro"].count(places["sro"]))
    yield "times so", np.log1p(rows.history.indexes["so"].count(places["so"]))
    yield "seen sro", places["sro"] >= 0
    yield "seen so", places["so"] >= 0
    of = rows.history.groups
    yield "state", of.sector[rows.object] == 1
    yield "home", of.country[rows.subject] == of.country[rows.object]
    yield "self", rows.subject == rows.object


def _decayed(rows: _Rows, name: str, places: Ints, rate: int) -> Floats:
    return rows.history.indexes[name].decayed(places, rows.day, rate)


def _ages(rows: _Rows, places: dict[str, Ints]) -> Iterator[tuple[str, Floats]]:
    """Yield how fresh the last event of a key is, 1 for yesterday's going to 0, and its age in log days."""
    for name in _AGES:
        age = rows.history.indexes[name].age(places[name], rows.day)
        yield f"fresh {name}", 1.0 / np.maximum(age, 1)
        yield f"age {name}", np.log1p(age)


def _turned(rows: _Rows) -> Iterator[tuple[str, Floats]]:
    """Yield what the candidate itself did lately, and with the subject."""
    turned, back = rows.turned(), rows.reversed().find("sro")
    places = {name: turned.find(name) for name in {one for pair in _BACK for one in pair}}
    sums = {(name, rate): _decayed(rows, name, places[name], rate) for name in places for rate in _ALL}
    for (part, whole), rates in _BACK.items():
        for rate in rates:
            yield f"back {part}/{whole} {SPEEDS[rate]}", sums[part, rate] / (sums[whole, rate] + _PRIOR)
    for rate in _ALL:
        yield f"back s {SPEEDS[rate]}", np.log1p(sums["s", rate])
        yield f"returned {SPEEDS[rate]}", np.log1p(_decayed(rows, "sro", back, rate))
    for rate in _SLOWER:
        yield f"back sr {SPEEDS[rate]}", np.log1p(sums["sr", rate])
    yield "age back s", np.log1p(rows.history.indexes["s"].age(places["s"], rows.day))
    yield "age back sr", np.log1p(rows.history.indexes["sr"].age(places["sr"], rows.day))
    yield "fresh returned", 1.0 / np.maximum(rows.history.indexes["sro"].age(back, rows.day), 1)


def _following(rows: _Rows, places: Ints) -> Iterator[tuple[str, Floats]]:
    """Yield how far the last relations on the pair make this one likelier: in the mean, at most, and decayed."""
    history, pairs = rows.history, rows.history.indexes["so"]
    usual = history.usual[rows.relation]
    total, most, late, number = (np.zeros(len(places)) for _ in range(4))
    for earlier, there in earlier_on_pair(pairs, places):
        chance = np.where(there, history.follows[history.on_pair[earlier], rows.relation], 0.0)
        total, number, most = total + chance, number + there, np.maximum(most, chance)
        ages = np.where(there, rows.day - pairs.time[earlier], 0)
        late += chance * np.where(there, np.exp2(-0.1 * ages), 0.0)
    seen, mean = number > 0, total / np.maximum(number, 1)
    yield "transfer", np.log(mean + 1e-3)
    yield "lift", np.where(seen, np.log(np.maximum(mean, 1e-9) / usual), 0.0)
    yield "most lift", np.where(seen, np.log(np.maximum(most, 1e-9) / usual), 0.0)
    yield "late lift", np.where(seen, np.log1p(late / usual), 0.0)
    yield "usual", np.log(usual)
