"""Say in words why a pair's chance is as it is: what the logistic regression weighed, theme by theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from backchannel.forecast.pairs_features import RATE_DAYS, Table
from backchannel.forecast.pairs_models import Line
from backchannel.forecast.pairs_panel import NEVER
from backchannel.records import Reason

Known = Mapping[str, float]
"""The columns of one pair by name."""
MOST = 4
LEAST = 0.05
"""Reasons told at most; and the log-odds below which none is told."""
_NOUNS = {"consult": "talk", "conflict": "act of conflict", "intent": "plan or request", "other": "other event"}
_PLURALS = {"consult": "talks", "conflict": "acts of conflict", "intent": "plans and requests", "other": "other events"}


def reasons(line: Line, told: Table, row: int, horizon: int) -> tuple[Reason, ...]:
    """Give what moved one row most, beginning with the strongest.

    ``weight`` is in log-odds against the average pair at risk, above 0 for likelier; ``detail`` is the fact in words.
    """
    values = told.values[row]
    known = dict(zip(told.names, (float(value) for value in values), strict=True))
    weights: dict[str, float] = {}
    for name, part in zip(told.names, line.parts(values[None, :])[0], strict=True):
        theme = _theme(name)
        weights[theme] = weights.get(theme, 0.0) + float(part)
    ordered = sorted(weights.items(), key=lambda one: (-abs(one[1]), one[0]))
    kept = [(theme, weight) for theme, weight in ordered if abs(weight) >= LEAST][:MOST]
    return tuple(
        Reason(feature=theme, weight=round(weight, 2), detail=_text(theme, known, horizon)) for theme, weight in kept
    )


def _theme(name: str) -> str:
    """Give what a column is about: ``talks.7`` and ``talks.since`` are one theme, ``rate.talks`` and ``rate.conflict`` two."""
    first, _, rest = name.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first in ("rate", "sides", "countries", "third") else first


def _text(theme: str, known: Known, horizon: int) -> str:
    first, _, which = theme.partition(".")
    if first == "rate":
        return _habit(which, known, horizon)
    if first in _NOUNS:
        return _record(first, known)
    if first == "countries":
        return _of_countries(which, known)
    told: dict[str, Callable[[str, Known], str]] = {"sides": _of_sides, "third": _in_common}
    return told[first](which, known) if first in told else _OTHERS[first](known)


def _record(family: str, known: Known) -> str:
    """``3 talks in 30 days, the last 4 days ago``."""
    month, season = (_count(known[f"{family}.{days}"]) for days in (30, 120))
    since = _count(known[f"{family}.since"])
    if season:
        many, days = (month, 30) if month else (season, 120)
        return f"{_many(many, family)} in the last {days} days, the last {_ago(since)}"
    if since >= NEVER:
        return f"no {_PLURALS[family]} in the last {NEVER} days"
    return f"no {_PLURALS[family]} in the last 120 days, the last {_ago(since)}"


def _habit(kind: str, known: Known, horizon: int) -> str:
    share = 1 / (1 + np.exp(-known[f"rate.{kind}"]))
    return f"{kind} in {share:.0%} of the pair's {horizon}-day runs over the last {RATE_DAYS} days"


def _of_sides(family: str, known: Known) -> str:
    less, more = (_count(known[f"sides.{family}.{side}.30"]) for side in ("less", "more"))
    return f"with others, the two sides had {less} and {_many(more, family)} in the last 30 days"


def _of_countries(family: str, known: Known) -> str:
    if family == "same":
        return "both are of one country" if known["countries.same"] else "they are of two countries"
    many = _count(known[f"countries.{family}.30"])
    return f"other pairs of their countries had {_many(many, family)} in the last 30 days"


def _in_common(family: str, known: Known) -> str:
    many = round(known[f"third.{family}.common"])
    parties = "1 third party" if many == 1 else f"{many} third parties"
    return f"{parties} had {_PLURALS[family]} with both in the last 90 days"


def _lately(known: Known) -> str:
    return f"the pair's last event of any sort was {_ago(_count(known['any.since']))}; {_count(known['any.90'])} in 90 days"


def _pace(known: Known) -> str:
    ratio = float(np.exp(known["trend.pair.7"]))
    told = "busier" if ratio > 1.25 else "quieter" if ratio < 0.8 else "about as busy"
    return f"the last 7 days were {told}{' as' if told.startswith('about') else ' than'} the 90 before"


def _both_ways(known: Known) -> str:
    return "both sides acted" if known["balance.90"] > 0.2 else "mostly one side acted"


_OTHERS: Mapping[str, Callable[[Known], str]] = {"any": _lately, "trend": _pace, "balance": _both_ways}


def _count(logged: float) -> int:
    return round(float(np.expm1(logged)))


def _many(number: int, family: str) -> str:
    return f"{number} {_NOUNS[family] if number == 1 else _PLURALS[family]}"


def _ago(days: int) -> str:
    return "1 day ago" if days == 1 else f"{days} days ago"
