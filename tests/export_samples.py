"""Small conversations with their claims and documents for the tests of exports, and a store that holds them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from backchannel.actors import shipped
from backchannel.export.registry import About, Exported
from backchannel.export.rights import Rights
from backchannel.records import (
    Claim,
    Conversation,
    ConversationParty,
    Document,
    Evidence,
    Origin,
    Party,
    Span,
    StatusStep,
    Voice,
    When,
    Where,
)
from backchannel.store import Store

TEXT = "Ministers of Norway and Israel met secretly in Oslo on 3 May, two diplomats said."


def document(number: int = 1, **more: Any) -> Document:
    values = {
        "id": f"d_{number}",
        "source": "Fjord Gazette",
        "url": f"https://example.org/{number}",
        "title": "Quiet talks; an =odd title",
        "text": TEXT,
        "language": "en",
        "published": date(2023, 5, 5),
        "licence": "CC BY 4.0",
    }
    return Document(**values | more)


def claim(number: int = 1, **more: Any) -> Claim:
    start = TEXT.index("met")
    values = {
        "id": f"c_{number}",
        "document": f"d_{number}",
        "sentence": Span(start=0, end=len(TEXT), text=TEXT),
        "trigger": Span(start=start, end=start + 3, text="met"),
        "form": "meeting",
        "event": "CONSULT",
        "parties": (Party(actor="NOR", sector="GOV", text="Norway"), Party(actor="ISR", sector="GOV", text="Israel")),
        "privacy": "secret",
        "channel": "front",
        "status": "occurred",
        "voice": Voice(source_class="unnamed_official", speaker=Span(start=62, end=75, text="two diplomats")),
        "when": When(start="2023-05-03", end="2023-05-03", precision="day"),
        "where": Where(text="Oslo", country="NOR", start=47, end=51),
        "evidence": {
            "privacy": (Evidence(start=start + 4, end=start + 12, text="secretly", by="privacy.cues:secretly"),)
        },
    }
    return Claim(**values | more)


def conversation(number: int = 1, **more: Any) -> Conversation:
    values = {
        "id": f"k_{number}",
        "parties": (ConversationParty(actor="NOR", name="Norway"), ConversationParty(actor="ISR", name="Israel")),
        "form": "meeting",
        "issues": ("peace_process",),
        "when": When(start="2023-05-03", end="2023-05-03", precision="day"),
        "where": Where(text="Oslo", country="NOR"),
        "privacy": "secret",
        "privacy_history": (),
        "channel": "front",
        "status": "occurred",
        "status_history": (StatusStep(status="occurred", on="2023-05-05", claim=f"c_{number}"),),
        "claims": (f"c_{number}",),
        "documents": 1,
        "origins": (Origin(origin="unnamed:fjord gazette", kind="unnamed", claims=(f"c_{number}",)),),
        "independent": 1,
        "disputed": False,
        "denials": (),
        "first_reported": "2023-05-05",
        "revealed_by": "unnamed",
        "lag_days": 2,
        "score": 0.9,
        "reasons": (),
    }
    return Conversation(**values | more)


def history(*steps: str, number: int = 1) -> tuple[StatusStep, ...]:
    return tuple(StatusStep(status=one, on=f"2023-05-0{n}", claim=f"c_{number}") for n, one in enumerate(steps, 1))


def exported(**more: Any) -> Exported:
    """Give a conversation with one claim and its document; ``more`` are fields of the conversation."""
    return Exported(conversation=conversation(**more), claims={"c_1": claim()}, documents={"d_1": document()})


def about(limit: int | None = None, **more: Any) -> About:
    return About(version="0", question={}, rights=Rights(limit), actors=shipped(), **more)


def fill(store: Store, size: int = 3) -> None:
    """Keep so many conversations of one claim each."""
    for number in range(1, size + 1):
        store.put_document(document(number), [claim(number)], reader="test 0")
    kept = {one.document: one.id for one in store.claims()}
    made = [
        replace(
            conversation(number),
            claims=(kept[f"d_{number}"],),
            origins=(Origin(origin="unnamed:fjord gazette", kind="unnamed", claims=(kept[f"d_{number}"],)),),
        )
        for number in range(1, size + 1)
    ]
    store.replace_conversations(made)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
