"""Find the cues of one sentence with their source and what they tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchannel.attribution import contents, lexicon
from backchannel.attribution.quotes import Quote
from backchannel.attribution.sources import is_empty, phrase, source_head
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence, Word

_HELPERS = ("auxiliary", "negation", "particle", "adverb")
_MIND = frozenset({"believe", "expect", "think", "say", "know", "rumor", "estimate", "suppose", "report", "assume"})


def drafts(sentence: Sentence, quoted: Sequence[Quote]) -> Iterator[Draft]:
    """Yield what each cue of the sentence tells, cues inside quotations left out."""
    for word in sentence.words:
        if any(start < word.start < end for start, end in quoted):
            continue
        draft = None
        if word.kind == "verb" and word.lemma in (lexicon.frames().keys() | lexicon.prepositions().keys()):
            draft = _verb(sentence, word)
        elif word.text.lower() == "according":
            draft = _according(sentence, word)
        elif word.kind == "noun" and word.lemma in lexicon.nouns():
            draft = _noun(sentence, word)
        if draft is not None:
            yield draft


def _verb(sentence: Sentence, verb: Word) -> Draft | None:
    kinds = lexicon.frames().get(verb.lemma, frozenset())
    head = source_head(sentence, verb)
    source = phrase(sentence, head) if head is not None else []
    if head is not None and is_empty(head) and head.relation == "agent" and head.head == verb.index:
        source = []
    cue = cue_words(sentence, verb)
    taken = {word.index for word in (*source, *cue)}
    told = contents.of_verb(sentence, verb, kinds, taken)
    inverted = False
    if "direct" in kinds or "clause" in kinds:
        near = {w.index for w in cue} | {
            w.index for w in source if abs(w.index - verb.index) < 40 and head is not None and head.head == verb.index
        }
        if not told or max(told) < min(near):
            wide = contents.around(sentence, verb, near) if head is not None and head.head == verb.index else set()
            if (
                not wide
                and not told
                and any(w.relation == "marker" and w.text.lower() == "as" for w in sentence.below(verb.index))
            ):
                wide = contents.host(sentence, verb)
            inverted = bool(wide)
            told |= wide - taken
    told = contents.trimmed(sentence, told)
    if not told and "direct" not in kinds:
        return None
    return Draft(
        sentence=sentence,
        head=verb,
        cue=cue,
        source=source,
        content=told,
        can_quote="direct" in kinds or "clause" in kinds,
        is_inverted=inverted,
    )


def cue_words(sentence: Sentence, verb: Word) -> list[Word]:
    """Give the verb with its helpers in one run ("has not yet said", "pointed out")."""
    helpers = {word.index for word in sentence.below(verb.index) if word.relation in _HELPERS}
    first = last = verb.index
    while first - 1 in helpers:
        first -= 1
    while last + 1 in helpers and sentence.words[last + 1].relation == "particle":
        last += 1
    return list(sentence.words[first : last + 1])


def _according(sentence: Sentence, word: Word) -> Draft | None:
    for below in sentence.words[word.index + 1 :]:
        if below.relation == "oblique" and below.preposition == "to":
            source = phrase(sentence, below)
            own = {w.index for w in source} | {word.index, word.index + 1}
            governor = sentence.words[word.head]
            while governor.kind not in ("verb", "auxiliary") and governor.head != governor.index:
                governor = sentence.words[governor.head]
            tree = {w.index for w in sentence.tree(governor.index)}
            told = contents.trimmed(sentence, tree - own - {w.index for w in sentence.tree(below.index)})
            cue = [word, sentence.words[word.index + 1]]
            return Draft(
                sentence=sentence, head=word, cue=cue, source=source, content=told, can_quote=True, is_inverted=True
            )
    return None


def _noun(sentence: Sentence, noun: Word) -> Draft | None:
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
    source = phrase(sentence, owner) if owner is not None else []
    own = {w.index for w in source} | {noun.index}
    told = contents.trimmed(sentence, {w.index for w in sentence.tree(clause.index)} - own)
    return Draft(sentence=sentence, head=noun, cue=[noun], source=source, content=told)


def _is_content(sentence: Sentence, clause: Word) -> bool:
    below = list(sentence.below(clause.index))
    return any(w.relation == "marker" and w.text.lower() in ("that", "whether") for w in below) or any(
        w.relation == "auxiliary" and w.text.lower() == "to" for w in below
    )
