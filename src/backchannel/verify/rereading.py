"""Check that a document read again gives the same claims: every cue fires again, under the same rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from backchannel.importers.markup import BY as MARKUP
from backchannel.records import Claim, Document
from backchannel.store.pairing import carry_ids
from backchannel.verify.page import Fault

_RULE = "reread"
_SKIPPED = frozenset({"id", "evidence", "version"})


def faults(document: Document, claims: Sequence[Claim], again: Sequence[Claim]) -> Iterator[Fault]:
    """Yield each difference between the claims of a reading and those of another; the version may differ."""
    own = {"reader", MARKUP} | {claim.by for claim in again}
    kept = {claim.id: claim for claim in claims if claim.by in own}
    found = {claim.id: claim for claim in carry_ids(list(kept.values()), again)}
    for number in sorted(kept.keys() | found.keys()):
        if number not in found:
            yield _fault(document, number, "claim", "is not found again")
        elif number not in kept:
            yield _fault(document, number, "claim", "is found only when read again")
        else:
            yield from _differences(document, kept[number], found[number])


def _differences(document: Document, kept: Claim, found: Claim) -> Iterator[Fault]:
    for name in (field.name for field in fields(Claim) if field.name not in _SKIPPED):
        old, new = getattr(kept, name), getattr(found, name)
        if old != new:
            yield _fault(document, kept.id, name, f"is {old!r}, read again {new!r}")
    for name in sorted(kept.evidence.keys() | found.evidence.keys()):
        if kept.evidence.get(name) != found.evidence.get(name):
            yield _fault(document, kept.id, name, "rests on other words when read again")


def _fault(document: Document, claim: str, field: str, message: str) -> Fault:
    return Fault(document=document.id, claim=claim, field=field, rule=_RULE, message=message)
