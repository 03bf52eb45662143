"""The columns of conversations, claims and reports: flat rows for tables, the row of a report for all formats."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from backchannel.analysis.citations import cite
from backchannel.corrections import quotation_key
from backchannel.export.registry import Told
from backchannel.export.rights import Rights
from backchannel.records import Claim, Conversation, Span, When, Where

Row = dict[str, Any]


def columns() -> dict[str, tuple[str, ...]]:
    """Give the names of the columns of conversations, claims and reports, in order."""
    nobody = Conversation(**{field.name: () for field in fields(Conversation)} | _EMPTY)
    claim, rights = Claim(id="", document=""), Rights()
    told = Told(conversation="", claim=claim, document=None, origin=None, rests_on=None)
    rows = {"conversations": conversation_row(nobody), "claims": claim_row(claim, "", rights)}
    return {name: tuple(row) for name, row in (*rows.items(), ("reports", report_row(told, rights)))}


_EMPTY: dict[str, Any] = {"attestation": None, "when": None, "where": None, "alternatives": {}, "rests_on": {}}


def conversation_row(one: Conversation) -> Row:
    """Give a conversation as a row; lists are tuples of text."""
    return {
        "id": one.id,
        "parties": tuple(party.actor for party in one.parties),
        "names": tuple(party.name or party.actor for party in one.parties),
        "persons": tuple(person for party in one.parties for person in party.persons),
        "roles": tuple(f"{party.actor} {party.role}" for party in one.parties),
        "form": one.form,
        "issues": one.issues,
        **_when(one.when),
        **_where(one.where),
        "privacy": one.privacy,
        "channel": one.channel,
        "status": one.status,
        "status_history": tuple(f"{step.status} {step.on or ''}".strip() for step in one.status_history),
        "independent": one.independent,
        "origins": tuple(origin.origin for origin in one.origins),
        "disputed": one.disputed,
        "denials": one.denials,
        "alternatives": tuple(f"{field}: {value}" for field, rivals in one.alternatives.items() for value in rivals),
        "claims": one.claims,
        "documents": one.documents,
        "first_reported": one.first_reported,
        "revealed_by": one.revealed_by,
        "lag_days": one.lag_days,
        "score": one.score,
        "admiralty": one.admiralty,
        "flags": one.flags,
        "attestation": one.attestation,
        "unknown_to": one.unknown_to,
    }


def claim_row(claim: Claim, conversation: str, rights: Rights) -> Row:
    """Give a claim as a row; its quotation is cut to what may stand."""
    voice = claim.voice
    return {
        "id": claim.id,
        "conversation": conversation,
        "document": claim.document,
        "by": claim.by,
        "version": claim.version,
        "form": claim.form,
        "event": claim.event,
        "mode": claim.mode,
        "parties": tuple(party.actor for party in claim.parties),
        "persons": tuple(party.person for party in claim.parties if party.person is not None),
        "roles": tuple(f"{party.actor} {party.role}" for party in claim.parties),
        "issues": claim.issues,
        **_when(claim.when),
        **_where(claim.where),
        "privacy": claim.privacy,
        "channel": claim.channel,
        "status": claim.status,
        "source_class": voice.source_class,
        "speaker": rights.cut(voice.speaker.text) if voice.speaker is not None else None,
        "terms": rights.cut(voice.terms),
        "defaulted": claim.defaulted,
        "score": claim.score,
        **_quotation(claim, rights),
    }


def report_row(told: Told, rights: Rights) -> Row:
    """Give a report as a row: one claim within its document, who tells it, and what it repeats."""
    claim, document = told.claim, told.document
    return {
        "conversation": told.conversation,
        "claim": claim.id,
        "document": claim.document,
        "origin": told.origin.origin if told.origin is not None else None,
        "origin_kind": told.origin.kind if told.origin is not None else None,
        "rests_on": told.rests_on,
        "source_class": claim.voice.source_class,
        "status": claim.status,
        "privacy": claim.privacy,
        **_quotation(claim, rights),
        "title": document.title if document is not None else None,
        "url": document.url if document is not None else None,
        "source": document.source if document is not None else None,
        "published": document.published.isoformat()
        if document is not None and document.published is not None
        else None,
        "licence": document.licence if document is not None else None,
        "state": document.state if document is not None else None,
        "citation": cite(document, claim) if document is not None else None,
    }


def _quotation(claim: Claim, rights: Rights) -> Row:
    """The sentence by its offsets and hash, and as much of its words as may stand."""
    sentence = claim.sentence
    return {
        **_span("sentence", sentence),
        **_span("trigger", claim.trigger),
        "quotation": rights.cut(sentence.text) if sentence is not None else None,
        "quotation_hash": quotation_key(sentence.text) if sentence is not None else None,
    }


def _span(name: str, span: Span | None) -> Row:
    return {f"{name}_start": None if span is None else span.start, f"{name}_end": None if span is None else span.end}


def _when(when: When | None) -> Row:
    return {
        "start": None if when is None else when.start,
        "end": None if when is None else when.end,
        "precision": None if when is None else when.precision,
    }


def _where(where: Where | None) -> Row:
    return {"place": None if where is None else where.text, "country": None if where is None else where.country}
