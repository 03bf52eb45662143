"""Pair rows with columns, one to one, so that together they gain most."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

Pair = tuple[int, int]


def assign(gains: Sequence[Sequence[float]]) -> list[Pair]:
    """Give the assignment of rows to columns, each used once, that gains most; ties go to the first.

    Source:
        Kuhn's Hungarian method in the shortest-path form of Jonker and Volgenant (1987).

    >>> assign([[0.9, 0.8], [0.7, 0.0]])
    [(0, 1), (1, 0)]
    """
    if not gains or not gains[0]:
        return []
    if len(gains) > len(gains[0]):
        turned = [[row[column] for row in gains] for column in range(len(gains[0]))]
        return sorted((row, column) for column, row in assign(turned))
    height, width = len(gains), len(gains[0])
    rows, columns, owner = [0.0] * (height + 1), [0.0] * (width + 1), [0] * (width + 1)
    for row in range(1, height + 1):
        _augment(row, gains, rows, columns, owner)
    return sorted((owner[column] - 1, column - 1) for column in range(1, width + 1) if owner[column])


def _augment(
    row: int, gains: Sequence[Sequence[float]], rows: list[float], columns: list[float], owner: list[int]
) -> None:
    """Give one more row a column by the cheapest alternating path; potentials keep costs positive."""
    width = len(columns) - 1
    owner[0], at = row, 0
    least, way, used = [inf] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    while owner[at] != 0 or at == 0:
        used[at] = True
        step, following = inf, 0
        for column in range(1, width + 1):
            if used[column]:
                continue
            cost = -gains[owner[at] - 1][column - 1] - rows[owner[at]] - columns[column]
            if cost < least[column] - 1e-12:
                least[column], way[column] = cost, at
            if least[column] < step - 1e-12:
                step, following = least[column], column
        for column in range(width + 1):
            if used[column]:
                rows[owner[column]] += step
                columns[column] -= step
            else:
                least[column] -= step
        at = following
    while at:
        owner[at] = owner[way[at]]
        at = way[at]
