"""Sketch texts so that likeness can be told without the texts."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

import rensa

from backchannel.families.credits import bare

PERMUTATIONS = 128
SHINGLE = 4
"""Words in a shingle; a signature holds the ``PERMUTATIONS`` least hashes of a text's shingles."""
_SEED = 20230618


def words(text: str) -> list[str]:
    """Give the words of a text, without case and punctuation."""
    return re.findall(r"\w+", text.casefold())


def signature(text: str) -> tuple[int, ...]:
    """Give the MinHash signature of a text's word shingles, ``(PERMUTATIONS,)`` numbers; empty without words.

    Credits and what agencies and pages put around a text do not count.

    Source:
        Broder 1997, resemblance by min-wise permutations, as ``rensa`` computes it.
    """
    return tuple(sketch(words(bare(text)), PERMUTATIONS))


def sketch(told: Sequence[str], permutations: int) -> array[int]:
    """Give the signature of words as four bytes a number, empty without words."""
    if not told:
        return array("I")
    size = min(SHINGLE, len(told))
    minima = rensa.RMinHash(num_perm=permutations, seed=_SEED)
    minima.update(sorted({" ".join(told[i : i + size]) for i in range(len(told) - size + 1)}))
    return array("I", minima.digest())


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Give the estimated Jaccard resemblance of two signatures in [0, 1]; 0 when one is empty."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def containment(alike: float, one: int, other: int) -> float:
    """Give how much of the shorter of two texts stands in the longer, in [0, 1].

    Args:
        alike: their resemblance.
        one: words of the one.
        other: words of the other.
    """
    fewest = min(one, other)
    return min(1.0, alike * (one + other) / ((1 + alike) * fewest)) if fewest else 0.0
