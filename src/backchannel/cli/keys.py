"""Ask a person at a terminal for one key or one line; without a terminal every answer is a line of stdin."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Final, Protocol, TextIO

QUIT: Final = "q"
_ARROWS: Final = {b"\x1b[C": "n", b"\x1b[D": "b", b"\x1b[B": "n", b"\x1b[A": "b"}
_END: Final = (b"", b"\x04")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A key, in small letters; ``rest`` is what stood behind it on its line, ``is_capital`` whether it was a capital."""

    key: str
    rest: str | None = None
    is_capital: bool = False


class Asker(Protocol):
    """What the desk asks a person through."""

    def key(self, prompt: str) -> Pressed:
        """Give the next key; ``q`` when there is nobody to answer any more."""
        ...

    def line(self, prompt: str) -> str | None:
        """Give the next line without blanks around it, ``None`` when there is none."""
        ...


@dataclass(slots=True)
class Lines:
    """Answers from a stream, a line each: a key, and after a blank the reason or what else it asks for."""

    stream: TextIO
    show: Callable[[str], None]

    def key(self, prompt: str) -> Pressed:
        """Give the first letter of the next line with what follows it; an empty line is the key ``""``."""
        told = self.line(prompt)
        if told is None:
            return Pressed(key=QUIT)
        first, _, rest = told.partition(" ")
        return Pressed(key=first.lower(), rest=rest.strip() or None)

    def line(self, prompt: str) -> str | None:
        """Give the next line."""
        self.show(prompt)
        told = self.stream.readline()
        return told.strip() if told else None


@dataclass(slots=True)
class Terminal:
    """Answers from a terminal, a key each without Enter; the terminal is as it was before after every key."""

    show: Callable[[str], None]

    def key(self, prompt: str) -> Pressed:
        """Give the key that is pressed; arrows are ``n`` and ``b``, the end of input is ``q``."""
        self.show(prompt)
        code = _read()
        told = QUIT if code in _END else _ARROWS.get(code, code.decode(errors="replace"))
        told = "" if told in ("\r", "\n") else told
        sys.stdout.write(f"{told if told.isprintable() else '?'}\n")
        sys.stdout.flush()
        return Pressed(key=told.lower(), is_capital=told != told.lower())

    def line(self, prompt: str) -> str | None:
        """Give the line that is typed."""
        try:
            return input(f"{prompt} ").strip()
        except EOFError:
            return None


def asker(show: Callable[[str], None]) -> Asker:
    """Give who is asked: the person at the terminal, else stdin line by line (also where keys cannot be read)."""
    if sys.stdin.isatty() and _termios() is not None:
        return Terminal(show)
    return Lines(sys.stdin, show)


def _termios() -> ModuleType | None:
    """The module that reads single keys; there is none on Windows."""
    try:
        return import_module("termios")
    except ImportError:
        return None


def _read() -> bytes:
    """One key from the terminal without echo; Ctrl-C still interrupts."""
    termios, tty = import_module("termios"), import_module("tty")
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        code = os.read(descriptor, 1)
        while code and select.select([descriptor], [], [], 0.02)[0] and (code[0] == 0x1B or code[0] >= 0x80):
            code += os.read(descriptor, 1)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    return code
