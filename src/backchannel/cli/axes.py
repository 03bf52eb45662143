"""Draw a timeline as text: one axis a frame, one line a conversation."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from backchannel.analysis import phrases
from backchannel.analysis.timeline import Entry, Frame, Timeline, cells
from backchannel.cli.output import draw

_MARKS = {"held": ("●", "━"), "planned": ("○", "┄"), "off": ("×", "×"), "denied": ("?", "?"), "possible": ("·", "·")}
_WIDTH = 36
LEGEND = "● held  ○ planned  × off  ? denied  · possible  ┠─┨ somewhere within  ! disputed  * private"


def print_timeline(told: Timeline) -> None:
    """Write the timeline to stdout."""
    draw(Text(LEGEND, style="dim"))
    for frame in told.frames:
        draw(Text(), _drawn(frame))
    if told.undated:
        table = _grid()
        for one in told.undated:
            what = f"{phrases.parties(one)}: {phrases.what(one)}"
            table.add_row(phrases.day(one.first_reported), "", Text(what), Text(one.id, style="dim"))
        draw(Text(), Text("undated, by first report", style="bold"), table)


def bar(entry: Entry, frame: Frame, width: int = _WIDTH) -> str:
    """Give the axis of one conversation: a point or a line for days told, a bracket for a span it lies in."""
    start, stop = cells(entry, frame, width)
    point, line = _MARKS[entry.kind]
    if entry.exact:
        drawn = point if stop - start == 1 else line * (stop - start)
    else:
        drawn = point if stop - start < 2 else "┠" + point.center(stop - start - 2, "─") + "┨"
    return " " * start + drawn + " " * (width - stop)


def _drawn(frame: Frame) -> Table:
    table = _grid()
    table.add_row(Text(frame.title, style="bold"), Text(_scale(frame), style="dim"), "", "")
    for entry in frame.entries:
        flags = ("!" if entry.disputed else " ") + ("*" if entry.private else " ")
        text = Text(f"{flags} {entry.text}")
        table.add_row(entry.told, bar(entry, frame), text, Text(entry.id, style="dim"))
    return table


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=17)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(no_wrap=True)
    return table


def _scale(frame: Frame) -> str:
    """Give the heads of an axis: months of a year, else its first and last day."""
    if (frame.last - frame.first).days > 300:
        return "".join(name[:3] for name in phrases.MONTHS)[:_WIDTH] if _WIDTH == 36 else ""
    first, last = frame.first.strftime("%-d %b"), frame.last.strftime("%-d %b")
    return first + " " * max(1, _WIDTH - len(first) - len(last)) + last
