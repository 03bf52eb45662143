"""Write conversations, claims and reports as JSON lines; with full text conversations and claims read back as they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from backchannel.export.folder import Folder
from backchannel.export.registry import About, Exported, exporter
from backchannel.export.rows import report_row


@exporter("jsonl")
class Lines:
    """Three files, one record a line: Contract 2, Contract 1, and the rows of reports."""

    files: tuple[str, ...] = ("conversations.jsonl", "claims.jsonl", "reports.jsonl")

    def begin(self, about: About, folder: Folder) -> None:
        """Open the three files."""
        self._rights = about.rights
        self._open = {name: folder.open(name) for name in self.files}
        self._lines = dict.fromkeys(self.files, 0)
        self._encoder = msgspec.json.Encoder()

    def feed(self, one: Exported) -> None:
        """Write a conversation with its claims and reports."""
        self._write("conversations.jsonl", one.conversation)
        for told in one.reports():
            self._write("claims.jsonl", self._rights.claim(told.claim))
            self._write("reports.jsonl", report_row(told, self._rights))

    def finish(self) -> Mapping[str, int]:
        """Give the lines of each file."""
        return self._lines

    def _write(self, name: str, record: Any) -> None:
        self._open[name].write(self._encoder.encode(record).decode() + "\n")
        self._lines[name] += 1
