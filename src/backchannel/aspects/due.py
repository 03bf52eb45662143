"""Whether the day that a sentence gives a contact lies ahead of the document's day or behind it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from backchannel.aspects import dates
from backchannel.aspects.dates import Phrase
from backchannel.language.grammar import Sentence, Word

_COUNTED = frozenset({"relative", "weekend", "period", "lasting", "iso", "ago"})


def due(sentence: Sentence, word: Word, on: date | None) -> Literal["ahead", "behind"] | None:
    """Tell where the day of ``word``'s own clause lies from ``on``; ``None`` without a day that the text fixes."""
    if on is None:
        return None
    for phrase in dates.find(sentence.text):
        if not (phrase.has_year or phrase.kind in _COUNTED) or not _is_own(sentence, word, phrase):
            continue
        which = (phrase.parts.get("which") or "").lower()
        if which.startswith(("later", "earlier")):
            return "ahead" if which.startswith("later") else "behind"
        told = dates.resolve(phrase, on)
        if told is None:
            continue
        if told.start[:10] > on.isoformat()[: len(told.start)]:
            return "ahead"
        if (told.end or told.start) < on.isoformat()[: len(told.end or told.start)]:
            return "behind"
    return None


def _is_own(sentence: Sentence, word: Word, phrase: Phrase) -> bool:
    """Whether the phrase hangs on the word or on the verb that carries it, with no other noun or verb between."""
    inside = sentence.word_at(sentence.start + phrase.start, sentence.start + phrase.end)
    if inside is None:
        return False
    carrier = word if word.kind == "verb" else sentence.words[word.head]
    return inside.head in (word.index, carrier.index)
