"""How much of the documents' wording an export holds: none, quotations cut to so many characters, or whole sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from backchannel.errors import QueryError
from backchannel.records import Claim

_QUOTE = re.compile(r"quote:([1-9]\d{0,5})")
_WORDING = ("terms", "reason")
"""Fields of a voice that are words of the text."""


@dataclass(frozen=True, slots=True)
class Rights:
    """``limit`` is the most characters of one quotation, ``None`` for no limit, 0 for no wording at all."""

    limit: int | None = None

    def cut(self, text: str | None) -> str | None:
        """Give as much of a wording as may stand; ``None`` where none may.

        >>> Rights(4).cut("They met."), Rights(0).cut("They met."), Rights().cut("They met.")
        ('They', None, 'They met.')
        """
        return None if text is None or self.limit == 0 else text[: self.limit]

    def __str__(self) -> str:
        return "full" if self.limit is None else f"quote:{self.limit}" if self.limit else "none"

    def claim(self, claim: Claim) -> dict[str, Any]:
        """Give a claim as its JSON, every wording of the text cut; names of places and offsets always stay."""
        found: dict[str, Any] = msgspec.to_builtins(claim)
        if self.limit is None:
            return found
        self._spans([found["sentence"], found["trigger"], found["voice"]["speaker"], *found["parties"]])
        self._spans([one for read in found["evidence"].values() for one in read])
        for name in _WORDING:
            found["voice"][name] = self.cut(found["voice"][name])
        found["voice"]["chain"] = [one for one in map(self.cut, found["voice"]["chain"]) if one is not None]
        found["voice"]["hedges"] = [one for one in map(self.cut, found["voice"]["hedges"]) if one is not None]
        return found

    def _spans(self, spans: list[dict[str, Any] | None]) -> None:
        for span in spans:
            if span is not None:
                span["text"] = self.cut(span["text"])


def rights(told: str) -> Rights:
    """Give the rights that ``none``, ``quote:N`` or ``full`` names.

    Raises:
        QueryError: it names none.
    """
    if told in ("none", "full"):
        return Rights(0 if told == "none" else None)
    found = _QUOTE.fullmatch(told)
    if found is None:
        raise QueryError(f"no text rights named {told!r}; give none, quote:N (as quote:120) or full")
    return Rights(int(found[1]))
