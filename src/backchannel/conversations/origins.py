"""Say who originally tells a claim, so that copies and repeats of one teller are counted once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from backchannel.actors import SpeaksFor
from backchannel.actors.profile import profile
from backchannel.families import Family, is_outlet, outlet_key, passage_at
from backchannel.records import UNKNOWN, Claim, Document, SourceClass, Span
from backchannel.sources import record
from backchannel.vocabulary import load

OriginKind = Literal["official", "person", "unnamed", "document", "media", "outlet", "import"]
_UNNAMED = ("unnamed_official", "unnamed_insider", "collective")
_ON_RECORD = ("institution", "named_person", "unattributed")
_OWN_PAGES = ("readout", "announcement", "official", "joint", "transcript", "background_call")
"""Kinds of text by which an institution speaks for itself, whoever has the floor in it."""
_TITLES = re.compile(
    r"^(?:(?:the|former|ex|mr|mrs|ms|dr|sir|lady|president|prime minister|foreign minister|minister|ambassador|senator|"
    r"chancellor|secretary|general|envoy|professor|spokesman|spokeswoman|spokesperson)[.\s-]+)+",
    re.IGNORECASE,
)
_READOUT = re.compile(r"\bread-?out\b", re.IGNORECASE)
_NAMED = re.compile(r"(?<!^)(?<!^The )\b[A-Z]")
"""A capital after the first word: a name; "He" and "The president" name nobody outside their text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who tells a claim: ``origin`` is the key that its repeats share, ``actor`` the party it speaks for, if any.

    What is asked on a party's own page shares the page's origin and speaks for nobody.
    """

    origin: str
    kind: OriginKind
    source_class: SourceClass = "unattributed"
    actor: str | None = None


def teller(
    claim: Claim,
    document: Document,
    *,
    family: Family | None = None,
    speaks_for: SpeaksFor | None = None,
) -> Teller:
    """Give the origin of a claim by the codebook.

    All official voices of one party are one origin, ``official:ACTOR``: what its own pages print counts, its unnamed
    officials and the questions put to it among them, save the words of another party or outlet quoted there. An unnamed
    source is one through its outlet, ``unnamed:OUTLET``; an outlet's own word and others' quotations of it are one,
    ``outlet:OUTLET``, and an item of a digest is an outlet of its own; a document is one with its copies,
    ``document:FAMILY``, a record one with its prints; another named speaker is ``person:NAME``.
    """
    voice = claim.voice
    if claim.by.startswith("import:"):
        return Teller(origin=claim.by, kind="import", source_class=voice.source_class)
    actor = _party_of_speaker(claim, document, speaks_for)
    party = actor if voice.source_class in _ON_RECORD else None
    if party is not None and _is_second_hand(claim, document, party, speaks_for):
        party = _home(document, speaks_for)
    party = party or _own_voice(claim, document, family, speaks_for)
    if party is not None:
        speaks = None if _asks(claim, document) else party
        return Teller(origin=f"official:{party}", kind="official", source_class=voice.source_class, actor=speaks)
    speaker = voice.speaker.text if voice.speaker is not None else None
    paper = _family_id(claim, document, family)
    if voice.source_class == "document":
        paper = _record_of(document) or paper
    origin, kind = _other(voice.source_class, speaker, _outlet(claim, document, family), paper)
    return Teller(origin=origin, kind=kind, source_class=voice.source_class, actor=actor)


def _other(source_class: SourceClass, speaker: str | None, outlet: str | None, family: str) -> tuple[str, OriginKind]:
    if source_class in _UNNAMED:
        return f"unnamed:{outlet or family}", "unnamed"
    if source_class == "document":
        return f"document:{family}", "document"
    if speaker is not None and (source_class == "media_report" or _is_outlets(source_class, speaker)):
        return f"outlet:{(outlet or family) if _is_no_name(speaker) else outlet_key(speaker)}", "media"
    if source_class == "named_person" and speaker is not None:
        name = _name(speaker)
        return f"person:{name}" if _NAMED.search(speaker) else f"person:{name} in {outlet or family}", "person"
    if source_class == "institution":
        return f"official:{_name(speaker) if speaker is not None else outlet or family}", "official"
    return f"outlet:{outlet or family}", "media" if source_class == "media_report" else "outlet"


def _is_outlets(source_class: SourceClass, speaker: str) -> bool:
    """True for an outlet that the reader took for a person or body: "the Elm Gazette"."""
    return source_class in ("named_person", "institution") and is_outlet(speaker)


def _is_no_name(speaker: str) -> bool:
    """True for reports at large: "Reports", "local media"."""
    words = speaker.casefold().split()
    return not is_outlet(speaker) and bool(words) and words[-1] in _nameless()


@cache
def _nameless() -> frozenset[str]:
    return frozenset(load("merge.yml")["outlets"]["nameless"])


def _own_voice(
    claim: Claim,
    document: Document,
    family: Family | None,
    speaks_for: SpeaksFor | None,
) -> str | None:
    """The party on whose own page the claim stands, or was printed from, unless the words are those of an outlet or of another quoted there.

    Who has the floor there and is no known voice of another, a spokeswoman or one who asks, adds no origin to the page's.
    """
    voice, speaker = claim.voice, claim.voice.speaker
    if voice.source_class == "media_report" or (voice.chain and is_outlet(voice.chain[-1])):
        return None
    home = _home(document, speaks_for) or _printed(family, document, speaks_for)
    if home is None or speaker is None:
        return home
    if voice.source_class not in _UNNAMED and not _has_floor(claim, speaker):
        return None
    other = speaks_for(speaker.text, document.published) if speaks_for is not None else None
    return home if other in (None, home) else None


def _is_second_hand(claim: Claim, document: Document, party: str, speaks_for: SpeaksFor | None) -> bool:
    """True when a party's own page tells what the other party said, which is no word of the other's own."""
    home, speaker = _home(document, speaks_for), claim.voice.speaker
    if home in (None, party) or speaker is None or _has_floor(claim, speaker):
        return False
    return any(one.actor == home for one in claim.parties)


def _asks(claim: Claim, document: Document) -> bool:
    """True for words of a transcript that are nobody's: those of one who asks, by which no party owns to anything."""
    voice = claim.voice
    return voice.source_class == "unattributed" and voice.speaker is None and profile(document).is_transcript


def _has_floor(claim: Claim, speaker: Span) -> bool:
    """True when the speaker is named by the label of a turn: before the sentence, or in capitals."""
    sentence = claim.sentence
    return speaker.text.isupper() or (sentence is not None and not sentence.start <= speaker.start < sentence.end)


def _home(document: Document, speaks_for: SpeaksFor | None) -> str | None:
    """The state or body whose own page the document is: its owner, else its profile's, else the one its source names."""
    owner = document.meta.get("owner")
    if owner is not None:
        return str(owner)
    told = profile(document)
    if told.home is not None and told.kind in _OWN_PAGES:
        return told.home
    source = document.source
    if source is None or speaks_for is None or (told.speaks != "institution" and not _READOUT.search(source)):
        return None
    return speaks_for(source, document.published)


def _printed(family: Family | None, document: Document, speaks_for: SpeaksFor | None) -> str | None:
    """The state or body whose own account an outlet prints: the family's, else the one that its source names."""
    if family is None or family.home is not None or family.account is None or speaks_for is None:
        return family.home if family is not None else None
    return speaks_for(family.account, document.published)


def _party_of_speaker(claim: Claim, document: Document, speaks_for: SpeaksFor | None) -> str | None:
    """The party for which the speaker speaks: told by the text, by the dictionary, or by the site's owner."""
    known = [p for p in claim.parties if p.actor != UNKNOWN]
    ids = {p.actor for p in known}
    speaker = claim.voice.speaker
    if speaker is None:
        return None
    for party in known:
        if (
            party.start is not None
            and party.end is not None
            and party.start < speaker.end
            and speaker.start < party.end
        ):
            return party.actor
        if any(_names(name, speaker.text) for name in (*_forms(party.person), party.text, party.name) if name):
            return party.actor
    found = speaks_for(speaker.text, document.published) if speaks_for is not None else None
    return found if found in ids or claim.voice.source_class == "institution" else None


def _forms(person: str | None) -> tuple[str, ...]:
    """A person's name and surname; a surname of three letters or less is no name by itself."""
    if person is None:
        return ()
    surname = person.split()[-1]
    return (person, surname) if len(surname) > 3 else (person,)


def _names(name: str, speaker: str) -> bool:
    return re.search(rf"\b{re.escape(name.casefold())}\b", speaker.casefold()) is not None


def _outlet(claim: Claim, document: Document, family: Family | None) -> str | None:
    """The outlet whose word the claim is: one that the text says reported it, the family's, or the passage's.

    A digest only gathers what others tell: its own name is no outlet's.
    """
    if claim.voice.chain and is_outlet(claim.voice.chain[-1]):
        return outlet_key(claim.voice.chain[-1])
    leaf, source = passage_at(document, claim.sentence.start if claim.sentence is not None else None)
    if leaf == document.id and profile(document).kind == "digest":
        return family.repeats if family is not None else None
    if family is not None and (family.repeats or family.outlet):
        return family.repeats or family.outlet
    return outlet_key(source) if source else None


def _family_id(claim: Claim, document: Document, family: Family | None) -> str:
    if family is not None:
        return family.id
    return passage_at(document, claim.sentence.start if claim.sentence is not None else None)[0]


def _record_of(document: Document) -> str | None:
    """What all prints of the record share that the document is; ``None`` where it is none or its head tells too little."""
    told = record.of(document)
    return record.print_name(told) if told is not None else None


def _name(speaker: str) -> str:
    return " ".join(_TITLES.sub("", speaker.strip()).casefold().split()).strip(",.'’")
