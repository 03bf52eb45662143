"""Turn records into rows of the tables and back."""

from __future__ import annotations

import hashlib
from array import array
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from sys import byteorder
from typing import Any

import msgspec
from sqlalchemy import Row

from backchannel.errors import DocumentError, QueryError
from backchannel.records import Claim, Conversation, Document
from backchannel.store.pairing import actors
from backchannel.store.schema import SEPARATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class SlimClaim:
    """What merging needs of a claim, read without its JSON.

    ``start`` and ``end`` are the first and last day that the claim's interval may mean, both included, ``None`` when
    it has no date; ``published``, ``source`` and ``family`` are its document's. ``position`` is the offset of the
    sentence, in characters. ``parties`` are actor ids, sorted, each once.
    """

    id: str
    document: str
    kind: str
    by: str
    parties: tuple[str, ...]
    persons: tuple[str, ...]
    issues: tuple[str, ...]
    start: date | None
    end: date | None
    precision: str | None
    form: str | None
    privacy: str | None
    channel: str | None
    status: str | None
    source_class: str
    speaker: str | None
    chain: tuple[str, ...]
    place: str | None
    country: str | None
    position: int | None
    score: float
    published: date | None
    source: str | None
    family: str | None


def encode(value: object) -> str:
    """Give a record or plain value as JSON that is the same for equal values, whatever the order of their keys."""
    return msgspec.json.encode(value, order="deterministic").decode()


def text_hash(document: Document) -> str:
    """Give the hash of all that a reading depends on: title, text, language and date of a document."""
    published = None if document.published is None else document.published.isoformat()
    digest = hashlib.sha256()
    for part in (document.title, document.text, document.language, published):
        written = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update((-1 if part is None else len(written)).to_bytes(8, "big", signed=True) + written)
    return digest.hexdigest()[:32]


def moment(value: datetime | None) -> str | None:
    """Give a time as ISO text in UTC, so that text sorts as time does; a naive time is taken as UTC."""
    if value is None:
        return None
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


def first_day(cut: str) -> str:
    """Give the first day of an ISO date of any precision.

    >>> first_day("2023-05"), last_day("2023-02"), last_day("2023")
    ('2023-05-01', '2023-02-28', '2023-12-31')
    """
    return date.fromisoformat((cut + "-01-01")[:10] if len(cut) < 10 else cut).isoformat()


def last_day(cut: str) -> str:
    """Give the last day of an ISO date of any precision."""
    first = date.fromisoformat(first_day(cut))
    if len(cut) == 4:
        return first.replace(month=12, day=31).isoformat()
    return first.replace(day=monthrange(first.year, first.month)[1]).isoformat() if len(cut) == 7 else first.isoformat()


def bound(value: date | str | None, *, last: bool) -> str | None:
    """Give one end of a span of time that was asked for, as an ISO day; a month or year means its first or last.

    Raises:
        QueryError: the text is no date.
    """
    if value is None:
        return None
    try:
        return (last_day if last else first_day)(str(value)[:10])
    except ValueError:
        raise QueryError(f"{value!r} is not a date; give it as YYYY-MM-DD, YYYY-MM or YYYY") from None


def document_row(document: Document) -> dict[str, Any]:
    """Give a document as a row."""
    return {
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "published": None if document.published is None else document.published.isoformat(),
        "retrieved": moment(document.retrieved),
        "licence": document.licence,
        "state": document.state,
        "meta": encode(document.meta),
        "text": document.text,
    }


def document_from(row: Row[Any]) -> Document:
    """Give back a document."""
    values = {name: value for name, value in row._mapping.items() if name != "number"}
    values["published"] = _day(row.published)
    values["retrieved"] = None if row.retrieved is None else datetime.fromisoformat(row.retrieved)
    values["meta"] = msgspec.json.decode(row.meta)
    return Document(**values)


def claim_row(claim: Claim, *, edition: int) -> dict[str, Any]:
    """Give one edition of a claim as a row.

    Raises:
        DocumentError: the claim's date is none.
    """
    try:
        days = (None, None) if claim.when is None else (first_day(claim.when.start), last_day(claim.when.end))
    except ValueError as error:
        raise DocumentError(
            f"document {claim.document}: claim {claim.id} has no valid date: {error}", room="store"
        ) from error
    return {
        "id": claim.id,
        "edition": edition,
        "document": claim.document,
        "kind": claim.kind,
        "by": claim.by,
        "parties": SEPARATOR.join(actors(claim)),
        "persons": SEPARATOR.join(sorted({p.person for p in claim.parties if p.person is not None})),
        "issues": SEPARATOR.join(claim.issues),
        "first_day": days[0],
        "last_day": days[1],
        "precision": None if claim.when is None else claim.when.precision,
        "form": claim.form,
        "privacy": claim.privacy,
        "channel": claim.channel,
        "status": claim.status,
        "source_class": claim.voice.source_class,
        "speaker": None if claim.voice.speaker is None else claim.voice.speaker.text,
        "chain": SEPARATOR.join(claim.voice.chain),
        "place": None if claim.where is None else claim.where.text,
        "country": None if claim.where is None else claim.where.country,
        "position": None if claim.sentence is None else claim.sentence.start,
        "score": claim.score,
        "sentence": None if claim.sentence is None else claim.sentence.text,
        "record": encode(claim),
    }


_NOT_SLIM = ("edition", "sentence", "record")


def slim_from(row: Row[Any]) -> SlimClaim:
    """Give a claim's slim columns, joined with those of its document, as a record."""
    values = dict(row._mapping)
    values["start"] = _day(values.pop("first_day"))
    values["end"] = _day(values.pop("last_day"))
    values["published"] = _day(row.published)
    for name in ("parties", "persons", "issues", "chain"):
        values[name] = tuple(values[name].split(SEPARATOR)) if values[name] else ()
    return SlimClaim(**values)


def slim_of(claim: Claim, read: SlimClaim) -> SlimClaim:
    """Give the slim columns of a corrected claim, those of its document from ``read``."""
    kept = ("published", "source", "family")
    columns = {name: value for name, value in claim_row(claim, edition=1).items() if name not in _NOT_SLIM}
    start, end = _day(columns.pop("first_day")), _day(columns.pop("last_day"))
    for name in ("parties", "persons", "issues", "chain"):
        columns[name] = tuple(columns[name].split(SEPARATOR)) if columns[name] else ()
    return SlimClaim(**columns, start=start, end=end, **{name: getattr(read, name) for name in kept})


def conversation_row(conversation: Conversation) -> dict[str, Any]:
    """Give a conversation as a row; without a date of its own it is sorted under that of its first report."""
    when, reported = conversation.when, conversation.first_reported
    return {
        "id": conversation.id,
        "first_day": first_day(when.start) if when is not None else _cut(reported, last=False),
        "last_day": last_day(when.end) if when is not None else _cut(reported, last=True),
        "reported": reported,
        "privacy": conversation.privacy,
        "status": conversation.status,
        "attestation": conversation.attestation,
        "independent": conversation.independent,
        "disputed": conversation.disputed,
        "score": conversation.score,
        "record": encode(conversation),
    }


def conversation_parts(conversation: Conversation) -> Mapping[str, set[str]]:
    """Give what a conversation is found by, under the names of the tables' columns."""
    return {
        "claim": set(conversation.claims),
        "actor": {party.actor for party in conversation.parties},
        "person": person_keys(person for party in conversation.parties for person in party.persons),
        "issue": set(conversation.issues),
        "kept_from": _found_by(conversation.unknown_to),
    }


def _found_by(names: Iterable[str]) -> set[str]:
    """Give what those are found by from whom a conversation was kept: ids, persons by their name and its last word."""
    whole = {folded(one) for one in names}
    return whole | {one.split()[-1] for one in whole if " " in one and not one.startswith("outside ")}


def person_keys(names: Iterable[str]) -> set[str]:
    """Give what people are found by: their names, folded, and each word of them.

    >>> sorted(person_keys(["Ada B. Reed"]))
    ['ada', 'ada b. reed', 'b.', 'reed']
    """
    people = {folded(name) for name in names} - {""}
    return people | {word for person in people for word in person.split()}


def participant_keys(claim: Claim) -> set[str]:
    """Give what those are found by whom a claim names beside its parties: names, words of names, our ids."""
    rows = claim.extensions.get("participants") or ()
    named = {str(row[name]) for row in rows for name in ("name", "person") if row.get(name) is not None}
    return person_keys(named) | {str(row["id"]) for row in rows if row.get("id") is not None}


def folded(name: str) -> str:
    """Give a person's name as it is compared: without case or doubled spaces."""
    return " ".join(name.casefold().split())


def pack(signature: Sequence[int]) -> bytes:
    """Give a signature (numbers of at most 64 bits, unsigned) as bytes, lowest byte first."""
    return _swapped(array("Q", signature)).tobytes()


def unpack(signature: bytes) -> tuple[int, ...]:
    """Give back a signature."""
    return tuple(_swapped(array("Q", signature)))


def _swapped(numbers: array[int]) -> array[int]:
    """Give the numbers with the lowest byte first, whatever this processor does."""
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def _cut(day: str | None, *, last: bool) -> str | None:
    """Give the first or last day of a date that may be missing."""
    if day is None:
        return None
    return last_day(day) if last else first_day(day)


def _day(value: str | None) -> date | None:
    """Give a day from its column."""
    return None if value is None else date.fromisoformat(value)


def chunks(ids: Iterable[str], size: int = 500) -> Iterable[list[str]]:
    """Yield the ids, sorted and each once, in lists short enough for one statement."""
    ordered = sorted(set(ids))
    return (ordered[at : at + size] for at in range(0, len(ordered), size))
