"""XML read safely and a piece at a time: no entity is declared or fetched, and only the pieces asked for are built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from backchannel.errors import DocumentError

_CHUNK = 1 << 16
_DEEPEST = 250

Wanted = Callable[[str, dict[str, str]], bool]
"""Tells by name and attributes whether an element is to be built."""


def pieces(stream: BinaryIO, wanted: Wanted, *, most: int) -> Iterator[Element]:
    """Yield each wanted element with all that is in it, as soon as it ends; the rest of the file is passed over.

    Names stand without their namespaces. A wanted element inside another is yielded before it, and left out of it.

    Args:
        stream: read to its end, a little at a time.
        wanted: asked once for every element.
        most: characters of text that one piece may hold.

    Raises:
        DocumentError: it is no well-formed XML, declares or uses entities of its own, nests too deeply, or a piece is
            too large; what came before was yielded.

    Source:
        Refusing all entity declarations, as defusedxml does, bars external entities and exponential expansion alike.
    """
    growing = _Growing(wanted, most)
    parser = growing.parser()
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from growing.taken()
        parser.Parse(b"", True)
    except (expat.ExpatError, DocumentError) as fault:
        yield from growing.taken()
        if isinstance(fault, DocumentError):
            raise
        what = expat.ErrorString(fault.code)
        raise DocumentError(f"line {fault.lineno}: broken XML ({what}); fetch the file again") from None
    yield from growing.taken()


class _Growing:
    """The elements that are being built: begun by ``parser``, fed by its calls, emptied by ``taken``."""

    def __init__(self, wanted: Wanted, most: int) -> None:
        self._wanted = wanted
        self._most = most
        self._depth = 0
        self._open: list[tuple[TreeBuilder, int]] = []
        self._sizes: list[int] = []
        self._done: list[Element] = []

    def parser(self) -> expat.XMLParserType:
        """Give the parser that calls this one."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped
        return parser

    def taken(self) -> list[Element]:
        """Give what is finished, once."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise DocumentError(f"elements nested more than {_DEEPEST} deep; save the text of the file and read that")
        tag, own = _local(name), {_local(key): value for key, value in attributes.items()}
        if self._wanted(tag, own):
            self._open.append((TreeBuilder(), self._depth))
            self._sizes.append(0)
        if self._open:
            self._open[-1][0].start(tag, own)

    def _end(self, name: str) -> None:
        if self._open:
            builder, depth = self._open[-1]
            builder.end(_local(name))
            if depth == self._depth:
                self._open.pop()
                self._sizes.pop()
                self._done.append(builder.close())
        self._depth -= 1

    def _data(self, text: str) -> None:
        if not self._open:
            return
        self._sizes[-1] += len(text)
        if self._sizes[-1] > self._most:
            raise DocumentError(f"one document in it is larger than {self._most:,} characters; split it")
        self._open[-1][0].data(text)

    def _entity(self, name: str, *_: object) -> None:
        raise DocumentError(
            f"declares the entity {name!r}; such files are not read, save it with its entities resolved"
        )

    def _skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise DocumentError(f"uses the entity {name!r} of another file; save it with its entities resolved")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
