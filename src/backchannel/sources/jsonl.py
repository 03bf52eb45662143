"""Documents one a line as JSON: read line by line, so that neither size nor one bad line stops the rest."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from backchannel.errors import DocumentError
from backchannel.sources.decode import check_textual, decode, marked
from backchannel.sources.draft import Draft, finish
from backchannel.sources.kinds import Arrival, Fetched, Options, payload, refused, source

_CHUNK = 1 << 16
_KNOWN = {
    "title": "title",
    "date": "date",
    "published": "date",
    "url": "url",
    "source": "source",
    "licence": "licence",
    "license": "licence",
    "language": "language",
    "lang": "language",
}


@source(".jsonl", ".ndjson")
def read_lines(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield a document or a problem for each line; a problem is named ``path:line``.

    Raises:
        DocumentError: there is no line with anything on it.
    """
    number = 0
    for number, line in _lines(_utf8(arrival, options), options.max_bytes):
        label = f"{arrival.label}:{number}"
        try:
            if line is None:
                raise DocumentError(
                    f"line {number}: longer than {options.max_bytes:,} bytes; put one document on a line"
                )
            yield _document(number, line, options, arrival)
        except DocumentError as fault:
            yield refused(label, fault, kind="jsonl", options=options)
    if number == 0:
        raise DocumentError("the file is empty; expected one JSON object a line")


def _utf8(arrival: Arrival, options: Options) -> BinaryIO:
    """Give the stream itself, or one in UTF-8 when a byte order mark says that it is in UTF-16.

    Raises:
        DocumentError: the stream begins with bytes that are no text.
    """
    peek = getattr(arrival.stream, "peek", None)
    head: bytes = peek(_CHUNK) if peek is not None else b""
    if marked(head) is None:
        check_textual(head)
    if marked(head) in (None, "utf-8"):
        return arrival.stream
    text, _ = decode(payload(arrival, options))
    return io.BytesIO(text.encode())


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number from 1; ``None`` for one over ``limit`` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            del line
            _skip(stream)
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def _skip(stream: BinaryIO) -> None:
    """Read on to the end of the line, a piece at a time."""
    while (piece := stream.readline(_CHUNK)) and not piece.endswith(b"\n"):
        pass


def _document(number: int, line: bytes, options: Options, arrival: Arrival) -> Fetched:
    text, notes = decode(line)
    record = _record(number, text)
    given = record.pop("id", None)
    if given is not None and not isinstance(given, str):
        notes = (*notes, f"id {given!r} is not text: kept as {str(given)!r}")
    body = record.pop("text", None)
    if not isinstance(body, str):
        raise DocumentError(f'line {number}: "text" is missing or no string; give {{"text": "…"}}')
    if not body.strip():
        raise DocumentError(f'line {number}: "text" is empty; leave the line out')
    fields: dict[str, Any] = {}
    meta: dict[str, Any] = {}
    for key, value in record.items():
        name = _KNOWN.get(key)
        if name is None or fields.get(name) is not None:
            meta[key] = value
        elif value is None or isinstance(value, str):
            fields[name] = (value or "").strip() or None
        else:
            meta[key] = value
            notes = (*notes, f"{key} {value!r} is not text: left out")
    draft = Draft(
        payload=line,
        text=body,
        id=None if given is None or given == "" else str(given),
        items=meta.get("items"),
        meta=meta,
        notes=notes,
        retrieved=arrival.retrieved,
        **fields,
    )
    return finish(draft, options)


def _record(number: int, text: str) -> dict[str, Any]:
    """Give the JSON object on a line."""
    try:
        record = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
        raise DocumentError(f"line {number}: not JSON ({fault}); expected one JSON object a line") from None
    if not isinstance(record, dict):
        raise DocumentError(f"line {number}: {type(record).__name__} instead of a JSON object")
    return record
