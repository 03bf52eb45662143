"""Who was in the room: everybody whom the claims of a conversation name, side by side, each with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from backchannel.analysis import people
from backchannel.analysis.citations import cite
from backchannel.importers.ids import id_of
from backchannel.records import UNKNOWN, Claim, Conversation, Document, Party

_ABSENT = frozenset({"denied", "refused", "hypothetical", "cancelled"})
"""What a claim says where nobody came together by its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Where somebody is named: the words as they stand, the sentence or line around them, and a citation."""

    claim: str
    text: str
    quotation: str
    citation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody in the room: for which actor and side, under which name, in what office by the text, as whom of ours.

    ``name`` is ``None`` for one told by an office or a task alone; ``task`` is "interpreter" or "note-taker" where the
    words say so. ``role`` is that of the claim ("from" and "to" for a message).
    """

    actor: str | None
    state: str | None
    side: str | None = None
    name: str | None = None
    office: str | None = None
    id: str | None = None
    task: str | None = None
    role: str = "participant"
    named: tuple[Naming, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Who was in the room of a conversation, the states in the order of its parties; ``unsure`` claims are left out."""

    conversation: str
    people: tuple[Present, ...]
    unsure: tuple[str, ...] = field(default=())


def room(conversation: Conversation, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Room:
    """Give who was in the room of a conversation.

    A record's own list comes first, then whom other sentences name. Those of one actor with one id, or one name, are one;
    so is a bare surname with the only one who bears it. Claims that only deny, refuse, call off or suppose the contact
    name nobody who was there.

    Args:
        conversation: which one.
        claims: at least its claims, by id.
        documents: at least those that its claims were read in, by id.
    """
    known = [claims[one] for one in conversation.claims if one in claims]
    there = [one for one in known if one.status not in _ABSENT]
    states = {party.actor: party.name or party.actor for party in conversation.parties}
    found: list[Present] = []
    for claim in sorted(there, key=_records_first):
        for one in _of_claim(claim, documents.get(claim.document), states):
            _take(found, one)
    order = [party.actor for party in conversation.parties]
    found.sort(key=lambda one: order.index(one.actor) if one.actor in order else len(order))
    absent = tuple(one.id for one in known if one.status in _ABSENT)
    return Room(conversation=conversation.id, people=tuple(found), unsure=absent)


def _records_first(claim: Claim) -> tuple[bool, str]:
    return not people.rows(claim), claim.id


def _of_claim(claim: Claim, document: Document | None, states: Mapping[str, str]) -> Iterator[Present]:
    citation = cite(document, claim) if document is not None else None
    rows = people.rows(claim)
    if claim.by == "markup":
        yield from (_of_row(row, claim, citation, states) for row in rows)
        return
    yield from (_of_party(party, claim, citation, states) for party in claim.parties if party.person is not None)
    yield from (_of_row(row, claim, citation, states) for row in rows)


def _of_row(row: Mapping[str, Any], claim: Claim, citation: str | None, states: Mapping[str, str]) -> Present:
    text = " ".join(str(row.get("text") or row.get("person") or "").split())
    naming = Naming(
        claim=claim.id, text=text, quotation=text if row.get("text") else claim.row or text, citation=citation
    )
    actor, name = row.get("actor"), row.get("person") or row.get("name")
    return Present(
        actor=actor,
        state=states.get(actor, actor) if actor is not None else None,
        side=row.get("side"),
        name=name,
        office=row.get("office") or _before(text, row.get("name")),
        id=row.get("id") or (id_of(name) if name is not None and claim.by != "markup" else None),
        task=people.task(text),
        role=str(row.get("role") or "participant"),
        named=(naming,),
    )


def _before(text: str, name: str | None) -> str | None:
    """Give the title that stands before a name ("Ambassador" in "Ambassador Thompson")."""
    if name is None:
        return None
    before = text.partition(name)[0].strip(" ,;:—-")
    return people.title_of(before) if before else None


def _of_party(party: Party, claim: Claim, citation: str | None, states: Mapping[str, str]) -> Present:
    sentence = claim.sentence.text if claim.sentence is not None else claim.row or ""
    naming = Naming(claim=claim.id, text=party.text or party.person or "", quotation=sentence, citation=citation)
    return Present(
        actor=None if party.actor == UNKNOWN else party.actor,
        state=party.name or states.get(party.actor),
        name=party.person,
        id=id_of(party.person) if party.person is not None else None,
        role=party.role,
        named=(naming,),
    )


def _take(found: list[Present], one: Present) -> None:
    """Add somebody, or what is said of them to whom is there already."""
    for place, other in enumerate(found):
        if _is_same(other, one, found):
            found[place] = replace(
                other,
                id=other.id or one.id,
                side=other.side or one.side,
                office=other.office or one.office,
                task=other.task or one.task,
                named=(*other.named, *one.named),
            )
            return
    found.append(one)


def _is_same(one: Present, other: Present, found: Sequence[Present]) -> bool:
    if one.actor != other.actor or one.named[0].claim == other.named[0].claim:
        return False
    if one.id is not None and other.id is not None:
        return one.id == other.id
    if one.name is None or other.name is None:
        return one.name == other.name and one.named[0].text == other.named[0].text
    surname = people.surname(other.name)
    bearers = [each for each in found if each.name is not None and people.surname(each.name) == surname]
    return people.could_be_one(one.name, other.name) and len(bearers) == 1
