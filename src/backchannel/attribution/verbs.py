"""The verb as a cue: who speaks in it and what it tells."""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.attribution import contents, lexicon
from backchannel.attribution.quotes import Quote
from backchannel.attribution.sources import phrase, source_head
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence, Word

_HELPERS = ("auxiliary", "negation", "particle", "adverb")
_TELLING = frozenset({"clause", "direct"})
_BEGINNING = frozenset({"go", "continue", "begin", "start", "proceed", "come", "appear", "seem"})


def of_verb(sentence: Sentence, verb: Word, quoted: Sequence[Quote]) -> Draft | None:
    """Give what ``verb`` tells, or ``None`` where nobody speaks in it or it tells nothing."""
    kinds = lexicon.frames().get(lexicon.lemma(verb), frozenset())
    head = source_head(sentence, _speaking(sentence, verb)) if is_asserted(sentence, verb) else None
    if head is None:
        return None
    cue = cue_words(sentence, verb)
    if any(start < head.start < end for start, end in quoted):
        source = _beside(sentence, cue, quoted)
        if not source:
            return None
    else:
        source = phrase(sentence, head)
    taken = {word.index for word in (*source, *cue)}
    told = contents.of_verb(sentence, verb, kinds, taken)
    is_telling = bool(kinds & _TELLING)
    if not is_telling and verb.relation == "relative":  # "those who back the plan": a trait, nothing told
        return None
    is_inverted = False
    if is_telling:
        is_own = head.head == verb.index
        near = {w.index for w in (*cue, *(source if is_own else ()))}
        told, is_inverted = _with_surroundings(sentence, verb, told, near, is_own=is_own)
    told = contents.trim(sentence, told - taken)
    if not told and "direct" not in kinds:
        return None
    return Draft(
        sentence=sentence,
        head=verb,
        cue=cue,
        source=source,
        content=told,
        can_quote=is_telling,
        is_inverted=is_inverted,
    )


def is_asserted(sentence: Sentence, verb: Word) -> bool:
    """Whether it is told that somebody did say it: "to say" and "could say" tell of no words spoken."""
    helpers = [word for word in sentence.below(verb.index) if word.relation == "auxiliary"]
    if any(word.shape == "modal" for word in helpers):
        return False
    return not any(word.text.lower() == "to" for word in helpers) or (
        verb.relation == "complement" and sentence.words[verb.head].lemma in _BEGINNING
    )


def _beside(sentence: Sentence, cue: Sequence[Word], quoted: Sequence[Quote]) -> list[Word]:
    """The phrase between a quotation and its cue, or behind the cue, where the parser takes a word quoted for the speaker."""
    before, after = list(sentence.words[: cue[0].index]), list(sentence.words[cue[-1].index + 1 :])
    for words in (list(reversed(before)), after):
        run: list[Word] = []
        for word in words:
            if any(start <= word.start < end for start, end in quoted) or word.text in (".", ";", ":"):
                break
            run.append(word)
        found = sorted((w for w in run if w.kind != "punctuation"), key=_place)
        if found and any(w.kind in ("name", "noun", "pronoun") for w in found):
            return found
    return []


def _place(word: Word) -> int:
    return word.index


def _speaking(sentence: Sentence, verb: Word) -> Word:
    """The verb whose subject speaks in ``verb``: of "Haas said it was over, citing ..." that of "said"."""
    told = sentence.words[verb.head]
    saying = sentence.words[told.head]
    if contents.is_trailing_cue(sentence, verb) and told.relation == "complement" and saying.kind == "verb":
        return saying if lexicon.frames().get(lexicon.lemma(saying), frozenset()) & _TELLING else verb
    return verb


def _with_surroundings(
    sentence: Sentence, verb: Word, told: set[int], near: set[int], *, is_own: bool
) -> tuple[set[int], bool]:
    """What is told with what the parse hangs elsewhere: the clause around "as Haas said", what stands behind the cue or,
    where the cue is set behind or between, before it; and whether it is set so."""
    if any(w.relation == "marker" and w.text.lower() == "as" for w in sentence.below(verb.index)):
        return contents.host(sentence, verb), True
    if told and max(told) < min(near) and not contents.is_parted(sentence, min(near)):
        told = set()
    if not told:
        told = contents.rest(sentence, verb, near)
    if (told and max(told) > min(near)) or not is_own or contents.leads_on(sentence, verb):
        return told, False
    wide = contents.around(sentence, verb, near)
    return told | wide, bool(wide)


def cue_words(sentence: Sentence, verb: Word) -> list[Word]:
    """Give the verb with its helpers in one run ("has not yet said", "pointed out")."""
    helpers = {word.index for word in sentence.below(verb.index) if word.relation in _HELPERS}
    first = last = verb.index
    while first - 1 in helpers:
        first -= 1
    while last + 1 in helpers and sentence.words[last + 1].relation == "particle":
        last += 1
    return list(sentence.words[first : last + 1])
