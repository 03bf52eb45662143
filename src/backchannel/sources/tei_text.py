"""The plain text of a TEI element: a line for each block, footnotes taken out, and where each element stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from backchannel.sources.record import Words

_BLOCKS = frozenset(
    [
        "head",
        "dateline",
        "p",
        "list",
        "item",
        "label",
        "table",
        "row",
        "closer",
        "opener",
        "salute",
        "signed",
        "postscript",
        "trailer",
        "lg",
        "l",
        "quote",
        "epigraph",
        "div",
        "byline",
        "argument",
        "figure",
        "q",
        "floatingText",
        "titlePage",
        "titlePart",
    ]
)
_APART = frozenset(
    [
        "head",
        "dateline",
        "p",
        "list",
        "table",
        "closer",
        "opener",
        "postscript",
        "trailer",
        "lg",
        "div",
        "quote",
        "figure",
    ]
)
"""Blocks that an empty line sets apart: where one ends, so does a sentence."""
_LEFT_OUT = frozenset(("note", "figDesc", "fw", "index", "back"))
_BREAKS = frozenset(("lb", "cb"))


@dataclass(slots=True)
class Flat:
    """The text of one element. ``places`` holds where each element in it stands, ``notes`` each note and its place.

    ``text`` is complete once ``flatten`` has given it.
    """

    text: str = ""
    places: dict[Element, tuple[int, int]] = field(default_factory=dict)
    notes: list[tuple[Element, int]] = field(default_factory=list)

    def words(self, element: Element) -> Words | None:
        """Give the words of an element that was flattened, ``None`` when it has none."""
        start, end = self.places.get(element, (0, 0))
        return self.between(start, end)

    def between(self, start: int, end: int) -> Words | None:
        """Give the words from one offset to another, without the white space at both ends."""
        piece = self.text[start:end]
        start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
        return Words(start=start, end=end, text=" ".join(self.text[start:end].split())) if start < end else None


def flatten(element: Element) -> Flat:
    """Give the text of an element: blocks on lines of their own, white space as in print, notes and page breaks left out."""
    flat, writer = Flat(), _Writer()
    _inside(element, writer, flat)
    flat.text = "".join(writer.pieces)
    return flat


def plain(element: Element | None) -> str | None:
    """Give the text of an element on one line, ``None`` when there is none."""
    return None if element is None else " ".join(flatten(element).text.split()) or None


class _Writer:
    """Text that grows: white space is held back until something follows it, and the widest wins."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self._held = ""

    def part(self, between: str) -> None:
        """Have at least this white space before what comes next."""
        if self.length and len(between.replace(" ", "")) >= len(self._held.replace(" ", "")):
            self._held = between

    def add(self, text: str) -> None:
        """Write text, its runs of white space as one blank each."""
        words = text.split()
        if not words:
            if text and not self._held:
                self.part(" ")
            return
        if text[0].isspace() and not self._held:
            self.part(" ")
        self._put(self._held + " ".join(words))
        self._held = " " if text[-1].isspace() else ""

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)


def _write(element: Element, writer: _Writer, flat: Flat) -> None:
    """Write an element, and keep where it stands; what is set apart gets its lines."""
    tag = element.tag
    if tag in _LEFT_OUT:
        if tag == "note":
            flat.notes.append((element, writer.length))
        return
    if tag in _BREAKS:
        writer.part("\n")
        return
    apart = "\n\n" if tag in _APART else "\n" if tag in _BLOCKS else ""
    if apart:
        writer.part(apart)
    start = writer.length
    _inside(element, writer, flat)
    flat.places[element] = (start, writer.length)
    if apart:
        writer.part(apart)


def _inside(element: Element, writer: _Writer, flat: Flat) -> None:
    """Write what is in an element; of two versions of a passage (``choice``) the one that the editors prefer."""
    if element.text:
        writer.add(element.text)
    for child in _preferred(element) if element.tag == "choice" else element:
        if element.tag == "row" and child is not element[0]:
            writer.add(" | ")
        _write(child, writer, flat)
        if child.tail:
            writer.add(child.tail)


def _preferred(choice: Element) -> list[Element]:
    found = [child for name in ("corr", "reg", "abbr") for child in choice if child.tag == name]
    return (found or list(choice))[:1]
