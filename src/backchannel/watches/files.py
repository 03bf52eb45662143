"""Tell to files: JSON lines and Markdown are appended to; feeds and calendars are written anew, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backchannel.errors import DeliveryError
from backchannel.watches.record import Item, to_record
from backchannel.watches.wording import markdown


def append_lines(path: Path, items: Sequence[Item]) -> None:
    """Add a line of JSON for each item to a file."""
    _append(path, b"".join(msgspec.json.encode(to_record(item)) + b"\n" for item in items))


def append_markdown(path: Path, items: Sequence[Item]) -> None:
    """Add items to a Markdown file, under the time at which they were found."""
    told = [f"## {items[0].at[:16].replace('T', ' ')} UTC\n", *(markdown(item) for item in items)]
    _append(path, ("\n".join(told) + "\n").encode())


def write(path: Path, content: bytes) -> None:
    """Put a file in place, whole or not at all; a reader sees the old one or the new one.

    Raises:
        DeliveryError: it cannot be written.
    """
    path = path.resolve()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() == content:
            return
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                part.chmod(path.stat().st_mode & 0o777)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise _refused(path, fault) from None


def _append(path: Path, content: bytes) -> None:
    """Add to a file; a last line that a killed run left unfinished is ended first."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if file.tell() > 0:
                file.seek(-1, os.SEEK_END)
                content = content if file.read(1) == b"\n" else b"\n" + content
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise _refused(path, fault) from None


def _refused(path: Path, fault: OSError) -> DeliveryError:
    return DeliveryError(f"{path} cannot be written ({fault.strerror or fault}); check the folder and your rights")
