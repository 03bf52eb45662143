"""Small made-up conversations of two states, told in public, by records, by both, or by mention alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from backchannel.analysis.gap import Material, Scope, gap
from backchannel.analysis.gap_records import Gap, Held
from backchannel.records import (
    Attestation,
    Claim,
    Conversation,
    ConversationParty,
    Document,
    Judgement,
    Party,
    Privacy,
    Span,
    Status,
    Voice,
    When,
)

SCOPE = Scope(parties=("NOR", "SWE"), names=("Norway", "Sweden"))
HELD = Held(public_documents=3, of_the_pair=2, rows=1, records=4)


def when(start: str, end: str | None = None) -> When:
    precision = {4: "year", 7: "month", 10: "day"}[len(start)]
    return When(start=start, end=end or start, precision=precision)  # type: ignore[arg-type]  # one of the three


def news(name: str, published: str | None, text: str = "The ministers met in Oslo.", **meta: Any) -> Document:
    """A public document."""
    day = None if published is None else date.fromisoformat(published)
    return Document(id=name, source="Fjord Gazette", title=f"Of {name}", text=text, published=day, meta=meta)


def volume(
    name: str, day: str, released: str = "1994", *, kind: str = "memcon", notes: Sequence[str] = (), text: str = ""
) -> Document:
    """A record of a volume: its heading takes the first twenty characters."""
    head = {
        "kind": kind,
        "heading": {"start": 0, "end": 20, "text": "Memorandum of a Talk"},
        "volume": "v1",
        "number": "7",
        "moment": {"start": day},
        "subjects": [{"start": 21, "end": 30, "text": "Fisheries"}],
        "classification": "Secret",
        "handling": ["Nodis"],
        "footnotes": [{"number": str(number), "text": one} for number, one in enumerate(notes, 1)],
    }
    body = text or "Memorandum of a Talk\nFisheries\nThe envoy asked for patience."
    meta = {"record": head, "volume": {"id": "v1", "title": "Papers, Volume I", "released": released}}
    return Document(
        id=name, source="Papers", title="7. A Talk", text=body, published=date.fromisoformat(day), meta=meta
    )


def claim(
    name: str,
    document: Document,
    days: When | None,
    *,
    start: int = 0,
    status: Status = "occurred",
    privacy: Privacy | None = "closed",
    issues: tuple[str, ...] = (),
    row: str | None = None,
    said: bool = False,
) -> Claim:
    """A claim; ``start`` is where its trigger stands, ``said`` whether words tell its privacy, not the default."""
    words = document.text[start : start + 60]
    return Claim(
        id=name,
        document=document.id,
        by="import:visits" if row else "markup" if "record" in document.meta and start == 0 else "reader",
        sentence=None if row else Span(start=start, end=start + len(words), text=words),
        trigger=None if row else Span(start=start, end=start + 10, text=words[:10]),
        form="meeting",
        parties=(Party(actor="NOR", name="Norway"), Party(actor="SWE", name="Sweden")),
        issues=issues,
        privacy=privacy,
        status=status,
        voice=Voice(source_class="document" if "record" in document.meta else "institution"),
        when=days,
        defaulted=() if said else ("privacy",),
        row=row,
    )


def conversation(
    name: str,
    claims: Sequence[Claim],
    days: When | None,
    *,
    status: Status = "occurred",
    parties: str = "NOR SWE",
    attestation: Attestation | None = None,
) -> Conversation:
    """A conversation; by default a record of it is there where a claim stands in a record's heading."""
    is_recorded = any(one.voice.source_class == "document" and one.trigger and not one.trigger.start for one in claims)
    return Conversation(
        id=name,
        parties=tuple(ConversationParty(actor=one, name=one.title()) for one in parties.split()),
        form="meeting",
        issues=(),
        when=days,
        where=None,
        privacy="closed",
        privacy_history=(),
        channel="front",
        status=status,
        status_history=(),
        claims=tuple(one.id for one in claims),
        documents=1,
        origins=(),
        independent=1,
        disputed=status == "denied",
        denials=(),
        first_reported=None,
        revealed_by=None,
        lag_days=None,
        score=0.9,
        reasons=(),
        attestation=attestation or ("record" if is_recorded else None),
    )


def link(public: str, record: str, *reasons: str) -> Judgement:
    value = {"score": 0.9, "reasons": list(reasons)}
    return Judgement(id=f"j_{public}", kind="link", target=public, other=record, value=value, by="links@1")


def made(
    conversations: Sequence[Conversation],
    claims: Sequence[Claim],
    documents: Sequence[Document],
    links: Sequence[Judgement] = (),
    scope: Scope = SCOPE,
) -> Gap:
    material = Material(
        conversations=conversations,
        claims={one.id: one for one in claims},
        documents={one.id: one for one in documents},
        links=links,
        held=HELD,
        cite=lambda document, claim: f"{document.source}, {document.id}",
    )
    return gap(material, scope)
