"""Tell which documents were replaced by a newer edition of their page, and which were taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlsplit

from backchannel.documents import canonical
from backchannel.families.notices import Notice
from backchannel.families.outlets import outlet_key
from backchannel.families.signatures import resemblance
from backchannel.records import Document

State = Literal["current", "updated", "retracted"]
_ALIKE = 0.25
_TITLED_ALIKE = 0.04
_TITLE_DAYS = 2
_WITHDRAWN_DAYS = 60
_WINDOW = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is kept of a document to tell its editions: ``url`` is canonical, ``title`` and ``outlet`` are folded.

    ``family`` is that of its text, by which a retraction reaches its copies.
    """

    id: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    retrieved: datetime | None = None
    signature: Sequence[int] = ()
    notice: Notice | None = None
    family: str | None = None


def page(document: Document, *, signature: Sequence[int] = (), family: str | None = None) -> Page:
    """Give what is kept of a document; its notice is the one in ``Document.meta``, where it was read from the text."""
    return Page(
        id=document.id,
        url=address(document.url),
        title=_folded(document.title),
        outlet=outlet_key(document.source) if document.source is not None else None,
        published=document.published,
        retrieved=document.retrieved,
        signature=signature,
        notice=Notice(**document.meta["notice"]) if document.meta.get("notice") else None,
        family=family,
    )


def address(url: str | None) -> str | None:
    """Give the canonical address of a page, ``None`` for a site's front page, which shows other texts every day.

    >>> address("https://www.oakpost.example/2023/talks?utm_source=x"), address("https://oakpost.example/")
    ('oakpost.example/2023/talks', None)
    """
    if not url:
        return None
    told = canonical(url)
    parts = urlsplit(f"//{told}")
    return told if parts.path or parts.query else None


def editions(pages: Iterable[Page]) -> dict[str, str]:
    """Give, for each document that a newer edition of its page replaced, the newest; both by id.

    Documents of one address are editions of a page when their texts are alike, or when they bear one title and day and
    share some wording: an address alone may hold other texts from day to day. The order of the pages does not matter.
    """
    of: defaultdict[str, list[Page]] = defaultdict(list)
    for one in pages:
        if one.url is not None:
            of[one.url].append(one)
    replaced: dict[str, str] = {}
    for found in of.values():
        for edited in _edited(sorted(found, key=_age)):
            newest = edited[-1].id
            replaced.update({one.id: newest for one in edited[:-1]})
    return replaced


def states(pages: Iterable[Page], retracted: Collection[str] = ()) -> dict[str, State]:
    """Give the state of every document, by id.

    ``updated`` is one that a newer edition replaced. ``retracted`` is one that says so of itself, that a later notice of
    its outlet names by its headline, or that a user takes back; with a page go its older editions, and with the text
    that began a family go its copies.

    Args:
        pages: of all documents, in any order.
        retracted: ids of documents that users take back.
    """
    known = {one.id: one for one in pages}
    replaced = editions(known.values())
    gone = {name for name in retracted if name in known}
    gone |= {one.id for one in known.values() if one.notice is not None and one.notice.kind == "retracted"}
    gone |= set(_named(known.values()))
    gone |= {old for old, new in replaced.items() if new in gone}
    begun = {known[name].family for name in gone if known[name].family == name}
    gone |= {one.id for one in known.values() if one.family is not None and one.family in begun}
    return {name: "retracted" if name in gone else "updated" if name in replaced else "current" for name in known}


def _named(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the documents whose headline a notice of their outlet takes back within two months."""
    every = list(pages)
    titled: defaultdict[tuple[str | None, str], list[Page]] = defaultdict(list)
    for one in every:
        if one.title is not None:
            titled[one.outlet, one.title].append(one)
    for one in every:
        title = _folded(one.notice.title) if one.notice is not None else None
        for other in titled.get((one.outlet, title), ()) if title is not None else ():
            if _is_soon_after(one, other):
                yield other.id


def _is_soon_after(one: Page, other: Page) -> bool:
    if one.published is None or other.published is None:
        return False
    return 0 <= (one.published - other.published).days <= _WITHDRAWN_DAYS


def _edited(pages: list[Page]) -> list[list[Page]]:
    """The editions among pages of one address, oldest first; each is compared with the few before it."""
    groups: list[list[Page]] = []
    of: dict[str, list[Page]] = {}
    for place, one in enumerate(pages):
        near = [other for other in pages[max(0, place - _WINDOW) : place] if _is_edition(other, one)]
        home: list[Page] = of[near[-1].id] if near else []
        if not near:
            groups.append(home)
        home.append(one)
        of[one.id] = home
    return groups


def _is_edition(one: Page, other: Page) -> bool:
    alike = resemblance(one.signature, other.signature)
    if one.title is None or one.title != other.title:
        return alike >= _ALIKE
    if one.published is None or other.published is None:
        return alike >= _TITLED_ALIKE
    return alike >= (_TITLED_ALIKE if abs((one.published - other.published).days) <= _TITLE_DAYS else _ALIKE)


def _age(page: Page) -> tuple[date, str, str]:
    return (page.published or date.min, page.retrieved.isoformat() if page.retrieved is not None else "", page.id)


def _folded(title: str | None) -> str | None:
    told = " ".join(title.casefold().split()).strip(".:;,“”\"'’ ") if title else ""
    return told or None
