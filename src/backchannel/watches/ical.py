"""Give planned meetings as a calendar (RFC 5545): the same meetings give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from backchannel import __version__
from backchannel.errors import ModelError
from backchannel.registry import load_quietly
from backchannel.watches.record import Meeting
from backchannel.watches.wording import printable


def calendar(name: str, meetings: Iterable[Meeting]) -> bytes:
    """Give a calendar of all-day events; the last day of a span is included.

    Args:
        name: what the calendar is called.
        meetings: the last state of each.

    Raises:
        ModelError: icalendar is not installed.
    """
    try:
        icalendar = load_quietly("icalendar")
    except ImportError:
        raise ModelError("calendars need icalendar; run pip install 'backchannel[analysis]'") from None
    made = icalendar.Calendar()
    made.add("prodid", f"-//Backchannel//{__version__}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    for one in sorted(meetings, key=_by_day):
        made.add_component(_event(icalendar.Event(), one))
    written: bytes = made.to_ical()
    return written


def _event(event: Any, one: Meeting) -> Any:
    event.add("uid", one.uid)
    event.add("dtstamp", datetime.fromisoformat(one.stamp))
    event.add("last-modified", datetime.fromisoformat(one.stamp))
    event.add("sequence", one.sequence)
    event.add("status", one.status)
    event.add("dtstart", date.fromisoformat(one.first))
    event.add("dtend", date.fromisoformat(one.last) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", printable(one.summary))
    event.add("description", printable(one.description))
    if one.place is not None:
        event.add("location", printable(one.place))
    return event


def _by_day(one: Meeting) -> tuple[str, str]:
    return one.first, one.uid
