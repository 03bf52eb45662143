"""Measure the gate before the parser: how many sentences it lets through, and how many contacts it loses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt
from pathlib import Path

from backchannel.actors import profile
from backchannel.evaluate.gold import Item, lines
from backchannel.language import segment
from backchannel.records import Document
from backchannel.triage import Gate

_Z = 1.959963984540054
"""The normal quantile of a 95 % interval."""
ALL = "all"
LEVELS = (0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.92, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5)
"""Shares of recall at which a curve is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``hit`` of ``total`` with the ends of its Wilson 95 % interval, all shares in [0, 1]."""

    hit: int
    total: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """What the gate does to one stratum: ``recall`` over sentences with a gold claim, ``passed`` over all of it."""

    recall: Share
    passed: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One point of the curve: the stems that are left after ``stem`` was dropped; shares in [0, 1]."""

    stem: str
    left: int
    recall: float
    passed: float


def share(hit: int, total: int) -> Share:
    """Give a share with its Wilson interval; nothing of nothing is 0 in [0, 1].

    Source:
        Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.

    >>> found = share(9, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.596, 0.982)
    """
    if not total:
        return Share(hit=0, total=0, share=0.0, low=0.0, high=1.0)
    p, z = hit / total, _Z
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    low, high = min(p, max(0.0, middle - half)), max(p, min(1.0, middle + half))
    return Share(hit=hit, total=total, share=p, low=low, high=high)


def passing(items: Sequence[Item], gate: Gate) -> dict[str, Passing]:
    """Give the gate's recall and pass rate on the target sentences, for each stratum and for all."""
    found: dict[str, Passing] = {}
    for stratum in (*sorted({item.field("stratum") for item in items}), ALL):
        mine = [item for item in items if stratum in (ALL, item.field("stratum"))]
        told = [item for item in mine if item.claims]
        found[stratum] = Passing(recall=_share(told, gate), passed=_share(mine, gate))
    return found


def _share(items: Sequence[Item], gate: Gate) -> Share:
    return share(sum(1 for item in items if gate.passes(item.text)), len(items))


def sentences(path: Path) -> Iterator[str]:
    """Yield the sentences of a corpus of documents (JSONL) as the gate sees them, furniture blanked."""
    for line in lines(path):
        document = Document(
            id=line["id"],
            source=line.get("source"),
            url=line.get("url"),
            title=line.get("title"),
            text=line["text"],
            published=date.fromisoformat(line["date"][:10]) if line.get("date") else None,
        )
        kind = profile(document)
        cut = segment(document.text, is_digest=kind.kind == "digest", is_transcript=kind.is_transcript)
        yield from (sentence.plain for sentence in cut.sentences)


def curve(gate: Gate, told: Iterable[str], corpus: Iterable[str]) -> list[Step]:
    """Give the gate's recall and pass rate as its stems are dropped one by one, the least worth first.

    A stem's worth at a step is what is lost without it: sentences with a contact that no other stem lets through,
    against the sentences of the corpus that are then no longer parsed. The choice is greedy, so another set of the same
    length may do better.

    Args:
        gate: its stems are dropped down to the last.
        told: sentences with a contact.
        corpus: running text.
    """
    contacts, running = _hits(told, gate.stems), _hits(corpus, gate.stems)
    left = (1 << len(gate.stems)) - 1
    steps = []
    while left:
        lost, saved = _alone(contacts, left), _alone(running, left)
        worth = {
            number: (lost[number] / max(saved[number], 1), -saved[number])
            for number in range(len(gate.stems))
            if left >> number & 1
        }
        least = min(worth, key=worth.__getitem__)
        left &= ~(1 << least)
        steps.append(
            Step(
                stem=gate.stems[least],
                left=left.bit_count(),
                recall=_passing(contacts, left) / max(sum(contacts.values()), 1),
                passed=_passing(running, left) / max(sum(running.values()), 1),
            )
        )
    return steps


def _hits(texts: Iterable[str], stems: Sequence[str]) -> Counter[int]:
    """How many texts hold each set of stems, a set as the bits of a number."""
    found: Counter[int] = Counter()
    for text in texts:
        lowered = text.lower()
        found[sum(1 << number for number, stem in enumerate(stems) if stem in lowered)] += 1
    return found


def _alone(table: Mapping[int, int], left: int) -> Counter[int]:
    """How many texts hang on one stem only, by the stem's number."""
    found: Counter[int] = Counter()
    for stems, n in table.items():
        held = stems & left
        if held and not held & (held - 1):
            found[held.bit_length() - 1] += n
    return found


def _passing(table: Mapping[int, int], left: int) -> int:
    return sum(n for stems, n in table.items() if stems & left)


def show(passing: Mapping[str, Passing], corpus: Share | None, steps: Sequence[Step]) -> str:
    """Give recall and pass rate by stratum, the pass rate over running text and the curve at ``LEVELS`` of recall."""
    out = ["stratum         recall  [95 %]           of   passed     of"]
    for name, one in passing.items():
        r, p = one.recall, one.passed
        out.append(f"{name:14}  {r.share:6.3f}  [{r.low:.3f}, {r.high:.3f}] {r.total:5}   {p.share:6.3f} {p.total:6}")
    if corpus is not None:
        ends = f"[{corpus.low:.3f}, {corpus.high:.3f}]"
        out.append(f"running text: {corpus.share:.3f} {ends} of {corpus.total} sentences pass")
    if steps:
        out.append("stems left  recall  passed  dropped next")
        out += [f"{left:10}  {recall:6.3f}  {passed:6.3f}  {after}" for left, recall, passed, after in points(steps)]
    return "\n".join(out)


def points(steps: Sequence[Step]) -> list[tuple[int, float, float, str]]:
    """Give for each of ``LEVELS`` the last point that keeps this recall: stems left, recall, passed and the next stem.

    >>> made = [Step(stem="abcde"[n], left=4 - n, recall=1 - n / 5, passed=0.5 - n / 10) for n in range(5)]
    >>> [(left, after) for left, _, _, after in points(made)]
    [(4, 'b'), (3, 'c'), (2, 'd')]
    """
    kept: dict[int, tuple[int, float, float, str]] = {}
    for level in LEVELS:
        for step, after in pairwise(steps):
            if step.recall >= level > after.recall:
                kept[step.left] = (step.left, step.recall, step.passed, after.stem.strip())
    return list(kept.values())
