"""What one verb on the way up says of the contact below it: by its meaning, by its form, or nothing."""

from __future__ import annotations

from dataclasses import replace

from backchannel.aspects.beside import by_preposition
from backchannel.aspects.carriers import by_verb
from backchannel.aspects.chain import Chain, is_foreign, joins
from backchannel.aspects.clauses import Clause, clause, negation, told_by_form
from backchannel.aspects.cues import Found, classes, words
from backchannel.aspects.denial import withheld
from backchannel.aspects.given import given
from backchannel.language.grammar import Sentence, Word

KEPT = "kept"
"""The rule of a bare "continue": it counts unless a wish, a plan or a hedge stands above it."""
_GIVING = frozenset({"be", "get", "give", "have", "offer", "provide", "take", "use", "welcome"})
_COMING = frozenset({"attend", "come", "go", "send", "travel"})
_VISITS = frozenset({"tour", "trip", "visit"})
_SAID = frozenset({"hypothetical", "planned", "ongoing", "cancelled", "postponed"})


def own(chain: Chain) -> Found | None:
    """Give the status that the contact's own verb tells by its form."""
    verb = chain.word
    told = clause(chain.sentence, verb)
    bare = not told.finite and not told.helpers
    if bare and verb.relation == "modifier" and verb.shape in ("participle", "past"):  # "a UN-brokered ceasefire"
        return "occurred", [verb], "tense:participle"
    if bare and verb.relation == "relative" and verb.shape in ("participle", "past"):
        return "occurred", [verb], "tense:participle"
    form = _form(chain, told)
    if form is not None and form[0] == "occurred" and told.is_perfect_state:
        return "ongoing", form[1], "tense:perfect"
    return form


def above(chain: Chain, verb: Word, below: Word, *, carried: bool, loose: bool) -> Found | None:
    """Give the status that a verb above gives to what hangs on it as ``below``.

    Args:
        chain: the contact word and its way up.
        verb: the verb.
        below: the step before it.
        carried: whether ``below`` still is the contact, its stage or a clause that tells it.
        loose: whether a verb of something else lies between.
    """
    told = clause(chain.sentence, verb)
    kept_back = withheld(chain, verb, below)
    if kept_back is not None:
        return kept_back
    if chain.opens(below):
        return _opening(chain, told)
    found = _said_of_it(chain.sentence, verb, below)
    if found is None and carried:
        found = by_verb(chain.sentence, told, below, chain.word)
    if found is not None:
        return _in_readout(chain, found, told)
    if classes("verbs").get(verb.lemma) == "ongoing" and not told.finite:
        return "ongoing", [verb], KEPT
    is_noun = below is chain.word and chain.is_noun
    if below.kind in ("verb", "auxiliary", "adjective") and not is_noun:
        found = _above_clause(chain, told, below)
        return _given(chain, told) if found is not None and loose else found
    return _above_noun(chain, told, below, carried)


def _said_of_it(sentence: Sentence, verb: Word, below: Word) -> Found | None:
    """ "A summit is possible", "talks are likely", "talks are under way"."""
    if verb.lemma not in ("be", "remain") or below.relation not in ("agent", "passive_subject"):
        return None
    for word in sentence.below(verb.index):
        status = classes("adjectives").get(word.lemma) if word.relation in ("predicate", "adverb") else None
        if status in _SAID and negation(sentence, verb) is None:
            return status, [verb, word], f"adjective:{word.lemma}"
    return None


def _opening(chain: Chain, told: Clause) -> Found | None:
    """ "I have this opportunity to meet you" is said at the meeting, "had a chance to talk" after it."""
    if told.verb.lemma == "thank":
        return "occurred", [told.verb], "noun:opportunity"
    if told.verb.lemma not in _GIVING:
        return "hypothetical", [told.verb], "noun:opportunity"
    return told_by_form(chain.sentence, told, chain.word, is_digest=False)


def _in_readout(chain: Chain, found: Found, told: Clause) -> Found:
    """In a readout "continued their discussion" tells what the talk was."""
    if chain.is_official and told.past and not told.progressive and found[2] == "verb:continue":
        return "occurred", found[1], "tense:past"
    return found


def _above_clause(chain: Chain, told: Clause, below: Word) -> Found | None:
    """A verb above a clause that has no tense of its own."""
    verb, sentence = told.verb, chain.sentence
    if verb.lemma in words("saying") and below.relation in ("complement", "adverbial", "conjunct"):
        return None if verb.head != verb.index else ("occurred", [chain.word], "tense:none")
    if below.relation == "purpose" and verb.lemma in words("motion"):
        return _motion(chain, told)
    if below.kind != "adjective" and below.relation != "conjunct" and clause(sentence, below).finite:
        return None
    wish = _wished(sentence, told, below)
    if wish is not None:
        return wish
    if below.relation in ("adverbial", "purpose", "relative"):
        told = replace(told, no=None)
    hedged = told.modal is not None and told.modal.text.lower() != "will"
    if below.relation == "adverbial" and below.preposition is None and hedged:  # "opening the meeting, I would say"
        return "occurred", [chain.word], "tense:none"
    return _form(chain, told)


def _wished(sentence: Sentence, told: Clause, below: Word) -> Found | None:
    """ "Would like to meet", "has to meet", "it is important to talk", and "thank you for coming", which is over."""
    verb = told.verb
    if verb.lemma == "thank" and below.preposition == "for":
        return "occurred", [verb], "verb:thank"
    if below.relation != "complement" or below.shape != "base":
        return None
    if verb.lemma == "let" and any(
        w.text.lower() in ("’s", "'s", "us") for w in sentence.words[verb.index : verb.index + 3]
    ):
        return "proposed", [verb], "mood:let us"
    if verb.lemma == "have" and told.finite and not told.past and not told.perfect:
        return "proposed", [verb], "verb:have to"
    if verb.lemma == "like" and told.modal is not None:
        return "proposed", [told.modal, verb], "modal:would like"
    predicates = (w for w in sentence.below(verb.index) if w.relation == "predicate")
    fit = next((w for w in predicates if w.lemma in words("wished")), None)
    return ("proposed", [verb, fit], f"adjective:{fit.lemma}") if fit is not None and told.no is None else None


def _form(chain: Chain, told: Clause) -> Found | None:
    """The status by the verb's form; in an account of the past "would" is the future ("he would return in May")."""
    found = told_by_form(chain.sentence, told, chain.word, is_digest=chain.is_digest)
    if found is None or found[2] != "modal:would" or not chain.is_account or chain.has_condition:
        return found
    if any(w.relation == "agent" and w.text.lower() == "it" for w in chain.sentence.below(told.verb.index)):
        return found  # "it would take hard talks"
    return "planned", found[1], "modal:would in an account"


def _given(chain: Chain, told: Clause) -> Found:
    """A contact that the verb does not carry."""
    found = given(chain.sentence, chain.word, told, is_digest=chain.is_digest, is_official=chain.is_official)
    would = told.modal is not None and told.modal.text.lower() == "would"
    if would and found[0] != "ongoing" and chain.is_official and not chain.has_condition:
        return "planned", found[1], "modal:would in an account"
    return found


def _motion(chain: Chain, told: Clause) -> Found | None:
    """ "Has arrived to hold talks" tells of the way, "travelled to Kyiv to meet" of the journey and its goal."""
    form = _form(chain, told)
    if told.verb.lemma in words("on_the_way") and (form is None or form[0] == "occurred"):
        return "planned", [told.verb], "motion:to"
    return form


def _above_noun(chain: Chain, told: Clause, below: Word, carried: bool) -> Found | None:
    """A verb above the contact noun: it carries it, or tells of something else."""
    verb = told.verb
    if verb.lemma in ("follow", "build") and (below.relation == "patient" or below.preposition in ("on", "upon")):
        return "occurred", [verb], f"verb:{verb.lemma}"
    if carried and is_foreign(verb, below) and below.relation != "oblique" and _passes_on(told):
        return None
    if told.no is not None and told.modal is not None and verb.lemma in _COMING:
        return "refused", [told.modal, told.no, verb], "modal:will not"
    if verb.lemma == "follow" and below.relation == "passive_agent":
        return _form(chain, told)
    if chain.word.preposition == "for" and verb.lemma in words("on_the_way"):  # "lands in the capital for the summit"
        return _motion(chain, told)
    if not carried:
        return _given(chain, told)
    near = by_preposition(chain.sentence, below)
    if near is not None:
        return near
    if below.preposition == "for" and verb.lemma in words("motion"):
        return _motion(chain, told)
    if verb.lemma not in words("bearing") or not joins(verb, below):
        return _given(chain, told)
    form = _form(chain, told)
    return _borne(chain, form, told, below) if form is not None else None


def _passes_on(told: Clause) -> bool:
    """Whether a verb without tense leaves the word to what stands above it ("an interest in promoting talks")."""
    verb = told.verb
    if told.finite or told.perfect or (verb.shape not in ("base", "gerund") and not verb.text.endswith("ing")):
        return False
    if verb.relation == "adverbial":
        return verb.preposition in ("of", "in", "at", "on", "for", "to")
    return verb.relation in ("complement", "purpose", "relative", "conjunct")


def _borne(chain: Chain, form: Found, told: Clause, below: Word) -> Found:
    """Talks that begin go on, what is there goes on, a meeting that will not take place is off."""
    status, span, rule = form
    if rule == "modal:will not" and below.relation in ("agent", "passive_subject"):
        return "cancelled", span, rule
    if status != "occurred":
        return form
    if _begins(chain, told, below, rule):
        return "ongoing", span, f"beginning:{told.verb.lemma}"
    there = below.relation == "oblique" or rule == "tense:digest present"
    if chain.is_lasting and told.verb.lemma == "be" and not told.past and there:
        return "ongoing", span, "tense:state"
    if chain.is_lasting and told.is_perfect_state and below.relation == "oblique":
        return "ongoing", span, "tense:perfect"
    return form


def _begins(chain: Chain, told: Clause, below: Word, rule: str) -> bool:
    """Whether the verb tells a beginning of what still goes on."""
    begun = below.relation in ("agent", "patient", "passive_subject") or below.preposition == "into"
    if told.verb.lemma not in words("beginning") or not begun:
        return False
    if below.relation == "agent" and told.past and chain.word.lemma in words("episodic"):
        return False  # "our conversations began before today"
    today = rule == "tense:digest present" and (below.relation == "agent" or chain.word.lemma in _VISITS)
    return chain.is_lasting or today
