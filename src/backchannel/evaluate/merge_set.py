"""Read a set of merging: reports of known conversations, the pairs that must stay apart, and the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backchannel.errors import InputError
from backchannel.evaluate.gold import lines
from backchannel.records import Document

PRESS = ("Wikipedia", "VOA")
"""Institutions that tell what others report."""
Line = Mapping[str, Any]
_FIELDS = ("report_id", "doc_id", "source", "date", "title", "text", "start", "end", "conversation", "parties", "form", "status")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSet:
    """The lines of ``reports_SPLIT.jsonl`` and, where it is there, ``must_not_merge_SPLIT.jsonl``, and the documents' file."""

    reports: tuple[Line, ...]
    apart: tuple[Line, ...]
    documents: Path

    def wanted(self) -> dict[str, str]:
        """Give the gold conversation by report id."""
        return {line["report_id"]: line["conversation"] for line in self.reports}

    def origins(self) -> dict[str, set[str]]:
        """Give the gold's independent origins by conversation; a plain repeat of another report adds none."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line in self.reports:
            if line.get("independent_of") is None:
                found[line["conversation"]].add(gold_origin(line))
        return {name: found[name] for name in dict.fromkeys(self.wanted().values())}

    def read_documents(self) -> list[Document]:
        """Give the documents.

        Raises:
            InputError: they are not beside the reports.
        """
        return [
            Document(
                id=line["id"],
                source=line["source"],
                url=line.get("url") or None,
                title=line.get("title") or None,
                text=line["text"],
                language="en",
                published=date.fromisoformat(line["date"]),
            )
            for line in lines(self.documents)
        ]


def merge_set(data: Path) -> MergeSet:
    """Give the set in a folder, in its folder ``merge``, or of a file of reports; the split may have any name.

    Raises:
        InputError: there is no set, more than one, or a line lacks a field.
    """
    file = _file_of(data)
    split = file.stem.removeprefix("reports_")
    pairs = file.with_name(f"must_not_merge_{split}.jsonl")
    found = MergeSet(
        reports=tuple(lines(file)),
        apart=tuple(lines(pairs)) if pairs.is_file() else (),
        documents=file.with_name(f"documents_{split}.jsonl"),
    )
    _check(file, found.reports)
    return found


def _file_of(data: Path) -> Path:
    """The file of reports that ``data`` leads to."""
    if data.is_file():
        return data
    found: Sequence[Path] = sorted(data.glob("reports_*.jsonl")) or sorted((data / "merge").glob("reports_*.jsonl"))
    if not found:
        raise InputError(f"no reports_*.jsonl in {data} or {data / 'merge'}; give the folder of the merge set")
    if len(found) > 1:
        names = ", ".join(str(path) for path in found)
        raise InputError(f"{data} holds several sets ({names}); give one of these files")
    return found[0]


def _check(file: Path, reports: Sequence[Line]) -> None:
    faults = [
        f"{file}: line {number} has no {name}"
        for number, line in enumerate(reports, 1)
        for name in _FIELDS
        if name not in line
    ]
    if faults or not reports:
        raise InputError("\n".join(faults[:20]) or f"{file}: holds no report")


def gold_origin(line: Line) -> str:
    """Give the key by which a gold report counts: the institution of officials, the first outlet of press."""
    informants, outlets = line.get("informant"), line.get("outlets") or ()
    is_press = "press" in informants if informants else line.get("institution") in PRESS
    return str(outlets[0] if is_press and outlets else line.get("institution") or line["source"])
