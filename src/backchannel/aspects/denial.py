"""Denials of a contact, and refusals to speak of one, which deny nothing."""

from __future__ import annotations

from backchannel.aspects.chain import Chain
from backchannel.aspects.clauses import negated_noun, negation
from backchannel.aspects.cues import Found, classes, words
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word

_DISMISSING = frozenset({"dismiss", "reject", "rebut"})
_REACHED = ("complement", "patient", "oblique", "passive_subject", "adverbial")


def denied(chain: Chain) -> Found | None:
    """ "Denied that …", "dismissed reports of …", "was not invited"."""
    for at, step in enumerate(chain.steps):
        if step.lemma == "invite" and (no := negation(chain.sentence, step)) is not None:
            return "refused", [no, step], "negation:not invited"
        found = _by_verb(chain.sentence, step, chain.steps[at - 1]) if at else None
        if found is not None:
            return found
    return None


def _by_verb(sentence: Sentence, verb: Word, below: Word) -> Found | None:
    if verb.lemma in _DISMISSING and below.kind == "noun" and below.lemma in words("hearsay"):
        return "denied", [verb, below], f"verb:{verb.lemma}"
    if verb.kind != "verb" or classes("verbs").get(verb.lemma) != "denied" or not _reaches(sentence, verb, below):
        return None
    no = _negated(sentence, verb)
    if no is not None and verb.shape == "gerund":  # "there is no denying"
        return None
    if no is not None:
        return "hypothetical", [no, verb], "negation:not denied"
    objects = (w.lemma for w in sentence.below(verb.index) if w.relation in ("patient", "predicate", "oblique"))
    is_claim = below.lemma in words("hearsay") or below.relation == "complement"
    if words("entry").intersection(objects) or (is_passive(sentence, verb) and not is_claim):  # "denied him a visa"
        return "refused", [verb], "verb:deny"
    return "denied", [verb], f"verb:{verb.lemma}"


def _negated(sentence: Sentence, verb: Word) -> Word | None:
    """ "Neither confirmed nor denied", "did not deny", "there is no denying"."""
    near = {"neither", "nor", "no"}
    before = (w for w in sentence.words[max(0, verb.index - 3) : verb.index] if w.text.lower() in near)
    if verb.shape == "base" and _has_no(sentence, verb):  # "I will not confirm or deny it"
        return verb
    return negation(sentence, verb) or next(before, None)


def _reaches(sentence: Sentence, verb: Word, below: Word) -> bool:
    """Whether the denial reaches ``below``: its object or clause, no place or time beside it, nothing behind a semicolon."""
    if below.relation not in _REACHED:
        return False
    if below.relation in ("oblique", "adverbial") and below.preposition not in (None, "of", "about", "on", "to"):
        return False
    low, high = sorted((verb.start, below.start))
    return ";" not in sentence.text[low - sentence.start : high - sentence.start]


def withheld(chain: Chain, verb: Word, below: Word) -> Found | None:
    """ "I won't get into private conversations": the speaker keeps them to himself, and they took place."""
    if not _withholds(chain.sentence, verb, below):
        return None
    at = chain.word.index
    having = next((w for w in chain.sentence.words[at : at + 6] if w.text == "having"), None)
    if having is not None:
        return "ongoing", [having], "tense:relative"
    return "occurred", [chain.word], "tense:withheld"


def _withholds(sentence: Sentence, verb: Word, below: Word) -> bool:
    if below.relation not in ("oblique", "patient", "adverb", "apposition") or below.kind in ("verb", "auxiliary"):
        return False
    if verb.lemma == "have" and below.relation == "patient":  # "I have none to read out"
        later = (w for w in sentence.words[below.index :] if w.relation in ("relative", "purpose", "complement"))
        has_none = _has_no(sentence, verb) or negated_noun(sentence, below) is not None
        return has_none and any(w.shape == "base" and w.lemma in words("withholding") for w in later)
    if verb.lemma not in words("withholding"):
        return False
    before = {w.text.lower() for w in sentence.words[max(0, verb.index - 8) : verb.index]}
    return bool({"i", "we"} & before) and _has_no(sentence, verb)


def _has_no(sentence: Sentence, verb: Word) -> bool:
    """Whether a negation stands on the verb or on one above it ("I'm not going to get into it")."""
    above = (step for step in (verb, *sentence.path(verb.index)) if step.kind in ("verb", "auxiliary"))
    return any(negation(sentence, step) is not None for step in above)
