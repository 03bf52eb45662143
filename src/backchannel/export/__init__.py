"""Export: conversations with their claims and reports as files, by one traversal of the store for all formats.

A format is one file here whose class registers itself with ``@exporter`` and is begun, fed and finished.
"""

from backchannel.export import csv, jsonl, plover  # noqa: F401 for their decorators
from backchannel.export.registry import EXPORTERS, About, Exported, Exporter, Told, exporter
from backchannel.export.rights import Rights, rights
from backchannel.export.traversal import Summary, export

__all__ = ["EXPORTERS", "About", "Exported", "Exporter", "Rights", "Summary", "Told", "export", "exporter", "rights"]
