"""Official readouts from the web: an account of a contact that an institution gives of itself, with the institution's name."""

from __future__ import annotations

from dataclasses import replace

from backchannel.actors import ActorTable, find, profile
from backchannel.errors import DocumentError
from backchannel.records import Document

KIND, INSTITUTION, OWNER = "kind", "institution", "owner"
"""Where the kind of a document, its institution and the actor whose voice that is stand in ``Document.meta``."""
READOUT = "readout"


def as_readout(document: Document, actors: ActorTable, *, institution: str | None = None) -> Document:
    """Give a document as the readout of an institution.

    Args:
        document: as it was read.
        actors: the dictionary, which says whose voice an institution is.
        institution: its name; without one that of the document's source, where that is an official site.

    Raises:
        DocumentError: it is not told, or not known, whose voice the institution is.
    """
    home = profile(document).home
    name = institution or (document.source if home is not None else None)
    if name is None:
        raise DocumentError(
            f"whose readout is it? {document.source or document.url or 'its source'} is no known official site; "
            "give --institution",
            room="importers",
        )
    owner = _owner(name, actors, document) or (home if institution is None else None)
    if owner is None:
        raise DocumentError(
            f"no actor is known whose institution is {name!r}; name the state in it, or add it with actors add",
            room="importers",
        )
    return replace(document, meta=document.meta | {KIND: READOUT, INSTITUTION: name, OWNER: owner})


def _owner(name: str, actors: ActorTable, document: Document) -> str | None:
    """Give the one state or body that an institution's name names, as a site or in words."""
    told = profile(Document(id="", source=name)).home
    if told is not None:
        return told
    named = {mention.actor for mention in find(name, actors, on=document.published)} - {None}
    return named.pop() if len(named) == 1 else None
