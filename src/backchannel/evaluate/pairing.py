"""Pair the claims of a reader with those of the gold, one to one, and say in which fields a pair agrees.

Source:
    ``score_contacts.py`` beside the gold sets: the same likeness, the same choice among equals, the same figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from backchannel.evaluate.gold import FIELDS, GoldClaim, Item
from backchannel.records import UNKNOWN, Claim

LONGEST_TRIGGER = 12
"""Words; no gold trigger is longer, and a whole sentence given as trigger must not count as a hit."""
_MANY = 6
"""Up to so many claims on the longer side every assignment is tried; beyond it the best is taken one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim as it is compared, ``span`` counted from the start of the target sentence."""

    span: tuple[int, int]
    words: int
    actors: frozenset[str]
    values: Mapping[str, str | None]
    issues: frozenset[str]
    claim: Claim | GoldClaim


def from_gold(item: Item, claim: GoldClaim) -> Told:
    """Give a gold claim in the shape that is compared."""
    at = item.text.find(claim.trigger)
    return Told(
        span=(at, at + len(claim.trigger)),
        words=len(claim.trigger.split()),
        actors=claim.actors,
        values=claim.values,
        issues=frozenset(claim.issues),
        claim=claim,
    )


def from_reader(item: Item, claim: Claim) -> Told:
    """Give a reader's claim, which has a trigger, in the shape that is compared."""
    if claim.trigger is None:
        raise ValueError(f"claim {claim.id} has no trigger; claims from tables cannot be compared with sentences")
    start, end = claim.trigger.start - item.start, claim.trigger.end - item.start
    values: dict[str, str | None] = {
        "form": claim.form,
        "privacy": claim.privacy,
        "channel": claim.channel,
        "status": claim.status,
        "source_class": claim.voice.source_class,
        "when": "/".join(sorted({claim.when.start, claim.when.end})) if claim.when is not None else None,
        "where": claim.where.text if claim.where is not None else None,
    }
    return Told(
        span=(start, end),
        words=len(item.text[start:end].split()),
        actors=frozenset(party.actor for party in claim.parties) - {UNKNOWN},
        values=values,
        issues=frozenset(claim.issues),
        claim=claim,
    )


def by_item(items: Iterable[Item], claims: Iterable[Claim]) -> dict[str, list[Told]]:
    """Give, by item id, the contact claims whose trigger lies in the item's target sentence."""
    known = {item.id: item for item in items}
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for claim in claims:
        item = known.get(claim.document)
        if item is None or claim.kind != "contact" or claim.trigger is None:
            continue
        if item.start <= claim.trigger.start and claim.trigger.end <= item.start + len(item.text):
            found[item.id].append(from_reader(item, claim))
    return dict(found)


def likeness(gold: Told, system: Told) -> float:
    """Give how alike two claims are: 1 for triggers that touch plus the Jaccard index of the parties, in [0, 2].

    0 where the triggers do not touch and fewer than half of the parties are shared.
    """
    (a, b), (c, d) = gold.span, system.span
    touch = 1.0 if min(b, d) > max(a, c) and system.words <= LONGEST_TRIGGER else 0.0
    either = gold.actors | system.actors
    jaccard = len(gold.actors & system.actors) / len(either) if either else 0.0
    return 0.0 if not touch and jaccard < 0.5 else touch + jaccard


def pair_up(gold: Sequence[Told], system: Sequence[Told]) -> list[tuple[Told, Told]]:
    """Give the pairs of the assignment with the greatest total likeness, in the order of the shorter side."""
    if not gold or not system:
        return []
    is_gold_shorter = len(gold) <= len(system)
    few, many = (gold, system) if is_gold_shorter else (system, gold)
    table = [[likeness(one, other) if is_gold_shorter else likeness(other, one) for other in many] for one in few]
    pairs = [(few[i], many[j]) for i, j in _assigned(table) if table[i][j] > 0]
    return pairs if is_gold_shorter else [(other, one) for one, other in pairs]


def _assigned(table: list[list[float]]) -> list[tuple[int, int]]:
    columns = range(len(table[0]))
    if len(columns) <= _MANY:
        orders = permutations(columns, len(table))
        return list(enumerate(max(orders, key=lambda order: sum(table[i][j] for i, j in enumerate(order)))))
    chosen: list[tuple[int, int]] = []
    free = list(columns)
    for i, row in enumerate(table):
        best = max(free, key=row.__getitem__)
        free.remove(best)
        chosen.append((i, best))
    return chosen


def agreement(gold: Told, system: Told) -> dict[str, bool]:
    """Give for each field whether the pair agrees; ``core`` is parties, privacy, status and source class together."""
    right = {"parties": gold.actors == system.actors} | {name: _same(name, gold, system) for name in FIELDS}
    right["core"] = all(right[name] for name in ("parties", "privacy", "status", "source_class"))
    return right


def _same(name: str, gold: Told, system: Told) -> bool:
    wanted, given = gold.values[name], system.values[name]
    if name == "when":
        return _same_days(wanted, given)
    if name == "where":
        left, right = (wanted or "").lower(), (given or "").lower()
        return left == right or (bool(left) and bool(right) and (left in right or right in left))
    return wanted == given


def _same_days(wanted: str | None, given: str | None) -> bool:
    """Equal at the precision of the gold, both ends: coarser than the gold is wrong, finer is right."""
    left, right = _ends(wanted), _ends(given)
    if left is None or right is None:
        return left == right
    return all(given_end.startswith(wanted_end) for wanted_end, given_end in zip(left, right, strict=True))


def _ends(value: str | None) -> tuple[str, str] | None:
    if not value:
        return None
    first, _, last = value.partition("/")
    return first, last or first
