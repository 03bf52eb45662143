"""Find the date phrases of a text and resolve them to days, months or years against a document's day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from backchannel.records import When

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
COUNTS |= {"nine": 9, "ten": 10, "couple of": 2}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}

_M = (
    r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_D = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_W = r"(?P<{0}>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_Y = r"(?P<y>(?:1[89]|20)\d{2})"
_TO = r"\s*(?:-|–|—|to|through|until)\s*"
_PART = r"(?:(?:late|early|mid)[\s-]+|the (?:end|beginning|start|middle) of\s+)?"
_N = r"(?P<n>a|an|one|two|three|four|five|six|seven|eight|nine|ten|couple of|\d{1,3})"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_Y}|(?P<which>this|last|next)\s+year))?"
_DAY_NAME = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I if kind in ("relative", "weekend", "period", "ago", "lasting", "season") else 0))
    for kind, pattern in (
        ("iso", r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b"),
        ("span", rf"\b{_M.format('m1')}\s+{_D.format('d1')}(?:{_TO}(?:{_M.format('m2')}\s+)?|\s+and\s+){_D.format('d2')}(?:,?\s+{_Y})?\b"),
        ("span", rf"\b{_D.format('d1')}(?:\s+{_M.format('m1')})?(?:{_TO}|\s+and\s+){_D.format('d2')}\s+{_M.format('m2')}(?:,?\s+{_Y})?\b"),
        ("day", rf"\b{_DAY_NAME}{_M.format('m1')}\s+{_D.format('d1')}{_OF_YEAR}\b(?!\s*(?:billion|million|percent))"),
        ("day", rf"\b{_DAY_NAME}(?:the\s+)?{_D.format('d1')}\s+(?:of\s+)?{_M.format('m1')}{_OF_YEAR}\b"),
        ("months", rf"\b(?i:from|between|in)\s+{_M.format('m1')}\s+(?:to|and|through|until)\s+{_M.format('m2')}(?:,?\s+{_Y})?\b"),
        ("month", rf"\b(?P<near>(?i:last|this past|next|this coming|this))\s+{_M.format('m1')}\b"),
        ("month", rf"\b(?:(?P<lead>(?i:in|of|since|by|during|until|from|for|around|before|after))\s+)?{_PART}{_M.format('m1')}{_OF_YEAR}\b"),
        ("month", rf"\b{_M.format('m1')}\s+(?=(?:\w+\s+)?(?P<noun>call|conversation|meeting|negotiations|round|session|summit|talks|trip|visit)\b)"),
        ("years", r"\b(?i:from|between|in|during)\s+(?P<y1>(?:19|20)\d{2})\s*(?:-|–|to|and)\s*(?P<y2>(?:19|20)\d{2})\b"),
        ("weekdays", rf"\b{_W.format('w1')}\s*(?:-|–|and|to|through)\s*{_W.format('w2')}\b"),
        ("weekday", rf"\b(?:(?P<which>(?i:last|next|this past|this coming|coming|this))\s+)?{_W.format('w1')}\b"),
        ("relative", r"\b(?P<r>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night)\b"),
        ("weekend", r"\b(?P<which>over the|at the|during the|this past|this coming|this|last|next)\s+weekend\b"),
        ("season", rf"\b(?:(?P<which>last|this|next)\s+|(?:in|of|during)\s+{_PART}(?:the\s+)?)(?P<season>spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?{_Y})?\b"),
        ("lasting", rf"\b(?P<way>over|during|in|within|for)\s+(?:the|these)\s+(?P<which>past|last|next|coming)\s+(?:{_N}\s+)?(?P<unit>day|week|month|year)(?P<many>s?)\b"),
        ("period", r"\b(?P<which>earlier this|later this|this coming|this|last|past|next|the previous|the coming)\s+(?P<unit>week|month|year)\b"),
        ("ago", rf"\b{_N}\s+(?P<unit>hour|day|week|month|year)s?\s+(?:ago|earlier|before)\b"),
        ("decade", r"\b(?i:in|during|of)\s+(?i:the\s+)?(?:(?i:late|early|mid)[\s-]+)?(?P<y>(?:1[89]|20)\d0)s\b"),
        ("year", rf"\b(?P<lead>(?i:in|since|during|of|from|by))\s+{_PART}{_Y}\b(?![-–]\d)"),
        ("ordinal", r"\b[Oo]n the (?P<d1>[0-3]?\d)(?:st|nd|rd|th)\b(?! (?:floor|anniversary|parallel|century|of))"),
        ("number", rf"\b{_Y}\b"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date phrase of a text by its offsets, with the parts that were read; ``lead`` is the word before it."""

    start: int
    end: int
    kind: str
    parts: dict[str, str | None]

    @property
    def lead(self) -> str | None:
        """The preposition that the phrase itself holds ("since May")."""
        return self.parts.get("lead")

    @property
    def is_fine(self) -> bool:
        """Whether it tells days, or counts from the document's day: a phrase that dates what is done rather than a thing."""
        return self.kind not in ("month", "months", "year", "years", "decade", "season", "number")

    @property
    def has_year(self) -> bool:
        """Whether the year stands in it."""
        return self.parts.get("y") is not None or self.kind in ("iso", "years")


def find(text: str) -> list[Phrase]:
    """Give the date phrases of ``text`` in order of appearance, none inside another."""
    found: list[Phrase] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(p.start < match.end() and match.start() < p.end for p in found) and _is_date(kind, match):
                found.append(Phrase(match.start(), match.end(), kind, match.groupdict()))
    return sorted(found, key=_start)


def _start(phrase: Phrase) -> int:
    return phrase.start


def _is_date(kind: str, match: re.Match[str]) -> bool:
    """A month needs a preposition, a year or a meeting after it: "May" and "March" are verbs as well."""
    parts = match.groupdict()
    return kind != "month" or any(parts.get(name) for name in ("lead", "y", "which", "near", "noun"))


def resolve(phrase: Phrase, on: date | None, *, ahead: bool = False, year: int | None = None) -> When | None:
    """Give what a phrase means, or ``None`` where it cannot be told.

    Args:
        phrase: as found.
        on: the document's day (UTC).
        ahead: a day without a year is the next one instead of the last.
        year: the year of a neighbouring phrase ("on January 11 and November 26, 2021").

    >>> resolve(find("in December")[0], date(2023, 3, 11)).start
    '2022-12'
    """
    try:
        return _resolve(phrase, on, ahead, year)
    except ValueError:
        return None


def _resolve(phrase: Phrase, on: date | None, ahead: bool, year: int | None) -> When | None:
    kind, parts = phrase.kind, phrase.parts
    told = _year(parts, on) or (year if kind in ("day", "span", "month", "months") else None)
    if kind == "iso":
        return days(date.fromisoformat(str(parts["iso"])))
    if kind in ("year", "number"):
        return _whole(int(str(parts["y"])))
    if kind == "decade":
        return When(start=str(parts["y"]), end=f"{int(str(parts['y'])) + 9:04d}", precision="year")
    if kind == "years":
        return When(start=str(parts["y1"]), end=str(parts["y2"]), precision="year")
    if kind == "day":
        return days(_date(told, _number(parts["m1"]), int(str(parts["d1"])), on, ahead))
    if kind == "span":
        return _span(parts, told, on, ahead)
    if kind in ("month", "months"):
        return _months(parts, told, on, ahead)
    if kind == "season" and told is not None:
        return _season(str(parts["season"]).lower(), told)
    return None if on is None else _relative_to(kind, parts, on, ahead)


def _relative_to(kind: str, parts: dict[str, str | None], on: date, ahead: bool) -> When | None:
    which, unit = (parts.get("which") or "").lower(), (parts.get("unit") or "").lower()
    if kind == "weekdays":
        first, last = (_weekday(_DAYS[str(parts[name]).lower()], "", on, ahead) for name in ("w1", "w2"))
        return days(min(first, last), max(first, last))
    if kind == "weekday":
        return days(_weekday(_DAYS[str(parts["w1"]).lower()], which, on, ahead))
    if kind == "relative":
        return days(on + timedelta(days=_SHIFTS.get(str(parts["r"]).lower(), 0)))
    if kind == "weekend":
        return _weekend(which, on, ahead)
    if kind == "season":
        season = str(parts["season"]).lower()
        begun = _SEASONS[season][0] <= on.month
        shift = {"last": 0 if begun and on.month > _SEASONS[season][1] else -1, "next": 0 if not begun else 1}
        return _season(season, on.year + shift.get(which, 0 if begun or ahead else -1))
    if kind == "period":
        return _period(which, unit, on)
    if kind == "lasting":
        return _lasting(parts, on)
    if kind == "ordinal":
        return _ordinal(int(str(parts["d1"])), on, ahead)
    return _ago(str(parts["n"]).lower(), unit, on)


_SHIFTS = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


_FAR = 300
"""Days: a date without a year that lies further ahead is taken for the one just past."""


def days(first: date, last: date | None = None) -> When:
    """Give a span of days, or one day."""
    return When(start=first.isoformat(), end=(last or first).isoformat(), precision="day")


def month(day: date) -> When:
    """Give the month of a day."""
    return _month(day.year * 12 + day.month - 1)


def _month(first: int, last: int | None = None) -> When:
    """Give the months from one count since year 0 to another."""
    start, end = (f"{index // 12:04d}-{index % 12 + 1:02d}" for index in (first, first if last is None else last))
    return When(start=start, end=end, precision="month")


def _whole(year: int) -> When:
    return When(start=f"{year:04d}", end=f"{year:04d}", precision="year")


def _year(parts: dict[str, str | None], on: date | None) -> int | None:
    if parts.get("y") is not None:
        return int(str(parts["y"]))
    if on is None or parts.get("m1") is None or parts.get("which") is None:
        return None
    return on.year + {"last": -1, "next": 1}.get(str(parts["which"]), 0)


def _number(name: str | None) -> int:
    plain = str(name).lower().rstrip(".")
    return _MONTHS.get(plain) or _SHORT[plain]


def _date(year: int | None, number: int, day: int, on: date | None, ahead: bool) -> date:
    """The day without a year that lies nearest before the document, or nearest after it; two days' slack for time zones."""
    if year is not None:
        return date(year, number, day)
    if on is None:
        raise ValueError("no year and no document date")
    years = [on.year + step for step in (-1, 0, 1) if (number, day) != (2, 29) or calendar.isleap(on.year + step)]
    near = [date(year, number, day) for year in years]
    if ahead:
        later = next((d for d in near if d >= on - timedelta(days=2)), near[-1])
        if (later - on).days <= _FAR:
            return later
    return next((d for d in reversed(near) if d <= on + timedelta(days=2)), near[0])


def _span(parts: dict[str, str | None], year: int | None, on: date | None, ahead: bool) -> When:
    first_month, last_month = (_number(parts["m1"] or parts["m2"]), _number(parts["m2"] or parts["m1"]))
    first = _date(year, first_month, int(str(parts["d1"])), on, ahead)
    last = _date(year or first.year, last_month, int(str(parts["d2"])), on, ahead)
    if last < first:
        raise ValueError("a span that ends before it begins")
    return days(first, last)


def _months(parts: dict[str, str | None], year: int | None, on: date | None, ahead: bool) -> When | None:
    first, near = _number(parts["m1"]), parts.get("near")
    last = _number(parts["m2"]) if parts.get("m2") else first
    if year is None and on is None:
        return None
    if year is None and on is not None:
        looks_ahead = near in ("next", "this coming") or (ahead and near is None)
        if looks_ahead:
            year = on.year + (first < on.month or (near == "next" and first == on.month))
        elif near == "this":
            year = on.year
        else:
            year = on.year - (first > on.month or (near == "last" and first == on.month))
    count = int(year or 0) * 12
    return _month(count + first - 1, count + last - 1) if first <= last else None


def _weekday(number: int, which: str, on: date, ahead: bool) -> date:
    back, forward = (on.weekday() - number) % 7, (number - on.weekday()) % 7
    if which == "this":
        return on + timedelta(days=number - on.weekday())
    if which in ("next", "this coming", "coming") or (ahead and not which):
        return on + timedelta(days=forward or (7 if which == "next" else 0))
    return on - timedelta(days=back or (7 if which in ("last", "this past") else 0))


def _weekend(which: str, on: date, ahead: bool) -> When:
    saturday = on + timedelta(days=5 - on.weekday())
    coming = which in ("next", "this coming") or (ahead and not which.startswith(("last", "this past")))
    if which == "next":
        saturday += timedelta(weeks=1)
    elif not coming and saturday > on - timedelta(days=which == "last"):
        saturday -= timedelta(weeks=1)
    return days(saturday, saturday + timedelta(days=1))


def _season(season: str, year: int) -> When:
    first, last = _SEASONS[season]
    return _month(year * 12 + first - 1, (year + (last < first)) * 12 + last - 1)


def _period(which: str, unit: str, on: date) -> When:
    step = -1 if which in ("last", "past", "the previous") else which in ("next", "the coming", "this coming")
    if unit == "year":
        return _whole(on.year + step)
    if unit == "month":
        return _month(on.year * 12 + on.month - 1 + step)
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=step)
    if which == "earlier this":
        return days(monday, max(monday, on - timedelta(days=1)))
    return days(on if which == "later this" else monday, monday + timedelta(days=6))


def _lasting(parts: dict[str, str | None], on: date) -> When | None:
    """ "Over the last three months" ends and "within the next two days" begins with the document."""
    count = _count(parts.get("n") or ("" if parts["many"] else "one"))
    if count is None:
        return None
    coming = str(parts["which"]).lower() in ("next", "coming")
    if parts["unit"] in ("day", "week"):
        far = timedelta(days=count * 7 if parts["unit"] == "week" else count - (not coming))
        return days(on, on + far) if coming else days(on - far, on)
    now = on.year * 12 + on.month - 1
    far_months = count * (12 if parts["unit"] == "year" else 1)
    return _month(now, now + far_months) if coming else _month(now - far_months, now)


def _ordinal(day: int, on: date, ahead: bool) -> When:
    """ "On the 16th": of the document's month or the one beside it."""
    index = on.year * 12 + on.month - 1
    index += (ahead and day < on.day) - (not ahead and day > on.day)
    return days(date(index // 12, index % 12 + 1, day))


def _count(word: str) -> int | None:
    return COUNTS.get(word.lower()) or (int(word) if word.isdigit() else None)


def _ago(number: str, unit: str, on: date) -> When | None:
    count = _count(number)
    if count is None:
        return None
    if unit in ("hour", "day"):
        return days(on - timedelta(days=count if unit == "day" else 0))
    if unit == "week":
        monday = on - timedelta(weeks=count, days=on.weekday())
        return days(monday, monday + timedelta(days=6))
    if unit == "month":
        return _month(on.year * 12 + on.month - 1 - count)
    return _whole(on.year - count)


def years(phrases: list[Phrase]) -> Iterator[tuple[Phrase, int | None]]:
    """Yield each phrase with the year that the next dated phrase of the text lends it ("in May and again in September 2023")."""
    lent: int | None = None
    for phrase in reversed(phrases):
        own = phrase.parts.get("y")
        yield phrase, lent if own is None else None
        lent = int(own) if own is not None and phrase.kind in ("day", "span", "month") else lent
