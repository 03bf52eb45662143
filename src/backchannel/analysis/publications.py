"""Find, in the footnotes of a record, the public text of the day: what was said in public beside the talk recorded.

Editors of records name the communiqué, statement or press conference that the public saw, and where it is printed.
``outcome`` is a text of both sides, or one said to follow the talk; ``same_day`` one that a side gave on the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

from backchannel import vocabulary
from backchannel.analysis.phrases import MONTHS
from backchannel.sources.record import Footnote, Record

FILE: Final = "publications.yml"
Relation = Literal["outcome", "same_day"]
_NEAR: Final = timedelta(days=1)
_PRINTED: Final = timedelta(days=45)
"""How long after a talk a weekly prints the text that came out of it."""
_SENTENCE: Final = re.compile(r"(?<=[.;)])\s+(?=[(A-Z“\[])")
_MONTH: Final = "|".join(f"{name}|{name[:3]}\\." for name in MONTHS)
_YEAR: Final = re.compile(r"^[^.;]{0,60}?\b(1[89]\d\d|20\d\d)\b(?![–-])")
"""The year of a yearly volume, which stands behind its title and before the page."""
_DAY: Final = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:[–-]\d{{1,2}})?(?:, (?P<year>\d{{4}}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A public text that a footnote names: where it is printed, and the words of the footnote.

    ``on`` is the day of the text itself (ISO), ``None`` where the footnote tells only when it was printed.
    """

    relation: Relation
    publication: str
    official: bool
    on: str | None
    footnote: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Publication:
    label: str
    official: bool
    pattern: re.Pattern[str]


def public_texts(record: Record, first: date, last: date) -> tuple[PublicText, ...]:
    """Give the public texts of the days from ``first`` to ``last`` that the footnotes of a record name."""
    found = [text for note in record.footnotes for text in in_footnote(note, first, last)]
    return tuple(dict.fromkeys(found))


def in_footnote(note: Footnote, first: date, last: date) -> Iterator[PublicText]:
    """Yield the public texts that one footnote ties to a talk of these days."""
    sentences = _SENTENCE.split(" ".join(note.text.split()))
    for number, sentence in enumerate(sentences):
        publication = next((one for one in _publications() if one.pattern.search(sentence)), None)
        if publication is None:
            continue
        told = _with_antecedent(sentences, number)
        relation, on = _relation(told, publication, first, last)
        if relation is not None:
            yield PublicText(
                relation=relation,
                publication=publication.label,
                official=publication.official,
                on=None if on is None else on.isoformat(),
                footnote=note.number,
                text=told,
            )


def _with_antecedent(sentences: list[str], number: int) -> str:
    """Give a sentence with the one before it where it only says where "the statement" is printed."""
    sentence = sentences[number]
    if number and re.match(r"(?:For (?:its |the |full )*texts?(?: of (?:the|this|that) \w+)?,|The text|\()", sentence):
        return f"{sentences[number - 1]} {sentence}"
    return sentence


def _relation(told: str, publication: _Publication, first: date, last: date) -> tuple[Relation | None, date | None]:
    """Give how a public text goes with a talk, and the text's own day."""
    at = publication.pattern.search(told)
    if at is None or _any("before", told):
        return None, None
    own = list(_days(told[: at.start()], first))
    within = next((day for day in own if first - _NEAR < day < last + _NEAR + _NEAR), None)
    is_joint, is_tied = _any("joint", told[: at.start()]), _any("ties", told)
    if within is not None:
        return ("outcome" if is_joint or is_tied else "same_day" if _any("own", told) else None), within
    if own or not (is_joint or is_tied):
        return None, None
    return ("outcome" if _is_of_the_time(told[at.end() :], last) else None), None


def _is_of_the_time(printed: str, last: date) -> bool:
    """True for a text printed in the weeks after a talk, or in the volume of its year.

    Editors give the day of a text that is of another occasion, so that one without a day is of the talk's own.
    """
    day = next(_days(printed, None), None)
    if day is not None:
        return last <= day <= last + _PRINTED
    year = _YEAR.search(printed)
    return year is not None and int(year[1]) == last.year


def _days(text: str, near: date | None) -> Iterator[date]:
    """Yield the days in some words; one without a year is that of the day ``near``."""
    for found in _DAY.finditer(text):
        month = next(number for number, name in enumerate(MONTHS, 1) if name[:3] == found["month"][:3])
        year = int(found["year"]) if found["year"] else near.year if near is not None else None
        if year is None:
            continue
        try:
            yield date(year, month, int(found["day"]))
        except ValueError:
            continue


@cache
def _publications() -> tuple[_Publication, ...]:
    rows = vocabulary.load(FILE)["publications"]
    vocabulary.check(FILE, rows, required=("id", "label", "means", "official", "names"), optional=())
    return tuple(
        _Publication(
            label=row["label"],
            official=row["official"],
            pattern=re.compile("|".join(rf"\b{re.escape(name)}\b" for name in row["names"])),
        )
        for row in rows
    )


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in vocabulary.load(FILE)[name])


def _any(name: str, text: str) -> bool:
    return any(one.search(text) for one in _patterns(name))
