"""Cite a document, ready to paste: a volume's record as its editors ask, else outlet, headline, day and address; as CSL for Zotero and BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from backchannel.analysis.phrases import day
from backchannel.analysis.volumes import Volume, volume_of
from backchannel.families import passage_at
from backchannel.importers.readouts import INSTITUTION, KIND, READOUT
from backchannel.importers.tables import KEY as TABLE
from backchannel.records import Claim, Document
from backchannel.sources import record

_NUMBER = re.compile(r"^\[?(?:No\.\s*)?\d+[a-z]?\]?\.?\s+(?=\S)")
_SUFFIX = re.compile(r"^(?P<name>.+?),? (?P<suffix>Jr\.|Sr\.|I{2,3}|IV)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a citation of anything but a volume's record is made of, in the order in which it stands."""

    teller: str | None
    within: str | None
    title: str | None
    kind: str | None
    on: str | None
    row: str | None


def cite(document: Document, claim: Claim | None = None) -> str:
    """Give a citation of a document, or of what a claim rests on in it, as one line without markup.

    A record of Foreign Relations of the United States is cited by volume and document number, with its editors; where
    its volume was not read, title and editors are left out. All else is cited by who published it, headline, day and
    address. A claim adds the row of a table, and in a digest the outlet of its passage. The day on which an address was
    fetched stands at the end where it is known.

    Args:
        document: what is cited.
        claim: one that was read in it.

    Source:
        https://history.state.gov/historicaldocuments/citing-frus, as the Office of the Historian gave it in 2024.

    >>> cite(Document(id="d", source="Fjord Gazette", title="Quiet talks", url="https://example.org/1"))
    'Fjord Gazette, “Quiet talks,” https://example.org/1'
    >>> cite(Document(id="d_1"))
    'document d_1'
    """
    volume = volume_of(document)
    told = _in_volume(document, volume) if volume is not None else _elsewhere(document, _work(document, claim))
    states = {"retracted": " [withdrawn]", "updated": " [a later edition replaces it]"}
    return f"{told}{_fetched(document)}{states.get(document.state, '')}"


def as_csl(document: Document, claim: Claim | None = None) -> dict[str, Any]:
    """Give the same as an item of CSL-JSON, which Zotero reads and pandoc turns into BibTeX; its ``id`` is the document's.

    Source:
        Citation Style Language 1.0.2, csl-data.json.

    >>> as_csl(Document(id="d_1", source="Fjord Gazette", title="Quiet talks"))
    {'id': 'd_1', 'type': 'article-newspaper', 'title': 'Quiet talks', 'container-title': 'Fjord Gazette'}
    """
    volume = volume_of(document)
    work = _work(document, claim)
    own = _csl_in_volume(document, volume) if volume is not None else _csl_elsewhere(document, work)
    issued = volume.released if volume is not None else work.on
    item = {
        "id": document.id if work.row is None else f"{document.id}#{work.row}",
        **own,
        "issued": _date_parts(issued),
        "URL": document.url,
        "accessed": _date_parts(document.retrieved.date().isoformat() if document.retrieved is not None else None),
        "language": document.language,
    }
    return {name: value for name, value in item.items() if value not in (None, "", [])}


def _fetched(document: Document) -> str:
    is_told = document.retrieved is not None and document.url is not None
    return f" [accessed {day(document.retrieved.date().isoformat())}]" if is_told and document.retrieved else ""


# --- a record of a volume


def _in_volume(document: Document, volume: Volume) -> str:
    editors = volume.editors
    by = f", {'eds.' if len(editors) > 1 else 'ed.'} {_joined(editors)}" if editors else ""
    published = _published(volume)
    parts = [f"{volume.title}{by}{f' ({published})' if published else ''}"]
    parts += [f"Document {volume.document}"] if volume.document is not None else []
    return f"{', '.join(parts)}.{f' {document.url}' if document.url is not None else ''}"


def _published(volume: Volume) -> str:
    """Give place, publisher and year as they stand in brackets."""
    where = ": ".join(part for part in (volume.place, volume.publisher) if part is not None)
    return ", ".join(part for part in (where, volume.released and volume.released[:4]) if part)


def _joined(names: tuple[str, ...]) -> str:
    """Give names as a sentence lists them.

    >>> _joined(("Ada Reed",)), _joined(("Ada Reed", "Bo Lind")), _joined(("A", "B", "C"))
    ('Ada Reed', 'Ada Reed and Bo Lind', 'A, B, and C')
    """
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _csl_in_volume(document: Document, volume: Volume) -> dict[str, Any]:
    return {
        "type": "chapter",
        "title": _plain_title(document),
        "container-title": volume.name or volume.title,
        "collection-title": ", ".join(part for part in (volume.series, volume.subseries) if part is not None),
        "volume": re.sub(r"^Volume\s+", "", volume.number) if volume.number is not None else None,
        "number": None if volume.document is None else f"Document {volume.document}",
        "editor": [_name(one) for one in volume.editors],
        "publisher": volume.publisher,
        "publisher-place": volume.place,
    }


def _plain_title(document: Document) -> str | None:
    """Give a record's heading without its number."""
    return None if document.title is None else _NUMBER.sub("", document.title)


def _name(whole: str) -> dict[str, str]:
    """Give a name with its family name apart.

    >>> _name("C. Thomas Reed, Jr.")
    {'family': 'Reed', 'given': 'C. Thomas', 'suffix': 'Jr.'}
    """
    found = _SUFFIX.match(whole)
    given, _, family = (found["name"] if found is not None else whole).rpartition(" ")
    name = {"family": family, "given": given} if given else {"literal": whole}
    return name | ({"suffix": found["suffix"]} if found is not None else {})


# --- all else


def _work(document: Document, claim: Claim | None) -> _Work:
    """Give what is cited of a document: a readout by its institution, a passage by its outlet, a table by its row."""
    sentence = claim.sentence if claim is not None else None
    outlet = passage_at(document, sentence.start if sentence is not None else None)[1]
    is_readout = document.meta.get(KIND) == READOUT
    teller = str(document.meta[INSTITUTION]) if is_readout and document.meta.get(INSTITUTION) else outlet
    is_digest = outlet is not None and outlet != document.source
    return _Work(
        teller=teller or document.source,
        within=document.source if is_digest and not is_readout else None,
        title=document.title,
        kind=READOUT if is_readout else None,
        on=document.published.isoformat() if document.published is not None else None,
        row=claim.row if claim is not None and TABLE in document.meta else None,
    )


def _elsewhere(document: Document, work: _Work) -> str:
    title = None if work.title is None else f"“{work.title}{'' if work.title[-1:] in '?!.…' else ','}”"
    within = None if work.within is None else f"in {work.within}"
    number = None if work.row is None else f"row {work.row}"
    on = None if work.on is None else day(work.on)
    told = ""
    for part in (work.teller, within, title, work.kind, number, on, document.url):
        if part is not None:
            told += (" " if told.endswith("”") else ", " if told else "") + part
    if title is None and document.url is None:
        told = ", ".join(part for part in (told, f"document {document.id}") if part)
    return told.removesuffix(",”") + "”" if told.endswith(",”") else told


def _csl_elsewhere(document: Document, work: _Work) -> dict[str, Any]:
    if work.kind == READOUT:
        return {"type": "webpage", "title": work.title, "author": [{"literal": work.teller}], "genre": READOUT}
    if TABLE in document.meta:
        return {"type": "dataset", "title": work.title, "publisher": work.teller, "number": work.row}
    if record.KEY in document.meta:
        return {"type": "document", "title": _plain_title(document), "archive": work.teller}
    return {
        "type": "article-newspaper",
        "title": work.title,
        "container-title": work.within or work.teller,
        "author": [{"literal": work.teller}] if work.within is not None else None,
    }


def _date_parts(told: str | None) -> dict[str, list[list[int]]] | None:
    """Give an ISO date of any precision as CSL has it, ``None`` for what is no date.

    >>> _date_parts("1988"), _date_parts("2023-05-06"), _date_parts("n.d.")
    ({'date-parts': [[1988]]}, {'date-parts': [[2023, 5, 6]]}, None)
    """
    if told is None or not re.match(r"^\d{4}(?:-\d\d){0,2}$", told):
        return None
    return {"date-parts": [[int(part) for part in told.split("-")]]}
