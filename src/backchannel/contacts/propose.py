"""Propose every word of a sentence that may tell a contact, with the parties that grammar gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backchannel.contacts.lexicon import NEEDS_BEFORE, Entry, entries, entry_for, user_entry
from backchannel.contacts.resolve import Resolver
from backchannel.contacts.sides import Side
from backchannel.contacts.slots import PARTNER, Slot, SlotKind, is_brokered, slots
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
_CALL_FOR = re.compile(r"\s*(?:for|on|upon|to [a-z]+)\b")
_PLACES = frozenset({"cross", "place", "room", "house", "hall", "point", "table", "agenda"})
_MOUNTAIN = re.compile(r"\s+of (?:the )?(?:Mount|Mt|mountain|hill|peak)\b|\s+(?:ridge|crater|plateau)\b")


def propose(sentence: Sentence, resolver: Resolver) -> list[Candidate]:
    """Give the candidates of a parsed sentence in order of appearance.

    What was said in a room ("thanked", "agreed") tells the contact only of a sentence that has no word of contact.
    """
    found = []
    for word in sentence.words:
        entry = _calls_on(sentence, word) or entry_for(word) or user_entry(word, resolver.roster.cues)
        if (
            entry is None
            or not _fits(sentence, word, entry)
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


def _fits(sentence: Sentence, word: Word, entry: Entry) -> bool:
    """Whether the words around allow this meaning of ``word``."""
    left = [w.lemma for w in sentence.words[max(0, word.index - 3) : word.index]]
    own = {w.lemma for w in sentence.below(word.index) if w.relation in ("compound", "modifier")} | set(left[-1:])
    if entry.before:
        if entry.lemma in NEEDS_BEFORE:
            if not own & entry.before and not set(left[-2:]) & entry.before:
                return False
        elif own & entry.before:
            return False
    if entry.after and any(w.relation == "oblique" and w.lemma in entry.after for w in sentence.below(word.index)):
        return False
    text = sentence.text[word.end - sentence.start :]
    if entry.kind == "noun":
        return _noun_fits(sentence, word, entry, text, own)
    return _verb_fits(sentence, word, entry, text)


def _noun_fits(sentence: Sentence, word: Word, entry: Entry, text: str, own: set[str]) -> bool:
    lowered = sentence.text[: word.start - sentence.start].lower()
    if word.relation == "compound" and sentence.words[word.head].lemma in _PLACES:
        return False
    if entry.lemma == "summit" and _MOUNTAIN.match(text):
        return False
    if entry.lemma == "talk" and word.text.lower() == "talk":
        return bool(own & _TALK_WORDS) or sentence.words[word.head].lemma == "have"
    if entry.lemma == "contact" and re.search(r"\b(?:line|point|points) of $", lowered):
        return False
    if entry.lemma == "exchange" and (
        re.search(r"\bin $", lowered)
        or not (
            own & _EXCHANGE_WORDS
            or word.shape == "plural"
            or any(w.lemma in _EXCHANGED for w in sentence.below(word.index))
        )
    ):
        return False
    if entry.lemma == "exchange" and own & {
        "prisoner",
        "hostage",
        "stock",
        "fire",
        "captive",
        "missile",
        "student",
        "body",
        "people",
        "people-to-people",
        "cultural",
        "academic",
    }:
        return False
    if entry.lemma == "conference" and "joint" in own and re.search(r"\b(?:press|news) $", lowered):
        return True
    if entry.lemma == "call" and "courtesy" in own:
        return True
    if entry.lemma == "call" and word.relation == "predicate" and _is_owned(sentence, word):
        return False  # "that is really his call": a decision
    if entry.lemma == "message" and own & _SIGNALS:
        return False  # "sent a clear message to Moscow" by a deed
    if entry.lemma == "discussion" and _is_bare(sentence, word):
        return False  # "this would prolong discussion"
    if entry.lemma == "call" and (
        _CALL_FOR.match(text)
        or (word.shape == "plural" and not own & {"phone", "telephone", "video"} and " with" not in text[:6])
    ):
        return bool(own & {"phone", "telephone", "video", "conference"})
    if entry.lemma in ("conference", "call", "meeting", "session") and re.search(
        r"\b(?:press|news|earnings|sales|background press|training|jam)[\s-]+(?:\w+\s)?$", lowered
    ):
        return False
    if re.search(r"\b(?:pep|small|trash|ted|straight|double)[\s-]$", lowered):
        return False
    if entry.phrase and entry.lemma not in ("ceremony",):
        governor = sentence.words[word.head]
        near = (
            {w.lemma for w in sentence.path(word.index)}
            | {w.lemma for w in sentence.below(word.index) if w.relation == "relative"}
            | {governor.lemma}
        )
        return bool(near & entry.phrase)
    return True


def _is_bare(sentence: Sentence, word: Word) -> bool:
    """Whether a singular noun stands without article, owner or partner."""
    below = list(sentence.below(word.index))
    return word.shape != "plural" and not any(
        w.relation in ("determiner", "possessor", "modifier", "number") or w.preposition in PARTNER for w in below
    )


def _is_owned(sentence: Sentence, word: Word) -> bool:
    return any(w.relation == "possessor" for w in sentence.below(word.index))


_MEETS_HALFWAY = re.compile(r"\s+(?:it|this|that|(?:\w+ )?(?:at|in) the middle|\w+ half\s?way)\b(?! with)")
_TELEPHONED = frozenset(
    [
        "adviser",
        "advisor",
        "ambassador",
        "chancellor",
        "counterpart",
        "emir",
        "envoy",
        "king",
        "minister",
        "premier",
        "president",
        "prince",
    ]
)
_SIGNALS = frozenset({"clear", "strong", "powerful", "unmistakable", "unambiguous", "forceful", "mixed", "wrong"})
_TALK_WORDS = frozenset(
    {"private", "secret", "quiet", "long", "frank", "confidential", "telephone", "phone", "good", "direct"}
)
_EXCHANGE_WORDS = frozenset(
    {
        "private",
        "secret",
        "frank",
        "confidential",
        "diplomatic",
        "written",
        "candid",
        "occasional",
        "high-level",
        "bilateral",
    }
)
_EXCHANGED = frozenset(
    {"view", "opinion", "message", "letter", "information", "idea", "note", "greeting", "word", "proposal"}
)


def _verb_fits(sentence: Sentence, word: Word, entry: Entry, text: str) -> bool:
    below = list(sentence.below(word.index))
    if entry.lemma == "brief" and word.relation == "relative" and word.shape == "participle":
        return False
    if word.relation in ("modifier", "compound") and entry.form == "mediation":
        noun = sentence.words[word.head]
        told = entry_for(noun)  # "Algerian-mediated talks": the noun tells it
        return is_brokered(sentence, word) and (told is None or not _fits(sentence, noun, told))
    if word.relation in ("modifier", "compound"):
        return word.shape == "gerund" and sentence.words[word.head].lemma in (
            "process",
            "session",
            "round",
            "table",
            "track",
        )
    if entry.lemma in ("speak", "talk") and re.search(
        r"\b(?:generally|broadly|strictly|roughly|frankly|so to) $", sentence.text[: word.start - sentence.start], re.I
    ):
        return False
    for child in below:
        if child.relation in ("patient", "passive_subject"):
            whole = {w.lemma for w in sentence.conjuncts(child.index)}
            if whole & entry.objects:
                return False
    if word.relation == "relative" and sentence.words[word.head].lemma in entry.objects:
        return False  # "a threat that it could not meet"
    if entry.lemma == "meet" and _MEETS_HALFWAY.match(text) and not _is_told_when(sentence, word):
        return False
    if entry.lemma == "send" and any(
        w.lemma == "message" and {x.lemma for x in sentence.below(w.index)} & _SIGNALS for w in below
    ):
        return False
    if entry.lemma == "engage" and not any(w.preposition in ("with", "to") for w in below):
        inside = [w for w in below if w.relation == "oblique" and w.preposition == "in"]
        if inside and not any(entry_for(w) for w in inside):
            return False  # "engaged in a bloody war"
    if entry.lemma == "see":
        objects = [w for w in below if w.relation == "patient"]
        return (
            bool(objects)
            and objects[0].kind == "name"
            and not any(w.relation in ("predicate", "complement") or w.text.lower() == "as" for w in below)
        )
    if entry.lemma == "call":
        if _CALL_FOR.match(text) or any(
            w.relation in ("predicate", "complement", "particle", "adverb")
            and w.index > word.index
            and w.lemma in ("off", "out", "in", "up", "upon", "forth")
            for w in below
        ):
            return False
        objects = [w for w in below if w.relation == "patient"]
        return any(w.kind == "name" or w.lemma in _TELEPHONED for w in objects) and not any(
            w.relation in ("predicate", "complement") or w.lemma in ("home", "back") for w in below
        )
    if (
        entry.lemma == "meet"
        and word.shape == "participle"
        and any(w.relation == "oblique" and w.preposition in ("with", "by") for w in below)
    ):
        partner = next(w for w in below if w.relation == "oblique" and w.preposition in ("with", "by"))
        if (
            any(
                w.text.lower() in ("is", "are", "was", "were", "be", "been") for w in below if w.relation == "auxiliary"
            )
            and partner.kind == "noun"
        ):
            return False
    if (
        entry.lemma == "talk"
        and re.match(r"\s+about\b", text)
        and not any(w.preposition in ("with", "to") for w in below)
        and word.shape != "past"
    ):
        return False
    if entry.phrase:
        near = {w.lemma for w in below} | {w.preposition for w in below if w.preposition}
        tree = [
            w
            for child in below
            if child.relation in ("patient", "oblique", "adverb", "particle", "preposition")
            for w in sentence.tree(child.index, without=frozenset({"relative"}))
        ]
        if word.relation == "relative" and (
            "to" in entry.slots or near & PARTNER
        ):  # "the message that Oman carried to Washington"
            near.add(sentence.words[word.head].lemma)
        deeper = {w.lemma for w in tree} | {w.preposition for w in tree if w.preposition}
        return bool((near | deeper) & entry.phrase)
    return True


def _is_told_when(sentence: Sentence, word: Word) -> bool:
    """Whether the next words tell the time: "met this morning with", not "met this demand"."""
    following = sentence.words[word.index + 1]
    return following.relation == "measure" or sentence.words[following.head].relation == "measure"


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
