"""Say how likely it was that two would be in touch, by the forecast model, learnt from what was known before the day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log2
from typing import Final

import numpy as np

from backchannel.alerts.past import Pair
from backchannel.forecast.ask import Learnt, is_enough, learn_from
from backchannel.forecast.candidates import Queries
from backchannel.forecast.events import Event, EventStream, of_events
from backchannel.forecast.features import table
from backchannel.forecast.history import history
from backchannel.forecast.index import Floats
from backchannel.forecast.ranker import Learning, Ranker

_REFIT: Final = 91
"""Days for which what was learnt holds."""
_LOOKED_BACK: Final = 1100
"""Days before a quarter that teach."""
_LEARNING: Final = Learning(days=24, queries=1000, calibrating=250, models=("linear",))
_RELATION: Final = "CONSULT/{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """A chance in (0, 1] that the one would be in touch with the other, from the side that was the surer of it.

    ``of`` is that side, ``contacts`` how many contacts before ``until`` taught.
    """

    chance: float
    of: str
    contacts: int
    until: date

    @property
    def bits(self) -> float:
        """The surprise, -log2 of the chance."""
        return -log2(self.chance)


@dataclass(frozen=True, slots=True)
class _Taught:
    """What the contacts before a day, so many of them, taught."""

    ranker: Ranker
    until: date
    contacts: int


@dataclass(slots=True)
class Foresight:
    """The contacts known so far, in the order of the days on which they became known, and what they teach.

    It is told of a day's contacts after that day was judged, so that it cannot know what came later.
    """

    contacts: list[Event] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    taught: dict[date, _Taught | None] = field(default_factory=dict)
    today: tuple[date, Learnt] | None = None
    learning: Learning = _LEARNING

    def take(self, on: date, pairs: Iterable[Pair], form: str) -> None:
        """Remember a contact that became known on a day, not before any day that was told of already."""
        for one, other in pairs:
            self.contacts.append((one, _RELATION.format(form), other, on))
            self.days.append(on)

    def of(self, pair: Pair, form: str, on: date) -> Foreseen | None:
        """Give the chance of a pair's contact on a day; ``None`` where too little was known to learn from.

        Raises:
            ModelError: scipy is not installed.
        """
        taught = self._taught(on)
        if taught is None:
            return None
        known = self._known(on, taught)
        chances = [(_chance(known, one, form, other, on), one) for one, other in (pair, pair[::-1])]
        told = [(chance, one) for chance, one in chances if chance is not None]
        if not told:
            return None
        chance, one = max(told)
        return Foreseen(chance=chance, of=one, contacts=taught.contacts, until=taught.until)

    def _taught(self, on: date) -> _Taught | None:
        """Give what the quarter that a day lies in begins with; quarters do not move when older contacts come."""
        until = on - timedelta(days=on.toordinal() % _REFIT)
        if until not in self.taught:
            self.taught[until] = self._learn(until)
        return self.taught[until]

    def _learn(self, until: date) -> _Taught | None:
        known = self._between(until, until)
        if not known:
            return None
        once = of_events(known)
        if not is_enough(once, once.day_of(until)):
            return None
        told = learn_from(_both_ways(known), once.day_of(until), learning=self.learning)
        return _Taught(ranker=told.ranker, until=until, contacts=len(known))

    def _between(self, quarter: date, before: date) -> list[Event]:
        """Give the contacts from three years before a quarter up to a day: what is older is another world."""
        first = bisect_left(self.days, quarter - timedelta(days=_LOOKED_BACK))
        return self.contacts[first : bisect_left(self.days, before)]

    def _known(self, on: date, taught: _Taught) -> Learnt:
        """Give the rankers with all that was known on the morning of a day, and nothing else."""
        if self.today is None or self.today[0] != on:
            stream = _both_ways(self._between(taught.until, on))
            past = history(stream, learn_before=stream.day_of(taught.until))
            self.today = on, Learnt(stream=stream, history=past, ranker=taught.ranker)
        return self.today[1]


def _both_ways(contacts: Iterable[Event]) -> EventStream:
    return of_events(
        [event for one, what, other, on in contacts for event in ((one, what, other, on), (other, what, one, on))]
    )


def _chance(known: Learnt, one: str, form: str, other: str, on: date) -> float | None:
    """Give P(other | one, contact of a form, what was known); ``None`` where no such contact was known.

    What the model leaves to all that it does not propose is shared among them alike, with one place for a stranger. A
    stranger itself meets others as often as all do: of it there is nothing to learn from.
    """
    stream = known.stream
    subject, relation = stream.actor(one), stream.relation_named(_RELATION.format(form))
    if relation is None:
        return None
    if subject is None:
        met = int((stream.object == stream.actor(other)).sum()) if other in stream.actors else 0
        return (met + 0.5) / (len(stream) + 0.5 * (len(stream.actors) + 1))
    asked = Queries(**{name: np.array([value]) for name, value in _numbers(subject, relation, stream.day_of(on))})
    rows = table(known.history, asked, is_filtered=False)
    told = known.ranker.scored(known.history, rows, "linear")
    chances, elsewhere = known.ranker.calibrations["linear"].chances(told)
    return _of_one(chances[0], float(elsewhere[0]), told.actor[0].tolist(), stream, stream.actor(other))


def _numbers(subject: int, relation: int, at: int) -> Iterable[tuple[str, int]]:
    return ("subject", subject), ("relation", relation), ("object", -1), ("time", at)


def _of_one(chances: Floats, elsewhere: float, proposed: list[int], stream: EventStream, actor: int | None) -> float:
    least = elsewhere / (max(len(stream.actors) - len(proposed), 0) + 1)
    if actor is None or actor not in proposed:
        return max(least, _LEAST)
    return max(float(chances[proposed.index(actor)]), _LEAST)


_LEAST: Final = 2.0**-20
"""No chance is taken to be smaller: twenty bits."""
