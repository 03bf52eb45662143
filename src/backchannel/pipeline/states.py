"""Keep the state of documents: replaced by a newer edition, taken back by its outlet, or retracted by a user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime

from backchannel import families
from backchannel.corrections import in_force, mint
from backchannel.errors import QueryError
from backchannel.families import Page
from backchannel.records import Document, Judgement
from backchannel.store import Store

FIELD = "state"
"""The field of a document that a judgement of a retraction names."""


def noted(document: Document) -> Document:
    """Give the document with the notice that its text carries in ``meta["notice"]``, or without one."""
    found = families.notice(document.text, document.title)
    if found is None and "notice" not in document.meta:
        return document
    meta = {name: value for name, value in document.meta.items() if name != "notice"}
    return replace(document, meta=meta if found is None else {**meta, "notice": asdict(found)})


def restate(store: Store) -> list[str]:
    """Set the state of every document anew, from all documents, their families and the judgements of users.

    The order in which documents were read does not matter. Gives the ids of those whose state changed, sorted: their
    conversations are to be made again.
    """
    retracted = {one.target for one in in_force(store.judgements(superseded=True)) if is_retraction(one)}
    return store.set_states(families.states(_pages(store), retracted))


def is_retraction(judgement: Judgement) -> bool:
    """Tell whether a judgement takes a document back."""
    return judgement.kind == "reject" and judgement.field == FIELD


def retract(store: Store, document: str, *, reason: str | None, by: str, at: datetime) -> list[str]:
    """Take a document back, so that its claims count no more; gives the ids of all documents that this retracts.

    Kept as a judgement on the document, which ``restore`` supersedes. A document that is retracted already stays so.

    Raises:
        QueryError: there is no such document.
        StoreLocked: another process writes; names it.
    """
    with store.writing(f"retract {document}"):
        last = _last(store, document)
        if last is None or not is_retraction(last):
            undone = last.id if last is not None else None
            made = Judgement(
                id="",
                kind="reject",
                target=document,
                field=FIELD,
                value="retracted",
                reason=reason,
                by=by,
                at=at,
                supersedes=undone,
            )
            store.put_judgement(mint(made))
        return restate(store)


def restore(store: Store, document: str, *, reason: str | None, by: str, at: datetime) -> list[str]:
    """Undo the retraction of a document by a user; gives the ids of all documents whose state this changes.

    Raises:
        QueryError: there is no such document, or no user retracted it.
        StoreLocked: another process writes; names it.
    """
    with store.writing(f"restore {document}"):
        last = _last(store, document)
        if last is None or not is_retraction(last):
            raise QueryError(f"no user has retracted document {document!r}; there is nothing to undo")
        undo = replace(last, id="", kind="unsure", value=None, reason=reason, by=by, at=at, supersedes=last.id)
        store.put_judgement(mint(undo))
        return restate(store)


def _last(store: Store, document: str) -> Judgement | None:
    """The newest standing judgement on the state of a document.

    Raises:
        QueryError: there is no such document.
    """
    if store.document(document) is None:
        raise QueryError(f"no document with the id {document!r}; backchannel store search WORDS finds them")
    told = in_force(store.judgements(target=document, superseded=True))
    return next((one for one in told if one.field == FIELD), None)


def _pages(store: Store) -> Iterator[Page]:
    """Yield what decides the state of each document; signatures are read only where an address has several."""
    heads = list(store.heads())
    of = store.families()
    addresses = Counter(url for one in heads if (url := families.address(one.url)) is not None)
    shared = {one.id for one in heads if addresses[families.address(one.url) or ""] > 1}
    sketches = dict(store.signatures(shared)) if shared else {}
    for one in heads:
        told = sketches.get(one.id) or _unsketched(store, one.id, shared)
        yield families.page(one, signature=told, family=of.get(one.id))


def _unsketched(store: Store, document: str, shared: Iterable[str]) -> tuple[int, ...]:
    """The signature of a document that was kept without one, where it is needed."""
    found = store.document(document) if document in shared else None
    return families.signature(found.text) if found is not None else ()
