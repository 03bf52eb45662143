"""What it is to measure a set: its files, how it is measured and shown, and what measuring gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from backchannel.errors import InputError
from backchannel.registry import Registry

CORPUS = "../corpus/documents.jsonl"
"""The running text beside the gold folder that pass rates are measured on; left out where it is absent."""

VOLUMES = "../corpus/frus"
"""The volumes of records beside the gold folder in which links are looked for."""

TakenFrom = Literal["gold", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a set is measured and shown.

    ``by`` is a field of the items, ``errors`` begins with so many that are wrong, ``output`` takes the predictions, one
    a line, ``train`` is what a set that learns may learn from, ``taken_from`` is what merging begins with: the gold's
    parties, form and status, or what is read in the documents. ``corpus`` is the folder of the volumes to link with.
    ``models`` are those that forecasts are made with, all by default.
    """

    as_json: bool = False
    by: str | None = None
    errors: int = 0
    output: Path | None = None
    train: Path | None = None
    taken_from: TakenFrom = "gold"
    corpus: Path | None = None
    workers: int = 1
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What measuring a set gave: lines to read, an object for programs, and figures by name for the floors."""

    text: str
    data: dict[str, Any]
    figures: dict[str, float] = field(default_factory=dict)


Measure = Callable[[Path, Options], Measured]
MEASURES: Registry[Measure] = Registry("set")
FILES: Mapping[str, tuple[str, ...]] = {
    "contacts": ("contacts_dev.jsonl",),
    "source_article": ("source_article.jsonl",),
    "triage": ("contacts_train.jsonl",),
    "petrarch": ("petrarch/records.jsonl",),
    "plv": ("plv/plv_train.tsv",),
    "merge": ("merge/reports_dev.jsonl", "merge/must_not_merge_dev.jsonl"),
    "actors": ("actors/cases_dev.jsonl",),
    "attribution": ("attribution/polnear_dev",),
    "rest": ("contacts_train.jsonl", CORPUS),
    "forecast": ("forecast/icews14",),
    "readouts": ("merge/documents_dev.jsonl", CORPUS),
    "frus": ("frus/conversations_dev.jsonl",),
    "links": ("frus/links_visits.json", "frus/links_travels.json", "frus/conversations_dev.jsonl", VOLUMES),
    "merge_text": ("merge/reports_dev.jsonl", "merge/must_not_merge_dev.jsonl", "merge/documents_dev.jsonl"),
}
"""The files of each set, relative to the gold folder; the first is what ``data`` names when it is a file."""


def file_of(name: str, data: Path) -> Path:
    """Give the set's file or folder: the one of that set in the folder ``data``, or ``data`` itself."""
    inside = data / FILES[name][0]
    return inside if data.is_dir() and (inside.exists() or inside.suffix) else data


def write_lines(lines: Iterable[str], path: Path | None) -> None:
    """Write predictions, one a line, where a file was asked for."""
    if path is None:
        return
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give --output a file that can be written") from None
