"""Give what stands around a claim's sentence, so that a person can judge it without opening the document."""

from __future__ import annotations

from typing import Final

from backchannel.records import Claim, Document

REACH: Final = 280
"""Characters before and after the sentence, cut at a word."""


def surroundings(claim: Claim, document: Document | None, *, reach: int = REACH) -> tuple[str, str]:
    """Give the text before and after the sentence, in one line each; ``…`` stands where more follows or precedes."""
    if claim.sentence is None or document is None:
        return "", ""
    start, end = claim.sentence.start, claim.sentence.end
    before, after = document.text[max(0, start - reach) : start], document.text[end : end + reach]
    if start > reach:
        before = "… " + before.partition(" ")[2].lstrip()
    if end + reach < len(document.text):
        after = after.rpartition(" ")[0].rstrip() + " …"
    return " ".join(before.split()), " ".join(after.split())
