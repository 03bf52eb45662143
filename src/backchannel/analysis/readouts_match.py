"""Align the points of two accounts: the best pairs together first, then what else tells the same as one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from backchannel.analysis import readouts_words as words
from backchannel.analysis.assignment import assign
from backchannel.analysis.readouts_points import Point

SAME = 0.36
"""From here on two points tell the same."""
SAME_AGAIN = 0.39
"""From here on a further point joins one that has its pair already."""
NEAR = 0.2
"""From here on the likest point of another teller is worth a look, though it is not said to tell the same."""
_HALF = 6.0
"""The shared weight at which a likeness counts for half: one rare word by itself is not enough."""
_LENGTH = 0.35
"""The power of the share of the shorter point's weight: a long sentence need not share most of its words."""
_OTHER_SPEAKER = 0.8
"""What a likeness keeps where the accounts give the words to different parties."""
_OFTEN = 0.4
"""How fast a word loses weight that stands in many points of both accounts: the power of its counts."""

Weigh = Callable[[str], float]


def score(one: Point, other: Point, weigh: Weigh) -> float:
    """Give how surely two points tell the same, in [0, 1], by the weight of what they share and its part of the shorter.

    Args:
        one: a point.
        other: another teller's.
        weigh: how much it tells when a word is shared.
    """
    shared = words.shared(one.tokens, other.tokens, weigh)
    if shared <= 0.0:
        return 0.0
    shorter = min(sum(weigh(token) for token in sorted(each.tokens)) for each in (one, other))
    alike = shared / (shared + _HALF) * float((shared / shorter) ** _LENGTH)
    if one.speakers and other.speakers and not set(one.speakers) & set(other.speakers):
        alike *= _OTHER_SPEAKER
    return round(min(1.0, alike), 2)


def weighing(ones: Sequence[Point], others: Sequence[Point], parties: frozenset[str]) -> Weigh:
    """Give how much each word tells between two accounts: less, where it stands in many of their points."""
    counts = [Counter(token for point in points for token in point.tokens) for points in (ones, others)]

    def weigh(token: str) -> float:
        often = max(1, counts[0][token]) * max(1, counts[1][token])
        return words.weight(token, parties) / float(often**_OFTEN)

    return cache(weigh)


def align(ones: Sequence[Point], others: Sequence[Point], parties: frozenset[str]) -> list[tuple[int, int, float]]:
    """Give the pairs of points that tell the same, with their scores, by the first's place then the second's.

    A best one-to-one assignment comes first; a point left over joins the best that it also tells the same as. Copies
    pair by their wording, whatever their words weigh.
    """
    table = _table(ones, others, parties)
    pairs = {(row, column) for row, column in assign([[max(0.0, cell - SAME) for cell in row] for row in table])}
    pairs = {(row, column) for row, column in pairs if table[row][column] >= SAME}
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row in range(len(ones)):
        best = max(columns, key=lambda column: (table[row][column], -column), default=None)
        if row not in rows and best is not None and table[row][best] >= SAME_AGAIN:
            pairs.add((row, best))
    for column in range(len(others)):
        best = max(rows, key=lambda row: (table[row][column], -row), default=None)
        if column not in columns and best is not None and table[best][column] >= SAME_AGAIN:
            pairs.add((best, column))
    return [(row, column, table[row][column]) for row, column in sorted(pairs)]


def nearest(ones: Sequence[Point], others: Sequence[Point], parties: frozenset[str]) -> dict[int, tuple[int, float]]:
    """Give, by the place of each point that has one, the other teller's likest point and how alike they are."""
    found = {}
    for row, scores in enumerate(_table(ones, others, parties)):
        best = max(range(len(scores)), key=lambda column: (scores[column], -column), default=None)
        if best is not None and scores[best] >= NEAR:
            found[row] = (best, scores[best])
    return found


def _table(ones: Sequence[Point], others: Sequence[Point], parties: frozenset[str]) -> list[list[float]]:
    weigh = weighing(ones, others, parties)
    return [[1.0 if a.text == b.text else score(a, b, weigh) for b in others] for a in ones]
