"""Say which public claims and records are linked: what each tells, in which conversation, why, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from backchannel.analysis import phrases
from backchannel.analysis.cards import Fact
from backchannel.records import UNKNOWN, Claim, Conversation, Document, Judgement, Party, Reason
from backchannel.store import Store

PUBLIC, RECORD = "in public", "in the record"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One side of a link: its claim, what that tells, its document and conversation; ``row`` where it is of a table."""

    claim: str
    told: str
    day: str | None
    document: str
    title: str | None
    url: str | None
    row: str | None
    conversation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A link in force: the judgement that it is, by whom, its two ends, its score and reasons.

    A link that a person made has no score.
    """

    judgement: str
    by: str
    score: float | None
    public: End
    record: End
    reasons: tuple[Reason, ...] = ()


def linked(store: Store, links: Iterable[Judgement]) -> list[Linked]:
    """Give links with what their claims tell, in order of the record's day; one whose claim is gone is left out.

    Args:
        store: that holds them.
        links: judgements of kind ``link``, each naming current claims.
    """
    every = list(links)
    names = {name for one in every for name in (one.target, one.other) if name is not None}
    claims = {one.id: one for one in store.claims(ids=names)}
    documents = {one.id: one for one in store.documents({one.document for one in claims.values()})}
    owners = store.lanes.conversations(names)
    found = [
        _linked(one, {name: _end(claims[name], documents, owners) for name in (one.target, one.other or "")})
        for one in every
        if one.target in claims and one.other in claims
    ]
    return sorted(found, key=_place)


def facts(conversation: Conversation, links: Iterable[Linked]) -> tuple[Fact, ...]:
    """Give the links of a conversation to others as lines of its card: what was told in public, what the record has."""
    own = set(conversation.claims)
    found: dict[tuple[str, str, str], Fact] = {}
    for one in links:
        label, other = (RECORD, one.record) if one.public.claim in own else (PUBLIC, one.public)
        if other.claim not in own:
            key = (label, other.day or "", other.conversation or other.claim)
            found.setdefault(key, Fact(label=label, value=other.told, note=_note(one, other)))
    ordered = [found[key] for key in sorted(found, key=_label)]
    labels = [one.label for one in ordered]
    return tuple(
        Fact(label=one.label if number == labels.index(one.label) else "", value=one.value, note=one.note)
        for number, one in enumerate(ordered)
    )


def _linked(one: Judgement, ends: Mapping[str, End]) -> Linked:
    value: dict[str, Any] = one.value if isinstance(one.value, dict) else {}
    return Linked(
        judgement=one.id,
        by=one.by,
        score=value.get("score"),
        public=ends[one.target],
        record=ends[one.other or ""],
        reasons=msgspec.convert(value.get("reasons", ()), tuple[Reason, ...]),
    )


def _end(claim: Claim, documents: Mapping[str, Document], owners: Mapping[str, str]) -> End:
    document = documents.get(claim.document)
    return End(
        claim=claim.id,
        told=told(claim),
        day=claim.when.start if claim.when is not None else None,
        document=claim.document,
        title=document.title if document is not None else None,
        url=document.url if document is not None else None,
        row=claim.row,
        conversation=owners.get(claim.id),
    )


def told(claim: Claim) -> str:
    """Give what a claim tells in a line: who, what, where, when."""
    who = " – ".join(_party(one) for one in claim.parties)
    what = phrases.FORMS[claim.form] if claim.form is not None else "contact"
    where = f" in {claim.where.text}" if claim.where is not None else ""
    return f"{who}: {what}{where}, {phrases.interval(claim.when)}"


def _party(one: Party) -> str:
    name = "a party not identified" if one.actor == UNKNOWN else one.name or one.actor
    return f"{name} ({one.person})" if one.person is not None else name


def _note(one: Linked, other: End) -> str:
    parts = [other.conversation or other.claim, *([f"{one.score:.2f}"] if one.score is not None else [])]
    return ", ".join([*parts, *([other.row] if other.row is not None else [other.document])])


def _label(key: tuple[str, str, str]) -> tuple[bool, tuple[str, str, str]]:
    return key[0] == RECORD, key


def _place(one: Linked) -> tuple[str, str, str]:
    return one.record.day or "", one.record.document, one.public.claim
