"""Find the phrases of ``retellings.yml`` in a text: credits, retellings and notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.errors import VocabularyError
from backchannel.families.outlets import is_agency, is_outlet

FILE = "retellings.yml"
LEAD = 400
"""Characters in which a text says what it is about."""
HEAD = 240
FOOT = 400
EDGE = 900
REACH = 160
"""Characters before a word that must stand by, and half of those behind it."""
_WORD = r"(?:[A-Z](?:\.[A-Z])*\.(?=\s)|[A-ZÀ-ÖØ-Þ](?:[\w&'’-]|\.(?=\w))*)"
"""A capitalised word; a full stop belongs to it inside an address or after initials, not where a sentence ends."""
_NAME = rf"{_WORD}(?: +(?:of +)?{_WORD}){{0,4}}"
_NAMES = frozenset(("agency", "outlet"))
_PERSON = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
_SECTIONS = {
    "credits": ("id", "label", "means", "where", "patterns", "yes", "no"),
    "feeds": ("id", "label", "means", "where", "patterns", "yes", "no"),
    "trimmings": ("id", "label", "means", "where", "patterns", "yes", "no"),
    "retellings": ("id", "label", "means", "where", "patterns", "yes", "no"),
    "citing": ("id", "label", "means", "where", "patterns", "yes", "no"),
    "notices": ("id", "label", "means", "where", "gives", "patterns", "yes", "no"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One wording: its entry's ``id``, where it counts, what it ``gives`` (of a notice), and its pattern.

    ``near`` are words of which one must stand by, so that long texts cost little.
    """

    id: str
    where: str
    near: tuple[str, ...]
    gives: str | None
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase in a text, with the outlet that it names, if it names one."""

    phrase: Phrase
    start: int
    end: int
    outlet: str | None


def find(section: str, text: str) -> Iterator[Found]:
    """Yield the phrases of a section of ``retellings.yml`` that stand where they count, in the order of the file.

    A name that is not an outlet's is cut at its end until it is ("Reuters Monday"); one that never is, is left out.
    """
    lowered = text.lower()
    for phrase in phrases(section):
        for start, end in _stretches(phrase, lowered):
            for match in phrase.pattern.finditer(text, start, end):
                name = _outlet(match)
                if name is not None or not _NAMES.intersection(phrase.pattern.groupindex):
                    yield Found(phrase=phrase, start=match.start(), end=match.end(), outlet=name)


@cache
def phrases(section: str) -> tuple[Phrase, ...]:
    """Give the phrases of a section.

    Raises:
        VocabularyError: an entry lacks a key, has an unknown one or a pattern that cannot be read.
    """
    data = vocabulary.load(FILE)
    vocabulary.check(FILE, data[section], required=_SECTIONS[section], optional=("near",))
    try:
        return tuple(
            Phrase(
                id=row["id"],
                where=row["where"],
                near=tuple(row.get("near", ())),
                gives=row.get("gives"),
                pattern=_compiled(pattern, data),
            )
            for row in data[section]
            for pattern in row["patterns"]
        )
    except re.error as error:
        raise VocabularyError(FILE, [f"{section}: {error.pattern!r}: {error}"]) from None


@cache
def headlines() -> tuple[re.Pattern[str], ...]:
    """Give the patterns by which a notice names the headline of what it takes back."""
    data = vocabulary.load(FILE)
    return tuple(_compiled(pattern, data) for pattern in data["names"])


def _compiled(pattern: str, data: dict[str, Any]) -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, data["kinds"]), key=len, reverse=True))
    outlet = (
        rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) )?(?:(?P<kind>(?:[\w-]+ ){{0,3}}?(?:{kinds})),? )?(?P<outlet>{_NAME})"
    )
    agency = rf"(?:The )?(?P<agency>{_NAME})"
    filled = (
        pattern.replace("{outlet}", outlet)
        .replace("{agency}", agency)
        .replace("{person}", _PERSON)
        .replace("{day}", data["days"])
    )
    return re.compile(filled, re.MULTILINE)


def _windows(where: str, text: str) -> list[tuple[int, int]]:
    """The stretches of a text in which a phrase counts."""
    whole = len(text)
    if where == "head":
        return [(0, min(HEAD, whole))]
    if where == "foot":
        return [(max(0, whole - FOOT), whole)]
    if where == "lead":
        return [(0, min(LEAD, whole))]
    if where == "edges":
        return [(0, whole)] if whole <= 2 * EDGE else [(0, EDGE), (whole - EDGE, whole)]
    return [(0, whole)]


def _stretches(phrase: Phrase, lowered: str) -> list[tuple[int, int]]:
    """The stretches of a text in which a phrase counts and one of its words stands near."""
    windows = _windows(phrase.where, lowered)
    return windows if not phrase.near else [one for window in windows for one in _near(phrase.near, lowered, *window)]


def _near(words: tuple[str, ...], lowered: str, first: int, last: int) -> list[tuple[int, int]]:
    """The stretches around these words in a window, joined where they touch."""
    found: list[tuple[int, int]] = []
    for place in sorted(place for word in words for place in _places(word, lowered, first, last)):
        start, end = max(first, place - REACH), min(last, place + 2 * REACH)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _places(word: str, lowered: str, first: int, last: int) -> Iterator[int]:
    place = lowered.find(word, first, last)
    while place >= 0:
        yield place
        place = lowered.find(word, place + len(word), last)


def _outlet(match: re.Match[str]) -> str | None:
    """The name in the match that is an outlet's, its last words left off where they are none of it."""
    groups = match.groupdict()
    agency = groups.get("agency")
    if agency is not None:
        return agency if is_agency(agency) else None
    words = (groups.get("outlet") or "").split()
    for count in range(len(words), 0, -1):
        if is_outlet(" ".join(words[:count])):
            return " ".join(words[:count])
    return " ".join(words) if words and groups.get("kind") is not None else None
