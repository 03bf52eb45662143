"""Neutral grammar: words with their governor and relation, whatever parser gave them.

No room after ``language`` reads a parser's own labels; another parser or language changes only ``parser.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

WordKind = Literal[
    "noun",
    "name",
    "verb",
    "auxiliary",
    "pronoun",
    "adjective",
    "adverb",
    "preposition",
    "determiner",
    "number",
    "conjunction",
    "particle",
    "punctuation",
    "other",
]
Relation = Literal[
    "root",
    "agent",
    "passive_subject",
    "patient",
    "recipient",
    "passive_agent",
    "oblique",
    "predicate",
    "possessor",
    "modifier",
    "compound",
    "conjunct",
    "apposition",
    "complement",
    "purpose",
    "adverbial",
    "relative",
    "auxiliary",
    "negation",
    "determiner",
    "number",
    "coordinator",
    "marker",
    "particle",
    "preposition",
    "adverb",
    "measure",
    "punctuation",
    "other",
]
Shape = Literal["base", "past", "present", "participle", "gerund", "modal", "singular", "plural", "none"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence: its span in the document, its lemma and what it is to its governor.

    ``head`` is the index of the governor in the sentence (its own index for the root). Nouns after a preposition hang
    on the word that the preposition hangs on, with relation ``oblique`` and the preposition in ``preposition``.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    kind: WordKind
    head: int
    relation: Relation
    shape: Shape = "none"
    preposition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who holds the floor in a transcript: the label as printed and where it stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: its span, the furniture-free text of the same length, and its words once parsed."""

    index: int
    start: int
    end: int
    text: str
    plain: str
    paragraph: int = 0
    speaker: Speaker | None = None
    words: tuple[Word, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()

    def below(self, index: int) -> Iterator[Word]:
        """Yield the words that hang directly on the word at ``index``, in order."""
        if self.children:
            for child in self.children[index]:
                yield self.words[child]

    def tree(self, index: int, *, without: frozenset[str] = frozenset()) -> list[Word]:
        """Give the word at ``index`` and all below it in order, leaving out branches whose relation is in ``without``."""
        found: list[Word] = []
        stack = [index]
        while stack:
            at = stack.pop()
            found.append(self.words[at])
            stack.extend(w.index for w in self.below(at) if w.relation not in without)
        return sorted(found, key=lambda w: w.index)

    def path(self, index: int) -> Iterator[Word]:
        """Yield the governors of the word at ``index`` up to the root."""
        seen = {index}
        word = self.words[index]
        while word.head != word.index and word.head not in seen:
            word = self.words[word.head]
            seen.add(word.index)
            yield word

    def conjuncts(self, index: int) -> list[Word]:
        """Give the word at ``index`` and everything coordinated below it ("Germany, France and Poland")."""
        found = [self.words[index]]
        for word in self.below(index):
            if word.relation == "conjunct":
                found.extend(self.conjuncts(word.index))
        return found

    def word_at(self, start: int, end: int) -> Word | None:
        """Give the highest word inside the span, or ``None``."""
        inside = [w for w in self.words if w.start >= start and w.end <= end and w.kind != "punctuation"]
        for word in inside:
            governor = self.words[word.head]
            if word.head == word.index or governor.start < start or governor.end > end:
                return word
        return inside[-1] if inside else None


def subject(sentence: Sentence, index: int, *, depth: int = 0) -> Word | None:
    """Give the word that acts in the verb at ``index``: its own, or the one it inherits by control or coordination."""
    verb = sentence.words[index]
    own = None
    for word in sentence.below(index):
        if word.relation in ("agent", "passive_subject"):
            own = word
    if own is not None:
        if own.text.lower() in ("who", "that", "which") and verb.relation == "relative":
            return sentence.words[verb.head]
        return own
    if depth > 6 or verb.head == index:
        return None
    head = sentence.words[verb.head]
    if verb.relation in ("complement", "purpose", "adverbial", "conjunct") and head.kind in ("verb", "auxiliary"):
        if verb.relation == "complement" and verb.shape in ("base", "gerund"):
            for word in sentence.below(head.index):  # "urged Iran to return": the one urged acts
                if word.relation == "patient" and head.lemma in CONTROL_BY_PATIENT:
                    return word
        return subject(sentence, head.index, depth=depth + 1)
    if verb.relation == "relative" and verb.shape == "base":  # "plans to host": whoever has the plans
        top = possessor(sentence, head.index)
        if top is not None:
            return top
        above = governor_verb(sentence, head.index)
        return subject(sentence, above.index, depth=depth + 1) if above is not None else None
    if verb.relation == "relative":
        return head
    if verb.relation in ("complement", "purpose", "adverbial") and head.kind in ("noun", "name", "adjective"):
        owner = possessor(sentence, head.index)
        if owner is not None:
            return owner
        top = governor_verb(sentence, head.index)
        return subject(sentence, top.index, depth=depth + 1) if top is not None else None
    return None


CONTROL_BY_PATIENT = frozenset(
    [
        "urge",
        "ask",
        "invite",
        "tell",
        "persuade",
        "convince",
        "encourage",
        "press",
        "allow",
        "enable",
        "force",
        "order",
        "instruct",
        "push",
        "call",
        "want",
        "expect",
        "get",
        "request",
        "warn",
        "help",
        "lead",
        "prompt",
    ]
)


def possessor(sentence: Sentence, index: int) -> Word | None:
    """Give the word that owns the noun at ``index`` ("Iran's refusal", "the refusal of Iran"), or ``None``."""
    for word in sentence.below(index):
        if word.relation == "possessor":
            return word
    return None


def governor_verb(sentence: Sentence, index: int) -> Word | None:
    """Give the nearest verb above the word at ``index``, or ``None``."""
    for word in sentence.path(index):
        if word.kind in ("verb", "auxiliary"):
            return word
    return None
