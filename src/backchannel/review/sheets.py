"""Draw sheets on which two people code the same items without seeing the reading, and read them back."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from backchannel.errors import InputError, JudgementError, QueryError, VocabularyError
from backchannel.records import Claim, Document, Judgement
from backchannel.review.context import surroundings
from backchannel.review.decisions import STANDS, decided
from backchannel.review.fields import CLAIM, FIELDS, NOT_TOLD, PAIR, label, parsed
from backchannel.review.queue import Item

Codes = dict[tuple[str, str], str]
"""A coder's labels by item and field; an item is a claim's id, or two of them with ``+`` between."""
ASKED: Final = (CLAIM, *FIELDS)
_ANSWERS: Final = {CLAIM: ("yes", "no", "unsure"), PAIR: ("same", "different", "unsure")}


def name_of(claims: Iterable[str]) -> str:
    """Give the name of an item: the ids of its claims in order.

    >>> name_of(["c_2", "c_1"])
    'c_1+c_2'
    """
    return "+".join(sorted(claims))


def pick(items: Sequence[Item], n: int, *, seed: int) -> list[Item]:
    """Give ``n`` items at random, all of them where there are fewer; the same items and seed give the same.

    Raises:
        QueryError: there is none to draw from.
    """
    if not items:
        raise QueryError("there is nothing to draw from; read and merge documents first: backchannel merge")
    ordered = sorted(items, key=_name)
    return random.Random(seed).sample(ordered, min(n, len(ordered)))


def sheet(
    items: Iterable[Sequence[str]], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> Iterator[dict[str, Any]]:
    """Yield a line for each item: its texts and empty ``codes``, nothing of what was read in them.

    Args:
        items: the ids of one claim or of two.
        claims: at least those, by id.
        documents: those of the claims, by id.
    """
    for names in items:
        fields = ASKED if len(names) == 1 else (PAIR,)
        yield {
            "item": name_of(names),
            "claims": list(names),
            "texts": [_text(claims[name], documents.get(claims[name].document)) for name in names],
            "codes": dict.fromkeys(fields),
        }


def _text(claim: Claim, document: Document | None) -> dict[str, Any]:
    before, after = surroundings(claim, document)
    published = document.published if document is not None else None
    return {
        "document": claim.document,
        "title": document.title if document is not None else None,
        "source": document.source if document is not None else None,
        "date": published.isoformat() if published is not None else None,
        "url": document.url if document is not None else None,
        "before": before,
        "sentence": claim.sentence.text if claim.sentence is not None else None,
        "after": after,
        "trigger": claim.trigger.text if claim.trigger is not None else None,
    }


def lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Give the lines of a sheet with their numbers, from 1.

    Raises:
        InputError: the file cannot be read.
        VocabularyError: with every line that is none of a sheet.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: cannot be read ({fault}); give a file that review sheet wrote") from None
    found: list[tuple[int, dict[str, Any]]] = []
    faults: list[str] = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
        except json.JSONDecodeError as fault:
            faults.append(f"line {number}: no JSON ({fault})")
            continue
        if (
            not isinstance(line, dict)
            or not isinstance(line.get("item"), str)
            or not isinstance(line.get("claims"), list)
        ):
            faults.append(f"line {number}: item or claims is missing; lines are those that review sheet writes")
            continue
        found.append((number, line))
    if faults:
        raise VocabularyError(str(path), faults)
    return found


def coded(path: Path) -> Codes:
    """Give the codes of a sheet that was filled in; a field left ``null`` is not coded.

    Raises:
        InputError: the file cannot be read.
        VocabularyError: with every line that is none of a sheet, or holds a code that the field cannot have.
    """
    found: Codes = {}
    faults: list[str] = []
    for number, line in lines(path):
        codes = line.get("codes") or {}
        for field, told in codes.items() if isinstance(codes, dict) else ():
            if told is None:
                continue
            try:
                found[line["item"], field] = _code(field, told)
            except (JudgementError, QueryError) as fault:
                faults.append(f"line {number}: {fault}")
    if faults:
        raise VocabularyError(str(path), faults)
    return found


def _code(field: str, told: Any) -> str:
    """A code in the one shape that is compared."""
    if field in _ANSWERS:
        if told not in _ANSWERS[field]:
            raise QueryError(f"{field} {told!r} is none of {', '.join(_ANSWERS[field])}")
        return str(told)
    typed = ", ".join(str(one) for one in told) if isinstance(told, list) else str(told)
    if typed.strip() == NOT_TOLD:
        return NOT_TOLD
    return label(field, parsed(field, typed))


def said(judgements: Iterable[Judgement], by: str) -> Codes:
    """Give what a person's judgements in force say, as codes; of two about one thing the newer."""
    found: Codes = {}
    for one in decided(judgements):
        if one.by != by or one.kind == "link":
            continue
        key, told = _said(one)
        found.setdefault(key, told)
    return found


def _said(one: Judgement) -> tuple[tuple[str, str], str]:
    if one.other is not None:
        return (name_of((one.target, one.other)), PAIR), one.kind
    if one.field in (None, STANDS):
        return (one.target, CLAIM), {"correct": "yes", "reject": "no"}.get(one.kind, "unsure")
    field = str(one.field)
    if one.kind == "correct":
        return (one.target, field), label(field, one.value)
    return (one.target, field), "wrong" if one.kind == "reject" else "unsure"


def _name(item: Item) -> str:
    return name_of(item.claims)
