"""Remember what was known before a day, and say from it how likely a new partner, a new trait or a change was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log1p, log2
from typing import Final

from backchannel.alerts.record import Kind, words

Pair = tuple[str, str]
_LENT: Final = 2.0
"""How many conversations of a pair its two parties' other conversations are worth."""
_RARE: Final = 0.05
"""The least share that a trait is taken to have: that nobody had it here is no measure of how rare it is."""
_CORROBORATED: Final = {1: 0.7, 2: 1.0}
_WELL: Final = 1.15
_LEAST_WEIGHT: Final = 0.1
_AGO: Final = timedelta(days=31)
"""Days after which a row of a table is of an earlier contact than the one that is told now."""


@dataclass(slots=True)
class Past:
    """Counts of what was known so far; ``traits`` are such as "secret" or "summit", by actor and by pair.

    ``met`` gives the earliest day by which tables of visits and journeys have two together: tables tell no news, but
    whom they have together meets for no first time.
    """

    met: Mapping[Pair, date] = field(default_factory=dict)
    conversations: int = 0
    by_actor: Counter[str] = field(default_factory=Counter)
    by_pair: Counter[Pair] = field(default_factory=Counter)
    partners: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    traits: Counter[tuple[str, ...]] = field(default_factory=Counter)
    steps: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def take(self, pairs: Iterable[Pair]) -> None:
        """Remember a conversation of these pairs."""
        told = list(pairs)
        self.conversations += 1
        self.by_actor.update({actor for pair in told for actor in pair})
        self.by_pair.update(told)
        for one, other in told:
            self.partners[one].add(other)
            self.partners[other].add(one)

    def have_met(self, pair: Pair, on: date) -> bool:
        """Whether two were known before a day to have been in touch."""
        return self.by_pair[pair] > 0 or self.met.get(pair, date.max) < on - _AGO

    def take_trait(self, trait: str, pairs: Iterable[Pair]) -> None:
        """Remember that a conversation of these pairs bore a trait."""
        told = list(pairs)
        self.traits.update((trait, *pair) for pair in told)
        self.traits.update((trait, actor) for actor in {actor for pair in told for actor in pair})

    def take_step(self, kind: str, before: str, *, after: str | None) -> None:
        """Remember a chance of something happening after ``before``, and what did; ``None`` where nothing did."""
        self.steps[kind, before] += 1
        if after is not None:
            self.steps[kind, before, after] += 1

    def partner_bits(self, one: str, other: str) -> float:
        """Give the surprise at two that had no contact meeting, from the side that it surprises less, in bits.

        Whoever often meets somebody new surprises little, and whoever is met by everybody.

        Source:
            Method C of Witten and Bell, The zero-frequency problem (1991): a new partner has the chance d / (n + d)
            after n conversations with d partners.
        """
        return min(self._bits_from(one, other), self._bits_from(other, one))

    def trait_bits(self, trait: str, pair: Pair) -> float:
        """Give the surprise at a pair's first conversation with a trait, in bits: its parties' share, shrunk."""
        had = sum(self.traits[trait, actor] for actor in pair)
        base = max((had + 0.5) / (sum(self.by_actor[actor] for actor in pair) + 5), _RARE)
        known = self.by_pair[pair]
        return -log2((self.traits[(trait, *pair)] + _LENT * base) / (known + _LENT))

    def step_bits(self, kind: str, before: str, after: str) -> float:
        """Give the surprise at a change, in bits, from how often it came of its chances."""
        return -log2((self.steps[kind, before, after] + 0.5) / (self.steps[kind, before] + 3))

    def weight(self, actors: Iterable[str]) -> float:
        """Give how much the two most told of among the parties matter here, in (0, 1]."""
        top = max(self.by_actor.values(), default=1)
        heavy = sorted((log1p(self.by_actor[actor]) / log1p(top) for actor in actors), reverse=True)[:2]
        return max(sum(heavy) / 2, _LEAST_WEIGHT)

    def priority(self, kind: Kind, bits: float, actors: Iterable[str], independent: int) -> float:
        """Give surprise times the weight of kind, parties and corroboration."""
        value = bits * words()[kind].weight * self.weight(actors) * _CORROBORATED.get(independent, _WELL)
        return round(value, 2)

    def _bits_from(self, one: str, other: str) -> float:
        known, met = self.by_actor[one], self.partners[one]
        escape = (len(met) + 1) / (known + len(met) + 2)
        total = sum(self.by_actor.values()) + 0.5 * (len(self.by_actor) + 1)
        left = 1 - sum(self.by_actor[actor] + 0.5 for actor in met) / total
        share = (self.by_actor[other] + 0.5) / total
        return -log2(min(escape * share / max(left, share), 1.0))
