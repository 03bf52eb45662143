"""Drop the unnamed who are only another word for a party that is named: "the leaders", "the participants", "their teams"."""

from __future__ import annotations

from dataclasses import replace

from backchannel.contacts.contact import Contact
from backchannel.contacts.propose import Placed
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN

_SHADOWS = frozenset(
    [
        "adviser",
        "advisor",
        "aide",
        "ambassador",
        "chief",
        "colleague",
        "counterpart",
        "country",
        "delegation",
        "expert",
        "head",
        "he",
        "it",
        "leader",
        "member",
        "minister",
        "negotiator",
        "official",
        "participant",
        "party",
        "president",
        "representative",
        "secretary",
        "she",
        "side",
        "staff",
        "team",
        "they",
        "which",
    ]
)
_OTHERS = frozenset(
    [
        "all",
        "allied",
        "another",
        "arab",
        "european",
        "foreign",
        "local",
        "many",
        "more",
        "number",
        "other",
        "regional",
        "several",
        "some",
        "various",
        "western",
        "world",
    ]
)
_OPEN = frozenset({"partner", "between", "goal", "participants", "object"})
_OWNED = frozenset({"his", "her", "its", "our", "their", "your", "my"})


def without_shadows(contact: Contact) -> Contact:
    """Give the contact without unnamed parties that add nobody, where at least two are identified without them."""
    between = {p.side.actor for p in contact.placed if p.kind == "mediator"}
    if len(set(contact.known()) - between) < 2:
        return contact
    kept = tuple(p for p in contact.placed if not _is_shadow(contact.sentence, p))
    return replace(contact, placed=kept) if kept else contact


def _is_shadow(sentence: Sentence, placed: Placed) -> bool:
    side = placed.side
    if side.actor != UNKNOWN or side.kind == "domestic" or side.start is None or side.end is None:
        return False
    head = sentence.word_at(side.start, side.end)
    if head is None:
        return False
    words = {w.text.lower() for w in sentence.below(head.index)} | {w.lemma for w in sentence.below(head.index)}
    if words & _OTHERS:
        return False
    if words & _OWNED and not _is_foreign(head):
        return True
    return placed.kind not in _OPEN and (head.lemma in _SHADOWS or head.kind == "pronoun")


def _is_foreign(head: Word) -> bool:
    return head.lemma in ("ally", "partner", "counterpart", "neighbour", "neighbor", "rival", "country")
