"""Measure how accounts of one contact are aligned, against our own reading of pairs of accounts in the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backchannel.actors import profile, shipped
from backchannel.analysis.readouts_match import align, nearest
from backchannel.analysis.readouts_points import Point, points
from backchannel.errors import InputError
from backchannel.evaluate.gold import lines
from backchannel.evaluate.sets import CORPUS, MEASURES, Measured, Options, write_lines
from backchannel.evaluate.triage import Share, share
from backchannel.language import segment
from backchannel.records import Document

LABELS = Path("gold/labels/readouts.jsonl")
"""Our reading: two documents with the sentences of an account each, and which stretches tell the same; no text."""
DOCUMENTS = "merge/documents_dev.jsonl"
PARTS = ("dev", "held_out")
"""Pairs that thresholds were set on, and pairs that were only measured."""
KINDS = ("two readouts", "readout and remarks", "remarks of both", "readout and press")
"""What stands against what: official accounts of both, one and the other side's words at the meeting, and so on."""

_Stretch = tuple[int, int]
_Link = tuple[_Stretch, _Stretch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was found in one part: ``both`` over aligned pairs of points, ``only`` over points that one side alone makes.

    ``near`` counts as found also what is shown as the nearest of a point that one side alone makes.
    """

    pairs: int
    both_precision: Share
    both_recall: Share
    near_recall: Share
    only_precision: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One pair of accounts: what we aligned (``same``, and ``maybe`` where a reader may do either) and what is aligned."""

    number: int
    split: str
    kind: str
    same: tuple[_Link, ...]
    maybe: tuple[_Link, ...]
    found: tuple[_Link, ...]
    near: tuple[_Link, ...]
    alone: tuple[tuple[int, _Stretch], ...]
    documents: tuple[str, str]


@MEASURES.add("readouts")
def measure(data: Path, options: Options) -> Measured:
    """Give precision and recall of points told by both, and precision of those told by one, by part."""
    if not LABELS.is_file():
        raise InputError(f"{LABELS}: no such file; run from the project's folder")
    told = list(aligned(LABELS, documents(data)))
    parts = {name: part([one for one in told if one.split == name]) for name in PARTS}
    parts |= {name: part([one for one in told if one.kind == name]) for name in KINDS} | {"all": part(told)}
    write_lines((json.dumps(asdict(one)) for one in told), options.output)
    found: dict[str, Any] = {name: asdict(one) for name, one in parts.items()}
    figures = {
        "both.precision": parts["all"].both_precision.share,
        "both.recall": parts["all"].both_recall.share,
        "only.precision": parts["all"].only_precision.share,
    }
    shown = "\n".join((*(_wrong(told, options.errors)), *_rows(parts)))
    return Measured(text=json.dumps(found) if options.as_json else shown, data=found, figures=figures)


def documents(data: Path) -> dict[str, Document]:
    """Give the documents of the corpus beside the gold folder and of the set of merging, by id.

    Raises:
        InputError: one of the files is not there.
    """
    folder = data if data.is_dir() else data.parent
    found = {}
    for path in (folder / CORPUS, folder / DOCUMENTS):
        if not path.is_file():
            raise InputError(
                f"{path}: no such file; give --data the folder of the gold sets, with the corpus beside it"
            )
        for line in lines(path):
            day = str(line["date"])[:10]
            found[str(line["id"])] = Document(
                id=str(line["id"]),
                title=line["title"],
                source=line["source"],
                url=line["url"],
                text=line["text"],
                published=date.fromisoformat(day) if len(day) == 10 else None,
            )
    return found


def aligned(labels: Path, known: Mapping[str, Document]) -> Iterator[Told]:
    """Yield each pair of accounts of the labels with what is aligned in it.

    Raises:
        InputError: a document is not among those known.
    """
    for line in lines(labels):
        one, other = (_points(line[side], known, line["parties"], labels) for side in ("one", "other"))
        pairs = align(one, other, frozenset(line["parties"]))
        mine, theirs = {row for row, _, _ in pairs}, {column for _, column, _ in pairs}
        alone = [(0, _stretch(p)) for n, p in enumerate(one) if n not in mine]
        alone += [(1, _stretch(p)) for n, p in enumerate(other) if n not in theirs]
        yield Told(
            number=line["pair"],
            split=line["split"],
            kind=line["kind"],
            same=tuple(_link(each) for each in line["same"]),
            maybe=tuple(_link(each) for each in line["maybe"]),
            found=tuple((_stretch(one[row]), _stretch(other[column])) for row, column, _ in pairs),
            near=tuple(_near(one, other, frozenset(line["parties"]))),
            alone=tuple(alone),
            documents=(line["one"]["document"], line["other"]["document"]),
        )


def _points(
    side: Mapping[str, Any], known: Mapping[str, Document], parties: Iterable[str], labels: Path
) -> list[Point]:
    """Give the points of an account's sentences, those left out that only tell that there was a contact."""
    document = known.get(side["document"])
    if document is None:
        raise InputError(f"{labels}: document {side['document']!r} is not in the corpus; the labels are of that corpus")
    kind = profile(document)
    is_transcript = kind.is_transcript or ":" in document.text[:200]
    cut = segment(document.text, is_digest=kind.kind == "digest", is_transcript=is_transcript).sentences
    mine = [one for one in cut if any(one.start < end and start < one.end for start, end in side["sentences"])]
    return [one for one in points(document, mine, shipped(), parties) if one.kind != "contact"]


def part(told: Sequence[Told]) -> Part:
    """Give the shares over some pairs; what a reader may align or not counts for neither."""
    right = wrong = hit = near = total = alone = missed = 0
    for one in told:
        for pair in one.found:
            if _meets(pair, one.same):
                right += 1
            elif not _meets(pair, one.maybe):
                wrong += 1
        hit += sum(_meets(pair, one.found) for pair in one.same)
        near += sum(_meets(pair, (*one.found, *one.near)) for pair in one.same)
        total += len(one.same)
        for side, stretch in one.alone:
            if any(_overlap(stretch, pair[side]) for pair in one.same):
                missed += 1
            elif not any(_overlap(stretch, pair[side]) for pair in one.maybe):
                alone += 1
    return Part(
        pairs=len(told),
        both_precision=share(right, right + wrong),
        both_recall=share(hit, total),
        near_recall=share(near, total),
        only_precision=share(alone, alone + missed),
    )


def _near(one: Sequence[Point], other: Sequence[Point], parties: frozenset[str]) -> Iterator[_Link]:
    """Yield each point of one side with the other's likest."""
    yield from (
        (_stretch(one[row]), _stretch(other[column])) for row, (column, _) in nearest(one, other, parties).items()
    )
    turned = nearest(other, one, parties).items()
    yield from ((_stretch(one[column]), _stretch(other[row])) for row, (column, _) in turned)


def _meets(pair: _Link, others: Iterable[_Link]) -> bool:
    return any(_overlap(pair[0], one[0]) and _overlap(pair[1], one[1]) for one in others)


def _overlap(one: _Stretch, other: _Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _stretch(point: Point) -> _Stretch:
    return point.start, point.end


def _link(told: Sequence[Sequence[int]]) -> _Link:
    (a, b), (c, d) = told
    return (a, b), (c, d)


def _wrong(told: Sequence[Told], most: int) -> Iterator[str]:
    """Yield pairs aligned wrongly and missed, by their places in the documents, at most so many."""
    faults = []
    for one in told:
        for pair in one.found:
            if not _meets(pair, one.same) and not _meets(pair, one.maybe):
                faults.append(
                    f"{one.number} ({one.split}) aligned, not by us: {one.documents[0]} {pair[0]}, {one.documents[1]} {pair[1]}"
                )
        for pair in one.same:
            if not _meets(pair, one.found):
                faults.append(
                    f"{one.number} ({one.split}) missed: {one.documents[0]} {pair[0]}, {one.documents[1]} {pair[1]}"
                )
    yield from faults[:most]


def _rows(parts: Mapping[str, Part]) -> Iterator[str]:
    yield f"{'part':20}{'pairs':>6}{'both: precision':>24}{'both: recall':>24}{'with the nearest':>24}{'only: precision':>24}"
    for name, one in parts.items():
        cells = (one.both_precision, one.both_recall, one.near_recall, one.only_precision)
        yield f"{name:20}{one.pairs:>6}" + "".join(
            f"{each.share:>10.3f} ({each.hit:>3}/{each.total:>3})".rjust(24) for each in cells
        )
