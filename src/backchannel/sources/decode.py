"""Bytes become text: the encoding is known, declared or owned up to in a note."""

from __future__ import annotations

import codecs
import re

from backchannel.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_META = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]{1,40})""", re.I)


def marked(payload: bytes) -> str | None:
    """Give the encoding that a byte order mark at the start announces, or ``None``."""
    return next((name for mark, name in _MARKS if payload.startswith(mark)), None)


def declared(payload: bytes) -> str | None:
    """Give the encoding that the head of an HTML or XML page declares, or ``None``."""
    found = _META.search(payload[:2048])
    return found.group(1).decode("ascii", "ignore") if found else None


def decode(payload: bytes, *, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Give the text of ``payload`` and notes on how it was decoded.

    A byte order mark is believed first (and left out), then ``charset``, then UTF-8, then Windows-1252 with a note.

    Raises:
        DocumentError: the bytes are no text.

    >>> decode(b"caf\\xe9")[0]
    'café'
    """
    mark = marked(payload)
    if mark is None:
        check_textual(payload)
    for name in (mark, _usable(charset), "utf-8"):
        if name is None:
            continue
        try:
            return payload.decode(name).removeprefix("\ufeff"), ()
        except UnicodeError:
            continue
    note = "not UTF-8: read as Windows-1252; save it as UTF-8 if letters look wrong"
    return payload.decode("cp1252", "replace"), (note,)


def _usable(charset: str | None) -> str | None:
    """Give ``charset`` when Python knows it as an encoding of text."""
    if charset is None:
        return None
    try:
        known = codecs.lookup(charset)
        "".encode(known.name)
    except LookupError:
        return None
    # A page that could be decoded as ASCII declares UTF-16 wrongly; browsers ignore it too.
    return None if known.name.startswith("utf-16") else known.name


def check_textual(payload: bytes) -> None:
    """Raise when the bytes are those of a picture, an archive or a program.

    Raises:
        DocumentError: a NUL byte, or over 5 % control characters in the first 65,536 bytes.
    """
    hint = "give a text, HTML, PDF, DOCX, e-mail, JSONL or feed file (UTF-16 needs its byte order mark)"
    head = payload[:65536]
    if b"\0" in payload:
        raise DocumentError(f"binary: it holds NUL bytes; {hint}")
    if len(head) - len(head.translate(None, _CONTROL)) > len(head) // 20:
        raise DocumentError(f"binary: more than one byte in twenty is a control character; {hint}")
