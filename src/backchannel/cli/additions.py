"""Read the user's own rows of actors and cues from a file, and say everything that is wrong with them at once."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from backchannel.errors import SourceError, VocabularyError

ACTOR_KEYS: Final = (
    "id",
    "name",
    "kind",
    "sector",
    "country",
    "aliases",
    "person",
    "surname",
    "office",
    "from",
    "to",
    "offices",
)
CUE_KEYS: Final = ("aspect", "value", "cue")
_ID: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Row = dict[str, Any]


def actor_rows(path: Path) -> list[Row]:
    """Give rows of actors as ``actors.build`` takes them, from YAML, JSON lines, CSV or tab-separated lines.

    Raises:
        SourceError: the file cannot be read.
        VocabularyError: rows are invalid; with every fault and its row.
    """
    return [_actor(row) for row in _checked(path, ACTOR_KEYS, _actor_faults)]


def cue_rows(path: Path, known: Mapping[str, Sequence[str]]) -> list[Row]:
    """Give rows of cues ``{aspect, value, cue}``.

    Args:
        path: the file, as for ``actor_rows``.
        known: the values of each aspect that takes cues.

    Raises:
        SourceError: the file cannot be read.
        VocabularyError: rows are invalid; with every fault and its row.
    """

    def faults(row: Row) -> Iterator[str]:
        yield from (f"{key} is missing" for key in CUE_KEYS if not row.get(key))
        aspect, value = str(row.get("aspect", "")), str(row.get("value", ""))
        if aspect and aspect not in known:
            yield f"no aspect named {aspect!r}; known: {', '.join(known)}"
        elif value and aspect and value not in known[aspect]:
            yield f"no {aspect} named {value!r}; known: {', '.join(known[aspect])}"

    return _checked(path, CUE_KEYS, faults)


def _checked(path: Path, keys: Sequence[str], faults: Any) -> list[Row]:
    rows = _rows(path)
    found = [
        f"row {number}: {fault}" for number, row in enumerate(rows, 1) for fault in (*_unknown(row, keys), *faults(row))
    ]
    if not rows:
        found = ["there is no row in it"]
    if found:
        raise VocabularyError(str(path), found)
    return rows


def _unknown(row: Row, keys: Sequence[str]) -> Iterator[str]:
    for key in sorted(set(row) - set(keys)):
        yield f"unknown key {key}; known: {', '.join(keys)}"


def _actor_faults(row: Row) -> Iterator[str]:
    one = str(row.get("id") or "")
    if not _ID.fullmatch(one):
        yield f"id {one!r} is no id; use capitals, digits and underscores, such as BLUE_HARBOUR"
    if not row.get("name") and not row.get("person"):
        yield "name is missing (or person, for somebody who acts for this actor)"
    for key in ("from", "to"):
        if row.get(key) and not _DATE.fullmatch(str(row[key])):
            yield f"{key} {row[key]!r} is not a date; give it as YYYY, YYYY-MM or YYYY-MM-DD"


def _actor(row: Row) -> Row:
    """Give a row with lists where a list is meant, and for persons ``|`` between other names, as the tables have it."""
    kept = {key: value for key, value in row.items() if value not in (None, "", [])}
    aliases = kept.get("aliases")
    if kept.get("person") and isinstance(aliases, list):
        kept["aliases"] = "|".join(str(one) for one in aliases)
    if not kept.get("person") and isinstance(aliases, str):
        kept["aliases"] = [one.strip() for one in aliases.split("|") if one.strip()]
    return {key: str(value) if key in ("from", "to") else value for key, value in kept.items()}


def _rows(path: Path) -> list[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise SourceError(
            str(path), f"cannot be read ({fault}); give a .yml, .jsonl, .csv or .tsv file in UTF-8"
        ) from None
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return [dict(row) for row in csv.DictReader(text.splitlines(), delimiter="," if suffix == ".csv" else "\t")]
    if suffix in (".jsonl", ".ndjson"):
        return list(_json_rows(path, text))
    if suffix in (".yml", ".yaml"):
        return _yaml_rows(path, text)
    raise SourceError(str(path), "of no kind that is read here; give a .yml, .jsonl, .csv or .tsv file")


def _json_rows(path: Path, text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as fault:
            raise VocabularyError(str(path), [f"line {number}: not JSON ({fault})"]) from None
        if not isinstance(row, dict):
            raise VocabularyError(str(path), [f"line {number}: not a JSON object"])
        yield row


def _yaml_rows(path: Path, text: str) -> list[Row]:
    import yaml

    try:
        content = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar stays text, so that NO and 2023 do
    except yaml.YAMLError as fault:
        raise VocabularyError(str(path), [str(fault)]) from None
    rows = next(iter(content.values()), None) if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise VocabularyError(str(path), ["expected a list of entries, each with its keys"])
    return rows
