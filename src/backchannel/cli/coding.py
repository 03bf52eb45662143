"""``code``: documents come in, claims go out, and nothing is kept."""

from __future__ import annotations

import os
import stat
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from backchannel.cli.options import day, examples, now
from backchannel.cli.output import note, progress
from backchannel.errors import DocumentError, InputError, SourceError

if TYPE_CHECKING:
    from backchannel.pipeline.workers import Outcome
    from backchannel.records import Document

_CHUNK = 16
"""Texts that go to a process together."""
_HEAD = 4096

HELP = examples(
    "echo 'Sullivan met Wang Yi in Vienna.' | backchannel code - --date 2023-05-11",
    "one text, its claims as JSON lines",
    "backchannel code articles.jsonl --workers 4 > claims.jsonl",
    "many texts: {id, text, title?, date?, url?, source?} a line",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is taken for texts that do not say it themselves."""

    day: date | None
    title: str | None
    source: str | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text to code: ``id`` as it was given, ``None`` when it was not; or the fault of its line."""

    place: str
    id: Any = None
    document: Document | None = None
    fault: str | None = None
    notes: tuple[str, ...] = ()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("code", epilog=HELP)(code)


def code(
    file: Annotated[str, typer.Argument(metavar="[FILE or -]", help="Plain text or JSON lines; - is stdin.")] = "-",
    date_: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Day of publication, where none is given.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title, where none is given.")] = None,
    source: Annotated[str | None, typer.Option(help="Who published it, where it is not given.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read; by default one a core for a large file, else one.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON lines, which is what it writes anyway.", show_default=False)
    ] = True,
) -> None:
    """Code texts: claims as JSON lines on stdout, each value with the words it rests on.

    No store is used. ``document`` echoes the id that was given; offsets count characters of the text as it was given.
    """
    clock = now()
    given = Given(day=_published(date_, clock.date()), title=title, source=source, today=clock.date())
    failed = 0
    with _stream(file) as stream, progress() as bar:
        task = bar.add_task("coding", total=None) if bar is not None else None
        items = _items(stream, file, given)
        count = workers if workers is not None else _default_workers(stream)
        for item, outcome in _coded(items, count, clock):
            failed += _write(item, outcome)
            if bar is not None and task is not None:
                bar.advance(task)
    if failed:
        note(f"{failed} could not be coded; the rest was")
        raise typer.Exit(1)


def _published(value: str | None, today: date) -> date | None:
    from backchannel.documents import published_on

    return published_on(day(value, "date"), today=today)


@contextmanager
def _stream(file: str) -> Iterator[BinaryIO]:
    """Give the bytes of a file, or of stdin.

    Raises:
        SourceError: the file is not there or cannot be read.
    """
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    if not path.is_file() or not os.access(path, os.R_OK):
        raise SourceError(file, "cannot be read; give a file, or - for stdin")
    with path.open("rb") as stream:
        yield stream


def _default_workers(stream: BinaryIO) -> int:
    """Give one process a core for a file over 1 MB; what comes through a pipe is answered as it comes, by one."""
    try:
        about = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return 1
    large = stat.S_ISREG(about.st_mode) and about.st_size > 1_000_000
    return len(os.sched_getaffinity(0)) if large and hasattr(os, "sched_getaffinity") else 1


def _items(stream: BinaryIO, name: str, given: Given) -> Iterator[Item]:
    """Yield what there is to code.

    Raises:
        InputError: it is neither text nor JSON lines.
    """
    from backchannel.sources.detect import by_content

    head: bytes = stream.peek(_HEAD)[:_HEAD] if hasattr(stream, "peek") else b""
    kind = by_content(head)
    if kind in (".pdf", ".docx"):
        raise InputError(
            f"{name}: is a {kind[1:].upper()} file; code takes plain text or JSON lines, give it to backchannel read"
        )
    if kind == ".jsonl" or name.endswith((".jsonl", ".ndjson")):
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _from_line(number, line, given)
    else:
        yield _from_text(stream.read(), name, given)


def _from_text(content: bytes, name: str, given: Given) -> Item:
    from backchannel import documents
    from backchannel.sources.decode import decode

    try:
        text, notes = decode(content)
    except DocumentError as fault:
        return Item(place=name, fault=str(fault))
    number = documents.identify(source=given.source, url=None, payload=content)
    fields = {"title": given.title, "source": given.source, "published": given.day}
    return _item(name, None, number, text, fields, notes)


def _from_line(number: int, line: bytes, given: Given) -> Item:
    """Give the text of a line, or its fault."""
    import msgspec

    from backchannel import documents

    place = f"line {number}"
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as fault:
        return Item(place=place, fault=f"not JSON ({fault}); expected one JSON object a line")
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        return Item(place=place, fault='no "text" in it; expected {"id": …, "text": "…"}')
    notes: list[str] = []
    published = given.day
    try:
        published = documents.published_on(_text_of(record, "date", notes), today=given.today) or given.day
    except DocumentError as fault:
        notes.append(f"{fault}; coded without it")
    publisher, url = _text_of(record, "source", notes) or given.source, _text_of(record, "url", notes)
    fields = {
        "title": _text_of(record, "title", notes) or given.title,
        "source": publisher,
        "url": url,
        "published": published,
        "language": _text_of(record, "language", notes),
    }
    one = record.get("id")
    name = str(one) if one is not None else documents.identify(source=publisher, url=url, payload=line)
    return _item(place, one, name, text, fields, tuple(notes))


def _item(place: str, one: Any, name: str, text: str, fields: dict[str, Any], notes: tuple[str, ...]) -> Item:
    from backchannel.records import Document
    from backchannel.sources.draft import given_language, language_of

    told = fields.pop("language", None)
    language = (given_language(told) if told is not None else None) or language_of(text)[0]
    if language not in (None, "en"):
        notes = (*notes, f"its language is {language}, not English; no claims")
    return Item(place=place, id=one, document=Document(id=name, text=text, language=language, **fields), notes=notes)


def _text_of(record: dict[str, Any], key: str, notes: list[str]) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value or None
    notes.append(f"{key} {value!r} is not text; left out")
    return None


def _coded(items: Iterator[Item], workers: int, clock: Any) -> Iterator[tuple[Item, Outcome | None]]:
    """Yield each item with its outcome, in order; an item with a fault has none."""
    from backchannel.pipeline.ingest import load_reading
    from backchannel.pipeline.workers import Workers, attempt

    if workers == 1:
        read = load_reading()
        for item in items:
            yield item, None if item.document is None else attempt(item.document, read, now=clock)
        return
    with closing(Workers(load_reading, count=workers, now=clock)) as pool:
        waiting: deque[tuple[list[Item], Any]] = deque()
        for chunk in _chunks(items):
            waiting.append((chunk, pool.submit([item.document for item in chunk if item.document is not None])))
            if len(waiting) > 2 * workers:
                yield from _matched(*waiting.popleft())
        while waiting:
            yield from _matched(*waiting.popleft())


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, _CHUNK)):
        yield chunk


def _matched(chunk: Iterable[Item], future: Any) -> Iterator[tuple[Item, Outcome | None]]:
    outcomes = iter(future.result())
    for item in chunk:
        yield item, None if item.document is None else next(outcomes)


def _write(item: Item, outcome: Outcome | None) -> int:
    """Write the claims of an item and give 1 if it failed, else 0."""
    import msgspec

    for told in item.notes:
        note(f"{item.place}: {told}")
    fault = item.fault
    if outcome is not None and outcome.problem is not None:
        fault = f"{outcome.problem.error}: {outcome.problem.message} ({outcome.problem.room})"
    if fault is not None:
        note(f"{item.place}: {fault}")
        return 1
    for claim in outcome.claims if outcome is not None else ():
        record = msgspec.to_builtins(claim)
        if item.id is not None:
            record["document"] = item.id
        sys.stdout.write(msgspec.json.encode(record).decode() + "\n")
    sys.stdout.flush()
    return 0
