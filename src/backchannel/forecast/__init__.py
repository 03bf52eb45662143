"""What comes next between actors, learnt from events before it and told with reasons."""

from __future__ import annotations

from backchannel.forecast.events import EventStream, of_events, stream
from backchannel.forecast.families import FAMILIES, Family
from backchannel.forecast.folders import Split, read_folder
from backchannel.forecast.stored import of_records
from backchannel.forecast.tables import read_file

__all__ = [
    "FAMILIES",
    "EventStream",
    "Family",
    "Split",
    "of_events",
    "of_records",
    "read_file",
    "read_folder",
    "stream",
]
