"""A draft is what a kind of source has read; here it gets its id, day and language and becomes a document."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

import pycld2

from backchannel import documents
from backchannel.errors import DocumentError
from backchannel.records import Document
from backchannel.sources import digest, heads, record
from backchannel.sources.kinds import Fetched, Options

_SAMPLE = 20_000
_LETTERS = 40
_RENAMED = {"iw": "he", "jw": "jv", "mo": "ro", "in": "id", "ji": "yi"}
_UNPRINTABLE = re.compile(r"[^\S \n]|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CODE = re.compile(r"^([A-Za-z]{2})(?:[-_].*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a kind of source found; ``payload`` is the bytes as fetched, ``date`` as it stood there."""

    payload: bytes
    text: str
    id: str | None = None
    title: str | None = None
    date: str | datetime.date | None = None
    url: str | None = None
    source: str | None = None
    language: str | None = None
    licence: str | None = None
    retrieved: datetime.datetime | None = None
    items: object = None
    meta: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def finish(draft: Draft, options: Options) -> Fetched:
    """Give the document of a draft, with notes on its day and language.

    A text that is a declassified record has what its head says in ``meta``, and the record's day where it has no other.

    Raises:
        DocumentError: there is no text.
    """
    if not draft.text.strip():
        raise DocumentError("no text in it; nothing to read")
    source = draft.source or options.source
    told = heads.read(draft.text) if record.KEY not in draft.meta else None
    day = told.day if told is not None and draft.date is None else draft.date
    published, faults = published_on(day, options)
    language = given_language(draft.language) if draft.language else None
    doubts: tuple[str, ...] = ()
    if language is None:
        language, doubts = language_of(draft.text)
    meta = dict(draft.meta)
    if faults and draft.date is not None:
        meta["date_note"] = faults[0]
    if told is not None:
        meta[record.KEY] = record.kept(told)
    found = digest.passages(draft.text, draft.items)
    if found:
        meta["passages"] = found
    document = Document(
        id=draft.id or documents.identify(source=source, url=draft.url, payload=draft.payload),
        source=source,
        url=draft.url,
        title=draft.title,
        text=draft.text,
        language=language,
        published=published,
        retrieved=draft.retrieved,
        licence=draft.licence,
        meta=meta,
    )
    return Fetched(document=document, problem=None, notes=(*draft.notes, *faults, *doubts))


def published_on(value: str | datetime.date | None, options: Options) -> tuple[datetime.date | None, tuple[str, ...]]:
    """Give the day of publication and notes: the document's own, else the one in ``options``, else none."""
    notes: list[str] = []
    for candidate in (value, options.date):
        try:
            day = documents.published_on(candidate, today=options.today)
        except DocumentError as fault:
            notes.append(str(fault))
            continue
        if day is not None:
            return day, tuple(notes)
    return None, tuple(notes) or ("no date: read without one",)


def given_language(value: str) -> str | None:
    """Give the ISO 639-1 code of a language tag, or ``None`` when it is no such tag.

    >>> given_language("en-GB"), given_language("English")
    ('en', None)
    """
    found = _CODE.match(value.strip())
    code = found.group(1).lower() if found else None
    return _RENAMED.get(code, code) if code else None


def language_of(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Give the ISO 639-1 code of the text's language and notes; ``None`` for under 40 letters or on doubt.

    Source:
        Compact Language Detector 2, through pycld2, on the first 20,000 characters.
    """
    sample = _UNPRINTABLE.sub(" ", text[:_SAMPLE])
    if sum(letter.isalpha() for letter in sample) < _LETTERS:
        return None, ()
    reliable, _, guesses = pycld2.detect(sample)
    code = guesses[0][1].split("-")[0]
    code = _RENAMED.get(code, code)
    if code == "un" or not reliable:
        return None, ("language: not sure, left open",)
    return (code if len(code) == 2 else None), ()


def plausible(day: datetime.date | None, options: Options) -> datetime.date | None:
    """Give a day taken from a file's own properties when it is plausible: from 1990 on, and not to come."""
    if day is None or not datetime.date(1990, 1, 1) <= day <= options.today:
        return None
    return day
