"""Say for which actor a speaker's words stand: "the foreign ministry", "a Kremlin spokesman"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from backchannel.actors.find import find
from backchannel.actors.table import ActorTable

SpeaksFor = Callable[[str, date | None], str | None]
"""Gives the actor for whom a speaker's words stand on a day."""


def speaks_for(table: ActorTable) -> SpeaksFor:
    """Give what says, for words and a day, the only actor that the words name on that day; ``None`` for none or several.

    What was asked before is kept as long as the answerer is.
    """

    @cache
    def named(speaker: str, on: date | None) -> str | None:
        found = {mention.actor for mention in find(speaker, table, on=on)} - {None}
        return found.pop() if len(found) == 1 else None

    return named
