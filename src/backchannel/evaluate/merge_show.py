"""Show what merging a set gave: a table of every score, coverage, origins, and pairs that are wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from backchannel.evaluate.merge_scores import MEASURED, MergeOutcome, MergeScores, WrongPair, wrong_pairs
from backchannel.evaluate.merge_set import Line, MergeSet

_HEADS = ("pairs", "B-cubed", "MUC", "CEAFe", "LEA")
_SHOWN = 400
"""Characters of a report's text that are shown of a wrong pair."""


def show(one: MergeOutcome, *others: MergeScores) -> str:
    """Give the scores as text; ``others`` stand right after ours."""
    ours, *rules = one.rows
    rows = [ours, *others, *rules]
    width = max(len(row.name) for row in rows)
    head = "".join(f"{name:^18}" for name in _HEADS)
    parts = "".join(f"{'P':>6}{'R':>6}{'F1':>6}" for _ in _HEADS)
    return "\n".join(
        (
            f"{ours.reports} reports of {ours.conversations} conversations; taken from {one.taken_from}: "
            f"{one.found} have a claim ({_share(one.found, one.reports)}), {one.shared} one with all gold parties",
            f"{'':{width}}{head} CoNLL  must-not merged",
            f"{'':{width}}{parts}",
            *(_row(row, width) for row in rows),
            f"number of independent origins exact for {one.independent} of {one.conversations} conversations "
            f"({_share(one.independent, one.conversations)}); always 1: {one.always_one} "
            f"({_share(one.always_one, one.conversations)}); counting sources of documents: {one.by_outlet} "
            f"({_share(one.by_outlet, one.conversations)})",
        )
    )


def _row(row: MergeScores, width: int) -> str:
    told = (getattr(row.agreement, name) for name in MEASURED)
    cells = "".join(f"{one.precision:6.3f}{one.recall:6.3f}{one.f1:6.3f}" for one in told)
    return f"{row.name:{width}}{cells} {row.agreement.conll:6.3f} {len(row.merged):>3} of {row.pairs}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def show_wrong(gold: MergeSet, one: MergeOutcome, most: int) -> str:
    """Give up to ``most`` pairs that are wrongly together or apart, each with its texts."""
    return "\n\n".join(_wrong(pair) for pair in islice(wrong_pairs(gold, one.given), most))


def _wrong(pair: WrongPair) -> str:
    head = f"{pair.kind}: {pair.why}" if pair.why is not None else pair.kind
    return "\n".join((head, *_told(pair.one), *_told(pair.other)))


def _told(line: Line) -> Iterator[str]:
    yield f"  {line['report_id']} {line['conversation']}  {line['date']}  {line['form']} {line['status']}  {line['source']}"
    text = " ".join(line["text"].split())
    yield f"    {text[:_SHOWN]}{' …' if len(text) > _SHOWN else ''}"


def predictions(one: MergeOutcome) -> Iterator[str]:
    """Yield our conversation of each report as a line of JSON, ``null`` where no claim was found."""
    return (json.dumps({"report_id": report, "conversation": name}) for report, name in one.given.items())
