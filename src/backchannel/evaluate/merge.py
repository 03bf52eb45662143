"""Measure merging on the gold reports: B-cubed, the pairs that must stay apart, and plain rules to beat."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from backchannel.conversations import Report, Teller, Weights, cluster, weights
from backchannel.evaluate.gold import lines
from backchannel.records import Party, When

REPORTS, APART = "merge/reports_dev.jsonl", "merge/must_not_merge_dev.jsonl"
PRESS = ("Wikipedia", "VOA")
_MONTHS = list(calendar.month_name)[1:]
_DAYS = list(calendar.day_name)
_ISO_SPAN = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)")
_DATE = re.compile(rf"\b(?:({'|'.join(_MONTHS)}) (\d{{1,2}})|(\d{{1,2}}) ({'|'.join(_MONTHS)}))\b(?:,? (\d{{4}}))?")
_SENTENCE_END = re.compile(r"(?<=[a-z]\.)\s+(?=[A-Z])")
_BOUNDS = re.compile(r"\b(?:since|until)\b.*")
_TO_COME = re.compile(r"\bwill\b.*", re.DOTALL)
_SHIFTS = {
    "today|this morning|this afternoon|this evening|tonight|just spoken|just had": 0,
    "tomorrow": 1,
    "yesterday|last night": -1,
    "two days ago": -2,
}
_LEADERS = {
    "USA": "Obama Trump Biden Harris Kerry Tillerson Pompeo Blinken Sullivan Pence",
    "RUS": "Putin Lavrov Medvedev Shoigu",
    "FRA": "Macron Hollande",
    "DEU": "Merkel Scholz Steinmeier",
    "ITA": "Mattarella Draghi Gentiloni Renzi",
    "GBR": "Cameron May Johnson",
    "ISR": "Netanyahu Bennett Rivlin Herzog",
    "CHN": "Xi Li",
    "IND": "Modi Mukherjee",
    "JPN": "Abe Suga Kishida",
    "UKR": "Poroshenko Zelensky Zelenskyy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeScores:
    """B-cubed figures in [0, 1] and the ids of the must-not pairs that were merged, of ``pairs``."""

    name: str
    reports: int
    conversations: int
    precision: float
    recall: float
    f1: float
    merged: tuple[str, ...]
    pairs: int


def merge_reports(
    folder: Path, *, dates: bool = True, people: bool = True, form: str = "form", table: Weights | None = None
) -> MergeScores:
    """Give the scores of the product's merging on the gold reports.

    Args:
        folder: the folder of the gold sets.
        dates: whether the day that a report's words tell is read, by the plainest rules; else the document's counts.
        people: whether the leaders named in a report are given.
        form: the gold field that the form is taken from.
        table: the weights of the features; those that ship when ``None``.
    """
    told = list(lines(folder / REPORTS))
    reports = [gold_report(line, dates=dates, people=people, form=form) for line in told]
    found = cluster(reports, table if table is not None else weights())
    given = {one.id: group.reports[0].id for group in found for one in group.reports}
    return scores("merging, told days read" if dates else "merging, document dates", told, given, folder)


def baselines(folder: Path) -> tuple[MergeScores, ...]:
    """Give the scores of plain rules: the same parties and gold day, or documents at most 1 or 3 days apart."""
    told = list(lines(folder / REPORTS))
    same = {line["report_id"]: f"{_key(line)} {line['when']}" for line in told}
    rules = [scores("same parties, same gold day", told, same, folder)]
    for days in (1, 3):
        near = _chained(told, days)
        rules.append(scores(f"same parties, documents {days} day{'s' if days > 1 else ''} apart", told, near, folder))
    return tuple(rules)


def _key(line: Mapping[str, Any]) -> Hashable:
    return tuple(sorted(line["parties"]))


def _chained(told: Iterable[Mapping[str, Any]], days: int) -> dict[str, str]:
    """Put reports of the same parties together as long as the next document is at most ``days`` later."""
    of: defaultdict[Hashable, list[tuple[date, str]]] = defaultdict(list)
    for line in told:
        of[_key(line)].append((date.fromisoformat(line["date"]), line["report_id"]))
    given: dict[str, str] = {}
    for group in of.values():
        name, last = "", None
        for on, report in sorted(group):
            if last is None or (on - last).days > days:
                name = report
            given[report], last = name, on
    return given


def scores(name: str, told: Sequence[Mapping[str, Any]], given: Mapping[str, str], folder: Path) -> MergeScores:
    """Give the scores of a grouping: ``given`` names our cluster of every report of ``told``."""
    wanted = {line["report_id"]: line["conversation"] for line in told}
    apart = list(lines(folder / APART))
    merged = [
        pair["pair_id"]
        for pair in apart
        if {given[r] for r in pair["reports_a"]} & {given[r] for r in pair["reports_b"]}
    ]
    precision, recall, f1 = b_cubed(given, wanted)
    return MergeScores(
        name=name,
        reports=len(wanted),
        conversations=len(set(wanted.values())),
        precision=precision,
        recall=recall,
        f1=f1,
        merged=tuple(merged),
        pairs=len(apart),
    )


def show(row: MergeScores) -> str:
    """Give the scores as one line."""
    return (
        f"{row.name}: {row.reports} reports of {row.conversations} conversations; "
        f"B-cubed P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f}; "
        f"{len(row.merged)}/{row.pairs} must-not pairs merged"
    )


def b_cubed(given: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of clusters by item.

    Source:
        Bagga and Baldwin (1998), Entity-based cross-document coreferencing using the vector space model.

    Args:
        given: our cluster by item.
        wanted: the gold's cluster by item; the items that count.

    >>> b_cubed({"a": "1", "b": "1"}, {"a": "x", "b": "y"})
    (0.5, 1.0, 0.6666666666666666)
    """
    ours, theirs = _members(given), _members(wanted)
    shared = {one: len(ours[given[one]] & theirs[wanted[one]]) for one in wanted}
    precision = sum(shared[one] / len(ours[given[one]]) for one in wanted) / len(wanted)
    recall = sum(shared[one] / len(theirs[wanted[one]]) for one in wanted) / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _members(of: Mapping[str, str]) -> dict[str, set[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for one, group in of.items():
        groups[group].add(one)
    return groups


def gold_report(line: Mapping[str, Any], *, dates: bool, people: bool = True, form: str = "form") -> Report:
    """Give the report of a gold line from its parties, form, status and document date, and the day its words tell."""
    published = date.fromisoformat(line["date"])
    return Report(
        id=line["report_id"],
        document=line["doc_id"],
        published=published,
        sentence=line["start"],
        leads=line["start"] <= 200,
        outlet=line["source"],
        parties=tuple(Party(actor=a, person=_person(line["text"], a) if people else None) for a in line["parties"]),
        form=line[form],
        status=line["status"],
        when=_told(line["text"], line["title"], published, line["status"]) if dates else None,
        teller=Teller(origin=line["institution"], kind="outlet" if line["institution"] in PRESS else "official"),
    )


def _person(text: str, actor: str) -> str | None:
    """The person who stands for a party: the only known leader of it in the first sentence, else in all of them."""
    for words in (_SENTENCE_END.split(text)[0], text):
        named = {name for name in _LEADERS.get(actor, "").split() if re.search(rf"\b{name}\b", words)}
        if len(named) == 1:
            return named.pop()
    return None


def _told(text: str, title: str, published: date, status: str) -> When | None:
    """The day that a sentence tells by a word for the day, a weekday or a date: the plainest rules only."""
    trip = _ISO_SPAN.search(title)
    if trip is not None:
        return When(start=trip[1], end=trip[2], precision="day")
    days = set(_told_days(text, published, status))
    if len(days) == 1:
        day = days.pop().isoformat()
        return When(start=day, end=day, precision="day")
    months = {name for name in _MONTHS if name not in ("March", "May") and re.search(rf"\bthe {name}\b", text)}
    if not days and len(months) == 1:
        month = _MONTHS.index(months.pop()) + 1
        told = f"{published.year - (month > published.month)}-{month:02}"
        return When(start=told, end=told, precision="month")
    if re.search("earlier this week|this weekend|in the past few days", text):
        return When(start=(published - timedelta(days=4)).isoformat(), end=published.isoformat(), precision="day")
    return None


def _told_days(text: str, published: date, status: str) -> Iterator[date]:
    """The days that words tell, save those since which or until which, and in a report of what was done those to come."""
    text = _BOUNDS.sub("", text)
    if status not in ("planned", "proposed"):
        text = _TO_COME.sub("", text)
    for found in _DATE.finditer(text):
        month = _MONTHS.index(found[1] or found[4]) + 1
        yield date(int(found[5]) if found[5] else published.year, month, int(found[2] or found[3]))
    for word, shift in _SHIFTS.items():
        if re.search(rf"\b(?:{word})\b", text, re.IGNORECASE):
            yield published + timedelta(days=shift)
    for number, name in enumerate(_DAYS):
        if re.search(rf"\b{name}\b", text):
            ahead = (number - published.weekday()) % 7
            yield published + timedelta(days=ahead if status == "planned" else -((7 - ahead) % 7))
