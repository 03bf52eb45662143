"""Measure attribution: who says what in full articles, against annotation in brat standoff."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from backchannel import attribution
from backchannel.attribution import lexicon
from backchannel.errors import InputError
from backchannel.evaluate.sets import MEASURES, Measured, Options, file_of, write_lines
from backchannel.language import Parser, Sentence, segment

Extent = tuple[int, int]
OVERLAP = 0.5
"""The share of characters that two contents must have in common, of those that either has."""
RESAMPLES = 1000
SEED = 20240229


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One attribution as offsets: the extents of its source, its cue and its content; empty where there is none."""

    source: tuple[Extent, ...]
    cue: tuple[Extent, ...]
    content: tuple[Extent, ...]
    is_saying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One document with what its annotators marked and what the reader found."""

    name: str
    text: str
    gold: tuple[Told, ...]
    read: tuple[Told, ...]
    pairs: tuple[tuple[int, int], ...]
    """Indices into ``gold`` and ``read`` that say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Precision, recall and F1 in [0, 1] with the ends of F1's 95 % interval, resampled by document."""

    gold: int
    read: int
    right: int
    p: float
    r: float
    f1: float
    low: float
    high: float


def articles(folder: Path, parser: Parser) -> Iterator[Article]:
    """Yield each text of the set, read and paired; with several annotators the first by name counts.

    Raises:
        InputError: the folder has no ``text`` and ``attributions``, or a line of standoff cannot be read.
    """
    texts, marks = folder / "text", folder / "attributions"
    if not texts.is_dir() or not marks.is_dir():
        raise InputError(f"no text/ and attributions/ in {folder}; give the folder of the set")
    for path in sorted(texts.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        sheet = next(iter(sorted(marks.glob(f"{path.stem}*.ann"))), None)
        if sheet is None:
            raise InputError(f"{marks}: no annotation of {path.name}")
        sentences = tuple(parser.parse(segment(text).sentences))
        yield article(path.stem, text, standoff(sheet, sentences), sentences)


def article(name: str, text: str, gold: tuple[Told, ...], sentences: Sequence[Sentence]) -> Article:
    """Give a document with what is read in it, paired with ``gold``."""
    read = tuple(_read(text, sentences))
    return Article(name=name, text=text, gold=gold, read=read, pairs=tuple(pair(gold, read)))


def _read(text: str, sentences: Sequence[Sentence]) -> Iterator[Told]:
    for one in attribution.find(text, sentences):
        if one.is_inside:  # the annotators mark what the writer attributes, not what the attributed words attribute
            continue
        cue = ((one.cue.start, one.cue.end),) if one.cue is not None else ()
        source = ((one.source.start, one.source.end),) if one.source is not None else ()
        content = tuple((span.start, span.end) for span in one.content)
        yield Told(source=source, cue=cue, content=content, is_saying=_is_saying(cue, sentences))


def _is_saying(cue: Sequence[Extent], sentences: Iterable[Sentence]) -> bool:
    """Whether one of the cue's words is a verb of saying, by a list of our own."""
    return any(
        word.lemma in lexicon.measured() and word.kind == "verb"
        for start, end in cue
        for sentence in sentences
        if sentence.start < end and start < sentence.end
        for word in sentence.words
        if word.start < end and start < word.end
    )


def standoff(path: Path, sentences: Sequence[Sentence]) -> tuple[Told, ...]:
    """Give the attributions of a brat file: spans (``T``, pieces parted by ``;``) tied together by events (``E``)."""
    spans: dict[str, tuple[Extent, ...]] = {}
    found: list[Told] = []
    events: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        try:
            if line.startswith("T"):
                spans[fields[0]] = tuple(_extent(piece) for piece in fields[1].split(" ", 1)[1].split(";"))
            elif line.startswith("E"):
                events.append(fields[1])
        except (IndexError, ValueError):
            raise InputError(f"{path}:{number}: not a line of brat standoff: {line[:60]!r}") from None
    for event in events:
        parts: dict[str, list[Extent]] = {"Source": [], "Cue": [], "Content": []}
        for piece in event.split():
            role, _, name = piece.partition(":")
            parts.get(role.rstrip("0123456789"), []).extend(spans.get(name, ()))
        cue = tuple(parts["Cue"])
        if parts["Content"]:
            found.append(
                Told(
                    source=tuple(parts["Source"]),
                    cue=cue,
                    content=tuple(parts["Content"]),
                    is_saying=_is_saying(cue, sentences),
                )
            )
    return tuple(found)


def _extent(piece: str) -> Extent:
    start, end = piece.split()
    return int(start), int(end)


def pair(gold: Sequence[Told], read: Sequence[Told]) -> list[tuple[int, int]]:
    """Pair attributions that say the same, one to one, those with the most content in common first.

    Same means: contents share at least ``OVERLAP`` of their characters (Jaccard) and the sources overlap; where one
    names no source the other must name none.
    """
    scored = [
        (jaccard(one.content, other.content), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(read)
        if _meet(one.source, other.source)
    ]
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(gold))), set(range(len(read)))
    for score, i, j in sorted(scored, key=_by_score):
        if score >= OVERLAP and i in left and j in right:
            pairs.append((i, j))
            left.remove(i)
            right.remove(j)
    return sorted(pairs)


def _by_score(row: tuple[float, int, int]) -> tuple[float, int, int]:
    return -row[0], row[1], row[2]


def _meet(one: Sequence[Extent], other: Sequence[Extent]) -> bool:
    if not one or not other:
        return not one and not other
    return any(a < d and c < b for a, b in one for c, d in other)


def jaccard(one: Sequence[Extent], other: Sequence[Extent]) -> float:
    """Give the share of characters that both have of those that either has, in [0, 1].

    >>> jaccard([(0, 10)], [(5, 10), (20, 25)])
    0.3333333333333333
    """
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    either = sum(b - a for a, b in one) + sum(b - a for a, b in other) - shared
    return shared / either if either else 0.0


Counts = tuple[int, int, int]


def counts(one: Article, *, saying: bool) -> Counts:
    """Give how many attributions are in the gold, were read and are right; ``saying``: only those by a verb of saying."""
    if not saying:
        return len(one.gold), len(one.read), len(one.pairs)
    right = sum(1 for i, _ in one.pairs if one.gold[i].is_saying)
    paired = {j: i for i, j in one.pairs}
    read = sum(1 for j, told in enumerate(one.read) if (one.gold[paired[j]] if j in paired else told).is_saying)
    return sum(1 for told in one.gold if told.is_saying), read, right


def rates(rows: Sequence[Counts]) -> Rates:
    """Give the rates over documents, with the interval of F1 from ``RESAMPLES`` draws of as many documents."""
    chance = random.Random(SEED)
    drawn = sorted(_f1(_summed(chance.choices(rows, k=len(rows)))) for _ in range(RESAMPLES)) if rows else [0.0]
    gold, read, right = _summed(rows)
    return Rates(
        gold=gold,
        read=read,
        right=right,
        p=right / read if read else 0.0,
        r=right / gold if gold else 0.0,
        f1=_f1((gold, read, right)),
        low=drawn[round(0.025 * (len(drawn) - 1))],
        high=drawn[round(0.975 * (len(drawn) - 1))],
    )


def _summed(rows: Sequence[Counts]) -> Counts:
    return sum(r[0] for r in rows), sum(r[1] for r in rows), sum(r[2] for r in rows)


def _f1(found: Counts) -> float:
    gold, read, right = found
    return 2 * right / (gold + read) if gold + read else 0.0


@MEASURES.add("attribution")
def _attribution(data: Path, options: Options) -> Measured:
    found = list(articles(file_of("attribution", data), Parser()))
    write_lines(lines(found), options.output)
    every = rates([counts(one, saying=False) for one in found])
    saying = rates([counts(one, saying=True) for one in found])
    told: dict[str, Any] = {"documents": len(found), "all": asdict(every), "saying": asdict(saying)}
    shown = [*wrong(found, options.errors), show(every, saying, len(found))]
    text = json.dumps(told) if options.as_json else "\n".join(shown)
    return Measured(text=text, data=told, figures={"f1": every.f1, "saying.f1": saying.f1})


def lines(found: Iterable[Article]) -> Iterator[str]:
    """Yield the predictions, one a line."""
    for one in found:
        for told in one.read:
            source, cue = (list(part[0]) if part else None for part in (told.source, told.cue))
            row = {"document": one.name, "source": source, "cue": cue, "content": [list(e) for e in told.content]}
            yield json.dumps(row)


def show(every: Rates, saying: Rates, documents: int) -> str:
    """Give the figures to read."""
    out = [f"attributions in {documents} documents; content by characters, Jaccard >= {OVERLAP}, sources overlap"]
    out.append("cues        gold   read  right       P      R     F1  [95 %]")
    for name, one in (("all", every), ("of saying", saying)):
        out.append(
            f"{name:10} {one.gold:5}  {one.read:5}  {one.right:5}   {one.p:.3f}  {one.r:.3f}  {one.f1:.3f}"
            f"  [{one.low:.3f}, {one.high:.3f}]"
        )
    return "\n".join(out)


def wrong(found: Sequence[Article], number: int) -> Iterator[str]:
    """Yield up to ``number`` attributions that were missed and as many that were read wrongly, spread over the set."""
    missed, false = [], []
    for one in found:
        paired = {i for i, _ in one.pairs}, {j for _, j in one.pairs}
        missed += [f"missed  {_line(one, told)}" for i, told in enumerate(one.gold) if i not in paired[0]]
        false += [f"wrong   {_line(one, told)}" for j, told in enumerate(one.read) if j not in paired[1]]
    for rows in (missed, false):
        yield from rows[:: max(1, len(rows) // number)][:number] if number else ()


def _line(one: Article, told: Told) -> str:
    source, cue, content = (
        " … ".join(" ".join(one.text[a:b].split()) for a, b in part) for part in (told.source, told.cue, told.content)
    )
    return f"{one.name}: [{source}] {cue} <{content[:160]}>"
