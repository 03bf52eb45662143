"""What the remarks on a visit or a journey tell of the contact: its form, and how sure it is that there was one."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.importers.tables import FILE
from backchannel.records import Form

_TOLD, _LIKELY, _GATHERING, _UNSURE = 0.95, 0.9, 0.6, 0.4


def form_of(remarks: str) -> Form:
    """Give the form: a meeting where the remarks tell of talks, else a visit.

    >>> form_of("State visit; met with the Prime Minister."), form_of("State visit.")
    ('meeting', 'visit')
    """
    return "meeting" if re.search(_data()["met"], remarks) else "visit"


def score_of(remarks: str) -> float:
    """Give the probability that two sides dealt with each other; a private visit or a stop on the way need not tell it.

    >>> score_of("Private visit."), score_of("Private visit. Met with the President.")
    (0.4, 0.95)
    """
    if re.search(_data()["met"], remarks):
        return _TOLD
    if re.match(_data()["unsure"], remarks):
        return _UNSURE
    return _GATHERING if re.match(_data()["attended"], remarks) else _LIKELY


@cache
def _data() -> Any:
    return vocabulary.load(FILE)
