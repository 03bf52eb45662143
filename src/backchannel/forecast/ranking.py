"""What a model says of queries, candidate by candidate, and at which rank it has the answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backchannel.forecast.candidates import Mask, Queries, mean_rank
from backchannel.forecast.events import Ints
from backchannel.forecast.features import Table
from backchannel.forecast.history import History
from backchannel.forecast.index import Floats

_SLOW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Candidates of queries with their scores ``(queries, width)``; see ``Proposed`` for the rest.

    ``context`` ``(queries, 3)`` says how much is known of a query: 1 and the log of the decayed events of subject and
    relation, and of the subject.
    """

    queries: Queries
    actor: Ints
    score: Floats
    struck: Mask
    answer: Ints
    behind: Floats
    context: Floats

    def ranks(self) -> Floats:
        """Give the time-aware filtered rank of each answer, ties at their mean; 1 is the best."""
        score = np.where(self.struck, -np.inf, self.score)
        inside = mean_rank(score, np.maximum(self.answer, 0))
        outside = np.maximum(self.behind, (~self.struck).sum(1) + 1)
        return np.where(self.answer >= 0, inside, outside)


def scored(history: History, table: Table, score: Floats, *, frozen: int | None = None) -> Scored:
    """Give a table's candidates with their scores."""
    offered = table.proposed
    return Scored(
        queries=table.queries,
        actor=offered.actor,
        score=score,
        struck=offered.struck,
        answer=offered.answer,
        behind=offered.behind,
        context=context(history, table.queries, frozen),
    )


def context(history: History, queries: Queries, frozen: int | None = None) -> Floats:
    """Give how much is known of each query ``(queries, 3)``."""
    before = queries.time if frozen is None else np.minimum(queries.time, frozen)
    columns = [np.ones(len(queries))]
    for name in ("sr", "s"):
        places = history.find(name, queries.subject, queries.relation, queries.subject, before)
        columns.append(np.log1p(history.indexes[name].decayed(places, queries.time, _SLOW)))
    return np.stack(columns, axis=1)
