"""Every way in which Backchannel refuses work, in one tree.

BackchannelError
├── InputError            what the user gave cannot be read
│   ├── DocumentError     one document is broken (becomes a Problem; the rest is read)
│   ├── SourceError       a path, URL or feed cannot be reached or is refused
│   ├── QueryError        an actor, issue, date or id in a question is unknown
│   └── JudgementError    what a person decided does not fit the claim or the codebook
├── VocabularyError       a data file is invalid; lists every fault with its place
├── StoreError            the store cannot be used
│   ├── StoreLocked       another process writes; names it
│   ├── StoreNewer        made by a later version
│   └── StoreFull         no room left on the device or beyond the file-size limit
├── DeliveryError         a message could not be delivered; it waits for the next run
└── ModelError            the parser or a model is missing or not the pinned one
"""

from __future__ import annotations

from collections.abc import Sequence


class BackchannelError(Exception):
    """The base of all errors that a user can mend; its text says how."""


class InputError(BackchannelError):
    """What the user gave cannot be read."""


class DocumentError(InputError):
    """One document is broken; ``room`` says where it failed."""

    def __init__(self, message: str, *, room: str = "documents") -> None:
        super().__init__(message)
        self.room = room


class SourceError(InputError):
    """A path, URL or feed cannot be reached or is refused; ``target`` is what was asked for."""

    def __init__(self, target: str, message: str) -> None:
        super().__init__(f"{target}: {message}")
        self.target = target


class QueryError(InputError):
    """A question names something unknown; ``known`` holds the nearest known values."""

    def __init__(self, message: str, *, known: Sequence[str] = ()) -> None:
        hint = f"; did you mean {', '.join(known)}?" if known else ""
        super().__init__(message + hint)
        self.known = tuple(known)


class JudgementError(InputError):
    """What a person decided does not fit the claim it is about, or the codebook; the text names what is allowed."""


class VocabularyError(BackchannelError):
    """A data file is invalid; ``faults`` lists every fault as ``place: what``."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        shown = [*faults[:20], *([f"… and {len(faults) - 20} more"] if len(faults) > 20 else [])]
        listed = "\n  ".join(shown)
        super().__init__(f"{file}: {len(faults)} fault(s)\n  {listed}")
        self.file = file
        self.faults = tuple(faults)


class StoreError(BackchannelError):
    """The store cannot be used."""


class StoreLocked(StoreError):
    """Another process writes to the store; ``holder`` names it."""

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(f"{path}: another process is writing ({holder}); wait for it, or stop it and run again")
        self.path = path
        self.holder = holder


class StoreNewer(StoreError):
    """The store was made by a later version; ``found`` and ``known`` are schema numbers."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            f"{path}: schema {found} is newer than this program's {known}; upgrade backchannel, or give another --store"
        )
        self.path = path
        self.found = found
        self.known = known


class StoreFull(StoreError):
    """No room is left for the store; what was committed before stays."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(
            f"{path}: no room left to write ({message}); free some space and run the same command again, it resumes"
        )
        self.path = path


class DeliveryError(BackchannelError):
    """A message could not be delivered; it waits for the next run.

    ``is_closed`` when nothing can be delivered there for now, ``wait`` is how many seconds its owner asks to wait.
    """

    def __init__(self, message: str, *, is_closed: bool = True, wait: float | None = None) -> None:
        super().__init__(message)
        self.is_closed = is_closed
        self.wait = wait


class ModelError(BackchannelError):
    """The parser or a model is missing or not the pinned one."""
