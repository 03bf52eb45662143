"""Time exporting made-up conversations: ``python benchmarks/export.py [10000 100000]`` prints seconds and memory.

Each conversation is told by two reports of two documents; all formats are written at once, by one traversal.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from backchannel.analysis.questions import Asked
from backchannel.export import EXPORTERS, export
from backchannel.records import (
    Claim,
    Conversation,
    ConversationParty,
    Document,
    Origin,
    Party,
    Span,
    Voice,
    When,
    Where,
)
from backchannel.store import open_store

STATES = ("USA", "CHN", "RUS", "FRA", "OMN", "IRN", "ISR", "EGY", "NOR", "IND")
SENTENCE = "Envoys of the two states spoke quietly for three hours, a person who sat in on the talks said."
TEXT = f"{SENTENCE} {'Nothing else of note was told that day. ' * 20}"
_TOGETHER = 2000


def documents(size: int) -> Iterator[tuple[Document, list[Claim], None]]:
    """Yield two documents of one claim each for every conversation."""
    for number in range(2 * size):
        day = date(2000, 1, 1) + timedelta(days=number // 2 % 9000)
        start = SENTENCE.index("spoke")
        yield (
            Document(id=f"d_{number:07}", source="wire", title="Quiet talks", text=TEXT, published=day),
            [
                Claim(
                    id=f"c_{number:07}",
                    document=f"d_{number:07}",
                    sentence=Span(start=0, end=len(SENTENCE), text=SENTENCE),
                    trigger=Span(start=start, end=start + 5, text="spoke"),
                    form="meeting",
                    parties=tuple(Party(actor=one, role="participant") for one in _sides(number // 2)),
                    status="occurred",
                    voice=Voice(source_class="unnamed_insider"),
                    when=When(start=day.isoformat(), end=day.isoformat(), precision="day"),
                )
            ],
            None,
        )


def _sides(number: int) -> tuple[str, str]:
    return STATES[number % 10], STATES[(number // 10 + number + 1 + number % 9) % 10 if number % 10 else 1 + number % 9]


def conversation(number: int) -> Conversation:
    """Give the conversation that two claims tell."""
    day = (date(2000, 1, 1) + timedelta(days=number % 9000)).isoformat()
    claims = (f"c_{2 * number:07}", f"c_{2 * number + 1:07}")
    return Conversation(
        id=f"k_{number:07}",
        parties=tuple(ConversationParty(actor=one) for one in sorted(set(_sides(number)))),
        form="meeting",
        issues=("ceasefire",),
        when=When(start=day, end=day, precision="day"),
        where=Where(text="Muscat", country="OMN"),
        privacy="closed",
        privacy_history=(),
        channel="front",
        status="occurred",
        status_history=(),
        claims=claims,
        documents=2,
        origins=(Origin(origin="unnamed:wire", kind="unnamed", claims=claims),),
        independent=1,
        disputed=False,
        denials=(),
        first_reported=day,
        revealed_by="unnamed",
        lag_days=0,
        score=0.9,
        reasons=(),
    )


def fill(place: Path, size: int) -> None:
    """Make a store of so many conversations."""
    with open_store(place) as store:
        every = documents(size)
        while some := list(islice(every, _TOGETHER)):
            store.put_documents(some, reader="benchmark 0")
        store.replace_conversations([conversation(number) for number in range(size)])


def measure(place: Path, to: Path) -> str:
    """Export everything in every format and give seconds and the most memory that this process ever held."""
    with open_store(place, read_only=True) as store:
        began = time.perf_counter()
        found = export(store, Asked(), list(EXPORTERS), to, force=True)
        seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{found.conversations:>9,} conversations  {found.reports:>9,} reports  {seconds:7.1f} s  {most:6.0f} MB"


def main() -> None:
    """Fill a store for each size and export it, each in a process of its own: a child starts with its parent's peak."""
    if sys.argv[1:2] == ["fill"]:
        fill(Path(sys.argv[2]), int(sys.argv[3]))
        return
    if sys.argv[1:2] == ["measure"]:
        sys.stdout.write(f"{measure(Path(sys.argv[2]), Path(sys.argv[3]))}\n")
        return
    for size in sys.argv[1:] or ["10000"]:
        with tempfile.TemporaryDirectory() as folder:
            place = str(Path(folder) / "store.db")
            for arguments in (("fill", place, size), ("measure", place, folder)):
                subprocess.run([sys.executable, __file__, *arguments], check=True)


if __name__ == "__main__":
    main()
