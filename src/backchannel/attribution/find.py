"""Find who says what in a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from backchannel.attribution.anonymity import is_unnamed, terms_of
from backchannel.attribution.contents import trimmed
from backchannel.attribution.cues import drafts
from backchannel.attribution.dealing import deal_out
from backchannel.attribution.persons import persons
from backchannel.attribution.quotes import hides, quotes
from backchannel.attribution.told import Attribution, Draft, Kind
from backchannel.language.grammar import Sentence, Speaker, Word
from backchannel.records import Span


def find(text: str, sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
    """Give the attributions of a document in order of their cues.

    What is told inside of something told ("officials said that Haas had told them ...") is given too, with the sources
    through whom it came in ``chain``.

    Args:
        text: the document's text, in which all spans lie.
        sentences: its sentences with words, in order; one sentence alone will do.
    """
    kept = told(text, sentences)
    found = []
    for draft, person in zip(kept, persons(text, sentences, kept), strict=True):
        outer = sorted((d for d in kept if _is_inside(draft, d)), key=_reach)
        found.append(_attribution(text, draft, outer, _after(sentences, draft), person))
    return (*found, *_turns(text, sentences))


def _turns(text: str, sentences: Sequence[Sentence]) -> Iterator[Attribution]:
    """Yield the turns of a transcript: what each speaker says until the next one has the floor."""
    for speaker, turn in groupby(sentences, key=_floor):
        if speaker is not None:
            said = list(turn)
            start = max(said[0].start, speaker.end)
            start += len(text[start : said[0].end]) - len(text[start : said[0].end].lstrip(": \t"))
            content = Span(start=start, end=said[-1].end, text=text[start : said[-1].end])
            source = Span(start=speaker.start, end=speaker.end, text=speaker.text)
            yield Attribution(source=source, cue=None, content=(content,), kind="direct")


def _floor(sentence: Sentence) -> Speaker | None:
    return sentence.speaker


def told(text: str, sentences: Sequence[Sentence]) -> list[Draft]:
    """Give what each cue of the sentences tells, quotations dealt out, in order."""
    if not sentences:
        return []
    quoted = quotes(text, *_paragraphs(text, sentences))
    hiding = [quote for quote in quoted if hides(text, quote)]
    found = [draft for sentence in sentences for draft in drafts(sentence, hiding)]
    deal_out(text, quoted, sentences, found)
    return [draft for draft in found if draft.content or draft.quoted]


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The stretch of whole paragraphs in which the sentences stand."""
    start = text.rfind("\n\n", 0, sentences[0].start)
    end = text.find("\n\n", sentences[-1].end)
    return max(start, 0), end if end >= 0 else len(text)


def _is_inside(draft: Draft, other: Draft) -> bool:
    """Whether the cue stands in what the other one tells."""
    return other is not draft and other.sentence is draft.sentence and draft.head.index in other.content


def _reach(draft: Draft) -> int:
    return len(draft.content)


def _after(sentences: Sequence[Sentence], draft: Draft) -> Sentence | None:
    return next((s for s in sentences if s.index == draft.sentence.index + 1), None)


def _attribution(
    text: str, draft: Draft, outer: Sequence[Draft], following: Sentence | None, person: Span | None
) -> Attribution:
    words = draft.sentence.words
    spans = sorted([*_runs(words, draft.content), *draft.quoted])
    source = _span(text, draft.source)
    unnamed = source is not None and is_unnamed(draft.sentence, draft.source)
    terms = terms_of(draft.sentence, following) if unnamed else None
    return Attribution(
        source=source,
        cue=_span(text, draft.cue),
        content=tuple(Span(start=a, end=b, text=text[a:b]) for a, b in _merged(spans)),
        kind=_kind(draft),
        person=person,
        is_anonymous=unnamed,
        terms=terms.terms.text if terms is not None else None,
        reason=terms.reason.text if terms is not None and terms.reason is not None else None,
        chain=tuple(span for d in outer if (span := _span(text, d.source)) is not None),
        is_inside=bool(outer),
    )


def _kind(draft: Draft) -> Kind:
    if not draft.quoted:
        return "indirect"
    outside = [
        draft.sentence.words[i]
        for i in draft.content
        if not any(a <= draft.sentence.words[i].start < b for a, b in draft.quoted)
        and draft.sentence.words[i].kind != "punctuation"
    ]
    return "mixed" if outside else "direct"


def _runs(words: Sequence[Word], indices: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of neighbouring words, commas and dashes at their edges left out."""
    run: list[int] = []
    for index in (*sorted(indices), len(words) + 1):
        if run and index != run[-1] + 1:
            kept = trimmed(words, run)
            if kept:
                yield words[kept[0]].start, words[kept[-1]].end
            run = []
        run.append(index)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _span(text: str, words: Sequence[Word]) -> Span | None:
    if not words:
        return None
    start, end = min(w.start for w in words), max(w.end for w in words)
    return Span(start=start, end=end, text=text[start:end])
