"""The lists of those present become participants: each with the line, the name, the office and the side they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backchannel.sources.heads.items import is_office, is_side, people
from backchannel.sources.heads.layout import Line, Part
from backchannel.sources.heads.lexicon import lexicon
from backchannel.sources.heads.names import Found, tokens
from backchannel.sources.record import Participant, Words

_APART = 200
"""Characters between two lists of one talk at most."""


def participants(parts: Sequence[Part], text: str) -> tuple[Participant, ...]:
    """Give those whom the parts that list people name, in order.

    A line that names a side holds for what follows it. With several lists ("Members Present", "Others Present") the
    label of each is the side of its own.
    """
    lists = list(_together([part for part in parts if part.label == "participants" and part.lines]))
    found: list[Participant] = []
    for part in lists:
        own = side_name(part.heading.text) if len(lists) > 1 else None
        found.extend(_listed(_joined(part.lines, text), own, text))
    return tuple(found)


def _together(lists: Sequence[Part]) -> Iterator[Part]:
    """Yield the first list and those that follow it at once; a later one is of an enclosure."""
    end = None
    for part in lists:
        if end is not None and part.heading.start - end > _APART:
            return
        end = part.lines[-1].end
        yield part


def side_name(line: str) -> str:
    """Give the label of a side without the marks around it.

    >>> side_name("Soviet Side:")
    'Soviet Side'
    """
    return line.strip().strip(":>—–- ")


def _listed(lines: Sequence[Line], side: str | None, text: str) -> Iterator[Participant]:
    for line in lines:
        if is_side(line.text):
            side = side_name(line.text)
            continue
        spoken_for = _own_side(line.text)
        side = spoken_for or side
        for one in people(line.text):
            yield _participant(line, one, side, text)


def _own_side(item: str) -> str | None:
    """Give the side that an item names before a dash ("Thai—Mr. Sarasin"): a state's name, not a bureau's."""
    for mark in ("—", "–", ":", " - "):
        head, found, rest = item.partition(mark)
        own = tokens(head)
        if found and rest.strip() and own and all(one.word in lexicon().states for one in own):
            return head.strip()
    return None


def _participant(line: Line, found: Found, side: str | None, text: str) -> Participant:
    def words(span: tuple[int, int] | None) -> Words | None:
        return None if span is None else _across(line.words(*span), text)

    return Participant(
        line=_across(line.words(found.start, found.end), text),
        name=words(found.name),
        office=words(found.office),
        side=side,
    )


def _across(words: Words, text: str) -> Words:
    """Give the words with the end they have in the text, where a line was broken in two."""
    return words if text[words.start : words.end] == words.text else replace(words, text=" ".join(words.text.split()))


def _joined(lines: Sequence[Line], text: str) -> list[Line]:
    """Give the lines, each with the next where that is its rest: an office behind a comma, a body in parentheses."""
    found: list[Line] = []
    for line in lines:
        if found and _is_rest(found[-1].text, line.text):
            before = found.pop()
            line = Line(start=before.start, text=_gap(before, line, text))
        found.append(line)
    return found


def _gap(before: Line, line: Line, text: str) -> str:
    """Give two lines as one of the same length as in the text, so that offsets stay true."""
    between = text[before.end : line.start]
    return before.text + " " * len(between) + line.text


def _is_rest(before: str, line: str) -> bool:
    if is_side(before):
        return False
    if line.startswith("(") and line.endswith(")"):
        return True
    if line.endswith(":") or any(one.name for one in people(line)) or "[" in line:
        return False
    if before.endswith(","):
        return True
    return not is_side(line) and not is_office(line)
