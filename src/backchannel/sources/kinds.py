"""What a kind of source is: bytes arrive with an address, documents and problems leave."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from backchannel.errors import BackchannelError, DocumentError
from backchannel.records import Document, Problem
from backchannel.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read: what is known beforehand, what is allowed and how much.

    ``date`` and ``source`` are used where a document names none. ``timeout`` (seconds) spans a whole transfer,
    ``delay`` (seconds) lies between two requests to one host, ``max_bytes`` bounds one document. ``today`` (UTC) is
    the last day a document can have been published on; ``now`` is a time in UTC. ``fetch`` follows the links of a
    feed *file*; those of a feed address are always followed.
    """

    date: datetime.date | None = None
    source: str | None = None
    allow_private: bool = False
    timeout: float = 20.0
    max_bytes: int = 20_000_000
    delay: float = 1.0
    fetch: bool = False
    today: datetime.date
    now: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One document or the problem that kept it away, exactly one of the two, with notes for the reader."""

    document: Document | None
    problem: Problem | None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.document is None) == (self.problem is None):
            raise ValueError("give exactly one of document and problem")


class FeedMemory(Protocol):
    """What is remembered of an address between visits, so that only what changed is sent again."""

    def get(self, url: str) -> tuple[str | None, str | None] | None:
        """Give the ``ETag`` and ``Last-Modified`` of the last visit, or ``None`` when there was none."""

    def set(self, url: str, etag: str | None, last_modified: str | None) -> None:
        """Keep what the server said of the version that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Bytes to read and where they came from.

    ``label`` is the path, address or ``-`` that a problem names. ``url``, ``charset`` and ``retrieved`` are known only
    of what came over the web. ``verbatim`` texts (those of stdin) keep their front matter, so that offsets stay true.
    """

    label: str
    stream: BinaryIO
    url: str | None = None
    charset: str | None = None
    retrieved: datetime.datetime | None = None
    verbatim: bool = False
    memory: FeedMemory | None = None


Kind = Callable[[Arrival, Options], Iterator[Fetched]]

_LOOKED_AT = 4096

SOURCES: Registry[Kind] = Registry("source")
"""Readers by suffix, with the dot."""

BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What parsers raise on bytes that are not what they claim to be (lxml's faults are SyntaxErrors)."""


def source(*suffixes: str) -> Callable[[Kind], Kind]:
    """Give a decorator that registers a reader for files whose names end in one of ``suffixes``."""

    def register(kind: Kind) -> Kind:
        for suffix in suffixes:
            SOURCES.add(suffix)(kind)
        return kind

    return register


def attempt(suffix: str, arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield what the reader for ``suffix`` gives; a document it refuses becomes a problem."""
    try:
        yield from SOURCES.get(suffix)(arrival, options)
    except (DocumentError, OSError) as fault:
        yield refused(arrival.label, fault, kind=suffix.removeprefix("."), options=options)


def refused(label: str, fault: BackchannelError | OSError, *, kind: str, options: Options) -> Fetched:
    """Give the problem that ``fault`` makes of the document called ``label``; its room is ``sources.<kind>``."""
    message = str(fault)
    if isinstance(fault, OSError):
        message = f"cannot be read ({fault.strerror or fault}); check that it is there and may be read"
    problem = Problem(
        document=label, room=f"sources.{kind}", error=type(fault).__name__, message=message, at=options.now
    )
    return Fetched(document=None, problem=problem)


def payload(arrival: Arrival, options: Options, *, limit: int | None = None) -> bytes:
    """Give all bytes of what arrived.

    Args:
        arrival: what arrived; its stream is read to the end.
        options: ``max_bytes`` bounds the whole.
        limit: a tighter bound of this kind, in bytes.

    Raises:
        DocumentError: it is empty, or larger than the bound.
    """
    most = options.max_bytes if limit is None else min(limit, options.max_bytes)
    content = arrival.stream.read(most + 1)
    if len(content) > most:
        raise DocumentError(f"larger than {most:,} bytes; split it, or raise max_bytes where that is the limit")
    if not content:
        raise DocumentError("the file is empty; nothing to read")
    return content


def beginning(stream: BinaryIO) -> bytes:
    """Give the first bytes of a stream and leave them to be read again; nothing where that cannot be done."""
    peek = getattr(stream, "peek", None)
    if peek is not None:
        head: bytes = peek(_LOOKED_AT)
        return head[:_LOOKED_AT]
    if not stream.seekable():
        return b""
    at = stream.tell()
    head = stream.read(_LOOKED_AT)
    stream.seek(at)
    return head
