"""PDF files with a text layer."""

from __future__ import annotations

import datetime
import io
import logging
import re
from collections.abc import Iterator

import pypdf
import pypdf.errors

from backchannel.errors import DocumentError
from backchannel.sources.draft import Draft, finish, plausible
from backchannel.sources.kinds import BROKEN, Arrival, Fetched, Options, payload, source

_MOST_PAGES = 2000
_FAULTS = (*BROKEN, pypdf.errors.PyPdfError)
_NO_TITLE = re.compile(r"^(?:untitled.*|microsoft word - .*|.*\.(?:docx?|pdf|indd|rtf|odt|tmp)|)$", re.I)
_ENDS = re.compile(r"""[.!?:;…]["'”’)\]]*$""")
_ITEM = re.compile(r"^(?:[-*•–·]|\d{1,3}[.)]|[A-Z][\w .'-]{1,40}:)\s")


@source(".pdf")
def read_pdf(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield the document of a PDF.

    Its creation date stands in for the day of publication only when ``options`` gives none and it is plausible.

    Raises:
        DocumentError: the file is truncated, encrypted, broken, has no text layer or over 2,000 pages.
    """
    content = payload(arrival, options)
    reader = _open(content)
    pages = [_flow(text) for text in _pages(reader, options.max_bytes)]
    text = "\n\n".join(page for page in pages if page)
    if not text.strip():
        raise DocumentError(
            "no text layer: the pages are pictures; run OCR on it (for example ocrmypdf) and read the result"
        )
    title, created = _properties(reader)
    day = plausible(created, options) if options.date is None else None
    notes = () if day is None else ("date: the PDF's creation date; give --date if it was published on another day",)
    yield finish(
        Draft(
            payload=content,
            text=text,
            title=title,
            date=day,
            url=arrival.url,
            retrieved=arrival.retrieved,
            meta={"pages": len(pages)},
            notes=notes,
        ),
        options,
    )


def _open(content: bytes) -> pypdf.PdfReader:
    """Give a reader over the file, or say why there is none."""
    if b"%PDF-" not in content[:1024]:
        raise DocumentError("no PDF: it does not begin with %PDF-; rename it after what it is")
    # pypdf warns of every blemish it repairs; the reader is told when the file cannot be read.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except _FAULTS as fault:
        raise DocumentError(f"the PDF is truncated or broken ({_first(fault)}); fetch it again") from None
    if locked:
        raise DocumentError(
            "the PDF is encrypted; remove its password (for example with qpdf --decrypt) and read the result"
        )
    if count > _MOST_PAGES:
        raise DocumentError(f"the PDF has {count:,} pages, over {_MOST_PAGES:,}; split it")
    return reader


def _pages(reader: pypdf.PdfReader, limit: int) -> Iterator[str]:
    """Yield the text of each page; ``limit`` bounds them together, in characters."""
    size = 0
    for number in range(len(reader.pages)):
        try:
            text = reader.pages[number].extract_text()
        except (*_FAULTS, MemoryError) as fault:
            raise DocumentError(f"page {number + 1} of the PDF is broken ({_first(fault)}); fetch it again") from None
        size += len(text)
        if size > limit:
            raise DocumentError(f"the PDF holds more than {limit:,} characters; split it")
        yield text


def _properties(reader: pypdf.PdfReader) -> tuple[str | None, datetime.date | None]:
    """Give the title and day of creation in a PDF's properties, as far as they can be read."""
    title: str | None = None
    created: datetime.datetime | None = None
    try:
        properties = reader.metadata
        if properties is not None:
            title = properties.title
            created = properties.creation_date
    except _FAULTS:
        created = None
    if created is not None and created.tzinfo is not None:
        created = created.astimezone(datetime.UTC)
    named = title.strip() if isinstance(title, str) else ""
    return (None if _NO_TITLE.match(named) else named), (created.date() if created is not None else None)


def _flow(page: str) -> str:
    """Give a page with the lines of a paragraph joined and words mended that were parted at a line's end."""
    lines = [line.strip() for line in page.replace("\0", "").splitlines()]
    wide = 0.7 * max((len(line) for line in lines), default=0)
    flowing = ""
    before = ""
    for line in lines:
        if re.search(r"[a-z]-$", before) and line[:1].islower():
            flowing = flowing[:-1] + line
        elif before and line and _runs_on(before, line, wide):
            flowing += " " + line
        else:
            flowing += "\n" + line
        before = line
    return re.sub(r"\n{3,}", "\n\n", flowing).strip()


def _runs_on(before: str, line: str, wide: float) -> bool:
    """Tell whether a line goes on with the paragraph of the one before it."""
    if len(before) >= wide:
        return _ITEM.match(line) is None
    return line[0].islower() and _ENDS.search(before) is None


def _first(fault: BaseException) -> str:
    """Give the first line of a fault's text, or its name."""
    lines = str(fault).splitlines()
    return lines[0][:120] if lines else type(fault).__name__
