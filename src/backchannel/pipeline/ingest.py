"""Bring what paths and addresses hold into the store, a few documents at a time, and go on where a run was stopped."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import chain
from types import FrameType
from typing import Any, TypedDict, Unpack

from backchannel import __version__, sources
from backchannel.errors import DocumentError
from backchannel.pipeline import reading
from backchannel.pipeline.states import noted
from backchannel.pipeline.workers import Lazy, Load, Outcome, Read, Workers, attempt, is_coded
from backchannel.records import Document, Problem
from backchannel.sources import Fetched, Options
from backchannel.store import Store, text_hash

READER = f"reader {__version__}"
"""Under this name documents are marked read; a later version reads them again."""
CHUNK = 16
"""Documents that go to a process together and are kept in one transaction."""
_FEW = 8
_NOTES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run has done: of all ``documents`` some were ``read``, ``skipped`` (read before, or copies) or failed.

    ``failed`` counts also what could not even become a document. ``not_coded`` counts by language the documents
    that were kept but not read for claims; they are among the read. ``undated`` ones have no day of publication.
    ``notes`` counts what was noted of documents, ``seconds`` is the time it took.
    """

    documents: int = 0
    read: int = 0
    skipped: int = 0
    failed: int = 0
    claims: int = 0
    undated: int = 0
    not_coded: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


class Work(TypedDict, total=False):
    """How a run works.

    ``workers`` is the number of processes, by default that of the cores; one reads in this process, as do fewer than
    eight documents. ``strict`` lets the first fault stop the run, and reads in this process. ``progress`` is called
    after each few documents. ``load`` makes the reading in each process, by default with the user's own words.
    """

    workers: int | None
    strict: bool
    progress: Callable[[Summary], None] | None
    load: Load | None


def ingest(targets: Sequence[str], store: Store, options: Options, **work: Unpack[Work]) -> Summary:
    """Read the documents behind the targets into the store, in their order; those read before are skipped.

    Every few documents are one transaction: what was kept stays whatever happens, and the same run again goes on from
    there to the same store. What fails is kept as a problem. An interrupt (Ctrl-C) lets the documents in hand be kept
    first; a second one stops at once.

    Args:
        targets: as ``sources.read`` takes them.
        store: kept locked against other long writers.
        options: of the sources; ``now`` is the time that problems are marked with.
        **work: see ``Work``.

    Raises:
        SourceError: a target is not there; before anything is read.
        StoreLocked: another process writes; names it.
        StoreFull: no room is left.
        ModelError: the reading cannot be loaded.
        KeyboardInterrupt: the run was interrupted.
    """
    memory = Memory(store.feeds)
    streams = [sources.read(target, options, memory=memory) for target in targets]
    with store.writing(f"read {', '.join(targets)[:80]}"):
        return Run(store, options.now, memory, work).through(chain.from_iterable(streams))


def load_reading(*, actors: Sequence[Mapping[str, Any]] = (), cues: Sequence[Mapping[str, Any]] = ()) -> Read:
    """Give what reads a document in this process, with the user's own actors and cues."""
    return partial(reading.read, kit=reading.load(actors=actors, cues=cues))


class Memory:
    """The memory of feeds, kept only once the documents that came before are; else a stop would lose them for good."""

    def __init__(self, feeds: sources.FeedMemory) -> None:
        self._feeds = feeds
        self._told: dict[str, tuple[str | None, str | None]] = {}
        self._new: list[str] = []

    def get(self, url: str) -> tuple[str | None, str | None] | None:
        return self._told[url] if url in self._told else self._feeds.get(url)

    def set(self, url: str, etag: str | None, last_modified: str | None) -> None:
        self._told[url] = (etag, last_modified)
        self._new.append(url)

    def take(self) -> tuple[str, ...]:
        """Give the addresses that were told since the last time."""
        taken = tuple(self._new)
        self._new.clear()
        return taken

    def keep(self, urls: Iterable[str]) -> None:
        for url in urls:
            self._feeds.set(url, *self._told[url])


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A few arrivals that are kept together, and the addresses to remember with them."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    urls: tuple[str, ...]


class Run:
    """One run: begun with a store, fed with arrivals, finished with the summary that ``through`` gives."""

    def __init__(self, store: Store, now: datetime, memory: Memory, work: Work) -> None:
        self.store = store
        self.now = now
        self.memory = memory
        self.strict = work.get("strict", False)
        self.workers = work.get("workers") or _cores()
        self.progress = work.get("progress")
        actors, cues = store.user_actors(), store.user_cues()
        self.load: Load = work.get("load") or partial(load_reading, actors=actors, cues=cues)
        self.seen: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self.not_coded: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.began = time.monotonic()

    def through(self, arrivals: Iterable[Fetched]) -> Summary:
        """Read and keep all that arrives."""
        with _interrupts() as interrupted, closing(self._outcomes(self._chunks(arrivals))) as outcomes:
            for chunk, read in outcomes:
                self._keep(chunk, read)
                if self.progress is not None:
                    self.progress(self._summary())
                if interrupted.is_set():
                    raise KeyboardInterrupt
        return self._summary()

    def _summary(self) -> Summary:
        counts, seconds = self.counts, round(time.monotonic() - self.began, 2)
        return Summary(**counts, not_coded=dict(self.not_coded), notes=dict(self.notes), seconds=seconds)

    # --- what arrives

    def _chunks(self, arrivals: Iterable[Fetched]) -> Iterator[_Chunk]:
        """Yield what is to be read, a few at a time; the last may hold addresses only."""
        documents: list[Document] = []
        problems: list[Problem] = []
        for item in self._fresh(arrivals):
            if isinstance(item, Document):
                documents.append(item)
            else:
                problems.append(item)
            if len(documents) + len(problems) == CHUNK:
                yield _Chunk(tuple(documents), tuple(problems), self.memory.take())
                documents, problems = [], []
        yield _Chunk(tuple(documents), tuple(problems), self.memory.take())

    def _fresh(self, arrivals: Iterable[Fetched]) -> Iterator[Document | Problem]:
        """Yield the documents that are to be read and the problems, and count them all."""
        for fetched in arrivals:
            for note in fetched.notes:
                self.notes[note if note in self.notes or len(self.notes) < _NOTES else "other notes"] += 1
            self.counts["documents"] += 1
            document = fetched.document
            if document is None:
                if fetched.problem is not None:
                    yield fetched.problem
                continue
            content = hash(text_hash(document))  # a number, so that a million documents need little
            fault = self._fault(document, content)
            if fault is not None:
                yield Problem(document=document.id, room="documents", error="DocumentError", message=fault, at=self.now)
            elif document.id in self.seen or self._is_read(document):
                self.counts["skipped"] += 1
            else:
                yield document
            self.seen.setdefault(document.id, content)

    def _fault(self, document: Document, content: int) -> str | None:
        """Say why a document cannot be taken at all: its id is broken, or another of this run has it."""
        if document.id != _printable(document.id):
            return "its id holds a NUL or half a character; give it another"
        if self.seen.get(document.id, content) != content:
            return "another document of this run has its id and differs; the first was kept, give each an id of its own"
        return None

    def _is_read(self, document: Document) -> bool:
        return self.store.is_read(document.id, reader=READER, text_hash=text_hash(document))

    # --- reading

    def _outcomes(self, chunks: Iterator[_Chunk]) -> Generator[tuple[_Chunk, list[Outcome]], None, None]:
        """Yield each chunk with an outcome for each of its documents, in order."""
        first = next(chunks)
        if self.workers == 1 or self.strict or len(first.documents) + len(first.problems) < _FEW:
            read = Lazy(self.load)
            for chunk in chain([first], chunks):
                yield chunk, [attempt(d, read, now=self.now, strict=self.strict) for d in chunk.documents]
            return
        with closing(Workers(self.load, count=self.workers, now=self.now)) as workers:
            ahead: deque[tuple[_Chunk, Future[list[Outcome]]]] = deque()
            for chunk in chain([first], chunks):
                ahead.append((chunk, workers.submit(chunk.documents)))
                if len(ahead) > 2 * self.workers:
                    chunk, future = ahead.popleft()
                    yield chunk, future.result()
            while ahead:
                chunk, future = ahead.popleft()
                yield chunk, future.result()

    # --- keeping

    def _keep(self, chunk: _Chunk, outcomes: Sequence[Outcome]) -> None:
        """Keep a chunk: the documents that were read in one transaction, then the problems."""
        read = [(d, o) for d, o in zip(chunk.documents, outcomes, strict=True) if o.problem is None]
        try:
            self._put(read)
        except DocumentError:
            if self.strict:
                raise
            for entry in read:
                self._put_alone(*entry)
        for document, outcome in zip(chunk.documents, outcomes, strict=True):
            if outcome.problem is not None:
                self._put_problem(outcome.problem, document)
        for problem in chunk.problems:
            self._put_problem(problem, None)
        self.memory.keep(chunk.urls)

    def _put(self, read: Sequence[tuple[Document, Outcome]]) -> None:
        if not read:
            return
        self.store.put_documents([(noted(d), o.claims, o.signature) for d, o in read], reader=READER)
        for document, outcome in read:
            self.counts["read"] += 1
            self.counts["claims"] += len(outcome.claims)
            self.counts["undated"] += document.published is None
            if not is_coded(document):
                self.not_coded[document.language or "unknown"] += 1

    def _put_alone(self, document: Document, outcome: Outcome) -> None:
        """Keep one document of a transaction that was refused, or the problem that it is."""
        try:
            self._put([(document, outcome)])
        except DocumentError as fault:
            problem = Problem(
                document=document.id, room=fault.room, error="DocumentError", message=str(fault), at=self.now
            )
            self._put_problem(problem, document)

    def _put_problem(self, problem: Problem, document: Document | None) -> None:
        day = document.published if document is not None else None
        clean = replace(problem, document=_printable(problem.document), message=_printable(problem.message))
        source = None if document is None or document.source is None else _printable(document.source)
        self.store.put_problem(clean, source=source, day=day or self.now.date())
        self.counts["failed"] += 1


@contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """Give what is set once an interrupt has come; the next one is raised.

    Raised at once, it would be lost whenever it came inside a destructor or the callback of a weak reference, where
    Python drops what is raised. A caller that has a handler of its own keeps it.
    """
    told = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        told.set()

    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield told
        return
    signal.signal(signal.SIGINT, tell)
    try:
        yield told
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _printable(text: str) -> str:
    """Give the text with what no database can hold written out."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
