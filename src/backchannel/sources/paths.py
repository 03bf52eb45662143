"""Files, folders and stdin become documents."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from backchannel.sources import detect
from backchannel.sources.kinds import SOURCES, Arrival, FeedMemory, Fetched, Options, attempt, refused

_HEAD = 1 << 16

logger = logging.getLogger(__name__)


def read_stdin(options: Options) -> Iterator[Fetched]:
    """Yield the documents on stdin: JSONL when it begins with a JSON object, else one plain text, left as it is."""
    stream = _peekable(sys.stdin.buffer)
    suffix = ".jsonl" if detect.by_content(stream.peek(_HEAD)) == ".jsonl" else ".txt"
    yield from attempt(suffix, Arrival(label="-", stream=stream, verbatim=True), options)
    if stream is not sys.stdin.buffer:
        # Letting go keeps stdin open: a buffered reader closes what it reads from when it goes.
        stream.detach()


def read_file(path: Path, options: Options, memory: FeedMemory | None = None) -> Iterator[Fetched]:
    """Yield the documents of one file; a name with no known suffix is judged by its beginning."""
    try:
        stream = _peekable(path.open("rb", buffering=_HEAD))
    except OSError as fault:
        yield refused(str(path), fault, kind="file", options=options)
        return
    with stream:
        try:
            suffix = _suffix(path) or detect.by_content(stream.peek(_HEAD))
        except OSError as fault:
            yield refused(str(path), fault, kind="file", options=options)
            return
        arrival = Arrival(label=str(path), stream=stream, memory=memory)
        yield from attempt(suffix, arrival, options)


def read_folder(folder: Path, options: Options, memory: FeedMemory | None = None) -> Iterator[Fetched]:
    """Yield the documents of all files of a known kind below a folder, by path in order of code points.

    Hidden files and folders are passed over, links to folders are not followed; other kinds are counted at INFO.
    """
    passed_over = 0
    for path in _files(folder):
        if _suffix(path) is None:
            passed_over += 1
            logger.debug("of no known kind: %s", path)
            continue
        yield from read_file(path, options, memory)
    if passed_over:
        logger.info("%s: passed over %d files of no known kind; known: %s", folder, passed_over, ", ".join(SOURCES))


def _files(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder in a fixed order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    yield from sorted((path for path in found if path.is_file()), key=str)


def _suffix(path: Path) -> str | None:
    """Give the suffix under which a reader for this file is registered, or ``None``."""
    suffix = path.suffix.lower()
    return suffix if suffix in SOURCES else None


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    """Give a stream whose beginning can be looked at without being used up."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), _HEAD)
