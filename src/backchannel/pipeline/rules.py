"""Give one digest of all that decides how claims are merged, so that a store merged by other rules is merged anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import msgspec

from backchannel import __version__

_ROOMS: Final = ("conversations", "corrections", "families")
_WORDS: Final = ("merge.yml", "outlets.yml", "profiles.yml", "retellings.yml")


def rules(user_actors: Sequence[dict[str, Any]] = ()) -> str:
    """Give the digest of the program's version, of the code and words of merging, and of the user's own actors."""
    package = files("backchannel")
    digest = hashlib.sha256(__version__.encode())
    for one in (*_code(package), *(package / "data" / name for name in _WORDS)):
        if one.is_file():
            digest.update(hashlib.sha256(one.read_bytes()).digest())
    digest.update(msgspec.json.encode(user_actors, order="deterministic"))
    return digest.hexdigest()[:32]


def _code(package: Traversable) -> Iterator[Traversable]:
    for room in _ROOMS:
        folder = package / room
        inside = sorted(folder.iterdir(), key=_name) if folder.is_dir() else [package / f"{room}.py"]
        yield from (one for one in inside if one.name.endswith(".py"))


def _name(one: Traversable) -> str:
    return one.name
