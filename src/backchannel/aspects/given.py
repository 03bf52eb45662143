"""A contact that the sentence takes for granted: named as a thing beside a verb that tells of something else."""

from __future__ import annotations

from backchannel.aspects.clauses import Clause, is_reported
from backchannel.aspects.cues import Found, words
from backchannel.language.grammar import Sentence, Word

_OWNING = frozenset({"the", "this", "that", "these", "those"})
_WILL = ("will", "shall", "'ll", "’ll", "wo", "going")


def given(sentence: Sentence, noun: Word, told: Clause | None, *, is_digest: bool, is_official: bool = False) -> Found:
    """Give the status of a contact that no word carries: what lasts goes on, an occasion is past unless told as ahead.

    An official account (``is_official``) tells of talks when they are over.
    """
    lasting = noun.kind == "noun" and noun.lemma in words("lasting")
    unfinished = told is not None and noun.relation == "agent" and told.no is None  # "have ventured into trade"
    standing = lasting and (noun.lemma not in words("episodic") or unfinished)
    if told is None or told.past or (told.perfect and not standing):
        return _before(noun, lasting, is_told=told is not None)
    if told.modal is not None:
        return _under_modal(sentence, noun, told, lasting)
    if lasting and is_official and noun.lemma in words("told after"):
        return "occurred", [noun], "tense:account"
    if lasting and not is_one_occasion(sentence, noun):
        return "ongoing", [noun], "process:noun"
    if is_digest:
        return "occurred", [noun], "tense:digest present"
    return "occurred", [noun], "tense:none"


def is_one_occasion(sentence: Sentence, noun: Word) -> bool:
    """Whether a word that may last names one occasion here ("a candid conversation", "our discussions today")."""
    if noun.lemma not in words("episodic"):
        return False
    owned = any(w.relation == "possessor" for w in sentence.below(noun.index))
    return owned or noun.shape == "singular"


def _before(noun: Word, lasting: bool, *, is_told: bool) -> Found:
    ended = is_told and noun.relation == "agent" and noun.lemma in words("told after")  # "the talks produced nothing"
    if lasting and noun.lemma not in words("episodic") and not ended:
        return "ongoing", [noun], "process:noun"
    inside = noun.preposition in ("in", "at", "during")
    return "occurred", [noun], "tense:past" if inside else "tense:past beside"


def _under_modal(sentence: Sentence, noun: Word, told: Clause, lasting: bool) -> Found:
    assert told.modal is not None
    name = told.modal.text.lower()
    any_ = next((w for w in sentence.below(noun.index) if w.text.lower() == "any"), None)
    if any_ is not None:
        return "hypothetical", [any_, noun], "determiner:any"
    known = any(w.relation == "possessor" or w.text.lower() in _OWNING for w in sentence.below(noun.index))
    inside = noun.preposition in ("in", "at", "during", "throughout")
    if (name in _WILL and not (lasting and known and not inside)) or is_reported(sentence, told.verb):
        return "planned", [told.modal, told.verb], "modal:will"
    if lasting and is_one_occasion(sentence, noun) and known:
        return "occurred", [noun], "tense:none"
    if lasting:
        return ("ongoing", [noun], "process:noun") if known else ("hypothetical", [told.modal, noun], f"modal:{name}")
    if known and name not in ("may", "might"):
        return "occurred", [noun], "tense:none"
    return ("planned", [noun], "modal:given") if known else ("hypothetical", [told.modal, noun], f"modal:{name}")
