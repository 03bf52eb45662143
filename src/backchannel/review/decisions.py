"""Write what a person decides as judgements: each at once, superseding what the same person said of it before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from backchannel.conversations import fitted
from backchannel.corrections import in_force, mint, named, quotation_key
from backchannel.errors import QueryError
from backchannel.records import Claim, Judgement
from backchannel.store import Store

Kind = Literal["same", "different", "unsure", "correct", "reject", "link"]
STANDS: Final = "kind"
"""The field whose correction to the value that it has says that the claim as such stands."""
UNDONE: Final = "undone"
Subject = tuple[frozenset[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is decided of a claim, of one ``field`` of it, or of it and an ``other`` claim."""

    kind: Kind
    target: str
    other: str | None = None
    field: str | None = None
    value: Any = None
    reason: str | None = None


def accepted(claim: Claim, reason: str | None = None) -> Decision:
    """Give the decision that a claim stands: its sentence does tell of such a contact."""
    return Decision(kind="correct", target=claim.id, field=STANDS, value=claim.kind, reason=reason)


def subject(judgement: Judgement | Decision) -> Subject:
    """Give what a judgement is about: one or two claims, and the field or that it links; ``None`` for the claim as such."""
    names = frozenset(name for name in (judgement.target, judgement.other) if name is not None)
    if judgement.kind == "link":
        return names, judgement.kind
    return names, None if judgement.field == STANDS else judgement.field


def is_undo(judgement: Judgement) -> bool:
    """Tell whether a judgement only takes back another: a doubt of its own supersedes nothing."""
    return judgement.kind == "unsure" and judgement.supersedes is not None


def decided(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Give the judgements that are in force and more than an undo, newest first."""
    return [one for one in in_force(judgements) if not is_undo(one)]


class Writer:
    """Writes one person's decisions into a store, and takes them back."""

    def __init__(self, store: Store, *, by: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self.by = by
        self._now = now
        self._known = {one.id: one for one in store.judgements(superseded=True)}

    def known(self) -> list[Judgement]:
        """Give all judgements of the store, superseded ones included."""
        return list(self._known.values())

    def write(self, decision: Decision) -> Judgement:
        """Append a decision and give the judgement; deciding the same again writes nothing.

        Raises:
            QueryError: a claim is not in the store, or it is paired with itself.
            JudgementError: the claim has no such field or cannot have such a value, or its document has not the words
                for a source.
            StoreError: the store cannot be written.
        """
        target = self._target(decision)
        if decision.field is not None and decision.field != STANDS:
            decision = self._fitting(decision, target)
        quotation = quotation_key(target.sentence.text) if target.sentence is not None else None
        before = self._before(subject(decision))
        if before is not None and not is_undo(before) and _says(before) == _says(decision):
            return before
        if decision.kind == "unsure":
            self._withdraw(subject(decision))
            before = None
        return self._append(decision, supersedes=before.id if before is not None else None, quotation=quotation)

    def undo(self, judgement: str, *, reason: str | None = None) -> Judgement:
        """Take a judgement back; what it had superseded holds again. Undoing an undo brings the judgement back.

        Raises:
            QueryError: there is none with this id, or a later one superseded it.
        """
        taken = self._known.get(judgement)
        if taken is None:
            raise QueryError(f"no judgement {judgement!r}; list them with: backchannel review list")
        if all(one.id != judgement for one in in_force(self._known.values())):
            later = [one.id for one in self._known.values() if one.supersedes == judgement]
            raise QueryError(f"judgement {judgement} is not in force any more; {', '.join(later)} supersedes it")
        back = Decision(
            kind="unsure", target=taken.target, other=taken.other, field=taken.field, reason=reason or UNDONE
        )
        return self._append(back, supersedes=judgement, quotation=taken.quotation)

    def _append(self, decision: Decision, *, supersedes: str | None, quotation: str | None) -> Judgement:
        told = Judgement(
            id="",
            kind=decision.kind,
            target=decision.target,
            other=decision.other,
            field=decision.field,
            value=decision.value,
            reason=decision.reason,
            by=self.by,
            at=self._now(),
            supersedes=supersedes,
            quotation=quotation,
        )
        made = mint(told)
        self._store.put_judgement(made)
        self._known[made.id] = made
        return made

    def _before(self, about: Subject) -> Judgement | None:
        """What this person last said about it and is in force; an undo only where nothing else is."""
        mine = [one for one in in_force(self._known.values()) if one.by == self.by and subject(one) == about]
        return next((one for one in mine if not is_undo(one)), mine[0] if mine else None)

    def _withdraw(self, about: Subject) -> None:
        """Take back all that this person said about it."""
        before = self._before(about)
        while before is not None and not is_undo(before):
            self.undo(before.id)
            before = self._before(about)

    def _target(self, decision: Decision) -> Claim:
        """The claim that is decided about; both claims must be there."""
        asked = [one for one in (decision.target, decision.other) if one is not None]
        if len(set(asked)) < len(asked):
            raise QueryError(f"{decision.target} is named twice; a pair needs two claims")
        there = {claim.id: claim for claim in self._store.claims(ids=asked)}
        for one in asked:
            if one not in there:
                raise QueryError(f"no claim {one!r} in the store; backchannel show CONVERSATION lists claims by id")
        return there[decision.target]

    def _fitting(self, decision: Decision, target: Claim) -> Decision:
        """The decision as a claim of this kind can have it."""
        if decision.kind == "correct":
            return replace(decision, value=fitted(self._store, target, decision.field or "", decision.value))
        named(decision.field or "", target.kind)
        return decision


def _says(one: Judgement | Decision) -> tuple[object, ...]:
    return one.kind, subject(one), repr(one.value), one.reason
