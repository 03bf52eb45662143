"""Find the quoted stretches of a text, whatever marks were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"[“”„\"«»]|''|``|’’|‘‘")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")
_OPENING, _CLOSING = frozenset({"“", "„", "«", "``", "‘‘"}), frozenset({"”", "»", "’’"})

_DOUBLED = frozenset({"''", "’’"})

Quote = tuple[int, int]


def quotes(text: str, begin: int = 0, stop: int | None = None) -> tuple[Quote, ...]:
    """Give the quoted stretches with their marks; an odd mark spoils its own sentence at most.

    A mark that is never closed quotes to the end of its paragraph if the next paragraph opens with a mark (a quotation
    over several paragraphs), else to the end of its sentence. A mark after a digit is an inch; a closing mark without an
    opening one is left out.

    >>> [("He said \\"no. She left.\\n\\nThen \\"yes\\" came.")[a:b] for a, b in quotes("He said \\"no. She left.\\n\\nThen \\"yes\\" came.")]
    ['"no.', '"yes"']
    """
    found: list[Quote] = []
    stop = len(text) if stop is None else stop
    paragraphs = list(_paragraphs(text, begin, stop))
    for number, (start, end) in enumerate(paragraphs):
        after = text[paragraphs[number + 1][0] :][:2] if number + 1 < len(paragraphs) else ""
        found.extend(_in_paragraph(text, start, end, goes_on=_MARK.match(after) is not None))
    return tuple(found)


def _paragraphs(text: str, begin: int, stop: int) -> Iterator[Quote]:
    start = begin
    for match in _PARAGRAPH.finditer(text, begin, stop):
        yield _trimmed(text, start, match.start())
        start = match.end()
    yield _trimmed(text, start, stop)


def _trimmed(text: str, start: int, end: int) -> Quote:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end


def _in_paragraph(text: str, start: int, end: int, *, goes_on: bool) -> Iterator[Quote]:
    opened: int | None = None
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if opened is None:
            if _opens(match.group(), before, after):
                opened = match.start()
        elif _closes(match.group(), before, after):
            yield opened, match.end()
            opened = None
        elif _opens_anew(text, opened, match.group(), before, after, match.start()):
            yield opened, _sentence_end(text, opened, match.start())
            opened = match.start()
    if opened is not None:
        yield opened, end if goes_on else _sentence_end(text, opened, end)


def hides(text: str, quote: Quote) -> bool:
    """Whether what stands in the quotation is no word of the writer: it is closed, or goes on in the next paragraph."""
    end = quote[1]
    if _MARK.fullmatch(text, end - 1, end) is not None or text[end - 2 : end] in _DOUBLED:
        return True
    after = _PARAGRAPH.match(text, end)
    return after is not None and _MARK.match(text, after.end()) is not None


def _opens_anew(text: str, opened: int, mark: str, before: str, after: str, at: int) -> bool:
    """Whether a mark in an open quotation opens another one, so that the first was never closed."""
    if text[opened : opened + len(mark)] != mark or at - opened < 2 or not before.isspace():
        return False
    return mark in _OPENING or after.isalnum()


def _opens(mark: str, before: str, after: str) -> bool:
    if mark in _CLOSING or after.isspace():
        return False
    return mark in _OPENING or not (before.isalnum() or before in ".,!?")


def _closes(mark: str, before: str, after: str) -> bool:
    if mark in _CLOSING:
        return True
    return not after.isalnum() if mark not in _OPENING else not after.isalnum() and not before.isspace()


def _sentence_end(text: str, start: int, limit: int) -> int:
    match = _SENTENCE_END.search(text, start, limit)
    return match.end() if match is not None else limit
