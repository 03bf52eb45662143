"""Find where the store lies: the path or URL given, else ``BACKCHANNEL_STORE``, else the user's data folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from backchannel.errors import StoreError

VARIABLE = "BACKCHANNEL_STORE"
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


def locate(location: str | Path | None = None, *, environ: Mapping[str, str] = os.environ) -> URL:
    """Give the address of the store as a database URL.

    Args:
        location: a file's path, a ``postgresql://…`` or ``sqlite:///…`` URL, or nothing.
        environ: where ``BACKCHANNEL_STORE`` is looked up when no location is given.

    Raises:
        StoreError: the URL cannot be read or is of another kind, or the path is a folder.

    >>> locate("postgresql://ana@db.example/talks", environ={}).drivername
    'postgresql+psycopg'
    """
    wanted = str(location) if location is not None else environ.get(VARIABLE) or None
    if wanted is None:
        return _file(user_data_path("backchannel") / "store.db")
    if "://" not in wanted:
        return _file(Path(wanted))
    try:
        url = make_url(wanted)
    except (ArgumentError, ValueError):
        raise StoreError(
            "the store's URL cannot be read; give postgresql://USER@HOST:PORT/DATABASE or a path"
        ) from None
    if url.drivername == "sqlite":
        return _file(Path(url.database or ""))
    if url.drivername not in _POSTGRES:
        raise StoreError(f"no store of the kind {url.drivername!r}; known: a path, sqlite:///PATH, postgresql://…")
    return url.set(drivername="postgresql+psycopg")


def _file(path: Path) -> URL:
    """Give the URL of a SQLite file, its path made absolute."""
    path = path.expanduser().absolute()
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; give a file in it, such as {path / 'store.db'}")
    return URL.create("sqlite", database=str(path))


def read_only(url: URL) -> URL:
    """Give the address under which SQLite opens the file without ever changing it.

    Readers in WAL mode share a small index file beside the store. Where the folder lets nobody write and no such
    file is there, nobody else writes either, and the file is opened as one that cannot change.
    """
    if url.drivername != "sqlite":
        return url
    path = Path(str(url.database))
    still = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    query = {"uri": "true", "immutable": "1"} if still else {"uri": "true", "mode": "ro"}
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)


def shown(url: URL) -> str:
    """Give the address as a message may show it: a file's path, or the URL without its password."""
    return str(url.database) if url.drivername == "sqlite" else url.render_as_string(hide_password=True)
