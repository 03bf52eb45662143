"""Make a judgement that fits the store it is put into, and take one back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, get_args

from backchannel.actors import ActorTable
from backchannel.corrections import check, in_force, mint, quotation_key
from backchannel.corrections.values import fit, named
from backchannel.errors import JudgementError
from backchannel.records import Claim, Judgement
from backchannel.store import Store

Kind = Literal["same", "different", "unsure", "correct", "reject", "link"]
_PAIRS = ("same", "different", "link")
_NEVER_REJECTED = ("event",)


def judge(store: Store, judgement: Judgement, *, actors: ActorTable | None = None) -> Judgement:
    """Give a judgement as the store can keep it: its value in the kept shape, its sentence noted, its id minted.

    It is not put into the store; ``Store.put_judgement`` does that.

    Args:
        store: in which its claims must be.
        judgement: its id is replaced; ``at`` must be given.
        actors: the dictionary that corrected parties must be in; by default the one that ships.

    Raises:
        JudgementError: a claim, a judgement to supersede or the field is unknown, or the value not allowed.
    """
    if judgement.kind not in get_args(Kind):
        raise JudgementError(f"no kind of judgement {judgement.kind!r}; known: {', '.join(get_args(Kind))}")
    if judgement.at is None:
        raise JudgementError("a judgement needs the time at which it was made; give at")
    target = _claim(store, judgement.target)
    _check_pair(store, judgement)
    if judgement.supersedes is not None and judgement.supersedes not in _ids(store):
        raise JudgementError(f"no judgement {judgement.supersedes!r} that could be superseded; list them with log")
    if judgement.field is None and judgement.kind == "correct":
        raise JudgementError("a correction needs the field that is corrected")
    if judgement.field is not None:
        judgement = _valued(store, judgement, target, actors)
    key = quotation_key(target.sentence.text) if target.sentence is not None else None
    return mint(replace(judgement, quotation=key))


def undo(store: Store, id: str, *, by: str, at: datetime, reason: str | None = None) -> Judgement:
    """Give the judgement that takes back another: what was decided before holds again.

    Raises:
        JudgementError: there is no such judgement, or it is not in force.
    """
    made = {one.id: one for one in store.judgements(superseded=True)}
    if id not in {one.id for one in in_force(made.values())}:
        state = "is no longer in force" if id in made else "is not there"
        raise JudgementError(f"judgement {id!r} {state}; list those that can be undone with log")
    return mint(replace(made[id], kind="unsure", value=None, by=by, at=at, reason=reason, supersedes=id))


def _claim(store: Store, id: str) -> Claim:
    found = next(iter(list(store.claims(ids=[id], as_read=True))), None)
    if found is None:
        was = " any more; the document was read anew" if store.claim_history(id) else ""
        raise JudgementError(f"no claim {id!r}{was}; a conversation's claims are in show ID --json")
    return found


def _check_pair(store: Store, judgement: Judgement) -> None:
    if judgement.other is None and judgement.kind in _PAIRS:
        raise JudgementError(f"{judgement.kind!r} needs two claims; give the other one")
    if judgement.other is not None:
        _claim(store, judgement.other)
        if judgement.other == judgement.target:
            raise JudgementError(f"{judgement.kind!r} needs two claims, not {judgement.other!r} twice")


def _ids(store: Store) -> set[str]:
    return {one.id for one in store.judgements(superseded=True)}


def _valued(store: Store, judgement: Judgement, target: Claim, actors: ActorTable | None) -> Judgement:
    """The judgement with its field by the codebook's name and its value as it is kept."""
    field = named(judgement.field or "", target.kind)
    if judgement.kind == "reject" and field in _NEVER_REJECTED:
        raise JudgementError(f"an act is nothing without its {field}; correct it, or reject the claim")
    if judgement.kind != "correct":
        return replace(judgement, field=field, value=None)
    return replace(
        judgement, field=field, value=fitted(store, target, field, check(field, judgement.value, actors=actors))
    )


def fitted(store: Store, target: Claim, field: str, value: Any) -> Any:
    """Give a checked value as this claim can have it; words for a source get their place in its document.

    Raises:
        JudgementError: a claim of its kind has no such field or value, or the words stand nowhere in its document.
    """
    value = fit(named(field, target.kind), value, target.kind)
    return _placed(store, value, target) if field == "source_text" else value


def _placed(store: Store, value: dict[str, Any] | None, target: Claim) -> dict[str, Any] | None:
    """The words for a source with their place: the one nearest to the claim's sentence."""
    if value is None:
        return None
    document, sentence, words = store.document(target.document), target.sentence, value["text"]
    text = document.text if document is not None else ""
    start = value.get("start")
    if start is None:
        near = sentence.start if sentence is not None else 0
        found = [match.start() for match in re.finditer(re.escape(words), text)]
        start = min(found, key=lambda at: abs(at - near), default=None)
    if start is None or text[start : start + len(words)] != words:
        raise JudgementError(
            f"source_text: {words!r} does not stand in the document; copy the words as they stand there"
        )
    return {"text": words, "start": start, "end": start + len(words)}
