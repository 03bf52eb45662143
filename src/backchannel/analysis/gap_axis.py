"""Lay the accounts of two lanes out on one axis: public ones stacked above it, closed ones below."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from backchannel.analysis import phrases
from backchannel.analysis.gap_records import Account, Gap, Lane
from backchannel.store.rows import bound

MARKS: Final = {
    "announced": "△",
    "leaked": "!",
    "denied": "?",
    "recorded": "●",
    "mentioned": "○",
    "no_record": "◌",
    "later": "◐",
}
BESIDE: Final = {"public": "▲", "closed": "◉"}
"""The marks of accounts that have one in the other lane beside them."""
_SHORT_DAYS: Final = 62
_MOST_YEARS: Final = 8
"""Years of a period that get an axis each; a longer one is drawn on one axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Contacts told only to lie somewhere between two cells of an axis, both filled; ``number`` of them."""

    lane: Lane
    start: int
    stop: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One stretch of time in cells: rows of marks from the axis outward, in each lane, its head and what has no day."""

    title: str
    scale: str
    public: tuple[str, ...]
    closed: tuple[str, ...]
    spans: tuple[Span, ...]


def axes(gap: Gap, width: int, *, height: int = 8) -> tuple[Axis, ...]:
    """Give the axes of the contacts held that have a date: a year each, or one for a short or a very long period.

    Args:
        gap: what to draw.
        width: cells of an axis; a multiple of 12 sets the months evenly.
        height: the most rows of a lane; a plus in the last one stands for what has no room.
    """
    held = [one for one in (*gap.public, *gap.closed) if one.kind == "held" and one.first is not None]
    if not held:
        return ()
    return tuple(_axis(title, first, last, held, width, height) for title, first, last in _frames(held, *_period(gap)))


def span_of(account: Account) -> tuple[date, date]:
    """Give the first and last day between which a dated account lies."""
    return _day(account.first), _day(account.last)


def lasting(days: tuple[int, int]) -> str:
    """Give a span of days in words.

    >>> lasting((12, 12)), lasting((12364, 12728)), lasting((0, 3))
    ('12 days', '33.9–34.8 years', '0–3 days')
    """
    low, high = days
    if abs(high) < 730:
        return f"{low:,} day{'' if low == 1 else 's'}" if low == high else f"{low:,}–{high:,} days"
    one, other = f"{low / 365.25:.1f}", f"{high / 365.25:.1f}"
    return f"{one} years" if one == other else f"{one}–{other} years"


def _period(gap: Gap) -> tuple[date | None, date | None]:
    first, last = bound(gap.since, last=False), bound(gap.until, last=True)
    return None if first is None else date.fromisoformat(first), None if last is None else date.fromisoformat(last)


def mark(account: Account) -> str:
    """Give the mark of an account: how it stands, or that something is beside it in the other lane."""
    if account.standing in ("announced", "recorded") and account.beside:
        return BESIDE[account.lane]
    return MARKS[account.standing]


def _frames(held: Sequence[Account], since: date | None, until: date | None) -> Iterator[tuple[str, date, date]]:
    """Yield title, first and last day of each axis; what is told to the day sets its ends, within the period asked for."""
    dated = [one for one in held if one.exact] or list(held)
    first, last = min(_day(one.first) for one in dated), max(_day(one.last) for one in dated)
    first, last = max(first, since or first), min(last, until or last)
    if last < first:
        first, last = last, first
    if (last - first).days <= _SHORT_DAYS:
        yield f"{phrases.day(first.isoformat())} to {phrases.day(last.isoformat())}", first, last
    elif last.year - first.year >= _MOST_YEARS:
        yield f"{first.year} to {last.year}", date(first.year, 1, 1), date(last.year, 12, 31)
    else:
        for year in range(first.year, last.year + 1):
            if any(_day(one.first).year <= year <= _day(one.last).year for one in held):
                yield str(year), date(year, 1, 1), date(year, 12, 31)


def _axis(title: str, first: date, last: date, held: Sequence[Account], width: int, height: int) -> Axis:
    within = [one for one in held if _day(one.first) <= last and _day(one.last) >= first]
    exact = [one for one in within if one.exact]
    rows = {
        lane: tuple(_rows([one for one in exact if one.lane == lane], first, last, width, height))
        for lane in ("public", "closed")
    }
    spans = Counter(
        (one.lane, *_cells(_day(one.first), _day(one.last), first, last, width)) for one in within if not one.exact
    )
    return Axis(
        title=title,
        scale=_scale(first, last, width),
        public=rows["public"],
        closed=rows["closed"],
        spans=tuple(
            Span(lane=lane, start=start, stop=stop, number=number)
            for (lane, start, stop), number in sorted(spans.items())
        ),
    )


def _rows(accounts: Iterable[Account], first: date, last: date, width: int, height: int) -> Iterator[str]:
    """Yield rows of marks, the one next to the axis first; a contact of several days fills its cells with a line."""
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for one in sorted(accounts, key=_plain_first):
        start, stop = _cells(_day(one.first), _day(one.last), first, last, width)
        level = max(len(columns[cell]) for cell in range(start, stop))
        for cell in range(start, stop):
            columns[cell] += [" "] * (level - len(columns[cell]))
            columns[cell].append(mark(one) if cell == start else "━")
    for cell, told in columns.items():
        if len(told) > height:
            has_more = any(sign not in " ━" for sign in told[height - 1 :])
            columns[cell] = [*told[: height - 1], "+" if has_more else " "]
    for level in range(max((len(told) for told in columns.values()), default=0)):
        yield "".join(columns[cell][level] if level < len(columns.get(cell, ())) else " " for cell in range(width))


def _plain_first(one: Account) -> tuple[bool, int, str, str, str]:
    """Those with something beside them stand next to the axis, then the best attested."""
    return mark(one) not in BESIDE.values(), list(MARKS).index(one.standing), one.first or "", one.last or "", one.id


def _cells(one: date, other: date, first: date, last: date, width: int) -> tuple[int, int]:
    """Give the half-open range of cells of the days from one to the other on an axis; at least one."""
    start, stop = (_cell(min(max(day, first), last), first, last, width) for day in (one, other))
    return start, max(stop, start) + 1


def _cell(day: date, first: date, last: date, width: int) -> int:
    """Give the cell of a day; the months of a year are of one length."""
    if _is_year(first, last):
        month = width // 12
        return (day.month - 1) * month + (day.day - 1) * month // monthrange(day.year, day.month)[1]
    return (day - first).days * width // ((last - first).days + 1)


def _is_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year


def _scale(first: date, last: date, width: int) -> str:
    """Give the head of an axis: the months of a year, else days or years where they begin."""
    days = (last - first).days + 1
    if _is_year(first, last):
        named = [(date(first.year, month, 1), phrases.MONTHS[month - 1][:3]) for month in range(1, 13)]
    elif first.year != last.year and days > _SHORT_DAYS:
        named = [(date(year, 1, 1), str(year)) for year in range(first.year, last.year + 1)]
    else:
        week = [first + timedelta(days=number) for number in range(0, days, 7)]
        named = [(day, f"{day.day} {phrases.MONTHS[day.month - 1][:3]}") for day in week]
    drawn = [" "] * width
    free = 0
    for day, name in named:
        start = _cells(day, day, first, last, width)[0]
        if start >= free and start + len(name) <= width:
            drawn[start : start + len(name)] = name
            free = start + len(name) + 1
    return "".join(drawn)


def _day(iso: str | None) -> date:
    return date.fromisoformat(iso or "")
