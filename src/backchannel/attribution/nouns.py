"""Nouns and adjectives as cues: a claim, a doubt raised, a state of mind."""

from __future__ import annotations

from backchannel.attribution import contents, lexicon
from backchannel.attribution.sources import phrase, source_head
from backchannel.attribution.told import Draft
from backchannel.attribution.verbs import is_asserted
from backchannel.language.grammar import Sentence, Word

_MATTER = frozenset({"about", "of", "for", "over", "on", "against", "to", "regarding", "concerning", "with"})


def of_noun(sentence: Sentence, noun: Word) -> Draft | None:
    """ "The claim that", "his promise to": the noun hands its clause to its owner."""
    clause = next(
        (
            w
            for w in sentence.below(noun.index)
            if w.relation in ("relative", "complement") and _is_content(sentence, w)
        ),
        None,
    )
    if clause is None:
        return None
    owner = next((w for w in sentence.below(noun.index) if w.relation == "possessor"), None)
    if owner is None:
        owner = next(
            (
                w
                for w in sentence.below(noun.index)
                if w.relation == "oblique" and w.preposition in ("by", "from", "of") and w.index < clause.index
            ),
            None,
        )
    if owner is None and noun.relation == "patient":
        owner = source_head(sentence, sentence.words[noun.head])
    if owner is None:
        return None
    source = phrase(sentence, owner)
    own = {w.index for w in source} | {noun.index}
    told = contents.trim(sentence, {w.index for w in sentence.tree(clause.index)} - own)
    return Draft(sentence=sentence, head=noun, cue=[noun], source=source, content=told)


def of_light_verb(sentence: Sentence, verb: Word) -> Draft | None:
    """ "Raised doubts about", "made the case that": the noun says what is done, the verb by whom."""
    noun = next((w for w in sentence.below(verb.index) if w.relation == "patient" and _is_speech(w)), None)
    head = source_head(sentence, verb) if noun is not None and is_asserted(sentence, verb) else None
    if noun is None or head is None or verb.relation == "relative":
        return None
    source = phrase(sentence, head)
    below = [w for w in sentence.below(noun.index) if w.index > noun.index]
    told: set[int] = set()
    for word in below:
        is_clause = word.relation == "complement" or (word.relation == "relative" and _is_content(sentence, word))
        is_matter = word.relation in ("oblique", "adverbial") and word.preposition in _MATTER
        if not told and (is_clause or is_matter):
            told = {w.index for w in sentence.tree(word.index)}
    cue = list(sentence.words[min(verb.index, noun.index) : max(verb.index, noun.index) + 1])
    told = contents.trim(sentence, told - {w.index for w in (*cue, *source)})
    if not told:
        return None
    return Draft(sentence=sentence, head=verb, cue=cue, source=source, content=told)


def _is_speech(noun: Word) -> bool:
    return lexicon.lemma(noun) in lexicon.nouns() or noun.lemma in lexicon.light_nouns()


def _is_content(sentence: Sentence, clause: Word) -> bool:
    below = list(sentence.below(clause.index))
    return any(w.relation == "marker" and w.text.lower() in ("that", "whether") for w in below) or any(
        w.relation == "auxiliary" and w.text.lower() == "to" for w in below
    )


def of_adjective(sentence: Sentence, word: Word) -> Draft | None:
    """ "Is sure that", "was worried about": a state of mind that its subject has."""
    governor = sentence.words[word.head] if word.relation == "predicate" else word
    source = next((w for w in sentence.below(governor.index) if w.relation in ("agent", "passive_subject")), None)
    if source is None or not is_asserted(sentence, governor) or source.text.lower() in ("it", "there"):
        return None
    named = phrase(sentence, source)
    own = {w.index for w in named} | {word.index, governor.index}
    told: set[int] = set()
    for below in sentence.below(word.index):
        if below.index < word.index:
            continue
        if below.relation == "complement" or (
            below.relation in ("oblique", "adverbial") and below.preposition in ("about", "of", "over", "with", "to")
        ):
            told |= {w.index for w in sentence.tree(below.index)}
    told = contents.trim(sentence, told - own)
    if not told:
        return None
    return Draft(sentence=sentence, head=word, cue=[word], source=named, content=told)
