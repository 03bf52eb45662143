"""A cheap reading that other processes can import, folders of small documents, and runs that get killed."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from backchannel import pipeline
from backchannel.documents import claim_id
from backchannel.errors import DocumentError
from backchannel.records import Claim, Document, Evidence, Party, Span, Voice, When, to_json
from backchannel.sources import Options
from backchannel.store import Store, open_store

NOW = datetime(2024, 3, 1, tzinfo=UTC)
OPTIONS = Options(today=NOW.date(), now=NOW)
NAMES = {"Norland": "NOR", "Sudland": "SWE", "Ostland": "FIN"}


def read_cheaply(document: Document) -> tuple[Claim, ...]:
    """Give a claim for each "A met B"; some words make the reading fail, or end its process."""
    if "BROKEN" in document.text:
        raise DocumentError("broken on purpose", room="language")
    if "BUG" in document.text:
        raise ZeroDivisionError("a bug on purpose")
    if marker := re.search(r"DEADLY(?: ONCE (\S+))?", document.text):
        seen = Path(marker[1]) if marker[1] else None
        if seen is None or not seen.exists():
            if seen is not None:
                seen.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return tuple(_claims(document))


def _claims(document: Document):
    for match in re.finditer(r"(\w+) met (\w+)[^.]*\.", document.text):
        met = match.start() + match[0].index("met")
        parties = tuple(
            Party(actor=NAMES.get(match[n], "UNKNOWN"), start=match.start(n), end=match.end(n), text=match[n])
            for n in (1, 2)
        )
        published = document.published or date(2024, 2, 1)
        yield Claim(
            id=claim_id(document.id, "contact", met, 0),
            document=document.id,
            version="0",
            sentence=Span(start=match.start(), end=match.end(), text=match[0]),
            trigger=Span(start=met, end=met + 3, text="met"),
            form="meeting",
            event="CONSULT",
            parties=parties,
            privacy="closed",
            channel="front",
            status="occurred",
            voice=Voice(),
            when=When(start=published.isoformat(), end=published.isoformat(), precision="day"),
            evidence={"form": (Evidence(start=met, end=met + 3, text="met", by="test"),)},
        )


def load_cheaply():
    """Give the cheap reading, as a run loads it once in each process."""
    return read_cheaply


def line(number: int, **more) -> str:
    """Give one document as a line of JSON."""
    others = ("Sudland", "Ostland")
    text = f"Envoy Norland met {others[number % 2]} in town {number}. They spoke of the river. Nobody told the press."
    record = {
        "id": f"d_{number:03}",
        "text": text,
        "date": f"2024-02-{1 + number % 27:02}",
        "source": "Wire",
        "lang": "en",
    }
    return json.dumps(record | more)


def folder(path: Path, count: int) -> Path:
    """Make a folder of small documents, some of which cannot be read, twice there, or in another language."""
    path.mkdir()
    for number in range(count):
        more = {}
        if number % 9 == 4:
            more = {"text": "This is BROKEN. Norland met Sudland."}
        if number % 11 == 5:
            more = {"lang": "fr"}
        (path / f"{number:03}.jsonl").write_text(line(number, **more) + "\n")
    (path / "900.jsonl").write_text(line(2) + "\n")
    (path / "901.jsonl").write_text("{not JSON\n")
    (path / "902.jsonl").write_text(line(3, text="Another text under an id that is taken.") + "\n")
    (path / "903.txt").write_bytes(b"\x00\x01\x02\x03")
    return path


def run(store: Path, target: Path, workers: int) -> None:
    """Read a folder cheaply, and merge."""
    with open_store(store) as opened:
        pipeline.ingest([str(target)], opened, OPTIONS, workers=workers, load=load_cheaply)
        pipeline.merge_store(opened)


def start(store: Path, target: Path, workers: int) -> subprocess.Popen[str]:
    """Begin ``run`` in a process of its own, in a group of its own, heeding interrupts even where the tests' shell does not."""
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; import pipeline_samples as p; p.run({str(store)!r}, {str(target)!r}, {workers})"
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=Path(__file__).parent, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def fingerprint(store: Store) -> str:
    """Give one hash over all conversations, as one answer of the store tells them."""
    told = hashlib.sha256()
    for one in store.conversations(order="id"):
        told.update(to_json(one).encode())
    return told.hexdigest()


def rounds(store: Path, target: Path, count: int) -> None:
    """Read small folders one after the other, merge after each, and print what the conversations then are."""
    for number in range(count):
        part = target / f"{number:02}"
        part.mkdir(parents=True)
        for place in range(12):
            (part / f"{place:02}.jsonl").write_text(line(12 * number + place) + "\n")
        with open_store(store) as opened:
            pipeline.ingest([str(part)], opened, OPTIONS, workers=1, load=load_cheaply)
            pipeline.merge_store(opened)
            sys.stdout.write(fingerprint(opened) + "\n")


def start_rounds(store: Path, target: Path, count: int) -> subprocess.Popen[str]:
    """Begin ``rounds`` in a process of its own."""
    code = f"from pathlib import Path\nimport pipeline_samples as p\np.rounds(Path({str(store)!r}), Path({str(target)!r}), {count})"
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, stdout=pipe, stderr=pipe, text=True
    )
