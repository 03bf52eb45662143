"""The words that carry a contact through its life: verbs, nouns, adjectives and prepositions above or beside it."""

from __future__ import annotations

from backchannel.aspects.clauses import Clause, clause, negated_noun, negation
from backchannel.aspects.cues import Found, classes, words
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Status

_CLAUSE = ("complement", "purpose", "relative", "adverbial", "conjunct")
_GOVERNED = ("patient", "complement", "passive_subject", "agent", "purpose", "predicate")
_ASIDE = (
    "in",
    "at",
    "on",
    "after",
    "during",
    "since",
    "by",
    "as",
    "before",
    "with",
    "amid",
    "through",
    "within",
    "because",
    "due",
    "despite",
    "following",
)
_BY = {
    "aim": ("at",),
    "agree": ("on", "upon"),
    "boycott": ("in", "at"),
    "decide": ("on", "upon"),
    "engage": ("in",),
    "insist": ("on",),
}
"""Prepositions that belong to the verb itself."""
_TURNED_DOWN = ("refused", "cancelled", "postponed")
_HEDGES = ("may", "might", "could", "can")
_WANTS = frozenset({"want", "need", "seek", "wish", "offer", "invite"})


def key(sentence: Sentence, verb: Word) -> tuple[str, list[Word]]:
    """Give the verb with its particle or object where the vocabulary knows both ("call off", "take place")."""
    for below in sentence.below(verb.index):
        is_particle = below.relation == "particle" or (
            below.relation in ("adverb", "preposition")
            and below.text.lower() in ("off", "out", "down", "on", "back", "short")
            and below.index == verb.index + 1
        )
        name = f"{verb.lemma} {below.text.lower() if is_particle else below.lemma}"
        if (is_particle or below.relation == "patient") and name in classes("verbs"):
            return name, [verb, below]
    return verb.lemma, [verb]


def by_verb(sentence: Sentence, told: Clause, below: Word, trigger: Word) -> Found | None:
    """Give the status that the meaning of a verb gives to what hangs on it as ``below``, or ``None``."""
    name, span = key(sentence, told.verb)
    status = _meaning(told, name, below, trigger)
    if status is None or status == "occurred" or not _governs(sentence, told, name, status, below):
        return None
    rule = f"verb:{name.replace(' ', '_')}"
    if status == "ongoing":
        return _going_on(told, name, span, rule)
    if told.condition is not None or (told.modal is not None and told.modal.text.lower() in _HEDGES):
        return "hypothetical", [told.condition or told.modal or told.verb, told.verb], "modal:" + rule
    if told.no is not None:
        return _negated(told, name, status, span)
    if status in ("cancelled", "postponed") and _is_only_wanted(sentence, told.verb):
        return _stands(trigger, span, rule)
    if name in ("try", "attempt") and told.modal is not None and told.modal.text.lower() not in _HEDGES:
        return "planned", [told.modal, told.verb], f"modal:{rule}"
    if status == "planned" and below.relation in ("agent", "passive_subject") and _is_to_end(sentence, told.verb):
        return "ongoing", span, rule
    return status, span, rule


def _meaning(told: Clause, name: str, below: Word, trigger: Word) -> Status | None:
    """The status that a verb has by its meaning, given what stands below it."""
    if name == "end" and below.relation == "patient" and trigger.lemma in words("standing"):
        return "cancelled"
    ready = told.verb.relation == "predicate" or any(w.lemma == "be" for w in told.helpers)
    if name == "prepare" and told.verb.shape in ("participle", "past") and ready:
        return "proposed"
    if name in words("sending") and below.relation == "complement":
        return "planned"
    is_object = below.relation in ("patient", "passive_subject")
    if name == "announce" and is_object and trigger.lemma not in words("lasting"):
        return "planned"
    return classes("verbs").get(name)


def _is_only_wanted(sentence: Sentence, word: Word) -> bool:
    """Whether a verb or noun tells only what somebody asks for or threatens with ("urged it to call off the visit")."""
    above = sentence.words[word.head]
    wanting = (classes("verbs").get(above.lemma), classes("nouns").get(above.lemma))
    loose = word.kind in ("noun", "name") or not clause(sentence, word).finite
    return (
        loose
        and above is not word
        and (above.lemma in ("threaten", "warn") or bool({"proposed", "hypothetical"} & set(wanting)))
    )


def _stands(trigger: Word, span: list[Word], rule: str) -> Found:
    """What somebody wants called off still stands."""
    return ("ongoing" if trigger.lemma in words("lasting") else "planned"), span, f"wanted:{rule}"


def _is_to_end(sentence: Sentence, verb: Word) -> bool:
    return any(
        w.relation == "complement" and w.lemma in ("end", "conclude", "finish") for w in sentence.below(verb.index)
    )


def _governs(sentence: Sentence, told: Clause, name: str, status: Status, below: Word) -> bool:
    """Whether ``below`` stands where the verb's meaning reaches."""
    relation, preposition = below.relation, below.preposition
    if name == "set":
        return relation == "passive_subject"
    if name == "look":
        return preposition == "to" or relation in ("complement", "adverbial")
    if name in ("welcome", "call", "ask", "press") and relation in ("patient", "passive_subject"):
        return False
    if name == "call" and relation == "oblique":
        return preposition in ("for", "on")
    if name == "fail":  # "the talks failed", not "the meeting failed to agree"
        return relation == "agent" and not any(w.relation == "complement" for w in sentence.below(told.verb.index))
    if relation == "conjunct":  # "agreed to talks and to attend a summit"
        return below.shape == "base" and any(w.text.lower() == "to" for w in sentence.below(below.index))
    if relation in ("oblique", "adverbial"):
        if status == "cancelled" and preposition not in ("from", "of", "out", None):
            return False
        return preposition not in _ASIDE or preposition in _BY.get(name, ())
    if status in ("planned", "hypothetical") and name in ("decide", "accept", "await"):
        return relation in ("complement", "purpose", "patient")
    return relation in _GOVERNED or (status == "denied" and relation == "relative")


def _going_on(told: Clause, name: str, span: list[Word], rule: str) -> Found | None:
    """ "Continues", "is engaged in", "will continue": under way, unless another word above has a say."""
    modal = told.modal.text.lower() if told.modal is not None else ""
    if told.no is not None or told.condition is not None or modal in (*_HEDGES, "should", "would", "must"):
        return None
    if modal:
        return "ongoing", span, "modal:will continue"
    return ("ongoing", span, rule) if told.finite else None


def _negated(told: Clause, name: str, status: Status, span: list[Word]) -> Found | None:
    assert told.no is not None
    if status == "refused":
        return "hypothetical", [told.no, *span], "negation:not refused"
    if status in _TURNED_DOWN or status == "denied":
        return None
    refuses = (status == "proposed" and name in _WANTS) or name == "accept"
    return ("refused" if refuses else "denied"), [told.no, *span], "negation:not"


def by_noun(sentence: Sentence, noun: Word, below: Word, trigger: Word) -> Found | None:
    """Give the status that a noun gives to what it governs ("an offer of talks", "plans to meet"), or ``None``."""
    status = classes("nouns").get(noun.lemma)
    if status is None or below.relation not in ("oblique", "purpose", "complement", "relative", "adverbial"):
        return None
    if noun.lemma == "talk" and not (noun.shape == "singular" and below.preposition == "of"):
        return None
    if below.relation == "relative" and clause(sentence, below).finite and not _is_that_clause(sentence, below):
        return None
    if below.relation == "oblique" and (below.preposition in _ASIDE or noun.lemma in ("agreement", "importance")):
        return None
    if status in ("cancelled", "postponed") and _is_only_wanted(sentence, noun):
        return _stands(trigger, [noun], f"noun:{noun.lemma}")
    return _under_its_verb(sentence, noun, status)


def _is_that_clause(sentence: Sentence, verb: Word) -> bool:
    return any(w.relation == "marker" and w.text.lower() == "that" for w in sentence.below(verb.index))


def _under_its_verb(sentence: Sentence, noun: Word, status: Status) -> Found | None:
    """An offer may be turned down or accepted; plans may be none."""
    governor = sentence.words[noun.head]
    name, span = key(sentence, governor)
    verb = classes("verbs").get(name)
    is_object = noun.relation in ("patient", "passive_subject")
    no = negated_noun(sentence, noun) or (negation(sentence, governor) if is_object else None)
    ahead = status in ("planned", "hypothetical", "proposed")
    if is_object and verb in _TURNED_DOWN:
        if no is not None:
            return "hypothetical", [no, *span], "negation:not refused"
        return verb, [*span, noun], f"verb:{name.replace(' ', '_')}"
    if is_object and ahead and governor.lemma in ("end", "stop", "drop", "discontinue"):
        return "cancelled", [governor, noun], f"verb:{governor.lemma}"
    if status == "proposed" and governor.lemma in ("accept", "take", "agree", "approve"):
        return "planned", [governor, noun], f"verb:{governor.lemma}"
    if no is not None and ahead:
        return "denied", [no, noun], "negation:no"
    return status, [noun], f"noun:{noun.lemma}"


def by_adjective_above(sentence: Sentence, adjective: Word, below: Word) -> Found | None:
    """Give the status that an adjective gives to its infinitive or object ("ready to meet", "important to talk")."""
    if below.relation not in ("oblique", *_CLAUSE):
        return None
    above = sentence.words[adjective.head]
    no = negation(sentence, adjective) or (negation(sentence, above) if above.kind in ("verb", "auxiliary") else None)
    if adjective.lemma == "aware" and below.preposition == "of":
        return ("denied", [no, adjective], "negation:not aware") if no is not None else None
    status = classes("adjectives").get(adjective.lemma)
    if status in (None, "occurred", "ongoing") and adjective.lemma in words("wished") and below.relation != "oblique":
        status = "proposed"
    if status is None or status in ("occurred", "ongoing"):
        return None
    if no is not None:
        return ("refused" if status == "proposed" else "denied"), [no, adjective], "negation:not ready"
    return status, [adjective], f"noun:{adjective.lemma}"
