"""The words beside a contact noun that tell its status: adjectives, prepositions and relative clauses."""

from __future__ import annotations

from backchannel.aspects.carriers import key
from backchannel.aspects.clauses import Clause, clause
from backchannel.aspects.cues import Found, classes, words
from backchannel.language.grammar import Sentence, Word


def by_adjective(sentence: Sentence, noun: Word) -> Found | None:
    """Give the status that an adjective or a participle gives to its own noun ("a planned visit", "talks scheduled for May")."""
    for below in sentence.below(noun.index):
        text = below.text.lower()
        if below.relation in ("modifier", "compound") and below.kind in ("adjective", "verb", "noun"):
            status = classes("adjectives").get(text)
            if status is not None and text not in ("first", "close", "last", "present", "open", "active"):
                return status, [below, noun], f"adjective:{text}"
    return None


def by_preposition(sentence: Sentence, step: Word) -> Found | None:
    """Give the status that the preposition before a contact gives to it ("after the talks", "on a visit")."""
    if step.relation not in ("oblique", "adverbial") or step.preposition is None or step.kind == "pronoun":
        return None
    near, above = step.preposition, sentence.words[step.head]
    mark = next((w for w in sentence.words[max(0, step.index - 8) : step.index] if w.text.lower() == near), step)
    if near in ("after", "following") or (near in ("during", "since") and above.shape != "base"):
        return "occurred", [mark, step], f"preposition:{near}"
    if near in ("before", "ahead", "until") or (near in ("of", "to") and above.text.lower() in words("ahead")):
        return "planned", [mark, step], "preposition:before"
    if near in ("amid", "amidst"):
        return "ongoing", [mark, step], f"preposition:{near}"
    if near == "on" and step.lemma in ("visit", "trip", "tour") and above.lemma not in words("motion"):
        return "ongoing", [mark, step], "preposition:on"
    return None


def by_relative(sentence: Sentence, noun: Word, *, is_digest: bool) -> Found | None:
    """ "The discussions that we are having", "talks that took place", "a visit scheduled for May", "talks that collapsed"."""
    beside = [w for one in sentence.below(noun.index) if one.relation == "oblique" for w in sentence.below(one.index)]
    for below in [*sentence.below(noun.index), *beside]:
        if below.relation != "relative" or below.kind not in ("verb", "auxiliary"):
            continue
        told = clause(sentence, below)
        name, span = key(sentence, below)
        status = classes("verbs").get(name)
        if any(w.text.lower() == "to" for w in told.helpers) and below.shape == "participle":
            return "planned", [below], "future:to be held"
        if name == "accept" and told.no is not None:
            return "refused", [told.no, *span], "negation:not"
        if status in ("cancelled", "postponed", "planned", "refused") and told.no is None and _is_about(sentence, told):
            return status, span, f"verb:{name.replace(' ', '_')}"
        if below not in beside and below.lemma in (
            "have",
            "happen",
            "occur",
            "take",
            "go",
            "conduct",
            "carry",
            "hold",
            "be",
            "continue",
            "make",
            "exchange",
        ):
            return _relative_form(told, is_digest=is_digest)
    return None


def _is_about(sentence: Sentence, told: Clause) -> bool:
    """Whether the relative clause says it of the noun itself: a participle, or "that" as its subject."""
    agent = next((w for w in sentence.below(told.verb.index) if w.relation in ("agent", "passive_subject")), None)
    if agent is None:
        return told.verb.shape in ("participle", "past")
    return agent.text.lower() in ("that", "which")


def _relative_form(told: Clause, *, is_digest: bool) -> Found | None:
    if told.modal is not None:
        future = told.modal.text.lower() in ("will", "going", "'ll", "’ll", "shall")
        return ("planned", [told.modal, told.verb], "modal:will") if future else None
    if told.no is not None or told.condition is not None:
        return None
    if told.verb.shape == "gerund":
        return "ongoing", [told.verb], "tense:relative"
    if told.past or told.perfect or told.verb.shape == "participle":
        return "occurred", [told.verb], "tense:relative"
    return ("ongoing", [told.verb], "tense:relative") if told.finite else None
