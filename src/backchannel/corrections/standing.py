"""Name judgements, tell which are in force, and to which claim each belongs after another reading."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC

import msgspec

from backchannel.records import Claim, Judgement, Span


def quotation_key(sentence: str) -> str:
    """Give what a judgement keeps of the sentence it was made about: 16 hexadecimal digits of its SHA-256.

    >>> quotation_key("Envoys met in Port Elm.")
    'f2c3e881afb11d73'
    """
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def mint(judgement: Judgement) -> Judgement:
    """Give a judgement with the id that its content and time make."""
    content = msgspec.json.encode(replace(judgement, id=""), order="deterministic")
    return replace(judgement, id="j_" + hashlib.sha256(content).hexdigest()[:16])


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Give the judgements that no other supersedes, newest first.

    An ``unsure`` that supersedes a judgement undoes it, and with it whatever that judgement had superseded: what was
    decided before then holds again. Any other kind takes the place of what it supersedes.
    """
    every = list(judgements)
    undone_ones = undone(every)
    gone = {one.supersedes for one in every if one.id not in undone_ones}
    return sorted((one for one in every if one.id not in gone), key=_age, reverse=True)


def unlinked(judgements: Iterable[Judgement], made: Iterable[Judgement]) -> list[Judgement]:
    """Give judgements without links and without what takes links back: those that merging heeds.

    Args:
        judgements: to choose among.
        made: all that were ever made.
    """
    every = list(made)
    links = {one.id for one in every if one.kind == "link"}
    takes_back = {one.id: one.supersedes for one in every if one.kind == "unsure" and one.supersedes is not None}
    more = set(links)
    while more:
        more = {one for one, taken in takes_back.items() if taken in more} - links
        links |= more
    return [one for one in judgements if one.id not in links]


def decides_field(judgement: Judgement) -> bool:
    """Tell whether a judgement is about one value of a claim, not about the claim or a pair."""
    return judgement.field is not None and judgement.kind in ("correct", "reject")


def attach(target: str, quotation: str | None, editions: Sequence[Claim], current: Iterable[Claim]) -> str | None:
    """Give the id of the current claim that a judgement is about; ``None`` when it has lost its claim.

    That is the claim itself while its sentence is the one that was judged, else the only other claim of the document
    that stands in the same sentence and whose trigger overlaps.

    Args:
        target: the claim that the judgement names.
        quotation: what the judgement keeps of its sentence; ``None`` takes any.
        editions: all editions of that claim, oldest first.
        current: the current claims of its document.
    """
    claims = list(current)
    if any(one.id == target and _says(one, quotation) for one in claims):
        return target
    judged = [one for one in editions if _says(one, quotation)][-1:]
    if not judged or judged[0].sentence is None:
        return None
    key = quotation_key(judged[0].sentence.text)
    found = [
        one.id
        for one in claims
        if one.id != target and one.kind == judged[0].kind and _says(one, key) and _overlap(one, judged[0].trigger)
    ]
    return found[0] if len(found) == 1 else None


def undone(judgements: Iterable[Judgement]) -> set[str]:
    """Give the ids that an ``unsure`` undoes which is not undone itself; those in a circle undo nothing."""
    every = list(judgements)
    undoers = {one.id: one.supersedes for one in every if one.kind == "unsure" and one.supersedes is not None}
    open_ones = Counter(undoers.values())
    settled = [one.id for one in every if one.id not in open_ones]
    taken: set[str] = set()
    while settled:
        name = settled.pop()
        below = undoers.get(name)
        if below is None:
            continue
        if name not in taken:
            taken.add(below)
        open_ones[below] -= 1
        if open_ones[below] == 0:
            settled.append(below)
    return taken


def _says(claim: Claim, quotation: str | None) -> bool:
    if quotation is None:
        return True
    return claim.sentence is not None and quotation_key(claim.sentence.text) == quotation


def _overlap(claim: Claim, trigger: Span | None) -> bool:
    if claim.trigger is None or trigger is None:
        return False
    return claim.trigger.start < trigger.end and trigger.start < claim.trigger.end


def _age(judgement: Judgement) -> tuple[str, str]:
    at = judgement.at
    if at is None:
        return ("", judgement.id)
    return ((at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat(), judgement.id)
