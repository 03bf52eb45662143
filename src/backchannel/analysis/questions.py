"""Ask the store for conversations by what a person typed: names become ids, finer issues are looked for in claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from backchannel.actors import ActorTable, build, shipped
from backchannel.analysis import naming, people
from backchannel.errors import QueryError
from backchannel.records import Claim, Conversation, Document
from backchannel.store import Question, Store
from backchannel.store.queries import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What conversations are asked for, as typed; ``store.Question`` says what each part means.

    ``person`` is a name, a surname or an id of ours (``people.keys``); ``embassy`` an actor somebody of whose embassy
    must be named.
    """

    actors: tuple[str, ...] = ()
    issue: str | None = None
    person: str | None = None
    embassy: str | None = None
    since: date | str | None = None
    until: date | str | None = None
    privacy: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    text: str | None = None
    minimum_independent: int | None = None
    disputed: bool | None = None
    attested_only: bool | None = None
    unknown_to: str | None = None
    limit: int | None = None
    order: Order = "when"


def table(store: Store) -> ActorTable:
    """Give the dictionary that ships with the rows that the user added to this store."""
    rows = store.user_actors()
    return build(user=rows) if rows else shipped()


def named(asked: Asked, store: Store) -> Asked:
    """Give the question with every actor as an id.

    Raises:
        QueryError: an actor or issue is unknown, or two that are asked for are one party.
    """
    if not asked.actors and asked.embassy is None:
        return asked
    names = table(store)
    embassy = naming.actor(asked.embassy, names) if asked.embassy is not None else None
    actors = tuple(naming.actor(one, names) for one in asked.actors)
    if len(actors) == 2 and actors[0] == actors[1]:
        raise QueryError(
            f"{' and '.join(asked.actors)} are one party, {actors[0]}; name two, or see backchannel actor {actors[0]}"
        )
    return replace(asked, actors=actors, embassy=embassy)


def find(asked: Asked, store: Store) -> Iterator[Conversation]:
    """Yield the conversations asked for, in the order asked for.

    Raises:
        QueryError: an actor, issue, date or order is unknown.
    """
    asked = named(asked, store)
    issue = None if asked.issue is None else naming.issue(asked.issue)
    question: Question = {
        "parties": (*asked.actors, *([asked.embassy] if asked.embassy is not None else [])),
        "issue": None if issue is None else issue.root,
        "person": None if asked.person is None else people.keys(asked.person, store),
        "since": asked.since,
        "until": asked.until,
        "privacy": asked.privacy or None,
        "status": asked.status or None,
        "text": asked.text,
        "minimum_independent": asked.minimum_independent,
        "disputed": asked.disputed,
        "attested_only": asked.attested_only,
        "unknown_to": None if asked.unknown_to is None else naming.kept_from(asked.unknown_to, table(store)),
        "order": asked.order,
    }
    finer = None if issue is None else issue.finer
    if finer is None and asked.embassy is None:
        question["limit"] = asked.limit
        return store.conversations(**question)
    found = list(store.conversations(**question))
    found = found if finer is None else _finer(found, finer, store)
    found = found if asked.embassy is None else _with_embassy(found, asked.embassy, store)
    return iter(found[: asked.limit])


def reports(conversations: Sequence[Conversation], store: Store) -> tuple[dict[str, Claim], dict[str, Document]]:
    """Give the claims of conversations by id, and the documents they were read in by id."""
    claims = {claim.id: claim for claim in store.claims(ids=_claim_ids(conversations))}
    wanted = {claim.document for claim in claims.values()}
    return claims, {document.id: document for document in store.documents(wanted)}


def _claim_ids(conversations: Iterable[Conversation]) -> set[str]:
    return {claim for conversation in conversations for claim in conversation.claims}


def _finer(found: list[Conversation], issue: str, store: Store) -> list[Conversation]:
    telling = {claim.id for claim in store.claims(ids=_claim_ids(found)) if issue in claim.extensions.get("issues", ())}
    return [conversation for conversation in found if telling.intersection(conversation.claims)]


def _with_embassy(found: list[Conversation], actor: str, store: Store) -> list[Conversation]:
    telling = {claim.id for claim in store.claims(ids=_claim_ids(found)) if people.has_embassy([claim], actor)}
    return [conversation for conversation in found if telling.intersection(conversation.claims)]
