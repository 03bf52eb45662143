"""Measure merging on the gold reports: what is given is their parties, form, status, text and document date."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from backchannel import actors
from backchannel.conversations import Report, Teller, Weights, cluster, teller, weights
from backchannel.evaluate.merge_scores import MergeOutcome, MergeScores, chained, origins, scores
from backchannel.evaluate.merge_set import Line, MergeSet, merge_set
from backchannel.records import Claim, Document, Party, Span, When

REPORTS, APART = "merge/reports_dev.jsonl", "merge/must_not_merge_dev.jsonl"
_OPENING = 200
"""Characters from the beginning of a text within which a sentence opens it."""
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


def merge_gold(data: Path, *, dates: bool = True, form: str = "form", table: Weights | None = None) -> MergeOutcome:
    """Give what the product's merging makes of the gold reports; the gold's ``when`` is never given.

    Args:
        data: the folder of the merge set, or the one that holds it.
        dates: whether the day that a report's words tell is read, by the plainest rules; else the document's counts.
        form: the gold field that the form is taken from.
        table: the weights of the features; those that ship when ``None``.
    """
    gold = merge_set(data)
    reports = [gold_report(line, dates=dates, form=form) for line in gold.reports]
    found = cluster(reports, table if table is not None else weights())
    given: dict[str, str | None] = {one.id: group.reports[0].id for group in found for one in group.reports}
    told = origins(gold, {one.id: one.id for one in reports}, found)
    ours = scores("merging, told days read" if dates else "merging, document dates", given, gold)
    return MergeOutcome(
        taken_from="gold",
        reports=len(reports),
        found=len(reports),
        shared=len(reports),
        conversations=told.conversations,
        independent=told.exact,
        always_one=told.always_one,
        by_outlet=told.by_outlet,
        rows=(ours, *_plain_rules(gold)),
        given=given,
    )


def merge_reports(data: Path, *, dates: bool = True, form: str = "form", table: Weights | None = None) -> MergeScores:
    """Give the scores of ``merge_gold`` alone."""
    return merge_gold(data, dates=dates, form=form, table=table).rows[0]


def baselines(data: Path) -> tuple[MergeScores, ...]:
    """Give the scores of plain rules: the same parties and gold day, or documents at most 1 or 3 days apart."""
    return _plain_rules(merge_set(data))


def _plain_rules(gold: MergeSet) -> tuple[MergeScores, ...]:
    same = {line["report_id"]: f"{_parties(line)} {line.get('when')}" for line in gold.reports}
    rules = [scores("same parties, same gold day", same, gold)]
    for days in (1, 3):
        told = ((line["report_id"], _parties(line), date.fromisoformat(line["date"])) for line in gold.reports)
        name = f"same parties, documents {days} day{'s' if days > 1 else ''} apart"
        rules.append(scores(name, chained(told, days), gold))
    return tuple(rules)


def _parties(line: Line) -> tuple[str, ...]:
    return tuple(sorted(line["parties"]))


def gold_report(line: Line, *, dates: bool, people: bool = True, form: str = "form") -> Report:
    """Give the report of a gold line: its parties, form, status and document date, and what its words tell.

    The persons are those that the dictionary finds in the text, the teller is the one of the document's source.
    """
    published = date.fromisoformat(line["date"])
    named = _persons(line["text"], published) if people else {}
    parties = tuple(Party(actor=actor, person=named.get(actor)) for actor in line["parties"])
    return Report(
        id=line["report_id"],
        document=line["doc_id"],
        published=published,
        sentence=line["start"],
        leads=line["start"] <= _OPENING,
        outlet=line["source"],
        parties=parties,
        form=line[form],
        status=line["status"],
        when=_told(line["text"], line["title"] or "", published, line["status"]) if dates else None,
        teller=_teller(line, parties, published),
    )


def _persons(text: str, on: date) -> dict[str, str]:
    """The person who stands for each party: the only one of it in the first sentence, else in all of them."""
    found: dict[str, str] = {}
    for words in (text, _SENTENCE_END.split(text)[0]):
        named: defaultdict[str, set[str]] = defaultdict(set)
        for mention in actors.find(words, actors.shipped(), on=on):
            if mention.actor is not None and mention.person is not None:
                named[mention.actor].add(mention.person)
        found |= {actor: min(names) for actor, names in named.items() if len(names) == 1}
    return found


def _teller(line: Line, parties: tuple[Party, ...], published: date) -> Teller:
    """Whose word a report is, as the product tells it from the document's source where no speaker was read."""
    document = Document(
        id=line["doc_id"],
        source=line["source"],
        url=line.get("url") or None,
        title=line["title"] or None,
        text=line["text"],
        language="en",
        published=published,
    )
    quoted = Span(start=0, end=len(line["text"]), text=line["text"])
    claim = Claim(id=line["report_id"], document=document.id, sentence=quoted, parties=parties)
    return teller(claim, document, speaks_for=speaks_for())


@cache
def speaks_for() -> actors.SpeaksFor:
    """Give what says for which actor a speaker's words stand, by the dictionary that ships."""
    return actors.speaks_for(actors.shipped())


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
