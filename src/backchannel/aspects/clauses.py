"""What the form of one verb says of what it tells: tense, modality, negation, condition."""

from __future__ import annotations

from dataclasses import dataclass

from backchannel.aspects.cues import Found, classes, words
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Status

_MODALS: dict[str, Status] = {
    "will": "planned",
    "shall": "planned",
    "'ll": "planned",
    "’ll": "planned",
    "wo": "planned",
    "going": "planned",
    "may": "hypothetical",
    "might": "hypothetical",
    "could": "hypothetical",
    "can": "hypothetical",
    "would": "hypothetical",
    "'d": "hypothetical",
    "’d": "hypothetical",
    "should": "proposed",
    "must": "proposed",
}
_BACKSHIFT = ("would", "'d", "’d")
_CONDITIONS = ("if", "whether", "unless")
_NOT = frozenset({"not", "n't", "n’t", "never"})
_NO = frozenset({"no", "neither"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its helpers: what tense, mood and polarity it has."""

    verb: Word
    helpers: tuple[Word, ...]
    modal: Word | None
    no: Word | None
    condition: Word | None
    split: bool = False
    """A "’ve" stands right before the verb, but hangs elsewhere."""
    bare: bool = False
    """A base form with a subject and no "to": a plural present ("leaders hold talks")."""

    @property
    def past(self) -> bool:
        """Whether it is told as past ("met", "was held", "did not meet")."""
        return self.verb.shape == "past" or any(w.shape == "past" for w in self.helpers if w is not self.modal)

    @property
    def perfect(self) -> bool:
        """Whether it is told in the perfect ("has met", "to have met", "there's been")."""
        if any(w.lemma == "have" for w in self.helpers):
            return True
        return self.verb.text.lower() == "been" and (bool(self.helpers) or self.split)

    @property
    def progressive(self) -> bool:
        """Whether it is told in the progressive ("is meeting")."""
        return self.verb.shape == "gerund" and any(w.lemma == "be" for w in self.helpers)

    @property
    def finite(self) -> bool:
        """Whether the verb has a tense of its own."""
        if self.verb.shape in ("past", "present") or self.modal is not None:
            return True
        return self.bare or any(w.shape in ("past", "present") for w in self.helpers)

    @property
    def is_perfect_state(self) -> bool:
        """Whether it tells of a state that still holds ("has been in contact", "have been engaged")."""
        return self.perfect and not self.past and self.verb.lemma in ("be", "engage")


def clause(sentence: Sentence, verb: Word) -> Clause:
    """Give the clause of ``verb``."""
    helpers = tuple(w for w in sentence.below(verb.index) if w.relation == "auxiliary")
    modal = next((w for w in helpers if w.text.lower() in _MODALS), None)
    condition = next(
        (w for w in sentence.below(verb.index) if w.relation == "marker" and w.text.lower() in _CONDITIONS), None
    )
    if modal is None:
        modal = _going(sentence, verb) or _apart(sentence, verb)
    bare = (
        verb.shape == "base" and not helpers and verb.relation in ("root", "conjunct") and _has_subject(sentence, verb)
    )
    split = verb.index > 0 and sentence.words[verb.index - 1].text.lower() in ("’ve", "'ve", "’s", "'s")
    return Clause(verb, helpers, modal, negation(sentence, verb), condition, split, bare)


def _going(sentence: Sentence, verb: Word) -> Word | None:
    """ "Going" where it stands for "will" above an infinitive ("the talks are going to start")."""
    if verb.lemma != "go" or verb.shape != "gerund":
        return None
    return verb if any(w.relation == "complement" and w.shape == "base" for w in sentence.below(verb.index)) else None


def _apart(sentence: Sentence, verb: Word) -> Word | None:
    """A "’ll" that the parser makes the governor of its verb ("we’ll negotiate")."""
    above = sentence.words[verb.head]
    is_modal = above.text.lower() in ("'ll", "’ll", "will") and above.index != verb.index
    return above if verb.relation == "complement" and is_modal else None


def _has_subject(sentence: Sentence, verb: Word) -> bool:
    return any(w.relation == "agent" for w in sentence.below(verb.index))


def negation(sentence: Sentence, verb: Word) -> Word | None:
    """Give the word that negates ``verb``, also as the "no" of its subject or object."""
    for below in sentence.below(verb.index):
        if below.relation == "negation" or below.text.lower() in _NOT:
            return below
        if below.relation in ("agent", "passive_subject", "patient", "predicate"):
            no = negated_noun(sentence, below)
            if no is not None:
                return no
    return None


def negated_noun(sentence: Sentence, noun: Word) -> Word | None:
    """Give the "no" that stands on ``noun``, or ``None``."""
    return next(
        (w for w in sentence.below(noun.index) if w.relation == "determiner" and w.text.lower() in _NO),
        None,
    )


def told_by_form(sentence: Sentence, told: Clause, trigger: Word, *, is_digest: bool) -> Found | None:
    """Give the status that the form of a verb gives to the contact it carries; ``None`` where it has no tense."""
    if told.modal is not None:
        return _modal(sentence, told)
    if told.condition is not None:
        return "hypothetical", [told.condition, told.verb], "marker:if"
    ahead = _ahead(sentence, told)
    if ahead is not None:
        return ahead
    if told.finite:
        return _tense(sentence, told, trigger, is_digest=is_digest)
    if told.progressive and sentence.words[told.verb.head].lemma in words("saying"):
        return "ongoing", [*told.helpers, told.verb], "tense:progressive"
    if told.perfect:
        return "occurred", [*told.helpers, told.verb], "tense:perfect"
    return None


def _modal(sentence: Sentence, told: Clause) -> Found:
    modal, verb = told.modal, told.verb
    assert modal is not None
    name = modal.text.lower()
    status = _MODALS[name]
    if told.no is not None and status == "planned":
        return "refused", [modal, told.no, verb], "modal:will not"
    if told.perfect and name == "should" and told.no is None:
        return "denied", [modal, verb], "modal:should have"
    if told.perfect and status != "planned":
        return "hypothetical", [modal, verb], f"modal:{name} have"
    guess = next((w for w in sentence.below(verb.index) if w.text.lower() in words("guessing")), None)
    if guess is not None:
        return "hypothetical", [modal, guess, verb], "modal:probably"
    if status == "hypothetical" and _is_asked_for(sentence, verb):
        return "proposed", [modal, verb], f"modal:{name} asked for"
    if name in _BACKSHIFT and is_reported(sentence, verb):
        return "planned", [modal, verb], "modal:would in reported speech"
    return status, [modal, verb], f"modal:{name}"


def is_reported(sentence: Sentence, verb: Word) -> bool:
    """Whether "would" is "will" told later ("said that they would meet", "agreed that it would meet")."""
    above = sentence.words[verb.head]
    told = above.lemma in words("saying") or classes("verbs").get(above.lemma) == "planned"
    return verb.relation == "complement" and told and (above.shape in ("past", "participle"))


def _is_asked_for(sentence: Sentence, verb: Word) -> bool:
    """ "Suggests that talks would be useful", "asked whether he could come"."""
    above = sentence.words[verb.head]
    return verb.relation == "complement" and classes("verbs").get(above.lemma) == "proposed"


def _ahead(sentence: Sentence, told: Clause) -> Found | None:
    """ "Is to meet", "are set to", "is going to", "to be held", "the meeting is to take place"."""
    verb, above = told.verb, sentence.words[told.verb.head]
    if verb.lemma == "be" and told.finite and _is_bare_be(sentence, verb) and _infinitive(sentence, verb):
        return "planned", [verb], "future:is to"
    has_to = any(w.text.lower() == "to" for w in told.helpers)
    if verb.relation == "complement" and above.lemma == "go" and above.shape == "gerund":
        no = told.no or negation(sentence, above)
        return (
            ("denied", [no, above, verb], "negation:not")
            if no is not None
            else ("planned", [above, verb], "future:going to")
        )
    if has_to and above.lemma == "be" and verb.relation in ("complement", "predicate") and _is_bare_be(sentence, above):
        return "planned", [verb], "future:is to"
    if has_to and above.lemma in ("set", "due", "slate", "bind", "schedule") and above.index < verb.index:
        return "planned", [verb], "future:is to"
    if has_to and verb.shape == "participle" and any(w.text.lower() == "be" for w in told.helpers):
        return ("planned", [verb], "future:is to") if above.kind in ("noun", "name") else None
    return None


def _infinitive(sentence: Sentence, verb: Word) -> bool:
    """Whether an infinitive with "to" completes the verb."""
    return any(
        w.relation == "complement"
        and w.shape == "base"
        and any(to.text.lower() == "to" and to.relation == "auxiliary" for to in sentence.below(w.index))
        for w in sentence.below(verb.index)
    )


def _is_bare_be(sentence: Sentence, be: Word) -> bool:
    """Whether "be" has only a subject beside the infinitive ("is to meet", not "it is useful to meet")."""
    return not any(
        w.relation == "predicate" and w.kind in ("adjective", "noun") for w in sentence.below(be.index)
    ) and not any(
        w.relation == "agent"
        and w.text.lower() in ("it", "purpose", "aim", "goal", "approach", "view", "pleasure", "honor")
        for w in sentence.below(be.index)
    )


def _tense(sentence: Sentence, told: Clause, trigger: Word, *, is_digest: bool) -> Found:
    verb, helpers = told.verb, list(told.helpers)
    if told.no is not None:
        return "denied", [told.no, verb], "negation:not"
    if told.progressive:
        return _progressive(told, trigger, is_digest=is_digest)
    if told.past or told.perfect:
        return "occurred", [*helpers, verb], "tense:past"
    when = any(w.text.lower() in ("when", "while", "as") for w in sentence.below(verb.index))
    if _is_asked_for(sentence, verb) and _has_subject(sentence, verb) and not when:  # "suggested that they meet"
        return "proposed", [verb], "mood:subjunctive"
    if _has_habit(sentence, verb):
        return "ongoing", [verb], "tense:habit"
    if is_digest:
        return "occurred", [verb], "tense:digest present"
    if (
        trigger.kind == "noun"
        and trigger.lemma not in words("lasting")
        and verb.lemma not in ("be", "have", "stand", "exist")
    ):
        return "occurred", [verb], "tense:present of an occasion"
    return "ongoing", [verb], "tense:present"


def _progressive(told: Clause, trigger: Word, *, is_digest: bool) -> Found:
    span = [*told.helpers, told.verb]
    if told.perfect:
        return "ongoing", span, "tense:perfect progressive"
    if told.past:
        lasting = trigger.lemma in words("lasting") and not is_digest
        return ("ongoing", span, "tense:past progressive") if lasting else ("occurred", span, "tense:past")
    return "ongoing", span, "tense:progressive"


def _has_habit(sentence: Sentence, verb: Word) -> bool:
    """ "Regularly", "weekly", "every second Thursday"."""
    for word in sentence.tree(verb.index):
        if word.kind in ("adverb", "adjective", "noun") and word.text.lower() in words("habit"):
            return True
        if word.text.lower() in ("every", "each") and sentence.words[word.head].lemma.lower() in words("times"):
            return True
    return False
