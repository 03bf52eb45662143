"""Which kind of source some bytes are, by the name of the file, what the server says, or how they begin."""

from __future__ import annotations

import re

from backchannel.sources.decode import marked

_FEED = re.compile(r"<(?:rss|feed|rdf:rdf|(?:atom|a):feed)\b", re.I)
_TEI = re.compile(r"<(?:\w+:)?TEI\b")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.I)
_OBJECT = re.compile(r'\{\s*(?:"|\})')
_LOOKED_AT = 4096
_PROLOGUE = (("<?", "?>"), ("<!--", "-->"))

TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""The content types that are read, each with the suffix whose reader takes it."""


def is_feed(head: bytes) -> bool:
    """Tell whether bytes begin like an RSS, RDF or Atom feed."""
    return _FEED.match(_behind_doctype(head)) is not None


def is_tei(head: bytes) -> bool:
    """Tell whether bytes begin like a text in TEI, the encoding of volumes of records."""
    return _TEI.match(_behind_doctype(head)) is not None


def _behind_doctype(head: bytes) -> str:
    opening = _opening(head)
    if opening[:9].lower() == "<!doctype":
        opening = _past(opening, "]>" if "[" in opening.partition(">")[0] else ">")
    return opening


def by_content(head: bytes) -> str:
    """Give the suffix whose reader fits bytes that begin with ``head``; plain text when nothing else does.

    >>> by_content(b'{"text": "They met."}'), by_content(b"They met.")
    ('.jsonl', '.txt')
    """
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return ".docx"
    if is_feed(head) or is_tei(head):
        return ".xml"
    opening = _opening(head)
    if _OBJECT.match(opening):
        return ".jsonl"
    return ".html" if _PAGE.match(opening) else ".txt"


def by_type(content_type: str | None, head: bytes) -> str | None:
    """Give the suffix for what a server sent as ``content_type``, or ``None`` when that is not read.

    A page sent as plain text or XML is known by its beginning; no type at all is decided by the beginning alone.
    """
    if content_type is None:
        return by_content(head)
    suffix = TYPES.get(content_type)
    if suffix in (".html", ".xml", ".txt"):
        found = by_content(head)
        if found in (".xml", ".html") or (suffix == ".txt" and found == ".jsonl"):
            return found
        return ".html" if suffix == ".xml" else suffix
    return suffix


def _opening(head: bytes) -> str:
    """Give the first characters as text, whatever their encoding, behind declarations and comments."""
    mark = marked(head)
    text = head[:_LOOKED_AT].decode(mark or "latin-1", "replace").removeprefix("\ufeff").lstrip()
    for _ in range(_LOOKED_AT):
        closing = next((closing for opening, closing in _PROLOGUE if text.startswith(opening)), None)
        if closing is None:
            break
        text = _past(text, closing)
    return text


def _past(text: str, mark: str) -> str:
    """Give what follows ``mark``, or nothing when it is not there."""
    return text.partition(mark)[2].lstrip()
