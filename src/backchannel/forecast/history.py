"""All that happened, from both sides, indexed by whatever a feature asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.events import EventStream, Ints
from backchannel.forecast.groups import Groups, groups
from backchannel.forecast.index import Floats, Index, index

RATES: Final = (0.2, 0.04, 0.004)
"""Halvings a day of the fast, middle and slow memory: half-lives of 5, 25 and 250 days."""
KEYS: Final = (
    *("s", "r", "sr", "so", "ro", "sro"),  # the two actors and the relation
    *("Sr", "SO", "So", "sO", "SOr", "Sro", "srO"),  # the countries of the two
    *("Sry", "xro", "xry"),  # their sectors
)
"""s subject, r relation, o object, S and O their countries, x and y their sectors."""
LATEST: Final = 6
"""How many of the last relations on a pair say what may follow."""
_PRIOR = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Events from both sides ``(2 * events,)`` in order of time; relation + half is the same seen from the object.

    ``follows`` ``(relations, relations)`` is the chance of the second relation on a pair among whose last ones was the
    first, shrunk to ``usual`` ``(relations,)``, the share of each relation; both learnt before a day.
    """

    subject: Ints
    relation: Ints
    object: Ints
    time: Ints
    actors: int
    relations: int
    groups: Groups
    indexes: dict[str, Index]
    on_pair: Ints
    follows: Floats
    usual: Floats

    def key(self, name: str, subject: Ints, relation: Ints, object_: Ints) -> Ints:
        """Give the key of that name for each triple, its letters as digits of a number."""
        return _key(name, subject, relation, object_, self.groups, self.actors, self.relations)

    def find(self, name: str, subject: Ints, relation: Ints, object_: Ints, before: Ints) -> Ints:
        """Give the place in the index of that name of the last event of each key before a day."""
        return self.indexes[name].find(self.key(name, subject, relation, object_), before)

    def inverse(self, relation: Ints) -> Ints:
        """Give the relation as seen from the other side."""
        half = self.relations // 2
        return np.where(relation < half, relation + half, relation - half)


def history(stream: EventStream, *, learn_before: int, span: int | None = None) -> History:
    """Give the history of a stream.

    Args:
        stream: the events; they may go on behind the days that are asked for, lookups never see them.
        learn_before: what follows what is learnt from the events before this day.
        span: above all days that will be asked for; by default two years behind the last event.
    """
    half = len(stream.relations)
    order = np.argsort(np.concatenate([stream.time, stream.time]), kind="stable")
    subject = np.concatenate([stream.subject, stream.object])[order]
    relation = np.concatenate([stream.relation, stream.relation + half])[order]
    object_ = np.concatenate([stream.object, stream.subject])[order]
    time = np.concatenate([stream.time, stream.time])[order]
    of = groups(stream.actors)
    until = stream.last + 731 if span is None else span
    actors, relations = len(stream.actors), 2 * half
    keys = {name: _key(name, subject, relation, object_, of, actors, relations) for name in KEYS}
    indexes = {name: index(one, time, span=until, rates=RATES) for name, one in keys.items()}
    on_pair = relation[indexes["so"].order]
    usual, follows = _learn_follows(indexes["so"], keys["so"], relation, time, on_pair, learn_before, relations)
    return History(
        subject=subject,
        relation=relation,
        object=object_,
        time=time,
        actors=actors,
        relations=relations,
        groups=of,
        indexes=indexes,
        on_pair=on_pair,
        follows=follows,
        usual=usual,
    )


def _key(name: str, subject: Ints, relation: Ints, object_: Ints, of: Groups, actors: int, relations: int) -> Ints:
    key = np.zeros(len(subject), dtype=np.int64)
    for letter in name:
        match letter:
            case "s" | "o":
                key = key * actors + (subject if letter == "s" else object_)
            case "r":
                key = key * relations + relation
            case "S" | "O":
                key = key * of.countries + of.country[subject if letter == "S" else object_]
            case _:
                key = key * of.sectors + of.sector[subject if letter == "x" else object_]
    return key


def _learn_follows(
    pairs: Index, keys: Ints, relation: Ints, time: Ints, on_pair: Ints, before: int, relations: int
) -> tuple[Floats, Floats]:
    """Give the share of each relation, and the chance of each after each other on the same pair."""
    known = time < before
    number = np.bincount(relation[known], minlength=relations) + 1
    usual: Floats = (number / number.sum()).astype(np.float64)
    places = pairs.find(keys[known], time[known])
    seen = np.zeros(relations * relations)
    for earlier, there in earlier_on_pair(pairs, places):
        seen += np.bincount(
            on_pair[earlier[there]] * relations + relation[known][there], minlength=relations * relations
        )
    table = seen.reshape(relations, relations)
    follows: Floats = (table + _PRIOR * usual) / (table.sum(1, keepdims=True) + _PRIOR)
    return usual, follows


def earlier_on_pair(pairs: Index, places: Ints) -> list[tuple[Ints, NDArray[np.bool_]]]:
    """Give the last places of each pair, latest first, with where there is one."""
    first = pairs.first(places)
    steps = [places - back for back in range(LATEST)]
    return [(np.maximum(step, 0), (places >= 0) & (step >= first)) for step in steps]
