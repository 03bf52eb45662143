"""Score contact claims against gold: detection, right fields on matched claims, and both at once, end to end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import fsum
from typing import Any

from backchannel.evaluate.gold import FIELDS, Item
from backchannel.evaluate.pairing import Told, agreement, by_item, from_gold, pair_up
from backchannel.records import Claim

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "hidden": ("privacy", ("undisclosed", "secret")),
    "not_held": ("status", ("denied", "refused", "cancelled", "postponed")),
    "ahead": ("status", ("planned", "proposed")),
    "unnamed": ("source_class", ("unnamed_official", "unnamed_insider", "collective")),
    "off_front": ("channel", ("backchannel", "intermediary", "nonstate")),
}
"""Values that stand for one question ("was it hidden?"), each with its field."""
_CODED = ("privacy", "status", "source_class", "form", "channel")
_CONFUSIONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Precision, recall and F1, each in [0, 1]; 0 where nothing was found or wanted."""

    p: float
    r: float
    f: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What ``score_contacts.py`` reports, as fractions.

    ``accuracy_on_matched`` looks at paired claims only; ``end_to_end_f1`` counts a claim only if it was found and the
    field is right; ``confusions`` holds ``(gold, reader, times)``, the most frequent first.
    """

    items: int
    gold_claims: int
    system_claims: int
    matched: int
    detection: Rates
    false_alarm_items: int
    empty_items: int
    accuracy_on_matched: dict[str, float]
    end_to_end_f1: dict[str, float]
    accuracy_where_gold_tells: dict[str, float]
    group_f1: dict[str, float]
    parties_micro: Rates
    issues_micro: Rates
    macro_f1: dict[str, float]
    confusions: dict[str, list[tuple[str | None, str | None, int]]]

    def to_json(self) -> dict[str, Any]:
        """Give the object that ``score_contacts.py --json`` prints, keys in its order."""
        found = asdict(self)
        found["detection"]["f1"] = found["detection"].pop("f")
        found["confusions"] = {name: [list(row) for row in rows] for name, rows in self.confusions.items()}
        return found

    @property
    def false_alarm_share(self) -> float:
        """The share of items without a gold claim on which a claim was made, in [0, 1]."""
        return self.false_alarm_items / self.empty_items if self.empty_items else 0.0


@dataclass(slots=True, kw_only=True)
class _Tally:
    """Counts that add up item by item."""

    gold: int = 0
    system: int = 0
    pairs: int = 0
    right: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    told_right: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    values: defaultdict[str, Counter[tuple[str | None, str | None]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    gold_values: defaultdict[str, Counter[str | None]] = field(default_factory=lambda: defaultdict(Counter))
    system_values: defaultdict[str, Counter[str | None]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, gold: Sequence[Told], system: Sequence[Told]) -> None:
        pairs = pair_up(gold, system)
        self.gold, self.system, self.pairs = self.gold + len(gold), self.system + len(system), self.pairs + len(pairs)
        for wanted, given in pairs:
            self._add_pair(wanted, given)
        for name in ("privacy", "status", "source_class", "channel"):
            self.gold_values[name].update(one.values[name] for one in gold)
            self.system_values[name].update(one.values[name] for one in system)
        self.parties["gold"] += sum(len(one.actors) for one in gold)
        self.parties["system"] += sum(len(one.actors) for one in system)

    def _add_pair(self, wanted: Told, given: Told) -> None:
        right = agreement(wanted, given)
        self.right.update(name for name, is_right in right.items() if is_right)
        for name in ("when", "where"):
            if wanted.values[name]:
                self.told[name] += 1
                self.told_right[name] += right[name]
        self.parties["hit"] += len(wanted.actors & given.actors)
        self.issues["hit"] += len(wanted.issues & given.issues)
        self.issues["system"] += len(given.issues)
        self.issues["gold"] += len(wanted.issues)
        for name in _CODED:
            self.values[name][(wanted.values[name], given.values[name])] += 1


def score(items: Sequence[Item], claims: Iterable[Claim]) -> Scores:
    """Give the scores of ``claims``, whose ``document`` is the id of an item, against the items' gold claims."""
    return score_told(items, by_item(items, claims))


def score_told(items: Sequence[Item], told: Mapping[str, Sequence[Told]]) -> Scores:
    """Give the scores of claims that are in the shape of the comparison already, by item id."""
    tally = _Tally()
    for item in items:
        tally.add([from_gold(item, claim) for claim in item.claims], told.get(item.id, ()))
    empty = [item for item in items if not item.claims]
    fields = ("parties", *FIELDS, "core")
    right, values = tally.right, tally.values
    return Scores(
        items=len(items),
        gold_claims=tally.gold,
        system_claims=tally.system,
        matched=tally.pairs,
        detection=rates(tally.pairs, tally.system, tally.gold),
        false_alarm_items=sum(1 for item in empty if told.get(item.id)),
        empty_items=len(empty),
        accuracy_on_matched={name: right[name] / tally.pairs if tally.pairs else 0.0 for name in fields},
        end_to_end_f1={name: rates(right[name], tally.system, tally.gold).f for name in fields},
        accuracy_where_gold_tells={
            name: tally.told_right[name] / tally.told[name] if tally.told[name] else 0.0 for name in ("when", "where")
        },
        group_f1={name: _group(tally, field, labels) for name, (field, labels) in GROUPS.items()},
        parties_micro=_micro(tally.parties),
        issues_micro=_micro(tally.issues),
        macro_f1={name: _macro(table) for name, table in values.items()},
        confusions={name: _confused(table) for name, table in values.items()},
    )


def rates(hit: float, found: float, wanted: float) -> Rates:
    """Give precision, recall and F1 from counts.

    >>> rates(1, 2, 4)
    Rates(p=0.5, r=0.25, f=0.3333333333333333)
    """
    p = hit / found if found else 0.0
    r = hit / wanted if wanted else 0.0
    return Rates(p=p, r=r, f=2 * p * r / (p + r) if p + r else 0.0)


def _micro(counts: Counter[str]) -> Rates:
    return rates(counts["hit"], counts["system"], counts["gold"])


def _group(tally: _Tally, name: str, labels: tuple[str, ...]) -> float:
    """End-to-end F1 of "the value is one of these": missed claims and false claims count."""
    hit = sum(n for (wanted, given), n in tally.values[name].items() if wanted in labels and given in labels)
    found = sum(tally.system_values[name][label] for label in labels)
    return rates(hit, found, sum(tally.gold_values[name][label] for label in labels)).f


def _macro(table: Counter[tuple[str | None, str | None]]) -> float:
    """Mean F1 over the values that the gold has among the paired claims; an exact sum, so that no order shows in it."""
    labels = {wanted for wanted, _ in table}
    each = []
    for label in labels:
        found = sum(n for (_, given), n in table.items() if given == label)
        wanted = sum(n for (told, _), n in table.items() if told == label)
        each.append(rates(table[(label, label)], found, wanted).f)
    return fsum(each) / len(labels) if labels else 0.0


def _confused(table: Counter[tuple[str | None, str | None]]) -> list[tuple[str | None, str | None, int]]:
    return [(*pair, n) for pair, n in table.most_common() if pair[0] != pair[1]][:_CONFUSIONS]


def show(scores: Scores, name: str = "all") -> str:
    """Give the scores as the five lines that ``score_contacts.py`` prints."""

    def row(of: Mapping[str, float], prefix: str = "") -> str:
        return "  ".join(f"{prefix}{key} {value:.3f}" for key, value in of.items())

    d = scores.detection
    return "\n".join(
        (
            f"{name}: {scores.items} items, {scores.gold_claims} gold claims, {scores.system_claims} found; "
            f"detection P {d.p:.3f} R {d.r:.3f} F1 {d.f:.3f}; "
            f"false alarms on {scores.false_alarm_items}/{scores.empty_items} empty items",
            f"  right on matched: {row(scores.accuracy_on_matched)}",
            f"  end-to-end F1:    {row(scores.end_to_end_f1)}",
            f"  parties micro F1 {scores.parties_micro.f:.3f}  issues micro F1 {scores.issues_micro.f:.3f}  "
            f"{row(scores.macro_f1, 'macro-F1 ')}",
            f"  where gold tells: {row(scores.accuracy_where_gold_tells)}"
            f"  |  end-to-end F1 of groups: {row(scores.group_f1)}",
        )
    )


def show_confusions(scores: Scores) -> str:
    """Give the most frequent confusions of each field, ``gold->reader times``, one line a field."""
    rows = scores.confusions.items()
    return "\n".join(f"  {name}: " + ", ".join(f"{gold}->{given} {n}" for gold, given, n in row) for name, row in rows)


def unpaired(items: Sequence[Item], claims: Iterable[Claim], limit: int) -> Iterator[str]:
    """Yield a line for each of the first ``limit`` items whose claims do not all pair up."""
    told = by_item(items, claims)
    shown = 0
    for item in items:
        gold, system = [from_gold(item, claim) for claim in item.claims], told.get(item.id, [])
        if shown == limit:
            return
        if len(pair_up(gold, system)) < max(len(gold), len(system)):
            shown += 1
            wanted, given = [claim.trigger for claim in item.claims], [one.span for one in system]
            yield f"- {item.id} gold {wanted} system {given}: {item.text}"
