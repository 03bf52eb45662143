"""Say whose report a text or sentence retells."""

from __future__ import annotations

from backchannel.families.outlets import outlet_key
from backchannel.families.wording import LEAD, Found, find


def repeated(text: str) -> str | None:
    """Give the outlet whose report a text, or a single sentence, retells: the first to report it, or quoted in its lead.

    Of a chain ("the Elm Gazette reported, citing the Oak Post") the last is the origin.

    >>> repeated("The envoys met in secret, the talks first reported by the Elm Gazette."), repeated("They met.")
    ('elm gazette', None)
    """
    quoted = sorted(find("retellings", text), key=_place)
    first = next((one for one in quoted if one.phrase.id == "first"), None)
    found = first or _last_cited(text, quoted)
    return None if found is None or found.outlet is None else outlet_key(found.outlet)


def _last_cited(text: str, quoted: list[Found]) -> Found | None:
    """The end of the chain that the first quoted outlet begins, in one sentence."""
    cited = sorted(find("citing", text), key=_place)
    begun = min([*quoted, *(one for one in cited if one.start < LEAD)], key=_place, default=None)
    if begun is None:
        return None
    start = max(text.rfind(mark, 0, begun.start) for mark in (". ", "\n"))
    end = _sentence_end(text, begun.end)
    return next((one for one in reversed(cited) if start < one.start <= end), begun)


def _sentence_end(text: str, at: int) -> int:
    ends = [place for mark in (". ", ".\n", "\n") if (place := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _place(found: Found) -> tuple[int, int]:
    return (found.start, -found.end)
