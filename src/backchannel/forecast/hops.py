"""Look over one actor in between: whom do the partners of an actor deal with?"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backchannel.forecast.events import Ints
from backchannel.forecast.extra import library
from backchannel.forecast.history import History
from backchannel.forecast.index import Floats

SPEEDS: Final = {"fast": 0.2, "slow": 0.02}
"""Halvings a day of what counts as dealing with one another."""
_LEAST = 1e-4


def hops(history: History, subject: Ints, candidates: Ints, *, day: int, before: int) -> dict[str, Floats]:
    """Give, for queries of one day, the log chance to reach each candidate ``(queries, width)`` over one other actor.

    ``walk`` follows shares of each one's dealings; ``bond`` divides by the dealings of both ends alike.
    """
    told: dict[str, Floats] = {}
    distinct, back = np.unique(subject, return_inverse=True)
    for speed, rate in SPEEDS.items():
        dealings, total = _dealings(history, rate, day, before)
        scale = library("scipy.sparse").diags
        shares = scale(1 / (total + 0.5)) @ dealings
        even = scale((total + 0.5) ** -0.5) @ dealings @ scale((total + 0.5) ** -0.5)
        for name, steps in (("walk", shares.tocsr()), ("bond", even.tocsr())):
            reached = (steps[distinct] @ steps).toarray()
            told[f"{name} {speed}"] = np.log(reached[back[:, None], candidates] + _LEAST)
    return told


def _dealings(history: History, rate: float, day: int, before: int) -> tuple[Any, Floats]:
    """Give the decayed dealings between actors, themselves left out, as a sparse matrix with its row sums."""
    known = slice(0, int(np.searchsorted(history.time, before, "left")))
    one, other = history.subject[known], history.object[known]
    weight = np.where(one == other, 0.0, np.exp2(-rate * (day - history.time[known])))
    shape = (history.actors, history.actors)
    dealings = library("scipy.sparse").csr_matrix((weight, (one, other)), shape=shape)
    total: Floats = np.bincount(one, weights=weight, minlength=history.actors).astype(np.float64)
    return dealings, total
