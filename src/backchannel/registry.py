"""Named parts that others may add to: a decorator puts a function in, a typo gets the list of what exists."""

from __future__ import annotations

import importlib
import socket
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from types import ModuleType
from typing import Generic, TypeVar

from backchannel.errors import QueryError

Part = TypeVar("Part")


class Registry(Generic[Part]):
    """Parts of one kind by name, in order of registration.

    >>> shapes: Registry[str] = Registry("shape")
    >>> shapes.add("square")("four sides")
    'four sides'
    >>> shapes.get("square"), list(shapes)
    ('four sides', ['square'])
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._parts: dict[str, Part] = {}

    def add(self, name: str) -> Callable[[Part], Part]:
        """Give a decorator that registers its function under ``name``."""

        def register(part: Part) -> Part:
            self._parts[name] = part
            return part

        return register

    def get(self, name: str) -> Part:
        """Give the part called ``name``.

        Raises:
            QueryError: there is none; the message lists the known ones.
        """
        try:
            return self._parts[name]
        except KeyError:
            known = ", ".join(sorted(self._parts))
            near = get_close_matches(name, self._parts, n=2)
            raise QueryError(f"no {self.kind} named {name!r}; known: {known}", known=near) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def items(self) -> Iterator[tuple[str, Part]]:
        """Yield each name with its part."""
        return iter(self._parts.items())


def load_quietly(module: str) -> ModuleType:
    """Import a heavy library without the IPv6 probe of the network library that it brings along.

    That probe binds a port of this machine at import; a command that was not asked to fetch opens no socket at all.
    """
    had, socket.has_ipv6 = socket.has_ipv6, False
    try:
        return importlib.import_module(module)
    finally:
        socket.has_ipv6 = had
