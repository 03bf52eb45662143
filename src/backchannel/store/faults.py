"""Turn what a database complains of into the errors of ``errors.py``, each with what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from backchannel.errors import StoreError, StoreFull, StoreLocked

_FULL_ERRNO = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_BROKEN_TEXT = ("file is not a database", "malformed", "file is encrypted")


@contextmanager
def explained(location: str, *, writing: bool = False) -> Iterator[None]:
    """Run the block; a complaint of the database or the disk comes out as a ``StoreError``.

    Args:
        location: the store as messages show it.
        writing: whether the block writes; then SQLite's "disk I/O error" means a file-size limit, and counts as full.

    Raises:
        StoreFull: no room is left, or the file would pass the size limit.
        StoreLocked: another process held the database for longer than we wait.
        StoreError: anything else, with the database's own words.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise explain(error, location, writing=writing) from error


def explain(error: Exception, location: str, *, writing: bool) -> StoreError:
    """Give the ``StoreError`` that says what ``error`` means for the user."""
    cause = getattr(error, "orig", None) or error
    said = " ".join(str(cause).split())
    state = getattr(cause, "sqlstate", None) or ""
    if _is_full(cause, said, state) or (writing and "disk I/O error" in said):
        return StoreFull(location, said)
    if "database is locked" in said or "database table is locked" in said or state == "55P03":
        return StoreLocked(location, "it holds the database for longer than we wait")
    if "readonly database" in said or state == "25006":
        return StoreError(
            f"{location}: cannot be written; check who owns the file and its folder, or give another --store"
        )
    if any(words in said for words in _BROKEN_TEXT):
        return StoreError(
            f"{location}: is no store, or a damaged one ({said}); give another --store, "
            "or move the file away and read the documents again"
        )
    if "unable to open database file" in said or isinstance(cause, OSError):
        return StoreError(f"{location}: cannot be opened ({said}); check the path and your rights on the folder")
    if "connect" in said or state[:2] in {"08", "28", "3D"}:
        return StoreError(f"{location}: cannot be reached ({said}); check that the server runs and the URL is right")
    return StoreError(f"{location}: {said}")


def _is_full(cause: object, said: str, state: str) -> bool:
    """Tell whether the complaint means that nothing more can be written."""
    if isinstance(cause, OSError):
        return cause.errno in _FULL_ERRNO
    return state == "53100" or "database or disk is full" in said
