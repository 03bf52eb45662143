"""Deal the quotations of a text out to the cues that introduce them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backchannel.attribution.contents import DASHES
from backchannel.attribution.quotes import Quote
from backchannel.attribution.told import Draft
from backchannel.language.grammar import Sentence

_LED = re.compile(r"\s*[:,]\s*(?:(?:and|or|but)\s+)?(?:(?:of|to|for|that|as)\s+)?")
"""What may stand between a clause told and a quotation that goes on with it."""


def deal_out(text: str, quoted: Sequence[Quote], sentences: Sequence[Sentence], found: Sequence[Draft]) -> None:
    """Give each quotation to the cue that introduces it."""
    last: Draft | None = None
    last_end = 0
    for quote in quoted:
        owner = _owner(text, quote, sentences, found) or _holder(quote, found)
        if owner is None and last is not None and _goes_on(text, quote, sentences, last_end, last):
            owner = last
        if owner is not None:
            if not owner.quoted and _introduces(text, owner, quote):
                owner.content = set()
            owner.quoted.append(quote)
            last, last_end = owner, quote[1]
        else:
            last = None


def _owner(text: str, quote: Quote, sentences: Sequence[Sentence], found: Sequence[Draft]) -> Draft | None:
    start, end = quote
    touched = {s.index for s in sentences if s.start < end and s.end > start}
    able = [d for d in found if d.can_quote and d.sentence.index in touched and _may_take(d, quote)]
    holding = [d for d in able if any(start <= d.sentence.words[i].start < end for i in d.content)]
    free = [d for d in able if not d.content and _beside(d, quote)]
    led = [d for d in able if d.content and _LED.fullmatch(text[d.sentence.words[max(d.content)].end : start])]
    for choice in (holding, free, led):
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


def _holder(quote: Quote, found: Sequence[Draft]) -> Draft | None:
    """The cue that governs the quotation by the parse, though it introduces none ("called him "a fox"")."""
    holding = [d for d in found if any(quote[0] <= d.sentence.words[i].start < quote[1] for i in d.content)]
    return min(holding, key=lambda d: _distance(d, quote)) if holding else None


def _introduces(text: str, draft: Draft, quote: Quote) -> bool:
    """Whether the cue stands before the quotation with only a comma or colon between (and an unquoted prefix before it)."""
    return draft.is_inverted and re.fullmatch(r"\s*[,:]\s*", text[max(w.end for w in draft.cue) : quote[0]]) is not None


def _distance(draft: Draft, quote: Quote) -> int:
    at = draft.head.start
    return min(abs(at - quote[0]), abs(at - quote[1]))


def _goes_on(text: str, quote: Quote, sentences: Sequence[Sentence], last_end: int, last: Draft) -> bool:
    """Whether a quotation without a cue continues the one before it: it opens its sentence, and only quotation lies between."""
    between = text[last_end : quote[0]]
    if not between.strip() and text[last_end - 1] not in "”\"»'’":  # left open at the end of its paragraph
        return True
    opens = any(s.start <= quote[0] <= s.start + 1 for s in sentences)
    return opens and "\n\n" not in between
