"""Tell which of two contacts of one sentence lies ahead of the other or behind it."""

from __future__ import annotations

from functools import cache

from backchannel import vocabulary
from backchannel.contacts.propose import Candidate
from backchannel.language.grammar import Sentence, Word

FILE = "several.yml"
_OWN = frozenset({"modifier", "compound", "possessor", "number", "oblique", "relative"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})


@cache
def words(kind: str) -> frozenset[str]:
    """Give one group of words of ``data/several.yml``."""
    return frozenset(str(one) for one in vocabulary.load(FILE)[kind]["words"])


def route(sentence: Sentence, low: Word, high: Word) -> list[Word] | None:
    """Give the words from the lower one up to, but without, the higher one; ``None`` where it does not hang on it."""
    found, step = [low], low
    while step.head != step.index and len(found) < 9:
        step = sentence.words[step.head]
        if step.index == high.index:
            return found
        found.append(step)
    return None


def is_set_off(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """Whether one word alone is described as coming ("the next talks") or past ("an earlier letter")."""
    return any(_is_described_apart(sentence, one, other, kind) for kind in ("ahead", "back"))


def _is_described_apart(sentence: Sentence, one: Candidate, other: Candidate, kind: str) -> bool:
    if not _is_described(sentence, one.word, kind) or _is_described(sentence, other.word, kind):
        return False
    if other.word.relation == "conjunct" and other.word.head == one.word.index:
        return False  # "further talks and visits"
    way = route(sentence, one.word, other.word)
    return way is None or way[-1].preposition not in words("setting")


def _is_described(sentence: Sentence, word: Word, kind: str) -> bool:
    return any(
        w.relation in ("modifier", "compound", "adverb") and {w.lemma, w.text.lower()} & words(kind)
        for w in sentence.below(word.index)
    )


def is_planned(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """Whether one contact is agreed on or planned and the other is not ("in a call they agreed to meet")."""
    return _is_ahead(sentence, one, other) and not _is_ahead(sentence, other, one)


def _is_ahead(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    above = [w.index for w in sentence.path(other.word.index)]
    if one.word.index in above:
        return False
    last, is_planned_below = one.word, False
    for step in sentence.path(one.word.index):
        if step.index == other.word.index:
            return is_planned_below
        if last.preposition in words("beside") | {"during"}:
            return False
        if step.index in above:
            return _leaves_out(sentence, step, other.word, is_planned_below=is_planned_below)
        is_planned_below |= step.lemma in words("agreeing") | words("planning")
        last = step
    return is_planned_below


def _leaves_out(sentence: Sentence, top: Word, other: Word, *, is_planned_below: bool) -> bool:
    """Whether the word over both leaves the other contact out of the plan: it is where the plan was made."""
    way = route(sentence, other, top)
    is_setting = way is not None and way[-1].preposition in words("setting")
    if is_planned_below:
        return is_setting or top.lemma not in words("planning")
    return is_setting and top.lemma in words("agreeing")


def is_anew(sentence: Sentence, one: Candidate, other: Candidate) -> bool:
    """Whether the verb tells of another time ("met in May and spoke again in June")."""
    return _is_again(sentence, one.word) and not _is_again(sentence, other.word)


def _is_again(sentence: Sentence, word: Word) -> bool:
    below = sentence.below(word.index)
    return word.kind == "verb" and any(w.relation == "adverb" and w.lemma in words("anew") for w in below)


def is_echo(sentence: Sentence, left: Candidate, right: Candidate) -> bool:
    """Whether the later noun only points back: "a meeting ... but the meeting was never held", "talks ... as talks went on"."""
    if left.entry.kind != "noun" or right.entry.lemma not in words("matters") or not is_bare(sentence, right):
        return False
    is_pointing = any(w.relation == "determiner" for w in sentence.below(right.word.index))
    return left.entry.lemma == right.entry.lemma or not is_pointing


def is_bare(sentence: Sentence, one: Candidate) -> bool:
    """Whether the noun has nothing of its own: "the meeting", "these talks", "talks"."""
    below = list(sentence.below(one.word.index))
    if (
        one.entry.kind != "noun"
        or one.known()
        or one.word.relation == "compound"
        or any(w.relation in _OWN for w in below)
    ):
        return False
    return not any(w.relation == "determiner" and w.text.lower() not in _POINTING for w in below)
