"""Made-up accounts of one call between Norway and Chile, and the conversation that they tell."""

from datetime import date
from typing import Any

from backchannel.actors import shipped
from backchannel.analysis.readouts import Readouts, compare
from backchannel.records import Claim, Conversation, ConversationParty, Document, Origin, Party, Span, When

DAY = date(2024, 5, 14)
SOURCES = {
    "NOR": "Office of the Prime Minister of Norway",
    "CHL": "Presidency of Chile",
    "press": "Elm Gazette",
}
_LEAD = {"NOR": "Norway's prime minister spoke", "CHL": "Chile's president spoke", "press": "The leaders spoke"}


def document(who: str, text: str, *, title: str | None = None, id: str | None = None, **meta: str) -> Document:
    """Give the account of a side as a readout of its own, or of a paper as news."""
    own = {"kind": "readout", "owner": who, "institution": SOURCES[who]} if who != "press" else {}
    title = title or "Telephone conversation between Norway and Chile"
    return Document(
        id=id or f"d_{who}", source=SOURCES[who], title=title, text=text, published=DAY, meta={**own, **meta}
    )


def claim(
    told: Document, sentence: str, *, id: str | None = None, parties: tuple[str, ...] = ("NOR", "CHL"), **more: Any
) -> Claim:
    """Give the claim of a contact that a sentence of a document tells; its trigger is the word after the first space."""
    start = told.text.index(sentence)
    word = more.pop("word", "spoke")
    at = start + sentence.index(word)
    values = {
        "id": id or f"c_{told.id}",
        "document": told.id,
        "sentence": Span(start=start, end=start + len(sentence), text=sentence),
        "trigger": Span(start=at, end=at + len(word), text=word),
        "form": "call",
        "status": "occurred",
        "parties": tuple(Party(actor=actor) for actor in parties),
        "when": When(start="2024-05-14", end="2024-05-14", precision="day"),
    }
    return Claim(**{**values, **more})


def conversation(claims: dict[str, Claim], **more: Any) -> Conversation:
    """Give the conversation of claims by the key of their origin."""
    values = {
        "id": "k_call",
        "parties": (ConversationParty(actor="NOR", name="Norway"), ConversationParty(actor="CHL", name="Chile")),
        "form": "call",
        "issues": (),
        "when": When(start="2024-05-14", end="2024-05-14", precision="day"),
        "where": None,
        "privacy": "closed",
        "privacy_history": (),
        "channel": "front",
        "status": "occurred",
        "status_history": (),
        "claims": tuple(sorted(one.id for one in claims.values())),
        "documents": len(claims),
        "origins": tuple(
            Origin(origin=origin, kind=origin.partition(":")[0], claims=(one.id,)) for origin, one in claims.items()
        ),
        "independent": len(claims),
        "disputed": False,
        "denials": (),
        "first_reported": "2024-05-14",
        "revealed_by": None,
        "lag_days": 0,
        "score": 0.9,
        "reasons": (),
    }
    return Conversation(**{**values, **more})


def told(**texts: str) -> Readouts:
    """Give the comparison of accounts: each opens with the call, then goes on with the text given for its teller."""
    documents, claims = {}, {}
    for who, text in texts.items():
        opening = f"{_LEAD[who]} with {'Norway' if who == 'CHL' else 'Chile'} by telephone today."
        made = document(who, f"{opening} {text}")
        documents[made.id] = made
        origin = f"official:{who}" if who != "press" else "outlet:elm gazette"
        claims[origin] = claim(made, opening)
    return compare(conversation(claims), claims.values(), documents, shipped())
