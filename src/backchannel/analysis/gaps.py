"""Say what a store does not cover: days and sources without documents, languages not coded, problems, missing dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from backchannel.analysis import phrases
from backchannel.records import Conversation, Coverage, Document, Problem

_CODED = (None, "en")
_LONG_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What documents a store holds: days of publication and counts; ``languages`` are those that are not coded."""

    documents: int
    first: date | None
    last: date | None
    days: frozenset[date]
    undated: int
    languages: dict[str, int]


def holdings(documents: Iterable[Document]) -> Holdings:
    """Give what is held, in one pass over the documents."""
    number = undated = 0
    days: set[date] = set()
    languages: Counter[str] = Counter()
    for document in documents:
        number += 1
        undated += document.published is None
        if document.published is not None:
            days.add(document.published)
        if document.language not in _CODED and document.language is not None:
            languages[document.language] += 1
    return Holdings(
        documents=number,
        first=min(days, default=None),
        last=max(days, default=None),
        days=frozenset(days),
        undated=undated,
        languages=dict(sorted(languages.items())),
    )


def gaps(
    held: Holdings,
    coverage: Sequence[Coverage],
    problems: Sequence[Problem],
    conversations: Sequence[Conversation],
    *,
    since: date | None,
    until: date | None,
) -> tuple[str, ...]:
    """Give a sentence for each thing that an answer about a period cannot know; at least that of the days.

    Args:
        held: what documents the store holds.
        coverage: what each source gave on each day.
        problems: documents that failed.
        conversations: those of the answer.
        since: first day of the period, ``None`` for that of the first document.
        until: last day of the period, ``None`` for that of the last document.
    """
    return tuple(
        _gaps(held, coverage, problems, conversations, since or held.first, until or held.last, since or until)
    )


def _gaps(
    held: Holdings,
    coverage: Sequence[Coverage],
    problems: Sequence[Problem],
    conversations: Sequence[Conversation],
    first: date | None,
    last: date | None,
    bounded: date | None,
) -> Iterator[str]:
    if first is None or last is None:
        yield "Days: no document carries a date."
    else:
        yield _empty_days(held, first, last)
        yield from _silent_sources(coverage, first, last)
    if held.undated:
        yield f"Dates: {phrases.count(held.undated, 'document')} without a day of publication."
    if held.languages:
        told = ", ".join(f"{name} {number}" for name, number in held.languages.items())
        yield f"Languages: {phrases.count(sum(held.languages.values()), 'document')} not coded, not English ({told})."
    if problems:
        yield f"Problems: {phrases.count(len(problems), 'document')} could not be read; see backchannel store problems."
    undated = sum(one.when is None for one in conversations)
    if undated:
        said = "stand under the day of their first report"
        beyond = ", and those without one are left out of this period" if bounded is not None else ""
        yield f"Undated: {phrases.count(undated, 'conversation')} without a date of their own {said}{beyond}."
    yield "Silence is no evidence: what no document tells, or tells in another language, is not here."


def _empty_days(held: Holdings, first: date, last: date) -> str:
    whole = (last - first).days + 1
    days = sorted(day for day in held.days if first <= day <= last)
    told = f"Days: {len(days):,} of {whole:,} have documents"
    if whole > _LONG_DAYS:
        years = sorted(set(range(first.year, last.year + 1)) - {day.year for day in days})
        return f"{told}; years with none: {_ranges(years)}." if years else f"{told}; every year has some."
    edges = [first - timedelta(days=1), *days, last + timedelta(days=1)]
    longest, start = max(((b - a).days - 1, -a.toordinal()) for a, b in pairwise(edges))
    if longest < 1:
        return f"{told}."
    begin = date.fromordinal(-start) + timedelta(days=1)
    end = begin + timedelta(days=longest - 1)
    return f"{told}; the longest stretch without is {phrases.day(begin.isoformat())} to {phrases.day(end.isoformat())}."


def _silent_sources(coverage: Sequence[Coverage], first: date, last: date) -> Iterator[str]:
    speaking = {one.source for one in coverage if first <= one.day <= last and one.read}
    silent = sorted({one.source for one in coverage} - speaking)
    yield f"Sources: {phrases.count(len(speaking), 'source')} with documents in this period" + (
        f"; silent in it: {', '.join(silent[:8])}{' …' if len(silent) > 8 else ''}." if silent else "."
    )


def _ranges(years: Sequence[int]) -> str:
    """Give years as runs: ``1973–1987, 1989``."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
