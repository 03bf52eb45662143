"""Read when a contact took place: the date phrase tied to it, resolved against the document's day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.aspects.voice import _saying
from backchannel.language.grammar import Sentence
from backchannel.records import Evidence, When

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)} | {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_M = r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_D = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_RANGE = r"\s*(?:-|–|—|to|and|until|through|\u2013)\s*"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "span",
        re.compile(
            rf"\b{_M.format('m1')}\s+{_D.format('d1')}{_RANGE}(?:{_M.format('m2')}\s+)?{_D.format('d2')}(?:,?\s+(?P<y>\d{{4}}))?\b"
        ),
    ),
    (
        "span",
        re.compile(
            rf"\b{_D.format('d1')}(?:\s+{_M.format('m1')})?{_RANGE}{_D.format('d2')}\s+{_M.format('m2')}(?:,?\s+(?P<y>\d{{4}}))?\b"
        ),
    ),
    (
        "day",
        re.compile(
            rf"\b{_M.format('m1')}\s+{_D.format('d1')}(?:,?\s+(?P<y>\d{{4}}))?\b(?!\s*(?:billion|million|percent))"
        ),
    ),
    ("day", re.compile(rf"\b{_D.format('d1')}\s+(?:of\s+)?{_M.format('m1')}(?:,?\s+(?P<y>\d{{4}}))?\b")),
    ("iso", re.compile(r"\b(?P<iso>\d{4}-\d{2}-\d{2})\b")),
    (
        "month",
        re.compile(
            rf"\b(?:in|of|since|by|during|late|early|mid-?|last|this|next|until|from|for)\s+(?:late\s+|early\s+|mid-?)?{_M.format('m1')}(?:,?\s+(?:of\s+)?(?P<y>\d{{4}}))?\b"
        ),
    ),
    ("month", re.compile(rf"\b{_M.format('m1')},?\s+(?P<y>\d{{4}})\b")),
    (
        "weekdays",
        re.compile(
            r"\b(?:on\s+)?(?P<w1>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+and\s+(?P<w2>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
        ),
    ),
    (
        "weekday",
        re.compile(
            r"\b(?:(?P<which>last|next|this|this past|this coming|coming)\s+)?(?P<w1>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
        ),
    ),
    (
        "relative",
        re.compile(
            r"\b(?P<r>today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening)|last night|the day before yesterday|the day after tomorrow|earlier today|later today)\b",
            re.I,
        ),
    ),
    (
        "week",
        re.compile(
            r"\b(?P<which>earlier this|later this|this|last|past|next|the previous|the coming)\s+(?P<unit>week|weekend|month|year|spring|summer|autumn|fall|winter)\b",
            re.I,
        ),
    ),
    (
        "ago",
        re.compile(
            r"\b(?P<n>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|a few|couple of)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier|before)\b",
            re.I,
        ),
    ),
    (
        "year",
        re.compile(r"\b(?:in|since|during|of|the|from|by)\s+(?:late\s+|early\s+|mid-?)?(?P<y>(?:19|20)\d{2})\b(?!-)"),
    ),
)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_AHEAD = frozenset({"planned", "proposed", "hypothetical", "postponed"})
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date phrase in a sentence, by offsets in its text, with what it means."""

    start: int
    end: int
    when: When
    kind: str


def phrases(sentence: Sentence, on: date | None, *, ahead: bool) -> Iterator[Phrase]:
    """Yield the date phrases of a sentence; ``ahead`` looks for the next Friday instead of the last."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(sentence.text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            when = _resolve(kind, match, on, ahead)
            if when is not None:
                taken.append(match.span())
                yield Phrase(match.start(), match.end(), when, kind)


def _resolve(kind: str, match: re.Match[str], on: date | None, ahead: bool) -> When | None:
    parts = match.groupdict()
    try:
        if kind == "span":
            return _span(parts, on, ahead)
        if kind == "day":
            return _day(_date(parts["y"], parts["m1"], parts["d1"], on, ahead))
        if kind == "iso":
            return _day(date.fromisoformat(parts["iso"]))
        if kind == "month":
            return _month(parts, match.group(), on, ahead)
        if kind == "year":
            return When(start=parts["y"], end=parts["y"], precision="year")
        if on is None:
            return None
        if kind == "weekdays":
            first, second = (_weekday(_DAYS[(parts[k] + "day").lower()], None, on, ahead) for k in ("w1", "w2"))
            return _days(min(first, second), max(first, second))
        if kind == "weekday":
            return _day(_weekday(_DAYS[parts["w1"].lower()], parts["which"], on, ahead))
        if kind == "relative":
            return _relative(parts["r"].lower(), on)
        if kind == "week":
            return _period(parts["which"].lower(), parts["unit"].lower(), on)
        return _ago(parts["n"].lower(), parts["unit"].lower(), on)
    except ValueError:
        return None


def _number(month: str) -> int:
    plain = month.lower().rstrip(".")
    return _MONTHS.get(plain) or _SHORT[plain]


def _date(year: str | None, month: str, day: str, on: date | None, ahead: bool) -> date:
    number = _number(month)
    if year is not None:
        return date(int(year), number, int(day))
    if on is None:
        raise ValueError("no year and no document date")
    nearest = [
        date(on.year + step, number, int(day))
        for step in (-1, 0, 1)
        if not (number == 2 and int(day) == 29 and not calendar.isleap(on.year + step))
    ]
    if ahead:
        later = [d for d in nearest if d >= on - timedelta(days=2)]
        return later[0] if later else nearest[-1]
    earlier = [d for d in nearest if d <= on + timedelta(days=2)]
    best = earlier[-1] if earlier else nearest[0]
    soon = min(nearest, key=lambda d: abs((d - on).days))
    return soon if (best - on).days < -240 and abs((soon - on).days) < 90 else best


def _day(day: date) -> When:
    return When(start=day.isoformat(), end=day.isoformat(), precision="day")


def _days(first: date, last: date) -> When:
    return When(start=first.isoformat(), end=last.isoformat(), precision="day")


def _span(parts: dict[str, str | None], on: date | None, ahead: bool) -> When:
    first_month, last_month = parts.get("m1") or parts.get("m2"), parts.get("m2") or parts.get("m1")
    first = _date(parts["y"], str(first_month), str(parts["d1"]), on, ahead)
    last = _date(parts["y"] or str(first.year), str(last_month), str(parts["d2"]), on, ahead)
    if last < first:
        raise ValueError("a span that ends before it begins")
    return _days(first, last)


def _month(parts: dict[str, str | None], text: str, on: date | None, ahead: bool) -> When | None:
    number = _number(str(parts["m1"]))
    year = int(parts["y"]) if parts["y"] else None
    if year is None:
        if on is None:
            return None
        if text.lower().startswith("last") or not ahead:
            year = on.year if number <= on.month else on.year - 1
        else:
            year = on.year if number >= on.month else on.year + 1
    value = f"{year:04d}-{number:02d}"
    return When(start=value, end=value, precision="month")


def _weekday(number: int, which: str | None, on: date, ahead: bool) -> date:
    back = (on.weekday() - number) % 7
    if which in ("next", "this coming", "coming") or (ahead and which is None):
        forward = (number - on.weekday()) % 7
        return on + timedelta(days=forward or (7 if which == "next" else 0))
    if which == "this":
        return on + timedelta(days=(number - on.weekday()))
    return on - timedelta(days=back or (7 if which in ("last", "this past") else 0))


def _relative(word: str, on: date) -> When:
    shift = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }.get(word, 0)
    return _day(on + timedelta(days=shift))


def _period(which: str, unit: str, on: date) -> When | None:
    step = -1 if which in ("last", "past", "the previous") else 1 if which in ("next", "the coming") else 0
    if unit == "week":
        monday = on - timedelta(days=on.weekday()) + timedelta(weeks=step)
        if which == "earlier this":
            return _days(monday, max(monday, on))
        if which == "later this":
            return _days(on, monday + timedelta(days=6))
        return _days(monday, monday + timedelta(days=6))
    if unit == "weekend":
        saturday = on - timedelta(days=on.weekday()) + timedelta(days=5, weeks=step if which != "past" else -1)
        if step == 0 and saturday > on and which == "earlier this":
            saturday -= timedelta(weeks=1)
        return _days(saturday, saturday + timedelta(days=1))
    if unit == "month":
        index = on.year * 12 + on.month - 1 + step
        value = f"{index // 12:04d}-{index % 12 + 1:02d}"
        return When(start=value, end=value, precision="month")
    if unit == "year":
        value = f"{on.year + step:04d}"
        return When(start=value, end=value, precision="year")
    first, last = _SEASONS[unit]
    year = on.year + step
    return When(
        start=f"{year:04d}-{first:02d}", end=f"{year + (1 if last < first else 0):04d}-{last:02d}", precision="month"
    )


def _ago(number: str, unit: str, on: date) -> When | None:
    count = _NUMBERS.get(number) or (int(number) if number.isdigit() else None)
    if count is None:
        return None
    if unit == "day":
        return _day(on - timedelta(days=count))
    if unit == "week":
        monday = on - timedelta(weeks=count, days=on.weekday())
        return _days(monday, monday + timedelta(days=6))
    if unit == "month":
        index = on.year * 12 + on.month - 1 - count
        value = f"{index // 12:04d}-{index % 12 + 1:02d}"
        return When(start=value, end=value, precision="month")
    value = f"{on.year - count:04d}"
    return When(start=value, end=value, precision="year")


@aspect("when")
def read(context: Context) -> Aspect:
    """Give the day or span of the contact; ``None`` where neither sentence nor the kind of document tells."""
    sentence, status = context.sentence, context.value("status")
    ahead = status in _AHEAD
    found = [p for p in phrases(sentence, context.on, ahead=ahead) if not _is_of_another(context, p)]
    if found:
        best = min(found, key=lambda p: _distance(context, p))
        return Aspect(value=best.when, evidence=(evidence_at(sentence, best.start, best.end, f"when.{best.kind}"),))
    return _from_document(context)


def _distance(context: Context, phrase: Phrase) -> float:
    sentence, trigger = context.sentence, context.contact.trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    gap = max(phrase.start - end, start - phrase.end, 0)
    word = sentence.word_at(sentence.start + phrase.start, sentence.start + phrase.end)
    tied = word is not None and word.head in {w.index for w in context.contact.words} | {
        w.head for w in context.contact.words if w.kind == "noun"
    }
    finer = {"year": 60.0, "month": 15.0, "week": 5.0}.get(phrase.kind, 0.0)
    return gap + finer - (200 if tied else 0)


def _is_of_another(context: Context, phrase: Phrase) -> bool:
    """The day on which somebody spoke ("said on Tuesday") or of another clause is not the day of the contact."""
    sentence = context.sentence
    word = sentence.word_at(sentence.start + phrase.start, sentence.start + phrase.end)
    if word is None:
        return False
    triggers = {w.index for w in context.contact.words}
    for step in sentence.path(word.index):
        if step.index in triggers:
            return False
        if step.kind == "verb":
            above = {w.index for t in triggers for w in sentence.path(t)}
            if step.lemma in _saying() and step.index in above:
                between = [w for t in triggers for w in sentence.path(t) if w.kind == "verb" and w.index != step.index]
                carried = any(
                    w.head == step.index and w.relation in ("patient", "passive_subject") for w in context.contact.words
                )
                return (
                    bool(between or any(t for t in context.contact.words if t.kind == "verb" and t.head == step.index))
                    and not carried
                )
            return step.index not in above and not any(w.index in triggers for w in sentence.path(step.index))
    return False


def _from_document(context: Context) -> Aspect:
    """An item of a day's digest and an official account tell of their own day unless they say otherwise."""
    kind, status, on = context.roster.profile.kind, context.value("status"), context.on
    if on is None:
        return Aspect(value=None)
    rule = context.read["status"].evidence[0].by if context.read["status"].evidence else ""
    text = context.document.published.isoformat() if context.document.published else ""
    evidence = Evidence(start=0, end=len(text), text=text, by=f"date:when.{kind}")
    same_day = kind == "digest" and (
        status in ("occurred", "cancelled", "refused", "postponed") and "past" not in rule and "preposition" not in rule
    )
    same_day = same_day or (
        kind in ("readout", "announcement", "official")
        and status == "occurred"
        and context.contact.ordinal == 0
        and not re.search(r"\b(?:recent|previous|last|earlier)\b", context.sentence.text)
    )
    if same_day:
        return Aspect(value=_day(on), evidence=(evidence,))
    if kind == "digest" and status == "ongoing":
        value = on.isoformat()[:7]
        return Aspect(value=When(start=value, end=value, precision="month"), evidence=(evidence,))
    return Aspect(value=None)
