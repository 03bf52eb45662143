"""What the head of a declassified record says: kind, day and hour, place, who took part, subject, marking.

Both readers of records fill it, the one of plain text and the one of marked-up volumes. It stands as plain values in
``Document.meta["record"]``. Every value keeps the words it was read from: a ``Words`` span lies in ``Document.text``
unless its ``part`` names another part of the record (``source_note``, ``summary``), which stands in the record itself.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import msgspec

from backchannel.records import Document

KEY = "record"
"""Where a record stands in ``Document.meta``."""

RecordKind = Literal["memcon", "telcon", "meeting", "memorandum", "backchannel", "telegram", "editorial", "other"]
"""memcon: a conversation in person; telcon: by telephone; meeting: minutes, a memorandum of discussion; memorandum: one
for the record or the files; backchannel: a message by a channel beside the official one; editorial: a note by the
editors of a volume."""

TALKS: frozenset[RecordKind] = frozenset({"memcon", "telcon", "meeting"})
"""The kinds that record one talk as such."""

Part = Literal["text", "source_note", "summary"]
RecordRole = Literal["participant", "from", "to", "drafter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of one part of a record: ``text`` stands there at ``[start, end)``, line breaks as blanks.

    A line that is broken in two in the document keeps its break in the offsets: ``text`` is what it says.
    """

    start: int
    end: int
    text: str
    part: Part = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One who took part (or sent, or received), as one line or phrase of the record gives them.

    ``line`` is the whole item, ``name`` the name in it with or without first names and titles, ``office`` what the item
    says they are. ``side`` is the label of their side as it stands ("Soviet", "US"), ``state`` the actor id it means.
    ``reference`` is the id that the source gives the person ("p_KHA1"), ``person`` our own id, where known, and ``by``
    the rule that found it.
    """

    line: Words
    name: Words | None = None
    office: Words | None = None
    side: str | None = None
    state: str | None = None
    role: RecordRole = "participant"
    reference: str | None = None
    person: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When it took place: ISO days with or without an hour ("1974-11-04", "1974-11-04T12:45"), in local time.

    ``end`` is ``None`` where only a beginning is told; ``words`` is ``None`` where a volume's markup says it alone.
    """

    start: str
    end: str | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note by the editors: its number as printed and its text; ``at`` is the offset in the text where it hangs.

    ``start`` and ``end`` are where it stands in the document's text, behind the record itself (``sources.notes``).
    """

    number: str
    text: str
    at: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The head of one record.

    ``volume`` and ``number`` are for citing it. ``room`` is where in the place it was held, as prose ("the Oval
    Office"). ``classification`` and ``handling`` are the marking's levels and distribution words in their usual
    spelling, ``marking`` the words they rest on; "No classification marking" is a value, its absence is ``None``.
    ``source_place`` is where the source note stands among the notes behind the record.
    """

    kind: RecordKind
    heading: Words | None = None
    volume: str | None = None
    number: str | None = None
    moment: Moment | None = None
    places: tuple[Words, ...] = ()
    room: Words | None = None
    participants: tuple[Participant, ...] = ()
    subjects: tuple[Words, ...] = ()
    classification: str | None = None
    handling: tuple[str, ...] = ()
    marking: Words | None = None
    source_note: str | None = None
    source_place: tuple[int, int] | None = None
    summary: str | None = None
    footnotes: tuple[Footnote, ...] = ()

    @property
    def day(self) -> str | None:
        """The first day, as ISO date, or ``None`` when the record is undated."""
        return None if self.moment is None else self.moment.start[:10]


def kept(record: Record) -> dict[str, Any]:
    """Give a record as the plain values to put under ``KEY`` in a document's ``meta``."""
    values: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return values


def of(document: Document) -> Record | None:
    """Give the record that a document is, or ``None`` when it is none.

    Raises:
        msgspec.ValidationError: what stands there has not the shape of a record; the message names the path.
    """
    values = document.meta.get(KEY)
    return None if values is None else msgspec.convert(values, Record)


def print_name(record: Record) -> str | None:
    """Give what all prints of one record share: its heading's first words, its day and hour, the surnames as listed.

    ``None`` for a record without a day or people. Two sides' records of a talk differ in heading or order.

    >>> print_name(Record(kind="memcon", moment=Moment(start="1961-03-09")))
    """
    names = [one.name.text.split()[-1].casefold() for one in record.participants if one.name is not None]
    if record.moment is None or not names:
        return None
    heading = " ".join(record.heading.text.casefold().split()[:3]) if record.heading is not None else record.kind
    return f"{heading.strip(' ,.')}, {record.moment.start}, {', '.join(dict.fromkeys(names))}"


def public_on(document: Document) -> date | None:
    """Give the day on which the public could read a document; of a record the day it came out, ``None`` if unknown."""
    return released(document) if KEY in document.meta else document.published


def released(document: Document) -> date | None:
    """Give the day by which the public could read a record; ``None`` where nothing tells it.

    That is the day its volume came out, the last of a year or month where no more is told; without a volume the day of
    publication, where it lies behind the day that the record itself bears; a record that bears none may be given its
    own day for that of publication, and nothing is told.
    """
    told = of(document)
    volume = document.meta.get("volume")
    issued = _last_day(str(volume.get("released") or "")) if isinstance(volume, dict) else None
    if issued is not None or told is None or told.volume is not None or document.published is None:
        return issued
    own = date.fromisoformat(told.day) if told.day is not None else None
    return document.published if own is not None and document.published > own else None


def _last_day(told: str) -> date | None:
    """Give the last day of an ISO year, month or day, ``None`` for anything else.

    >>> _last_day("1988"), _last_day("2006-02"), _last_day("no date")
    (datetime.date(1988, 12, 31), datetime.date(2006, 2, 28), None)
    """
    try:
        year, month, day = (*(int(part) for part in told.strip()[:10].split("-")), None, None)[:3]
        if year is None:
            return None
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
