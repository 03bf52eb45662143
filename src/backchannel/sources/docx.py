"""Word files (.docx), read with a guard against archives that unpack to far more than they weigh."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator

import docx
import docx.opc.exceptions
from docx.table import Table

from backchannel.errors import DocumentError
from backchannel.sources.draft import Draft, finish, plausible
from backchannel.sources.kinds import BROKEN, Arrival, Fetched, Options, payload, source

_UNPACKED = 5
_MOST_PARTS = 5000
_FAULTS = (*BROKEN, docx.opc.exceptions.OpcError, zipfile.BadZipFile, NotImplementedError)


@source(".docx")
def read_word(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield the document of a Word file: paragraphs and table rows in their order.

    Its date of creation stands in for the day of publication only when ``options`` gives none and it is plausible.

    Raises:
        DocumentError: it is no Word file, is broken, or unpacks to over five times ``max_bytes``.
    """
    content = payload(arrival, options)
    _check_archive(content, options.max_bytes * _UNPACKED)
    try:
        word = docx.Document(io.BytesIO(content))
        text = "\n".join(_lines(word))
        title, created = _properties(word)
    except _FAULTS as fault:
        raise DocumentError(
            f"no readable Word file ({type(fault).__name__}); open and save it again as .docx"
        ) from None
    day = plausible(created, options) if options.date is None else None
    notes = (
        () if day is None else ("date: the file's date of creation; give --date if it was published on another day",)
    )
    yield finish(
        Draft(
            payload=content,
            text=text,
            title=title,
            date=day,
            url=arrival.url,
            retrieved=arrival.retrieved,
            notes=notes,
        ),
        options,
    )


def _check_archive(content: bytes, most: int) -> None:
    """Raise when the archive is none, or unpacks to more than ``most`` bytes (zipfile reads no more than declared)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except _FAULTS:
        raise DocumentError(
            "no Word file: it is truncated or no archive; fetch it again (.doc files: save as .docx)"
        ) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most or len(parts) > _MOST_PARTS:
        raise DocumentError(f"unpacks to {unpacked:,} bytes in {len(parts):,} parts; refused over {most:,} bytes")


def _lines(word: docx.document.Document) -> Iterator[str]:
    """Yield the text of each paragraph and table row."""
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield " | ".join(cell for cell in cells if cell)
        else:
            yield block.text


def _properties(word: docx.document.Document) -> tuple[str | None, datetime.date | None]:
    """Give title and day of creation; what the python-docx template carries (2013) counts as nothing."""
    properties = word.core_properties
    created = properties.created
    if properties.author == "python-docx" or created is None:
        return properties.title or None, None
    return properties.title or None, created.date()
