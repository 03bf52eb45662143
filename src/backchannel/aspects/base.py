"""What every aspect reader is given and gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backchannel.actors.roster import Roster
from backchannel.actors.table import ActorTable
from backchannel.contacts.contact import Contact
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Document, Evidence
from backchannel.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A value with the words it rests on; no evidence means the documented default."""

    value: Any
    evidence: tuple[Evidence, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One contact in its document; ``read`` holds the aspects read before, by name.

    ``before`` holds the aspects of the contact that this one points back to ("these talks"), or ``None``. ``year`` is
    that of days without one, where the text has a custom of its own: in an editor's note it is the record's.
    """

    contact: Contact
    document: Document
    roster: Roster
    previous: Sentence | None
    following: Sentence | None
    on: date | None
    table: ActorTable
    read: dict[str, Aspect] = field(default_factory=dict)
    before: dict[str, Aspect] | None = None
    year: int | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence that reports the contact."""
        return self.contact.sentence

    def value(self, name: str) -> Any:
        """Give the value of an aspect read before."""
        return self.read[name].value


Reader = Callable[[Context], Aspect]
ASPECTS: Registry[Reader] = Registry("aspect")


def aspect(name: str) -> Callable[[Reader], Reader]:
    """Give the decorator that registers a reader for the aspect ``name``."""
    return ASPECTS.add(name)


def words_as_evidence(sentence: Sentence, words: list[Word] | tuple[Word, ...], by: str) -> Evidence:
    """Give the stretch from the first to the last of ``words`` as evidence."""
    start, end = min(w.start for w in words), max(w.end for w in words)
    return Evidence(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start], by=by)


def evidence_at(sentence: Sentence, start: int, end: int, by: str) -> Evidence:
    """Give the stretch of ``sentence.text`` from ``start`` to ``end`` (offsets in the sentence) as evidence."""
    return Evidence(start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end], by=by)
