"""Score a grouping of items against the gold's: pairwise, MUC, B-cubed, CEAF, CoNLL mean and LEA.

An item that one side lacks is in none of its groups.

Source:
    The papers that each measure names. ``tests/test_evaluate_coreference.py`` holds them against the papers' worked
    examples and, on groupings drawn at random, against figures of scorch 0.2.0 (MUC, B-cubed, CEAF), neleval 3.1.1
    (pairwise) and the authors' own scorer, coval (LEA); 500 groupings differed by 2e-16 at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backchannel.analysis.assignment import assign

Groups = Mapping[str, str]
"""The name of its group by item."""
Sets = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in [0, 1]; each is 0 where nothing could be right."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Every score of one grouping; ``conll`` is the mean of the F1 of MUC, B-cubed and CEAF by entity."""

    pairwise: Score
    muc: Score
    b_cubed: Score
    ceaf_e: Score
    lea: Score
    conll: float


def agreement(given: Groups, wanted: Groups) -> Agreement:
    """Give every score of our grouping ``given`` against the gold's, ``wanted``.

    >>> agreement({"a": "1", "b": "1"}, {"a": "x", "b": "y"}).b_cubed
    Score(precision=0.5, recall=1.0, f1=0.6666666666666666)
    """
    ours, theirs = _sets(given), _sets(wanted)
    muc, cubed, ceaf = (_both(measure, ours, theirs) for measure in (_muc, _b_cubed, _ceaf_e))
    return Agreement(
        pairwise=_both(_pairwise, ours, theirs),
        muc=muc,
        b_cubed=cubed,
        ceaf_e=ceaf,
        lea=_both(_lea, ours, theirs),
        conll=(muc.f1 + cubed.f1 + ceaf.f1) / 3,
    )


def b_cubed(given: Groups, wanted: Groups) -> tuple[float, float, float]:
    """Give precision, recall and F1 of B-cubed alone.

    >>> b_cubed({"a": "1", "b": "2"}, {"a": "x", "b": "x"})
    (1.0, 0.5, 0.6666666666666666)
    """
    found = _both(_b_cubed, _sets(given), _sets(wanted))
    return found.precision, found.recall, found.f1


def _sets(groups: Groups) -> Sets:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for item, name in groups.items():
        members[name].add(item)
    return [frozenset(group) for group in members.values()]


def _both(recall: Callable[[Sets, Sets], float], ours: Sets, theirs: Sets) -> Score:
    """The score whose recall is measured on the gold's groups, and whose precision is the same the other way round."""
    p, r = recall(ours, theirs), recall(theirs, ours)
    return Score(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def _parts(group: frozenset[str], owner: Mapping[str, int]) -> list[int]:
    """Into what numbers of items the other side's groups cut a group."""
    return list(Counter(owner[item] for item in group if item in owner).values())


def _owners(groups: Sets) -> dict[str, int]:
    return {item: number for number, group in enumerate(groups) for item in group}


def _share(right: float, all_: float) -> float:
    return right / all_ if all_ else 0.0


def _links(size: int) -> float:
    return size * (size - 1) / 2


def _pairwise(keys: Sets, others: Sets) -> float:
    """The share of pairs of one group of ``keys`` that are in one group of ``others``."""
    owner = _owners(others)
    return _share(sum(_links(n) for key in keys for n in _parts(key, owner)), sum(_links(len(key)) for key in keys))


def _muc(keys: Sets, others: Sets) -> float:
    """Vilain et al. (1995), A model-theoretic coreference scoring scheme: the fewest links that would mend a group."""
    owner = _owners(others)
    return _share(sum(n - 1 for key in keys for n in _parts(key, owner)), sum(len(key) - 1 for key in keys))


def _b_cubed(keys: Sets, others: Sets) -> float:
    """Bagga and Baldwin (1998), Entity-based cross-document coreferencing using the vector space model."""
    owner = _owners(others)
    return _share(sum(n * n / len(key) for key in keys for n in _parts(key, owner)), sum(len(key) for key in keys))


def _lea(keys: Sets, others: Sets) -> float:
    """Moosavi and Strube (2016), Which coreference evaluation metric do you trust?; one alone has a link to itself."""
    owner = _owners(others)

    def resolved(key: frozenset[str]) -> float:
        if len(key) == 1:
            alone = next(iter(key))
            return float(alone in owner and len(others[owner[alone]]) == 1)
        return sum(_links(n) for n in _parts(key, owner)) / _links(len(key))

    return _share(sum(len(key) * resolved(key) for key in keys), sum(len(key) for key in keys))


def _ceaf_e(keys: Sets, others: Sets) -> float:
    """Luo (2005), On coreference resolution performance metrics: the best one-to-one pairing of groups, by entity."""
    owner = _owners(others)
    total = 0.0
    for rows, columns in _touching(keys, others, owner):
        alike = [[2 * len(keys[a] & others[b]) / (len(keys[a]) + len(others[b])) for b in columns] for a in rows]
        total += best_pairing(alike)
    return _share(total, len(keys))


def _touching(keys: Sets, others: Sets, owner: Mapping[str, int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the groups of both sides that hang together by common items: only they need be paired."""
    mine, left = _owners(keys), set(range(len(keys)))
    while left:
        rows, columns, fresh = set[int](), set[int](), {left.pop()}
        while fresh:
            rows |= fresh
            columns |= {owner[item] for row in fresh for item in keys[row] if item in owner}
            fresh = {mine[item] for column in columns for item in others[column] if item in mine} - rows
        left -= rows
        if columns:
            yield sorted(rows), sorted(columns)


def best_pairing(gain: Sequence[Sequence[float]]) -> float:
    """Give the highest sum that a one-to-one pairing of rows and columns reaches.

    >>> best_pairing([[3.0, 2.0], [3.0, 0.0]])
    5.0
    """
    return sum(gain[row][column] for row, column in assign(gain))
