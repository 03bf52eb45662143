"""Read documents here or in processes beside this one; a document that fails, or kills its process, becomes a problem.

A process is started by its command, not forked, so that it needs nothing of the program that asks for it. It gets
documents on its stdin and ends with it, also when this program is killed.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from traceback import walk_tb
from types import TracebackType
from typing import IO, Any

from backchannel import families
from backchannel.errors import DocumentError, ModelError, VocabularyError
from backchannel.records import Claim, Document, Problem

Read = Callable[[Document], Sequence[Claim]]
"""What gives the claims of a document."""
Load = Callable[[], Read]
"""What makes a ``Read`` once in each process; a function or ``partial`` that another process can import."""

LANGUAGES = frozenset({"en"})
_START = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "from backchannel.pipeline.workers import serve; serve()"
)
_STARTS = 3
_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one document: its claims and signature, or the problem that stopped it."""

    claims: tuple[Claim, ...] = ()
    signature: tuple[int, ...] | None = None
    problem: Problem | None = None


def is_coded(document: Document) -> bool:
    """Tell whether the document is in a language that is read for claims; one of unknown language is."""
    return document.language is None or document.language in LANGUAGES


def attempt(document: Document, read: Read, *, now: datetime, strict: bool = False) -> Outcome:
    """Give the claims and signature of a document, or the problem that any fault in the reading makes of it.

    Args:
        document: one in another language is not read, and has a signature only.
        read: gives its claims.
        now: the time that a problem is marked with (UTC).
        strict: whether a fault goes on instead.

    Raises:
        ModelError: the parser or a model is missing; then no document can be read.
        VocabularyError: a data file is invalid; likewise.
    """
    try:
        claims = tuple(read(document)) if is_coded(document) else ()
        return Outcome(claims=claims, signature=families.signature(document.text))
    except (ModelError, VocabularyError):
        raise
    except Exception as error:  # one broken document must not stop the rest; strict turns this off
        if strict:
            raise
        said = " ".join(str(error).split())[:_LONGEST]
        room = error.room if isinstance(error, DocumentError) else _room(error.__traceback__)
        return Outcome(problem=_problem(document, room, type(error).__name__, said or "no message", now))


def _problem(document: Document, room: str, error: str, message: str, now: datetime) -> Problem:
    return Problem(document=document.id, room=room, error=error, message=message, at=now)


def _room(trace: TracebackType | None) -> str:
    """Give the room in which a fault arose, such as ``aspects.when``: the last of ours that was entered."""
    names = [str(frame.f_globals.get("__name__", "")) for frame, _ in walk_tb(trace)]
    ours = [name for name in names if name.startswith("backchannel.") and name != __name__]
    return ".".join(ours[-1].split(".")[1:3]) if ours else "pipeline"


class _Died(Exception):
    """A reading process has ended while it had documents; ``status`` is its exit status, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class Workers:
    """Processes that read documents for us: begun at ``__init__``, fed by ``submit``, ended by ``close``.

    Args:
        load: makes the reading in each process.
        count: of processes; each is started when it is first needed.
        now: the time that problems are marked with (UTC).
    """

    def __init__(self, load: Load, *, count: int, now: datetime) -> None:
        self._order = (load, now)
        self._now = now
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: list[_Process] = []
        self._closing = False
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="backchannel-reading")

    def submit(self, documents: Sequence[Document]) -> Future[list[Outcome]]:
        """Have documents read; the future gives an outcome for each, in their order.

        Its ``result`` raises ``ModelError`` when the reading cannot be loaded at all.
        """
        return self._threads.submit(self._read, list(documents))

    def close(self) -> None:
        """End all processes at once; what was not read yet is left."""
        self._closing = True
        for process in self._all:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._all:
            process.end()

    def _read(self, documents: list[Document]) -> list[Outcome]:
        if not any(is_coded(document) for document in documents):
            return [attempt(document, _nothing, now=self._now) for document in documents]
        try:
            return self._ask(documents)
        except _Died:
            return [self._retried(document) for document in documents]

    def _retried(self, document: Document) -> Outcome:
        """Give the outcome of one of several documents with which a process died, read alone."""
        try:
            return self._ask([document])[0]
        except _Died as death:
            said = f"the process that read it ended with {death}, twice; it may need more memory than there is"
            return Outcome(problem=_problem(document, "pipeline.workers", "Died", said, self._now))

    def _ask(self, documents: list[Document]) -> list[Outcome]:
        process = self._ready()
        outcomes: list[Outcome] = process.ask(documents)
        self._idle.put(process)
        return outcomes

    def _ready(self) -> _Process:
        """Give a process that waits, else a new one; one that dies before it is ready is started anew twice."""
        try:
            return self._idle.get_nowait()
        except Empty:
            pass
        for _ in range(_STARTS):
            process = _Process()
            self._all.append(process)
            if self._closing:  # asked only after it is known, so that ``close`` or this ends it
                process.kill()
            try:
                process.ask(self._order)
            except _Died:
                continue
            return process
        raise ModelError("no reading process gets ready; read with one worker to see why, or with fewer to save memory")


class Lazy:
    """A reading that is loaded when the first document needs it."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._read: Read | None = None

    def __call__(self, document: Document) -> Sequence[Claim]:
        if self._read is None:
            self._read = self._load()
        return self._read(document)


def _nothing(_: Document) -> Sequence[Claim]:
    return ()


class _Process:
    """One reading process; begins at ``__init__``, is asked by ``ask``, ends with ``end``."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path or os.curdir for path in sys.path)
        command = [sys.executable, "-P", "-c", _START]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=os.environ | {"PYTHONPATH": paths})

    def ask(self, question: object) -> Any:
        """Give the answer to what was sent.

        Raises:
            _Died: the process ended instead.
            ModelError: it cannot load the reading.
        """
        try:
            _send(self._pipe(self._process.stdin), question)
            answer = pickle.load(self._pipe(self._process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            raise _Died(self.end()) from None
        if isinstance(answer, str):
            raise ModelError(answer)
        return answer

    def kill(self) -> None:
        """Stop the process, if it still runs; whoever waits for its answer learns that it died."""
        self._process.kill()

    def end(self) -> int:
        """Give the exit status of the process, stopped if need be, its pipes closed."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                self._pipe(pipe).close()
            except OSError:
                continue  # something was still to be sent to the dead
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _pipe(self, pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise _Died(-1)
        return pipe


def _send(pipe: IO[bytes], message: object) -> None:
    pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def serve() -> None:
    """Read what arrives on stdin and answer on stdout until stdin ends: the whole life of a reading process."""
    inbox, outbox = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    try:
        load, now = pickle.load(inbox)
        read = load()
        _send(outbox, None)
        while True:
            documents = pickle.load(inbox)
            _send(outbox, [attempt(document, read, now=now) for document in documents])
    except (ModelError, VocabularyError) as error:
        _send(outbox, f"the reading cannot be loaded: {error}")
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the program that asked is gone; there is nobody to tell
