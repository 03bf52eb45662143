"""Check that what a claim quotes stands in its document where it says, and near enough to be about it."""

from __future__ import annotations

from collections.abc import Iterator

from backchannel.importers.markup import BY as MARKUP
from backchannel.records import Claim, Evidence
from backchannel.verify.page import Fault, Page, is_in_text

NEAR = 6
"""Sentences before or after a claim's own in which its evidence may stand."""
LONGEST_TRIGGER = 12
"""Words of a trigger at most."""
_Quote = tuple[str, int | None, int | None, str | None]


def faults(page: Page, claim: Claim) -> Iterator[Fault]:
    """Yield what is wrong with the spans and the evidence of a claim."""
    for field, start, end, text in _quotes(claim):
        yield from _unequal(page, claim, field, page.document.text, (start, end, text))
    yield from _trigger(page, claim)
    yield from _voice(page, claim)
    for field, items in claim.evidence.items():
        if not items:
            yield page.fault(claim, field, "evidence", "an empty list of evidence; leave the field out")
        for item in items:
            yield from _evidence(page, claim, field, item)


def _quotes(claim: Claim) -> Iterator[_Quote]:
    """Yield every span of the text that a claim gives, by field."""
    for field, span in (("sentence", claim.sentence), ("trigger", claim.trigger), ("speaker", claim.voice.speaker)):
        if span is not None:
            yield field, span.start, span.end, span.text
    for party in claim.parties:
        if (party.start, party.end, party.text) != (None, None, None):
            yield "parties", party.start, party.end, party.text
    if claim.where is not None and (claim.where.start, claim.where.end) != (None, None):
        yield "where", claim.where.start, claim.where.end, claim.where.text


def _unequal(
    page: Page, claim: Claim, field: str, whole: str | None, quote: tuple[int | None, int | None, str | None]
) -> Iterator[Fault]:
    start, end, text = quote
    if start is None or end is None or text is None:
        yield page.fault(claim, field, "span", f"start, end and text stand together or not at all: {quote}")
    elif whole is None:
        yield page.fault(claim, field, "quotation", f"quotes {text!r} from what the document does not have")
    elif not 0 <= start < end <= len(whole):
        yield page.fault(claim, field, "span", f"[{start}, {end}) is empty or outside 0 to {len(whole)}")
    elif whole[start:end] != text:
        yield page.fault(claim, field, "quotation", f"quotes {text!r}, but there stands {whole[start:end]!r}")


def _trigger(page: Page, claim: Claim) -> Iterator[Fault]:
    sentence, trigger = claim.sentence, claim.trigger
    if (sentence is None) != (trigger is None) or (sentence is None and claim.row is None):
        yield page.fault(claim, "trigger", "span", "sentence and trigger, or else the row of a table, must be there")
    if sentence is None or trigger is None:
        return
    if not (sentence.start <= trigger.start and trigger.end <= sentence.end):
        yield page.fault(claim, "trigger", "span", f"{trigger.text!r} lies outside its sentence")
    if len(trigger.text.split()) > LONGEST_TRIGGER:
        yield page.fault(claim, "trigger", "length", f"{len(trigger.text.split())} words; at most {LONGEST_TRIGGER}")
    if claim.by == "reader" and sentence.start not in page.starts:
        yield page.fault(claim, "sentence", "sentence", f"no sentence of the document begins at {sentence.start}")


def _voice(page: Page, claim: Claim) -> Iterator[Fault]:
    """Hedges are words of the sentence, terms and reasons also of the one behind it, links of the chain of the text."""
    if claim.sentence is None:
        return
    whole = page.document.text.lower()
    text = claim.sentence.text.lower()
    here = page.sentence(claim.sentence.start)
    behind = whole[claim.sentence.start : (*page.starts, len(whole), len(whole))[here + 2]]
    words = [("terms", claim.voice.terms, behind), ("reason", claim.voice.reason, behind)]
    words += [("hedges", hedge, text) for hedge in claim.voice.hedges]
    words += [("chain", link, whole) for link in claim.voice.chain]
    for field, said, place in words:
        if said is not None and said.lower() not in place:
            yield page.fault(claim, field, "quotation", f"{said!r} does not stand in the sentence")


def _evidence(page: Page, claim: Claim, field: str, item: Evidence) -> Iterator[Fault]:
    if not item.by:
        yield page.fault(claim, field, "by", f"nobody is named who read {item.text!r}")
    before = list(_unequal(page, claim, field, page.place(item), (item.start, item.end, item.text)))
    yield from before
    if before or claim.sentence is None or not is_in_text(item) or item.by.startswith(("speaker:", "head:")):
        return
    if claim.by == MARKUP:  # the head of a record, whose lists may be long, is one with its heading
        return
    apart = abs(page.sentence(item.start) - page.sentence(claim.sentence.start))
    if apart > NEAR and not page.annotates(item.start, claim.sentence.start):
        yield page.fault(claim, field, "near", f"{item.text!r} ({item.by}) stands {apart} sentences away")
