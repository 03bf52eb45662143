"""Small records, a fresh store on each database, and a second process, for the tests of the store."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from backchannel.records import (
    Claim,
    Conversation,
    ConversationParty,
    Document,
    Origin,
    Party,
    Problem,
    Span,
    StatusStep,
    Voice,
    When,
)
from backchannel.store import Store, open_store

READER = "reader 0.1.0"
SERVER = os.environ.get("BACKCHANNEL_TEST_POSTGRES")
TEXT = "Sullivan met Wang in Vienna. The envoys spoke quietly about Taiwan. Nobody told the press."


def document(number: int = 1, *, text: str = TEXT, published: date | None = date(2023, 5, 12), **more) -> Document:
    """Give a document of two short contacts."""
    return Document(id=f"d_{number:03}", source="wire", text=text, published=published, title=f"Talks {number}", **more)


def claim(number: int = 1, ordinal: int = 0, *, word: str = "met", parties=("USA", "CHN"), **more) -> Claim:
    """Give a claim of ``document(number)`` whose trigger is the first ``word`` of its text."""
    start = TEXT.index(word)
    sentence = next(s for s in TEXT.split(". ") if word in s)
    at = TEXT.index(sentence)
    values = {
        "id": f"c_{number:03}_{ordinal}",
        "document": f"d_{number:03}",
        "version": "0.1.0",
        "sentence": Span(start=at, end=at + len(sentence), text=sentence),
        "trigger": Span(start=start, end=start + len(word), text=word),
        "form": "meeting",
        "status": "occurred",
        "parties": tuple(Party(actor=actor) for actor in parties),
        "when": When(start="2023-05-10", end="2023-05-11", precision="day"),
        "voice": Voice(source_class="institution"),
    }
    return Claim(**{**values, **more})


def pair(number: int = 1) -> tuple[Document, list[Claim], list[int]]:
    """Give a document, its two claims and a signature."""
    return document(number), [claim(number), claim(number, 1, word="spoke", when=None)], [number, 2**64 - 1]


def conversation(number: int = 1, **more) -> Conversation:
    """Give a conversation that rests on the first claim of ``document(number)``."""
    values = {
        "id": f"v_{number:03}",
        "parties": (ConversationParty(actor="USA", persons=("Jake Sullivan",)), ConversationParty(actor="CHN")),
        "form": "meeting",
        "issues": ("taiwan",),
        "when": When(start="2023-05-10", end="2023-05-11", precision="day"),
        "where": None,
        "privacy": "closed",
        "privacy_history": (),
        "channel": "front",
        "status": "occurred",
        "status_history": (StatusStep(status="occurred", on="2023-05-12", claim=f"c_{number:03}_0"),),
        "claims": (f"c_{number:03}_0",),
        "documents": 1,
        "origins": (Origin(origin="wire", kind="institution", claims=(f"c_{number:03}_0",)),),
        "independent": 1,
        "disputed": False,
        "denials": (),
        "first_reported": "2023-05-12",
        "revealed_by": "own_announcement",
        "lag_days": 2,
        "score": 0.9,
        "reasons": (),
    }
    return Conversation(**{**values, **more})


def problem(number: int = 1, *, hour: int = 1) -> Problem:
    """Give the problem of a document that failed."""
    at = datetime(2024, 1, 1, hour, tzinfo=UTC)
    return Problem(document=f"d_{number:03}", room="language", error="DocumentError", message="broken", at=at)


@contextmanager
def schema_on_server() -> Iterator[str]:
    """Give the URL of a fresh schema on the server of the tests, gone after the block."""
    import psycopg

    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        try:
            yield f"{SERVER}?options=-csearch_path%3D{name}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


NO_SERVER = "BACKCHANNEL_TEST_POSTGRES is not set; run by tests/postgres.sh"
DATABASES = [
    "sqlite",
    pytest.param("postgres", marks=[pytest.mark.extras, pytest.mark.skipif(SERVER is None, reason=NO_SERVER)]),
]


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give where a store may be made, on each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "store.db")
        return
    with schema_on_server() as url:
        yield url


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Give an empty store, on each database."""
    with open_store(place) as opened:
        yield opened


@contextmanager
def other_process(place: str, code: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``code`` in a process of its own, with ``place`` and all names of this file at hand."""
    start = f"import sys; from store_samples import *; place = {place!r}\n"
    command = [sys.executable, "-c", start + code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=Path(__file__).parent, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()
