"""Check that every claim can be traced: its words stand where it says, and reading them again gives the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from backchannel.actors import ActorTable
from backchannel.claims import MAY_DEFAULT
from backchannel.records import Claim, Document, Judgement
from backchannel.store import Store
from backchannel.verify import conversations, judged, quotations, rereading, values
from backchannel.verify.page import Fault, Page, open_page

__all__ = ["Fault", "Page", "check", "open_page", "shares", "verify"]

Read = Callable[[Document], Sequence[Claim]]


def verify(
    store: Store, *, actors: ActorTable, read: Read | None = None, ids: Iterable[str] | None = None
) -> Iterator[Fault]:
    """Yield what is wrong in the store, by document and claim, then by conversation.

    Args:
        store: whose documents, claims and conversations are checked.
        actors: the dictionary that they were read with.
        read: reads a document as it was read; without it no claim is read again.
        ids: of the documents to check; by default all of them, and the conversations too.
    """
    decided = {one.id: one for one in store.decisions().judgements}
    for document in store.documents(ids):
        claims = list(store.claims(document=document.id))
        as_read = list(store.claims(document=document.id, as_read=True))
        yield from check(
            document,
            claims,
            actors=actors,
            read=read,
            editions=store.claim_history,
            judgements=decided,
            as_read=as_read,
        )
    if ids is None:
        yield from conversations.faults(store)


def check(
    document: Document,
    claims: Sequence[Claim],
    *,
    actors: ActorTable,
    read: Read | None = None,
    editions: Callable[[str], Sequence[Claim]] | None = None,
    judgements: Mapping[str, Judgement] | None = None,
    as_read: Sequence[Claim] | None = None,
) -> Iterator[Fault]:
    """Yield what is wrong with the claims of one document.

    Args:
        document: as it was read.
        claims: all of it that are current.
        actors: the dictionary that it was read with.
        read: reads a document; then each claim of the reader must come out again with the same values and evidence.
        editions: gives all editions of a claim by its id, which was minted from the first.
        judgements: those in force, by id, on which corrected values rest.
        as_read: the claims as the reader left them, which are compared with those read again; by default ``claims``.
    """
    page = open_page(document, actors)
    for claim in claims:
        yield from quotations.faults(page, claim)
        yield from values.faults(page, claim, editions)
        yield from judged.faults(page, claim, judgements or {})
    if read is not None:
        yield from rereading.faults(document, claims if as_read is None else as_read, read(document))


def shares(claims: Iterable[Claim]) -> dict[str, float]:
    """Give for each field that may be defaulted the share of contacts in which it is, in [0, 1]; 0 without contacts."""
    counts: Counter[str] = Counter()
    total = 0
    for claim in (claim for claim in claims if claim.kind == "contact"):
        total += 1
        counts.update(set(claim.defaulted))
    return {name: round(counts[name] / total, 4) if total else 0.0 for name in sorted(MAY_DEFAULT)}
