"""Read the editors' notes behind a record: contacts told there alone, and conversations of which no record was found.

A note stands by itself: nobody in it is known from the record save where its words point to the sentence it annotates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from backchannel import claims as claim_room
from backchannel.actors import ActorTable
from backchannel.actors.roster import Roster
from backchannel.aspects import Context
from backchannel.contacts import Contact, references, unrecorded
from backchannel.contacts import find as find_contacts
from backchannel.contacts.unrecorded import Denial
from backchannel.language import Sentence
from backchannel.records import UNKNOWN, Claim, Document, Evidence
from backchannel.sources import notes, record
from backchannel.sources.notes import Note

_APART = 10
"""Numbers of sentences left out before each note, so that no look at the sentences before goes beyond it."""
_BACK = 3
"""Sentences of a note within which "the meeting" points back to one told there."""
RULE = "unrecorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The sentences of a document: the ``body``, those of the notes (by their index their note), and what is denied there."""

    body: tuple[Sentence, ...]
    noted: tuple[Sentence, ...] = ()
    owner: dict[int, Note] = field(default_factory=dict)
    denials: dict[int, Denial] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All of them, in the order of the text."""
        return (*self.body, *self.noted)

    def anchor(self, note: Note) -> Sentence | None:
        """Give the sentence on which a note hangs."""
        if note.at is None:
            return None
        at = bisect_right([sentence.start for sentence in self.body], max(note.at - 1, 0)) - 1
        return self.body[at] if at >= 0 else None


def laid(sentences: Sequence[Sentence], document: Document) -> Laid:
    """Part the sentences of a document into those of the record and those of its notes; the notes' numbers are none."""
    told = record.of(document)
    places = notes.of(told) if told is not None else ()
    if not places:
        return Laid(body=tuple(sentences))
    begin = min(one.start for one in places)
    body = tuple(one for one in sentences if one.start < begin)
    owner: dict[int, Note] = {}
    noted: list[Sentence] = []
    denials: dict[int, Denial] = {}
    index = len(sentences)
    for note in places:
        index += _APART
        for one in sentences:
            if one.start < note.end and note.start < one.end and one.start >= begin:
                found = unrecorded.denial(one.plain)
                plain = one.plain if found is None else unrecorded.masked(one.plain, found)
                noted.append(replace(one, index=index, plain=references.masked(plain)))
                owner[index] = note
                if found is not None:
                    denials[index] = found
                index += 1
    return Laid(body=_headless(body), noted=tuple(noted), owner=owner, denials=denials)


def _headless(body: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The record without the line that parts it from its notes."""
    if body and body[-1].text.startswith((notes.HEADING, notes.SOURCE)):
        return _headless(body[:-1])
    return body


def claims(
    laid: Laid, parsed: Iterable[Sentence], told: Sequence[Claim], document: Document, room: Roster, table: ActorTable
) -> tuple[Claim, ...]:
    """Give the claims of a record with those of its notes; a claim of which no record was found says so.

    Args:
        laid: the sentences and what the notes deny.
        parsed: those of the notes that may tell something, in order.
        told: the claims of the record's sentences.
        document: the record.
        room: who is in it.
        table: the dictionary.
    """
    reader = _Reader(laid, document, room, table, told)
    for sentence in parsed:
        reader.read(sentence)
    return tuple(reader.found)


class _Reader:
    """The notes of one record, read one sentence after the other."""

    def __init__(self, laid: Laid, document: Document, room: Roster, table: ActorTable, told: Sequence[Claim]) -> None:
        self.laid, self.document, self.room, self.table = laid, document, room, table
        self.by_index = {one.index: one for one in laid.noted}
        self.found = list(told)
        self.last: tuple[int, list[str]] = (-99, [])
        self.lost = -99  # the last sentence that tells a contact of which too little is known

    def read(self, sentence: Sentence) -> None:
        """Take in one sentence: what it tells, or what it says was not recorded."""
        self._forget()
        denied = self.laid.denials.get(sentence.index)
        may_fill = denied is not None and not denied.points
        found = find_contacts(sentence, self.room)
        own = [one for one in found if self._is_whole(one, sentence, may_fill=may_fill)]
        begin, end = (
            (sentence.start + at for at in denied.inside) if denied is not None else (sentence.end, sentence.end)
        )
        ahead = self._keep([one for one in own if one.word.end <= begin], sentence)
        self.last = (sentence.index, ahead) if ahead else self.last
        if denied is None and found and not ahead:
            self.lost = sentence.index
        if denied is None or denied.is_open:
            return
        inside = [one for one in own if begin <= one.word.start and one.word.end <= end]
        ids = self._keep(inside, sentence, denied) or self._pointed(sentence, denied)
        self.found = [_marked(one, sentence, denied) if one.id in ids else one for one in self.found]
        self.last = (sentence.index, ids or self.last[1])

    def _forget(self) -> None:
        self.room.last_pair, self.room.last_pair_at, self.room.last_contact_at = (), -99, -99

    def _is_whole(self, contact: Contact, sentence: Sentence, *, may_fill: bool) -> bool:
        """Whether at least two parties are known by words of this note alone, and by those around the contact itself.

        Of a missing record that names who met they may also stand elsewhere in the note (``may_fill``).
        """
        note = self.laid.owner[sentence.index]
        named = [(one.side.actor, one.side.evidence) for one in contact.placed if one.side.kind != "domestic"]
        named += [(known.actor, (known.evidence,)) for known in contact.filled]
        placed = contact.placed if not may_fill else ()
        own = {one.side.actor for one in placed if one.side.start is not None and one.side.actor != UNKNOWN}
        if contact.word.kind == "verb":  # "Reyes and Holt met": its subject stands in the sentence
            own |= {one.actor for one in contact.filled if one.person and one.evidence.start >= sentence.start}
        known = {actor for actor, evidence in named if actor != UNKNOWN and evidence}
        return len(known if may_fill else own) > 1 and all(
            note.start <= one.start and one.end <= note.end and not one.by.startswith(_ELSEWHERE)
            for _, evidence in named
            for one in evidence
        )

    def _keep(self, contacts: Sequence[Contact], sentence: Sentence, denied: Denial | None = None) -> list[str]:
        """Add a claim for each contact; one of which a record is missing did take place."""
        ordinals: Counter[int] = Counter()
        ids: list[str] = []
        for contact in contacts:
            made = claim_room.assemble(self._context(contact), self.table, ordinal=ordinals[contact.word.start])
            ordinals[contact.word.start] += 1
            if denied is not None:
                said = _evidence(sentence, denied, "presupposed")
                made = replace(made, status="occurred", evidence={**made.evidence, "status": (said,)})
            self.found.append(made)
            ids.append(made.id)
        return ids

    def _context(self, contact: Contact) -> Context:
        index = contact.sentence.index
        return Context(
            contact=contact,
            document=self.document,
            roster=self.room,
            previous=self.by_index.get(index - 1),
            following=self.by_index.get(index + 1),
            on=self.document.published,
            table=self.table,
            year=self.document.published.year if self.document.published is not None else None,
        )

    def _pointed(self, sentence: Sentence, denied: Denial) -> list[str]:
        """The ids of the claims that the words point to: of the contact before in the note, else of the sentence annotated."""
        if not denied.points or (
            0 < sentence.index - max(self.lost, self.last[0]) <= _BACK and self.lost > self.last[0]
        ):
            return []
        known = {one.id: one for one in self.found}
        told = [known[one] for one in self._before(sentence)]
        if not told and not self._tells(sentence):
            told = self._annotated(sentence, denied)
        told = [one for one in told if _fits(one, denied) and not self._names_others(one, sentence, denied)]
        return [one.id for one in (told if denied.is_plural else told[-1:])]

    def _names_others(self, claim: Claim, sentence: Sentence, denied: Denial) -> bool:
        """Whether the denial names somebody who takes no part in a contact."""
        begin, end = (sentence.start + at for at in denied.inside)
        persons = {party.actor: party.person for party in claim.parties}
        named = [one for one in self.room.mentions[sentence.index] if begin <= one.start and one.end <= end]
        return any(
            one.actor not in persons or (one.person is not None and persons[one.actor] not in (None, one.person))
            for one in named
            if one.actor is not None and one.by not in _PLACES
        )

    def _tells(self, sentence: Sentence) -> bool:
        """Whether the note itself has told a contact, of which it then speaks."""
        at, ids = self.last
        return bool(ids) and self.laid.owner.get(at) is self.laid.owner[sentence.index]

    def _before(self, sentence: Sentence) -> list[str]:
        """The claims of the contact that the note told last, with a reference or two in between at most."""
        return self.last[1] if self._tells(sentence) and sentence.index - self.last[0] <= _BACK else []

    def _annotated(self, sentence: Sentence, denied: Denial) -> list[Claim]:
        """The contacts of the sentence on which the note hangs, told before its number.

        Where the sentence has the noun of the denial, only those are meant that it tells: "our talk" of "this talk".
        """
        note = self.laid.owner[sentence.index]
        anchor = self.laid.anchor(note)
        if anchor is None or note.at is None:
            return []
        inside = [
            one
            for one in self.found
            if one.kind == "contact" and one.sentence is not None and one.trigger is not None
            if one.sentence.start == anchor.start and one.trigger.end <= note.at
        ]
        inside.sort(key=_place)
        noun = denied.noun
        if noun is None or noun not in anchor.text[: note.at - anchor.start].casefold():
            return inside
        return [one for one in inside if one.trigger is not None and noun in one.trigger.text.casefold()]


_HELD = ("occurred", "ongoing", "planned")
_PLACES = ("dictionary:capital", "dictionary:city")
_FORMS: Mapping[str, tuple[str, ...]] = {
    "contact": ("contact", "meeting", "call", "negotiation", "summit", "mediation"),
    "call": ("call",),
    "meeting": ("meeting", "contact", "summit"),
    "negotiation": ("negotiation", "meeting", "contact"),
    "visit": ("visit", "meeting"),
}
"""The forms of claims that a noun of a note may stand for."""
_ELSEWHERE = ("title:", "source:", "date:", "speaker:")


def _fits(claim: Claim, denied: Denial) -> bool:
    """Whether a claim may be what the noun says: it took place or was to, and a call is no meeting."""
    return claim.status in _HELD and claim.form in _FORMS.get(denied.form or "contact", ())


def _marked(claim: Claim, sentence: Sentence, denied: Denial) -> Claim:
    evidence = {**claim.evidence, "record": (_evidence(sentence, denied, denied.what),)}
    return replace(claim, extensions=claim.extensions | {"record": denied.what}, evidence=evidence)


def _evidence(sentence: Sentence, denied: Denial, what: str) -> Evidence:
    return Evidence(
        start=sentence.start + denied.start,
        end=sentence.start + denied.end,
        text=sentence.text[denied.start : denied.end],
        by=f"{RULE}.{what}",
    )


def _place(claim: Claim) -> int:
    return claim.trigger.start if claim.trigger is not None else -1
