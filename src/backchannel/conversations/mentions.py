"""Say which claims of a record tell by themselves that another contact than its own talk was held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from backchannel.conversations.reports import RECORDED, UNRECORDED, span
from backchannel.records import UNKNOWN, Claim
from backchannel.vocabulary import load

_BACK: Final = 24
"""Characters before the word for a contact in which "had", "last" and their like show it as an earlier one."""


def mentions(claims: Sequence[Claim]) -> frozenset[str]:
    """Give the ids of those contacts of one document that it tells as held, between two that are known.

    A bare noun ("political consultation"), a habit or a standing process tells of no conversation that was held, unless
    words tell its day. What the head of the record records is its own talk, told once more by its text: a contact of its
    parties without another day, another place or a word for what was before.
    """
    own = [claim for claim in claims if claim.by == RECORDED]
    return frozenset(
        claim.id
        for claim in claims
        if claim.extensions.get("record") == UNRECORDED
        or (claim.sentence is not None and _is_told(claim) and not any(_is_own(claim, talk) for talk in own))
    )


def _is_told(claim: Claim) -> bool:
    """True when two known parties are told to have met, or denied to, by more than a noun, or on a day."""
    if len(_known(claim)) < 2:
        return False
    cues = {one.by for one in claim.evidence.get("status", ())}
    return not cues <= _words("untold") or _tells_day(claim)


def _is_own(claim: Claim, talk: Claim) -> bool:
    """True when a claim tells the talk that the head of its record records."""
    if claim is talk or not _known(claim) <= _known(talk):
        return claim is talk
    if _tells_day(claim) and claim.when is not None and talk.when is not None:
        (a, b), (c, d) = span(claim.when), span(talk.when)
        return a <= d and c <= b
    is_elsewhere = claim.where is not None and talk.where is not None and claim.where.text != talk.where.text
    return not is_elsewhere and not _looks_back(claim)


def _looks_back(claim: Claim) -> bool:
    if claim.sentence is None or claim.trigger is None:
        return False
    until = claim.trigger.start - claim.sentence.start
    near = f"{claim.sentence.text[max(0, until - _BACK) : until]}{claim.trigger.text}"
    return not _words("before").isdisjoint(re.findall(r"\w+", near.casefold()))


def _tells_day(claim: Claim) -> bool:
    """True when words of the text tell a day or month."""
    if claim.when is None or claim.when.precision == "year":
        return False
    return any(not one.by.startswith("date:") for one in claim.evidence.get("when", ()))


def _known(claim: Claim) -> frozenset[str]:
    return frozenset(party.actor for party in claim.parties if party.actor != UNKNOWN)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("merge.yml")["mentions"][name])
