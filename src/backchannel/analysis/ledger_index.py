"""The gap index: the share of hostile words and deeds in public less the share of private contacts that came to nothing.

Each share has the posterior Beta(k + 1/2, n - k + 1/2), that of Jeffreys' prior, and the two are taken as independent
(Agresti and Min, Biometrics 61, 515, 2005, who recommend it for two proportions). The index is the difference of the
posterior means, ``(k + 1/2) / (n + 1)``; its interval holds the middle 90 % of the difference. It is computed on a grid,
without chance: the same counts give the same figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from backchannel.analysis.ledger_records import Act, Contact, Index

ENOUGH: Final = 5
"""Acts, and contacts, below which the index abstains: with four of either the interval spans more than half a point."""
_GRID: Final = 240
"""Points of each posterior. Against 2,000 points the ends of the interval move by less than 0.003."""
_TAIL: Final = 0.05


def index(acts: Iterable[Act], contacts: Iterable[Contact]) -> Index:
    """Give the gap index of some acts and contacts; those without a tone, open ones and plans do not count."""
    tones = [one.tone for one in acts if one.tone is not None]
    outcomes = [one.outcome for one in contacts if one.is_private and one.outcome != "open"]
    return of_counts(tones.count("hostile"), len(tones), outcomes.count("failed"), len(outcomes))


def of_counts(hostile: int, acts: int, failed: int, contacts: int) -> Index:
    """Give the gap index of counts.

    >>> of_counts(8, 10, 1, 9).value, of_counts(0, 2, 0, 9).why
    (0.62, 'only 2 public acts; 5 are needed')
    """
    why = _why(acts, contacts)
    if why is not None:
        return Index(
            value=None,
            low=None,
            high=None,
            hostile_share=None,
            failed_share=None,
            hostile=hostile,
            acts=acts,
            failed=failed,
            contacts=contacts,
            why=why,
        )
    low, high = _interval(hostile, acts, failed, contacts)
    return Index(
        value=round(difference(hostile, acts, failed, contacts), 2),
        low=round(low, 2),
        high=round(high, 2),
        hostile_share=round(_mean(hostile, acts), 2),
        failed_share=round(_mean(failed, contacts), 2),
        hostile=hostile,
        acts=acts,
        failed=failed,
        contacts=contacts,
    )


def difference(hostile: int, acts: int, failed: int, contacts: int) -> float:
    """Give the index itself, unrounded, however few there are.

    >>> round(difference(8, 10, 1, 9), 4), difference(0, 0, 0, 0)
    (0.6227, 0.0)
    """
    return _mean(hostile, acts) - _mean(failed, contacts)


def _mean(part: int, whole: int) -> float:
    return (part + 0.5) / (whole + 1)


def _why(acts: int, contacts: int) -> str | None:
    few = [
        f"only {number} {name}{'' if number == 1 else 's'}" if number else f"no {name}s"
        for number, name in ((acts, "public act"), (contacts, "private contact"))
        if number < ENOUGH
    ]
    return f"{' and '.join(few)}; {ENOUGH} are needed" if few else None


def _interval(hostile: int, acts: int, failed: int, contacts: int) -> tuple[float, float]:
    public, private = _weights(hostile, acts - hostile), _weights(failed, contacts - failed)
    return _quantile(public, private, _TAIL), _quantile(public, private, 1 - _TAIL)


_SHARES: Final = tuple(math.sin((number + 0.5) / _GRID * math.pi / 2) ** 2 for number in range(_GRID))
"""The grid is even in the angle whose squared sine is the share: in it the posterior has no infinite ends."""


def _weights(part: int, rest: int) -> list[float]:
    """Give the probability of each share of the grid: Beta(part + 1/2, rest + 1/2)."""
    logs = [part * math.log(share) + rest * math.log1p(-share) for share in _SHARES]
    top = max(logs)
    weights = [math.exp(one - top) for one in logs]
    whole = sum(weights)
    return [one / whole for one in weights]


def _quantile(public: Sequence[float], private: Sequence[float], level: float) -> float:
    """Give the difference below which it lies with a probability, by halving."""
    upto = [0.0, *accumulate(private)]
    low, high = -1.0, 1.0
    while high - low > 0.0005:
        middle = (low + high) / 2
        low, high = (low, middle) if _below(public, upto, middle) >= level else (middle, high)
    return (low + high) / 2


def _below(public: Sequence[float], upto: Sequence[float], difference: float) -> float:
    """Give the probability that a public share less a private one is at most ``difference``."""
    found, place = 0.0, 0
    for weight, share in zip(public, _SHARES, strict=True):
        while place < _GRID and _SHARES[place] < share - difference:
            place += 1
        found += weight * (1 - upto[place])
    return found
