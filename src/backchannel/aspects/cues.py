"""The words that tell the status of a contact, by kind, from ``data/status.yml``."""

from __future__ import annotations

from functools import cache

from backchannel import vocabulary
from backchannel.language.grammar import Word
from backchannel.records import Status

FILE = "status.yml"
Found = tuple[Status, list[Word], str]
"""A status, the words that give it and the name of the rule."""


@cache
def classes(kind: str) -> dict[str, Status]:
    """Give the words of one kind (``verbs``, ``nouns``, ``adjectives``) with their status."""
    rows = vocabulary.load(FILE)["statuses"]
    vocabulary.check(
        FILE, rows, required=("id", "means", "source", "verbs", "nouns", "adjectives", "yes", "no"), optional=()
    )
    return {str(word): row["id"] for row in rows for word in row[kind]}


@cache
def words(group: str) -> frozenset[str]:
    """Give one group of words that carry no status of their own (``bearing``, ``saying``, ``lasting`` …)."""
    return frozenset(str(word) for word in vocabulary.load(FILE)["words"][group])
