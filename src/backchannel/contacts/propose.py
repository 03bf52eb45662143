"""Propose every word of a sentence that may tell a contact, with the parties that grammar gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backchannel.contacts.fits import fits
from backchannel.contacts.lexicon import Entry, entries, entry_for, user_entry
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side
from backchannel.contacts.slots import Slot, SlotKind, slots
from backchannel.language.grammar import Sentence, Word
from backchannel.records import UNKNOWN


@dataclass(frozen=True, slots=True)
class Placed:
    """A resolved party and where it stood."""

    side: Side
    kind: SlotKind


@dataclass(slots=True)
class Candidate:
    """A word that may tell a contact."""

    word: Word
    entry: Entry
    placed: list[Placed] = field(default_factory=list)
    is_with_own_side: bool = False
    is_with_a_thing: bool = False
    is_backdrop: bool = False

    def known(self) -> set[str]:
        """The actor ids that are identified."""
        return {p.side.actor for p in self.placed if p.side.actor != UNKNOWN}

    def has_unknown(self) -> bool:
        """Whether a party is there that cannot be identified."""
        return any(p.side.kind == "unknown" for p in self.placed)


_ERRANDS = frozenset({"discuss", "deliver", "present", "explain", "hand", "convey", "brief"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "day", "eve"])
_PARTNER_KINDS = frozenset({"partner", "object", "goal", "between"})
_OBJECTS = frozenset({"him", "her", "them", "you", "it", "me", "us"})
_PRESS = frozenset(
    [
        "reporter",
        "reporters",
        "journalist",
        "journalists",
        "press",
        "media",
        "correspondents",
        "you",
        "newspaper",
        "television",
    ]
)


def propose(sentence: Sentence, resolver: Resolver) -> list[Candidate]:
    """Give the candidates of a parsed sentence in order of appearance.

    What was said in a room ("thanked", "agreed") tells the contact only of a sentence that has no word of contact.
    """
    found = []
    for word in sentence.words:
        entry = _calls_on(sentence, word) or entry_for(word) or user_entry(word, resolver.roster.cues)
        if (
            entry is None
            or not fits(sentence, word, entry)
            or (word.kind == "name" and resolver.mention(word) is not None)
        ):
            continue
        candidate = Candidate(word, entry)
        things = 0
        for slot in slots(sentence, word, entry):
            placed = list(_place(slot, entry, resolver))
            candidate.placed.extend(placed)
            things += (
                entry_for(slot.word) is None
                and not placed
                and slot.kind in ("partner", "object")
                and slot.word.head == word.index
                and slot.word.kind in ("noun", "name")
                and not resolver.sides(slot.word.index)
            )
        candidate.is_with_a_thing = entry.kind == "verb" and things > 0
        candidate.is_with_own_side = _meets_its_own(candidate)
        candidate.is_backdrop = _is_backdrop(sentence, candidate)
        own_briefing = (
            entry.id == "briefing.noun" and resolver.roster.profile.is_transcript and len(candidate.known()) < 2
        )
        if not own_briefing and not _is_with_press(sentence, word, entry):
            found.append(candidate)
    return [c for c in found if c.entry.needs != "room"] or found


def _calls_on(sentence: Sentence, word: Word) -> Entry | None:
    """ "Called on the Secretary today" is a visit; "called on Russia to withdraw" is not."""
    if word.kind != "verb" or word.lemma != "call":
        return None
    below = list(sentence.below(word.index))
    partner = next((w for w in below if w.relation == "oblique" and w.preposition in ("on", "upon")), None)
    has_object = any(w.relation == "patient" for w in below)
    if (
        partner is None
        or has_object
        or partner.lemma in _DAYS
        or any(
            w.shape == "base" and w.relation in ("complement", "purpose", "relative") and w.lemma not in _ERRANDS
            for w in [*below, *sentence.below(partner.index)]
        )
    ):
        return None
    return entries().get(("call-on", "verb"))


def _place(slot: Slot, entry: Entry, resolver: Resolver) -> Iterator[Placed]:
    for side in resolver.sides(slot.word.index):
        mention = resolver.mention(slot.word)
        by = side.evidence[0].by if side.evidence else ""
        if slot.kind == "modifier" and (
            side.kind != "named" or by in ("dictionary:capital", "dictionary:city", "dictionary:seat")
        ):
            continue
        if by == "dictionary:city" and slot.kind not in ("goal", "object"):
            continue
        if (
            by in ("dictionary:city", "dictionary:capital")
            and slot.kind in ("object", "goal")
            and entry.form != "visit"
            and mention is not None
        ) and by == "dictionary:city":
            continue
        yield Placed(side, slot.kind)


def _meets_its_own(candidate: Candidate) -> bool:
    """Partner and agent are of one state: a president with his own ministers. A pronoun that would be its own partner is somebody else."""
    agents = {p.side.actor for p in candidate.placed if p.kind in ("agent", "owner", "host")}
    for number, placed in enumerate(candidate.placed):
        side = placed.side
        if (
            placed.kind in _PARTNER_KINDS
            and side.kind == "anaphor"
            and side.actor in agents
            and (side.text or "").lower() in _OBJECTS
        ):
            candidate.placed[number] = Placed(
                replace(side, actor=UNKNOWN, kind="unknown", person=None, evidence=side.evidence[:1]), placed.kind
            )
    agents = {p.side.actor for p in candidate.placed if p.kind in ("agent", "owner", "host")}
    partners = {p.side.actor for p in candidate.placed if p.kind in ("partner", "object", "goal")}
    return bool(partners) and partners <= agents and UNKNOWN not in partners and len(partners) == 1


def _is_backdrop(sentence: Sentence, candidate: Candidate) -> bool:
    """ "At the NATO summit in Vilnius, officials announced …" names a summit without saying who met there."""
    word = candidate.word
    if candidate.entry.lemma not in ("summit", "conference", "ceremony", "session", "ministerial"):
        return False
    head = word
    while head.relation in ("compound", "conjunct") and head.head != head.index:
        head = sentence.words[head.head]
    if any(p.kind in ("between", "participants", "partner") for p in candidate.placed) or len(candidate.known()) > 1:
        return False
    if head.index != word.index and head.relation not in ("agent", "patient", "passive_subject"):
        return True
    if head.relation != "oblique":
        return False
    governor = sentence.words[head.head]
    return not (
        governor.lemma
        in (
            "attend",
            "participate",
            "gather",
            "meet",
            "take",
            "arrive",
            "travel",
            "come",
            "convene",
            "part",
            "participation",
            "invite",
            "return",
            "host",
            "go",
        )
        and head.preposition in ("in", "at", "for", "to")
    )


def _is_with_press(sentence: Sentence, word: Word, entry: Entry) -> bool:
    """A spokesman talking to reporters is the voice of a claim, not a contact."""
    for child in sentence.below(word.index):
        if (
            child.relation in ("oblique", "patient", "recipient")
            and child.lemma in _PRESS
            and (child.preposition in (None, "to", "with"))
        ):
            return child.lemma != "you" or entry.kind == "noun"
    return False
