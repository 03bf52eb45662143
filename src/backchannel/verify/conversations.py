"""Check that every conversation is made of claims that are there, and says of them what is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from backchannel.records import Conversation
from backchannel.store import SlimClaim, Store
from backchannel.verify.page import Fault


def faults(store: Store) -> Iterator[Fault]:
    """Yield what is wrong with the conversations of a store, by id."""
    known = {claim.id: claim for claim in store.slim_claims()}
    owners: dict[str, str] = {}
    for conversation in store.conversations(order="id"):
        yield from _faults(conversation, known)
        for claim in conversation.claims:
            owner = owners.setdefault(claim, conversation.id)
            if owner != conversation.id:
                yield _fault(conversation, "claims", "one conversation", f"claim {claim} is also in {owner}")


def _faults(conversation: Conversation, known: dict[str, SlimClaim]) -> Iterator[Fault]:
    missing = [claim for claim in conversation.claims if claim not in known]
    if missing or not conversation.claims:
        yield _fault(conversation, "claims", "claims", f"no such claim: {', '.join(missing) or 'it has none'}")
    claims = [known[claim] for claim in conversation.claims if claim in known]
    if len(set(conversation.claims)) < len(conversation.claims):
        yield _fault(conversation, "claims", "claims", "has a claim twice")
    if any(claim.kind != "contact" for claim in claims):
        yield _fault(conversation, "claims", "claims", "has a claim of no contact")
    strays = {party.actor for party in conversation.parties} - {actor for claim in claims for actor in claim.parties}
    if strays:
        yield _fault(conversation, "parties", "parties", f"no claim has the party {', '.join(sorted(strays))}")
    documents = len({claim.document for claim in claims})
    if conversation.documents != documents:
        yield _fault(conversation, "documents", "count", f"says {conversation.documents}, its claims have {documents}")
    yield from _origins(conversation)
    own = set(conversation.claims)
    steps = [step.claim for step in conversation.status_history]
    steps += [step.claim for step in conversation.privacy_history]
    foreign = sorted({*steps, *conversation.denials} - own)
    if foreign:
        yield _fault(conversation, "status_history", "claims", f"rests on claims of another: {', '.join(foreign)}")
    denied = {claim.id for claim in claims if claim.status == "denied"}
    if set(conversation.denials) - denied:
        yield _fault(conversation, "denials", "denials", "names a claim that does not deny")


def _origins(conversation: Conversation) -> Iterator[Fault]:
    independent = sum(origin.kind != "import" for origin in conversation.origins)
    if conversation.independent != independent:
        yield _fault(
            conversation, "independent", "count", f"says {conversation.independent}, has {independent} origins"
        )
    told = Counter(claim for origin in conversation.origins for claim in origin.claims)
    if set(told) != set(conversation.claims) or any(count > 1 for count in told.values()):
        yield _fault(conversation, "origins", "claims", "the origins do not share out its claims, each to one")


def _fault(conversation: Conversation, field: str, rule: str, message: str) -> Fault:
    return Fault(document=None, claim=conversation.id, field=field, rule=rule, message=message)
