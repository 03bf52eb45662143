"""Find whom the pronoun of a source stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchannel.attribution.sources import phrase
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Span

_PERSONAL = frozenset({"he", "she"})
_RELATIVE = frozenset({"who", "which", "that"})
_NEAR = 3
"""Sentences back in which a person named before may be meant."""


def persons(text: str, sentences: Sequence[Sentence], found: Sequence[Draft]) -> Iterator[Span | None]:
    """Yield for each draft whom its pronoun stands for; ``None`` where the source is no pronoun or nobody was found.

    "He" and "she" are the last source that was named, or else the last person who was the subject of a clause; "who"
    and "which" are what their clause hangs on.
    """
    last: tuple[int, Span] | None = None
    for draft in found:
        lower = draft.source[0].text.lower() if len(draft.source) == 1 else ""
        meant: Span | None = None
        if lower in _PERSONAL:
            near = last is not None and draft.sentence.index - last[0] <= _NEAR
            meant = last[1] if near and last is not None else _subject_before(text, sentences, draft)
        elif lower in _RELATIVE:
            meant = _antecedent(text, draft)
        yield meant
        named = meant if meant is not None else _named(text, draft.source)
        if named is not None:
            last = draft.sentence.index, named


def _named(text: str, source: Sequence[Word]) -> Span | None:
    """The source's phrase if it holds a person's name, as far as capitals and office tell."""
    if not source or (
        source[-1].kind != "name" and not any(w.kind == "name" and w.relation != "modifier" for w in source)
    ):
        return None
    if source[0].kind == "determiner":
        return None
    return _span(text, source)


def _subject_before(text: str, sentences: Sequence[Sentence], draft: Draft) -> Span | None:
    at = draft.source[0].start
    for sentence in reversed(sentences):
        if sentence.start > at or draft.sentence.index - sentence.index > _NEAR:
            continue
        for word in reversed(sentence.words):
            if word.end <= at and word.kind == "name" and word.relation in ("agent", "passive_subject"):
                return _span(text, phrase(sentence, word))
    return None


def _antecedent(text: str, draft: Draft) -> Span | None:
    sentence = draft.sentence
    clause = sentence.words[draft.source[0].head]
    for step in (clause, *sentence.path(clause.index)):
        if step.relation == "relative":
            return _span(text, phrase(sentence, sentence.words[step.head]))
    return None


def _span(text: str, words: Sequence[Word]) -> Span | None:
    if not words:
        return None
    start, end = min(w.start for w in words), max(w.end for w in words)
    return Span(start=start, end=end, text=text[start:end])
