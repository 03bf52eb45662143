"""When and where: the day, the hours and the place of a dateline, a heading's end or a labelled line."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backchannel.sources.heads.layout import Line, Part
from backchannel.sources.heads.lexicon import lexicon, plain
from backchannel.sources.record import Moment, Words

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower()[:3]: number for name, number in list(_MONTHS.items())} | {"sept": 9}
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_TO = r"(?:\s*[-–—]\s*(?:\w+\s+)?\d{1,2})?"
_DAYS = (
    re.compile(
        rf"{_MONTH},?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_TO},?\s*(?:\d{{4}}\s*[-–]\s*\w+ \d{{1,2}},\s*)?{_YEAR}",
        re.I,
    ),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_TO}\s+(?:of\s+)?{_MONTH},?\s*{_YEAR}", re.I),
    re.compile(r"(?<![\d/])(?P<m>\d{1,2})/(?P<day>\d{1,2})/(?P<short>(?:19|20)?\d\d)(?![\d/])"),
)
_HOUR = r"(?P<{0}h>\d{{1,2}})(?:\s*[:.]\s*(?P<{0}m>[0-5]\d))?\s*(?P<{0}n>[ap]\.?\s?m\b\.?|noon|midnight)?"
_HOURS = re.compile(rf"{_HOUR.format('a')}(?:\s*(?:-|–|—|to|until)\s*{_HOUR.format('b')})?", re.I)
_WORD_HOUR = re.compile(r"\b(noon|midnight)\b", re.I)
_ZULU = re.compile(r"\b(?P<h>[0-2]\d)(?P<m>[0-5]\d)\s?(?:Z|GMT)\b|\b(?P<h4>[0-2]\d)(?P<m4>[0-5]\d)\s*hours\b", re.I)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?\s*", re.I)
_UNDATED = re.compile(r"\bundated\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a line says of day, hours and place; ``room`` is the part of the place inside a town."""

    moment: Moment | None
    places: tuple[Words, ...] = ()
    room: Words | None = None
    is_undated: bool = False


def setting(lines: Sequence[Line], parts: Sequence[Part]) -> Setting:
    """Give when and where a record says it took place.

    The dateline below the heading is asked first, then the heading's own end, then labelled lines. A dateline that says
    "undated" is the answer: no other day of the head is taken for it.
    """
    told = [found for line in lines[1:6] if (found := _dateline(line)) is not None][:1]
    told += [_tail(lines[0])] if lines else []
    told += [_labelled(parts)]
    moment = _with_hour(
        next((one.moment for one in told if one.moment is not None or one.is_undated), None), lines, parts
    )
    town = next((one for one in told if one.places), None)
    room = next((one.room for one in told if one.room is not None), None)
    return Setting(moment=moment, places=town.places if town is not None else (), room=room)


def _with_hour(moment: Moment | None, lines: Sequence[Line], parts: Sequence[Part]) -> Moment | None:
    """Give the moment with the hour that a line of its own has below the heading, or a labelled one, where it has none."""
    if moment is None or "T" in moment.start:
        return moment
    labelled = [line for part in parts if part.label == "time" for line in part.lines]
    bare = [
        line
        for line in lines[1:8]
        if re.fullmatch(r"[\d:. -–to]+(?:[ap]\.?\s?m\.?|hours|noon)|noon|midnight", line.text, re.I)
    ]
    told = next((found for line in (*labelled, *bare) if (found := hours_in(line.text)) is not None), None)
    if told is None:
        return moment
    first, last = told
    end = f"{moment.start}T{last}" if last is not None and last >= first else None
    return Moment(start=f"{moment.start}T{first}", end=end, words=moment.words)


def day_in(text: str) -> tuple[date, int, int] | None:
    """Give the first day that a text names, with its offsets; a day that cannot be is passed over.

    >>> day_in("Oslo, 4 May 1961, noon")
    (datetime.date(1961, 5, 4), 6, 16)
    """
    found = sorted((match for pattern in _DAYS for match in pattern.finditer(text)), key=lambda match: match.start())
    for match in found:
        told = match.groupdict()
        try:
            day = date(_year(told), _month(told), int(told["day"]))
        except ValueError:
            continue
        return day, match.start(), match.end()
    return None


def _year(told: dict[str, str | None]) -> int:
    year = int(told.get("year") or told.get("short") or 0)
    return year + 1900 if year < 100 else year


def _month(told: dict[str, str | None]) -> int:
    name = told.get("month")
    return int(told.get("m") or 0) if name is None else _MONTHS[name.lower()[:3]]


def hours_in(text: str) -> tuple[str, str | None] | None:
    """Give the hours that the words behind a day name, as ``HH:MM``, the second where a span is told.

    >>> hours_in("9:30-11:05 a.m."), hours_in("noon"), hours_in("1330Z")
    (('09:30', '11:05'), ('12:00', None), ('13:30', None))
    """
    zulu = _ZULU.search(text)
    if zulu is not None:
        return f"{zulu['h'] or zulu['h4']}:{zulu['m'] or zulu['m4']}", None
    for match in _HOURS.finditer(text):
        if match["an"] or match["bn"]:
            first, last = _hour(match["ah"], match["am"], match["an"]), _hour(match["bh"], match["bm"], match["bn"])
            if match["an"] is None and last is not None:
                first = _before(match["ah"], match["am"], match["bn"], last)
            return (first, last) if first is not None else None
    word = _WORD_HOUR.search(text)
    return None if word is None else ("12:00" if word.group().lower() == "noon" else "00:00", None)


def _hour(hour: str | None, minute: str | None, half: str | None) -> str | None:
    if hour is None or int(hour) > 23:
        return None
    value, name = int(hour), plain(half or "").replace(".", "").replace(" ", "")
    if name in ("pm", "noon") and value < 12:
        value += 12
    if name in ("am", "midnight") and value == 12:
        value = 0
    return f"{value:02d}:{minute or '00'}"


def _before(hour: str, minute: str | None, half: str | None, last: str) -> str | None:
    """Give the first hour of a span that names the half of the day once: the same half, or the one before."""
    same = _hour(hour, minute, half)
    if same is None or same <= last:
        return same
    return _hour(hour, minute, "am")


def _dateline(line: Line) -> Setting | None:
    """Give the setting of a line that is a dateline: a place or nothing, then a day or "undated", and hardly more."""
    if len(line.text) > 160:
        return None
    undated = _UNDATED.search(line.text)
    found = day_in(line.text)
    if found is None and undated is None:
        return None
    start = undated.start() if found is None and undated is not None else found[1] if found is not None else 0
    end = undated.end() if found is None and undated is not None else found[2] if found is not None else 0
    before, after = line.text[:start], line.text[end:]
    if len(before.split()) > 9 or len(after.split()) > 9 or ":" in _WEEKDAY.sub("", before) or not _is_place(before):
        return None
    moment = None if found is None else _moment(line, found, after)
    places, room = _place(line, 0, start)
    return Setting(moment=moment, places=places, room=room, is_undated=found is None)


def _is_place(before: str) -> bool:
    """Whether what stands before a day can be a place: no small words but those that names of places have."""
    own = re.findall(r"[^\s,.\[\]()]+", _WEEKDAY.sub("", before))
    return all(
        re.match(r"(?:[dl]['’])?[A-Z]", word) or word in ("of", "the", "de", "at", "in", "en", "d", "la", "del", "near")
        for word in own
    )


def _tail(line: Line) -> Setting:
    """Give the setting at the end of a heading: behind the last comma that a place or a day follows."""
    found = day_in(line.text)
    undated = _UNDATED.search(line.text)
    if found is None and undated is None:
        return Setting(moment=None)
    start = found[1] if found is not None else undated.start() if undated is not None else 0
    moment = None if found is None else _moment(line, found, line.text[found[2] :])
    begin = start
    for comma in reversed([match.start() for match in re.finditer(",", line.text[:start])]):
        piece = line.text[comma + 1 : begin]
        if begin != start and not _may_be_place(piece):
            break
        begin = comma + 1 if piece.strip(" ,") or begin == start else begin
        if len(re.findall(",", line.text[begin:start])) > 3:
            break
    places, room = _place(line, begin, start)
    return Setting(moment=moment, places=places, room=room, is_undated=found is None)


def _may_be_place(piece: str) -> bool:
    own = piece.split()
    return 0 < len(own) <= 5 and _is_place(piece) and not re.search(r"[()]|\b(?:Between|From|by|With)\b", piece)


def _labelled(parts: Sequence[Part]) -> Setting:
    """Give the setting that labelled lines tell ("DATE:", "TIME:", "PLACE:")."""
    told = {
        name: [line for part in parts if part.label == name for line in part.lines]
        for name in ("date", "time", "place")
    }
    moment: Moment | None = None
    for line in told["date"]:
        found = day_in(line.text)
        if found is not None:
            after = line.text[found[2] :]
            moment = _moment(line, found, after if hours_in(after) else " ".join(one.text for one in told["time"]))
            break
    rest = list(told["place"])
    for line in told["date"]:
        found = day_in(line.text)
        if (
            found is not None
            and _is_place(line.text[: found[1]])
            and _WEEKDAY.sub("", line.text[: found[1]]).strip(" ,")
        ):
            rest.append(Line(start=line.start, text=line.text[: found[1]]))
        tail = line.text[found[2] :] if found is not None else ""
        loose = re.search(r"[A-Z][A-Za-z' -]+,\s*[A-Z][A-Za-z]+$", tail)
        if loose is not None and found is not None:
            rest.append(Line(start=line.start + found[2] + loose.start(), text=loose.group()))
    for line in rest:
        places, room = _place(line, 0, len(line.text))
        if places or room is not None:
            return Setting(moment=moment, places=places, room=room)
    return Setting(moment=moment)


def _moment(line: Line, found: tuple[date, int, int], after: str) -> Moment:
    day, start, end = found
    told = hours_in(after)
    words = line.words(start, len(line.text) if told is not None and after and line.text.endswith(after) else end)
    if told is None:
        return Moment(start=day.isoformat(), words=words)
    first, last = told
    is_span = last is not None and last >= first
    return Moment(start=f"{day.isoformat()}T{first}", end=f"{day.isoformat()}T{last}" if is_span else None, words=words)


def _place(line: Line, start: int, end: int) -> tuple[tuple[Words, ...], Words | None]:
    """Give the place between two offsets of a line, brackets and weekdays left out, and the room that stands before it."""
    text = line.text[start:end]
    day = _WEEKDAY.search(text)
    end = start + day.start() if day is not None else end
    pieces: list[tuple[int, int]] = []
    for match in re.finditer(r"[^,\[\]—;]+", line.text[start:end]):
        bare = match.group().strip(" .()")
        if bare and any(char.isalpha() for char in bare):
            lead = start + match.start() + match.group().index(bare)
            pieces.append((lead, lead + len(bare)))
    rooms = []
    while pieces and _is_venue(line.text[slice(*pieces[0])]):
        rooms.append(pieces.pop(0))
    room = line.words(rooms[0][0], rooms[-1][1]) if rooms else None
    if not pieces:
        return (), room
    return (line.words(pieces[0][0], pieces[-1][1]),), room


def _is_venue(piece: str) -> bool:
    own = {plain(word).strip(".'s") for word in piece.split()} | {plain(word) for word in piece.split()}
    return bool(own & lexicon().venues)
