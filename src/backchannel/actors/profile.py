"""Tell what kind of text a document is and whose "we" it speaks with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.records import Document, SourceClass
from backchannel.sources import record

FILE = "profiles.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a document is: its kind, the state or body whose voice it is, and the class of its own word.

    ``cue`` stands in the title or source and tells the kind; ``heading`` is where the text itself tells it.
    """

    kind: str = "news"
    home: str | None = None
    speaks: SourceClass = "unattributed"
    cue: str | None = None
    heading: tuple[int, int] | None = None

    @property
    def is_transcript(self) -> bool:
        """Whether speakers hold the floor in turn."""
        return self.kind in ("transcript", "background_call")

    @property
    def is_official(self) -> bool:
        """Whether the text is an official body's own account."""
        return self.home is not None and self.kind in ("readout", "announcement", "joint", "official")


def profile(document: Document) -> Profile:
    """Give the document's profile from its title, source and address; a readout or record is one by its ``meta``.

    >>> p = profile(Document(id="d", title="Readout of the President's Call", source="White House", text=""))
    >>> p.kind, p.home, p.speaks
    ('readout', 'USA', 'institution')
    """
    if document.meta.get("kind") == "readout" and document.meta.get("owner"):
        return Profile(kind="readout", home=str(document.meta["owner"]), speaks="institution")
    title, source = document.title or "", document.source or ""
    place = f"{source} {document.url or ''}"
    home = _home(place)
    for row in _data()["kinds"]:
        where = title if row["where"] == "title" else source
        cue = next((cue for cue in row["cues"] if cue in where), None)
        if cue is None or (
            row["id"] in ("announcement", "transcript", "readout", "joint")
            and home is None
            and not _is_institution(source)
        ):
            continue
        return Profile(kind=row["id"], home=home, speaks=row["speaks"], cue=cue)
    told = record.of(document)
    if told is not None and told.heading is not None:
        heading = (told.heading.start, told.heading.end)
        return Profile(kind="record", home=home, speaks="document", heading=heading)
    if home is not None:
        return Profile(kind="official", home=home, speaks="institution")
    return Profile()


def _home(place: str) -> str | None:
    lowered = place.lower()
    for row in _data()["homes"]:
        if any(cue.lower() in lowered for cue in row["cues"]):
            return str(row["home"])
    return None


def _is_institution(source: str) -> bool:
    return any(
        word in source
        for word in (
            "Ministry",
            "Government",
            "Office of",
            "Presidency",
            "Readout",
            "Secretariat",
            "Embassy",
            "Department",
        )
    )


@cache
def _data() -> Any:
    return vocabulary.load(FILE)
