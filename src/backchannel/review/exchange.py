"""Give judgements to others and take theirs: one line each, with what finds the claim in another store of the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from backchannel.corrections import check, quotation_key
from backchannel.errors import InputError, JudgementError, VocabularyError
from backchannel.records import Claim, Judgement, Span
from backchannel.review.decisions import STANDS, is_undo
from backchannel.store import Store

_PAIRS: Final = ("same", "different", "link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a claim stands, so that it is found where it has another id: document, kind, trigger, sentence's key."""

    document: str
    kind: str
    trigger: Span | None = None
    quotation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A judgement as it travels, with the anchors of the claims that it names."""

    judgement: Judgement
    anchors: dict[str, Anchor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import did: judgements that came ``new``, that were ``known``, whose claims have another id here
    (``moved``), whose claims are not here (``absent``; they are kept and wait)."""

    new: int
    known: int
    moved: int
    absent: int


def anchor(claim: Claim) -> Anchor:
    """Give the anchor of a claim."""
    quotation = quotation_key(claim.sentence.text) if claim.sentence is not None else None
    return Anchor(document=claim.document, kind=claim.kind, trigger=claim.trigger, quotation=quotation)


def export(store: Store) -> Iterator[Line]:
    """Yield all judgements of a store, the superseded ones too, oldest first."""
    every = list(store.judgements(superseded=True))
    named = {name for one in every for name in (one.target, one.other) if name is not None}
    claims = {claim.id: claim for claim in store.claims(ids=named)}
    for one in every:
        names = [name for name in (one.target, one.other) if name is not None and name in claims]
        yield Line(judgement=one, anchors={name: anchor(claims[name]) for name in names})


def read(path: Path) -> list[tuple[int, Line]]:
    """Give the lines of a file with their numbers, from 1; empty ones are passed over.

    Raises:
        InputError: the file cannot be read.
        VocabularyError: with every line that is no judgement, or breaks a rule of the codebook.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{path}: cannot be read ({fault}); give a file that review export wrote") from None
    found: list[tuple[int, Line]] = []
    faults: list[str] = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        try:
            line = msgspec.json.decode(row, type=Line)
        except msgspec.DecodeError as fault:
            faults.append(f"line {number}: {fault}")
            continue
        faults += [f"line {number}: {told}" for told in _faults(line.judgement)]
        found.append((number, line))
    if faults:
        raise VocabularyError(str(path), faults)
    return found


def take(path: Path, store: Store) -> Taken:
    """Append the judgements of a file to a store, none of them twice; a faulty file changes nothing.

    A claim that has another id here is found by its document, kind and trigger where its sentence is the same.

    Raises:
        InputError: the file cannot be read.
        VocabularyError: with every fault: also an id that stands for another judgement here, or a judgement that
            supersedes one which is nowhere.
    """
    lines = read(path)
    here = {one.id: one for one in store.judgements(superseded=True)}
    moves = _moves([line for _, line in lines], store)
    placed = [(number, _placed(line.judgement, moves), line.judgement) for number, line in lines]
    faults = _clashes([(number, one, before) for number, one, before in placed], here)
    if faults:
        raise VocabularyError(str(path), faults)
    fresh = {one.id: one for _, one, _ in placed if one.id not in here}
    for one in fresh.values():
        store.put_judgement(one)
    named = {name for one in fresh.values() for name in _names(one)}
    there = {one.id for found in (store.claims(ids=named), store.documents(named)) for one in found}
    return Taken(
        new=len(fresh),
        known=len({one.id for _, one, _ in placed}) - len(fresh),
        moved=len([one for _, one, before in placed if one != before and one.id in fresh]),
        absent=len([one for one in fresh.values() if not there.issuperset(_names(one))]),
    )


def stale(store: Store) -> dict[str, str]:
    """Give, by the id of a judgement in force, why it does not reach its claim: it is gone, or reads otherwise."""
    lost = [one for one in store.decisions().stale if not is_undo(one)]
    there = {claim.id for claim in store.claims(ids={name for one in lost for name in _names(one)})}
    found: dict[str, str] = {}
    for one in lost:
        gone = [name for name in _names(one) if name not in there]
        told = f"{' and '.join(gone)} not in the store any more" if gone else f"{one.target} reads otherwise now"
        found[one.id] = told
    return found


def _names(one: Judgement) -> list[str]:
    return [name for name in (one.target, one.other) if name is not None]


def _faults(one: Judgement) -> Iterator[str]:
    """What makes a judgement one that nobody can have made."""
    if not one.id or not one.target:
        yield "id and target are needed"
    if one.kind in _PAIRS and one.other is None:
        yield f"{one.kind} needs two claims; other is missing"
    if one.other is not None and one.other == one.target:
        yield f"{one.target} is named twice; a pair needs two claims"
    if one.supersedes == one.id and one.id:
        yield "supersedes itself"
    if one.kind == "correct" and one.field is None:
        yield "correct needs a field"
    if one.kind == "correct" and one.field is not None and one.field != STANDS:
        try:
            check(one.field, one.value)
        except JudgementError as fault:
            yield str(fault)


def _clashes(placed: Sequence[tuple[int, Judgement, Judgement]], here: Mapping[str, Judgement]) -> list[str]:
    """The judgements that cannot be appended beside those that are here and those of the same file."""
    faults: list[str] = []
    seen: dict[str, Judgement] = {}
    known = {*here, *(one.id for _, one, _ in placed)}
    for number, one, before in placed:
        other = seen.setdefault(one.id, before)
        if other != before:
            faults.append(f"line {number}: {one.id} stands twice in the file and says two things")
        mine = here.get(one.id)
        if mine is not None and not _is_same(mine, one, before):
            faults.append(f"line {number}: {one.id} is here already and says otherwise; judgements are never changed")
        if one.supersedes is not None and one.supersedes not in known:
            faults.append(f"line {number}: supersedes {one.supersedes}, which is neither here nor in the file")
    return faults


def _is_same(mine: Judgement, placed: Judgement, before: Judgement) -> bool:
    """Whether what is here is what came, also when its claims had been found under other ids at that time."""
    return mine in (placed, before) or replace(mine, target=before.target, other=before.other) == before


def _placed(one: Judgement, moves: Mapping[str, str]) -> Judgement:
    other = moves.get(one.other, one.other) if one.other is not None else None
    return replace(one, target=moves.get(one.target, one.target), other=other)


def _moves(lines: Sequence[Line], store: Store) -> dict[str, str]:
    """The id here of each claim that is not here under its own, by its anchor; none where it is not plain."""
    named = {name for line in lines for name in _names(line.judgement)}
    there = {claim.id for claim in store.claims(ids=named)}
    sought = {name: one for line in lines for name, one in line.anchors.items() if name in named and name not in there}
    found: dict[str, str] = {}
    for document in sorted({one.document for one in sought.values()}):
        claims = list(store.claims(document=document))
        for name, one in sought.items():
            near = [claim.id for claim in claims if one.document == document and _stands_at(claim, one)]
            if len(near) == 1:
                found[name] = near[0]
    twice = {one for one, number in Counter(found.values()).items() if number > 1}
    return {name: one for name, one in found.items() if one not in twice}


def _stands_at(claim: Claim, one: Anchor) -> bool:
    if claim.kind != one.kind or claim.trigger is None or one.trigger is None:
        return False
    overlaps = claim.trigger.start < one.trigger.end and one.trigger.start < claim.trigger.end
    return overlaps and anchor(claim).quotation == one.quotation


def to_json(line: Line) -> dict[str, Any]:
    """Give a line as plain JSON."""
    told: dict[str, Any] = msgspec.to_builtins(line)
    return told
