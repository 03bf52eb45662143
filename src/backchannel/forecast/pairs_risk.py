"""Say which pairs are asked about on a day, and what came of them: the risk set, chosen from the past only, and labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import EventStream, Ints
from backchannel.forecast.families import FAMILIES

Kind = Literal["talks", "conflict"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What is foretold of a pair; the place of a kind is the column of its labels."""
FAMILY_OF = {"talks": FAMILIES.index("consult"), "conflict": FAMILIES.index("conflict")}
HORIZONS = (7, 30)
"""Days ahead."""
STEPS = {7: 3, 30: 7}
"""Days from one training origin to the next, by horizon."""
HISTORY = 90
"""Days before an origin that choose the risk set; also the days before the first training origin."""
BUSIEST = 2_000
"""Pairs in a risk set at most."""
FEWEST = 3
"""Events that a pair must have had before the origin."""
QUIET = 60
"""Days without an event of the family that make the next one an onset."""
LOOK_BACK = 1_100
"""Days before the day asked about that anything is learnt from."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyads:
    """The events of a stream as those of undirected pairs; an actor with itself is no pair.

    ``low`` and ``high`` ``(pairs,)`` are the actors of each pair, ``pair`` ``(events,)`` is the place of each event's.
    """

    stream: EventStream
    low: Ints
    high: Ints
    pair: Ints

    def __len__(self) -> int:
        return len(self.low)

    @property
    def family(self) -> Ints:
        """The family of each event ``(events,)``."""
        return self.stream.family[self.stream.relation]

    def place(self, one: int, other: int) -> int | None:
        """Give the place of a pair of actors; ``None`` where nothing is known of it."""
        found = np.flatnonzero((self.low == min(one, other)) & (self.high == max(one, other)))
        return int(found[0]) if len(found) else None

    def counts(self, begin: int, end: int, family: int | None = None) -> Ints:
        """Give the number of events of each pair ``(pairs,)`` in the days ``[begin, end)``, of one family or of all."""
        one, two = (int(place) for place in np.searchsorted(self.stream.time, (begin, end), "left"))
        pair = self.pair[one:two]
        if family is not None:
            pair = pair[self.stream.family[self.stream.relation[one:two]] == family]
        return np.bincount(pair, minlength=len(self))

    def at_risk(self, origin: int) -> Ints:
        """Give the busiest pairs of the days before an origin, in order of their place.

        Ties go to the pair with the lower actors. Nothing of the origin's day or later is looked at.
        """
        recent = self.counts(origin - HISTORY, origin)
        recent[self.counts(self.stream.first, origin) < FEWEST] = 0
        chosen = np.argsort(-recent, kind="stable")[:BUSIEST]
        return np.sort(chosen[recent[chosen] > 0])

    def happened(self, pairs: Ints, origin: int, horizon: int) -> Bools:
        """Say for each pair and kind whether it came to pass in ``[origin, origin + horizon)``; ``(pairs, kinds)``."""
        columns = [self.counts(origin, origin + horizon, FAMILY_OF[kind])[pairs] > 0 for kind in KINDS]
        return np.column_stack(columns)

    def quiet(self, pairs: Ints, origin: int) -> Bools:
        """Say for each pair and kind whether what comes would be an onset; ``(pairs, kinds)``.

        None of the kind for 60 days, and at least 3 events of any sort in 90.
        """
        alive = self.counts(origin - HISTORY, origin)[pairs] >= FEWEST
        return ~self.recent(pairs, origin) & alive[:, None]

    def recent(self, pairs: Ints, origin: int) -> Bools:
        """Say for each pair and kind whether one came in the 60 days before; ``(pairs, kinds)``."""
        return np.column_stack([self.counts(origin - QUIET, origin, FAMILY_OF[kind])[pairs] > 0 for kind in KINDS])

    def ever(self, pairs: Ints, origin: int) -> Bools:
        """Say for each pair and kind whether there was one before the origin; ``(pairs, kinds)``."""
        begin = self.stream.first
        return np.column_stack([self.counts(begin, origin, FAMILY_OF[kind])[pairs] > 0 for kind in KINDS])


def dyads(stream: EventStream, *, at: int | None = None) -> Dyads:
    """Give the pairs of a stream; with ``at``, of what may be learnt from for a forecast on that day."""
    known = stream if at is None else stream.between(at - LOOK_BACK, stream.last + 1)
    kept = known.where(known.subject != known.object)
    keys, pair = np.unique(kept.pairs(), return_inverse=True)
    width = max(1, len(stream.actors))
    return Dyads(stream=kept, low=keys // width, high=keys % width, pair=pair.astype(np.int64))


def training_origins(known: Dyads, until: int, horizon: int) -> list[int]:
    """Give the days on which a forecaster that stands on the day ``until`` may practise: their outcome is known by then."""
    return list(range(known.stream.first + HISTORY, until - horizon + 1, STEPS[horizon]))


def scored_origins(known: Dyads, begin: int, horizon: int) -> list[int]:
    """Give every day from ``begin`` on whose horizon ends within the stream."""
    return list(range(begin, known.stream.last + 1 - horizon + 1))
