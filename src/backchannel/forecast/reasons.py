"""Say in words why an actor is expected, from the parts of the linear score and the events behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from backchannel.forecast.events import EventStream, Ints
from backchannel.forecast.families import plain
from backchannel.forecast.history import LATEST, History
from backchannel.forecast.index import NEVER, Floats

MOST: Final = 3
"""How many reasons a forecast gives."""
_LEAST = 0.05
"""A part of the score, in log odds, below which nothing is said of it."""
_WINDOW = 30


@dataclass(frozen=True, slots=True)
class _Case:
    """One candidate for one query: who, what, whom, on which day, from what was known before a day."""

    stream: EventStream
    history: History
    subject: int
    relation: int
    object: int
    day: int
    before: int

    def places(self, name: str) -> Ints:
        one, what, other = (np.array([number]) for number in (self.subject, self.relation, self.object))
        return self.history.find(name, one, what, other, np.array([self.before]))

    def age(self, name: str) -> int:
        return int(self.history.indexes[name].age(self.places(name), np.array([self.day]))[0])

    def count(self, name: str) -> int:
        return int(self.history.indexes[name].count(self.places(name))[0])

    def who(self, actor: int) -> str:
        return self.stream.actors[actor]

    def what(self, relation: int) -> str:
        half = len(self.stream.relations)
        name = plain(self.stream.relations[relation % half])
        return f"'{name}'" if relation < half else f"'{name}' from the other side"


def reasons(
    stream: EventStream,
    history: History,
    asked: tuple[int, int, int, int],
    before: int,
    parts: Floats,
    names: tuple[str, ...],
) -> tuple[str, ...]:
    """Give up to three reasons for one candidate, the weightiest first; none where nothing speaks for it.

    Args:
        stream: with the names.
        history: with the events.
        asked: subject, relation, candidate and day.
        before: only events before this day count.
        parts: what each feature adds to the score, against the mean of all candidates ``(features,)``.
        names: of these features.
    """
    case = _Case(stream, history, *asked, before)
    weight = dict.fromkeys(_TELL, 0.0)
    for name, part in zip(names, parts, strict=True):
        weight[_kind(name)] += float(part)
    kinds = sorted((kind for kind in weight if weight[kind] > _LEAST), key=weight.__getitem__, reverse=True)
    told = [line for line in (_TELL[kind](case) for kind in kinds) if line is not None]
    return tuple(told[:MOST])


def _kind(feature: str) -> str:
    if feature.startswith(("age", "fresh", "seen")):
        return "last"
    if feature in {"lift", "transfer"}:
        return "follows"
    if feature.startswith("walk"):
        return "between"
    if feature.startswith(("ro ", "log ro", "back s ")):
        return "popular"
    if feature.split()[0].split("/")[0] in {"Sro", "So", "SO", "SOr", "srO", "xry", "home", "self"}:
        return "country"
    return "share"


def _last(case: _Case) -> str | None:
    same, any_ = case.age("sro"), case.age("so")
    if any_ >= NEVER:
        return None
    told = f"{case.what(case.relation)} last told of the two {_days(same)} ago" if same < NEVER else None
    if told is None or any_ < same:
        dealt = f"last dealt with one another {_days(any_)} ago"
        return dealt if told is None else f"{dealt}; {told}"
    return told


def _share(case: _Case) -> str | None:
    """The latest events of subject and relation, and how many of them went to the candidate."""
    for name, of in (("sr", case.what(case.relation)), ("s", "dealings")):
        index, place = case.history.indexes[name], case.places(name)
        if place[0] < 0:
            continue
        latest = np.arange(max(int(index.first(place)[0]), int(place[0]) - _WINDOW + 1), int(place[0]) + 1)
        number = int((case.history.object[index.order[latest]] == case.object).sum())
        if number:
            verb = "was" if number == 1 else "were"
            return f"{number} of the last {len(latest)} {of} of {case.who(case.subject)} {verb} with {case.who(case.object)}"
    return None


def _follows(case: _Case) -> str | None:
    """What lately happened between the two, and how much likelier it makes this."""
    pairs, place = case.history.indexes["so"], case.places("so")
    if place[0] < 0:
        return None
    first = max(int(pairs.first(place)[0]), int(place[0]) - LATEST + 1)
    earlier = case.history.on_pair[first : int(place[0]) + 1]
    times = case.history.follows[earlier, case.relation] / case.history.usual[case.relation]
    best = int(np.argmax(times))
    if times[best] < 1.5:
        return None
    return (
        f"after {case.what(int(earlier[best]))}, {case.what(case.relation)} is {times[best]:.0f}x likelier than usual"
    )


def _between(case: _Case) -> str | None:
    """Up to two actors that both deal with."""
    history = case.history
    known = slice(0, int(np.searchsorted(history.time, case.before, "left")))
    one, other = history.subject[known], history.object[known]
    sides = [np.bincount(other[one == actor], minlength=history.actors) for actor in (case.subject, case.object)]
    shared = np.minimum(sides[0] / max(sides[0].sum(), 1), sides[1] / max(sides[1].sum(), 1))
    shared[[case.subject, case.object]] = 0
    best = [actor for actor in np.argsort(-shared, kind="stable")[:2] if shared[actor] > 0]
    return f"both deal with {' and '.join(case.who(int(actor)) for actor in best)}" if best else None


def _popular(case: _Case) -> str | None:
    number, of = case.count("ro"), case.count("r")
    return (
        f"{case.who(case.object)} is the other side in {number} of {of} {case.what(case.relation)} of all"
        if number
        else None
    )


def _country(case: _Case) -> str | None:
    """What others of the subject's country did to the candidate, or the subject to others of the candidate's."""
    beyond = case.count("So") - case.count("so")
    if beyond > 0:
        return f"others of the same country as {case.who(case.subject)} dealt with {case.who(case.object)} {_times(beyond)}"
    beyond = case.count("sO") - case.count("so")
    if beyond > 0:
        return f"{case.who(case.subject)} dealt with others of the same country as {case.who(case.object)} {_times(beyond)}"
    return None


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


_TELL: Final[dict[str, Callable[[_Case], str | None]]] = {
    "last": _last,
    "share": _share,
    "follows": _follows,
    "between": _between,
    "popular": _popular,
    "country": _country,
}
