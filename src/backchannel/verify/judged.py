"""Check that a corrected value rests on a judgement in force that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backchannel.corrections import PREFIX, corrected, decides_field
from backchannel.corrections.values import named
from backchannel.errors import JudgementError
from backchannel.records import Claim, Judgement
from backchannel.verify.page import Fault, Page

_RULE = "judgement"


def faults(page: Page, claim: Claim, judgements: Mapping[str, Judgement]) -> Iterator[Fault]:
    """Yield each value of a claim that names a judgement which is not there, is on something else, or says otherwise."""
    for field, items in claim.evidence.items():
        for item in items:
            if item.by.startswith(PREFIX):
                judgement = judgements.get(item.by.removeprefix(PREFIX))
                wrong = _wrong(claim, field, judgement)
                if wrong is not None:
                    yield page.fault(claim, field, _RULE, f"rests on {item.by}, which {wrong}")


def _wrong(claim: Claim, field: str, judgement: Judgement | None) -> str | None:
    """What speaks against a judgement as the ground of a field; ``None`` when it holds."""
    if judgement is None:
        return "is not there or no longer in force"
    if judgement.target != claim.id or not decides_field(judgement):
        return f"is on {judgement.field or 'no field'} of {judgement.target}"
    try:
        about = named(judgement.field or "", claim.kind)
    except JudgementError:
        return f"is on {judgement.field}, which is no field"
    if about != ("parties" if field == "roles" else field):
        return f"is on {about}"
    again = corrected(claim, [judgement])
    return None if again == claim else "says otherwise"


def is_judged(claim: Claim, field: str) -> bool:
    """Tell whether a field rests on a judgement."""
    return any(item.by.startswith(PREFIX) for item in claim.evidence.get(field, ()))
