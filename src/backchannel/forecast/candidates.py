"""Propose who may come next: a fixed mix of what the actor, the relation and the country did lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import Ints
from backchannel.forecast.history import History
from backchannel.forecast.index import Floats

Mask = NDArray[np.bool_]
WIDTH: Final = 60
"""How many candidates a query gets."""
MIX: Final = (("sr", 1.0), ("s", 0.7), ("r", 0.3), ("Sr", 0.5), ("S", 0.2))
"""Whose objects are proposed, with the weight of their shares."""
_HOME = 0.1
"""The weight of the popularity of actors of the subject's own country."""
_YOUNG, _OLD, _OLD_WEIGHT = 0.04, 0.004, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """Questions (subject, relation, ?) on a day ``(queries,)``; ``object`` is the answer, -1 where it is not known.

    Relations are those of ``History``: the upper half asks for the subject of an event.
    """

    subject: Ints
    relation: Ints
    object: Ints
    time: Ints

    def __len__(self) -> int:
        return len(self.time)

    def part(self, chosen: Ints | Mask | slice) -> Queries:
        """Give some of the queries."""
        return Queries(
            subject=self.subject[chosen],
            relation=self.relation[chosen],
            object=self.object[chosen],
            time=self.time[chosen],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Candidates of queries, the likeliest first.

    ``actor`` and ``mix`` are ``(queries, width)``; ``struck`` marks other true answers of the same day, which the
    time-aware filter takes out. ``answer`` is the place of the answer, -1 where it is not among them; ``behind`` is
    then its mean rank among all actors by the mix alone, else 1.
    """

    actor: Ints
    mix: Floats
    struck: Mask
    answer: Ints
    behind: Floats


def queries_of(history: History, begin: int, end: int) -> Queries:
    """Give the events of the days ``[begin, end)`` as queries, from both sides."""
    low, high = np.searchsorted(history.time, (begin, end), "left")
    part = slice(int(low), int(high))
    return Queries(
        subject=history.subject[part],
        relation=history.relation[part],
        object=history.object[part],
        time=history.time[part],
    )


def joined_queries(parts: Sequence[Queries]) -> Queries:
    """Give several blocks of queries as one."""
    return Queries(**{name: np.concatenate([getattr(one, name) for one in parts]) for name in Queries.__slots__})


def propose(
    history: History, queries: Queries, *, day: int, before: int, width: int = WIDTH, is_filtered: bool = True
) -> Proposed:
    """Give the candidates of queries of one day, from events before a day."""
    score, row = mix(history, queries.subject, queries.relation, day=day, before=before)
    struck = struck_of(history, queries, day, is_filtered)
    width = min(width, history.actors)
    best = np.argpartition(-score, width - 1, axis=1)[:, :width]
    best.sort(axis=1)
    best = np.take_along_axis(best, np.argsort(-np.take_along_axis(score, best, 1), axis=1, kind="stable"), 1)
    top = best[row]
    hit = top == queries.object[:, None]
    answer = np.where(hit.any(1), hit.argmax(1), -1)
    behind, missed = np.ones(len(queries)), answer < 0
    rest = np.where(struck[missed], -1.0, score[row[missed]])
    behind[missed] = mean_rank(rest, np.maximum(queries.object[missed], 0))
    return Proposed(
        actor=top,
        mix=np.take_along_axis(score, best, 1)[row],
        struck=np.take_along_axis(struck, top, 1),
        answer=answer,
        behind=behind,
    )


def mean_rank(score: Floats, answer: Ints) -> Floats:
    """Give the rank of each row's answer, 1 the best; ties share the mean of their ranks."""
    own = np.take_along_axis(score, answer[:, None], 1)
    above, level = (score > own).sum(1), (score == own).sum(1)
    told: Floats = 1.0 + above + (level - 1) / 2
    return told


def mix(history: History, subject: Ints, relation: Ints, *, day: int, before: int) -> tuple[Floats, Ints]:
    """Give how far each actor suggests itself, from events before a day.

    Returns:
        Scores ``(distinct, actors)`` of the distinct subjects and relations, and the row of each query in them.
    """
    known = slice(0, int(np.searchsorted(history.time, before, "left")))
    age = day - history.time[known]
    weight = np.exp2(-_YOUNG * age) + _OLD_WEIGHT * np.exp2(-_OLD * age)
    distinct, row = np.unique(subject * history.relations + relation, return_inverse=True)
    one, what = np.divmod(distinct, history.relations)
    told = np.zeros((len(distinct), history.actors))
    for name, share in MIX:
        shares, at = _shares(history, name, one, what, known, weight)
        shares *= share
        told += shares if name == "sr" else shares[at]  # "sr" is the key of the rows themselves
    popular = np.bincount(history.object[known], weights=weight, minlength=history.actors)
    country = history.groups.country
    for place, home in enumerate(country[one]):
        there = np.flatnonzero(country == home)
        told[place, there] += _HOME * popular[there] / (popular[there].sum() + 1)
    return told, row


def _shares(
    history: History, name: str, subject: Ints, relation: Ints, known: slice, weight: Floats
) -> tuple[Floats, Ints]:
    """Give the shares of actors among the objects of events with the same key ``(keys, actors)``, and each one's row."""
    events = history.key(name, history.subject[known], history.relation[known], history.object[known])
    asked, at = np.unique(history.key(name, subject, relation, subject), return_inverse=True)
    row = np.minimum(np.searchsorted(asked, events), len(asked) - 1)
    same = asked[row] == events
    row, weight = row[same], weight[same]
    total = np.bincount(row, weights=weight, minlength=len(asked)) + 1
    cells = row * history.actors + history.object[known][same]
    shares = np.bincount(cells, weights=weight / total[row], minlength=len(asked) * history.actors)
    return shares.astype(np.float64, copy=False).reshape(len(asked), history.actors), at


def struck_of(history: History, queries: Queries, day: int, is_filtered: bool = True) -> Mask:
    """Give the time-aware filter, which actors are other true answers of each query on its day ``(queries, actors)``."""
    same = queries_of(history, day, day + 1)
    asked = queries.subject * history.relations + queries.relation
    told = same.subject * history.relations + same.relation
    struck = np.zeros((len(queries), history.actors), dtype=bool)
    if not is_filtered:
        return struck
    row, event = np.nonzero(asked[:, None] == told[None, :])
    struck[row, same.object[event]] = True
    struck[np.arange(len(queries)), queries.object] &= queries.object < 0
    return struck
