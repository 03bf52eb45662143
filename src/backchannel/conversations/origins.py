"""Say who originally tells a claim, so that copies and repeats of one teller are counted once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from backchannel.actors.profile import profile
from backchannel.families import Family, is_outlet, outlet_key, passage_at
from backchannel.records import UNKNOWN, Claim, Document, SourceClass
from backchannel.vocabulary import load

OriginKind = Literal["official", "person", "unnamed", "document", "media", "outlet", "import"]
_UNNAMED = ("unnamed_official", "unnamed_insider", "collective")
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
    """Who tells a claim: ``origin`` is the key that its repeats share, ``actor`` the party it speaks for, if any."""

    origin: str
    kind: OriginKind
    source_class: SourceClass = "unattributed"
    actor: str | None = None


def teller(
    claim: Claim,
    document: Document,
    *,
    family: Family | None = None,
    speaks_for: Callable[[str, date | None], str | None] | None = None,
) -> Teller:
    """Give the origin of a claim by the codebook.

    All official voices of one party are one origin, ``official:ACTOR``, its own site's account among them; an unnamed source is one through its outlet,
    ``unnamed:OUTLET``; an outlet's own word and others' quotations of it are one, ``outlet:OUTLET``; a document is one
    with its copies, ``document:FAMILY``; another named speaker is ``person:NAME``.
    """
    voice = claim.voice
    if claim.by.startswith("import:"):
        return Teller(origin=claim.by, kind="import", source_class=voice.source_class)
    speaker = voice.speaker.text if voice.speaker is not None else None
    if speaker is None and voice.source_class in ("institution", "unattributed"):
        home = _home(document, speaks_for)
        if home is not None:
            return Teller(origin=f"official:{home}", kind="official", source_class=voice.source_class, actor=home)
    actor = _party_of_speaker(claim, document, speaks_for)
    if actor is not None and voice.source_class in ("institution", "named_person", "unattributed"):
        return Teller(origin=f"official:{actor}", kind="official", source_class=voice.source_class, actor=actor)
    origin, kind = _other(
        voice.source_class, speaker, _outlet(claim, document, family), _family_id(claim, document, family)
    )
    return Teller(origin=origin, kind=kind, source_class=voice.source_class, actor=actor)


def _other(source_class: SourceClass, speaker: str | None, outlet: str | None, family: str) -> tuple[str, OriginKind]:
    if source_class in _UNNAMED:
        return f"unnamed:{outlet or family}", "unnamed"
    if source_class == "document":
        return f"document:{family}", "document"
    if source_class == "media_report" and speaker is not None:
        return f"outlet:{(outlet or family) if _is_no_name(speaker) else outlet_key(speaker)}", "media"
    if source_class == "named_person" and speaker is not None:
        name = _name(speaker)
        return f"person:{name}" if _NAMED.search(speaker) else f"person:{name} in {outlet or family}", "person"
    if source_class == "institution":
        return f"official:{_name(speaker) if speaker is not None else outlet or family}", "official"
    return f"outlet:{outlet or family}", "media" if source_class == "media_report" else "outlet"


def _is_no_name(speaker: str) -> bool:
    """True for reports at large: "Reports", "local media"."""
    words = speaker.casefold().split()
    return not is_outlet(speaker) and bool(words) and words[-1] in _nameless()


@cache
def _nameless() -> frozenset[str]:
    return frozenset(load("merge.yml")["outlets"]["nameless"])


def _home(document: Document, speaks_for: Callable[[str, date | None], str | None] | None) -> str | None:
    """The state or body whose own account the document is: its owner, else its profile's, else the one its source names.

    A joint account is nobody's own.
    """
    owner = document.meta.get("owner")
    if owner is not None:
        return str(owner)
    told = profile(document)
    if told.is_official and told.kind != "joint":
        return told.home
    source = document.source
    if source is None or speaks_for is None or (told.speaks != "institution" and not _READOUT.search(source)):
        return None
    return speaks_for(source, document.published)


def _party_of_speaker(
    claim: Claim, document: Document, speaks_for: Callable[[str, date | None], str | None] | None
) -> str | None:
    """The party for which the speaker speaks: told by the text, by the dictionary, or by the site's owner."""
    known = [p for p in claim.parties if p.actor != UNKNOWN]
    actors = {p.actor for p in known}
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
        if any(_names(name, speaker.text) for name in (party.person, party.text, party.name) if name):
            return party.actor
    found = speaks_for(speaker.text, document.published) if speaks_for is not None else None
    return found if found in actors or claim.voice.source_class == "institution" else None


def _names(name: str, speaker: str) -> bool:
    return re.search(rf"\b{re.escape(name.casefold())}\b", speaker.casefold()) is not None


def _outlet(claim: Claim, document: Document, family: Family | None) -> str | None:
    """The outlet whose word the claim is: one that the text says reported it, the family's, or the passage's."""
    if claim.voice.chain and is_outlet(claim.voice.chain[-1]):
        return outlet_key(claim.voice.chain[-1])
    if family is not None and (family.repeats or family.outlet):
        return family.repeats or family.outlet
    _, source = passage_at(document, claim.sentence.start if claim.sentence is not None else None)
    return outlet_key(source) if source else None


def _family_id(claim: Claim, document: Document, family: Family | None) -> str:
    if family is not None:
        return family.id
    return passage_at(document, claim.sentence.start if claim.sentence is not None else None)[0]


def _name(speaker: str) -> str:
    return " ".join(_TITLES.sub("", speaker.strip()).casefold().split()).strip(",.'’")
