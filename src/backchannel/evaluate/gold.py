"""Read gold sets: items with the claims a reader wrote down, and the digest that pins a set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backchannel.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """One claim as the codebook has it; ``trigger`` is words of the target sentence, ``actors`` leaves UNKNOWN out."""

    trigger: str
    actors: frozenset[str]
    values: Mapping[str, str | None]
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One target sentence with its neighbours; ``fields`` is the line as it stands."""

    id: str
    text: str
    before: str
    after: str
    claims: tuple[GoldClaim, ...]
    fields: Mapping[str, Any]

    @property
    def start(self) -> int:
        """Where the target sentence starts in the item's document, in characters."""
        return len(self.before) + 1 if self.before else 0

    @property
    def whole(self) -> str:
        """The document's text: neighbour, target sentence and neighbour, one blank between."""
        return " ".join(part for part in (self.before, self.text, self.after) if part)

    def field(self, name: str) -> str:
        """Give a field of the line as text, ``None`` where the line has none."""
        return str(self.fields.get(name))


FIELDS = ("form", "privacy", "channel", "status", "source_class", "when", "where")
"""The fields that a claim is right or wrong in, besides its parties and issues."""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a JSONL file.

    Raises:
        InputError: the file is not there, or a line is not a JSON object; the message names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"no gold set at {path}; name the file with --data, or its folder with --gold") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: not JSON ({error.msg}); expected one object a line") from None
        if not isinstance(found, dict):
            raise InputError(f"{path}:{number}: expected a JSON object, found {type(found).__name__}")
        yield found


def items(path: Path) -> tuple[Item, ...]:
    """Give the items of a set of contacts.

    Raises:
        InputError: the file is missing, or a line lacks a field; the message names the line.
    """
    found = []
    for number, line in enumerate(lines(path), 1):
        try:
            found.append(item(line))
        except KeyError as error:
            raise InputError(f"{path}: item {number} has no field {error}; expected id, text and claims") from None
    return tuple(found)


def item(line: Mapping[str, Any]) -> Item:
    """Give the item of one line, as read from JSON."""
    return Item(
        id=line["id"],
        text=line["text"].strip(),
        before=(line.get("prev") or "").strip(),
        after=(line.get("next") or "").strip(),
        claims=tuple(_claim(told) for told in line["claims"]),
        fields=line,
    )


def _claim(told: Mapping[str, Any]) -> GoldClaim:
    named = {party["actor"] for party in told["parties"] if party.get("actor")}
    return GoldClaim(
        trigger=told["trigger"],
        actors=frozenset(named - {"UNKNOWN"}),
        values={name: told[name] for name in FIELDS},
        issues=tuple(told["issues"]),
    )


def digest(*paths: Path) -> str:
    """Give the SHA-256 of one or several files, read one after the other; of a folder, of its files by name."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else (path,):
            total.update(file.read_bytes())
    return total.hexdigest()
