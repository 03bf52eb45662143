"""Bring tables of others and official readouts into the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Unpack

from backchannel import actors, importers, sources
from backchannel.actors import ActorTable
from backchannel.errors import DocumentError, SourceError
from backchannel.importers.readouts import as_readout
from backchannel.pipeline.ingest import Memory, Run, Summary, Work
from backchannel.records import Problem
from backchannel.sources import Fetched, Options
from backchannel.sources.decode import decode
from backchannel.store import Store


def import_table(name: str, path: Path, store: Store, options: Options, **work: Unpack[Work]) -> Summary:
    """Read a table of others into the store as one document, each row a claim; again, to bring it up to date.

    Args:
        name: of the table, one of ``importers.TABLES``.
        path: the file of its rows, as a JSON list or one a line.
        store: kept locked against other long writers.
        options: ``now`` is the time of the import.
        **work: see ``Work``.

    Raises:
        QueryError: there is no such table.
        SourceError: the file is not there.
        DocumentError: its rows are not what the table needs.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise SourceError(str(path), f"cannot be read ({fault.strerror}); check the path") from None
    text, notes = decode(content)
    document = importers.as_document(name, text, retrieved=options.now)
    fetched = Fetched(document=document, problem=None, notes=notes)
    with store.writing(f"import {name}"):
        return Run(store, options.now, Memory(store.feeds), work).through([fetched])


def import_readouts(
    targets: Sequence[str], store: Store, options: Options, *, institution: str | None = None, **work: Unpack[Work]
) -> Summary:
    """Read documents into the store as readouts of an institution, which is asked of each source where none is given.

    Those that were read before as something else are read again.

    Args:
        targets: as ``sources.read`` takes them.
        store: kept locked against other long writers.
        options: of the sources.
        institution: whose readouts all of them are.
        **work: see ``Work``.

    Raises:
        SourceError: a target is not there; before anything is read.
    """
    users = store.user_actors()
    table = actors.build(user=users) if users else actors.shipped()
    memory = Memory(store.feeds)
    streams = [sources.read(target, options, memory=memory) for target in targets]
    with store.writing(f"import readouts {', '.join(targets)[:80]}"):
        marked = _marked(chain.from_iterable(streams), store, options, table, institution)
        return Run(store, options.now, memory, work).through(marked)


def _marked(
    arrivals: Iterable[Fetched], store: Store, options: Options, table: ActorTable, institution: str | None
) -> Iterator[Fetched]:
    """Yield what arrives as readouts; a document of nobody known becomes a problem."""
    for fetched in arrivals:
        if fetched.document is None:
            yield fetched
            continue
        try:
            document = as_readout(fetched.document, table, institution=institution)
        except DocumentError as fault:
            label, said = fetched.document.url or fetched.document.id, str(fault)
            problem = Problem(document=label, room=fault.room, error="DocumentError", message=said, at=options.now)
            yield Fetched(document=None, problem=problem, notes=fetched.notes)
            continue
        known = store.document(document.id)
        if known is not None and known.meta != document.meta:
            store.mark_unread([document.id])
        yield replace(fetched, document=document)
