"""The head of a declassified record, read from its plain text whatever the form it was typed on.

``read`` gives a ``Record`` or ``None``. No layout is required: a part is known by its label, an item by being made of
names and offices, a dateline by a day after a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from backchannel.records import Document
from backchannel.sources import notes, record
from backchannel.sources.heads import marking
from backchannel.sources.heads.dateline import setting
from backchannel.sources.heads.heading import callers, heading_of, named_by, number_of, people_of, senders
from backchannel.sources.heads.layout import Line, Part, lines, parts
from backchannel.sources.heads.participants import participants
from backchannel.sources.record import Footnote, Participant, Record, RecordKind, Words

__all__ = ["filled", "of", "read"]

_HEAD = 4000
"""Characters in which the heading stands."""


def read(
    text: str,
    *,
    source_note: str | None = None,
    summary: str | None = None,
    footnotes: Sequence[Footnote] = (),
    volume: str | None = None,
) -> Record | None:
    """Give what the head of a record says, ``None`` for a text whose first lines call it no record.

    A heading alone is none: a number, a day, a place, a list of people or a marking must stand with it.

    Args:
        text: the record, one item of a list a line; it is not changed.
        source_note: what an editor says of where it lies and how it was marked, where that stands apart from the text.
        summary: an editor's summary, likewise.
        footnotes: an editor's notes, likewise.
        volume: the volume it is printed in, for citing.
    """
    found = heading_of(lines(text[:_HEAD]))
    if found is None:
        return None
    kind, heading = found
    own, labelled = lines(text), parts(text)
    place, listed = setting(own, labelled), participants(labelled, text)
    note = source_note if source_note else _own_note(text)
    marked = marking.of_note(note) or marking.of_head(own)
    number = number_of(heading)
    if not (number or listed or marked or note or place.moment or place.places):
        return None
    return Record(
        kind=kind,
        heading=named_by(heading),
        volume=volume,
        number=number,
        moment=place.moment,
        places=place.places,
        room=place.room,
        participants=(*listed, *_others(heading, kind, own, labelled, has_list=bool(listed))),
        subjects=tuple(subjects(labelled)),
        classification=None if marked is None else marked.classification,
        handling=() if marked is None else marked.handling,
        marking=None if marked is None else marked.words,
        source_note=note,
        summary=summary,
        footnotes=tuple(footnotes) or notes.at_the_end(text),
    )


def _others(
    heading: Line, kind: RecordKind, own: Sequence[Line], labelled: Sequence[Part], *, has_list: bool
) -> tuple[Participant, ...]:
    """Give those whom no list names: of the heading, of lines "FROM" and "TO", of a line with both ends of a call."""
    named = people_of(heading, kind)
    if not named and kind in ("backchannel", "telegram"):
        return senders(labelled)
    return named or (callers(own) if kind == "telcon" and not has_list else ())


def subjects(labelled: Sequence[Part]) -> list[Words]:
    """Give what the lines under "SUBJECT" say, each as it stands."""
    return [line.words() for part in labelled if part.label == "subject" for line in part.lines]


def _own_note(text: str) -> str | None:
    span = marking.note_in(text)
    return None if span is None else text[slice(*span)].strip("[] ")


def of(document: Document) -> Record | None:
    """Give the record that a document is: as its markup has it, else as its plain text says; ``None`` for none."""
    kept = record.of(document)
    return read(document.text) if kept is None else kept


def filled(document: Document) -> Document:
    """Give a document with what its head says in ``meta``, and with the record's day where it has no other."""
    told = None if record.KEY in document.meta else read(document.text)
    if told is None:
        return document
    day = date.fromisoformat(told.day) if document.published is None and told.day is not None else document.published
    return replace(document, meta=document.meta | {record.KEY: record.kept(told)}, published=day)
