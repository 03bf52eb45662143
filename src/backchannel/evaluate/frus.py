"""Measure the heads of declassified conversations read from plain text against their markup, beside a plain baseline."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from backchannel import vocabulary
from backchannel.actors import shipped
from backchannel.evaluate.frus_baseline import baseline
from backchannel.evaluate.frus_gold import Case, Someone, Told, cases
from backchannel.evaluate.frus_scores import FrusScores, Harmonic, is_exact, is_place, score
from backchannel.evaluate.sets import MEASURES, Measured, Options, file_of, write_lines
from backchannel.evaluate.shares import Share
from backchannel.importers.same import Given, identify
from backchannel.sources import heads
from backchannel.sources.record import Participant, Record

ERRATA = "frus_errata.yml"
HOME = "USA"
"""Whose records the set holds, as ``profile`` tells of those that come with their volume's name."""
NAMES = {
    "date": "date",
    "place": "place, where the markup has one",
    "participants": "participants F1",
    "exact_set": "participants, exact set",
    "side": "side of participant",
    "same_person": "same person, pairwise F1",
    "same_person_joined": "same person, the set's two lists as one",
    "classification": "classification, where a source note has one",
    "handling": "handling, likewise",
}


@MEASURES.add("frus")
def _frus(data: Path, options: Options) -> Measured:
    chosen = cases(file_of("frus", data))
    given, gold = answers(chosen), [case.gold for case in chosen]
    write_lines((line(one) for one in given), options.output)
    ours, plain = score(gold, given), score(gold, [baseline(case) for case in chosen])
    found: dict[str, Any] = {"records": len(chosen), "ours": shown(ours), "baseline": shown(plain)}
    if options.as_json:
        return Measured(text=json.dumps(found), data=found, figures=found["ours"])
    wrong = [*show_wrong(chosen, given)][: options.errors] if options.errors else []
    told = [f"{len(errata(chosen))} faults of the markup are listed in data/{ERRATA} and counted as they stand"]
    return Measured(text="\n".join([*wrong, *table(ours, plain), *told]), data=found, figures=found["ours"])


def errata(chosen: Sequence[Case]) -> list[Mapping[str, str]]:
    """Give the known faults of the markup of these records: ``record``, ``field``, what it has, and the evidence."""
    here = {case.id for case in chosen}
    return [row for row in vocabulary.load(ERRATA)["errata"] if row["record"] in here]


def answers(chosen: Sequence[Case]) -> list[Told]:
    """Give what the product reads from the plain text of the records, with people identified over all of them."""
    read = {case.id: _read(case) for case in chosen}
    some = [
        Given(key=case.id, text=case.text, record=record, volume=case.volume, home=HOME)
        for case in chosen
        if (record := read[case.id]) is not None
    ]
    identified = identify(some, shipped())
    return [told(case.id, identified.get(case.id)) for case in chosen]


def _read(case: Case) -> Record | None:
    return heads.read(
        case.text, source_note=case.source_note, summary=case.summary, footnotes=case.footnotes, volume=case.volume
    )


def told(one: str, record: Record | None) -> Told:
    """Give the prediction for a record: those its list names, and the marking of its source note, as the set asks."""
    if record is None:
        return Told(id=one, date=None, places=(), participants=(), classification=None, handling=())
    is_noted = record.marking is not None and record.marking.part == "source_note"
    return Told(
        id=one,
        date=record.day,
        places=tuple(place.text for place in record.places),
        participants=tuple(_someone(who) for who in record.participants if who.by != "heading"),
        classification=record.classification if is_noted else None,
        handling=record.handling if is_noted else (),
    )


def _someone(who: Participant) -> Someone:
    bare = re.sub(r"\([^)]*\)", " ", who.line.text).partition(",")[0].strip()
    name = bare if who.name is None else who.name.text
    return Someone(text=who.line.text, name=name, side=who.side, person=who.person)


def line(one: Told) -> str:
    """Give a prediction as a line of JSON."""
    values = asdict(one)
    for someone in values["participants"]:
        del someone["joined"]
    values["handling"] = list(one.handling)
    return json.dumps(values, ensure_ascii=False)


def shown(scores: FrusScores) -> dict[str, float]:
    """Give the figures by name, shares and F1 as fractions."""
    found: dict[str, float] = {}
    for name in NAMES:
        one: Share | Harmonic = getattr(scores, name)
        found[name] = one.f1 if isinstance(one, Harmonic) else one.value
    return found


def table(ours: FrusScores, plain: FrusScores) -> Iterator[str]:
    """Yield the figures as lines, the baseline beside ours."""
    yield f"{'':46} ours   of   baseline"
    for name, label in NAMES.items():
        one, other = getattr(ours, name), getattr(plain, name)
        size = one.wanted if isinstance(one, Harmonic) else one.of
        yield f"{label:44} {_value(one):6.3f} {size:5d}   {_value(other):6.3f}"


def _value(one: Share | Harmonic) -> float:
    return one.f1 if isinstance(one, Harmonic) else one.value


def show_wrong(chosen: Sequence[Case], given: Sequence[Told]) -> Iterator[str]:
    """Yield what differs, a line for each field of a record."""
    for case, one in zip(chosen, given, strict=True):
        gold = case.gold
        if gold.date != one.date:
            yield f"{gold.id}  date: wanted {gold.date}, given {one.date}"
        if gold.places and not is_place(gold, one):
            yield f"{gold.id}  place: wanted {gold.places}, given {one.places}"
        if gold.classification is not None and (gold.classification, gold.handling) != (
            one.classification,
            one.handling,
        ):
            yield f"{gold.id}  marking: wanted {gold.classification} {gold.handling}, given {one.classification} {one.handling}"
        if not is_exact(gold, one):
            wanted = Counter(who.last for who in gold.participants)
            ours = Counter(who.last for who in one.participants)
            missing, extra = [*(wanted - ours).elements()], [*(ours - wanted).elements()]
            yield f"{gold.id}  participants: missing {missing}, extra {extra}"
