"""What a learner sees of a marked sentence: its words with the sides masked, its grammar between them, what the coder says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backchannel import pipeline
from backchannel.acts.between import Tie, path, ties, top
from backchannel.evaluate.plv import Coded, Marked, code, words_in
from backchannel.language import Sentence

SOURCE, TARGET = "SOURCEX", "TARGETX"
_HANGING = frozenset(
    [
        "patient",
        "complement",
        "oblique",
        "auxiliary",
        "negation",
        "particle",
        "marker",
        "predicate",
        "purpose",
        "passive_subject",
    ]
)
_TIES = 4
_HIGH, _LOW = 6.0, 3.0
"""Scores of a tie between a word that both phrases hang on, and one that hardly any does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The views of one line; ``features`` are weights by name."""

    masked: str
    lemmas: str
    features: dict[str, float]


def view(one: Marked, sentences: Sequence[Sentence], kit: pipeline.Kit) -> Seen:
    """Give the views of one line; neither says who the source and the target are."""
    features = dict(_of_coder(code(one, sentences, kit)))
    for sentence in sentences:
        source, target = words_in(sentence, one.source), words_in(sentence, one.target)
        if source or target:
            features |= _of_ties(sorted(ties(sentence, source, target), key=_score, reverse=True)[:_TIES])
            features |= dict.fromkeys(_of_grammar(sentence, source, target), 1.0)
    if not one.target:
        features["no target"] = 1.0
    return Seen(masked=masked(one), lemmas=" ".join(_lemmas(one, sentences)), features=features)


def masked(one: Marked) -> str:
    """Give the text with a stand-in for each side.

    >>> from backchannel.evaluate.plv import marked
    >>> masked(marked("1", "<s>Chad</s> thanked <t>Malta</t>.", "SUPPORT"))
    'SOURCEX thanked TARGETX .'
    """
    text = one.text
    spans = [(*span, SOURCE) for span in one.source] + [(*span, TARGET) for span in one.target]
    for start, end, name in sorted(spans, reverse=True):
        text = f"{text[:start]} {name} {text[end:]}"
    return " ".join(text.split())


def _lemmas(one: Marked, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Yield the lemmas of a line, each side once, without punctuation."""
    for sentence in sentences:
        source, target = words_in(sentence, one.source), words_in(sentence, one.target)
        before = ""
        for word in sentence.words:
            name = SOURCE if word.index in source else TARGET if word.index in target else ""
            if word.kind != "punctuation" and not (name and name == before):
                yield name or word.lemma.lower()
            before = name


def _of_coder(coded: Coded) -> Iterator[tuple[str, float]]:
    yield f"coder={coded.event}", 2.0
    if coded.tie is None:
        return
    tie, status = coded.tie, coded.status
    yield f"entry={tie.entry.id if tie.entry is not None else 'contact'}", 1.0
    yield f"word={tie.word.lemma}", 1.0
    yield f"status={status}", 1.0
    yield f"word={tie.word.lemma} {status}", 1.0
    yield f"type={tie.event}", 1.0
    yield f"type={tie.event} {status}", 1.0
    yield "high", float(tie.score > _HIGH)
    yield "low", float(tie.score < _LOW)


def _score(tie: Tie) -> float:
    return tie.score


def _of_ties(found: Sequence[Tie]) -> dict[str, float]:
    features: dict[str, float] = {}
    for place, tie in enumerate(found):
        features.setdefault(f"tie={tie.event}", 1 / (place + 1))
        features[f"tie word={tie.word.lemma}"] = 1.0
        features[f"tie {place}={tie.event}"] = 1.0
    return features


def _of_grammar(sentence: Sentence, source: frozenset[int], target: frozenset[int]) -> Iterator[str]:
    """Yield what stands on the way from one phrase to the other, what hangs there, and what each phrase hangs on."""
    way = path(sentence, source, target)
    for index in way - source - target:
        word = sentence.words[index]
        yield f"way={word.lemma}"
        yield f"way preposition={word.preposition}"
        for below in sentence.below(index):
            place = f"{below.relation}:{below.preposition}"
            if below.index in source:
                yield f"source of {word.lemma}={place}"
            elif below.index in target:
                yield f"target of {word.lemma}={place}"
                yield f"target by={place}"
            elif below.index not in way and below.relation in _HANGING:
                yield f"{below.relation}={below.lemma}"
                yield f"{word.lemma}>{below.lemma}"
    for name, side in (("source", source), ("target", target)):
        if side:
            word = sentence.words[top(sentence, side)]
            yield f"{name} under={sentence.words[word.head].lemma}"
            yield f"{name} is={word.relation}:{word.preposition}"
            yield f"{name} lemma={word.lemma}"
