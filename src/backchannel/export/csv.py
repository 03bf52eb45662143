"""Write conversations, claims and reports as three tables that spreadsheets open without running anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from typing import Any

from backchannel.export.folder import Folder
from backchannel.export.registry import About, Exported, exporter
from backchannel.export.rows import Row, claim_row, columns, conversation_row, report_row

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would run, or that was made safe before."""


@exporter("csv")
class Tables:
    """Three files with a head each; a list is joined with ";", a missing value is an empty cell."""

    files: tuple[str, ...] = ("conversations.csv", "claims.csv", "reports.csv")

    def begin(self, about: About, folder: Folder) -> None:
        """Open the three files."""
        self._rights = about.rights
        heads = columns()
        self._tables = {name: _Table(folder, name, heads[name.removesuffix(".csv")]) for name in self.files}

    def feed(self, one: Exported) -> None:
        """Write a conversation with its claims and reports."""
        self._tables["conversations.csv"].write(conversation_row(one.conversation))
        for told in one.reports():
            self._tables["claims.csv"].write(claim_row(told.claim, told.conversation, self._rights))
            self._tables["reports.csv"].write(report_row(told, self._rights))

    def finish(self) -> Mapping[str, int]:
        """Give the rows of each file."""
        return {name: table.rows for name, table in self._tables.items()}


class _Table:
    """One file and how many rows it has below its head."""

    def __init__(self, folder: Folder, name: str, head: Sequence[str]) -> None:
        self._writer = csv.writer(folder.open(name, newline=""), lineterminator="\r\n")
        self._writer.writerow(head)
        self.rows = 0

    def write(self, row: Row) -> None:
        self._writer.writerow([cell(value) for value in row.values()])
        self.rows += 1


def cell(value: Any) -> str:
    """Give a value as the text of a cell; ``text_of`` and ``items_of`` give it back.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; in a list ";" and "\\" get a
    backslash before them.

    >>> cell("=1+1"), cell(("a;b", "c")), cell(-3), cell(None), cell(True)
    ("'=1+1", 'a\\\\;b;c', '-3', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else ";".join(re.sub(r"([\\;])", r"\\\1", item) for item in value)
    return f"'{text}" if _FORMULA.match(text) else text


def text_of(told: str) -> str:
    """Give back the text of a cell.

    >>> text_of("'=1+1"), text_of("'tis")
    ('=1+1', "'tis")
    """
    return told[1:] if told.startswith("'") and _FORMULA.match(told) else told


def items_of(told: str) -> tuple[str, ...]:
    """Give back the items of a list's cell; none for an empty cell.

    >>> items_of("a\\\\;b;c"), items_of("")
    (('a;b', 'c'), ())
    """
    text = text_of(told)
    if not text:
        return ()
    parts = re.findall(r"((?:\\.|[^\\;])*)(;|$)", text, re.DOTALL)
    items = [part for part, _ in parts[: 1 + sum(mark == ";" for _, mark in parts)]]
    return tuple(re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items)
