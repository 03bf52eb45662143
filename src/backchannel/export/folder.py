"""Write the files of an export so that a reader sees all of them whole or none: under other names first, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from backchannel.errors import InputError


class Folder:
    """The folder of an export; files opened in it take their names when the ``with`` block ends without an error.

    Raises:
        InputError: it cannot be written, or holds one of ``files`` and may not be written over.
    """

    def __init__(self, path: Path, files: Iterable[str], *, force: bool = False) -> None:
        self.path = path
        self._open: dict[str, TextIO] = {}
        there = sorted(name for name in files if (path / name).exists())
        if there and not force:
            raise InputError(f"{path} holds {', '.join(there)} already; give --force to write over, or another --to")
        self._made = not path.exists()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}; give --to a folder that can be written") from None

    def open(self, name: str, *, newline: str = "\n") -> TextIO:
        """Give a text file (UTF-8) to write ``name`` to.

        Raises:
            InputError: it cannot be written.
        """
        try:
            self._open[name] = self._draft(name).open("w", encoding="utf-8", newline=newline)
        except OSError as error:
            raise InputError(f"{self.path / name}: {error.strerror}; give --to a folder that can be written") from None
        return self._open[name]

    def _draft(self, name: str) -> Path:
        return self.path / f".{name}.{os.getpid()}.part"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            for file in self._open.values():
                file.close()
            if error is None:
                for name in self._open:
                    self._draft(name).replace(self.path / name)
        except OSError as failed:
            raise InputError(f"{self.path}: {failed.strerror}; free some room or give another --to") from None
        finally:
            self._tidy()

    def _tidy(self) -> None:
        """Take away what did not get its name, and the folder where it was made for nothing."""
        for name in self._open:
            self._draft(name).unlink(missing_ok=True)
        if self._made and self.path.is_dir() and not any(self.path.iterdir()):
            self.path.rmdir()
