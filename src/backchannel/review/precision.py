"""Tell from labels how often the reader is right, field by field, for the whole store and with an interval."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from backchannel.records import Claim, Judgement
from backchannel.review.decisions import STANDS, decided
from backchannel.review.fields import CLAIM, FIELDS, label, value
from backchannel.review.sample import Sample

Label = Literal["right", "wrong", "cannot_tell"]
Z: Final = 1.959964
"""Standard deviations of a two-sided interval of 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How often a field is right: the share, weighted back to the store, with its interval of 95 %.

    ``n`` labels count, of which ``right`` are right; ``effective`` is what they are worth after weighting; ``unsure``
    could not be told. ``covered`` is the share of the store that lies in strata with a label.
    """

    field: str
    n: int
    right: int
    unsure: int
    effective: float
    share: float | None
    low: float | None
    high: float | None
    covered: float


def labelled(
    claims: Iterable[Claim], judgements: Iterable[Judgement], *, by: str | None = None
) -> dict[str, dict[str, Label]]:
    """Give the labels of claims by id and field (``claim`` for the whole); a claim without one is left out.

    A correction to the value that the field has says "right", so labels count for a better reader too.

    Args:
        claims: as read, uncorrected.
        judgements: of any claims; of two about one field the newer holds.
        by: who labelled; anybody without.
    """
    standing = [one for one in decided(judgements) if one.other is None and by in (None, one.by)]
    known = {claim.id: claim for claim in claims}
    found: dict[str, dict[str, Label]] = {}
    for one in standing:
        field = CLAIM if one.field in (None, STANDS) else str(one.field)
        if one.target in known and field in (CLAIM, *FIELDS):
            found.setdefault(one.target, {}).setdefault(field, _label(known[one.target], one, field))
    return found


def _label(claim: Claim, judgement: Judgement, field: str) -> Label:
    if judgement.kind == "unsure":
        return "cannot_tell"
    if judgement.kind == "reject":
        return "wrong"
    has = claim.kind if field == CLAIM else label(field, value(claim, field))
    told = judgement.value if field == CLAIM else label(field, judgement.value)
    return "right" if has == told else "wrong"


def precision(sample: Sample, labels: Mapping[str, Mapping[str, Label]]) -> list[Precision]:
    """Give the precision of every field that has a label, the claim as such first.

    Each claim stands for as many of its stratum as were not drawn: with ``N`` claims in a stratum and ``n`` labels, its
    weight is ``N / n``. The interval is Wilson's at the weighted share, with Kish's effective number of labels in place
    of ``n``. A stratum without a label is left out and told by ``covered``.

    Args:
        sample: what was drawn.
        labels: by claim and field, as ``labelled`` gives them.

    Source:
        Wilson 1927, JASA 22; Kish 1965, Survey Sampling (effective sample size).
    """
    return [_field(field, sample, labels) for field in (CLAIM, *FIELDS) if any(field in one for one in labels.values())]


def _field(field: str, sample: Sample, labels: Mapping[str, Mapping[str, Label]]) -> Precision:
    told: defaultdict[str, list[bool]] = defaultdict(list)
    unsure = 0
    for claim, stratum in sample.strata.items():
        given = labels.get(claim, {}).get(field)
        if given == "cannot_tell":
            unsure += 1
        elif given is not None:
            told[stratum].append(given == "right")
    n, right = sum(map(len, told.values())), sum(map(sum, told.values()))
    covered = sum(sample.sizes[name] for name in told) / sum(sample.sizes.values())
    if not n:
        return Precision(
            field=field, n=0, right=0, unsure=unsure, effective=0.0, share=None, low=None, high=None, covered=covered
        )
    weights = {name: sample.sizes[name] / len(group) for name, group in told.items()}
    total = sum(weights[name] * len(group) for name, group in told.items())
    share = sum(weights[name] * sum(group) for name, group in told.items()) / total
    effective = total**2 / sum(weights[name] ** 2 * len(group) for name, group in told.items())
    low, high = wilson(share, effective)
    return Precision(
        field=field,
        n=n,
        right=right,
        unsure=unsure,
        effective=round(effective, 1),
        share=round(share, 4),
        low=round(low, 4),
        high=round(high, 4),
        covered=round(covered, 4),
    )


def wilson(share: float, n: float, z: float = Z) -> tuple[float, float]:
    """Give Wilson's score interval of a share of ``n`` cases, inside [0, 1].

    >>> [round(end, 4) for end in wilson(0.5, 10)], [round(end, 4) for end in wilson(1.0, 10)]
    ([0.2366, 0.7634], [0.7225, 1.0])
    """
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
