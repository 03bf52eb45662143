"""RSS, RDF and Atom feeds: bytes become entries, and an entry becomes a document or leads to one."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from backchannel import documents
from backchannel.errors import DocumentError
from backchannel.sources.detect import is_feed
from backchannel.sources.draft import Draft, finish
from backchannel.sources.kinds import BROKEN, Fetched, Options
from backchannel.sources.markup import check_shape, visible

MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; ``date`` is UTC, ``text`` its full content or else its summary, without markup."""

    link: str | None
    title: str | None
    date: datetime.date | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's name and entries; ``notes`` tell of what was left out."""

    title: str | None
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def parse(content: bytes, *, url: str | None) -> Feed:
    """Give the entries of a feed, each link once; an entry that links to the feed itself keeps its text only.

    Args:
        content: the feed as fetched; nothing is fetched here.
        url: the feed's own address, against which links are resolved.

    Raises:
        DocumentError: it is no feed, or one without entries.
    """
    if not is_feed(content[:4096]):
        raise DocumentError(
            "no RSS or Atom feed and no TEI; .xml files of other kinds are not read, save their text as .txt or .html"
        )
    try:
        # A stream, not the bytes: those feedparser would take for the name of a file.
        parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except BROKEN as fault:
        raise DocumentError(f"the feed is broken ({type(fault).__name__}); fetch it again") from None
    if not parsed.entries:
        raise DocumentError("the feed has no entries, or is broken before the first; look at it in a browser")
    own = {documents.canonical(link) for link in (url, parsed.feed.get("id"), _self(parsed.feed)) if link}
    entries = tuple(_unique(parsed.entries[:MOST_ENTRIES], url, own))
    notes: list[str] = []
    if len(parsed.entries) > MOST_ENTRIES:
        notes.append(f"the feed has {len(parsed.entries)} entries: the first {MOST_ENTRIES} were read")
    if parsed.bozo:
        notes.append("the feed is not well-formed: some of its entries may be missing")
    return Feed(title=_text(parsed.feed.get("title")), entries=entries, notes=tuple(notes))


def _self(feed: Any) -> str | None:
    """Give the address that a feed gives as its own."""
    return next((link.get("href") for link in feed.get("links", ()) if link.get("rel") == "self"), None)


def _unique(found: list[Any], url: str | None, own: set[str]) -> Iterator[Entry]:
    """Yield entries with a link not seen before; a link to the feed itself is no link."""
    seen: set[str] = set()
    for raw in found:
        entry = _entry(raw, url)
        if entry.link is not None:
            plain = documents.canonical(entry.link)
            if plain in own:
                entry = Entry(link=None, title=entry.title, date=entry.date, text=entry.text)
            elif plain in seen:
                continue
            seen.add(plain)
        yield entry


def _entry(raw: Any, url: str | None) -> Entry:
    """Give one entry as a record."""
    # Asked for by "in" first: feedparser answers for "updated" with "published" and warns about it.
    keys = [key for key in ("published_parsed", "updated_parsed", "created_parsed") if key in raw]
    moment = next((raw[key] for key in keys if raw[key]), None)
    contents = [part.get("value") for part in raw.get("content", ())]
    texts = [text for value in (*contents, raw.get("summary")) if (text := _text(value))]
    return Entry(
        link=_link(raw.get("link"), url),
        title=_text(raw.get("title")),
        date=_day(moment),
        text=max(texts, key=len) if texts else None,
    )


def _link(value: str | None, url: str | None) -> str | None:
    """Give an entry's absolute http(s) address, or ``None``."""
    if not value:
        return None
    try:
        link = urljoin(url or "", value.strip())
        return link if urlsplit(link).scheme in ("http", "https") else None
    except ValueError:
        return None


def _day(moment: Any) -> datetime.date | None:
    """Give the day of a parsed time (UTC), or ``None`` when it is none."""
    try:
        return datetime.date(*moment[:3]) if moment else None
    except (ValueError, TypeError):
        return None


def _text(value: str | None) -> str | None:
    """Give the visible text of a title, summary or content, which may hold markup."""
    if not value:
        return None
    if "<" not in value and "&" not in value:
        return value.strip() or None
    try:
        check_shape(value)
        return visible(value) or None
    except DocumentError:
        return None


def embedded(entry: Entry, feed: Feed, *, source: str | None, options: Options) -> Fetched:
    """Give the document that an entry carries itself: its content or summary.

    Raises:
        DocumentError: the entry has no text of its own.
    """
    if entry.text is None:
        raise DocumentError("the entry has neither content nor summary; read its link")
    draft = Draft(
        payload=f"{entry.title or ''}\n{entry.text}".encode("utf-8", "replace"),
        text=entry.text,
        title=entry.title,
        date=entry.date,
        url=entry.link,
        source=feed.title or source,
        notes=("the entry's own text was read, not the article it links to",) if entry.link else (),
    )
    return finish(draft, options)
