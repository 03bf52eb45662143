"""How secret a record was held: its classification and its distribution words, from a source note or a line of the head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backchannel.sources.heads.layout import Line
from backchannel.sources.heads.lexicon import alternatives, data
from backchannel.sources.record import Words

_SENTENCE = re.compile(r"(?:(?<=[.”\"\])])\s+|^)(?=\S)")
_NOTE = re.compile(r"\[?\s*Source:\s", re.I)
_MOST = 8
"""Words between the markings of one sentence that belong to none of them, at most ("via Swinger")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A classification, its distribution words in the order of their names, and where they stand."""

    classification: str | None
    handling: tuple[str, ...]
    words: Words


@cache
def _patterns(part: Literal["levels", "handling"]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = [(row["id"], alternatives(row["cues"])) for row in data()[part]]
    return tuple((name, re.compile(rf"\b{words}\b", re.I)) for name, words in rows)


@cache
def _level() -> re.Pattern[str]:
    return re.compile(alternatives(cue for row in data()["levels"] for cue in row["cues"]) + r"\b", re.I)


def of_note(note: str | None) -> Marking | None:
    """Give the marking of a source note: the first that a sentence begins with, and the words in that sentence.

    >>> of_note("Source: Archive, Box 4. Secret; Nodis. Drafted by Berg.").handling
    ('Nodis',)
    """
    if not note:
        return None
    for match in _SENTENCE.finditer(note):
        found = _level().match(note, match.end())
        if found is None or note[match.end()].islower():
            continue
        end = _end(note, found.end())
        return _marking(Words(start=match.end(), end=end, text=note[match.end() : end], part="source_note"))
    return None


def _end(note: str, start: int) -> int:
    """Give the end of the sentence: a full stop that a blank follows."""
    found = re.compile(r"\.(?=\s|$)").search(note, start)
    return len(note) if found is None else found.start()


def of_head(lines: Sequence[Line]) -> Marking | None:
    """Give the marking that a line of the head is ("SECRET/NODIS"): nothing but markings stands on it."""
    for line in lines[:25]:
        if len(line.text) > 80 or _level().match(line.text.lstrip("([")) is None:
            continue
        rest = line.text
        for part in ("levels", "handling"):
            for _, pattern in _patterns(part):
                rest = pattern.sub(" ", rest)
        if not re.search(r"\w{2,}", rest) or _is_capitals(line.text):
            return _marking(line.words())
    return None


def _is_capitals(text: str) -> bool:
    return text.isupper() and len(text.split()) < 6


def _marking(words: Words) -> Marking:
    level = next((name for name, pattern in _patterns("levels") if pattern.match(words.text.lstrip("(["))), None)
    handling = tuple(name for name, pattern in _patterns("handling") if pattern.search(words.text))
    return Marking(classification=level, handling=handling, words=words)


def note_in(text: str) -> tuple[int, int] | None:
    """Give where a text has its own source note, in brackets or as a last line ("[Source: ...]")."""
    for match in re.finditer(r"^[^\r\n]*$", text, re.M):
        if _NOTE.match(match.group()):
            return match.span()
    return None
