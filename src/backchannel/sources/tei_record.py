"""The record that a document of a marked-up volume is: its heading, day, place, people, subject, notes and marking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from backchannel.sources import heads
from backchannel.sources.heads.heading import kind_of
from backchannel.sources.record import TALKS, Footnote, Moment, Participant, Record, Words
from backchannel.sources.tei_people import headed, kind_of_list, listed, reference
from backchannel.sources.tei_text import Flat, plain

_NUMBER = re.compile(r"^\s*(?:\[?(?:No\.\s*)?\d+[a-z]?\]?\.?\s+)")
_HOUR = re.compile(r"T(\d\d:\d\d)")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d(?!\d)")


def read_record(division: Element, flat: Flat, *, volume: str | None) -> Record:
    """Give the record of a ``div`` of a document, its words by their places in the flattened text.

    Args:
        division: the document's element.
        flat: its text.
        volume: the id of the volume that holds it.
    """
    head = division.find("head")
    heading = _heading(head, flat)
    source, summary, footnotes = _notes(flat)
    datelines = list(division.iter("dateline"))
    kind = (kind_of(heading.text) if heading is not None else None) or "other"
    told = Record(
        kind=kind,
        heading=heading,
        volume=volume,
        number=division.get("n") or None,
        moment=_moment(division, datelines, head, flat),
        places=_places(datelines, flat),
        participants=_participants(division, head, flat, is_talk=kind in TALKS),
        subjects=tuple(_subjects(division, flat)),
        source_note=source,
        summary=summary,
        footnotes=footnotes,
    )
    return _completed(told, heads.read(flat.text, source_note=source), flat)


def _completed(told: Record, plain: Record | None, flat: Flat) -> Record:
    """Give a record with what its plain text alone says: the marking, the room, and what the markup leaves out.

    In older volumes those present often stand in plain paragraphs.
    """
    if plain is None:
        return told
    people = told.participants
    if not any(person.role == "participant" for person in people):
        people = (*people, *(_referred(person, flat) for person in plain.participants if person.role == "participant"))
    return replace(
        told,
        moment=told.moment or plain.moment,
        places=told.places or plain.places,
        room=plain.room,
        participants=people,
        subjects=told.subjects or plain.subjects,
        classification=plain.classification,
        handling=plain.handling,
        marking=plain.marking,
    )


def _referred(person: Participant, flat: Flat) -> Participant:
    """Give somebody of the plain text with the volume's id, where a name on the line has one."""
    for element, (start, end) in flat.places.items():
        if element.tag == "persName" and person.line.start <= start and end <= person.line.end:
            number = reference(element)
            return replace(person, name=flat.words(element), reference=number, by=f"text:{person.by or 'line'}")
    return replace(person, by=f"text:{person.by or 'line'}")


def _heading(head: Element | None, flat: Flat) -> Words | None:
    """Give the heading without the number that stands before it."""
    whole = flat.words(head) if head is not None else None
    if whole is None:
        return None
    number = _NUMBER.match(flat.text[whole.start : whole.end])
    return flat.between(whole.start + (number.end() if number is not None else 0), whole.end) or whole


# --- when and where


def _moment(division: Element, datelines: list[Element], head: Element | None, flat: Flat) -> Moment | None:
    """Give when it took place: by the first dateline that has a day, the heading, else the window of the markup."""
    for place in (*datelines, *([head] if head is not None else [])):
        for element in place.iter("date"):
            start = _time(element.get("when") or element.get("from") or element.get("notBefore"))
            if start is not None:
                end = _time(element.get("to") or element.get("notAfter"))
                return _with_hours(Moment(start=start, end=end, words=flat.words(element)), place)
    start = _time(division.get("doc-dateTime-min"))
    end = _time(division.get("doc-dateTime-max"))
    if start is None:
        return None
    is_a_day = end is not None and end[:10] == start[:10] and start[11:] == "00:00" and end[11:] >= "23:59"
    return Moment(start=start[:10]) if is_a_day else Moment(start=start, end=end if end != start else None)


def _with_hours(moment: Moment, dateline: Element) -> Moment:
    """Give a moment with the hours of the dateline's ``time``, where its own day has none."""
    clock = next(dateline.iter("time"), None)
    if clock is None or len(moment.start) > 10 or moment.end is not None:
        return moment
    start, end = (_HOUR.match("T" + (clock.get(name) or "")) for name in ("from", "to"))
    start = start or _HOUR.match("T" + (clock.get("when") or ""))
    if start is None:
        return moment
    until = f"{moment.start}T{end.group(1)}" if end is not None and end.group(1) > start.group(1) else None
    return Moment(start=f"{moment.start}T{start.group(1)}", end=until, words=moment.words)


def _time(value: str | None) -> str | None:
    """Give a day, with its hour where there is one, without seconds and zone; ``None`` for less than a day."""
    if value is None or not _DAY.match(value.strip()):
        return None
    hour = _HOUR.search(value)
    return value.strip()[:10] + (f"T{hour.group(1)}" if hour is not None else "")


def _places(datelines: list[Element], flat: Flat) -> tuple[Words, ...]:
    """Give the places of the first dateline that names one."""
    for dateline in datelines:
        found = tuple(words for element in dateline.iter("placeName") if (words := flat.words(element)))
        if found:
            return found
    return ()


# --- who and about what


def _participants(division: Element, head: Element | None, flat: Flat, *, is_talk: bool) -> tuple[Participant, ...]:
    """Give those of the lists, and those of the heading who are not among them; a list tells alone who took part."""
    found = listed(division, flat)
    named = headed(head, flat, is_talk=is_talk) if head is not None else ()
    known = {(person.role, surname) for person in found if (surname := _surname(person)) is not None}
    if any(person.role == "participant" for person in found):
        named = tuple(person for person in named if person.role != "participant")
    return (*found, *(person for person in named if (person.role, _surname(person)) not in known))


def _surname(person: Participant) -> str | None:
    return person.name.text.split()[-1].casefold() if person.name is not None else None


def _subjects(division: Element, flat: Flat) -> Iterator[Words]:
    for one in division.iter("list"):
        if kind_of_list(one) == "subject":
            yield from (words for item in one.findall("item") if (words := flat.words(item)) is not None)


# --- the editors' notes


def _notes(flat: Flat) -> tuple[str | None, str | None, tuple[Footnote, ...]]:
    """Give the source note, the summary and the other notes of a document."""
    source: str | None = None
    summaries: list[str] = []
    footnotes: list[Footnote] = []
    for number, (note, at) in enumerate(flat.notes, start=1):
        text = plain(note)
        if text is None:
            continue
        if source is None and _is_source(note, text):
            source = text
        elif note.get("type") == "summary":
            summaries.append(text)
        else:
            footnotes.append(Footnote(number=note.get("n") or str(number), text=text, at=at))
    return source, "\n".join(summaries) or None, tuple(footnotes)


def _is_source(note: Element, text: str) -> bool:
    """Tell whether a note says where the document is kept: by its type, or in older volumes by its beginning."""
    if note.get("type") is not None:
        return note.get("type") == "source"
    return note.get("rend") == "inline" or text.startswith(("Source:", "[Source:"))
