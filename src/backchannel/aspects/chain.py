"""The way from a contact word up to the root of its sentence, and what each step on it is to the contact."""

from __future__ import annotations

from functools import cached_property

from backchannel.aspects.clauses import clause
from backchannel.aspects.cues import words
from backchannel.language.grammar import Sentence, Word

_OFFICIAL = frozenset({"readout", "announcement", "official", "joint"})


class Chain:
    """A contact word with the words above it, in a document of one kind."""

    def __init__(self, sentence: Sentence, word: Word, *, kind: str) -> None:
        self.sentence = sentence
        self.word = word
        self.is_digest = kind in ("digest", "news")
        self.is_official = kind in _OFFICIAL
        self.is_account = kind in _OFFICIAL or kind == "record"
        self.is_noun = word.kind in ("noun", "name") or _stands_as_noun(sentence, word)
        self.is_lasting = self.is_noun and word.lemma in words("lasting")
        self.steps = [word, *(one for one in sentence.path(word.index) if not _is_reduced(one))]

    @cached_property
    def has_condition(self) -> bool:
        """Whether an "if" stands anywhere in the sentence."""
        return any(w.text.lower() == "if" for w in self.sentence.words)

    def is_verb(self, step: Word, below: Word | None) -> bool:
        """Whether the step is a verb; one that the parser takes for a noun ("to host talks") shows by its object."""
        if below is None:
            return step.kind in ("verb", "auxiliary") and not self.is_noun
        return step.kind in ("verb", "auxiliary") or below.relation == "patient"

    def is_stage(self, step: Word, below: Word) -> bool:
        """Whether the step is still the contact itself: its round, its beginning, its fellow in a list, its hedge."""
        if below.relation in ("conjunct", "apposition", "compound", "modifier"):
            return True
        if below.kind in ("verb", "auxiliary"):
            bare = below.shape in ("base", "gerund") and not clause(self.sentence, below).finite
            return bare or below.relation not in ("relative", "adverbial")
        if below.preposition == "including":
            return True
        if step.kind == "adjective":
            return below.preposition in ("for", "to", "about")
        return below.preposition in ("of", "in") and step.lemma in words("stages")

    def opens(self, noun: Word) -> bool:
        """Whether the contact hangs on ``noun`` as what it gives room for ("an opportunity to meet", "a chance for talks")."""
        if noun.lemma not in words("openings") or noun not in self.steps[1:]:
            return False
        inner = self.steps[self.steps.index(noun) - 1]
        return inner.kind in ("verb", "auxiliary") or inner.preposition == "for"


def _stands_as_noun(sentence: Sentence, word: Word) -> bool:
    """Whether a word that the parser takes for a verb is a subject or object without a clause of its own."""
    own = any(w.relation == "auxiliary" for w in sentence.below(word.index))
    return word.relation in ("agent", "passive_subject", "oblique") and not own


def joins(verb: Word, below: Word) -> bool:
    """Whether a noun stands where ``verb`` carries it: as subject or object, or behind "in", "into", "to"."""
    if below.relation != "oblique":
        return True
    return verb.lemma in words("joining") and below.preposition in ("in", "into", "to")


def is_foreign(verb: Word, below: Word) -> bool:
    """Whether ``verb`` tells of something else than the contact noun below it."""
    if below.kind not in ("noun", "name"):
        return False
    return not (verb.lemma in words("bearing") and joins(verb, below))


def _is_reduced(verb: Word) -> bool:
    """Whether a participle is taken for the subject's verb: "the summit planned for Friday will not take place"."""
    is_participle = verb.kind == "verb" and verb.shape in ("past", "participle")
    return is_participle and verb.relation in ("agent", "passive_subject")
