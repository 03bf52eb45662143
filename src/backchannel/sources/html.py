"""Web pages: the main text without the furniture, with guards against pages made to exhaust the reader."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Iterator

from backchannel.errors import DocumentError
from backchannel.registry import load_quietly
from backchannel.sources.decode import declared, decode
from backchannel.sources.draft import Draft, finish
from backchannel.sources.kinds import BROKEN, Arrival, Fetched, Options, payload, source
from backchannel.sources.markup import check_shape, heading, visible

trafilatura = load_quietly("trafilatura")
Page = load_quietly("trafilatura.settings").Document

_MOST_BYTES = 5_000_000
_STATED = re.compile(
    r"""<meta[^>]{0,200}?["'](?:article:published_time|datePublished|date|DC\.date|dcterms\.date)["'][^>]{0,100}?"""
    r"""content=["'](\d{4}-\d\d-\d\d)""",
    re.I,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


@source(".html", ".htm", ".xhtml")
def read_page(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield the document of a page: its main text, title, site and the day its markup gives.

    Raises:
        DocumentError: the page is too large, too deeply nested or without text.

    Source:
        trafilatura for text and metadata; htmldate, on markup only and without its search of the whole text.
    """
    content = payload(arrival, options, limit=_MOST_BYTES)
    markup, notes = decode(content, charset=arrival.charset or declared(content))
    check_shape(markup)
    draft = _draft(markup, options)
    yield finish(
        dataclasses.replace(
            draft,
            payload=content,
            url=arrival.url or draft.url,
            retrieved=arrival.retrieved,
            notes=(*notes, *draft.notes),
        ),
        options,
    )


def _draft(markup: str, options: Options) -> Draft:
    """Give what trafilatura finds in a page, or all its visible text with a note when it finds no main text."""
    dates = {
        "original_date": True,
        "extensive_search": False,
        "min_date": "1990-01-01",
        "max_date": options.today.isoformat(),
    }
    page = None
    # trafilatura complains at ERROR level of every page without text; the reader gets a note or a problem instead.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        page = trafilatura.bare_extraction(
            _DECLARATION.sub("", markup), include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    except BROKEN as fault:
        logging.getLogger(__name__).debug("no main text found: %r", fault)
    if isinstance(page, Page) and page.text and page.text.strip():
        return Draft(
            payload=b"",
            text=page.text,
            title=page.title or heading(markup),
            date=page.date or _stated_day(markup),
            source=page.sitename,
            url=page.url,
        )
    text = visible(markup)
    if not text:
        raise DocumentError("no text on the page; if a script builds it, open it in a browser and save it as text")
    note = "no main text found: all visible text was read, menus included"
    return Draft(payload=b"", text=text, title=heading(markup), date=_stated_day(markup), notes=(note,))


def _stated_day(markup: str) -> str | None:
    """Give the day a page's head states outright, possible or not, so that an impossible one is not passed over."""
    found = _STATED.search(markup[:200_000])
    return found.group(1) if found else None
