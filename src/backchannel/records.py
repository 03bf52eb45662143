"""The records that travel between the rooms: frozen, slotted, keyword-only, and the same as their JSON.

Spans are half-open character offsets ``[start, end)`` into ``Document.text``. A missing value is ``None``.
The meaning of every field of a claim is in ``docs/codebook.md``; the JSON shape is Contract 1 of ``docs/how-it-works.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import msgspec

Form = Literal["meeting", "call", "visit", "summit", "negotiation", "mediation", "message", "contact"]
Privacy = Literal["public", "closed", "undisclosed", "secret"]
Channel = Literal["front", "backchannel", "intermediary", "track_1_5", "track_2", "nonstate"]
Status = Literal[
    "occurred", "ongoing", "planned", "proposed", "postponed", "cancelled", "refused", "denied", "hypothetical"
]
HELD: frozenset[Status] = frozenset({"occurred", "ongoing"})
"""What took place or is under way."""
AHEAD: frozenset[Status] = frozenset({"planned", "proposed", "postponed"})
"""What somebody means to hold."""
PRIVATE: frozenset[Privacy] = frozenset({"undisclosed", "secret"})
"""What was kept from the public."""
SourceClass = Literal[
    "named_person",
    "institution",
    "unnamed_official",
    "unnamed_insider",
    "collective",
    "document",
    "media_report",
    "unattributed",
]
Role = Literal["participant", "initiator", "recipient", "mediator", "source", "target"]
Precision = Literal["day", "month", "year"]
Kind = Literal["contact", "act"]
Attestation = Literal["record", "mention", "no_record"]
"""How declassified records attest a conversation: one of it is there, others mention it, none of it was found."""

UNKNOWN = "UNKNOWN"
"""The actor id of a party that the text has but does not identify."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as it was published; ``text`` is never altered after its id is minted."""

    id: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    text: str = ""
    language: str | None = None
    published: date | None = None
    retrieved: datetime | None = None
    licence: str | None = None
    state: Literal["current", "updated", "retracted"] = "current"
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What one source gave on one day: documents fetched, read and failed."""

    source: str
    day: date
    fetched: int = 0
    read: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A document that failed in a room: kept and counted, never lost."""

    document: str
    room: str
    error: str
    message: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office held: ``start`` and ``end`` are ISO dates of any precision, ``None`` when open or unknown."""

    title: str
    actor: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, organisation, group, company, NGO or person as the dictionary knows it."""

    id: str
    kind: str
    name: str
    sector: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a text names an actor; ``actor`` is ``None`` when the name is unknown; ``score`` in [0, 1]."""

    start: int
    end: int
    text: str
    actor: str | None
    sector: str | None = None
    person: str | None = None
    score: float = 1.0
    by: str = "dictionary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A quotation of the document: ``text == Document.text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words a value rests on and ``by``, the rule or model that read them.

    Offsets refer to the document's text, or to its title when ``by`` starts with ``title:``.
    """

    start: int
    end: int
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a contact; span and text are ``None`` when it is certain but not named in the text."""

    actor: str
    name: str | None = None
    sector: str | None = None
    person: str | None = None
    role: Role = "participant"
    start: int | None = None
    end: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """On whose word a claim rests."""

    source_class: SourceClass = "unattributed"
    speaker: Span | None = None
    terms: str | None = None
    reason: str | None = None
    chain: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days of a contact: ISO strings cut to ``precision`` ("2023-05-10", "2023-05", "2023"), both ends included."""

    start: str
    end: str
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as the text gives it, with the state it lies in when known."""

    text: str
    country: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one sentence says of one contact (or act), each value tied to the words it rests on."""

    id: str
    document: str
    kind: Kind = "contact"
    by: str = "reader"
    version: str = ""
    sentence: Span | None = None
    trigger: Span | None = None
    form: Form | None = None
    event: str | None = None
    mode: str | None = None
    parties: tuple[Party, ...] = ()
    issues: tuple[str, ...] = ()
    privacy: Privacy | None = None
    channel: Channel | None = None
    status: Status | None = None
    voice: Voice = field(default_factory=Voice)
    when: When | None = None
    where: Where | None = None
    score: float = 1.0
    defaulted: tuple[str, ...] = ()
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)
    row: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusStep:
    """One step in the life of a conversation: its status as told ``on`` a day (ISO) by a claim."""

    status: Status
    on: str | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyStep:
    """How private a conversation was said to be ``on`` a day (ISO) by a claim."""

    privacy: Privacy
    on: str | None
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent teller of a conversation and the claims that rest on its word."""

    origin: str
    kind: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationParty:
    """A party of a conversation; ``origins`` counts the independent tellers that name it."""

    actor: str
    name: str | None = None
    persons: tuple[str, ...] = ()
    role: Role = "participant"
    origins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two claims were put together: a feature, its weight in the score and a line to read."""

    feature: str
    weight: float
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Claims of one contact, merged: Contract 2 of ``docs/how-it-works.md``.

    ``rests_on`` gives, for a claim that repeats another, the claim that it repeats. ``confidence`` holds the reasons of
    ``score``, ``admiralty`` the same as letters (reliability A to F, credibility 1 to 6). ``flags`` names what a reader
    must know of its documents, as ``retracted:``, ``updated:`` or ``corrected:DOCUMENT``. ``attestation`` says whether a
    record of it is there, ``unknown_to`` names those from whom it was kept, as ids of institutions, actors or names.
    """

    id: str
    parties: tuple[ConversationParty, ...]
    form: Form | None
    issues: tuple[str, ...]
    when: When | None
    where: Where | None
    privacy: Privacy | None
    privacy_history: tuple[PrivacyStep, ...]
    channel: Channel | None
    status: Status | None
    status_history: tuple[StatusStep, ...]
    claims: tuple[str, ...]
    documents: int
    origins: tuple[Origin, ...]
    independent: int
    disputed: bool
    denials: tuple[str, ...]
    first_reported: str | None
    revealed_by: str | None
    lag_days: int | None
    score: float
    reasons: tuple[Reason, ...]
    alternatives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rests_on: dict[str, str] = field(default_factory=dict)
    confidence: tuple[Reason, ...] = ()
    admiralty: str | None = None
    flags: tuple[str, ...] = ()
    attestation: Attestation | None = None
    unknown_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about a claim or a pair of claims; appended and superseded, never edited."""

    id: str
    kind: Literal["same", "different", "unsure", "correct", "reject", "link"]
    target: str
    other: str | None = None
    field: str | None = None
    value: Any = None
    reason: str | None = None
    by: str = "user"
    at: datetime | None = None
    supersedes: str | None = None
    quotation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """What one field of a conversation was and is now, as in its JSON; ``None`` where there was or is nothing."""

    field: str
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a conversation changed.

    ``what`` are ids of documents that came, the readers that read it anew, ids of judgements, or the versions of the
    rules before and now; it is empty where no single one can be named.
    """

    kind: Literal["documents", "reading", "judgements", "rules"]
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a merge did to one conversation.

    ``others`` are the conversations into which a ``merged`` one went or from which a ``split`` one came, and those
    with which a ``changed`` one exchanged claims. ``fields`` of one that came or went hold what it was in short.
    """

    at: datetime | None
    conversation: str
    kind: Literal["added", "changed", "split", "merged", "withdrawn"]
    fields: tuple[FieldChange, ...] = ()
    others: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


def to_json(record: Any) -> str:
    """Give a record as one line of JSON, keys in the order of its fields."""
    return msgspec.json.encode(record).decode()


def from_json(line: str | bytes, kind: type[Any]) -> Any:
    """Give back the record of ``kind`` from one line of JSON.

    Raises:
        msgspec.ValidationError: the line does not have the shape of ``kind``; the message names the path.
    """
    return msgspec.json.decode(line, type=kind)
