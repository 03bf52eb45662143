"""The order of the work: documents are read, stored and merged; the only room that knows all others."""

from backchannel.pipeline.ingest import READER, Summary, ingest, load_reading
from backchannel.pipeline.merging import MergeSummary, merge_store
from backchannel.pipeline.reading import Kit, load, read
from backchannel.pipeline.rereading import reread, touched
from backchannel.pipeline.workers import Outcome, attempt

__all__ = [
    "READER",
    "Kit",
    "MergeSummary",
    "Outcome",
    "Summary",
    "attempt",
    "ingest",
    "load",
    "load_reading",
    "merge_store",
    "read",
    "reread",
    "touched",
]
