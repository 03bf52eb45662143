"""Measure how far two coders agree: Krippendorff's alpha with an interval, and where they differ."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from backchannel.errors import ModelError
from backchannel.review.fields import PAIR
from backchannel.review.sheets import ASKED, Codes

LISTS: Final = ("parties", "issues")
"""Fields that hold several values at once; they agree in part, by the distance of MASI."""
Unit = Sequence[tuple[str, str]]
"""What coders say of one item: coder and code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far coders agree on a field over ``items`` that both coded: the share that is equal, and alpha.

    ``alpha`` is 1 for full agreement and 0 for that of chance; ``low`` and ``high`` are the ends of its bootstrap
    interval of 95 %. All three are ``None`` where they are not defined: all codes are one, or there is a single item.
    """

    field: str
    items: int
    equal: float
    alpha: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An item on which coders differ."""

    item: str
    field: str
    one: str
    other: str


def agreement(one: Codes, other: Codes, *, seed: int = 0, rounds: int = 1000) -> list[Agreement]:
    """Give the agreement of two coders on every field that both coded, the question as such first.

    Args:
        one: the codes of the first.
        other: those of the second.
        seed: of the bootstrap, which draws items with replacement.
        rounds: of the bootstrap.

    Raises:
        ModelError: nltk is not installed.

    Source:
        Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Passonneau 2006 (MASI), for lists.
    """
    alpha = _alpha()
    found = []
    for field in (*ASKED, PAIR):
        units = [
            (("one", one[key]), ("other", other[key])) for key in sorted(one.keys() & other.keys()) if key[1] == field
        ]
        if units:
            low, high = _bootstrap(units, field, alpha, random.Random(seed), rounds)
            found.append(
                Agreement(
                    field=field,
                    items=len(units),
                    equal=round(sum(a[1] == b[1] for a, b in units) / len(units), 4),
                    alpha=alpha(units, field),
                    low=low,
                    high=high,
                )
            )
    return found


def differences(one: Codes, other: Codes) -> list[Difference]:
    """Give where two coders differ, by item and field."""
    order = {field: place for place, field in enumerate((PAIR, *ASKED))}
    keys = sorted(one.keys() & other.keys(), key=lambda key: (key[0], order.get(key[1], len(order))))
    return [
        Difference(item=item, field=field, one=one[item, field], other=other[item, field])
        for item, field in keys
        if one[item, field] != other[item, field]
    ]


Alpha = Callable[[Sequence[Unit], str], float | None]


def _alpha() -> Alpha:
    """Krippendorff's alpha as nltk computes it; of lists with the distance of MASI."""
    try:
        task = import_module("nltk.metrics.agreement").AnnotationTask
        masi = import_module("nltk.metrics.distance").masi_distance
    except ImportError:
        raise ModelError(
            "agreement needs nltk (Apache-2.0), which is not installed; run: pip install 'backchannel[review]'"
        ) from None

    def alpha(units: Sequence[Unit], field: str) -> float | None:
        data = [(coder, str(number), _coded(code, field)) for number, unit in enumerate(units) for coder, code in unit]
        if len({code for _, _, code in data}) < 2 or len(units) < 2:
            return None
        found: float = task(data=data, distance=masi).alpha() if field in LISTS else task(data=data).alpha()
        return round(found, 4)

    return alpha


def _coded(code: str, field: str) -> Any:
    """A code as it is compared: of lists the set, in which "none" is a value of its own, for MASI has none for nothing."""
    return frozenset(code.split(", ")) if field in LISTS else code


def _bootstrap(
    units: Sequence[Unit], field: str, alpha: Alpha, chance: random.Random, rounds: int
) -> tuple[float | None, float | None]:
    """The middle 95 % of alpha over items drawn with replacement; rounds in which all codes are one count as none."""
    drawn = [alpha(chance.choices(units, k=len(units)), field) for _ in range(rounds)] if len(units) > 1 else []
    told = sorted(one for one in drawn if one is not None)
    if not told:
        return None, None
    return told[int(0.025 * (len(told) - 1))], told[round(0.975 * (len(told) - 1))]
