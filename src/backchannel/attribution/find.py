"""Find who says what in a document: cues of each sentence, and the quotations dealt out to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from backchannel.attribution.contents import DASHES
from backchannel.attribution.cues import drafts
from backchannel.attribution.quotes import Quote, quotes
from backchannel.attribution.told import Attribution, Draft, Kind
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Span


def find(text: str, sentences: Sequence[Sentence]) -> tuple[Attribution, ...]:
    """Give the attributions of a document in order of their cues.

    Args:
        text: the document's text, in which all spans lie.
        sentences: its sentences with words, in order; one sentence alone will do.
    """
    kept = told(text, sentences)
    return tuple(_attribution(text, draft) for draft in kept if not _is_inside(draft, kept))


def told(text: str, sentences: Sequence[Sentence]) -> list[Draft]:
    """Give what each cue of the sentences tells, quotations dealt out, also what is told inside of something told."""
    if not sentences:
        return []
    quoted = quotes(text, *_paragraphs(text, sentences))
    found = [draft for sentence in sentences for draft in drafts(sentence, quoted)]
    _deal_out(text, quoted, sentences, found)
    return [draft for draft in found if draft.content or draft.quoted]


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The stretch of whole paragraphs in which the sentences stand."""
    start = text.rfind("\n\n", 0, sentences[0].start)
    end = text.find("\n\n", sentences[-1].end)
    return max(start, 0), end if end >= 0 else len(text)


def _is_inside(draft: Draft, kept: Sequence[Draft]) -> bool:
    """Whether the cue stands in what another cue of the sentence tells."""
    return any(
        other is not draft and other.sentence is draft.sentence and draft.head.index in other.content for other in kept
    )


def _deal_out(text: str, quoted: Sequence[Quote], sentences: Sequence[Sentence], found: Sequence[Draft]) -> None:
    """Give each quotation to the cue that introduces it."""
    last: Draft | None = None
    last_end = 0
    for quote in quoted:
        owner = _owner(quote, sentences, found)
        if owner is None and last is not None and _goes_on(text, quote, sentences, last_end, last):
            owner = last
        if owner is not None:
            if not owner.quoted and _introduces(text, owner, quote):
                owner.content = set()
            owner.quoted.append(quote)
            last, last_end = owner, quote[1]
        else:
            last = None


def _owner(quote: Quote, sentences: Sequence[Sentence], found: Sequence[Draft]) -> Draft | None:
    start, end = quote
    touched = {s.index for s in sentences if s.start < end and s.end > start}
    able = [d for d in found if d.can_quote and d.sentence.index in touched and _may_take(d, quote)]
    holding = [d for d in able if any(start <= d.sentence.words[i].start < end for i in d.content)]
    free = [d for d in able if not d.content and _beside(d, quote)]
    for choice in (holding, free):
        if choice:
            return min(choice, key=lambda d: _distance(d, quote))
    after = [
        d
        for d in found
        if d.can_quote and not d.content and 0 <= d.cue_start - end < 150 and d.sentence.index - 1 in touched
    ]
    return after[0] if after else None


def _may_take(draft: Draft, quote: Quote) -> bool:
    """Whether the quotation stands where this cue could take it: before a signing dash, and not inside the source's name."""
    if draft.head.text in DASHES:
        return quote[1] <= draft.head.start
    return not any(quote[0] <= word.start and word.end <= quote[1] for word in draft.source)


def _beside(draft: Draft, quote: Quote) -> bool:
    """Whether no other phrase than the hearer's stands between cue and quotation, as far as length and marks tell."""
    words = draft.sentence.words
    gap = [w for w in words if min(draft.head.end, quote[1]) <= w.start < max(draft.head.start, quote[0])]
    source = {w.index for w in draft.source}
    rest = [w for w in gap if w.index not in source and w.index != draft.head.index]
    return len(rest) < 4 or any(w.text in (":", ",") for w in rest)


def _introduces(text: str, draft: Draft, quote: Quote) -> bool:
    """Whether the cue stands before the quotation with only a comma or colon between (and an unquoted prefix before it)."""
    return draft.is_inverted and re.fullmatch(r"\s*[,:]\s*", text[max(w.end for w in draft.cue) : quote[0]]) is not None


def _distance(draft: Draft, quote: Quote) -> int:
    at = draft.head.start
    return min(abs(at - quote[0]), abs(at - quote[1]))


def _goes_on(text: str, quote: Quote, sentences: Sequence[Sentence], last_end: int, last: Draft) -> bool:
    """Whether a quotation without a cue continues the one before it: it opens its sentence, and only quotation lies between."""
    between = text[last_end : quote[0]]
    opens = any(s.start <= quote[0] <= s.start + 1 for s in sentences)
    return opens and "\n\n" not in between


def _attribution(text: str, draft: Draft) -> Attribution:
    words = draft.sentence.words
    spans = sorted([*_runs(words, draft.content), *draft.quoted])
    content = tuple(Span(start=a, end=b, text=text[a:b]) for a, b in _merged(text, spans))
    return Attribution(source=_span(text, draft.source), cue=_span(text, draft.cue), content=content, kind=_kind(draft))


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
    run: list[int] = []
    for index in sorted(indices):
        if run and index != run[-1] + 1:
            yield words[run[0]].start, words[run[-1]].end
            run = []
        run.append(index)
    if run:
        yield words[run[0]].start, words[run[-1]].end


def _merged(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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
