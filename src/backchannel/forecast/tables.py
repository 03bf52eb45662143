"""Read a user's own events from CSV, TSV or JSONL: subject, relation, object and date."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from backchannel.errors import InputError
from backchannel.forecast.events import Event, EventStream, of_events
from backchannel.forecast.families import Family

COLUMNS = ("subject", "relation", "object", "date")
KINDS = {".csv": ",", ".tsv": "\t", ".jsonl": None}
_SHOWN = 10


def read_file(path: Path, *, given: Mapping[str, Family] | None = None) -> EventStream:
    """Give the events of a file by its ending: .csv and .tsv with a header line, .jsonl with an object a line.

    Dates are ISO (2024-05-17, with or without a time, which is cut off); other columns are ignored.

    Raises:
        InputError: the file is missing, of another kind, empty, or has faults; each is named with its line.
    """
    events: list[Event] = []
    faults: list[str] = []
    for line, row in _rows(path):
        fault, event = _event(row)
        if event is None:
            faults.append(f"line {line}: {fault}")
        else:
            events.append(event)
    if faults:
        more = [f"… and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise InputError("\n  ".join([f"{path}: {len(faults)} fault(s)", *faults[:_SHOWN], *more]))
    if not events:
        raise InputError(f"{path}: no events in it; a line needs {', '.join(COLUMNS)}")
    return of_events(events, given=given)


def _event(row: Mapping[str, Any]) -> tuple[str, Event | None]:
    """Give what is wrong with a row, or its event."""
    texts = {name: str(row.get(name) or "").strip() for name in COLUMNS}
    missing = [name for name, value in texts.items() if not value]
    if missing:
        return f"no {', '.join(missing)}", None
    try:
        on = date.fromisoformat(texts["date"][:10])
    except ValueError:
        return f"date '{texts['date']}' is not of the form 2024-05-17", None
    return "", (texts["subject"], texts["relation"], texts["object"], on)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield lines with their numbers."""
    if path.suffix.lower() not in KINDS:
        raise InputError(f"{path}: expected a file ending in {', '.join(KINDS)}, or a folder with train.txt")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8 text") from None
    delimiter = KINDS[path.suffix.lower()]
    yield from _objects(path, text) if delimiter is None else _table(path, text, delimiter)


def _table(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    absent = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if absent:
        raise InputError(f"{path}: no column {', '.join(absent)}; the first line must name {', '.join(COLUMNS)}")
    for row in reader:
        yield reader.line_num, row


def _objects(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise InputError(f"{path}: line {number} is not JSON") from None
        if not isinstance(row, dict):
            raise InputError(f"{path}: line {number} is not an object with {', '.join(COLUMNS)}")
        yield number, row
