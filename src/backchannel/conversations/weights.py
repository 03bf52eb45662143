"""Load the weights of merging from ``data/merge.yml``: what each sign adds to the score of a pair of claims."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel.errors import VocabularyError
from backchannel.vocabulary import load

FEATURES = frozenset(
    (
        "channel.conflict",
        "channel.same",
        "document.same",
        "family.same",
        "form.compatible",
        "form.conflict",
        "form.same",
        "issues.differ",
        "issues.overlap",
        "leads.apart",
        "parties.conflict",
        "parties.equal",
        "parties.mediator",
        "parties.most",
        "parties.overlap",
        "parties.part",
        "parties.single",
        "parties.subset",
        "persons.differ",
        "persons.same",
        "privacy.conflict",
        "privacy.same",
        "sentence.apart",
        "status.again",
        "status.not_met",
        "status.running",
        "status.vague",
        "text.goes_on",
        "time.announced",
        "time.announced_after",
        "time.announced_early",
        "time.announced_eve",
        "time.next_day",
        "time.other_day",
        "time.plan_after_report",
        "time.plan_then_report",
        "time.plan_week_before",
        "time.published_days_apart",
        "time.published_far_apart",
        "time.published_next_day",
        "time.published_same_day",
        "time.published_week_apart",
        "time.reported_before",
        "time.reported_days_later",
        "time.reported_eve",
        "time.reported_later",
        "time.reported_next_day",
        "time.reported_that_day",
        "time.reported_that_week",
        "time.running",
        "time.same_day",
        "time.same_days",
        "time.same_month",
        "time.same_year",
        "time.undated",
        "where.country",
        "where.differ",
        "where.same",
    )
)
SETTINGS = ("start", "threshold", "band", "near_days", "far_days", "many_parties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points of the features in hundredths of log-odds, whole so that sums are exact; ``means`` explains each."""

    points: Mapping[str, int]
    means: Mapping[str, str]
    start: int
    threshold: int
    band: int
    near_days: int
    far_days: int
    many_parties: int


@cache
def weights() -> Weights:
    """Give the weights that ship with the package.

    Raises:
        VocabularyError: the file lacks a feature or setting, or has an unknown one.
    """
    return parse(load("merge.yml"), "merge.yml")


def parse(content: Mapping[str, Any], file: str) -> Weights:
    """Give the weights that a file's content holds; ``file`` is named in errors.

    Raises:
        VocabularyError: with every fault, each at its path.
    """
    features: dict[str, dict[str, Any]] = content.get("features", {})
    settings: dict[str, float] = content.get("settings", {})
    faults = [f"features.{name}: missing" for name in sorted(FEATURES - features.keys())]
    faults += [f"features.{name}: unknown" for name in sorted(features.keys() - FEATURES)]
    faults += [f"settings.{name}: missing" for name in SETTINGS if name not in settings]
    faults += [f"settings.{name}: unknown" for name in sorted(settings.keys() - set(SETTINGS))]
    faults += [
        f"features.{name}: needs weight and means"
        for name in sorted(features)
        if set(features[name]) != {"weight", "means"}
    ]
    if faults:
        raise VocabularyError(file, faults)
    return Weights(
        points={name: round(entry["weight"] * 100) for name, entry in features.items()},
        means={name: entry["means"] for name, entry in features.items()},
        start=round(settings["start"] * 100),
        threshold=round(settings["threshold"] * 100),
        band=round(settings["band"] * 100),
        near_days=int(settings["near_days"]),
        far_days=int(settings["far_days"]),
        many_parties=int(settings["many_parties"]),
    )


def probability(points: float) -> float:
    """Give hundredths of log-odds as a probability in [0, 1], to two decimals.

    >>> probability(0), probability(300)
    (0.5, 0.95)
    """
    return round(1.0 / (1.0 + math.exp(-points / 100)), 2)
