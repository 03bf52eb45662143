"""Read the status of a contact from tense, modality, negation and the words that carry it."""

from __future__ import annotations

import re

from backchannel.aspects.above import KEPT, above, own
from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.aspects.beside import by_adjective, by_preposition, by_relative
from backchannel.aspects.carriers import by_adjective_above, by_noun
from backchannel.aspects.chain import Chain, is_foreign
from backchannel.aspects.clauses import clause, negated_noun
from backchannel.aspects.cues import Found, words
from backchannel.aspects.denial import denied
from backchannel.aspects.due import due
from backchannel.aspects.given import given
from backchannel.aspects.questions import asks_for, is_question
from backchannel.language.grammar import Word
from backchannel.records import Status

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


_NOW = ("tense:present", "tense:none", "tense:state", "process:")
"""Rules that a title which announces what is coming overrules."""
_PREVIEW = re.compile(r"\b(?:preview\w*|upcoming|ahead of|advance of|travel to|trip to)\b", re.I)
_ASKED = ("tense", "modal", "process", "negation", "future", "beginning")
"""Families of rules that a question takes back: what is presupposed by a noun or a preposition stands."""
_ANSWERS = frozenset({"occurred", "ongoing", "planned", "denied"})


@aspect("status")
def read(context: Context) -> Aspect:
    """Give the status; the nearest decisive word above the trigger wins, a denial above all."""
    sentence, word = context.sentence, context.contact.word
    value, evidence, rule = _told(Chain(sentence, word, kind=context.roster.profile.kind))
    if value in ("occurred", "ongoing") and rule.startswith(_WEAK):
        value, rule = _by_time(context, value, rule)
    if word.lemma in ("invite", "invitation") and value in ("occurred", "ongoing", "hypothetical"):
        value, rule = "proposed", "trigger:invite"
    doubted = rule == "negation:no" and is_question(sentence)  # "So there are no plans to meet?"
    if doubted or (rule.partition(":")[0] in _ASKED and value in _ANSWERS and asks_for(sentence, word)):
        value, rule = "hypothetical", "question"
    return Aspect(value=value, evidence=(words_as_evidence(sentence, tuple(evidence) or (word,), f"status.{rule}"),))


def _by_time(context: Context, value: Status, rule: str) -> tuple[Status, str]:
    """What the words leave open a day ahead decides, or a title that announces what is coming."""
    day = due(context.sentence, context.contact.word, context.on)
    if day == "ahead":
        return "planned", "date:ahead"
    if day is None and rule.startswith(_NOW) and _PREVIEW.search(context.document.title or ""):
        return "planned", "title:preview"
    return value, rule


def _told(chain: Chain) -> Found:
    """Give the status, its words and the rule's name."""
    denial = denied(chain)
    if denial is not None:
        return denial
    found = _upwards(chain)
    relative = by_relative(chain.sentence, chain.word, is_digest=chain.is_digest) if chain.is_noun else None
    adjective = by_adjective(chain.sentence, chain.word) if chain.is_noun else None
    if found is not None and (found[0] in _DECISIVE or found[2] == "preposition:before"):
        outweighed = adjective is not None and found[0] not in _DECISIVE and _adjective_wins(chain, adjective, found)
        return adjective if adjective is not None and outweighed else found
    if relative is not None and relative[0] != "occurred":
        return relative
    if adjective is not None and _adjective_wins(chain, adjective, found):
        return adjective
    return relative or found or _by_itself(chain)


def _adjective_wins(chain: Chain, adjective: Found, found: Found | None) -> bool:
    """ "A planned visit" is planned unless it took place; "regular talks" go on only where no verb says otherwise."""
    if found is None:
        return True
    if adjective[0] in ("ongoing", "occurred"):
        if adjective[0] == "occurred":
            return adjective[1][0].text.lower() in words("behind") and found[2].startswith("process:")
        over = found[2] == "tense:past" and adjective[1][0].text.lower() not in words("under way")
        weak = found[2].partition(":")[0] in ("tense", "process") and not over
        return chain.word.lemma in words("lasting") and weak
    return not (adjective[0] == "planned" and found[2] == "tense:past")


def _by_itself(chain: Chain) -> Found:
    """A word that nothing carries: what lasts goes on, an occasion took place."""
    no = negated_noun(chain.sentence, chain.word)
    if no is not None:
        return "denied", [no], "negation:no"
    if not chain.is_noun or chain.word.kind == "name":
        return "occurred", [chain.word], "tense:none"
    return given(chain.sentence, chain.word, None, is_digest=chain.is_digest, is_official=chain.is_official)


def _upwards(chain: Chain) -> Found | None:
    """Give what the first word with a say gives, from the contact word up to the root."""
    carried, loose, kept = True, False, None
    for at, step in enumerate(chain.steps):
        below = chain.steps[at - 1] if at else None
        found = _at(chain, step, below, carried=carried, loose=loose)
        if below is not None and chain.is_verb(step, below):
            loose = loose or (found is None and is_foreign(step, below))
        elif below is not None:
            carried = carried and chain.is_stage(step, below)
        if found is not None and found[2] == KEPT:
            kept, found = found, None
        if found is None and at and carried and step.kind in ("verb", "noun", "name"):
            found = by_preposition(chain.sentence, step)
        if found is not None:
            return found if kept is None else _over_bare(kept, found)
    if _is_imperative(chain, chain.steps[-1]):
        return "proposed", [chain.steps[-1]], "mood:imperative"
    return ("ongoing", kept[1], "verb:continue") if kept is not None else None


def _over_bare(kept: Found, found: Found) -> Found:
    """A bare "continue" goes on unless a wish, a plan or a hedge stands above it; "will continue" goes on too."""
    will = found[2] in ("modal:will", "modal:going", "future:going to")
    if found[0] == "occurred" or will:
        return "ongoing", kept[1], "modal:will continue" if will else "verb:continue"
    return found


def _at(chain: Chain, step: Word, below: Word | None, *, carried: bool, loose: bool) -> Found | None:
    """Give what one step says of the contact."""
    if below is None:
        return own(chain) if chain.is_verb(step, None) else by_preposition(chain.sentence, step)
    if chain.is_verb(step, below):
        return above(chain, step, below, carried=carried, loose=loose)
    if chain.opens(step):
        return None
    if step.kind == "adjective":
        return by_adjective_above(chain.sentence, step, below) or _pleased(chain, step, below)
    return by_noun(chain.sentence, step, below, chain.word)


def _pleased(chain: Chain, step: Word, below: Word) -> Found | None:
    """ "I am glad to meet you": said while they sit together."""
    is_now = chain.sentence.words[step.head].shape == "present"
    if step.lemma in words("pleased") and below.kind == "verb" and is_now:
        return "ongoing", [step], "adjective:pleased"
    return None


def _is_imperative(chain: Chain, verb: Word) -> bool:
    """ "Maintain discreet contact with the rebels": what a paper bids."""
    if verb.kind != "verb" or verb.shape != "base" or clause(chain.sentence, verb).helpers:
        return False
    return all(w.kind in ("punctuation", "adverb") for w in chain.sentence.words[: verb.index])
