"""Measure who did what to whom on the PETRARCH sentences: country and root, and exact triples."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backchannel import pipeline
from backchannel.actors import find
from backchannel.acts.triples import triples
from backchannel.errors import InputError
from backchannel.evaluate.gold import lines
from backchannel.evaluate.sets import MEASURES, Measured, Options, file_of, write_lines
from backchannel.language import segment

Told = tuple[str, str, str]
"""Source, target and CAMEO code."""
_COUNTRY, _ROOT = 3, 2
_DATELINE = re.compile(r"^[A-Z][A-Z .]+(?:, [\w ]{2,30})?(?: \([\w/ ]+\))?\s?(?:--|:|[-–—] )\s?")
"""Where an agency wrote from, before the sentence: "LYON: ", "TEL AVIV, Israel (AP) -- "."""

_ODD_CASE = re.compile(r"(?<=President )[a-z]\w+|\b[a-z][A-Z][a-z]{2,}\b")
"""Names typed in odd case, as test sentences have them: "iSrael"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One sentence with its triples, none where it tells no event."""

    id: str
    text: str
    on: date | None
    events: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Precision, recall and F1 in [0, 1] over all triples."""

    precision: float
    recall: float
    f1: float


def records(path: Path) -> list[Record]:
    """Give the sentences of the set.

    Raises:
        InputError: the file is missing, or a line lacks a field.
    """
    found = []
    for number, line in enumerate(lines(path), 1):
        try:
            told = tuple((one["source"], one["target"], one["cameo"]) for one in line["events"])
            found.append(Record(id=line["id"], text=line["text"], on=_day(line.get("date")), events=told))
        except KeyError as error:
            raise InputError(f"{path}: record {number} has no field {error}; expected id, text and events") from None
    return found


def _day(told: str | None) -> date | None:
    """The day of a date as YYYYMMDD, ``None`` where it is none."""
    try:
        return date(int(told[:4]), int(told[4:6]), int(told[6:8])) if told is not None else None
    except ValueError:
        return None


def predict(given: Iterable[Record]) -> list[tuple[Told, ...]]:
    """Give the triples that are read in each sentence."""
    kit = pipeline.load()
    return [_read(one, kit) for one in given]


def _read(one: Record, kit: pipeline.Kit) -> tuple[Told, ...]:
    text = _ODD_CASE.sub(_capital, _DATELINE.sub("", one.text))
    mentions = find(text, kit.actors, on=one.on)
    found = [
        (told.source, told.target, told.cameo)
        for sentence in kit.parser.parse(segment(text).sentences)
        for told in triples(sentence, mentions)
    ]
    return tuple(dict.fromkeys(found))


def _capital(word: re.Match[str]) -> str:
    return word.group().capitalize()


def country_and_root(told: Told) -> Told:
    """Give a triple cut down to the countries of both sides and the CAMEO root.

    >>> country_and_root(("TUNJUD", "NGAEDU", "173"))
    ('TUN', 'NGA', '17')
    """
    source, target, code = told
    return source[:_COUNTRY], target[:_COUNTRY], code[:_ROOT]


def _whole(told: Told) -> Told:
    return told


def rates(gold: Sequence[Sequence[Told]], given: Sequence[Sequence[Told]], cut: Callable[[Told], Told]) -> Rates:
    """Give precision, recall and F1 of the triples as ``cut`` leaves them; each gold triple is matched once."""
    right = sum(
        sum((Counter(map(cut, wanted)) & Counter(map(cut, told))).values())
        for wanted, told in zip(gold, given, strict=True)
    )
    told, wanted = sum(map(len, given)), sum(map(len, gold))
    return Rates(
        precision=right / told if told else 0.0,
        recall=right / wanted if wanted else 0.0,
        f1=2 * right / (told + wanted) if told + wanted else 0.0,
    )


@MEASURES.add("petrarch")
def measure(data: Path, options: Options) -> Measured:
    """Measure the triples; ``errors`` begins with sentences whose countries and roots are not all right."""
    given = records(file_of("petrarch", data))
    told = predict(given)
    write_lines(
        (
            json.dumps(
                {"id": one.id, "events": [dict(zip(("source", "target", "cameo"), t, strict=True)) for t in some]}
            )
            for one, some in zip(given, told, strict=True)
        ),
        options.output,
    )
    gold = [one.events for one in given]
    broad, exact = rates(gold, told, country_and_root), rates(gold, told, _whole)
    found: dict[str, Any] = {"country_root": asdict(broad), "exact": asdict(exact), "sentences": len(given)}
    shown = [
        f"petrarch: {name} P {one.precision:.3f} R {one.recall:.3f} F1 {one.f1:.3f}"
        for name, one in (("country + root", broad), ("exact", exact))
    ]
    wrong = [
        f"{one.id}: {one.text}\n  gold {_show(one.events)}\n  read {_show(some)}"
        for one, some in zip(given, told, strict=True)
        if Counter(map(country_and_root, one.events)) != Counter(map(country_and_root, some))
    ]
    text = json.dumps(found) if options.as_json else "\n".join((*wrong[: options.errors], *shown))
    return Measured(text=text, data=found, figures={"country_root_f1": broad.f1, "exact_f1": exact.f1})


def _show(told: Iterable[Told]) -> str:
    return "; ".join(" ".join(one) for one in told) or "nothing"
