"""Read the status of a contact from tense, modality, negation and the verbs that carry it."""

from __future__ import annotations

from collections.abc import Iterator

from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.aspects.carriers import (
    Found,
    adjective,
    classes,
    is_finite,
    is_past,
    negated_noun,
    negation,
    noun_status,
    preposition,
    verb_status,
)
from backchannel.contacts.slots import is_passive
from backchannel.contacts.slots import words as verb_words
from backchannel.language.grammar import Sentence, Word, subject
from backchannel.records import Status


@aspect("status")
def read(context: Context) -> Aspect:
    """Give the status; the nearest decisive word above the trigger wins, a denial above all."""
    sentence, word = context.sentence, context.contact.word
    kind = context.roster.profile.kind
    reading = _Reading(sentence, word, is_digest=kind in ("digest", "news"))
    value, evidence_words, rule = reading.read()
    if word.lemma in ("invite", "invitation") and value in ("occurred", "ongoing"):
        value, rule = "proposed", "trigger:invite"
    asks = sentence.text.rstrip().endswith("?") and _asks_for(sentence, word)
    if asks and value in ("occurred", "ongoing", "planned") and rule.partition(":")[0] in ("tense", "modal", "process"):
        value, rule = "hypothetical", "question"
    return Aspect(
        value=value, evidence=(words_as_evidence(sentence, tuple(evidence_words) or (word,), f"status.{rule}"),)
    )


def _asks_for(sentence: Sentence, word: Word) -> bool:
    """Whether the question is about the contact itself: "Did they meet?", not "What was said when they met?"."""
    opener = next(
        (
            w
            for w in sentence.words
            if w.kind != "punctuation" and w.text not in ("Q", "And", "But", "So", "Then", "Well")
        ),
        None,
    )
    if opener is None or opener.lemma not in (
        "do",
        "be",
        "have",
        "will",
        "can",
        "would",
        "could",
        "should",
        "may",
        "might",
    ):
        return False
    steps = [word, *sentence.path(word.index)]
    verbs = [w for w in steps if w.kind in ("verb", "auxiliary")]
    if any(
        w.relation in ("complement", "relative", "adverbial")
        and any(c.relation == "marker" for c in sentence.below(w.index))
        for w in steps
    ):
        return False
    return (
        bool(verbs)
        and all(w.lemma in verb_words("light") or w.index == word.index for w in verbs)
        and not any(w.relation == "relative" for w in steps)
    )


_DECISIVE = frozenset({"cancelled", "postponed", "refused"})
_PROCESS = frozenset(
    {
        "talk",
        "negotiation",
        "discussion",
        "conversation",
        "dialogue",
        "contact",
        "channel",
        "communication",
        "engagement",
        "diplomacy",
        "backchannel",
        "consultation",
        "coordination",
        "mediation",
        "outreach",
        "touch",
        "interaction",
    }
)
_BEGINNING = frozenset(
    {"begin", "start", "resume", "open", "launch", "enter", "restart", "reopen", "initiate", "commence", "kick"}
)
_WITHHOLDING = frozenset(
    {
        "get",
        "go",
        "characterize",
        "comment",
        "detail",
        "preview",
        "elaborate",
        "speculate",
        "speak",
        "read",
        "release",
        "share",
        "divulge",
        "describe",
        "reveal",
        "disclose",
    }
)
_HEARSAY = frozenset(
    {"report", "claim", "allegation", "rumor", "rumour", "suggestion", "story", "speculation", "assertion"}
)
_ENTRY = frozenset({"entry", "access", "visa", "permission", "request", "opportunity"})


class _Reading:
    """Reads one contact word upwards to the root: begins at the word, ends with a status and the words that give it."""

    def __init__(self, sentence: Sentence, word: Word, *, is_digest: bool) -> None:
        self.sentence = sentence
        self.word = word
        self.is_digest = is_digest
        self.steps = [word, *sentence.path(word.index)]

    def read(self) -> Found:
        """Give the status, its words and the rule's name."""
        denied = self._denial()
        if denied is not None:
            return denied
        told = self._told_in_relative()
        if told is not None and told[0] != "occurred":
            return told
        found = self._upwards()
        described = adjective(self.sentence, self.word)
        if described is not None and self._adjective_wins(described, found):
            return described
        if told is not None:
            return told
        if found is not None:
            return found
        negated = negated_noun(self.sentence, self.word)
        if negated is not None:
            return "denied", [negated], "negation:no"
        return self._by_itself()

    def _adjective_wins(self, adjective: Found, found: Found | None) -> bool:
        """ "A planned visit" is planned unless called off; "a regular meeting" goes on only where no verb says otherwise."""
        if found is None:
            return True
        if adjective[0] in ("ongoing", "occurred"):
            return (
                adjective[0] == "ongoing"
                and self.word.lemma in _PROCESS
                and found[2].partition(":")[0] in ("tense", "process")
            )
        return found[0] not in (*_DECISIVE, "denied")

    def _by_itself(self) -> Found:
        """A noun without a carrying verb: a process goes on, an event took place."""
        if self.word.lemma in _PROCESS and self.word.kind == "noun":
            return "ongoing", [self.word], "process:noun"
        return "occurred", [self.word], "tense:none"

    def _denial(self) -> Found | None:
        for at, step in enumerate(self.steps[1:], 1):
            below = self.steps[at - 1]
            if (
                step.kind == "verb"
                and classes("verbs").get(step.lemma) == "denied"
                and (
                    below.relation not in ("oblique", "adverbial")
                    or below.preposition in (None, "of", "about", "on", "to")
                )
                and not self._is_apart(step, below)
                and below.relation in ("complement", "patient", "oblique", "passive_subject", "adverbial")
            ):
                objects = [
                    w for w in self.sentence.below(step.index) if w.relation in ("patient", "predicate", "oblique")
                ]
                if any(w.lemma in _ENTRY for w in objects) or is_passive(self.sentence, step):
                    return "refused", [step], "verb:deny"
                return "denied", [step], f"verb:{step.lemma}"
            if step.lemma in ("dismiss", "reject", "rebut") and below.kind == "noun" and below.lemma in _HEARSAY:
                return "denied", [step, below], f"verb:{step.lemma}"
            if step.lemma == "invite" or self.word.lemma == "invite":
                verb = step if step.lemma == "invite" else self.word
                told = negation(self.sentence, verb)
                if told is not None:
                    return "refused", [told, verb], "negation:not invited"
        return None

    def _is_apart(self, verb: Word, below: Word) -> bool:
        """Whether a semicolon or the verb's own earlier place parts the clauses."""
        shift = self.sentence.start
        low, high = sorted((verb.start, below.start))
        return ";" in self.sentence.text[low - shift : high - shift]

    def _told_in_relative(self) -> Found | None:
        """ "The discussions that we are having", "talks that took place", "conversations happening"."""
        if self.word.kind not in ("noun", "name"):
            return None
        for below in self.sentence.below(self.word.index):
            if (
                below.relation == "relative"
                and below.kind in ("verb", "auxiliary")
                and below.lemma in ("have", "happen", "occur", "take", "go", "conduct", "hold", "be", "continue")
            ):
                finite = is_finite(self.sentence, below)
                progressive = below.shape == "gerund"
                past = is_past(self.sentence, below) or (below.shape == "participle" and not finite)
                if progressive or (finite and not past):
                    return "ongoing", [below], "tense:relative"
                if past:
                    return "occurred", [below], "tense:relative"
        return None

    def _upwards(self) -> Found | None:
        none = negated_noun(self.sentence, self.word)
        for at, step in enumerate(self.steps):
            below = self.steps[at - 1] if at else None
            if step.kind in ("verb", "auxiliary"):
                if below is not None and self._withholds(step, below):
                    return self._by_itself()
                said = self._is_said_of_it(step, below) if below is not None else None
                found = said or verb_status(
                    self.sentence, step, below, self.word, is_digest=self.is_digest, negated_noun=none
                )
                if found is not None:
                    return self._process(found, step, below)
            elif at and below is not None and step.kind in ("noun", "adjective", "name"):
                found = self._noun(step, below)
                if found is not None:
                    return found
            prepositional = preposition(self.sentence, step, at)
            if prepositional is not None:
                return prepositional
        return None

    def _withholds(self, verb: Word, below: Word) -> bool:
        """ "I won't get into private conversations" and "I have none to read out" speak of them, not against them."""
        if verb.lemma == "have" and below.relation == "patient":
            inner = {
                w.lemma
                for w in self.sentence.words[below.index :]
                if w.shape == "base" and w.relation in ("relative", "purpose", "complement")
            }
            return bool(inner & (_WITHHOLDING | {"discuss", "announce", "report", "confirm"}))
        if verb.lemma not in _WITHHOLDING or below.relation not in ("oblique", "patient"):
            return False
        agent = next((w for w in self.sentence.below(verb.index) if w.relation == "agent"), None) or subject(
            self.sentence, verb.index
        )
        return agent is not None and agent.text.lower() in ("i", "we")

    def _process(self, found: Found, verb: Word, below: Word | None) -> Found:
        """Talks that begin go on; a process under a verb that does not carry it goes on too."""
        status, _words, rule = found
        if self.word.lemma not in _PROCESS and self.word.lemma not in ("negotiate", "summit"):
            return found
        if (
            rule == "tense:digest present"
            and below is not None
            and below.relation == "agent"
            and self.word.kind == "noun"
            and self.word.lemma in _PROCESS
        ):
            return "ongoing", [verb], "process:present"
        if status == "occurred" and rule.startswith("tense") and below is not None:
            if verb.lemma in _BEGINNING and self.word.lemma != "summit":
                return "ongoing", [verb], f"beginning:{verb.lemma}"
            carried = below.relation in ("patient", "passive_subject", "agent") or (
                below.relation == "oblique"
                and below.preposition
                in ("in", "for", "to", "after", "during", "following", "with", "at", "through", "by")
            )
            if (
                self.word.kind == "noun"
                and self.word.lemma != "summit"
                and (not carried or (verb.lemma not in verb_words("light") and below.relation != "agent"))
            ):
                return "ongoing", [self.word], "process:noun"
        return found

    def _is_said_of_it(self, verb: Word, below: Word) -> Found | None:
        """ "A summit is possible", "talks are likely"."""
        if verb.lemma != "be" or below.relation != "agent":
            return None
        for word in self.sentence.below(verb.index):
            status = classes("adjectives").get(word.lemma) if word.relation == "predicate" else None
            if status in ("hypothetical", "planned", "ongoing"):
                return status, [verb, word], f"adjective:{word.lemma}"
        return None

    def _noun(self, step: Word, below: Word) -> Found | None:
        if step.lemma == "aware" and below.preposition == "of":
            governor = self.sentence.words[step.head]
            negated = negation(self.sentence, governor) or negation(self.sentence, step)
            return ("denied", [negated, step], "negation:not aware") if negated is not None else None
        status = classes("nouns").get(step.lemma) or (
            classes("adjectives").get(step.lemma) if step.kind == "adjective" else None
        )
        if status is None or below.relation not in ("oblique", "purpose", "complement", "relative", "adverbial"):
            return None
        if step.lemma == "opportunity" or (
            status == "planned" and step.lemma == "agreement" and below.relation == "oblique"
        ):
            return None
        return noun_status(self.sentence, step, status)


def statuses() -> Iterator[Status]:
    """Yield the statuses that the vocabulary knows."""
    yield from dict.fromkeys(classes("verbs").values())
