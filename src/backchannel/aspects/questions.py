"""Whether a sentence asks if a contact takes place, which asserts nothing."""

from __future__ import annotations

import re

from backchannel.contacts.slots import words as verb_words
from backchannel.language.grammar import Sentence, Word

_LEADS = frozenset({"q", "and", "but", "so", "then", "well", "now", "also", "okay", "yes", "just", "again"})
_OPENERS = frozenset(["do", "be", "have", "will", "can", "would", "could", "should", "may", "might", "any", "no"])
_LAST = re.compile(r"(?:^|[:;—]|--|\b(?:question is|wondering),?)\s*([^:;—]+\?)\W*$")


def asks_for(sentence: Sentence, word: Word) -> bool:
    """Whether the question is about the contact itself: "Did they meet?", not "What was said when they met?"."""
    if not sentence.text.rstrip(' ”"').endswith("?"):
        return False
    opener = _opener(sentence, word)
    if opener is None or opener.lemma not in _OPENERS:
        return False
    return _reaches(sentence, word)


def _opener(sentence: Sentence, word: Word) -> Word | None:
    """The first word of the question in which ``word`` stands; what is said before a colon or a dash is no part of it."""
    last = _LAST.search(sentence.text)
    start = sentence.start + (last.start(1) if last else 0)
    if word.start < start:
        start = sentence.start
    inside = (w for w in sentence.words if w.start >= start and w.kind != "punctuation")
    return next((w for w in inside if w.text.lower() not in _LEADS), None)


def _reaches(sentence: Sentence, word: Word) -> bool:
    """Whether only verbs that carry the contact stand between it and the question."""
    steps = [word, *sentence.path(word.index)]
    apart = ("complement", "relative", "adverbial")
    if any(w.relation in apart and any(c.relation == "marker" for c in sentence.below(w.index)) for w in steps):
        return False
    verbs = [w for w in steps if w.kind in ("verb", "auxiliary")]
    carrying = all(w.lemma in verb_words("light") or w.index == word.index for w in verbs)
    return bool(verbs) and carrying and not any(w.relation == "relative" for w in steps)
