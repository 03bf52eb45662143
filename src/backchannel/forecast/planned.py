"""Tell how likely a planned meeting is to be held by its date, learnt from the plans of a store, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from backchannel.forecast.extra import library
from backchannel.forecast.planned_record import Plan, is_anonymous, is_postponing
from backchannel.records import Reason

ENOUGH = 60
"""Resolved plans before the day asked about."""
ENOUGH_OFF = 10
"""Resolved plans that were not held; and that were."""
LATEST = 1_000
"""Plans learnt from at most: those resolved last."""
PRIOR = 4.0
"""Average plans that the record of a pair or of a form is shrunk with."""
STRENGTH = 0.3
"""Inverse strength of shrinking of the weights."""
MOST = 4
LEAST = 0.05
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How likely a plan is held by its date ``due``, as known at the beginning of ``origin``.

    ``baseline`` is the share of plans of its form that were held, shrunk to that of all; ``plans`` were learnt from.
    """

    plan: str
    origin: date
    due: date
    probability: float
    baseline: float
    plans: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """No forecast of a plan, and why; ``baseline`` is ``None`` where no plan was resolved before."""

    plan: str
    origin: date
    baseline: float | None
    plans: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """One column of a plan: its value, and how it is told."""

    name: str
    value: float
    text: str


def will_be_held(plan: Plan, others: Sequence[Plan], at: date) -> Held | NotTold:
    """Give the chance that a plan is held by its date, from what was told before the day ``at``.

    Args:
        plan: one that was announced before ``at``.
        others: the plans of the store; those resolved before ``at`` as held or called off are learnt from, void ones
            are not.

    Raises:
        ModelError: scikit-learn is not installed.
    """
    resolved = _resolved(others, at)
    baseline = _base(resolved, _form(plan, at))
    refused = _refused(plan, resolved, at)
    if refused:
        told = None if baseline is None else round(baseline, 4)
        return NotTold(plan=plan.id, origin=at, baseline=told, plans=len(resolved), reason=refused)
    rows, outcome = _practice(resolved)
    facts = _facts(plan, resolved, at)
    probability, parts = _fit(rows, outcome, np.array([fact.value for fact in facts]))
    return Held(
        plan=plan.id,
        origin=at,
        due=plan.due_as_known(at),
        probability=round(probability, 4),
        baseline=round(baseline or 0.0, 4),
        plans=len(resolved),
        reasons=_reasons(facts, parts),
    )


def _resolved(plans: Sequence[Plan], at: date) -> list[Plan]:
    """Give the plans of which it was known before a day whether they were held, the last resolved last."""
    known = [
        (plan.resolved_on, plan.id, plan)
        for plan in plans
        if plan.outcome in ("held", "called off") and plan.resolved_on is not None and plan.resolved_on < at
    ]
    return [plan for _, _, plan in sorted(known, key=lambda one: one[:2])][-LATEST:]


def _refused(plan: Plan, resolved: list[Plan], at: date) -> str:
    if plan.resolved_on is not None and plan.resolved_on < at:
        return f"it is known since {plan.resolved_on} what became of it: {plan.outcome}"
    if plan.announced >= at:
        return f"it was announced on {plan.announced} only"
    if len(resolved) < ENOUGH:
        return f"only {len(resolved)} plans were resolved before {at}; {ENOUGH} are needed"
    held = sum(plan.outcome == "held" for plan in resolved)
    if min(held, len(resolved) - held) < ENOUGH_OFF:
        return f"{held} of {len(resolved)} plans were held; {ENOUGH_OFF} of either outcome are needed"
    return ""


def _practice(resolved: list[Plan]) -> tuple[Rows, NDArray[np.bool_]]:
    """Give a row for each plan on the day after it was announced, with what of the others was known by then."""
    origins = [plan.announced + timedelta(days=1) for plan in resolved]
    each = zip(resolved, origins, strict=True)
    rows = [[fact.value for fact in _facts(plan, _resolved(resolved, origin), origin)] for plan, origin in each]
    return np.array(rows), np.array([plan.outcome == "held" for plan in resolved])


def _facts(plan: Plan, before: list[Plan], origin: date) -> list[_Fact]:
    """Give the columns of a plan from what was told before ``origin``; ``before`` are the plans resolved by then."""
    words = plan.known(origin)
    ahead = max(0, (plan.due_as_known(origin) - origin).days)
    tellers = len({word.origin for word in words})
    anonymous = sum(is_anonymous(word) for word in words)
    officials = len({word.origin for word in words if word.kind == "official"})
    put_off = sum(is_postponing(word) for word in words)
    form, parties = _form(plan, origin), plan.parties_as_known(origin)
    rest = [one for one in before if one.id != plan.id]
    share, number = _record(parties, rest)
    on_record = "nobody who can be named has told of it" if anonymous == len(words) else "it was told on record"
    return [
        _Fact(name="ahead", value=float(np.log1p(ahead)), text=f"{ahead} days ahead"),
        _Fact(name="tellers", value=float(np.log1p(tellers)), text=f"{tellers} independent tellers"),
        _Fact(name="anonymous", value=anonymous / max(1, len(words)), text=on_record),
        _Fact(name="officials", value=float(min(2, officials)), text=f"{officials} of the parties announced it"),
        _Fact(name="put_off", value=float(put_off), text=f"put off {put_off} times before"),
        _Fact(name="many", value=float(len(parties) > 2), text=f"{len(parties)} parties"),
        *(
            _Fact(
                name=f"form.{name}", value=float(form == name), text=f"it is {'' if form == name else 'not '}a {name}"
            )
            for name in ("visit", "call", "summit", "negotiation")
        ),
        _Fact(
            name="record",
            value=_log_odds(share),
            text=f"the pair has {number} earlier plans, {share:.0%} held (shrunk)",
        ),
    ]


def _form(plan: Plan, origin: date) -> str | None:
    """Give the form as last told before a day."""
    forms = [word.claim.form for word in plan.known(origin) if word.claim.form is not None]
    return forms[-1] if forms else None


def _record(parties: tuple[str, ...], before: list[Plan]) -> tuple[float, int]:
    """Give the share of earlier plans of any two of the parties that were held, shrunk to that of all, and their number."""
    pairs = set(combinations(parties, 2))
    theirs = [one for one in before if pairs & set(combinations(one.parties, 2))]
    return _shrunk(theirs, _share(before)), len(theirs)


def _base(resolved: list[Plan], form: str | None) -> float | None:
    if not resolved:
        return None
    alike = [one for one in resolved if form is not None and _form(one, one.announced + timedelta(days=1)) == form]
    return _shrunk(alike, _share(resolved))


def _share(plans: list[Plan]) -> float:
    """Give the share that was held, one of each outcome added."""
    return (sum(plan.outcome == "held" for plan in plans) + 1) / (len(plans) + 2)


def _shrunk(plans: list[Plan], to: float) -> float:
    return (sum(plan.outcome == "held" for plan in plans) + PRIOR * to) / (len(plans) + PRIOR)


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _fit(rows: Rows, outcome: NDArray[np.bool_], asked: Rows) -> tuple[float, Rows]:
    """Give the probability of the plan asked about, and what each column adds in log-odds against the average plan."""
    linear = library("sklearn.linear_model")
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale = np.where(scale > 1e-9, scale, 1.0)
    model = linear.LogisticRegression(C=STRENGTH, max_iter=500).fit((rows - mean) / scale, outcome)
    parts: Rows = (asked - mean) / scale * model.coef_[0]
    return float(1 / (1 + np.exp(-(parts.sum() + model.intercept_[0])))), parts


def _reasons(facts: list[_Fact], parts: Rows) -> tuple[Reason, ...]:
    told = sorted(zip(facts, parts, strict=True), key=lambda one: (-abs(one[1]), one[0].name))
    kept = [(fact, float(part)) for fact, part in told if abs(part) >= LEAST][:MOST]
    return tuple(Reason(feature=fact.name, weight=round(part, 2), detail=fact.text) for fact, part in kept)
