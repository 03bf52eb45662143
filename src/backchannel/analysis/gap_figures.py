"""Count what lies in the two lanes: how much was known at the time, how long the rest took, on which issues they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from backchannel.analysis import phrases
from backchannel.analysis.gap_records import Account, Counts, Disclosure, Held, IssueCount, Lag

_HELD: Final = "held"


def counts(accounts: Sequence[Account]) -> Counts:
    """Give how many conversations are where; one with accounts in both lanes counts once."""
    held = [one for one in accounts if one.kind == _HELD]
    public, closed = known_at_the_time(accounts), {one.id: one for one in held if one.lane == "closed"}
    ids = {one.id for one in held}
    recorded = {one.id for one in held if one.lane == "closed" and one.standing == "recorded"}
    recorded |= {one.id for one in held if recorded.intersection(one.beside)}
    unknown = [one for id, one in closed.items() if id not in public]
    return Counts(
        held=len(ids),
        public=len(ids & public),
        public_recorded=len(ids & public & recorded),
        record_only=sum(one.standing == "recorded" for one in unknown),
        mentioned=sum(one.standing == "mentioned" for one in unknown),
        no_record=sum(one.standing == "no_record" for one in unknown),
        later=sum(one.standing == "later" for one in unknown),
        not_held=len({one.id for one in accounts} - ids),
        undated=len({one.id for one in accounts if one.first is None}),
    )


def known_at_the_time(accounts: Iterable[Account]) -> set[str]:
    """Give the ids of conversations that something public told at the time, or that lie beside one; a denial tells none."""
    every = list(accounts)
    public = {one.id for one in every if one.lane == "public" and one.standing != "denied"}
    return public | {one.id for one in every if public.intersection(one.beside)}


def lags(accounts: Sequence[Account]) -> tuple[Lag, ...]:
    """Give the days from contact to disclosure, of all contacts held and dated to the day first, then by year."""
    public = known_at_the_time(accounts)
    by_id = {one.id: one for one in accounts if one.kind == _HELD and one.exact}
    years: defaultdict[int, list[Account]] = defaultdict(list)
    for one in by_id.values():
        years[int((one.first or "0")[:4])].append(one)
    if not by_id:
        return ()
    return (
        _lag(None, list(by_id.values()), public),
        *(_lag(year, found, public) for year, found in sorted(years.items())),
    )


def _lag(year: int | None, found: Sequence[Account], public: set[str]) -> Lag:
    unknown = [one for one in found if one.id not in public]
    told = [one.disclosure for one in unknown if one.disclosure is not None]
    spans = [span for span in (_span(one) for one in told) if span is not None]
    low, high = sorted(span[0] for span in spans), sorted(span[1] for span in spans)
    return Lag(
        year=year,
        contacts=len(found),
        at_the_time=len(found) - len(unknown),
        unknown=len(unknown) - len(spans),
        median=(median(low), median(high)) if spans else None,
        shortest=(low[0], high[0]) if spans else None,
        longest=(low[-1], high[-1]) if spans else None,
    )


def _span(disclosure: Disclosure) -> tuple[int, int] | None:
    if disclosure.shortest is None or disclosure.longest is None:
        return None
    return disclosure.shortest, disclosure.longest


def issue_counts(accounts: Sequence[Account]) -> tuple[IssueCount, ...]:
    """Give in how many contacts held each issue stands in public and in the record, those of the record alone first.

    ``closed_only`` counts contacts whose record has it and whose public account, or that of what is beside it, has not.
    """
    held = [one for one in accounts if one.kind == _HELD]
    public: defaultdict[str, set[str]] = defaultdict(set)
    closed: defaultdict[str, set[str]] = defaultdict(set)
    for one in held:
        for issue in one.issues:
            (public if one.lane == "public" else closed)[issue].add(one.id)
    beside = {one.id: {one.id, *one.beside} for one in held}
    found = [
        IssueCount(
            issue=issue,
            public=len(public[issue]),
            closed=len(closed[issue]),
            closed_only=sum(not (beside[id] & public[issue]) for id in closed[issue]),
        )
        for issue in sorted({*public, *closed})
    ]
    return tuple(sorted(found, key=_most_hidden))


def _holdings(held: Held) -> str:
    """Give what a store holds in words.

    >>> _holdings(Held(public_documents=0, of_the_pair=0, rows=2, records=279))
    'no public document, and 2 rows of tables of visits and travels on this pair, beside 279 declassified records'
    """
    documents = "no public document"
    if held.public_documents:
        documents = (
            f"{phrases.count(held.public_documents, 'public document')}, {held.of_the_pair or 'none'} on this pair"
        )
    rows = phrases.count(held.rows, "row") if held.rows else "no row"
    records = phrases.count(held.records, "declassified record") if held.records else "no declassified record"
    return f"{documents}, and {rows} of tables of visits and travels on this pair, beside {records}"


def _most_hidden(one: IssueCount) -> tuple[int, int, str]:
    return -one.closed_only, -one.closed, one.issue


def warnings(held: Held, accounts: Sequence[Account]) -> tuple[str, ...]:
    """Give what a reader must bear in mind, a sentence or two each."""
    told = [
        "The record is selected and drafted by one side: it shows what was kept and released, never all that was said, "
        "nor the other side's version.",
        f"A contact without a public trace here was not therefore secret: of the period this store holds {_holdings(held)}.",
    ]
    if held.rows:
        told.append("Rows of such tables were drawn up later; they count as public on the day.")
    if any(one.disclosure is not None and one.disclosure.earliest != one.disclosure.latest for one in accounts):
        told.append("Where only the year of a volume's release is known, days to disclosure are given as a span.")
    return tuple(told)
