"""Whether a sentence asks if a contact takes place, which asserts nothing."""

from __future__ import annotations

import re

from backchannel.contacts.slots import words as verb_words
from backchannel.language.grammar import Sentence, Word

_LEADS = frozenset({"q", "and", "but", "so", "then", "well", "now", "also", "okay", "yes", "just", "again"})
_OPENERS = frozenset(["do", "be", "have", "will", "can", "would", "could", "should", "may", "might", "any", "no"])
_ASKING = frozenset({"what", "why", "how", "when", "where", "who", "which", "whom", "whose"})
_LAST = re.compile(r"(?:^|[:;—]|--|\b(?:question is|wondering),?)\s*([^:;—]+\?)\W*$")


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence ends with a question mark."""
    return sentence.text.rstrip(' ”"').endswith("?")


def asks_for(sentence: Sentence, word: Word) -> bool:
    """Whether the question is about the contact itself: "Did they meet?", not "What was said when they met?"."""
    if not sentence.text.rstrip(' ”"').endswith("?"):
        return False
    opener = _opener(sentence, word)
    if (opener is None or opener.lemma not in _OPENERS) and not _is_inverted(sentence, word):
        return False
    return _reaches(sentence, word)


def _is_inverted(sentence: Sentence, word: Word) -> bool:
    """Whether the verb's helper stands before its subject, with no "what" or "why": "If I may, was there a discussion?"."""
    verbs = [w for w in (word, *sentence.path(word.index)) if w.kind in ("verb", "auxiliary")]
    if not verbs:
        return False
    below = list(sentence.below(verbs[-1].index))
    start = min((w.index for w in (verbs[-1], *below) if w.kind == "auxiliary" and w.shape != "base"), default=None)
    subjects = [
        w.index for w in below if w.relation in ("agent", "passive_subject", "other") or w.text.lower() == "there"
    ]
    asked = any(w.text.lower() in _ASKING for w in sentence.words[: verbs[-1].index + 1])
    return start is not None and bool(subjects) and start < min(subjects) and not asked


def _opener(sentence: Sentence, word: Word) -> Word | None:
    """The first word of the question in which ``word`` stands; what is said before a colon or a dash is no part of it."""
    last = _LAST.search(sentence.text)
    start = sentence.start + (last.start(1) if last else 0)
    if word.start < start:
        start = sentence.start
    inside = (w for w in sentence.words if w.start >= start and w.kind != "punctuation")
    return next((w for w in inside if w.text.lower() not in _LEADS), None)


def _has_marker(sentence: Sentence, verb: Word) -> bool:
    """Whether a "that" or "when" opens the verb's clause; "for" and "to" only open an infinitive."""
    return any(w.relation == "marker" and w.text.lower() not in ("for", "to") for w in sentence.below(verb.index))


def _reaches(sentence: Sentence, word: Word) -> bool:
    """Whether only verbs that carry the contact stand between it and the question."""
    steps = [word, *sentence.path(word.index)]
    apart = ("complement", "relative", "adverbial")
    if any(w.relation in apart and _has_marker(sentence, w) for w in steps):
        return False
    verbs = [w for w in steps if w.kind in ("verb", "auxiliary")]
    carrying = all(w.lemma in verb_words("light") or w.index == word.index for w in verbs)
    told = any(w.relation == "relative" and w.shape != "base" for w in steps)
    return carrying and not told and (bool(verbs) or bool(steps))
