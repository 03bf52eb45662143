"""Turn the labels that a person gives to a claim's fields into decisions, at the desk or from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from backchannel.corrections import check
from backchannel.errors import InputError, VocabularyError
from backchannel.records import Claim
from backchannel.review.decisions import Decision, accepted
from backchannel.review.fields import CLAIM, FIELDS, parsed, value
from backchannel.review.precision import Label

VALIDATED: Final = "validated"
"""The reason of judgements that are labels."""
_KNOWN: Final[tuple[Label, ...]] = get_args(Label)


def fields_of(claim: Claim) -> list[str]:
    """Give the fields of a claim that have a value, and so can be right or wrong."""
    return [name for name in FIELDS if value(claim, name) not in (None, [])]


def decision(claim: Claim, field: str, label: Label, right: Any = None) -> Decision:
    """Give the decision behind a label: right keeps the value, wrong gives another or rejects it, else it is unsure.

    Args:
        claim: as read.
        field: one that has a value, or ``claim`` for the whole.
        label: what the person says of it.
        right: the right value as a judgement keeps it, where it is known and the label is wrong.
    """
    if field == CLAIM:
        if label == "right":
            return accepted(claim, VALIDATED)
        return Decision(kind="reject" if label == "wrong" else "unsure", target=claim.id, reason=VALIDATED)
    if label == "right" or right is not None:
        told = value(claim, field) if label == "right" else right
        return Decision(kind="correct", target=claim.id, field=field, value=told, reason=VALIDATED)
    kind: Any = "reject" if label == "wrong" else "unsure"
    return Decision(kind=kind, target=claim.id, field=field, reason=VALIDATED)


def read(path: Path, claims: Mapping[str, Claim]) -> list[Decision]:
    """Give the decisions of a file of labels, ``{claim, field, label, value?}`` a line.

    Args:
        path: of JSON lines.
        claims: those of the sample, by id.

    Raises:
        InputError: the file cannot be read.
        VocabularyError: with every line that labels no field of the sample, or gives a value that it cannot have.
    """
    found: list[Decision] = []
    faults: list[str] = []
    for number, row in _rows(path, faults):
        try:
            found.append(_decision(row, claims))
        except InputError as fault:
            faults.append(f"line {number}: {fault}")
    if faults:
        raise VocabularyError(str(path), faults)
    return found


def _decision(row: Mapping[str, Any], claims: Mapping[str, Claim]) -> Decision:
    claim, field, label, given = (row.get(key) for key in ("claim", "field", "label", "value"))
    known = claims.get(str(claim))
    if known is None:
        raise InputError(f"claim {claim!r} is not in this sample; --sample FILE writes those that are")
    if field not in (CLAIM, *fields_of(known)):
        raise InputError(f"{claim} has no {field!r} to label; it has {', '.join((CLAIM, *fields_of(known)))}")
    said = next((one for one in _KNOWN if one == label), None)
    if said is None:
        raise InputError(f"label {label!r} is none of {', '.join(_KNOWN)}")
    right = None
    if said == "wrong" and given is not None and field != CLAIM:
        right = parsed(field, given) if isinstance(given, str) else check(field, given)
    return decision(known, field, said, right)


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the lines that are objects, with their numbers from 1; the others go to the faults."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: cannot be read ({fault}); give labels as JSON lines") from None
    for number, row in _filled(text.splitlines()):
        try:
            told = json.loads(row)
        except json.JSONDecodeError as fault:
            faults.append(f"line {number}: no JSON ({fault})")
            continue
        if isinstance(told, dict):
            yield number, told
        else:
            faults.append(f"line {number}: no object with claim, field and label")


def _filled(rows: Iterable[str]) -> Iterator[tuple[int, str]]:
    yield from ((number, row) for number, row in enumerate(rows, 1) if row.strip())
