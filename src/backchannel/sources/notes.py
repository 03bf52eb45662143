"""The editors' notes of a record stand behind it in the document's text, each with its number, to be read as sentences.

A volume's notes are taken out of its running text and put there; of a plain text they are found where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from backchannel.sources.record import Footnote, Record

HEADING = "Notes"
"""The line that parts a record from its notes."""
SOURCE = "Source note"
"""What stands before the source note instead of a number."""
_BLOCK = re.compile(
    r"^[ \t]*(?:Notes|NOTES|Footnotes|FOOTNOTES|Endnotes|ENDNOTES|[_—-]{5,})[ \t]*:?[ \t]*$", re.MULTILINE
)
_NUMBERED = re.compile(r"^[ \t]*[\[(]?(\d{1,3})[\])]?[.:]?[ \t]+(?=\S)", re.MULTILINE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Where a note stands in the text, and where in the record it hangs; ``at`` is ``None`` for the source note."""

    start: int
    end: int
    at: int | None = None


def of(told: Record) -> tuple[Note, ...]:
    """Give the notes of a record that stand in its document's text, in their order there."""
    found = [] if told.source_place is None else [Note(start=told.source_place[0], end=told.source_place[1])]
    for one in told.footnotes:
        if one.start is not None and one.end is not None:
            found.append(Note(start=one.start, end=one.end, at=one.at))
    return tuple(found)


def appended(text: str, told: Record) -> tuple[str, Record]:
    """Give a record's text with its notes behind it, and the record with where they stand; without any, both as given."""
    if told.source_note is None and not told.footnotes:
        return text, told
    pieces = [text.rstrip(), f"\n\n{HEADING}"]
    if told.source_note is not None:
        place = _add(pieces, SOURCE, told.source_note)
        told = replace(told, source_place=place)
    footnotes: list[Footnote] = []
    for one in told.footnotes:
        start, end = _add(pieces, one.number, one.text)
        footnotes.append(replace(one, start=start, end=end))
    return "".join(pieces), replace(told, footnotes=tuple(footnotes))


def _add(pieces: list[str], number: str, note: str) -> tuple[int, int]:
    pieces.append(f"\n\n{number}. ")
    start = sum(map(len, pieces))
    pieces.append(note)
    return start, start + len(note)


def at_the_end(text: str) -> tuple[Footnote, ...]:
    """Give the numbered notes with which a plain text ends, under a line that says so or a rule; none on doubt.

    They are numbered from one without a gap. A note hangs where its number stands in brackets or raised in the text.
    """
    for heading in _BLOCK.finditer(text):
        found = list(_numbered(text, heading.end()))
        if found and [one.number for one in found] == [str(number + 1) for number in range(len(found))]:
            return tuple(replace(one, at=_hangs(text[: heading.start()], one.number)) for one in found)
    return ()


def _numbered(text: str, begin: int) -> Iterator[Footnote]:
    """Yield the notes behind an offset: each goes on to the next number; nothing else may stand before the first."""
    marks = list(_NUMBERED.finditer(text, begin))
    if not marks or text[begin : marks[0].start()].strip():
        return
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = len(text) if after is None else after.start()
        note = text[mark.end() : end].rstrip()
        yield Footnote(number=mark[1], text=" ".join(note.split()), start=mark.end(), end=mark.end() + len(note))


def _hangs(body: str, number: str) -> int | None:
    for sign in (f"[{number}]", number.translate(_RAISED)):
        if body.count(sign) == 1:
            return body.index(sign)
    return None
