"""Draw time as text: one axis a frame and one line a conversation, counts as bars, plans with what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.table import Table
from rich.text import Text

from backchannel.analysis import phrases
from backchannel.analysis.calendar import Plan, changes
from backchannel.analysis.series import Series, Step, Turn, Unit
from backchannel.analysis.timeline import Entry, Frame, Timeline, cells
from backchannel.cli.output import draw, is_tight, lines, say

_MARKS = {"held": ("●", "━"), "planned": ("○", "┄"), "off": ("×", "×"), "denied": ("?", "?"), "possible": ("·", "·")}
_WIDTH = 36
"""Cells of an axis: three a month of a year."""
_TIGHT = 24
"""Cells of an axis where there is little room; the id then stands below the day."""
_BARS = 30
"""Cells of the longest bar."""
_STATES = {
    "tentative": "not settled",
    "confirmed": "ahead",
    "held": "took place",
    "off": "called off",
    "denied": "denied",
    "unheard": "no word since",
}
LEGEND = "● held  ○ planned  × off  ? denied  · possible  ┠─┨ somewhere within  ! disputed  * private"


def print_timeline(told: Timeline) -> None:
    """Write the timeline to stdout."""
    draw(Text(LEGEND, style="dim"))
    tight = is_tight()
    for frame in told.frames:
        draw(Text(), _drawn(frame, tight=tight))
    if told.undated:
        table = _grid()
        for one in told.undated:
            what = f"{phrases.parties(one)}: {phrases.what(one)}"
            table.add_row(*_row_of(phrases.day(one.first_reported), "", Text(what), one.id, tight=tight))
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


def _drawn(frame: Frame, *, tight: bool) -> Table:
    width = _TIGHT if tight else _WIDTH
    table = _grid()
    table.add_row(Text(frame.title, style="bold"), Text(_scale(frame, width), style="dim"), "", "")
    for entry in frame.entries:
        flags = ("!" if entry.disputed else " ") + ("*" if entry.private else " ")
        text = Text(f"{flags} {entry.text}")
        table.add_row(*_row_of(entry.told, bar(entry, frame, width), text, entry.id, tight=tight))
    return table


def _row_of(told: str, drawn: str, text: Text, id: str, *, tight: bool) -> tuple[str | Text, ...]:
    """Give the cells of a conversation; where there is little room its id stands below its day."""
    if not tight:
        return told, drawn, text, Text(id, style="dim")
    return Text.assemble(told, "\n", (id, "dim")), drawn, text


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=17)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    table.add_column(no_wrap=True)
    return table


def _scale(frame: Frame, width: int) -> str:
    """Give the heads of an axis: months of a year, of which one letter where there is little room, else its first and last day."""
    if (frame.last - frame.first).days > 300:
        letters = 3 if width == _WIDTH else 1
        return "".join(name[:letters].ljust(width // 12) for name in phrases.MONTHS)
    first, last = frame.first.strftime("%-d %b"), frame.last.strftime("%-d %b")
    return first + " " * max(1, width - len(first) - len(last)) + last


def print_series(told: Series) -> None:
    """Write counts step by step: what was held as bars, the rest in columns, changes of level where they begin."""
    most = max((one.count() for one in told.steps), default=0.0)
    unit = max(1.0, most / _BARS)
    turns = {one.on: one for one in told.turns}
    rows: list[tuple[str, ...]] = []
    for is_blind, steps in groupby(told.steps, key=_is_blind):
        part = list(steps)
        if is_blind:
            rows.append((_range(part, told.unit), "", "", "", "", "no documents"))
            continue
        for step in part:
            if step.first in turns:
                rows.append(("", "", "", "", "", _turned(turns[step.first], told.unit)))
            rows.append(_row(step, told.unit, unit))
    heads = (told.unit, "held", "planned", "off", "denied", f"█ {unit:.3g} held to the day, ░ somewhere about")
    lines(heads, rows, right=(1, 2, 3, 4))
    if told.undated:
        say(f"not counted: {phrases.count(told.undated, 'conversation')} without a date")
    if not told.looked:
        draw(Text("too short a series to look for changes of level (24 steps with 20 conversations are needed)"))


def print_calendar(plans: Sequence[Plan]) -> None:
    """Write plans by the day for which they are planned, each with the changes of its status."""
    rows = []
    for plan in plans:
        steps = ", ".join(_told(step.status, step.on) for step in changes(plan))
        place = f", {plan.place}" if plan.place is not None else ""
        state = _STATES[plan.state] + (" (disputed)" if plan.disputed else "")
        rows.append((plan.told, f"{plan.parties}: {plan.what}{place}; {steps}", state, plan.id))
    lines(("for", "who and what, and what was told of it when", "state", "id"), rows, wide=1)


def _is_blind(step: Step) -> bool:
    return step.covered == 0 and not step.exact and not step.spread


def _range(steps: Sequence[Step], unit: Unit) -> str:
    first, last = _named(steps[0], unit), _named(steps[-1], unit)
    return first if first == last else f"{first} – {last}"


def _told(status: str, on: str | None) -> str:
    words = phrases.STATUSES[status]  # type: ignore[index]  # a status of the codebook
    return words if on is None else f"{words} ({phrases.day(on)})"


def _row(step: Step, unit: Unit, size: float) -> tuple[str, ...]:
    exact, spread = step.exact.get("held", 0), step.spread.get("held", 0.0)
    drawn = "█" * round(exact / size) + "░" * round(spread / size)
    if not drawn and exact + spread:
        drawn = "▏"
    off = step.count("off")
    return (
        _named(step, unit),
        *(_number(one) for one in (step.count(), step.count("planned"), off, step.count("denied"))),
        drawn,
    )


def _named(step: Step, unit: Unit) -> str:
    iso = step.first.isoformat()
    if unit == "quarter":
        return f"{step.first.year} Q{(step.first.month + 2) // 3}"
    return phrases.day({"year": iso[:4], "month": iso[:7], "week": iso}[unit])


def _turned(turn: Turn, unit: Unit) -> str:
    told = f"── from here {turn.after:.3g} a {unit}, before {turn.before:.3g}"
    if turn.covered is None or turn.covered[0] == turn.covered[1]:
        return told
    return f"{told}; days with documents {turn.covered[0]:.0%} → {turn.covered[1]:.0%}"


def _number(value: float) -> str:
    return "" if not value else f"{value:.3g}"
