"""Read stored documents again: those that the user's new words touch, or that an earlier version has read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Unpack

import ahocorasick_rs

from backchannel.actors.table import fold
from backchannel.pipeline.ingest import CHUNK, READER, Memory, Run, Summary, Work
from backchannel.sources import Fetched
from backchannel.store import Store, text_hash


def reread(store: Store, ids: Iterable[str] | None = None, *, now: datetime, **work: Unpack[Work]) -> Summary:
    """Read stored documents again from their stored text, by id.

    Args:
        store: kept locked against other long writers.
        ids: of the documents; by default all that are marked unread or were read by another version.
        now: the time that problems are marked with (UTC).
        **work: see ``Work``.
    """
    with store.writing("read documents again"):
        if ids is None:
            wanted = [d.id for d in store.documents() if not store.is_read(d.id, reader=READER, text_hash=text_hash(d))]
        else:
            wanted = sorted(set(ids))
            store.mark_unread(wanted)
        some = (wanted[at : at + CHUNK] for at in range(0, len(wanted), CHUNK))
        fetched = (Fetched(document=d, problem=None) for few in some for d in list(store.documents(few)))
        return Run(store, now, Memory(store.feeds), work).through(fetched)


def touched(
    store: Store, *, actors: Iterable[Mapping[str, Any]] = (), cues: Iterable[Mapping[str, Any]] = ()
) -> list[str]:
    """Give the ids of the stored documents in which a name or cue of these rows stands, to be read again with them.

    Case and accents do not count, and part of a word does: rather one document too many than one too few.

    Args:
        store: whose documents are looked through, at some 20 MB a second.
        actors: rows as ``actors add`` takes them.
        cues: rows ``{aspect, value, cue}``.
    """
    words = sorted({_folded(word) for word in [*_names(actors), *(str(row["cue"]).rstrip("*") for row in cues)]} - {""})
    if not words:
        return []
    finder = ahocorasick_rs.AhoCorasick(words)
    return [d.id for d in store.documents() if finder.find_matches_as_indexes(_folded(f"{d.title or ''}\n{d.text}"))]


def _names(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield every name that rows of actors give; lists are lists, or have ``|`` between their items."""
    for row in rows:
        for key in ("name", "person", "aliases", "surname"):
            value = row.get(key) or ()
            yield from (str(one).strip() for one in (value.split("|") if isinstance(value, str) else value))


def _folded(text: str) -> str:
    return fold(text).lower()
