"""Volumes of records in TEI, such as Foreign Relations of the United States: each document in one becomes a document."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import Element

from backchannel.errors import DocumentError
from backchannel.sources import notes, record
from backchannel.sources.draft import Draft, finish
from backchannel.sources.kinds import Arrival, Fetched, Options, refused
from backchannel.sources.tei_people import reference
from backchannel.sources.tei_record import read_record
from backchannel.sources.tei_text import Flat, flatten, plain
from backchannel.sources.tree import pieces

SITE = "https://history.state.gov/historicaldocuments"
LICENCE = "Public domain (US government work)"
_SPLIT = re.compile(r"^[\s,;:.–—-]+")

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Volume:
    """What a volume says of itself, and the people of its list by their ids, each with name and description."""

    id: str | None = None
    title: str | None = None
    series: str | None = None
    is_frus: bool = False
    about: dict[str, Any] = field(default_factory=dict)
    people: dict[str, tuple[str, str | None]] = field(default_factory=dict)


def read_volume(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield a document for each ``div`` of type ``document``, in the order of the volume.

    Its id is that of the volume and its own (``frus1969-76v12/d1``). ``meta`` holds the record (``sources.record``), the
    ``volume`` to cite, the ``people`` of the volume's list that the document names, and each ``mention`` of one in it.
    Of the volume only one document is held at a time.

    Raises:
        DocumentError: it is no XML that is read, or has no document in it; what came before was yielded.
    """
    volume = Volume()
    count = 0
    for element in pieces(arrival.stream, _is_wanted, most=options.max_bytes):
        if element.tag == "teiHeader":
            _introduce(volume, element)
        elif element.tag == "list":
            volume.people.update(_people(element))
        else:
            count += 1
            yield _document(element, volume, arrival, options)
    if count == 0:
        raise DocumentError('TEI without a <div type="document">; save its text as .txt or .html')
    logger.info("%s: %d documents of volume %s", arrival.label, count, volume.id)


def _is_wanted(tag: str, attributes: dict[str, str]) -> bool:
    kind = attributes.get("type")
    return tag == "teiHeader" or (tag == "div" and kind == "document") or (tag == "list" and kind == "names")


def _introduce(volume: Volume, header: Element) -> None:
    """Fill in what the header says: id, title, editors, publisher and the year of publication."""
    titles = {title.get("type") or "": plain(title) for title in header.iterfind("./fileDesc/titleStmt/title")}
    ids = {one.get("type") or "": plain(one) for one in header.iterfind("./fileDesc/publicationStmt/idno")}
    volume.is_frus = ids.get("frus") is not None
    volume.id = ids.get("frus") or next((one for one in ids.values() if one is not None), None)
    volume.title = titles.get("complete") or titles.get("") or next(iter(titles.values()), None)
    volume.series = titles.get("series") or volume.title
    published = header.find("./fileDesc/publicationStmt")
    told = {name: plain(published.find(name)) if published is not None else None for name in ("publisher", "pubPlace")}
    editors = [(one.get("role"), plain(one)) for one in header.iterfind("./fileDesc/titleStmt/editor")]
    date = published.find("date") if published is not None else None
    about = {
        "id": volume.id,
        "title": volume.title,
        "series": titles.get("series"),
        "subseries": titles.get("subseries"),
        "number": titles.get("volumenumber") or titles.get("volume-number"),
        "name": titles.get("volume"),
        "editors": [name for role, name in editors if name and role != "general"],
        "general_editors": [name for role, name in editors if name and role == "general"],
        "publisher": told["publisher"],
        "place": told["pubPlace"],
        "released": (date.get("when") or plain(date)) if date is not None else None,
    }
    volume.about = {key: value for key, value in about.items() if value}


def _people(names: Element) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Yield the people of a list: id, name as listed (surname first), and what the editors say they were."""
    for item in names.iter("item"):
        name = item.find(".//persName")
        number = name.get("id") if name is not None else None
        if name is None or number is None:
            continue
        flat = flatten(item)
        words = flat.words(name)
        if words is not None:
            rest = " ".join(_SPLIT.sub("", flat.text[words.end :]).split())
            yield number, (words.text.strip(" ,"), rest or None)


def _document(division: Element, volume: Volume, arrival: Arrival, options: Options) -> Fetched:
    """Give one document of a volume, or the problem that it is."""
    own = division.get("id") or division.get("n") or "?"
    try:
        return finish(_draft(division, own, volume, arrival), options)
    except DocumentError as fault:
        return refused(f"{volume.id or arrival.label}/{own}", fault, kind="tei", options=options)


def _draft(division: Element, own: str, volume: Volume, arrival: Arrival) -> Draft:
    flat = flatten(division)
    text, told = notes.appended(flat.text, read_record(division, flat, volume=volume.id))
    head = division.find("head")
    title = flat.words(head) if head is not None else None
    people, mentions = _named(flat, volume)
    meta: dict[str, Any] = {record.KEY: record.kept(told), "volume": volume.about}
    if people:
        meta |= {"people": people, "mentions": mentions}
    name = volume.series or PurePath(arrival.label).stem
    return Draft(
        payload=f"{own}\n{flat.text}".encode(),
        text=text,
        id=f"{volume.id}/{own}" if volume.id is not None else None,
        title=title.text if title is not None else None,
        date=told.day,
        url=f"{SITE}/{volume.id}/{own}" if volume.is_frus else arrival.url,
        source=f"{name} ({volume.id})" if volume.id is not None else name,
        licence=LICENCE if volume.is_frus else None,
        retrieved=arrival.retrieved,
        meta=meta,
    )


def _named(flat: Flat, volume: Volume) -> tuple[dict[str, dict[str, str]], list[dict[str, Any]]]:
    """Give the listed people that a text names, by id, and each place where it names one."""
    people: dict[str, dict[str, str]] = {}
    mentions: list[dict[str, Any]] = []
    for element in flat.places:
        number = reference(element) if element.tag == "persName" else None
        words = flat.words(element)
        if number is None or words is None:
            continue
        mentions.append({"start": words.start, "end": words.end, "reference": number})
        name, description = volume.people.get(number, (None, None))
        if name is not None:
            people[number] = {"name": name} | ({"description": description} if description else {})
    mentions.sort(key=_place)
    return dict(sorted(people.items())), mentions


def _place(mention: dict[str, Any]) -> int:
    start: int = mention["start"]
    return start
