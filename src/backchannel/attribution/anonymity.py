"""On what terms a source stays unnamed, and the reason it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from backchannel.attribution.classes import nouns, phrases, words
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Span

_REASON = re.compile(
    r"[\s,]*(?:(?:in order )?(?=to (?:discuss|speak|talk|describe|share)\b)|(?=(?:because|as|since|citing|given|due to|for fear|out of fear|fearing|owing to)\b))"
    r"(?P<reason>[^.;\"“”()]*)",
    re.I,
)
_BREAK = re.compile(
    r",\s+(?:said|told|added|confirmed|who|and (?:said|told|added))\b|,?\s+[—–-]{1,2}\s|,\s+(?:the|an?)\s+\w+\s+said\b"
)
_BACK = re.compile(
    r"\s*(?:(?:The|Both|All|Those) (?:\w+ )?(?:officials?|diplomats?|sources?|people|persons?|aides?|advis[eo]rs?|envoys?|negotiators?)|They|He|She|All|Both)\b"
)
_CUT = re.compile(r"\s+(?:said|told|confirmed)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The words that grant anonymity and, if told, the words that say why."""

    terms: Span
    reason: Span | None


@cache
def _formulas() -> re.Pattern[str]:
    found = sorted(words()["terms"]["words"], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})(?!\w)", re.I)


def is_unnamed(sentence: Sentence, source: Sequence[Word]) -> bool:
    """Whether the words of a source name nobody: officials, diplomats, people close to something, sources."""
    phrase = " ".join(word.text for word in source)
    kinds = ("unnamed_official", "unnamed_insider")
    if any(value in kinds and pattern.search(phrase) for pattern, value in phrases()):
        return True
    head = sentence.word_at(source[0].start, source[-1].end)
    if head is None or head.kind != "noun" or nouns().get(head.lemma) not in kinds:
        return False
    return not any(w.kind == "name" and w.index > head.index for w in source)


def terms_of(sentence: Sentence, following: Sentence | None = None) -> Terms | None:
    """Give the terms on which the sentence's source stays unnamed, or ``None``.

    The sentence behind counts where it points back to the source ("The officials spoke on condition of anonymity").
    """
    here = _terms(sentence)
    if here is not None or following is None or following.paragraph != sentence.paragraph:
        return here
    return _terms(following) if _BACK.match(following.plain) else None


def _terms(sentence: Sentence) -> Terms | None:
    found = list(_formulas().finditer(sentence.text))
    if not found:
        return None
    first = found[0]
    match = _REASON.match(sentence.text, first.end())
    reason = None
    if match is not None:
        text = match["reason"]
        stop = _BREAK.search(text)
        text = _CUT.sub("", text[: stop.start()] if stop is not None else text).rstrip(" ,")
        start = sentence.start + match.start("reason")
        reason = Span(start=start, end=start + len(text), text=text) if text else None
    start, end = sentence.start + first.start(), sentence.start + first.end()
    return Terms(terms=Span(start=start, end=end, text=first.group()), reason=reason)
