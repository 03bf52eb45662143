"""Keep of a document, or of each item of a digest, what tells its copies."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from backchannel.actors.profile import profile
from backchannel.families.credits import is_feed, sift
from backchannel.families.retellings import repeated
from backchannel.families.signatures import PERMUTATIONS, sketch, words
from backchannel.records import Document

_READOUT = re.compile(r"\bread-?out\b", re.IGNORECASE)
OPENING = 60
"""Words at the beginning of a text that have a signature of their own: what a shortened copy keeps."""
OPENING_PERMUTATIONS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What is kept of one document, or of one item of a digest, to find its copies; ``count`` is that of its words.

    ``agency`` is the outlet that it credits, ``repeats`` the one whose report it retells, both as ``outlet_key`` gives
    them; ``is_feed`` tells that it was taken from an agency. ``home`` is the actor whose own account it is, ``account``
    its source where it is an institution's own account.
    """

    id: str
    outlet: str | None
    published: date | None
    count: int
    signature: array[int]
    opening: array[int]
    agency: str | None = None
    repeats: str | None = None
    is_feed: bool = False
    home: str | None = None
    account: str | None = None


def leaves(document: Document) -> Iterator[Leaf]:
    """Yield the document as a leaf, or each passage of a digest as one; a passage's id is ``passage_id``."""
    passages = document.meta.get("passages") or ()
    if not passages:
        home, account = _account(document)
        yield _leaf(document.id, document.source, document.published, document.text, home=home, account=account)
    for number, passage in enumerate(passages):
        text = document.text[passage["start"] : passage["end"]]
        yield _leaf(passage_id(document.id, number), passage.get("source"), document.published, text)


def _leaf(
    name: str,
    outlet: str | None,
    published: date | None,
    text: str,
    *,
    home: str | None = None,
    account: str | None = None,
) -> Leaf:
    agency, body = sift(text)
    told = words(body)
    return Leaf(
        id=name,
        outlet=outlet,
        published=published,
        count=len(told),
        signature=sketch(told, PERMUTATIONS),
        opening=sketch(told[:OPENING], OPENING_PERMUTATIONS),
        agency=agency,
        repeats=repeated(body),
        is_feed=is_feed(text),
        home=home,
        account=account,
    )


def _account(document: Document) -> tuple[str | None, str | None]:
    """The actor whose own account a document is and the source that gave it; a joint account is nobody's own."""
    told = profile(document)
    owner = document.meta.get("owner")
    home = str(owner) if owner is not None else told.home if told.is_official and told.kind != "joint" else None
    is_account = home is not None or told.speaks == "institution" or _READOUT.search(document.source or "") is not None
    return home, document.source if is_account else None


def passage_id(document: str, number: int) -> str:
    """Give the leaf id of a digest's passage, counted from 0."""
    return f"{document}#{number}"


def passage_at(document: Document, start: int | None) -> tuple[str, str | None]:
    """Give the leaf id and the outlet of the text at offset ``start``: the passage that holds it, else the document."""
    found = _passage(document, start)
    return (
        (document.id, document.source) if found is None else (passage_id(document.id, found[0]), found[1].get("source"))
    )


def passage_start(document: Document, start: int | None) -> int:
    """Give the offset at which the text that holds ``start`` begins: its passage's, else 0."""
    found = _passage(document, start)
    return 0 if found is None else int(found[1]["start"])


def _passage(document: Document, start: int | None) -> tuple[int, dict[str, Any]] | None:
    for number, passage in enumerate(document.meta.get("passages") or ()):
        if start is not None and passage["start"] <= start < passage["end"]:
            return number, passage
    return None
