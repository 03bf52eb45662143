"""For which state somebody in a list of those present speaks: by the label of the side, the office, or what the office is."""

from __future__ import annotations

import re
from functools import cache

from backchannel import vocabulary
from backchannel.actors.table import ActorTable, Sense
from backchannel.sources.record import Participant

_STATE_KINDS = frozenset({"name", "demonym", "capital", "seat"})
_ELSEWHERE = re.compile(r"\b(?:to|in|for|on|at|from)\s+(?:the\s+)?$", re.I)
_MATTERS = re.compile(
    r"^(?:ese|n|an|ian)?[\s-]+(?:affairs|desk|programs?|relations|section|division|claims)\b|^\s+only\b", re.I
)


@cache
def _home() -> tuple[str, re.Pattern[str]]:
    """Words of offices and bodies that only one state has under these names."""
    row = vocabulary.load("record.yml")["home"]
    return row["state"], re.compile("|".join(rf"\b{re.escape(word)}\b" for word in row["words"]))


def state_of(one: Participant, on: float | None, table: ActorTable) -> str | None:
    """Give the state that a participant speaks for, ``None`` where the record does not say.

    Args:
        one: who took part.
        on: the day as a number of years, for names that several states bore.
        table: the dictionary.
    """
    if one.state is not None:
        return one.state
    for text in (one.side, one.line.text):
        found = None if text is None else named_in(text, on, table)
        if found is not None:
            return found
    home, words = _home()
    return home if words.search(one.line.text) or words.search(one.side or "") else None


def named_in(text: str, on: float | None, table: ActorTable) -> str | None:
    """Give the first state that a label or office names as its own: "British Embassy", not "Ambassador to Britain"."""
    for match in table.matches(text):
        before, after = text[: match.start], text[match.end :]
        if _ELSEWHERE.search(before) or _MATTERS.match(after):
            continue
        senses = [sense for sense in match.senses if sense.kind in _STATE_KINDS and len(sense.actor) == 3]
        valid = [sense for sense in senses if _holds(sense, on)] or senses
        if valid and len(senses) == len(match.senses):
            return valid[0].actor
    return None


def _holds(sense: Sense, on: float | None) -> bool:
    return on is None or ((sense.start or 0.0) <= on and (sense.end is None or on <= sense.end))
