"""A small store of made-up reports to judge, what its conversations are byte by byte, and judgements by chance."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from backchannel import pipeline
from backchannel.conversations import judge, undo
from backchannel.records import Claim, Document, Judgement, Party, Span, Voice, When
from backchannel.store import Store

WORDS = "Envoys of the two states met at Port Elm and went home again."
PAIRS = (("USA", "RUS"), ("USA", "CHN"), ("FRA", "DEU"), ("USA", "RUS", "CHN"))
VALUES = (
    ("status", "denied"),
    ("status", "planned"),
    ("privacy", "secret"),
    ("form", "call"),
    ("when", "2021-03-09"),
    ("issues", ["trade"]),
    ("source_class", "document"),
    ("where", "Port Elm"),
    ("parties", [{"actor": "USA"}, {"actor": "GBR", "role": "mediator"}]),
)
START = datetime(2024, 1, 1, tzinfo=UTC)


def document(number: int, *, text: str | None = None) -> Document:
    """Give a document of one sentence and words of its own, so that it is nobody's copy, or of another text."""
    day = date(2021, 3, 1) + timedelta(days=number % 9)
    text = text if text is not None else " ".join((WORDS, *(f"w{number}x{place}" for place in range(40))))
    return Document(id=f"d_{number:02}", source=f"Gazette {number % 5}", text=text, published=day, language="en")


def claim(number: int, *, id: str | None = None, word: str = "met", **more) -> Claim:
    """Give the claim of ``document(number)``."""
    start = WORDS.index(word)
    published = document(number).published
    told = None if number % 3 == 0 else When(start=str(published), end=str(published), precision="day")
    values = {
        "id": id or f"c_{number:02}",
        "document": f"d_{number:02}",
        "sentence": Span(start=0, end=len(WORDS), text=WORDS),
        "trigger": Span(start=start, end=start + len(word), text=word),
        "form": "meeting",
        "event": "CONSULT",
        "parties": tuple(Party(actor=actor) for actor in PAIRS[number % len(PAIRS)]),
        "privacy": "closed",
        "channel": "front",
        "status": "occurred",
        "when": told,
        "voice": Voice(source_class=("institution", "unnamed_official", "media_report")[number % 3]),
    }
    return Claim(**{**values, **more})


def fill(store: Store, numbers=range(24)) -> list[str]:
    """Put documents with a claim each, merge, and give the ids of the claims."""
    store.put_documents([(document(n), [claim(n)], None) for n in numbers], reader=pipeline.READER)
    pipeline.merge_store(store, now=START)
    return [claim(n).id for n in numbers]


def rows(path: Path) -> str:
    """Give every row of the tables of conversations, as SQL."""
    with sqlite3.connect(path) as connection:
        return "\n".join(sorted(line for line in connection.iterdump() if 'INTO "conversation' in line))


def by_chance(store: Store, random: Random, number: int, claims: Sequence[str]) -> Judgement:
    """Make a judgement and keep it; each comes a minute after the one before."""
    kind = random.choice(("same", "same", "different", "reject", "correct", "correct", "unsure"))
    target, other = random.sample(claims, 2)
    field, value = random.choice(VALUES) if kind == "correct" else (None, None)
    if kind == "reject" and random.random() < 0.7:
        field = random.choice(VALUES)[0]
    pair = other if kind in ("same", "different", "unsure") else None
    made = Judgement(
        id="", kind=kind, target=target, other=pair, field=field, value=value, by="reader", at=later(number)
    )
    kept = judge(store, made)
    store.put_judgement(kept)
    return kept


def take_back(store: Store, id: str, number: int) -> None:
    """Undo a judgement."""
    store.put_judgement(undo(store, id, by="reader", at=later(number)))


def later(minutes: int) -> datetime:
    """Give a time so many minutes after the start."""
    return START + timedelta(minutes=minutes)
