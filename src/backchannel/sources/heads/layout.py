"""The lines of a record with their offsets, and the parts that labels open ("PARTICIPANTS", "SUBJECT:")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from backchannel.sources.heads.items import is_item, is_office, is_side, people
from backchannel.sources.heads.lexicon import alternatives, data, lexicon, plain
from backchannel.sources.record import Words

_TURN = re.compile(r"^[A-Z][\w.'’ /-]{0,30}:\s+\S")
_BRACKET = re.compile(r"^\[(?!(?:\d+ )?(?:names?|title|identity)\b)", re.I)
_DAY = re.compile(r"\b(?:1[89]|20)\d\d\b")
_FIELD = 5
"""Lines after a label among which the next label is looked for."""
_LONGEST = 330
"""Characters of a line that can be an item; longer ones are prose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line without the white space around it, and where it stands in the text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    def words(self, start: int = 0, end: int | None = None) -> Words:
        """Give a part of the line as words of the record."""
        text = self.text[start : len(self.text) if end is None else end]
        lead = len(text) - len(text.lstrip())
        return Words(
            start=self.start + start + lead, end=self.start + start + lead + len(text.strip()), text=text.strip()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a label opens: the lines that belong to it, the rest of the label's own line first where it says something."""

    label: str
    heading: Line
    lines: tuple[Line, ...]


def lines(text: str) -> list[Line]:
    """Give the lines that are not empty."""
    found = []
    for match in re.finditer(r"[^\r\n]+", text):
        bare = match.group().strip()
        if bare:
            found.append(Line(start=match.start() + match.group().index(bare), text=bare))
    return found


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Labels by name: a whole line, or the beginning of one with a colon behind it."""
    made = []
    for row in data()["labels"]:
        words = alternatives(row["words"])
        made.append(
            (
                row["id"],
                re.compile(rf"(?:the )?{words}(?:\s*\((?:s|es)\))?\s*(?P<mark>[:;—>.-]*)\s*(?P<rest>.*)$", re.I),
            )
        )
    return tuple(made)


@cache
def _inline() -> re.Pattern[str]:
    """A label with a colon inside a line ("DATE: 4 May 1961 PLACE: Oslo"), in capitals or with one."""
    words = [
        word
        for row in data()["labels"]
        if row["id"] in ("date", "place", "time", "subject", "participants")
        for word in row["words"]
    ]
    return re.compile(rf"(?:^|(?<=\s))(?:{alternatives(words)})\s*:", re.I)


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(data()['opens'])}\b[^.:]{{0,70}}:$", re.I)


_PRESENT = re.compile(
    r"^(?:(?:those|others?|also|persons)\s+)?(?:present|attending|in attendance|participants)\s+(?:were|was|included)\s*:?\s+(?P<rest>\S.*)$",
    re.I,
)
"""A sentence that lists those present."""


def label_of(line: Line) -> tuple[str, Line | None] | None:
    """Give the label that a line opens a part with, and what the line says behind it.

    Without a colon a label is the whole line, or nearly ("ATTENDANCE AT CABINET").
    """
    for name, pattern in _labels():
        found = pattern.match(line.text)
        if found is None:
            continue
        rest, mark = found.group("rest"), found.group("mark")
        if not rest:
            return name, None
        if ":" in mark:
            return name, Line(start=line.start + found.start("rest"), text=rest)
        if name == "participants" and len(rest.split()) <= 3 and line.text.isupper():
            return name, None
    told = _PRESENT.match(line.text)
    if told is not None and is_item(told["rest"].rstrip("."), ""):
        return "participants", Line(start=line.start + told.start("rest"), text=told["rest"].rstrip("."))
    if len(line.text) < 300 and _opens().search(line.text):
        return "participants", None
    return None


def cut(line: Line) -> Iterator[Line]:
    """Yield a line cut before each label that stands inside it."""
    marks = {found.start() for found in _inline().finditer(line.text)} if len(line.text) < 300 else set()
    starts = sorted(marks | {0})
    for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        text = line.text[start:end]
        if text.strip():
            yield Line(start=line.start + start + len(text) - len(text.lstrip()), text=text.strip())


def parts(text: str) -> list[Part]:
    """Give the parts of a record that labels open, in order; those that list people end where no item follows.

    Labels count anywhere when they open a list of people, other ones only before the body begins.
    """
    every = [piece for line in lines(text) for piece in cut(line)]
    found: list[Part] = []
    place, is_head = 0, True
    while place < len(every):
        told = label_of(every[place])
        is_head = is_head and len(every[place].text) < _LONGEST
        if told is None or (not is_head and told[0] != "participants"):
            place += 1
            continue
        name, rest = told
        own = [] if rest is None else [rest]
        place += 1
        take = _items(every, place, text) if name == "participants" else _field(every, place, bool(own))
        said = (
            tuple(one for line in (*own, *take) for one in _columns(line)) if name == "participants" else (*own, *take)
        )
        found.append(Part(label=name, heading=every[place - 1], lines=said))
        place += len(take)
    return found


def _columns(line: Line) -> Iterator[Line]:
    """Yield the items that stand beside each other on a line with a wide gap between them."""
    start = 0
    for gap in (*re.finditer(r"(?<![:—-])\s{3,}|\t+", line.text), None):
        end = len(line.text) if gap is None else gap.start()
        if line.text[start:end].strip():
            yield Line(start=line.start + start, text=line.text[start:end])
        start = end if gap is None else gap.end()


def _field(every: Sequence[Line], place: int, is_told: bool) -> list[Line]:
    """Give the lines of a part that lists no people: all up to a label that follows soon, else one and its rest."""
    after = every[place : place + _FIELD + 1]
    stop = next((n for n, line in enumerate(after) if label_of(line) is not None or is_letterhead(line)), None)
    if stop is not None and all(_is_short(line) for line in after[:stop]):
        return list(after[:stop])
    taken: list[Line] = []
    for line in after:
        if is_told or len(line.text) > 200 or (taken and not _goes_on(taken[-1], line)):
            break
        taken.append(line)
    return taken


def _is_short(line: Line) -> bool:
    """Whether a line may be one of several that a label opens: short, no sentence, no speaker's turn."""
    is_sentence = line.text.endswith(".") and len(line.text) > 40
    return len(line.text) < 150 and not is_sentence and not _TURN.match(line.text)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line is the rest of a subject broken in two, or a second short one."""
    return before.text.endswith((",", "-", " and", " of", " the")) or line.text[:1].islower()


def _items(every: Sequence[Line], place: int, text: str) -> list[Line]:
    """Give the lines that are items or sides, up to the first that surely is none; doubtful ones at the end left out."""
    taken: list[Line] = []
    last = 0
    for line in every[place:]:
        if is_end(line, text) or (label_of(line) is not None and not _is_more(line)):
            break
        taken.append(line)
        if not is_doubtful(line, text):
            last = len(taken)
    return taken[:last]


def _is_more(line: Line) -> bool:
    """Whether a label opens a further list of people, which is a side of the same."""
    told = label_of(line)
    return told is not None and told[0] == "participants" and told[1] is None and is_side(line.text)


def is_letterhead(line: Line) -> bool:
    """Whether a form prints the line."""
    return plain(line.text).strip("*:. ") in lexicon().letterhead


def is_end(line: Line, text: str) -> bool:
    """Whether a line surely is no item: prose, the form's own print, an editor's bracket, a speaker's turn."""
    if len(line.text) > _LONGEST or _BRACKET.match(line.text) or _DAY.search(line.text):
        return True
    if is_letterhead(line) and (line.text.isupper() or not (is_side(line.text) or is_office(line.text))):
        return True
    return not is_side(line.text) and (not is_item(line.text, text) or _is_turn(line))


def _is_turn(line: Line) -> bool:
    """Whether a line is what a speaker says: behind the colon stands no person."""
    if not _TURN.match(line.text):
        return False
    rest = line.text.split(":", 1)[1]
    return not any(one.is_sure for one in people(rest)) and not is_office(rest) and len(rest.split()) > 1


def is_doubtful(line: Line, text: str) -> bool:
    """Whether a line could be a heading of the body as well: no title, first name, office, side or known speaker."""
    if is_side(line.text):
        return True
    found = people(line.text)
    if any(one.is_sure for one in found):
        return False
    names = [line.text[slice(*one.name)] for one in found if one.name is not None]
    if not names:
        return not is_office(line.text) or bool(_DAY.search(line.text))
    return not any(_is_spoken_of(name, text) for name in names)


def _is_spoken_of(name: str, text: str) -> bool:
    """Whether the text has a word of the name as a person's: with a title, a verb of saying or a colon behind it."""
    words = "|".join(re.escape(word) for word in name.split() if len(word) > 2)
    if not words:
        return False
    return bool(
        re.search(
            rf"\b(?:Mr|Mrs|Dr|General|Gen|Ambassador|Secretary|Minister|M)\.? (?:\w+ )?(?:{words})\b|^(?:{words}):|\b(?:{words}) (?:said|asked|replied|noted|thought|stated|felt|told|pointed|then|agreed|commented|added)\b",
            text,
            re.M | re.I if name.isupper() else re.M,
        )
    )
