"""Addresses become documents: an article, or each entry of a feed with the article it links to."""

from __future__ import annotations

import dataclasses
import datetime
import io
import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

from backchannel import documents
from backchannel.errors import DocumentError, InputError, SourceError
from backchannel.records import Document
from backchannel.sources import detect, feed, tei
from backchannel.sources.kinds import (
    Arrival,
    FeedMemory,
    Fetched,
    Options,
    attempt,
    beginning,
    payload,
    refused,
    source,
)
from backchannel.sources.web import Answer, Web

logger = logging.getLogger(__name__)


def read_address(url: str, options: Options, memory: FeedMemory | None = None) -> Iterator[Fetched]:
    """Yield the documents behind an address: one for an article, one an entry for a feed.

    Nothing is yielded when the server says that nothing is new; that is logged at INFO. An address is remembered only
    after the caller has come back for more, so that what was not kept is sent again, and a feed only if every entry
    could be read.
    """
    with Web(options) as web:
        try:
            answer = _ask(web, url, memory)
        except InputError as fault:
            yield refused(url, fault, kind="web", options=options)
            return
        if answer is None:
            return
        body = answer.body or b""
        if detect.is_feed(body[:4096]):
            parts = _follow(body, answer.url, web, options, memory)
        else:
            parts = _article(url, answer, options)
        whole = True
        for fetched in parts:
            whole = whole and fetched.problem is None
            yield fetched
        if whole and memory is not None and (answer.etag or answer.last_modified):
            memory.set(url, answer.etag, answer.last_modified)


@source(".xml", ".rss", ".atom")
def read_feed_file(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield a document for each entry of a feed file: its own text, or the article when ``options.fetch`` is set.

    A volume in TEI, which comes in a file of the same name, yields its documents instead.

    Raises:
        DocumentError: it is no feed, or one without entries.
    """
    if detect.is_tei(beginning(arrival.stream)):
        yield from tei.read_volume(arrival, options)
        return
    content = payload(arrival, options)
    if options.fetch:
        with Web(options) as web:
            yield from _follow(content, None, web, options, arrival.memory, label=arrival.label)
    else:
        yield from _follow(content, None, None, options, None, label=arrival.label)


def _ask(web: Web, url: str, memory: FeedMemory | None) -> Answer | None:
    """Give the answer at an address, ``None`` when nothing is new there.

    Raises:
        SourceError: the server refuses or sends something that is not read.
    """
    answer = web.fetch(url, known=memory.get(url) if memory is not None else None)
    if answer.status == 304:
        logger.info("nothing new since the last visit: %s", url)
        return None
    if answer.status != 200:
        raise SourceError(url, f"the server answered with status {answer.status}; {_advice(answer.status)}")
    if not answer.body:
        raise SourceError(url, "the server sent an empty page; open it in a browser")
    if detect.by_type(answer.content_type, answer.body[:4096]) is None:
        known = ", ".join(sorted(detect.TYPES))
        raise SourceError(url, f"content type {answer.content_type} is not read; known: {known}")
    return answer


def _advice(status: int) -> str:
    if status in (401, 402, 403, 451):
        return "it is not open to all: save the page in a browser and read the file"
    if status in (404, 410):
        return "check the address"
    return "try again later"


def _article(url: str, answer: Answer, options: Options) -> Iterator[Fetched]:
    """Yield what the reader for an answer's content type makes of it; its source is the site's name or the host."""
    body = answer.body or b""
    suffix = detect.by_type(answer.content_type, body[:4096]) or ".txt"
    arrival = Arrival(label=url, stream=io.BytesIO(body), url=answer.url, charset=answer.charset, retrieved=options.now)
    known = options if options.source is not None else dataclasses.replace(options, source=_host(answer.url))
    yield from attempt(suffix, arrival, known)


def _follow(
    content: bytes,
    url: str | None,
    web: Web | None,
    options: Options,
    memory: FeedMemory | None,
    *,
    label: str | None = None,
) -> Iterator[Fetched]:
    """Yield a document or a problem for each entry of a feed; without ``web`` the entries' own texts."""
    name = label or url or "feed"
    try:
        found = feed.parse(content, url=url)
    except DocumentError as fault:
        yield refused(name, fault, kind="feed", options=options)
        return
    notes = found.notes
    for number, entry in enumerate(found.entries, start=1):
        at = entry.link or f"{name}:{number}"
        try:
            if entry.link is None or web is None:
                parts = iter((feed.embedded(entry, found, source=_host(url or entry.link), options=options),))
            else:
                parts = _linked(entry, found, web, options, memory)
            for fetched in parts:
                yield dataclasses.replace(fetched, notes=(*fetched.notes, *notes))
                notes = ()
        except InputError as fault:
            yield refused(at, fault, kind="feed", options=options)


def _linked(
    entry: feed.Entry, found: feed.Feed, web: Web, options: Options, memory: FeedMemory | None
) -> Iterator[Fetched]:
    """Yield the article that an entry links to, with the entry's day, the feed's name and, at need, its title.

    An article read on an earlier visit is asked for again only if the server can tell whether it has changed.
    """
    link = entry.link or ""
    if memory is not None and memory.get(link) == (None, None):
        logger.debug("read on an earlier visit: %s", link)
        return
    answer = _ask(web, link, memory)
    if answer is None:
        return
    body = answer.body or b""
    if detect.is_feed(body[:4096]) or detect.by_type(answer.content_type, body[:4096]) == ".jsonl":
        raise SourceError(
            link, "the entry links to a feed or a data file, not to an article; read it by its own address"
        )
    day, doubts = _stated(entry, options)
    failed = False
    for fetched in _article(link, answer, dataclasses.replace(options, date=day or options.date)):
        failed = failed or fetched.problem is not None
        if fetched.document is not None:
            document = _named(fetched.document, entry, day, found.title, body)
            fetched = Fetched(document=document, problem=None, notes=(*fetched.notes, *doubts))
        yield fetched
    if memory is not None and not failed:
        memory.set(link, answer.etag, answer.last_modified)


def _stated(entry: feed.Entry, options: Options) -> tuple[datetime.date | None, tuple[str, ...]]:
    """Give the entry's day when it can be one of publication, else a note that says why not."""
    try:
        return documents.published_on(entry.date, today=options.today), ()
    except DocumentError as fault:
        return None, (f"the feed's date was left out: {fault}",)


def _named(
    document: Document, entry: feed.Entry, day: datetime.date | None, source: str | None, body: bytes
) -> Document:
    """Give an article with what its feed says of it; a new source makes a new id."""
    source = source or document.source
    return dataclasses.replace(
        document,
        id=documents.identify(source=source, url=document.url, payload=body),
        source=source,
        title=document.title or entry.title,
        published=day or document.published,
    )


def _host(url: str | None) -> str | None:
    """Give an address's host without ``www.``."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None
