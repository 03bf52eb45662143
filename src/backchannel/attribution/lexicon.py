"""The words of attribution from ``data/attribution.yml``, by lemma."""

from __future__ import annotations

from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.language.grammar import Word

FILE = "attribution.yml"


@cache
def words() -> Any:
    """Give the content of the vocabulary, its entries checked."""
    found = vocabulary.load(FILE)
    vocabulary.check(
        FILE, found["cues"], required=("id", "means", "source", "frames", "verbs", "yes", "no"), optional=()
    )
    return found


@cache
def frames() -> dict[str, frozenset[str]]:
    """Give the frames of each verb, by lemma."""
    found: dict[str, set[str]] = {}
    for entry in words()["cues"]:
        for verb in entry["verbs"]:
            found.setdefault(verb, set()).update(entry["frames"])
    return {verb: frozenset(kept) for verb, kept in found.items()}


@cache
def prepositions() -> dict[str, frozenset[str]]:
    """Give the prepositions behind which the content of a verb stands, by lemma."""
    return {verb: frozenset(marks) for verb, marks in words()["oblique"]["verbs"].items()}


@cache
def measured() -> frozenset[str]:
    """Give the verbs of saying on which the measurement also reports, as lemmas."""
    return frozenset(words()["measured"]["words"])


@cache
def nouns() -> frozenset[str]:
    """Give the nouns whose clause is told by their owner."""
    return frozenset(words()["nouns"]["words"])


@cache
def adjectives() -> frozenset[str]:
    """Give the adjectives of mind whose clause is told by their subject."""
    return frozenset(words()["adjectives"]["words"])


@cache
def _known() -> frozenset[str]:
    return frozenset(frames()) | frozenset(prepositions()) | nouns()


def lemma(word: Word) -> str:
    """Give the lemma under which the vocabulary knows the word; the parser cuts "hoped" down to "hop"."""
    known = _known()
    full = word.lemma + "e"
    return full if full in known and word.text.lower().startswith(full) and word.lemma not in known else word.lemma


@cache
def hearsay() -> frozenset[str]:
    """Give the adverbs by which a clause is told on nobody's word."""
    return frozenset(words()["hearsay"]["words"])


@cache
def light_verbs() -> frozenset[str]:
    """Give the verbs that carry a noun of telling ("raise doubts about"), as lemmas."""
    return frozenset(words()["light"]["verbs"])


@cache
def light_nouns() -> frozenset[str]:
    """Give the nouns that tell something only beside such a verb."""
    return frozenset(words()["light"]["nouns"])


def is_cue(word: Word) -> bool:
    """Whether the word is a verb of the vocabulary."""
    return lemma(word) in frames() or lemma(word) in prepositions()
