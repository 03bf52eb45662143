"""Recognise notes which say that no record of a conversation was found: that one took place, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from backchannel import vocabulary
from backchannel.records import Form

FILE = "unrecorded.yml"
Missing = Literal["not_found", "no_other"]
_PEOPLE = re.compile(r"[A-Z][\w.]+(?:[’']s?|\s)|\bbetween\b|\bwith\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A sentence's word that a conversation left no record; offsets are in the sentence.

    ``what`` is none of them, or none beside one that there is. ``form`` is that of its noun, ``None`` for a bare
    pronoun, and ``noun`` its last word in the singular. ``is_open`` is true where the words leave open whether there was one ("such a meeting"); ``points`` where
    they point back to a sentence before, ``is_plural`` to several. ``inside`` is what stands between "of" and "found".
    """

    start: int
    end: int
    what: Missing
    form: Form | None
    noun: str | None
    inside: tuple[int, int]
    is_open: bool
    points: bool
    is_plural: bool


def denial(text: str) -> Denial | None:
    """Give what a sentence says of a record that is missing, ``None`` where it says it of no conversation.

    >>> denial("No record of this talk has been found.").what, denial("No copy of the cable was found.")
    ('not_found', None)
    """
    match = next((found for pattern in _patterns() if (found := pattern.search(text)) is not None), None)
    if match is None:
        return None
    inside = match.span("what") if match["what"] is not None else (match.end("paper"), match.end("paper"))
    phrase = text[slice(*inside)].strip(" ,")
    plain = _without_substance(phrase)
    form, noun = _noun(plain)
    is_bare = not plain or plain.casefold() in ("it", "them", "which", "this", "that", "these", "those", "either")
    named = match["paper"].casefold()
    if form == "message" or (form is None and not is_bare):
        return None
    if not plain and "conversation" not in named:
        return None
    return Denial(
        start=match.start(),
        end=match.end(),
        what="no_other" if match["other"] else "not_found",
        form=form,
        noun=noun.split()[-1].removesuffix("s") if noun is not None else None,
        inside=inside,
        is_open=_begins(plain, _data()["open"]) and not _is_certain(plain),
        points=is_bare or _begins(plain, _data()["pointing"]) or not _PEOPLE.search(plain),
        is_plural=noun.endswith("s") if noun is not None else plain.casefold() in ("them", "these", "those"),
    )


def masked(text: str, found: Denial) -> str:
    """Give the sentence without the words of the denial, blanks in their place, so that the conversation is its subject."""
    begin, _ = found.inside
    return text[: found.start] + " " * (begin - found.start) + text[begin:]


def _is_certain(plain: str) -> bool:
    """True where "a" or "another" stands before what is told with its day or hour, which did take place."""
    return re.search(r"\b(?:on|at|of) (?:[A-Z][a-z]+ )?\d", plain) is not None and not plain.casefold().startswith(
        ("such", "any", "the proposed")
    )


def _begins(plain: str, words: Iterable[str]) -> bool:
    lowered = plain.casefold()
    return any(lowered.startswith(f"{word} ") for word in words)


def _without_substance(phrase: str) -> str:
    """The phrase behind "the substance of", "the discussion at", which say what the record is missing of."""
    for words in _data()["substance"]:
        if phrase.casefold().startswith(f"{words} "):
            return phrase[len(words) :].strip()
    return phrase


def _noun(phrase: str) -> tuple[Form | None, str | None]:
    """Give the form of the first noun of the phrase that names a conversation or a paper, and the noun."""
    found: tuple[int, int, Form, str] | None = None
    for form, pattern in _nouns():
        match = pattern.search(phrase)
        if match is not None and (found is None or (match.start(), -len(match[0])) < found[:2]):
            found = (match.start(), -len(match[0]), form, match[0].casefold())
    return (None, None) if found is None else (found[2], found[3])


@cache
def _nouns() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    return tuple((form, re.compile(rf"(?<![\w-]){_any(words)}\b", re.I)) for form, words in _data()["nouns"].items())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = _data()
    papers = _any(cue for row in data["papers"] for cue in row["cues"])
    others = _any(cue for row in data["others"] for cue in row["cues"])
    plain = _any(data["plain"])
    found = "(?:" + "|".join(data["found"]) + ")"
    head = rf"\b{_any(data['none'])} (?:(?:(?P<other>{others})|{plain}) )*(?P<paper>{papers})\b"
    of = r"(?:,? (?:of|for|about|concerning|regarding|on) (?P<what>[^;:]{1,220}?))?"
    negated = _any(data["negated"])
    turned = rf"\b(?:A|An|The|Any)(?P<other>(?!))? (?P<paper>{papers}) of (?P<what>[^;:]{{1,160}}?) {negated} (?:be |been )?found"
    return re.compile(rf"{head}{of},? {found}", re.I), re.compile(turned, re.I)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = vocabulary.load(FILE)
    return data
