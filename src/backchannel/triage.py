"""Let only sentences through that can hold a contact, before anything dear is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick_rs

from backchannel import vocabulary

FILE = "triage.yml"


@dataclass(frozen=True, slots=True)
class Gate:
    """A dictionary of stems; a sentence passes when one of them stands in it, whatever its case."""

    stems: tuple[str, ...]
    finder: Any

    def passes(self, text: str) -> bool:
        """Whether ``text`` holds one of the stems; an actor is no condition, first persons and "the call" carry parties too."""
        return bool(self.finder.find_matches_as_indexes(text.lower()))


@cache
def gate(own: tuple[str, ...] = ()) -> Gate:
    """Give the gate that ships, from ``data/triage.yml``, with the user's own contact words."""
    stems = (*vocabulary.load(FILE)["stems"], *own)
    return Gate(stems, ahocorasick_rs.AhoCorasick(list(stems)))


@cache
def gate_of_acts() -> Gate:
    """Give the gate for sentences that can tell an act and no contact, from ``data/triage.yml``."""
    stems = tuple(vocabulary.load(FILE)["acts"])
    return Gate(stems, ahocorasick_rs.AhoCorasick(list(stems)))
