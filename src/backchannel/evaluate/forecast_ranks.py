"""Ask every test event of a folder from both sides, and rank the answers of each model."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast import Split
from backchannel.forecast.calibration import calibration_error
from backchannel.forecast.candidates import Queries, queries_of
from backchannel.forecast.features import table
from backchannel.forecast.history import History, history
from backchannel.forecast.index import Floats
from backchannel.forecast.ranker import Learning, Model, Ranker, learn
from backchannel.forecast.ranking import Scored
from backchannel.forecast.recurrency import recurrency

FROZEN: Final = " multi-step"
"""Behind the name of a model that sees nothing of the test days."""
CLASSES: Final = {
    "seen": "triple seen before",
    "pair": "pair seen, triple new",
    "never": "pair never seen",
    "new": "answer never seen",
}
_DRAWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one model said of the test queries.

    ``rank`` is time-aware filtered, ties at their mean; ``chance`` ``(queries, width)`` the calibrated chances of
    ``scored.actor``, those struck out by the filter at 0. ``seconds`` holds reading, learning and telling.
    """

    name: str
    scored: Scored
    rank: Floats
    chance: Floats
    seconds: float

    @property
    def mrr(self) -> float:
        """The mean reciprocal rank, in [0, 1]."""
        return float((1 / self.rank).mean())

    def hits(self, most: int) -> float:
        """The share of answers within the first so many ranks."""
        return float((self.rank <= most).mean())

    @property
    def ece(self) -> float:
        """The calibration error of the likeliest candidate's chance, over 15 bins of equally many."""
        best = self.chance.argmax(1)
        return calibration_error(self.chance.max(1), (best == self.scored.answer).astype(np.float64))

    def interval(self, seed: int = 0) -> tuple[float, float]:
        """Give the 95 % interval of the mean reciprocal rank, by drawing whole days anew."""
        days, day = np.unique(self.scored.queries.time, return_inverse=True)
        total = np.bincount(day, weights=1 / self.rank)
        number = np.bincount(day)
        drawn = np.random.default_rng(seed).integers(0, len(days), (_DRAWS, len(days)))
        means = total[drawn].sum(1) / number[drawn].sum(1)
        low, high = np.quantile(means, (0.025, 0.975))
        return float(low), float(high)


def tell(split: Split, models: Sequence[Model], *, threads: int = 1, learning: Learning | None = None) -> list[Told]:
    """Give what the models say of the test events, single step and with the history frozen at their first day.

    Learning sees the training part, calibration the validation part, single-step queries all days before their own.
    """
    begun = time.perf_counter()
    past = history(split.stream, learn_before=split.valid_from)
    queries = queries_of(past, split.test_from, split.stream.last + 1)
    read = time.perf_counter() - begun
    how = learning or Learning(threads=threads, models=tuple(models))
    ranker = learn(past, split.stream.first, split.valid_from, split.test_from, how)
    learnt = time.perf_counter() - begun
    steps = ((None, ""), (split.test_from, FROZEN))
    return [one for frozen, suffix in steps for one in _step(past, ranker, queries, frozen, suffix, (read, learnt))]


def _step(
    past: History, ranker: Ranker, queries: Queries, frozen: int | None, suffix: str, spent: tuple[float, float]
) -> Iterator[Told]:
    """Yield what each model says, with or without the history of the test days."""
    begun = time.perf_counter()
    rows = table(past, queries, frozen=frozen) if set(ranker.models) - {"recurrency"} else None
    tabled = time.perf_counter() - begun
    for model in ranker.models:
        begun = time.perf_counter()
        if model == "recurrency" or rows is None:
            said, before = recurrency(past, queries, frozen=frozen), spent[0]
        else:
            said, before = ranker.scored(past, rows, model, frozen=frozen), spent[1] + tabled
        chance, _ = ranker.calibrations[model].chances(said)
        took = before + time.perf_counter() - begun
        yield Told(name=f"{model}{suffix}", scored=said, rank=said.ranks(), chance=chance, seconds=took)


def classes(past: History, queries: Queries, frozen: int | None = None) -> NDArray[np.str_]:
    """Give the recurrence class of each query ``(queries,)``, a key of ``CLASSES``."""
    before = queries.time if frozen is None else np.minimum(queries.time, frozen)
    triple, pair = (
        past.find(name, queries.subject, queries.relation, queries.object, before) >= 0 for name in ("sro", "so")
    )
    known = past.find("s", queries.object, queries.relation, queries.object, before) >= 0
    return np.select([triple, pair, known], ["seen", "pair", "never"], "new")
