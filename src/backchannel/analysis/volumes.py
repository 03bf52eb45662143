"""The volume that a record is printed in, as a citation needs it: from its own header, or from its number alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.records import Document
from backchannel.sources import record

FILE = "volumes.yml"
_ID = re.compile(
    r"^frus(?P<from>\d{4})(?:-(?P<to>\d{2,4}))?v(?P<electronic>e)?(?P<volume>\d{1,2})(?:p(?P<part>\d))?(?:/(?P<own>\w+))?$"
)
_ADDRESS = re.compile(r"^https?://history\.state\.gov/historicaldocuments/(?P<id>frus[\w-]+/d\w+)$")
_ROMAN = ((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume and the document's number in it; ``title`` is whole: series, years, number and name."""

    title: str
    series: str | None = None
    subseries: str | None = None
    number: str | None = None
    name: str | None = None
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    place: str | None = None
    released: str | None = None
    document: str | None = None


def volume_of(document: Document) -> Volume | None:
    """Give the volume of a record, ``None`` for any other document.

    Where the volume itself was not read, its years and number come from its id or address, where these tell them.

    >>> volume_of(Document(id="frus1969-76v19p1/d75")).title
    'Foreign Relations of the United States, 1969–1976, Volume XIX, Part 1'
    """
    told = document.meta.get("volume")
    if isinstance(told, Mapping) and told.get("title") is not None:
        return _from_header(told, document)
    return _from_id(document)


def _from_header(told: Mapping[str, Any], document: Document) -> Volume:
    publisher = told.get("publisher")
    return Volume(
        title=str(told["title"]),
        series=told.get("series"),
        subseries=told.get("subseries"),
        number=told.get("number"),
        name=told.get("name"),
        editors=tuple(told.get("editors") or ()),
        publisher=_publishers().get(str(publisher), publisher),
        place=told.get("place"),
        released=told.get("released"),
        document=_own_number(document),
    )


def _own_number(document: Document) -> str | None:
    """Give the number that a document bears in its volume: as printed, else that of its id."""
    told = record.of(document)
    return (told.number if told is not None else None) or document.id.rpartition("/")[2].removeprefix("d") or None


def _from_id(document: Document) -> Volume | None:
    address = _ADDRESS.match(document.url or "")
    found = _ID.match(address["id"] if address is not None else document.id)
    if found is None or found["own"] is None:
        return None
    series = str(vocabulary.load(FILE)["citing"]["series"])
    first, last = found["from"], found["to"]
    years = first if last is None else f"{first}–{first[: 4 - len(last)]}{last}"
    own = f"E–{int(found['volume'])}" if found["electronic"] else roman(int(found["volume"]))
    number = f"Volume {own}{f', Part {part}' if (part := found['part']) else ''}"
    return Volume(
        title=f"{series}, {years}, {number}",
        series=series,
        subseries=years,
        number=number,
        document=found["own"].removeprefix("d"),
    )


def roman(number: int) -> str:
    """Give a number up to 49 in Roman figures.

    >>> roman(13), roman(19), roman(44)
    ('XIII', 'XIX', 'XLIV')
    """
    told = ""
    for value, letters in _ROMAN:
        told += letters * (number // value)
        number %= value
    return told


@cache
def _publishers() -> Mapping[str, str]:
    found: Mapping[str, str] = vocabulary.load(FILE)["citing"]["publishers"]
    return found
