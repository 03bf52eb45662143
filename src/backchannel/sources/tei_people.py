"""Who took part in a record or wrote it, by the markup of its volume: lists in three ways of telling sides, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from backchannel import vocabulary
from backchannel.sources.heads.items import is_item
from backchannel.sources.heads.layout import Line, is_letterhead
from backchannel.sources.record import Participant, RecordRole, Words
from backchannel.sources.tei_text import Flat, plain

FILE = "volumes.yml"
_LONGEST_LABEL = 60
_LONGEST_LINE = 130
_COLON = re.compile(r"\s*:\s*$")
_PARTS = re.compile(r";\s*")
_NAME_ENDS = re.compile(r",\s|\s\(|\s[-–]\s|—|;|$")
_OF_ANOTHER = re.compile(
    r"\w\W.*\b(?:to|for|of|with|under|behalf)\s+(?:the\s+)?(?:(?:Acting|Ambassador|Chairman|Chancellor|Commissioner|Deputy|"
    r"Dr\.|Foreign|General|Governor|M\.|Minister|Mr\.|Mrs\.|of|Premier|President|Prime|Secretary|Senator|State|Under|"
    r"Vice)\s+)*$",
    re.DOTALL,
)
"""What stands before the name of one whom another serves: "Assistant to Secretary"."""
_AFTER_NAME = re.compile(r"^(?:[\s,;:(–—]|-\s|and\s)+")
_BEFORE_END = re.compile(r"(?:[\s,;]|\sand$)+$")
_SUFFIX = re.compile(r"^,?\s*(?:Jr|Sr)\.?(?=\W|$)|^,?\s*I{2,3}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One item of a list with the side under which it stands."""

    element: Element
    words: Words
    side: str | None


def listed(division: Element, flat: Flat) -> tuple[Participant, ...]:
    """Give all whom the lists of a document name: participants, else senders and addressees."""
    found: list[Participant] = []
    for one in division.iter("list"):
        kind = kind_of_list(one)
        if kind == "participants":
            lines = [*_lines(one, flat, None), *_lines_behind(one, division, flat)]
            found += [person for line in lines for person in _people(line, flat, "participant")]
        elif kind in ("from", "to"):
            role: RecordRole = "from" if kind == "from" else "to"
            found += [person for line in _lines(one, flat, None) for person in _people(line, flat, role)]
    return tuple(found)


def kind_of_list(one: Element) -> str | None:
    """Give what a list is by its heading, else by its type; the types are misused more often than the headings."""
    told = plain(one.find("head"))
    if told is not None:
        for row in _data()["lists"]:
            if re.match(row["pattern"], told, re.IGNORECASE):
                return str(row["id"])
    return one.get("type")


def _lines(one: Element, flat: Flat, side: str | None) -> Iterator[_Line]:
    """Yield the items of a list under their sides: those of inner lists, of labels in italics, of labels in words."""
    for item in one:
        if item.tag == "list":
            yield from _lines(item, flat, label(plain(item.find("head"))) or side)
        if item.tag not in ("item", "label"):
            continue
        inner = item.findall("list")
        if inner:
            told = _COLON.sub("", " ".join((item.text or "").split())) or None
            for part in inner:
                yield from _lines(part, flat, label(plain(part.find("head"))) or told or side)
            continue
        words = flat.words(item)
        if words is None:
            continue
        if _is_label(item, words):
            side = label(words.text)
        else:
            yield from _split(item, words, side, flat)


def _split(item: Element, words: Words, side: str | None, flat: Flat) -> Iterator[_Line]:
    """Yield an item, or the people of one that names a side and, after a colon, all of its people."""
    lead = next(iter(item), None)
    is_led = lead is not None and lead.tag == "hi" and not (item.text or "").strip()
    told = flat.words(lead) if is_led and lead is not None else None
    if told is None or not _COLON.search(told.text) or told.end >= words.end:
        yield _Line(element=item, words=words, side=side)
        return
    start = told.end
    for part in (*_PARTS.finditer(flat.text, told.end, words.end), None):
        piece = flat.between(start, part.start() if part is not None else words.end)
        if piece is not None:
            yield _Line(element=item, words=piece, side=label(told.text))
        start = part.end() if part is not None else words.end


def _lines_behind(one: Element, division: Element, flat: Flat) -> Iterator[_Line]:
    """Yield short paragraphs right behind a list that go on with it: a side in italics, then its people, or more people."""
    if one not in list(division):
        return
    side: str | None = None
    for element in list(division)[list(division).index(one) + 1 :]:
        words = flat.words(element)
        if element.tag == "pb" or (words is not None and is_letterhead(Line(start=0, text=words.text))):
            continue
        if element.tag != "p" or words is None or len(words.text) > _LONGEST_LINE or not re.search(r"\w", words.text):
            return
        if _is_label(element, words) and len(element):
            side = label(words.text)
        elif side is not None or (_names_people(element) and is_item(words.text, flat.text)):
            yield _Line(element=element, words=words, side=side)
        else:
            return


def _names_people(element: Element) -> bool:
    """Tell whether a paragraph is one of names with their offices: it holds a name in its markup and no sentence."""
    told = plain(element) or ""
    is_sentence = ":" in told or told[-1:] in ".?!" or re.search(r"['’]s\b", told, re.IGNORECASE) is not None
    return element.find("persName") is not None and not is_sentence


def _is_label(item: Element, words: Words) -> bool:
    """Tell whether an item only says whose people follow: all of it in italics, ending with a colon, or known words."""
    if len(words.text) > _LONGEST_LABEL or item.find(".//persName") is not None:
        return False
    children = [child for child in item if child.tag not in ("note", "pb", "lb")]
    is_set_off = len(children) == 1 and children[0].tag == "hi" and plain(children[0]) == words.text
    known = _data()["sides"]
    alone = next((words.text.removesuffix(end) for end in known["endings"] if words.text.endswith(end)), words.text)
    return is_set_off or bool(_COLON.search(words.text)) or alone in known["labels"]


def label(told: str | None) -> str | None:
    """Give the label of a side without its colon.

    >>> label("Ethiopia:")
    'Ethiopia'
    """
    return _COLON.sub("", told).strip() or None if told is not None else None


def _people(line: _Line, flat: Flat, role: RecordRole) -> Iterator[Participant]:
    """Yield who is named on a line: one for each name in its markup, or one for the line."""
    named = [
        (element, words)
        for element in line.element.iter("persName")
        if (words := flat.words(element)) and line.words.start <= words.start and words.end <= line.words.end
        if not _OF_ANOTHER.search(flat.text[line.words.start : words.start])
    ]
    if not named and not re.match(_data()["items"]["nobody"], line.words.text):
        yield _unmarked(line, role, flat)
    start = line.words.start
    for at, (element, words) in enumerate(named):
        following = named[at + 1][1].start if at + 1 < len(named) else None
        end, next_start = (line.words.end, line.words.end) if following is None else _cut(words.end, following, flat)
        whole = flat.between(start, end) or words
        yield Participant(
            line=whole,
            name=words,
            office=_office(flat, words.end, whole.end),
            side=line.side,
            role=role,
            reference=reference(element),
            by="markup:persName",
        )
        start = next_start


def _cut(start: int, end: int, flat: Flat) -> tuple[int, int]:
    """Give where one person's part of a line ends and the next begins: at the last mark or "and" between the names."""
    found = list(re.finditer(r",\s|;\s|\sand\s", flat.text[start:end]))
    return (start + found[-1].start(), start + found[-1].end()) if found else (end, end)


def _unmarked(line: _Line, role: RecordRole, flat: Flat) -> Participant:
    """Give the participant of a line without a name in its markup: what stands before the first comma, or an office."""
    end = _NAME_ENDS.search(line.words.text)
    name = flat.between(line.words.start, line.words.start + (end.start() if end is not None else 0))
    if name is None or _is_office(name.text):
        return Participant(line=line.words, office=line.words, side=line.side, role=role, by="markup:item")
    office = _office(flat, name.end, line.words.end)
    return Participant(line=line.words, name=name, office=office, side=line.side, role=role, by="markup:item")


def _is_office(told: str) -> bool:
    """Tell whether words name an office and nobody in it ("The Secretary", "Deputy Secretary of Defense")."""
    known = _data()["items"]
    return bool(re.match(known["office"], told)) or set(told.split()) <= set(known["office_words"])


def _office(flat: Flat, start: int, end: int) -> Words | None:
    """Give what stands behind a name, without the marks that part them and without "Jr."."""
    rest = flat.text[start:end]
    suffix = _SUFFIX.match(rest)
    start += suffix.end() if suffix is not None else 0
    mark = _AFTER_NAME.match(flat.text[start:end])
    start += mark.end() if mark is not None else 0
    rest = _BEFORE_END.sub("", flat.text[start:end])
    if rest.endswith(")") and "(" not in rest:
        rest = rest[:-1]
    found = flat.between(start, start + len(rest))
    return None if found is None or not re.search(r"\w", found.text) or rest.startswith("-") else found


def reference(element: Element) -> str | None:
    """Give the volume's id of a person that an element names."""
    return (element.get("corresp") or element.get("ref") or "").removeprefix("#") or None


def headed(head: Element, flat: Flat, *, is_talk: bool) -> tuple[Participant, ...]:
    """Give the people that a heading names, each with the words of the heading that are about them.

    Args:
        head: the heading's element.
        flat: the text it stands in.
        is_talk: whether it heads the record of a talk: those whom it was between took part, nobody sent it.
    """
    whole = flat.words(head)
    named = [
        (element, words) for element in _outside_notes(head, "persName") if (words := flat.words(element)) is not None
    ]
    if whole is None or not named:
        return ()
    told = _data()["heading"]
    start = _opening(flat.text[whole.start : named[0][1].start], told) + whole.start
    found: list[Participant] = []
    for element, words in named:
        closing = re.match(r"[^,;(]{0,3}\)", flat.text[words.end : whole.end])
        end = words.end + (closing.end() if closing is not None else 0)
        joined = re.match(told["joining"], flat.text[start:end])
        line = flat.between(start + (joined.end() if joined is not None else 0), end) or words
        line = line if line.start <= words.start else words
        role = _role_in(element, flat.text[whole.start : line.start], is_talk)
        two = re.match(told["two"], flat.text[line.start : words.start]) if role == "participant" else None
        first = flat.between(line.start, line.start + two.end("one")) if two is not None else None
        if two is not None and first is not None:
            found.append(Participant(line=first, office=first, role=role, by="markup:heading"))
            line = flat.between(line.start + two.start("other"), line.end) or words
        office = flat.between(line.start, line.start + len(flat.text[line.start : words.start].rstrip(" (,")))
        number = reference(element)
        found.append(
            Participant(line=line, name=words, office=office, role=role, reference=number, by="markup:heading")
        )
        start = end
    return tuple(found)


def _opening(before: str, told: Any) -> int:
    """Give where the first person's words begin in what stands before the first name of a heading."""
    for pattern in told["opening"]:
        found = re.search(pattern, before)
        if found is not None:
            return found.end()
    return len(before)


def _role_in(element: Element, before: str, is_talk: bool) -> RecordRole:
    """Give what a person of a heading did, by the markup and the words before."""
    told = _data()["heading"]
    if is_talk and re.search(told["between"], before):
        return "participant"
    if re.search(told["by"], before) or (is_talk and not re.search(told["between"], before)):
        return "drafter" if re.search(told["by"], before) else "participant"
    given = element.get("type")
    return "from" if given == "from" else "to" if given == "to" else "participant"


def _outside_notes(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == "note":
            continue
        if child.tag == tag:
            yield child
        yield from _outside_notes(child, tag)


@cache
def _data() -> Any:
    return vocabulary.load(FILE)
