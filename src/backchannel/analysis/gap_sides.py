"""Tell, claim by claim, what the public could know of a contact at the time from what only the record tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from backchannel.actors import profile
from backchannel.aspects.issue_tree import tree
from backchannel.conversations.reports import span
from backchannel.importers.readouts import KIND, READOUT
from backchannel.records import AHEAD, HELD, Claim, Conversation, Document, Precision, When
from backchannel.sources import record
from backchannel.sources.record import Record

NEAR_DAYS: Final = 7
"""Days after a contact within which a report counts as told at the time: a weekly's round."""
_PRECISIONS: Final[Mapping[int, Precision]] = {4: "year", 7: "month", 10: "day"}
_OFTEN: Final = 3
"""How often a record must name an issue for the talk to be counted as on it."""
_MOST: Final = 6
_READ: Final = 40_000
"""Characters of a record in which issues are looked for: some 15 printed pages."""

Side = Literal["public", "record", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with its document, the side it is on, and the days between which the public could first read it."""

    claim: Claim
    document: Document
    side: Side
    known: tuple[date, date] | None


def told(conversation: Conversation, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> list[Told]:
    """Give the claims of a conversation with their sides, by id.

    Those of withdrawn documents are left out, and of a talk that was held what records told of it as only planned.
    """
    found = []
    for one in sorted(conversation.claims):
        claim = claims.get(one)
        document = documents.get(claim.document) if claim is not None else None
        if claim is None or document is None or document.state == "retracted":
            continue
        if is_record(document) and claim.status in {*AHEAD, "hypothetical"} and conversation.status in HELD:
            continue  # a record of the plan is no record of the talk
        days = known(claim, document)
        found.append(
            Told(
                claim=claim, document=document, side=_side(document, days, claim.when or conversation.when), known=days
            )
        )
    return found


def is_record(document: Document) -> bool:
    """True for a declassified record, by its head, its volume's markup, or what it and its source are called.

    >>> is_record(Document(id="d", source="Foreign Relations of the United States (vol. 1)")), is_record(Document(id="d"))
    (True, False)
    """
    return record.KEY in document.meta or profile(document).kind == "record"


def known(claim: Claim, document: Document) -> tuple[date, date] | None:
    """Give the days between which the public could first read a claim, ``None`` where nothing tells.

    They differ for a record of a volume of which only the year or month of release is told. A row of a table counts as
    known on the last day of the contact, whenever the table was drawn up.
    """
    if is_record(document):
        return _released(document) if record.KEY in document.meta else None
    if claim.row is not None:
        return None if claim.when is None else (span(claim.when)[1], span(claim.when)[1])
    return None if document.published is None else (document.published, document.published)


def _released(document: Document) -> tuple[date, date] | None:
    last = record.released(document)
    volume = document.meta.get("volume")
    issued = str(volume.get("released") or "")[:10] if isinstance(volume, dict) else ""
    precision = _PRECISIONS.get(len(issued))
    if last is None or precision is None:
        return None if last is None else (last, last)
    return span(When(start=issued, end=issued, precision=precision))


def _side(document: Document, known: tuple[date, date] | None, when: When | None) -> Side:
    """A public document without a day, or of an undated contact, is taken as of the time: nothing says otherwise."""
    if is_record(document):
        return "record"
    if known is None or when is None:
        return "public"
    return "public" if known[1] <= span(when)[1] + timedelta(days=NEAR_DAYS) else "later"


def records_of(found: Iterable[Told]) -> Iterator[tuple[Told, Record]]:
    """Yield the claims by which a document is the record of the talk itself, each with that record."""
    for one in found:
        if one.side == "record" and one.claim.voice.source_class == "document" and one.claim.trigger is not None:
            head = record.of(one.document)
            if head is not None and head.kind in record.TALKS and _is_heading(one.claim, head):
                yield one, head


def _is_heading(claim: Claim, head: Record) -> bool:
    """True when a claim's trigger stands in the heading of the record, so that the document records this talk."""
    words = head.heading
    return (
        words is not None
        and claim.trigger is not None
        and words.part == "text"
        and words.start <= claim.trigger.start < words.end
    )


def issues(found: Iterable[Told]) -> tuple[str, ...]:
    """Give the issues of some claims, and those on which their records or readouts dwell, as ids of the codebook."""
    every = list(found)
    kept = {issue for one in every for issue in one.claim.issues}
    own = {one.document.id: one.document for one, _ in records_of(every)}
    own |= {one.document.id: one.document for one in every if one.document.meta.get(KIND) == READOUT}
    for document in own.values():
        kept.update(dwelt_on(document.text))
    return tuple(sorted(kept))


def dwelt_on(text: str) -> tuple[str, ...]:
    """Give the issues that a text names often, at most six, the most named first."""
    counts: Counter[str] = Counter()
    for issue in tree():
        counts[issue.root] += sum(1 for _ in issue.pattern.finditer(text, 0, _READ))
    often = sorted((-number, issue) for issue, number in counts.items() if number >= _OFTEN)
    return tuple(issue for _, issue in often[:_MOST])
