"""What is told: an attribution with its spans, and the draft of one while a sentence is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from backchannel.language.grammar import Sentence, Word
from backchannel.records import Span

Kind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Something said, thought, shown or wanted, and on whose word.

    ``source`` is the phrase as it stands beside the cue ("he"), ``person`` what that phrase stands for ("Minister
    Haas") or ``None`` where it names its source itself or nobody was found. ``is_inside`` tells that the cue stands in
    what another source tells; ``chain`` are those sources, the nearest first. ``terms`` and ``reason`` are the words on
    which a source stays unnamed.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: Kind = "indirect"
    person: Span | None = None
    is_anonymous: bool = False
    terms: str | None = None
    reason: str | None = None
    chain: tuple[Span, ...] = ()
    is_inside: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """One cue of a sentence with what hangs on it, before quotations are dealt out.

    ``source`` are the words of the source's phrase, ``content`` the indices of the words told, ``can_quote`` whether
    the cue introduces quotations, ``quoted`` the quotations it was given.
    """

    sentence: Sentence
    head: Word
    cue: list[Word]
    source: list[Word]
    content: set[int]
    can_quote: bool = False
    is_inverted: bool = False
    quoted: list[tuple[int, int]] = field(default_factory=list)

    @property
    def cue_start(self) -> int:
        """Where the cue begins in the document."""
        return min(word.start for word in self.cue)
