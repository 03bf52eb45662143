"""A made-up store for tests of forecasts: documents, each with one contact, an act or a plan, merged."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from backchannel.pipeline.merging import merge_store
from backchannel.records import Claim, Document, Party, Span, Status, Voice, When
from backchannel.store import Store, open_store

BEGIN = date(2024, 1, 1)
NOW = datetime(2024, 9, 20, 8, tzinfo=UTC)
ACTORS = ("USA", "CHN", "RUS", "FRA", "GBR", "DEU", "IND", "IRN", "QAT", "TUR", "EGY", "JPN")
Told = tuple[str, str, int, int | None, Status, str | None]
"""Two parties, the day told, the day of the contact (or ``None``), its status, and the event of an act."""
_LETTERS = "bcdfghjklmnpqrstvwz"


def day(number: int) -> date:
    """Give a day of the store."""
    return BEGIN + timedelta(days=number)


def entry(number: int, told: Told) -> tuple[Document, list[Claim], None]:
    """Give a document and its one claim."""
    one, other, on, when, status, event = told
    words = " ".join(_word(number, place) for place in range(12))
    sentence = f"{one} met {other} about {words}."
    name = f"d_{number:05}"
    at = sentence.index("met")
    roles = ("source", "target") if event else ("participant", "participant")
    held = None if when is None else day(when).isoformat()
    return (
        Document(id=name, source=f"paper{number % 3}", text=sentence, title=f"Note {number}", published=day(on)),
        [
            Claim(
                id=f"c_{number:05}",
                document=name,
                kind="act" if event else "contact",
                event=event or "CONSULT",
                version="0.1.0",
                sentence=Span(start=0, end=len(sentence), text=sentence),
                trigger=Span(start=at, end=at + 3, text="met"),
                form=None if event else "meeting",
                status=status,
                parties=tuple(Party(actor=a, role=r) for a, r in zip((one, other), roles, strict=True)),  # type: ignore[arg-type]  # two of the roles
                when=None if held is None else When(start=held, end=held, precision="day"),
                voice=Voice(source_class="unattributed"),
            )
        ],
        None,
    )


def fill(place: Path, told: list[Told], *, merged: bool = True) -> Store:
    """Give a store with a document for each thing told."""
    store = open_store(place)
    store.put_documents([entry(number, one) for number, one in enumerate(told)], reader="reader 0.1.0")
    if merged:
        merge_store(store, now=NOW)
    return store


def busy(days: int = 215, seed: int = 0) -> list[Told]:
    """Give talks and threats of twenty pairs, some of them often, told a day or some days later."""
    generator = np.random.default_rng(seed)
    pairs = [(one, other) for place, one in enumerate(ACTORS) for other in ACTORS[place + 1 :]]
    chosen = [pairs[int(n)] for n in generator.choice(len(pairs), 20, replace=False)]
    found: list[Told] = []
    for place, (one, other) in enumerate(chosen):
        for on in np.flatnonzero(generator.random(days) < 0.35 / (1 + place / 3)):
            late = int(generator.choice([1, 1, 1, 2, 12]))
            found.append((one, other, min(int(on) + late, days - 1), int(on), "occurred", None))
        for on in np.flatnonzero(generator.random(days) < 0.15 / (1 + place / 4)):
            found.append((one, other, int(on), int(on), "occurred", "THREATEN"))
    return found


def planned(number: int = 64, last: int = 215) -> list[Told]:
    """Give plans of one pair after the other, every third called off, the last one still to come."""
    found: list[Told] = []
    for place in range(number):
        one, other = ACTORS[place % 6], ACTORS[6 + place % 5]
        on = 5 + place * 3
        found.append((one, other, on, on + 4, "planned", None))
        off = place % 3 == 2
        found.append((one, other, on + (2 if off else 5), on + 4, "cancelled" if off else "occurred", None))
    return [*(one for one in found if one[2] < last), ("USA", "JPN", last - 3, last + 5, "planned", None)]


def _word(number: int, place: int) -> str:
    """Give a word of its own for each place of each document, so that no two are copies."""
    value, word = number * 31 + place * 7919 + 1, ""
    while value:
        value, rest = divmod(value, len(_LETTERS))
        word += _LETTERS[rest] + "aeiou"[(rest + place) % 5]
    return word
