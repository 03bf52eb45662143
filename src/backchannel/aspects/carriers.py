"""What carries a contact word through its life: tense, modality, negation and the verbs and nouns above it."""

from __future__ import annotations

import re
from functools import cache

from backchannel import vocabulary
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Status

FILE = "status.yml"
_MODALS: dict[str, Status] = {
    "will": "planned",
    "shall": "planned",
    "'ll": "planned",
    "’ll": "planned",
    "wo": "planned",
    "may": "hypothetical",
    "might": "hypothetical",
    "could": "hypothetical",
    "would": "hypothetical",
    "should": "hypothetical",
    "'d": "hypothetical",
    "’d": "hypothetical",
    "must": "proposed",
}
_SAYING = frozenset(
    [
        "say",
        "tell",
        "report",
        "announce",
        "state",
        "claim",
        "add",
        "note",
        "think",
        "believe",
        "know",
        "understand",
        "hear",
        "see",
        "reveal",
        "confirm",
        "acknowledge",
        "admit",
        "show",
        "indicate",
        "insist",
        "declare",
        "recall",
        "write",
        "mention",
        "disclose",
        "stress",
        "emphasize",
        "describe",
        "learn",
        "ask",
    ]
)
_MOTION = frozenset(["arrive", "travel", "head", "fly", "land", "depart", "leave", "go", "come", "return", "set"])
_HABIT = re.compile(
    r"\b(?:regularly|often|frequently|routinely|constantly|repeatedly|always|every (?:day|week|month|year)|on a (?:regular|daily|weekly) basis|weekly|annually)\b",
    re.I,
)
_NO = frozenset({"no", "not", "n't", "n’t", "never", "neither", "nor", "without", "zero"})
Found = tuple[Status, list[Word], str]


@cache
def classes(kind: str) -> dict[str, Status]:
    """Words of one kind with their status, from the vocabulary."""
    rows = vocabulary.load(FILE)["statuses"]
    vocabulary.check(
        FILE, rows, required=("id", "means", "source", "verbs", "nouns", "adjectives", "yes", "no"), optional=()
    )
    return {str(word): row["id"] for row in rows for word in row[kind]}


def noun_status(sentence: Sentence, noun: Word, status: Status) -> Found:
    governor = sentence.words[noun.head]
    key, words = _key(sentence, governor)
    verb = classes("verbs").get(key)
    if verb in ("refused", "cancelled", "postponed") and noun.relation in ("patient", "passive_subject"):
        return verb, [*words, noun], f"verb:{key.replace(' ', '_')}"
    if status == "proposed" and governor.lemma in ("accept", "take", "agree", "approve"):
        return "planned", [governor, noun], f"verb:{governor.lemma}"
    if any(w.text.lower() in _NO for w in sentence.below(noun.index)) and status in (
        "planned",
        "hypothetical",
        "proposed",
    ):
        return "denied", [noun], "negation:no"
    return status, [noun], f"noun:{noun.lemma}"


def adjective(sentence: Sentence, word: Word) -> Found | None:
    for below in sentence.below(word.index):
        if below.relation in ("modifier", "compound") and below.kind in ("adjective", "verb", "noun"):
            status = classes("adjectives").get(below.text.lower())
            if status is not None and below.text.lower() not in ("first", "close", "last", "present", "open", "active"):
                return status, [below, word], f"adjective:{below.text.lower()}"
    return None


def negated_noun(sentence: Sentence, word: Word) -> Word | None:
    if word.kind not in ("noun", "name"):
        return None
    return next(
        (
            w
            for w in sentence.below(word.index)
            if w.relation in ("determiner", "negation") and w.text.lower() in ("no", "any-no", "neither")
        ),
        None,
    )


def preposition(sentence: Sentence, step: Word, at: int) -> Found | None:
    if step.relation not in ("oblique", "adverbial") or step.preposition is None or step.kind in ("pronoun",):
        return None
    near = step.preposition
    mark = next((w for w in sentence.words[max(0, step.index - 8) : step.index] if w.text.lower() == near), step)
    if near in ("after", "following", "during", "since"):
        governor = sentence.words[step.head]
        return (
            ("occurred", [mark, step], f"preposition:{near}")
            if governor.shape not in ("base",) or near in ("following", "after")
            else None
        )
    if near in ("before", "ahead", "until"):
        return "planned", [mark, step], f"preposition:{near}"
    if near in ("amid", "amidst"):
        return "ongoing", [mark, step], f"preposition:{near}"
    if near == "on" and step.lemma in ("visit", "trip", "tour"):
        return "ongoing", [mark, step], "preposition:on"
    if near == "for" and sentence.words[step.head].lemma in _MOTION:
        return "planned", [mark, step], "motion:for"
    return None


def negation(sentence: Sentence, verb: Word) -> Word | None:
    for below in sentence.below(verb.index):
        if below.relation == "negation" or (below.relation == "adverb" and below.text.lower() == "never"):
            return below
        if below.relation in ("agent", "passive_subject", "patient") and any(
            w.text.lower() in ("no", "neither") and w.relation == "determiner" for w in sentence.below(below.index)
        ):
            return below
    return None


def _key(sentence: Sentence, verb: Word) -> tuple[str, list[Word]]:
    """The verb with its particle ("call off", "take place")."""
    for below in sentence.below(verb.index):
        if below.relation == "particle" or (
            below.relation in ("adverb", "preposition")
            and below.text.lower() in ("off", "out", "down", "on", "back", "short")
            and below.index == verb.index + 1
        ):
            both = f"{verb.lemma} {below.text.lower()}"
            if both in classes("verbs"):
                return both, [verb, below]
        if below.relation == "patient" and f"{verb.lemma} {below.lemma}" in classes("verbs"):
            return f"{verb.lemma} {below.lemma}", [verb, below]
    return verb.lemma, [verb]


def verb_status(
    sentence: Sentence, verb: Word, below: Word | None, trigger: Word, *, is_digest: bool, negated_noun: Word | None
) -> Found | None:
    key, words = _key(sentence, verb)
    status = classes("verbs").get(key)
    is_trigger = below is None
    no = negation(sentence, verb) or negated_noun
    if key in _SAYING and below is not None and below.relation in ("patient", "oblique") and no is not None:
        return ("hypothetical", [no, verb], "negation:not confirmed") if verb.lemma == "confirm" else None
    if (
        verb.relation == "relative"
        and sentence.words[verb.head].lemma in classes("nouns")
        and any(w.relation == "marker" and w.text.lower() == "that" for w in sentence.below(verb.index))
    ):
        return None  # "a proposal that they meet": the noun above decides
    if key in _SAYING and below is not None and below.relation in ("complement", "adverbial", "conjunct"):
        return None if verb.head != verb.index else _finish(sentence, trigger, is_digest)
    if status is not None and not is_trigger and _governs(below, status, verb):
        decided = _lexical(sentence, verb, status, key, words, no, below, is_digest)
        if decided is not None:
            return decided
    modal = next(
        (w for w in sentence.below(verb.index) if w.relation == "auxiliary" and w.text.lower() in _MODALS), None
    )
    if modal is not None:
        return _modal(sentence, verb, modal, key, no, below)
    if _has_marker(sentence, verb, ("if", "whether", "unless")):
        marker = next(w for w in sentence.below(verb.index) if w.relation == "marker")
        return "hypothetical", [marker, verb], "marker:if"
    if _is_going_to(sentence, verb):
        return "planned", [sentence.words[verb.head], verb], "future:going to"
    if _is_to_be(sentence, verb):
        return "planned", [verb], "future:is to"
    if is_finite(sentence, verb):
        return _tense(sentence, verb, key, no, trigger, is_digest=is_digest)
    if verb.relation == "relative" and verb.shape in ("participle", "past"):
        return ("planned", words, f"verb:{key}") if status == "planned" else ("occurred", words, "tense:participle")
    if verb.relation == "relative" and verb.shape == "gerund":
        return None
    if verb.lemma in _MOTION and below is not None and below.relation in ("purpose", "complement"):
        return "planned", [verb], "motion:to"
    return None


def _governs(below: Word | None, status: Status, verb: Word) -> bool:
    if below is None:
        return False
    if status in ("denied",):
        return below.relation in ("patient", "complement", "passive_subject", "oblique", "relative")
    return below.relation in (
        "patient",
        "complement",
        "passive_subject",
        "agent",
        "purpose",
        "predicate",
        "oblique",
        "adverbial",
    ) and not (
        below.relation in ("oblique", "adverbial")
        and below.preposition in ("in", "at", "on", "after", "during", "since", "by", "as")
        and verb.lemma not in ("boycott", "engage", "withdraw", "agree", "decide", "insist")
    )


def _lexical(
    sentence: Sentence,
    verb: Word,
    status: Status,
    key: str,
    words: list[Word],
    no: Word | None,
    below: Word | None,
    is_digest: bool,
) -> Found | None:
    if status == "occurred" and (_future(sentence, verb) or not is_finite(sentence, verb)):
        return None
    if (
        key in ("end", "conclude", "finish")
        and below is not None
        and below.relation == "patient"
        and not is_past(sentence, verb)
        and not is_digest
    ):
        return None
    if status == "ongoing":
        if (
            key in ("remain", "engage", "keep", "maintain", "carry")
            and below is not None
            and below.relation not in ("patient", "complement", "oblique", "predicate")
        ):
            return None
        above = sentence.words[verb.head]
        if verb.shape == "base" and above.lemma in ("agree", "commit", "pledge", "promise", "decide"):
            return "planned", [above, verb], f"verb:{above.lemma}"
        if _has_marker(sentence, verb, ("if", "whether")) or any(
            w.text.lower() in ("may", "might", "could", "should") for w in sentence.below(verb.index)
        ):
            return None
        if no is not None:
            return None
        return "ongoing", words, f"verb:{key}"
    if (
        status in ("planned", "hypothetical")
        and verb.lemma in ("expect", "look", "set", "commit")
        and verb.shape == "gerund"
        and below is not None
        and below.relation == "patient"
    ):
        pass
    if (
        status == "planned"
        and verb.lemma in ("look", "set", "decide", "accept")
        and below is not None
        and below.relation not in ("complement", "purpose", "patient")
    ):
        return None
    if no is not None:
        if status in ("planned", "hypothetical"):
            return "denied", [no, *words], "negation:not"
        if status == "proposed":
            return ("refused" if key in ("want", "need", "seek") else "denied"), [no, *words], "negation:not"
        if status in ("refused", "cancelled", "postponed", "denied"):
            return None
    if (
        status == "proposed"
        and key in ("welcome", "call", "ask", "push", "press")
        and below is not None
        and below.relation == "patient"
        and key != "push"
    ):
        return None
    if (
        status == "proposed"
        and key in ("try", "attempt", "seek", "need")
        and is_past(sentence, verb)
        and key in ("try", "attempt")
    ):
        return "proposed", words, f"verb:{key}"
    if (
        status == "cancelled"
        and key in ("fail", "withdraw", "freeze")
        and below is not None
        and below.relation not in ("agent", "patient", "passive_subject", "oblique")
    ):
        return None
    return status, words, f"verb:{key.replace(' ', '_')}"


def _future(sentence: Sentence, verb: Word) -> bool:
    return any(
        w.text.lower() in _MODALS for w in sentence.below(verb.index) if w.relation == "auxiliary"
    ) or verb.shape in ("base", "gerund")


def _modal(sentence: Sentence, verb: Word, modal: Word, key: str, no: Word | None, below: Word | None) -> Found:
    status = _MODALS[modal.text.lower()]
    if no is not None and status == "planned":
        return "refused", [modal, no, verb], "modal:will not"
    if status == "planned" and classes("verbs").get(key) == "ongoing":
        return "ongoing", [modal, verb], "modal:will continue"
    if modal.text.lower() in ("would", "'d", "’d") and _above_past_saying(sentence, verb):
        return "planned", [modal, verb], "modal:would in reported speech"
    if modal.text.lower() in ("would", "could", "should", "might") and any(
        w.lemma == "have" and w.relation == "auxiliary" for w in sentence.below(verb.index)
    ):
        return "hypothetical", [modal, verb], "modal:would have"
    if modal.text.lower() == "should":
        return "proposed", [modal, verb], "modal:should"
    return status, [modal, verb], f"modal:{modal.text.lower()}"


def _above_past_saying(sentence: Sentence, verb: Word) -> bool:
    above = sentence.words[verb.head]
    return verb.relation == "complement" and above.lemma in _SAYING and above.shape == "past"


def _has_marker(sentence: Sentence, verb: Word, marks: tuple[str, ...]) -> bool:
    return any(w.relation == "marker" and w.text.lower() in marks for w in sentence.below(verb.index))


def _is_going_to(sentence: Sentence, verb: Word) -> bool:
    above = sentence.words[verb.head]
    return verb.relation == "complement" and above.lemma == "go" and above.shape == "gerund"


def _is_to_be(sentence: Sentence, verb: Word) -> bool:
    """ "Is to meet", "are set to", "are due to", "to be held"."""
    above = sentence.words[verb.head]
    has_to = any(w.relation == "auxiliary" and w.text.lower() == "to" for w in sentence.below(verb.index))
    if has_to and above.lemma == "be" and verb.relation in ("complement", "predicate"):
        return True
    if has_to and above.lemma in ("set", "due", "slate", "bind", "schedule") and above.index < verb.index:
        return True
    return (
        has_to
        and verb.shape == "participle"
        and any(w.text.lower() == "be" for w in sentence.below(verb.index))
        and above.kind in ("noun", "name")
    )


def is_finite(sentence: Sentence, verb: Word) -> bool:
    if verb.shape in ("past", "present"):
        return True
    return any(w.relation == "auxiliary" and w.shape in ("past", "present") for w in sentence.below(verb.index))


def is_past(sentence: Sentence, verb: Word) -> bool:
    return verb.shape == "past" or any(
        w.relation == "auxiliary" and (w.shape == "past" or w.lemma == "have") for w in sentence.below(verb.index)
    )


def _tense(sentence: Sentence, verb: Word, key: str, no: Word | None, trigger: Word, *, is_digest: bool) -> Found:
    helpers = [w for w in sentence.below(verb.index) if w.relation == "auxiliary"]
    past = verb.shape == "past" or any(w.shape == "past" for w in helpers)
    perfect = any(w.lemma == "have" for w in helpers)
    progressive = verb.shape == "gerund" and any(w.lemma == "be" for w in helpers)
    if no is not None:
        return "denied", [no, verb], "negation:not"
    if _HABIT.search(sentence.text) and not past:
        return "ongoing", [verb], "tense:habit"
    if perfect and progressive:
        return "ongoing", [*helpers, verb], "tense:perfect progressive"
    if past or perfect:
        if (
            progressive
            and trigger.lemma in ("talk", "negotiation", "negotiate", "discuss", "discussion")
            and not is_digest
        ):
            return "ongoing", [*helpers, verb], "tense:past progressive"
        return "occurred", [*helpers, verb], "tense:past"
    if progressive:
        return "ongoing", [*helpers, verb], "tense:progressive"
    if is_digest:
        if verb.lemma == "be" and trigger.lemma in ("talk", "negotiation", "contact", "dialogue", "discussion"):
            return "ongoing", [verb], "tense:state"
        return "occurred", [verb], "tense:digest present"
    if verb.lemma in ("be", "have", "stand", "exist", "involve"):
        return "ongoing", [verb], "tense:state"
    return (
        ("ongoing" if trigger.kind == "verb" and verb.index == trigger.index else "occurred"),
        [verb],
        "tense:present",
    )


def _finish(sentence: Sentence, trigger: Word, is_digest: bool) -> Found:
    return "occurred", [trigger], "tense:none"
