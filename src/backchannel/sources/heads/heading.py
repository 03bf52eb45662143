"""What a heading says: the kind of record, its number in a volume, who sent it, to whom, and between whom a call was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from backchannel.sources.heads.items import people
from backchannel.sources.heads.layout import Line, Part
from backchannel.sources.heads.lexicon import alternatives, data, lexicon, plain
from backchannel.sources.record import Participant, RecordKind, RecordRole, Words

_NUMBER = re.compile(r"^(?:No\.?\s*)?(?P<number>\d{1,4}[a-z]?)\.?\s*(?=[A-Z\[])")
_BETWEEN = re.compile(r"\bBetween\s+(?P<first>.+?)\s+and\s+(?P<second>(?:the\s|his\s|her\s|[A-Z]).+)$", re.I | re.S)
_FROM_TO = re.compile(r"\bFrom\s+(?P<first>[^()]+\([^()]+\)|.+?)\s+to\s+(?P<second>.+)$|\bFrom\s+(?P<alone>.+)$", re.S)
_BY = re.compile(r",?\s+(?:Prepared\s+)?by\s+(?P<first>.+)$", re.S)
_WITH = re.compile(r"\bWith\s+(?P<first>(?:the\s)?[A-Z].+)$", re.S)
_OF_A_TALK = re.compile(
    r"^(?:memorandum|memo|notes?|record|report|summary|account)\b[^.]{0,150}?\bof\s+(?:(?:an?|the|his|their)\s+)?"
    r"(?:\w+\s+)?(?P<call>telephone\s+)?conversations?\b",
    re.I,
)
_WHERE = re.compile(
    r"\s+(?:at|on|in)\s+(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:the\s+)?[A-Z]\w+\s+(?:House|Street|Office|Palace)).*$"
)
_PAIR = re.compile(r"^[^/\d]{3,40}/[^/\d]{3,40}$")
_LAST_NAME = re.compile(r"\((?P<name>[^()]+)\)")
_TRAILING = re.compile(r",\s+(?:[A-Z][\w'’. -]+,\s+)*(?:[A-Z][a-z]+\.? \d{1,2}(?:[-–]\d+)?,? \d{4}|undated).*$", re.S)


@cache
def _kinds() -> tuple[tuple[RecordKind, re.Pattern[str]], ...]:
    return tuple((row["id"], re.compile(rf"\b{alternatives(row['cues'])}\b", re.I)) for row in data()["kinds"])


def kind_of(heading: str) -> RecordKind | None:
    """Give the kind of record that a heading tells, ``None`` where it tells none.

    Only words that open headings may stand before the cue. A call needs a number or a word for a paper before it: as a
    bare title it heads an announcement as well.

    >>> kind_of("12. Memorandum of Conversation"), kind_of("Telephone Conversation With the King"), kind_of("Notes: Oslo")
    ('memcon', None, None)
    """
    bare = _NUMBER.sub("", heading)
    for name, pattern in _kinds():
        found = pattern.search(bare)
        if found is None or not found.group()[0].isupper() or _stray(bare[: found.start()]):
            continue
        own = {plain(word) for word in re.findall(r"\w+", bare[: found.end()])}
        is_bare = name == "telcon" or plain(found.group()).startswith("conversation")
        if not is_bare or bare != heading or own & _papers():
            return name
    talk = _OF_A_TALK.match(bare)
    return None if talk is None else "telcon" if talk["call"] else "memcon"


def _stray(before: str) -> bool:
    """Whether something stands before a cue that opens no heading."""
    own = re.findall(r"[\w'’]+", before)
    return len(own) > 8 or any(plain(word) not in _openers() and not word.isdigit() for word in own)


@cache
def _openers() -> frozenset[str]:
    return frozenset(data()["heading"]["openers"]) | _papers() | frozenset(lexicon().letterhead_words)


@cache
def _papers() -> frozenset[str]:
    return frozenset(data()["heading"]["papers"])


def heading_of(lines: Sequence[Line]) -> tuple[RecordKind, Line] | None:
    """Give the kind of record and the line that tells it, of the first twelve; ``None`` where none does."""
    for line in lines[:12]:
        kind = kind_of(line.text) if len(line.text) < 400 else None
        if kind is not None and not _is_prose(line.text):
            return kind, line
    return None


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence: more than two small words that headings do not have."""
    own = lexicon()
    small = re.findall(r"\b[a-z][\w'’]+", _TRAILING.sub("", text))
    known = own.office | own.free | own.particles | own.holders | _openers()
    return sum(plain(word) not in known for word in small) > 2


def number_of(line: Line) -> str | None:
    """Give the number that a volume prints before a heading."""
    found = _NUMBER.match(line.text)
    return None if found is None else found["number"]


def named_by(line: Line) -> Words:
    """Give the words of a heading, without the number that a volume prints before them."""
    found = _NUMBER.match(line.text)
    return line.words(0 if found is None else found.end())


def people_of(line: Line, kind: RecordKind) -> tuple[Participant, ...]:
    """Give those whom a heading names: both ends of a call or message, whom a meeting was with, who drafted it."""
    end = len(_WHERE.sub("", _TRAILING.sub("", line.text)))
    for pattern, roles in _patterns(kind):
        match = pattern.search(line.text, 0, end)
        if match is not None:
            told = [(group, roles.get(group, "participant")) for group, said in match.groupdict().items() if said]
            return tuple(one for group, role in told for one in _named(line, *match.span(group), role))
    return ()


def senders(parts: Sequence[Part]) -> tuple[Participant, ...]:
    """Give those whom lines labelled "FROM" and "TO" name, for a message whose heading names nobody."""
    found: list[Participant] = []
    for part in parts:
        role: RecordRole | None = "from" if part.label == "from" else "to" if part.label == "to" else None
        if role is not None and part.lines:
            found.extend(_named(part.lines[0], 0, len(part.lines[0].text), role))
    return tuple(found)


def callers(lines: Sequence[Line]) -> tuple[Participant, ...]:
    """Give both ends of a call that a line below the heading has with a stroke between them ("Lund/Ambassador Berg")."""
    for line in lines[:6]:
        if _PAIR.match(line.text):
            middle = line.text.index("/")
            ends = [*_named(line, 0, middle, "participant"), *_named(line, middle + 1, len(line.text), "participant")]
            if len(ends) > 1 and all(one.name is not None or one.office is not None for one in ends):
                return tuple(ends)
    return ()


def _patterns(kind: RecordKind) -> Iterator[tuple[re.Pattern[str], Mapping[str, RecordRole]]]:
    if kind in ("backchannel", "telegram"):
        yield _FROM_TO, {"first": "from", "alone": "from", "second": "to"}
    else:
        yield _BETWEEN, {}
        yield _WITH, {}
    yield _BY, {"first": "drafter"}


def _named(line: Line, start: int, end: int, role: RecordRole) -> Iterator[Participant]:
    """Yield the one a phrase names: "the Ambassador to Korea (Porter)", "Secretary of State Rusk", "William Hood"."""
    phrase = line.words(start, end)
    inside = list(_LAST_NAME.finditer(line.text, start, end))
    if inside:
        last = inside[-1]
        yield Participant(
            line=phrase,
            name=line.words(*last.span("name")),
            office=line.words(start, last.start()),
            role=role,
            by="heading",
        )
        return
    for one in people(phrase.text):
        name = None if one.name is None else _within(phrase, one.name)
        office = None if one.office is None else _within(phrase, one.office)
        yield Participant(line=_within(phrase, (one.start, one.end)), name=name, office=office, role=role, by="heading")


def _within(words: Words, span: tuple[int, int]) -> Words:
    text = words.text[slice(*span)]
    lead = len(text) - len(text.lstrip())
    start = words.start + span[0] + lead
    return Words(start=start, end=start + len(text.strip()), text=text.strip(), part=words.part)
