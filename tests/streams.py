"""Invent streams of events whose truth is known: self-exciting pairs with planted silences, spikes and new channels.

Each pair is a Hawkes process with an exponential kernel, drawn by thinning (Ogata 1981) for all pairs at once. What
happened is then told by outlets, of which one may fall quiet, through a feed that may be down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Kind = Literal["silence", "spike", "new"]

RELATIONS: Final = ("Consult", "Make a visit", "Express intent to meet", "Make statement", "Threaten", "Fight")
FAMILIES: Final = ("consult", "consult", "intent", "other", "conflict", "conflict")
WEEK: Final = np.array([1.25, 1.3, 1.2, 1.2, 1.05, 0.5, 0.5])
"""How much of a week's news each day brings, mean 1; day 0 is the first of these."""
_FRIENDLY: Final = np.array([0.4, 0.1, 0.1, 0.3, 0.07, 0.03])
_HOSTILE: Final = np.array([0.1, 0.02, 0.03, 0.25, 0.3, 0.3])
_INTENT, _VISIT, _KEPT = 2, 1, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to invent: ``excitation`` is the mean number of events that one event sets off, ``decay`` their rate a day.

    Planted things lie in the last third of the days, each on a pair of its own. ``outage`` and ``quiet`` are spans of
    days ``[first, last)`` in which the whole feed, or outlet 0, tells nothing.
    """

    pairs: int = 120
    days: int = 540
    outlets: int = 4
    excitation: float = 0.4
    decay: float = 0.5
    silences: int = 8
    spikes: int = 8
    news: int = 8
    silent_days: int = 21
    spike_days: int = 7
    spike_factor: float = 5.0
    spike_more: float = 0.3
    outage: tuple[int, int] | None = None
    quiet: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One thing that is there to be found: on the days ``[first, last)`` of a pair, by its number."""

    kind: Kind
    pair: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """Events by day, and the truth behind them.

    ``subject``, ``relation``, ``object``, ``time`` (days), ``pair`` and ``outlet`` have an entry an event; ``pairs``
    gives the two actors of each pair, ``rate`` its events a day in the long run, before anything was planted.
    """

    subject: Ints
    relation: Ints
    object: Ints
    time: Ints
    pair: Ints
    outlet: Ints
    days: int
    actors: tuple[str, ...]
    pairs: Ints
    rate: Floats
    planted: tuple[Planted, ...]

    def counts(self) -> Ints:
        """Give the number of events of each pair on each day, ``(pairs, days)``."""
        flat = np.bincount(self.pair * self.days + self.time, minlength=len(self.pairs) * self.days)
        return flat.reshape(len(self.pairs), self.days)


def invent(plan: Plan | None = None, *, seed: int = 0) -> Synthetic:
    """Give a stream made by a plan; the same seed gives the same events."""
    plan = plan or Plan()
    random = np.random.default_rng(seed)
    rate = np.sort(random.lognormal(-1.6, 0.9, plan.pairs).clip(0.03, 3.0))[::-1]
    planted = _plant(plan, random)
    base, is_open = _intensity(plan, rate, planted)
    pair, moment = _hawkes(base, is_open, plan, random)
    outlet = _tellers(pair, plan, random)
    is_told = _told(moment, outlet, plan)
    pair, moment, outlet = pair[is_told], moment[is_told], outlet[is_told]
    ends = _ends(plan.pairs, random)
    subject, object = _sides(ends, pair, random)
    return Synthetic(
        subject=subject,
        relation=_relations(pair, plan.pairs, random),
        object=object,
        time=moment.astype(np.int64),
        pair=pair,
        outlet=outlet,
        days=plan.days,
        actors=tuple(_name(number) for number in range(int(ends.max()) + 1)),
        pairs=ends,
        rate=rate,
        planted=planted,
    )


def _plant(plan: Plan, random: np.random.Generator) -> tuple[Planted, ...]:
    """Choose what is planted where: silences on busy pairs, where they can be seen at all, all else anywhere."""
    first, wanted = 2 * plan.days // 3, plan.silences + plan.spikes + plan.news
    busy = random.permutation(max(plan.pairs // 6, plan.silences))[: plan.silences]
    rest = random.permutation([one for one in range(plan.pairs) if one not in set(busy)])[: wanted - plan.silences]
    kinds: list[tuple[Kind, int]] = [("silence", plan.silent_days)] * plan.silences
    kinds += [("spike", plan.spike_days)] * plan.spikes
    kinds += [("new", plan.days)] * plan.news
    found = []
    for (kind, length), pair in zip(kinds, [*busy, *rest], strict=True):
        start = int(random.integers(first, plan.days - min(length, 21)))
        found.append(Planted(kind=kind, pair=int(pair), first=start, last=min(start + length, plan.days)))
    return tuple(found)


def _intensity(plan: Plan, rate: Floats, planted: tuple[Planted, ...]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Give what comes of itself, ``(pairs, days)`` events a day, and whether a pair is in touch at all that day."""
    week = WEEK[np.arange(plan.days) % 7]
    base = np.outer(rate * (1 - plan.excitation), week)
    is_open = np.ones(base.shape, dtype=bool)
    for one in planted:
        if one.kind == "silence":
            is_open[one.pair, one.first : one.last] = False
        elif one.kind == "spike":
            base[one.pair, one.first : one.last] *= plan.spike_factor
            base[one.pair, one.first : one.last] += plan.spike_more
        else:
            is_open[one.pair, : one.first] = False
            base[one.pair, one.first] += 1 / plan.decay
    return base, is_open


def _hawkes(
    base: Floats, is_open: npt.NDArray[np.bool_], plan: Plan, random: np.random.Generator
) -> tuple[Ints, Floats]:
    """Draw the events of all pairs at once, each step proposing one a pair; give pairs and times, by time."""
    pairs, days = base.shape
    most = base.max(axis=1)
    now, excited = np.zeros(pairs), np.zeros(pairs)
    living = np.arange(pairs)
    found: list[tuple[Ints, Floats]] = []
    while len(living):
        bound = most[living] + excited[living]
        wait = random.exponential(1 / bound)
        now[living] += wait
        excited[living] *= np.exp(-plan.decay * wait)
        living, bound = living[now[living] < days], bound[now[living] < days]
        day = now[living].astype(np.int64)
        rate = (base[living, day] + excited[living]) * is_open[living, day]
        hits = living[random.random(len(living)) * bound < rate]
        excited[hits] += plan.excitation * plan.decay
        found.append((hits, now[hits].copy()))
    pair, moment = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(moment, kind="stable")
    return pair[order], moment[order]


def _tellers(pair: Ints, plan: Plan, random: np.random.Generator) -> Ints:
    """Give who tells each event: mostly the outlet that follows the pair."""
    follows = pair % plan.outlets
    return np.where(random.random(len(pair)) < 0.85, follows, random.integers(0, plan.outlets, len(pair)))


def _told(moment: Floats, outlet: Ints, plan: Plan) -> npt.NDArray[np.bool_]:
    is_told = np.ones(len(moment), dtype=bool)
    if plan.outage is not None:
        is_told &= (moment < plan.outage[0]) | (moment >= plan.outage[1])
    if plan.quiet is not None:
        is_told &= (outlet != 0) | (moment < plan.quiet[0]) | (moment >= plan.quiet[1])
    return is_told


def _ends(pairs: int, random: np.random.Generator) -> Ints:
    """Give two different actors a pair, every pair once, the first actors in most of them; ``(pairs, 2)``."""
    number = int(np.ceil(2 * np.sqrt(pairs))) + 2
    one, other = np.triu_indices(number, 1)
    weight = 1 / ((one + 1) * (other + 1)) ** 0.5
    chosen = random.choice(len(one), pairs, replace=False, p=weight / weight.sum())
    return np.stack([one[chosen], other[chosen]], axis=1).astype(np.int64)


def _sides(ends: Ints, pair: Ints, random: np.random.Generator) -> tuple[Ints, Ints]:
    is_turned = random.random(len(pair)) < random.uniform(0.2, 0.8, len(ends))[pair]
    return ends[pair, is_turned.astype(int)], ends[pair, 1 - is_turned.astype(int)]


def _relations(pair: Ints, pairs: int, random: np.random.Generator) -> Ints:
    """Give a relation an event, by the manners of its pair; after an intent to meet there mostly is a visit."""
    hostile = random.random(pairs) < 0.25
    sums = np.where(hostile[pair, None], _HOSTILE.cumsum(), _FRIENDLY.cumsum())
    drawn = (random.random(len(pair))[:, None] > sums[:, :-1]).sum(axis=1)
    order = np.argsort(pair, kind="stable")
    before = np.full(len(pair), -1)
    is_same = pair[order][1:] == pair[order][:-1]
    before[order[1:][is_same]] = drawn[order[:-1][is_same]]
    is_kept = (before == _INTENT) & (random.random(len(pair)) < _KEPT)
    return np.where(is_kept, _VISIT, drawn).astype(np.int64)


def _name(number: int) -> str:
    """Give an invented actor: every third is the army of the state before it."""
    return f"Army (State {number - 1})" if number % 3 == 2 else f"State {number}"
