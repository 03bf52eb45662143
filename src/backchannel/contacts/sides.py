"""A resolved party of a phrase, and the nouns that stand for people and bodies without naming them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backchannel import vocabulary
from backchannel.language.grammar import Word
from backchannel.records import UNKNOWN, Evidence

PARTNERS = frozenset({"partner", "between", "object", "participants", "goal"})
"""The places of a phrase that make it the other side of a contact."""
SideKind = Literal["named", "anaphor", "unknown", "domestic", "thing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One resolved party of a phrase: its actor and the words it was read from (``None`` where they are elsewhere)."""

    actor: str
    kind: SideKind
    person: str | None = None
    sector: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@cache
def roles(kind: str) -> frozenset[str]:
    """Give the nouns of one kind of ``data/roles.yml``."""
    return frozenset(str(one) for one in vocabulary.load("roles.yml")[kind])


def is_nonstate_phrase(text: str | None) -> bool:
    """Whether an unnamed party is a company, foundation or NGO ("three oil majors", "philanthropic foundations")."""
    words = re.findall(r"[a-z][a-z\-]+", (text or "").lower())
    singular = [
        word[:-3] + "y"
        if word.endswith("ies")
        else word[:-1]
        if word.endswith("s") and not word.endswith("ss")
        else word
        for word in words
    ]
    nouns = roles("nonstate")
    return any(word in nouns for word in singular[-2:]) or any(
        " ".join(pair) in nouns for pair in itertools.pairwise(singular)
    )


def is_person_like(word: Word) -> bool:
    """Whether the noun can talk: a person, a body, or a name."""
    if word.kind == "name":
        return True
    return word.lemma in roles("political") | roles("nonstate") | roles("home") | roles("domestic")


def unique(sides: Iterable[Side]) -> list[Side]:
    """Give each known actor once, the fuller text first; unknown parties once in all."""
    found: dict[tuple[str, str | None], Side] = {}
    for side in sides:
        key = (side.actor, side.text if side.actor == UNKNOWN else None)
        kept = found.get(key)
        if kept is None or (kept.kind != "named" and side.kind == "named"):
            found[key] = side
    return list(found.values())
