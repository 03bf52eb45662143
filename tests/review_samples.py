"""A small store with something to decide, and a person who answers line by line, for the tests of the desk."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backchannel.pipeline import merge_store
from backchannel.records import Claim, Document, Party, Span, Voice, When
from backchannel.store import Store, open_store
from commands import runner
from store_samples import READER

TEXTS = {
    "d_elm": "Ada Reed met Ivo Stern in Port Elm on Monday. The talks were kept quiet for a week.",
    "d_oak": "The envoys of both states met in the harbour town, an aide said. Nothing was signed.",
    "d_ash": "A second meeting between the two envoys is planned for June. Neither side commented.",
}
TRIGGERS = {"d_elm": "met", "d_oak": "met", "d_ash": "meeting"}
DAYS = {"d_elm": date(2023, 5, 10), "d_oak": date(2023, 5, 12), "d_ash": date(2023, 5, 13)}


def claim(document: str, **more) -> Claim:
    """Give the claim of the first sentence of a document."""
    text = TEXTS[document]
    sentence = text[: text.index(". ") + 1]
    start = text.index(TRIGGERS[document])
    values = {
        "id": document.replace("d_", "c_"),
        "document": document,
        "version": "0.1.0",
        "sentence": Span(start=0, end=len(sentence), text=sentence),
        "trigger": Span(start=start, end=start + len(TRIGGERS[document]), text=TRIGGERS[document]),
        "form": "meeting",
        "event": "CONSULT",
        "status": "occurred",
        "privacy": "closed",
        "channel": "front",
        "parties": (Party(actor="USA", name="United States"), Party(actor="RUS", name="Russia")),
        "voice": Voice(source_class="unattributed"),
        "defaulted": ("privacy", "channel", "role", "source_class"),
        "score": 0.75,
    }
    return Claim(**{**values, **more})


CLAIMS = (
    claim("d_elm", when=When(start="2023-05-08", end="2023-05-08", precision="day"), score=0.9),
    claim("d_oak"),
    claim("d_ash", status="planned", score=0.5),
)


def fill(store: Store) -> None:
    """Put three documents with a claim each into a store, and merge them."""
    for one in CLAIMS:
        name = one.document
        document = Document(
            id=name, source=f"The {name[2:]} post", text=TEXTS[name], published=DAYS[name], title=f"Story {name}"
        )
        store.put_document(document, [one], reader=READER)
    merge_store(store)


def clock() -> Callable[[], datetime]:
    """Give a clock that goes on by a second each time it is asked."""
    start, asked = datetime(2024, 1, 1, tzinfo=UTC), iter(range(1_000_000))
    return lambda: start + timedelta(seconds=next(asked))


@pytest.fixture
def desk_place(tmp_path: Path) -> str:
    """Give where a small store with something to decide lies."""
    place = str(tmp_path / "store.db")
    with open_store(place) as store:
        fill(store)
    return place


@pytest.fixture
def sit(desk_place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """Give what runs a command on that store with lines to answer by: exit code, stdout, stderr."""
    return runner(desk_place, capsys, monkeypatch)
