"""Merging measured on the gold reports: B-cubed and the pairs that must stay apart."""

from __future__ import annotations

import calendar
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from backchannel.conversations import Report, Teller, Weights, cluster, weights
from backchannel.records import Party, When

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
MONTHS = list(calendar.month_name)[1:]
DAYS = list(calendar.day_name)
ISO_SPAN = re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)")
SHIFTS = {
    "today|this morning|this evening|just spoken|just had": 0,
    "tomorrow": 1,
    "yesterday|last night": -1,
    "two days ago": -2,
}
LEADERS = {
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
DATE = re.compile(rf"\b(?:({'|'.join(MONTHS)}) (\d{{1,2}})|(\d{{1,2}}) ({'|'.join(MONTHS)}))\b(?:,? (\d{{4}}))?")


def told(text: str, title: str, published: date, status: str) -> When | None:
    """Give the day that a sentence tells by a word for the day, a weekday or a date: the plainest rules only."""
    trip = ISO_SPAN.search(title)
    if trip is not None:
        return When(start=trip[1], end=trip[2], precision="day")
    days = set(told_days(text, published, status))
    if len(days) == 1:
        day = days.pop().isoformat()
        return When(start=day, end=day, precision="day")
    months = {name for name in MONTHS if name not in ("March", "May") and re.search(rf"\bthe {name}\b", text)}
    if not days and len(months) == 1:
        month = MONTHS.index(months.pop()) + 1
        year = published.year - (month > published.month)
        return When(start=f"{year}-{month:02}", end=f"{year}-{month:02}", precision="month")
    if re.search("earlier this week|this weekend|in the past few days", text):
        return When(start=(published - timedelta(days=4)).isoformat(), end=published.isoformat(), precision="day")
    return None


def told_days(text: str, published: date, status: str) -> Iterator[date]:
    for found in DATE.finditer(text):
        month = MONTHS.index(found[1] or found[4]) + 1
        yield date(int(found[5]) if found[5] else published.year, month, int(found[2] or found[3]))
    for word, shift in SHIFTS.items():
        if re.search(rf"\b(?:{word})\b", text, re.IGNORECASE):
            yield published + timedelta(days=shift)
    for number, name in enumerate(DAYS):
        if re.search(rf"\b{name}\b", text):
            ahead = (number - published.weekday()) % 7
            yield published + timedelta(days=ahead if status == "planned" else -((7 - ahead) % 7))


def persons(text: str, actor: str) -> str | None:
    """Give the person who stands for a party in a sentence, when exactly one known leader of it is named."""
    named = {name for name in LEADERS.get(actor, "").split() if re.search(rf"\b{name}\b", text)}
    return named.pop() if len(named) == 1 else None


def gold_report(line: dict[str, object], *, dates: bool, people: bool = True, form: str = "form") -> Report:
    """Give the report of a gold line from its parties, form, status and document date, and the day its words tell."""
    published = date.fromisoformat(str(line["date"]))
    status = str(line["status"])
    return Report(
        id=str(line["report_id"]),
        document=str(line["doc_id"]),
        published=published,
        sentence=int(str(line["start"])),
        leads=int(str(line["start"])) <= 200,
        outlet=str(line["source"]),
        parties=tuple(
            Party(actor=a, person=persons(str(line["text"]), a) if people else None)
            for a in line["parties"]  # type: ignore[attr-defined]  # a list in the file
        ),
        form=line[form],  # type: ignore[arg-type]  # a form of the codebook in the file
        status=status,  # type: ignore[arg-type]  # a status of the codebook in the file
        when=told(str(line["text"]), str(line["title"]), published, status) if dates else None,
        teller=Teller(
            origin=str(line["institution"]),
            kind="outlet" if line["institution"] in ("Wikipedia", "VOA") else "official",
        ),
    )


def b_cubed(given: dict[str, str], wanted: dict[str, str]) -> tuple[float, float, float]:
    """Give precision, recall and F1 of clusters by item."""
    ours, theirs = members(given), members(wanted)
    shared = {one: len(ours[given[one]] & theirs[wanted[one]]) for one in wanted}
    precision = sum(shared[one] / len(ours[given[one]]) for one in wanted) / len(wanted)
    recall = sum(shared[one] / len(theirs[wanted[one]]) for one in wanted) / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


def members(of: dict[str, str]) -> dict[str, set[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for one, group in of.items():
        groups[group].add(one)
    return groups


def evaluate_merge(
    gold: Path, *, dates: bool = True, people: bool = True, form: str = "form", table: Weights | None = None
) -> tuple[float, float, float, list[str]]:
    """Give B-cubed precision, recall and F1 on the gold reports, and the must-not pairs that were merged."""
    lines = lines_of(gold / "merge" / "reports_dev.jsonl")
    apart = lines_of(gold / "merge" / "must_not_merge_dev.jsonl")
    reports = [gold_report(line, dates=dates, people=people, form=form) for line in lines]
    given = clustered(reports, table if table is not None else weights())
    wanted = {line["report_id"]: line["conversation"] for line in lines}
    merged = [
        pair["pair_id"]
        for pair in apart
        if {given[r] for r in pair["reports_a"]} & {given[r] for r in pair["reports_b"]}
    ]
    return (*b_cubed(given, wanted), merged)


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def clustered(reports: Iterable[Report], table: Weights) -> dict[str, str]:
    return {r.id: one.reports[0].id for one in cluster(reports, table) for r in one.reports}


@pytest.mark.skipif(not (GOLD / "merge").is_dir(), reason="the gold sets are not on this machine")
@pytest.mark.parametrize(("dates", "floor", "pairs"), [(False, 0.92, 5), (True, 0.95, 3)])
def test_merging_holds_its_measured_floor(dates: bool, floor: float, pairs: int):
    _, _, f1, merged = evaluate_merge(GOLD, dates=dates)
    assert f1 >= floor
    assert len(merged) <= pairs
