"""Visits, journeys, readouts and records, made up, for the tests of linking."""

import json
from datetime import date

from backchannel.actors import shipped
from backchannel.importers import tables
from backchannel.records import Claim, Document, Party, Span, Voice, When, Where
from backchannel.sources import record

READER = "reader 0.1.0"


def visit(
    visitor="Prime Minister Harold Wilson", start="1966-08-02", end="1966-08-04", remarks="Official visit.", **more
):
    """Give a row of the table of visits."""
    row = {"id": 1, "start": start, "end": end, "visitor": visitor, "description": remarks}
    return {**row, "from": [{"id": "x", "name": more.pop("country", "United Kingdom")}], **more}


def journey(locale="Bonn", start="1963-06-23", end="1963-06-26", remarks="Official visit.", **more):
    """Give a row of the table of travels, of Secretary Rusk to Germany."""
    row = {"id": 1, "who": "rusk", "role": "secretary", "name": "Dean Rusk", "start": start, "end": end}
    country = [{"id": "x", "name": more.pop("country", "Germany, Federal Republic of")}]
    return {**row, "country": country, "locale": locale, "remarks": remarks, **more}


def table(name: str, *rows) -> tuple[Document, list[Claim]]:
    """Give a table as its document and claims; rows are numbered."""
    text = json.dumps([{**row, "id": number} for number, row in enumerate(rows, 1)])
    document = tables.as_document(name, text)
    return document, list(tables.claims(document, shipped()))


def memo(number=1, *people, on="1966-08-03", place="Washington", country="USA", form="meeting", hours=None, end=None):
    """Give a record and its claim; ``people`` are (actor, person or None, words)."""
    text = f"Memorandum of Conversation {number}"
    span = Span(start=0, end=len(text), text=text)
    actors = dict.fromkeys(actor for actor, _, _ in people if actor is not None)
    listed = [
        {"text": words} | {k: v for k, v in (("actor", actor), ("person", person)) if v is not None}
        for actor, person, words in people
    ]
    claim = Claim(
        id=f"c_memo_{number}",
        document=f"d_memo_{number}",
        by="markup",
        version="0.1.0",
        sentence=span,
        trigger=span,
        form=form,
        event="CONSULT",
        parties=tuple(Party(actor=one, start=0, end=1, text="M") for one in actors),
        privacy="closed",
        channel="front",
        status="occurred",
        voice=Voice(source_class="document"),
        when=When(start=on, end=end or on, precision="day"),
        where=Where(text=place, country=country) if place is not None else None,
        score=0.95,
        extensions={"participants": listed} | ({"hours": [hours, None]} if hours is not None else {}),
    )
    meta = {record.KEY: {"kind": "memcon"}}
    return Document(id=claim.document, text=text, published=date.fromisoformat(on), meta=meta), claim


def report(
    number=1, *parties, on="1966-08-03", published=date(1966, 8, 4), place=None, form="meeting", status="occurred"
):
    """Give a news text and its claim; ``parties`` are (actor, person or None)."""
    text = f"They talked, the paper wrote {number}."
    claim = Claim(
        id=f"c_news_{number}",
        document=f"d_news_{number}",
        version="0.1.0",
        sentence=Span(start=0, end=len(text), text=text),
        trigger=Span(start=5, end=11, text="talked"),
        form=form,
        event="CONSULT",
        parties=tuple(Party(actor=actor, person=person) for actor, person in parties),
        privacy="closed",
        channel="front",
        status=status,
        voice=Voice(source_class="unattributed"),
        when=When(start=on, end=on, precision="day") if on is not None else None,
        where=Where(text=place[0], country=place[1]) if place is not None else None,
        score=0.9,
    )
    return Document(id=claim.document, source="Fjord Gazette", text=text, published=published), claim


US = ("USA", "Lyndon Johnson", "The President")
WILSON = ("GBR", "Harold Wilson", "Prime Minister Wilson")
RUSK = ("USA", "Dean Rusk", "The Secretary")
