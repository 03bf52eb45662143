"""Read the status of a contact from tense, modality, negation and the words that carry it."""

from __future__ import annotations

from dataclasses import replace

from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.aspects.carriers import by_adjective, by_adjective_above, by_noun, by_preposition, by_relative, by_verb
from backchannel.aspects.clauses import Clause, clause, negated_noun, negation, told_by_form
from backchannel.aspects.cues import Found, classes, words
from backchannel.aspects.due import due
from backchannel.aspects.given import given
from backchannel.aspects.questions import asks_for
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word

_DECISIVE = frozenset({"cancelled", "postponed", "refused", "denied"})
_WEAK = (
    "tense:present",
    "tense:none",
    "tense:state",
    "tense:progressive",
    "tense:digest present",
    "process:",
    "tense:relative",
    "modal:will continue",
)
"""Rules that a day ahead of the document's own overrules."""
_OFFICIAL = frozenset({"readout", "announcement", "official", "joint"})


@aspect("status")
def read(context: Context) -> Aspect:
    """Give the status; the nearest decisive word above the trigger wins, a denial above all."""
    sentence, word = context.sentence, context.contact.word
    value, evidence, rule = _Reading(sentence, word, kind=context.roster.profile.kind).read()
    if value in ("occurred", "ongoing") and rule.startswith(_WEAK) and due(sentence, word, context.on) == "ahead":
        value, rule = "planned", "date:ahead"
    if word.lemma in ("invite", "invitation") and value in ("occurred", "ongoing", "hypothetical"):
        value, rule = "proposed", "trigger:invite"
    if value in ("occurred", "ongoing", "planned", "denied") and asks_for(sentence, word):
        value, rule = "hypothetical", "question"
    return Aspect(value=value, evidence=(words_as_evidence(sentence, tuple(evidence) or (word,), f"status.{rule}"),))


def _is_reduced(verb: Word) -> bool:
    """Whether a participle is taken for the subject's verb: "the summit planned for Friday will not take place"."""
    return (
        verb.kind == "verb" and verb.shape in ("past", "participle") and verb.relation in ("agent", "passive_subject")
    )


class _Reading:
    """Reads one contact word upwards to the root: begins at the word, ends with a status and the words that give it."""

    def __init__(self, sentence: Sentence, word: Word, *, kind: str) -> None:
        self.sentence = sentence
        self.word = word
        self.kind = kind
        self.is_digest = kind in ("digest", "news")
        self.is_noun = word.kind in ("noun", "name") or word.relation in ("agent", "passive_subject", "oblique")
        path = [one for one in sentence.path(word.index) if not _is_reduced(one)]
        self.steps = [word, *path]

    def read(self) -> Found:
        """Give the status, its words and the rule's name."""
        denied = self._denial()
        if denied is not None:
            return denied
        told = by_relative(self.sentence, self.word, is_digest=self.is_digest) if self.is_noun else None
        found = self._upwards()
        before = found is not None and (found[0] in _DECISIVE or found[2] == "preposition:before")
        if told is not None and told[0] != "occurred" and not before:
            return told
        described = by_adjective(self.sentence, self.word) if self.is_noun else None
        if described is not None and self._adjective_wins(described, found):
            return described
        if before and found is not None:
            return found
        return told or found or self._by_itself()

    def _adjective_wins(self, described: Found, found: Found | None) -> bool:
        """ "A planned visit" is planned unless called off; "regular talks" go on only where no verb says otherwise."""
        if found is None:
            return True
        if described[0] in ("ongoing", "occurred"):
            weak = found[2].partition(":")[0] in ("tense", "process")
            return described[0] == "ongoing" and self.word.lemma in words("lasting") and weak
        if described[0] == "planned" and found[2] == "tense:past":
            return False
        return found[0] not in _DECISIVE

    def _by_itself(self) -> Found:
        """A noun without a carrying verb: what lasts goes on, an occasion took place."""
        negated = negated_noun(self.sentence, self.word)
        if negated is not None:
            return "denied", [negated], "negation:no"
        if not self.is_noun or self.word.kind == "name":
            return "occurred", [self.word], "tense:none"
        return given(self.sentence, self.word, None, is_digest=self.is_digest)

    def _denial(self) -> Found | None:
        """ "Denied that …", "dismissed reports of …", "was not invited"."""
        if self.word.lemma == "invite" and (no := negation(self.sentence, self.word)) is not None:
            return "refused", [no, self.word], "negation:not invited"
        for below, step in zip(self.steps, self.steps[1:], strict=False):
            if step.lemma == "invite" and (no := negation(self.sentence, step)) is not None:
                return "refused", [no, step], "negation:not invited"
            if (
                step.lemma in ("dismiss", "reject", "rebut")
                and below.kind == "noun"
                and below.lemma in words("hearsay")
            ):
                return "denied", [step, below], f"verb:{step.lemma}"
            if step.kind == "verb" and classes("verbs").get(step.lemma) == "denied" and self._denies(step, below):
                objects = [
                    w.lemma
                    for w in self.sentence.below(step.index)
                    if w.relation in ("patient", "predicate", "oblique")
                ]
                barred = words("entry").intersection(objects) or is_passive(self.sentence, step)
                return ("refused", [step], "verb:deny") if barred else ("denied", [step], f"verb:{step.lemma}")
        return None

    def _denies(self, verb: Word, below: Word) -> bool:
        """Whether the denial reaches ``below``: its object or clause, not a place or time beside it, nor a clause after a semicolon."""
        if below.relation not in ("complement", "patient", "oblique", "passive_subject", "adverbial"):
            return False
        if below.relation in ("oblique", "adverbial") and below.preposition not in (None, "of", "about", "on", "to"):
            return False
        low, high = sorted((verb.start, below.start))
        return ";" not in self.sentence.text[low - self.sentence.start : high - self.sentence.start]

    def _upwards(self) -> Found | None:
        carried, loose, kept = True, False, None
        for at, step in enumerate(self.steps):
            below = self.steps[at - 1] if at else None
            if self._is_verb(step, below):
                found = self._at_verb(step, below, carried, loose)
                loose = loose or (below is not None and found is None and self._is_foreign(step, below))
            elif below is None:
                found = by_preposition(self.sentence, step)
            else:
                found = self._at_noun(step, below)
                carried = carried and self._is_stage(step, below)
            if found is not None and found[2] == "kept":
                kept, found = found, None
            if found is None and at and carried and step.kind in ("verb", "noun", "name"):
                found = by_preposition(self.sentence, step)
            if found is not None:
                return self._settled(found, kept)
        top = self.steps[-1]
        if self._is_imperative(top):
            return "proposed", [top], "mood:imperative"
        return ("ongoing", kept[1], "verb:continue") if kept else None

    def _is_verb(self, step: Word, below: Word | None) -> bool:
        """Whether the step is a verb; one that the parser takes for a noun ("to host talks") shows by its object."""
        if below is None:
            return step.kind in ("verb", "auxiliary") and not self.is_noun
        return step.kind in ("verb", "auxiliary") or below.relation == "patient"

    def _is_imperative(self, verb: Word) -> bool:
        """ "Maintain discreet contact with the rebels": what a paper bids."""
        if verb.kind != "verb" or verb.shape != "base" or clause(self.sentence, verb).helpers:
            return False
        return all(w.kind == "punctuation" or w.kind == "adverb" for w in self.sentence.words[: verb.index])

    def _settled(self, found: Found, kept: Found | None) -> Found:
        """A bare "continue" goes on unless a wish, plan or hedge stands above it."""
        if kept is not None and found[0] == "occurred":
            return "ongoing", kept[1], "verb:continue"
        return found

    def _is_stage(self, step: Word, below: Word) -> bool:
        """Whether the step is still the contact itself: its round, its beginning, its fellow in a list, its hedge."""
        if below.relation in ("conjunct", "apposition", "compound", "modifier"):
            return True
        if below.kind in ("verb", "auxiliary"):
            bare = below.shape in ("base", "gerund") and not clause(self.sentence, below).finite
            return bare or below.relation not in ("relative", "adverbial")
        if step.kind == "adjective" or below.preposition == "including":
            return True
        return below.preposition in ("of", "in") and step.lemma in words("stages")

    def _at_noun(self, step: Word, below: Word) -> Found | None:
        if step.lemma in words("openings") and self._opens(step):
            return None
        if step.kind == "adjective":
            found = by_adjective_above(self.sentence, step, below)
            return found or self._pleased(step, below)
        return by_noun(self.sentence, step, below, self.word)

    def _pleased(self, step: Word, below: Word) -> Found | None:
        """ "I am glad to meet you": said while they sit together."""
        above = self.sentence.words[step.head]
        if step.lemma not in words("pleased") or below.kind != "verb" or above.shape != "present":
            return None
        return "ongoing", [step], "adjective:pleased"

    def _at_verb(self, step: Word, below: Word | None, carried: bool, loose: bool) -> Found | None:
        told = clause(self.sentence, step)
        if below is None:
            if (
                step.relation == "relative"
                and step.shape in ("participle", "past")
                and not told.finite
                and not told.helpers
            ):
                return "occurred", [step], "tense:participle"
            return self._process(self._form(told), told, below)
        if self._withholds(step, below):
            having = next(
                (w for w in self.sentence.words[self.word.index : self.word.index + 6] if w.text == "having"), None
            )
            return ("ongoing", [having], "tense:relative") if having else ("occurred", [self.word], "tense:withheld")
        if below.lemma in words("openings") and self._opens(below):
            return self._opening(told)
        found = self._said_of_it(step, below) or (by_verb(self.sentence, told, below, self.word) if carried else None)
        if found is not None:
            return self._with_readout(found, told)
        if classes("verbs").get(step.lemma) == "ongoing" and not told.finite:
            return "ongoing", [step], "kept"
        if below.kind in ("verb", "auxiliary", "adjective") or (
            step.lemma in ("be",) and below.relation == "predicate" and below.kind == "adjective"
        ):
            found = self._above_clause(told, below)
            if found is not None and loose:
                return self._given(told)
            return found
        return self._above_noun(told, below, carried)

    def _joins(self, verb: Word, below: Word) -> bool:
        """Whether the noun stands where the verb carries it: its subject or object, or behind "in", "into", "to"."""
        if below.relation != "oblique":
            return True
        return verb.lemma in words("joining") and below.preposition in ("in", "into", "to")

    def _is_foreign(self, verb: Word, below: Word) -> bool:
        """Whether a verb tells of something else than the contact noun below it."""
        if below.kind not in ("noun", "name"):
            return False
        return not (verb.lemma in words("bearing") and self._joins(verb, below))

    def _opens(self, noun: Word) -> bool:
        """Whether the contact hangs on the noun as what it gives room for ("an opportunity to meet", "for talks")."""
        inner = self.steps[self.steps.index(noun) - 1] if noun in self.steps[1:] else None
        return inner is not None and (inner.kind in ("verb", "auxiliary") or inner.preposition == "for")

    def _opening(self, told: Clause) -> Found | None:
        """ "I have this opportunity to meet you" is said at the meeting, "had a chance to talk" after it."""
        if told.verb.lemma == "thank":
            return "occurred", [told.verb], "noun:opportunity"
        if told.verb.lemma not in ("have", "get", "take", "use", "welcome", "be", "give", "provide", "offer"):
            return "hypothetical", [told.verb], "noun:opportunity"
        return told_by_form(self.sentence, told, self.word, is_digest=False)

    def _with_readout(self, found: Found, told: Clause) -> Found:
        """In a readout "continued their discussion" tells what the talk was."""
        past = told.past and not told.progressive and self.kind in _OFFICIAL
        if past and found[2] == "verb:continue":
            return "occurred", found[1], "tense:past"
        return found

    def _above_clause(self, told: Clause, below: Word) -> Found | None:
        """A verb above a clause that has no tense of its own."""
        verb = told.verb
        finite = clause(self.sentence, below).finite if below.kind in ("verb", "auxiliary") else False
        if verb.lemma in words("saying") and below.relation in ("complement", "adverbial", "conjunct"):
            return None if verb.head != verb.index else ("occurred", [self.word], "tense:none")
        if below.relation == "purpose" and verb.lemma in words("motion"):
            return self._motion(told)
        if finite and below.relation != "conjunct":
            return None
        wish = self._wished(told, below)
        if wish is not None:
            return wish
        if below.relation in ("adverbial", "purpose", "relative"):
            told = replace(told, no=None)
        if (
            below.relation == "adverbial"
            and below.preposition is None
            and told.modal is not None
            and told.modal.text.lower() != "will"
        ):
            return "occurred", [self.word], "tense:none"
        return self._form(told)

    def _wished(self, told: Clause, below: Word) -> Found | None:
        """ "Would like to meet", "it is important to talk"."""
        verb = told.verb
        if verb.lemma == "thank" and below.preposition == "for":
            return "occurred", [verb], "verb:thank"
        if below.relation != "complement" or below.shape != "base":
            return None
        if verb.lemma == "have" and told.finite and not told.past and not told.perfect:
            return "proposed", [verb], "verb:have to"
        if verb.lemma == "like" and told.modal is not None:
            return "proposed", [told.modal, verb], "modal:would like"
        fit = next(
            (w for w in self.sentence.below(verb.index) if w.relation == "predicate" and w.lemma in words("wished")),
            None,
        )
        if fit is not None and told.no is None:
            return "proposed", [verb, fit], f"adjective:{fit.lemma}"
        return None

    def _form(self, told: Clause) -> Found | None:
        """The status by the verb's form; in an official account of the past "would" is the future."""
        found = told_by_form(self.sentence, told, self.word, is_digest=self.is_digest)
        if found is not None and found[2] == "modal:would" and self.kind in _OFFICIAL and "if" not in self._lowered():
            return "planned", found[1], "modal:would in an account"
        return found

    def _given(self, told: Clause) -> Found:
        """A contact that the verb does not carry; "would" in an official account of the past is the future."""
        found = given(self.sentence, self.word, told, is_digest=self.is_digest)
        would = told.modal is not None and told.modal.text.lower() == "would" and self.kind in _OFFICIAL
        if would and found[0] != "ongoing" and "if" not in self._lowered():
            return "planned", found[1], "modal:would in an account"
        return found

    def _lowered(self) -> set[str]:
        return {w.text.lower() for w in self.sentence.words}

    def _motion(self, told: Clause) -> Found | None:
        """ "Has arrived to hold talks" tells of the way, "travelled to Kyiv to meet" of the journey and its goal."""
        form = self._form(told)
        if told.verb.lemma in words("on_the_way") and (form is None or form[0] == "occurred"):
            return "planned", [told.verb], "motion:to"
        return form

    def _above_noun(self, told: Clause, below: Word, carried: bool) -> Found | None:
        """A verb above the contact noun: it carries it, or tells of something else."""
        verb = told.verb
        if verb.lemma == "follow" and below.relation == "patient":
            return "occurred", [verb], "verb:follow"
        joins = self._joins(verb, below)
        if carried and self._is_foreign(verb, below) and below.relation != "oblique" and self._passes_on(told):
            return None
        if told.no is not None and told.modal is not None and verb.lemma in ("send", "attend", "go", "come", "travel"):
            return "refused", [told.modal, told.no, verb], "modal:will not"
        if not carried:
            return self._given(told)
        near = by_preposition(self.sentence, below)
        if near is not None:
            return near
        if below.preposition == "for" and verb.lemma in words("motion"):
            return self._motion(told)
        if verb.lemma not in words("bearing") or not joins:
            return self._given(told)
        form = self._form(told)
        return self._process(form, told, below)

    def _passes_on(self, told: Clause) -> bool:
        """Whether a verb without tense leaves the word to what stands above it ("an interest in promoting talks")."""
        verb = told.verb
        if told.finite or told.perfect or (verb.shape not in ("base", "gerund") and not verb.text.endswith("ing")):
            return False
        if verb.relation == "adverbial":
            return verb.preposition in ("of", "in", "at", "on", "for", "to")
        return verb.relation in ("complement", "purpose", "relative", "conjunct")

    def _process(self, form: Found | None, told: Clause, below: Word | None) -> Found | None:
        """Talks that begin go on, what is there goes on, a meeting that will not take place is off."""
        if form is None:
            return None
        status, span, rule = form
        lasting = self.word.lemma in words("lasting") and self.is_noun
        if rule == "modal:will not" and below is not None and below.relation in ("agent", "passive_subject"):
            return "cancelled", span, rule
        if below is None:
            state = told.is_perfect_state and status == "occurred"
            return ("ongoing", span, "tense:perfect") if state else form
        if status != "occurred":
            return form
        if (
            told.verb.lemma in words("beginning")
            and not self._is_over(told, below)
            and (below.relation in ("agent", "patient", "passive_subject") or below.preposition == "into")
        ):
            visits = self.word.lemma in ("visit", "trip", "tour")
            if lasting or ((below.relation == "agent" or visits) and rule == "tense:digest present"):
                return "ongoing", span, f"beginning:{told.verb.lemma}"
        if (
            lasting
            and told.verb.lemma == "be"
            and (not told.past)
            and (rule == "tense:digest present" or below.relation == "oblique")
        ):
            return "ongoing", span, "tense:state"
        if lasting and told.is_perfect_state and below.relation == "oblique":
            return "ongoing", span, "tense:perfect"
        return form

    def _is_over(self, told: Clause, below: Word) -> bool:
        """ "Our conversations began before today": occasions, told as past."""
        return below.relation == "agent" and told.past and self.word.lemma in words("episodic")

    def _withholds(self, verb: Word, below: Word) -> bool:
        """ "I won't get into private conversations" and "I have none to read out" speak of them, not against them."""
        if below.relation not in ("oblique", "patient", "adverb", "apposition") or below.kind in ("verb", "auxiliary"):
            return False
        if verb.lemma == "have" and below.relation == "patient":
            if not self._has_no(verb) and negated_noun(self.sentence, below) is None:
                return False
            later = (w for w in self.sentence.words[below.index :] if w.shape == "base")
            return any(
                w.lemma in words("withholding") and w.relation in ("relative", "purpose", "complement") for w in later
            )
        if verb.lemma not in words("withholding"):
            return False
        speakers = (
            w for w in self.sentence.words[max(0, verb.index - 8) : verb.index] if w.text.lower() in ("i", "we")
        )
        return any(True for _ in speakers) and self._has_no(verb)

    def _has_no(self, verb: Word) -> bool:
        """Whether a negation stands on the verb or on one above it ("I'm not going to get into it")."""
        return any(
            negation(self.sentence, step) is not None
            for step in (verb, *self.sentence.path(verb.index))
            if step.kind in ("verb", "auxiliary")
        )

    def _said_of_it(self, verb: Word, below: Word) -> Found | None:
        """ "A summit is possible", "talks are likely", "talks are under way"."""
        if verb.lemma not in ("be", "remain") or below.relation not in ("agent", "passive_subject"):
            return None
        for word in self.sentence.below(verb.index):
            status = classes("adjectives").get(word.lemma) if word.relation in ("predicate", "adverb") else None
            if (
                status in ("hypothetical", "planned", "ongoing", "cancelled", "postponed")
                and negation(self.sentence, verb) is None
            ):
                return status, [verb, word], f"adjective:{word.lemma}"
        return None
