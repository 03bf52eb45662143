"""Backchannel: who is talking to whom, about what, how privately, with what status, and on whose word."""

from __future__ import annotations

from datetime import date as _date
from functools import cache as _cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from backchannel.api import Database
    from backchannel.pipeline import Kit
    from backchannel.records import Claim

__version__ = "0.1.0"
__all__ = ["__version__", "code", "open"]


@_cache
def _kit() -> Kit:
    from backchannel import pipeline

    return pipeline.load()


def code(
    text: str,
    *,
    date: str | _date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> list[Claim]:
    """Give the claims of one text, without a store.

    Args:
        text: the document, unaltered; every offset in the answer refers to it.
        date: the day of publication (ISO or a date), against which "on Friday" and offices are resolved.
        title: its title, which may name the partner of "the two leaders".
        source: who published it; an official source speaks as "we".
        url: its address.

    Raises:
        DocumentError: ``date`` is no possible day of publication.

    >>> [(c.trigger.text, [p.actor for p in c.parties]) for c in code("Sullivan met Wang Yi in Vienna.", date="2023-05-11")]
    [('met', ['USA', 'CHN'])]
    """
    from backchannel import documents, pipeline
    from backchannel.records import Document

    document = Document(
        id=documents.identify(source=source, url=url, payload=text.encode()),
        source=source,
        url=url,
        title=title,
        text=text,
        published=documents.published_on(date, today=_date.today()),
    )
    return list(pipeline.read(document, _kit()))


def open(location: str | Path | None = None, *, create: bool = True, read_only: bool = False) -> Database:
    """Give the database at a path or ``postgresql://`` URL, by default the user's own store: ``api.open``."""
    from backchannel import api

    return api.open(location, create=create, read_only=read_only)
