"""A contact that a sentence reports, before its aspects are read, and what its own words say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backchannel.actors.roster import Known
from backchannel.actors.table import ActorTable
from backchannel.contacts.lexicon import Entry
from backchannel.contacts.propose import Placed
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN, Form, Span

_SECRECY = re.compile(
    r"behind[- ]the[- ]scenes|back[- ]?channel|closed[- ]door|\b(?:secret|private|confidential|discreet|clandestine|undisclosed|quiet|covert|informal|preliminary|indirect|unannounced|high-level)\b",
    re.I,
)


_SITTINGS = frozenset({"meeting", "meet", "session", "consultation", "discuss", "discussion", "convene", "conference"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact that a sentence reports, before its aspects are read."""

    sentence: Sentence
    word: Word
    entry: Entry
    trigger: Span
    words: tuple[Word, ...]
    placed: tuple[Placed, ...]
    filled: tuple[Known, ...] = ()
    ordinal: int = 0
    score: float = 0.9

    @property
    def form(self) -> Form:
        """The form that the trigger's own entry gives."""
        return self.entry.form

    def is_one_body(self, table: ActorTable) -> bool:
        """Whether a body of states met by itself ("the Security Council held a meeting"); its members are no further party."""
        sides = {p.side.actor for p in self.placed if p.side.kind != "domestic"}
        sits = self.entry.lemma in _SITTINGS or self.entry.form == "summit"
        return sits and len(sides) == 1 and not self.filled and table.sector(sides.pop()) == "IGO"

    def placed_unknown(self) -> bool:
        """Whether a party is told of that cannot be identified."""
        return any(p.side.kind == "unknown" for p in self.placed)

    def known(self) -> list[str]:
        """The actor ids that are identified, named ones first."""
        ids = [p.side.actor for p in self.placed if p.side.actor != UNKNOWN] + [k.actor for k in self.filled]
        return list(dict.fromkeys(ids))


def trigger_span(sentence: Sentence, word: Word) -> Span:
    """Give the trigger as a short phrase: a noun with its describing words, a verb with its particle."""
    start, end = word.start, word.end
    if word.kind in ("noun", "name"):
        left = [
            w
            for w in sentence.below(word.index)
            if w.end <= word.start
            and w.relation in ("modifier", "compound")
            and w.kind in ("adjective", "noun", "verb")
        ]
        for one in reversed(left):
            gap = sentence.text[one.end - sentence.start : start - sentence.start]
            if gap.strip() in ("", "-") and len(gap) <= 2 and one.text[:1].islower():
                start = one.start
            else:
                break
        whole = re.search(r"(?:[\w]+-)+(?:[\w]+ )?$", sentence.text[: start - sentence.start])
        if whole is not None and len(whole.group()) < 24:
            start = sentence.start + whole.start()
        elif sentence.text[:1].isupper() and left and left[0].index == 0 and start == word.start and len(left) == 1:
            start = left[0].start
    else:
        for one in sentence.below(word.index):
            if one.relation == "particle" and one.start - end <= 1:
                end = one.end
    return Span(start=start, end=end, text=sentence.text[start - sentence.start : end - sentence.start])


def is_secretive(contact: Contact) -> bool:
    """Whether a word of secrecy stands in the trigger or right before it."""
    start = contact.trigger.start - contact.sentence.start
    return _SECRECY.search(contact.sentence.text[max(0, start - 22) : start + len(contact.trigger.text)]) is not None


def points_back(contact: Contact, distance: int) -> bool:
    """Whether "these discussions" stand right after another contact (``distance`` sentences before), which they then continue."""
    if contact.word.kind != "noun" or distance > 1:
        return False
    return any(
        w.text.lower() in ("these", "those", "such")
        for w in contact.sentence.below(contact.word.index)
        if w.relation in ("determiner", "modifier")
    )


def is_anaphoric(contact: Contact) -> bool:
    """Whether the trigger points back ("the talks", "this meeting", "these discussions")."""
    if contact.word.kind not in ("noun", "name"):
        return False
    determiners = {w.text.lower() for w in contact.sentence.below(contact.word.index) if w.relation == "determiner"}
    return bool(determiners & {"the", "this", "these", "those", "that", "such"})
