"""Find the cues of one sentence with their source and what they tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchannel.attribution import contents, lexicon, marks, nouns, verbs
from backchannel.attribution.quotes import Quote
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence, Word


def drafts(sentence: Sentence, quoted: Sequence[Quote]) -> Iterator[Draft]:
    """Yield what each cue of the sentence tells, cues inside quotations left out."""
    for word in sentence.words:
        if any(start < word.start < end for start, end in quoted):
            continue
        draft = _of_word(sentence, word, quoted)
        if draft is not None:
            yield draft


def _of_word(sentence: Sentence, word: Word, quoted: Sequence[Quote]) -> Draft | None:
    lower = word.text.lower()
    if lower == "according":
        return marks.of_according(sentence, word)
    if word.kind == "verb":
        draft = nouns.of_light_verb(sentence, word) if word.lemma in lexicon.light_verbs() else None
        if draft is None and lexicon.is_cue(word):
            draft = verbs.of_verb(sentence, word, quoted)
        if draft is not None:
            return draft
    if word.kind == "noun" and lexicon.lemma(word) in lexicon.nouns():
        return nouns.of_noun(sentence, word)
    if word.kind in ("adjective", "verb") and lower in lexicon.adjectives():
        return nouns.of_adjective(sentence, word)
    if word.kind == "adverb" and lower in lexicon.hearsay():
        return marks.of_adverb(sentence, word)
    if word.text == ":":
        return marks.of_label(sentence, word)
    return marks.of_signature(sentence, word) if word.text in contents.DASHES else None
