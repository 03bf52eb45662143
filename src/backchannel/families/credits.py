"""Say which agency or outlet a text is taken from, by its byline, dateline, last line or rights."""

from __future__ import annotations

from backchannel.families.outlets import outlet_key
from backchannel.families.wording import find


def credit(text: str) -> str | None:
    """Give the outlet that a text credits, as ``outlet_key`` writes it.

    >>> credit("PORT ELM (Harbour Wire) - The envoys met."), credit("The envoys met on Monday (at noon).")
    ('harbour wire', None)
    """
    return sift(text)[0]


def is_feed(text: str) -> bool:
    """True when a text says that an agency's feed gave it, whether it names the agency or not."""
    return next(find("feeds", text), None) is not None


def bare(text: str) -> str:
    """Give a text without its credits and what agencies and pages put around it, to compare it."""
    return sift(text)[1]


def sift(text: str) -> tuple[str | None, str]:
    """Give the outlet that a text credits, and the text without credits and trimmings."""
    body = text.strip()
    credits = list(find("credits", body))
    named = next((outlet_key(one.outlet) for one in credits if one.outlet is not None), None)
    kept, at = [], 0
    cut = sorted((one.start, one.end) for one in (*credits, *find("feeds", body), *find("trimmings", body)))
    for start, end in cut:
        kept.append(body[at:start])
        at = max(at, end)
    return named, " ".join([*kept, body[at:]])
