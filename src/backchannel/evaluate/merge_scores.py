"""Score a grouping of gold reports: every measure of coreference, the pairs merged, the origins counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from typing import Any

from backchannel.conversations import Cluster, assemble
from backchannel.evaluate.coreference import Agreement, agreement
from backchannel.evaluate.merge_set import Line, MergeSet

MEASURED = ("pairwise", "b_cubed", "muc", "ceaf_e", "lea")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeScores:
    """How a grouping agrees with the gold, and the ids of the must-not pairs that it merged, of ``pairs`` that count."""

    name: str
    reports: int
    conversations: int
    agreement: Agreement
    merged: tuple[str, ...]
    pairs: int

    @property
    def precision(self) -> float:
        """Precision of B-cubed."""
        return self.agreement.b_cubed.precision

    @property
    def recall(self) -> float:
        """Recall of B-cubed."""
        return self.agreement.b_cubed.recall

    @property
    def f1(self) -> float:
        """F1 of B-cubed."""
        return self.agreement.b_cubed.f1


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOutcome:
    """What merging a set gave.

    ``found`` of ``reports`` have a claim, ``shared`` one of all gold parties; one without stands alone. ``independent``
    counts the conversations whose number of origins is exact, ``always_one`` and ``by_outlet`` those right by saying 1 of
    all and by counting the sources of their documents. ``rows`` has ours first, then plain rules. ``given`` is our
    conversation by report id, ``None`` without a claim.
    """

    taken_from: str
    reports: int
    found: int
    shared: int
    conversations: int
    independent: int
    always_one: int
    by_outlet: int
    rows: tuple[MergeScores, ...]
    given: Mapping[str, str | None]

    def to_json(self) -> dict[str, Any]:
        """Give the figures for programs, without the predictions."""
        found = asdict(self)
        del found["given"]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongPair:
    """Two reports that are wrongly together or apart; ``why`` is the reason of a must-not pair."""

    kind: str
    one: Line
    other: Line
    why: str | None = None


def scores(name: str, given: Mapping[str, str | None], gold: MergeSet) -> MergeScores:
    """Give the scores of a grouping: ``given`` names our conversation of each report, ``None`` for one that stands alone.

    A must-not pair counts where each side has a report with a claim.
    """
    wanted = gold.wanted()
    counted = [pair for pair in gold.apart if all(_names(pair[side], given) for side in ("reports_a", "reports_b"))]
    merged = [
        pair["pair_id"] for pair in counted if _names(pair["reports_a"], given) & _names(pair["reports_b"], given)
    ]
    return MergeScores(
        name=name,
        reports=len(wanted),
        conversations=len(set(wanted.values())),
        agreement=agreement(grouped(given), wanted),
        merged=tuple(merged),
        pairs=len(counted),
    )


def grouped(given: Mapping[str, str | None]) -> dict[str, str]:
    """Give the grouping with each report that has no conversation in one of its own."""
    return {report: f"in {name}" if name is not None else f"alone {report}" for report, name in given.items()}


def _names(reports: Iterable[str], given: Mapping[str, str | None]) -> set[str]:
    return {name for name in (given.get(report) for report in reports) if name is not None}


def chained(told: Iterable[tuple[str, object, date]], days: int) -> dict[str, str]:
    """Give a plain rule's grouping: reports of one key together as long as the next is at most ``days`` later.

    >>> chained([("a", "k", date(2023, 1, 1)), ("b", "k", date(2023, 1, 3)), ("c", "k", date(2023, 1, 2))], 1)
    {'a': 'a', 'c': 'a', 'b': 'a'}
    """
    of: defaultdict[object, list[tuple[date, str]]] = defaultdict(list)
    for report, key, on in told:
        of[key].append((on, report))
    given: dict[str, str] = {}
    for group in of.values():
        name, last = "", date.min
        for on, report in sorted(group):
            if (on - last).days > days:
                name = report
            given[report], last = name, on
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """For how many gold conversations a number of origins is exact: ours, "always 1", and the sources of documents."""

    conversations: int
    exact: int
    always_one: int
    by_outlet: int


def origins(gold: MergeSet, ids: Mapping[str, str], found: Sequence[Cluster]) -> Origins:
    """Count exact numbers of origins.

    A gold conversation is answered by ours that holds most of its reports; one without any has no answer and is wrong.

    Args:
        gold: the set.
        ids: the id of our report by gold report id, where there is one.
        found: our clusters.
    """
    place = {one.id: number for number, group in enumerate(found) for one in group.reports}
    held: defaultdict[str, Counter[int]] = defaultdict(Counter)
    sources: defaultdict[int, set[str]] = defaultdict(set)
    for line in gold.reports:
        if line["report_id"] in ids:
            number = place[ids[line["report_id"]]]
            held[line["conversation"]][number] += 1
            sources[number].add(line["source"])
    wanted = {name: len(keys) for name, keys in gold.origins().items()}
    best = {name: min(counts, key=lambda one: (-counts[one], one)) for name, counts in held.items()}
    return Origins(
        conversations=len(wanted),
        exact=sum(assemble("k", found[best[name]]).independent == n for name, n in wanted.items() if name in best),
        always_one=sum(n == 1 for n in wanted.values()),
        by_outlet=sum(len(sources[best[name]]) == n for name, n in wanted.items() if name in best),
    )


def wrong_pairs(gold: MergeSet, given: Mapping[str, str | None]) -> Iterator[WrongPair]:
    """Yield must-not pairs that were merged, then other conversations merged, then conversations split.

    Of two conversations, or two parts of one, the first reports stand for all.
    """
    ours, of = grouped(given), {line["report_id"]: line for line in gold.reports}
    seen: set[frozenset[str]] = set()
    for pair in gold.apart:
        both = [(a, b) for a in pair["reports_a"] for b in pair["reports_b"] if ours.get(a) == ours.get(b)]
        if both:
            one, other = of[both[0][0]], of[both[0][1]]
            seen.add(frozenset((one["conversation"], other["conversation"])))
            yield WrongPair(kind="must not be merged", one=one, other=other, why=pair.get("reason"))
    yield from _unlike("merged", gold, ours, seen)


def _unlike(kind: str, gold: MergeSet, ours: Mapping[str, str], seen: set[frozenset[str]]) -> Iterator[WrongPair]:
    """The pairs that are together in one grouping alone, one for each two groups of the other."""
    split: list[WrongPair] = []
    for one, other in combinations(gold.reports, 2):
        theirs = one["conversation"] == other["conversation"]
        a, b = ours[one["report_id"]], ours[other["report_id"]]
        key = frozenset((a, b) if theirs else (one["conversation"], other["conversation"]))
        if theirs == (a == b) or key in seen:
            continue
        seen.add(key)
        if theirs:
            split.append(WrongPair(kind="split", one=one, other=other))
        else:
            yield WrongPair(kind=kind, one=one, other=other)
    yield from split
