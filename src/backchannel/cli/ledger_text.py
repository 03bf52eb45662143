"""Print a ledger: the gap index, bars to both sides of time, what moves the index, issues, and what to beware of."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from backchannel.analysis import phrases
from backchannel.analysis.ledger_records import Example, Index, IssueRow, Ledger, Reason, Step
from backchannel.cli.output import console, draw, lines

_BARS = 18
_WIDER = 28
_WIDE = 110
"""Columns from which bars are longer and each step shows its index."""
_QUOTED = 240
_ISSUES = 5
_REASONS = 6
_HEADS = {
    "private": "Talked about in private, not in public",
    "public": "Talked about in public, not in private",
    "both": "In both",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Events a cell, and the cells of the longest bar on the left."""

    unit: int
    left: int


def print_ledger(found: Ledger) -> None:
    """Write a ledger to stdout, of each reason the first example; all are in its JSON."""
    draw(Text(_title(found), style="bold"), *(Text(line) for line in _figures(found)), Text())
    _print_steps(found)
    _print_reasons(found)
    _print_issues(found)
    left = [f"{number:,} {what}" for what, number in found.left_out.items()]
    left += [f"{found.loose:,} dated too loosely for a {found.by}: in the index alone"] if found.loose else []
    if left:
        draw(Text(), Text("In no column", style="bold"), *(Padding(Text(one), (0, 0, 0, 2)) for one in left))
    draw(Text(), Text("Bear in mind", style="bold"), *(Padding(Text(one), (0, 0, 0, 2)) for one in found.warnings))


def _title(found: Ledger) -> str:
    since, until = found.since, found.until
    bounds = [f"from {phrases.day(since)}"] if since is not None else []
    bounds += [f"up to {phrases.day(until)}"] if until is not None else []
    when = f", {' '.join(bounds)}" if bounds else ""
    return f"{' and '.join(found.names)}: words and deeds in public, contacts in private{when}"


def _figures(found: Ledger) -> Iterator[str]:
    whole, then = found.index, found.at_the_time
    if whole.value is None:
        yield f"Gap index: none ({whole.why})."
        return
    yield f"Gap index {reading(whole)}, in share points from -1 to +1: {_sense(whole)}."
    yield (
        f"{phrases.count(whole.acts, 'public act')}, {whole.hostile:,} hostile (share {whole.hostile_share:.2f}); "
        f"{phrases.count(whole.contacts, 'private contact')}, {whole.failed:,} came to nothing (share "
        f"{whole.failed_share:.2f}); half an event is added on both sides of each share."
    )
    if then.contacts != whole.contacts:
        told = f"none ({then.why})" if then.value is None else reading(then)
        yield f"With the {phrases.count(then.contacts, 'contact')} alone of which public documents told at the time: {told}."


def reading(index: Index) -> str:
    """Give an index with its interval: ``+0.71 (90 %: +0.55 to +0.85)``; a dash where it abstains."""
    if index.value is None or index.low is None or index.high is None:
        return "–"
    return f"{index.value:+.2f} (90 %: {index.low:+.2f} to {index.high:+.2f})"


def _sense(index: Index) -> str:
    if index.low is not None and index.low > 0:
        return "words are harsher than contacts"
    if index.high is not None and index.high < 0:
        return "words are friendlier than contacts"
    return "no difference beyond doubt"


# --- steps


def _print_steps(found: Ledger) -> None:
    if not found.steps:
        return
    width = _WIDER if console().width >= _WIDE else _BARS
    sides = [one.hostile + one.friendly for one in found.steps], [_private(one) for one in found.steps]
    unit = max(1, math.ceil(max(*sides[0], *sides[1]) / width))
    scale = _Scale(unit=unit, left=math.ceil(max(sides[0]) / unit))
    cell = f"; a cell is {unit} of them" if unit > 1 else ""
    draw(
        Text(
            f"left, public acts: ▓ hostile ░ friendly; right, private contacts: ▓ came to nothing ░ held{cell}", "dim"
        ),
        Text("thin: public documents from fewer than a quarter of its days; told only later: than seven days", "dim"),
    )
    is_wide = console().width >= _WIDE
    heads = [found.by, "hostile", "public".rjust(scale.left), "private", "failed"]
    heads += ["index of 12 months", "notes"] if is_wide else ["notes"]
    rows = [_row(group, found, scale, is_wide=is_wide) for group in _runs(found.steps)]
    lines(heads, rows, right=(1,), wide=len(heads) - 1)


def _runs(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Yield each step by itself, but steps without anything that follow each other as one."""
    for is_empty, group in groupby(steps, key=_is_empty):
        some = list(group)
        yield from [some] if is_empty else ([one] for one in some)


def _is_empty(one: Step) -> bool:
    return not (one.hostile or one.friendly or one.open or one.private)


def _row(group: Sequence[Step], found: Ledger, scale: _Scale, *, is_wide: bool) -> tuple[str, ...]:
    first = group[0]
    if _is_empty(first):
        thin = sum(one.is_thin for one in group)
        told = "nothing told" + ("" if not thin else ", thin" if len(group) == 1 else f", {thin} thin")
        label = _label(first, found) if len(group) == 1 else phrases.count(len(group), found.by)
        return label, "", "", "", "", *(("",) if is_wide else ()), told
    acts, contacts = first.hostile + first.friendly, _private(first)
    return (
        _label(first, found),
        f"{first.hostile}/{acts}" if acts else "",
        _bar(first.hostile, acts, scale.unit)[::-1].rjust(scale.left),
        _bar(first.failed, contacts, scale.unit),
        f"{first.failed}/{contacts}" if contacts else "",
        *((_short(first.index),) if is_wide else ()),
        ", ".join(_notes(first)),
    )


def _bar(strong: int, whole: int, unit: int) -> str:
    """Give a bar from the middle outwards: what is hostile or failed first; what there is has at least a cell."""
    dark, length = math.ceil(strong / unit), math.ceil(whole / unit)
    return "▓" * dark + "░" * (max(length, dark + (whole > strong)) - dark)


def _notes(one: Step) -> Iterator[str]:
    yield from (f"{number} {privacy}" for privacy, number in one.private.items())
    if one.later:
        yield f"{one.later} told only later"
    if one.open:
        yield f"{one.open} open to all"
    if one.is_thin:
        yield "thin"


def _label(one: Step, found: Ledger) -> str:
    if found.by == "year":
        return str(one.first.year)
    if found.by == "quarter":
        return f"{one.first.year} Q{(one.first.month + 2) // 3}"
    return phrases.day(one.first.isoformat()[:7])


def _short(index: Index) -> str:
    if index.value is None or index.low is None or index.high is None:
        return ""
    return f"{index.value:+.2f} ({index.low:+.2f} {index.high:+.2f})"


def _private(one: Step) -> int:
    return sum(one.private.values())


# --- reasons and issues


def _print_reasons(found: Ledger) -> None:
    shown = found.reasons[:_REASONS]
    if shown:
        draw(Text(), Text("What adds most to the index and takes most from it", style="bold"))
    for reason in shown:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column(width=6, no_wrap=True)
        table.add_column(ratio=1)
        table.add_row(Text(f"{reason.effect:+.2f}", style="bold"), Text(_sort(reason)))
        for example in reason.examples[:1]:
            for line in _example(example):
                table.add_row("", line)
        draw(table)


def _sort(reason: Reason) -> str:
    return f"{reason.number:,} {reason.what}" if reason.lane == "private" else f"{reason.what}, {reason.number:,}"


def _example(one: Example) -> Iterator[Text]:
    yield Text(f"{one.told}, {one.what}  {one.id}", style="dim")
    if one.quotation is not None:
        words = one.quotation.text
        yield Text(f"“{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}”", style="italic")
        yield Text(one.quotation.citation, style="dim")


def _print_issues(found: Ledger) -> None:
    for standing, head in _HEADS.items():
        rows = [one for one in found.issues if one.standing == standing]
        if rows:
            draw(Text(), Text(head if len(rows) <= _ISSUES else f"{head} ({_ISSUES} of {len(rows)})", style="bold"))
            heads = ("issue", f"private of {found.of_private}", f"public of {found.of_public}", "")
            lines(heads, [_issue(one) for one in rows[:_ISSUES]], right=(1, 2))


def _issue(one: IssueRow) -> tuple[str, str, str, str]:
    words = f"{one.words} (p {one.chance:.2g})" if one.words == "more than chance" else one.words
    return one.issue.replace("_", " "), str(one.private), str(one.public), words
