"""The stream of events that forecasts are made from: who did what to whom on which day, as integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from backchannel.errors import InputError
from backchannel.forecast import families
from backchannel.forecast.families import FAMILIES, Family

Ints = NDArray[np.int64]
Event = tuple[str, str, str, date]
"""Subject, relation, object and day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStream:
    """Events in order of time; all arrays ``(events,)``.

    ``subject``, ``object`` and ``relation`` are places in ``actors`` and ``relations``; ``time`` is a whole number of
    steps since ``start`` (the calendar day of time 0, ``None`` where a file gives no calendar), a step being a day in
    all that we read. ``resolution`` is how many units of the source one step holds: 24 for files in hours, else 1.
    ``family`` ``(relations,)`` is the place of each relation in ``FAMILIES``.
    """

    subject: Ints
    relation: Ints
    object: Ints
    time: Ints
    actors: tuple[str, ...]
    relations: tuple[str, ...]
    family: Ints
    start: date | None = None
    resolution: int = 1

    def __len__(self) -> int:
        return len(self.time)

    @property
    def first(self) -> int:
        """The day of the first event; 0 when there is none."""
        return int(self.time[0]) if len(self) else 0

    @property
    def last(self) -> int:
        """The day of the last event; -1 when there is none."""
        return int(self.time[-1]) if len(self) else -1

    def until(self, day: int) -> EventStream:
        """Give what was known at the beginning of a day: the events before it, physically cut."""
        return self._part(0, int(np.searchsorted(self.time, day, "left")))

    def between(self, begin: int, end: int) -> EventStream:
        """Give the events of the days ``[begin, end)``."""
        return self._part(*(int(place) for place in np.searchsorted(self.time, (begin, end), "left")))

    def where(self, kept: NDArray[np.bool_]) -> EventStream:
        """Give the events where ``kept`` ``(events,)`` is true; names and numbers stay."""
        cut = {name: getattr(self, name)[kept] for name in ("subject", "relation", "object", "time")}
        return replace(self, **cut)

    def pairs(self) -> Ints:
        """Give a key for the undirected pair of each event ``(events,)``: lower actor * number of actors + higher."""
        low, high = np.minimum(self.subject, self.object), np.maximum(self.subject, self.object)
        return low * len(self.actors) + high

    def counts(self) -> Ints:
        """Give the number of events by day and family ``(last + 1, families)``, from day 0 on."""
        width = len(FAMILIES)
        keys = self.time * width + self.family[self.relation]
        return np.bincount(keys, minlength=(self.last + 1) * width).reshape(-1, width)

    def date_of(self, day: int) -> date | None:
        """Give the calendar day of a time; ``None`` where the stream has no calendar."""
        return None if self.start is None else self.start + timedelta(days=day)

    def day_of(self, on: date) -> int:
        """Give the time of a calendar day.

        Raises:
            InputError: the stream has no calendar.
        """
        if self.start is None:
            raise InputError("these events have no calendar; give the day as a number")
        return (on - self.start).days

    def actor(self, name: str) -> int | None:
        """Give the number of an actor; ``None`` where it is unknown."""
        return _place(self.actors, name)

    def relation_named(self, name: str) -> int | None:
        """Give the number of a relation; ``None`` where it is unknown."""
        return _place(self.relations, name)

    def _part(self, begin: int, end: int) -> EventStream:
        cut = {name: getattr(self, name)[begin:end].copy() for name in ("subject", "relation", "object", "time")}
        return replace(self, **cut)


def stream(
    quadruples: NDArray[np.int64],
    *,
    actors: Iterable[str],
    relations: Iterable[str],
    given: Mapping[str, Family] | None = None,
    start: date | None = None,
    resolution: int = 1,
) -> EventStream:
    """Give the stream of ``(events, 4)`` rows of subject, relation, object and day, sorted by day, else as they stand."""
    ordered = quadruples[np.argsort(quadruples[:, 3], kind="stable")]
    subject, relation, object_, time = (np.ascontiguousarray(column) for column in ordered.T)
    names = tuple(relations)
    return EventStream(
        subject=subject,
        relation=relation,
        object=object_,
        time=time,
        actors=tuple(actors),
        relations=names,
        family=families.codes(names, given),
        start=start,
        resolution=resolution,
    )


def of_events(events: Iterable[Event], *, given: Mapping[str, Family] | None = None) -> EventStream:
    """Give the stream of events with names and calendar days; day 0 is that of the first event.

    >>> told = of_events([("A", "CONSULT/visit", "B", date(2024, 5, 2)), ("B", "THREATEN", "A", date(2024, 5, 1))])
    >>> told.time.tolist(), told.actors, told.date_of(1)
    ([0, 1], ('A', 'B'), datetime.date(2024, 5, 2))
    """
    rows = sorted(events, key=_in_order)
    actors = sorted({name for row in rows for name in (row[0], row[2])})
    relations = sorted({row[1] for row in rows})
    who, what = ({name: place for place, name in enumerate(names)} for names in (actors, relations))
    start = rows[0][3] if rows else None
    numbers = [(who[s], what[r], who[o], (on - rows[0][3]).days) for s, r, o, on in rows]
    table = np.array(numbers, dtype=np.int64).reshape(-1, 4)
    return stream(table, actors=actors, relations=relations, given=given, start=start)


def _in_order(event: Event) -> tuple[date, str, str, str]:
    return event[3], event[0], event[1], event[2]


def _place(names: tuple[str, ...], name: str) -> int | None:
    return names.index(name) if name in names else None
