"""Tell whose people words for roles and bodies name: the sector codes of PLOVER, from the committed vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.actors.table import fold

FILE = "actors/sectors.yml"
_LONGEST = 5
_WORD = re.compile(r"[a-z0-9#][a-z0-9&'.#]*(?:-[a-z0-9&'.]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A word of the vocabulary found in a phrase.

    ``start`` and ``end`` are characters of the folded phrase; a ``weak`` word yields to what stands with it, ``alone``
    is the sector when nothing does.
    """

    sector: str | None
    start: int
    end: int
    words: str
    is_weak: bool = False
    alone: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    sector: str | None
    is_weak: bool
    alone: str | None


def roles(text: str) -> tuple[Role, ...]:
    """Give the role words of a phrase in order, the longest at each place.

    >>> [(role.words, role.sector) for role in roles("Two army spokesmen and a student")]
    [('army spokesman', 'MIL'), ('student', 'EDU')]
    """
    return tuple(_found(fold(text).lower()))


def _found(folded: str) -> Iterator[Role]:
    tokens = [(m.group().rstrip("."), m.start(), m.end()) for m in _WORD.finditer(folded)]
    place = 0
    while place < len(tokens):
        step = 1
        for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
            known = _known([word for word, _, _ in tokens[place : place + length]])
            if known is not None:
                words, entry = known
                yield Role(
                    sector=entry.sector,
                    start=tokens[place][1],
                    end=tokens[place + length - 1][2],
                    words=words,
                    is_weak=entry.is_weak,
                    alone=entry.alone,
                )
                step = length
                break
        place += step


def _known(words: Sequence[str]) -> tuple[str, _Entry] | None:
    table = _table()
    *head, last = words
    for form in _singular(last):
        phrase = " ".join([*head, form])
        if phrase in table:
            return phrase, table[phrase]
    return None


def _singular(word: str) -> Iterator[str]:
    """Yield the word and what it may be the plural of."""
    yield word
    bare = word.removesuffix("'s").removesuffix("'")
    if bare != word:
        yield bare
    if bare.endswith("men"):
        yield bare[:-3] + "man"
    if bare.endswith("ies"):
        yield bare[:-3] + "y"
    if bare.endswith("es"):
        yield bare[:-2]
    if bare.endswith("s"):
        yield bare[:-1]


def is_role(word: str) -> bool:
    """Whether a word by itself is one of the vocabulary ("Bank" and "He" are also towns)."""
    return _known(fold(word).lower().split() or [""]) is not None


def home(words: str) -> str | None:
    """The only state that has an office of this name ("secretary of state"), ``None`` for the others."""
    found: str | None = vocabulary.load(FILE)["home"]["words"].get(words)
    return found


def is_former(text: str) -> bool:
    """Whether a phrase opens its role with a word for one who no longer holds it ("a former CIA official")."""
    return _former().search(fold(text).lower()) is not None


def is_of_an_office(sector: str | None) -> bool:
    """Whether one who leaves this sector's offices becomes one of the elite."""
    return sector in vocabulary.load(FILE)["former"]["from"]


@cache
def _former() -> re.Pattern[str]:
    words = sorted(vocabulary.load(FILE)["former"]["words"], key=len, reverse=True)
    return re.compile(r"(?:^|\s)(?:" + "|".join(re.escape(word) for word in words) + r")(?:[\s-]|$)")


@cache
def _table() -> dict[str, _Entry]:
    data: dict[str, Any] = vocabulary.load(FILE)
    table: dict[str, _Entry] = {}
    for name in ("unknown", "nothing"):
        weak = set(data[name].get("weak") or ())
        for word in data[name]["words"]:
            table[word] = _Entry(data[name]["sector"], word in weak, None)
    for group in data["groups"]:
        for word in group["words"]:
            table[word] = _Entry(group["sector"], bool(group.get("weak")), group.get("alone"))
    return table
