"""A document as it is checked: its sentences, its profile and the dictionary; and what a fault is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from backchannel.actors import ActorTable, Profile, profile
from backchannel.language import segment
from backchannel.records import Claim, Document, Evidence
from backchannel.sources import notes, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong: in which ``claim`` (or conversation), in which field, and the rule it breaks."""

    document: str | None
    claim: str
    field: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One document with the start of each of its sentences."""

    document: Document
    profile: Profile
    actors: ActorTable
    starts: tuple[int, ...]

    def sentence(self, at: int) -> int:
        """Give the number of the sentence that holds, or last begins before, the character ``at``."""
        return max(bisect_right(self.starts, at) - 1, 0)

    def place(self, evidence: Evidence) -> str | None:
        """Give the text that an evidence quotes from; ``None`` when the document lacks it."""
        document = self.document
        match evidence.by.partition(":")[0]:
            case "title":
                return document.title
            case "source":
                return document.source or document.url
            case "date":
                return None if document.published is None else document.published.isoformat()
            case _:
                return document.text

    def annotates(self, one: int, other: int) -> bool:
        """Tell whether one of two characters stands in an editor's note, and the other in the sentence on which it hangs."""
        told = record.of(self.document)
        for note in notes.of(told) if told is not None else ():
            inside = [note.start <= at < note.end for at in (one, other)]
            if note.at is not None and inside[0] != inside[1]:
                outer = other if inside[0] else one
                return self.sentence(outer) == self.sentence(max(note.at - 1, 0))
        return False

    def fault(self, claim: Claim, field: str, rule: str, message: str) -> Fault:
        """Give a fault of a claim of this document."""
        return Fault(document=self.document.id, claim=claim.id, field=field, rule=rule, message=message)


def open_page(document: Document, actors: ActorTable) -> Page:
    """Give the document as it is checked."""
    kind = profile(document)
    cut = segment(document.text, is_digest=kind.kind == "digest", is_transcript=kind.is_transcript)
    return Page(document=document, profile=kind, actors=actors, starts=tuple(s.start for s in cut.sentences))


def is_in_text(evidence: Evidence) -> bool:
    """Tell whether an evidence quotes the document's text, not its title, source or date."""
    return evidence.by.partition(":")[0] not in ("title", "source", "date")
