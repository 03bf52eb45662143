"""Blank what an editor's note says of papers and where they lie, so that no archive or telegram is read as a party."""

from __future__ import annotations

import re
from functools import cache

from backchannel import vocabulary

FILE = "notes.yml"


def masked(text: str) -> str:
    """Give a sentence of a note with blanks for its references, every offset kept.

    >>> masked("Reyes saw Holt. (Elm Library, Box 3)")
    'Reyes saw Holt.                     '
    """
    for pattern in _patterns():
        text = pattern.sub(_blanks, text)
    return text


def _blanks(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    data = vocabulary.load(FILE)
    cues = [str(cue) for row in data["references"] for cue in row["cues"]]
    return tuple(re.compile(cue.replace("PLACE", data["place"]).replace("DAY", data["day"])) for cue in cues)
