"""Records of conversations with what their markup says of them, and what is predicted from their plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backchannel.actors.register import agree, words
from backchannel.errors import InputError
from backchannel.evaluate.gold import lines
from backchannel.sources.record import Footnote

_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv", "2nd", "3rd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One participant, of the gold or predicted: the item, the name in it, the side, and an id of the person.

    The gold has ids of two lists, numbers for names and words for offices ("The Secretary"); ``joined`` is the number
    of whom a word means, where the set has one.
    """

    text: str
    name: str
    side: str | None
    person: str | None
    joined: str | None = None

    @property
    def last(self) -> str:
        """The last word of the name, plain; participants are matched by it."""
        return last_word(self.name) or last_word(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one record; a field that the gold leaves empty is not asked for."""

    id: str
    date: str | None
    places: tuple[str, ...]
    participants: tuple[Someone, ...]
    classification: str | None
    handling: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One record: its plain text with the editors' notes, its volume, and what the markup says of it."""

    id: str
    volume: str | None
    text: str
    source_note: str | None
    summary: str | None
    footnotes: tuple[Footnote, ...]
    gold: Told


def cases(path: Path) -> tuple[Case, ...]:
    """Give the records of a set.

    Raises:
        InputError: a line lacks the text or the gold.
    """
    found = []
    every = list(lines(path))
    numbers = dict(_numbers(every))
    for number, line in enumerate(every, 1):
        try:
            found.append(_case(line, numbers))
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}: line {number} is no record with input and gold ({error!r})") from None
    return tuple(found)


def _numbers(every: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the number of each person whom an office names with a word, by the names of both lists."""
    people = [
        one
        for line in every
        for item in line.get("gold", {}).get("participants", ())
        for one in item["persons"]
        if one.get("name")
    ]
    known = {one["person_id"]: words(one["name"].replace(",", " ")) for one in people if one.get("person_id")}
    for one in people:
        told = words(one["name"])
        if one.get("hsg_id") is not None:
            for number, (surname, *given) in known.items():
                if surname == told[-1] and agree(told[:-1], tuple(given)):
                    yield one["hsg_id"], number


def _case(line: Mapping[str, Any], numbers: Mapping[str, str]) -> Case:
    given, gold = line["input"], line["gold"]
    notes = given.get("footnotes") or ()
    return Case(
        id=line["id"],
        volume=line.get("volume"),
        text=given["text"],
        source_note=given.get("source_note") or None,
        summary=" ".join(given.get("summary_note") or ()) or None,
        footnotes=tuple(Footnote(number=str(note["n"]), text=note["text"]) for note in notes),
        gold=Told(
            id=line["id"],
            date=(gold["date"] or "")[:10] or None,
            places=tuple(gold["places"]),
            participants=tuple(_participants(gold["participants"], numbers)),
            classification=gold["classification"],
            handling=tuple(sorted(gold["handling"])),
        ),
    )


def _participants(items: Sequence[Mapping[str, Any]], numbers: Mapping[str, str]) -> Iterator[Someone]:
    """Yield those of the gold: an item with several people is several."""
    for item in items:
        text, side, people = item["text"], item["side"], item["persons"]
        for one in people:
            person = person_key(one)
            joined = None if person is None else numbers.get(person, person)
            yield Someone(text=text, name=one["surface"], side=side, person=person, joined=joined)
        if not people:
            yield Someone(text=text, name=item.get("name_guess") or text, side=side, person=None)


def person_key(one: Mapping[str, Any]) -> str | None:
    """Give the gold's id of a person: the number, or the other list's id where the office tells who it is."""
    return one.get("person_id") or one.get("hsg_id")


def plain(text: str) -> str:
    """Give a text in small letters and without accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()


def last_word(text: str) -> str:
    """Give the last word of a name, "Jr." and its like left out.

    >>> last_word("Herbert C. Hoover, Jr."), last_word("Hervé")
    ('hoover', 'herve')
    """
    own = [word for word in re.findall(r"[\w'’]+", plain(text)) if word not in _JUNIOR]
    return own[-1] if own else ""
