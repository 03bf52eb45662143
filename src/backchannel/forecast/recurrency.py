"""The recurrency baseline: what happened lately comes again; else what the relation mostly goes to."""

from __future__ import annotations

from typing import Final

import numpy as np

from backchannel.forecast.candidates import WIDTH, Queries, joined_queries, mean_rank, struck_of
from backchannel.forecast.events import Ints
from backchannel.forecast.history import History
from backchannel.forecast.index import Floats
from backchannel.forecast.ranking import Scored, context

RATE: Final = 0.04
"""Halvings a day of the weight of what happened."""
_STRICT = 0.99999
_FLOOR = 0.01
"""Added to the counts before their logarithm."""
_CELLS = 4_000_000


def recurrency(history: History, queries: Queries, *, frozen: int | None = None, is_filtered: bool = True) -> Scored:
    """Give the baseline's candidates of queries, in order of their days.

    Source: Gastinger et al., "History repeats itself" (IJCAI 2024): strict and relaxed recurrency, one decay for all;
        the score is the logarithm of the decayed counts, so that chances go by shares.
    """
    parts: list[Scored] = []
    size = max(1, _CELLS // history.actors)
    for day in (int(one) for one in np.unique(queries.time)):
        places = np.flatnonzero(queries.time == day)
        blocks = [queries.part(places[begin : begin + size]) for begin in range(0, len(places), size)]
        parts += [_of_day(history, block, day, frozen, is_filtered) for block in blocks]
    return joined(parts)


def joined(parts: list[Scored]) -> Scored:
    """Give several as one."""
    asked = joined_queries([one.queries for one in parts])
    names = [name for name in Scored.__slots__ if name != "queries"]
    return Scored(queries=asked, **{n: np.concatenate([getattr(one, n) for one in parts]) for n in names})


def _of_day(history: History, queries: Queries, day: int, frozen: int | None, is_filtered: bool) -> Scored:
    before = day if frozen is None else min(day, frozen)
    score = _dense(history, queries.subject, queries.relation, day, before)
    struck = struck_of(history, queries, day, is_filtered)
    width = min(WIDTH, history.actors)
    top = np.argsort(-score, axis=1, kind="stable")[:, :width]
    hit = top == queries.object[:, None]
    return Scored(
        queries=queries,
        actor=top,
        score=np.log(np.take_along_axis(score, top, 1) + _FLOOR),
        struck=np.take_along_axis(struck, top, 1),
        answer=np.where(hit.any(1), hit.argmax(1), -1),
        behind=mean_rank(np.where(struck, -1.0, score), np.maximum(queries.object, 0)),
        context=context(history, queries, frozen),
    )


def _dense(history: History, subject: Ints, relation: Ints, day: int, before: int) -> Floats:
    """Give the score of all actors ``(queries, actors)``."""
    known = slice(0, int(np.searchsorted(history.time, before, "left")))
    late = np.exp2(-RATE * (day - history.time[known]))
    asked = subject * history.relations + relation
    events = history.subject[known] * history.relations + history.relation[known]
    again, row = _counted(history, asked, events, known, late)
    often, place = _counted(history, relation, history.relation[known], known, np.ones(len(late)))
    share = often / np.maximum(often.sum(1, keepdims=True), 1)
    score: Floats = _STRICT * again[row] + (1 - _STRICT) * share[place]
    return score


def _counted(history: History, asked: Ints, events: Ints, known: slice, weight: Floats) -> tuple[Floats, Ints]:
    """Give the summed weight of objects by key ``(keys, actors)``, and the row of each query."""
    keys, row = np.unique(asked, return_inverse=True)
    place = np.minimum(np.searchsorted(keys, events), len(keys) - 1)
    same = keys[place] == events
    cells = place[same] * history.actors + history.object[known][same]
    table = np.bincount(cells, weights=weight[same], minlength=len(keys) * history.actors)
    return table.astype(np.float64, copy=False).reshape(len(keys), history.actors), row
