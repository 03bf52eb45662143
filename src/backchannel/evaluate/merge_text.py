"""Measure reading and merging together: the gold reports are found in their documents' text, then merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backchannel import actors, families, pipeline
from backchannel.conversations import Cluster, Report, Weights, assemble, cluster, report, weights
from backchannel.evaluate.gold import lines
from backchannel.evaluate.merge import PRESS, REPORTS, MergeScores, scores, show
from backchannel.families import passage_at
from backchannel.records import UNKNOWN, Claim, Document

DOCUMENTS = "merge/documents_dev.jsonl"
_NEAR = (1, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScores:
    """What comes of the gold reports when their documents are read.

    ``found`` of ``reports`` have a claim in their span, ``shared`` one with all gold parties. ``independent`` counts the
    conversations whose number of origins is right, ``always_one`` those right when 1 is said of all. ``rows`` are the
    merging and plain rules on the same claims; a report without a claim stands alone in all of them.
    """

    reports: int
    found: int
    shared: int
    conversations: int
    independent: int
    always_one: int
    rows: tuple[MergeScores, ...]


def documents(folder: Path) -> list[Document]:
    """Give the documents of the merge set."""
    return [
        Document(
            id=line["id"],
            source=line["source"],
            url=line["url"] or None,
            title=line["title"] or None,
            text=line["text"],
            language="en",
            published=date.fromisoformat(line["date"]),
        )
        for line in lines(folder / DOCUMENTS)
    ]


def read(chosen: Iterable[Document]) -> list[Claim]:
    """Give the claims of contacts that the reader finds in documents; about a minute for the merge set."""
    kit = pipeline.load()
    return [claim for one in chosen for claim in pipeline.read(one, kit) if claim.kind == "contact"]


def merge_text(folder: Path, claims: Sequence[Claim] | None = None, *, table: Weights | None = None) -> TextScores:
    """Give the scores of reading and merging on the gold reports.

    Claims outside the gold reports are left out: nobody has said what they tell.

    Args:
        folder: the folder of the gold sets.
        claims: those of the set's documents; read anew when ``None``.
        table: the weights of the features; those that ship when ``None``.
    """
    chosen = documents(folder)
    told = list(lines(folder / REPORTS))
    taken = assigned(told, claims if claims is not None else read(chosen))
    reports = _reports(taken, chosen)
    found = cluster(reports.values(), table if table is not None else weights())
    given = {line["report_id"]: line["report_id"] for line in told}
    name = {one.id: group.reports[0].id for group in found for one in group.reports}
    given |= {gold: "c " + name[one.id] for gold, one in reports.items()}
    rows = [scores("reading and merging", told, given, folder)]
    rows += [_near(told, reports, folder, days) for days in _NEAR]
    right, ones, total = _independent(told, reports, found)
    return TextScores(
        reports=len(told),
        found=len(taken),
        shared=sum(set(line["parties"]) <= _known(taken[n]) for line in told if (n := line["report_id"]) in taken),
        conversations=total,
        independent=right,
        always_one=ones,
        rows=tuple(rows),
    )


def tell(one: TextScores) -> str:
    """Give the scores as lines."""
    return "\n".join(
        (
            f"{one.found} of {one.reports} reports have a claim, {one.shared} one with all gold parties",
            *(show(row) for row in one.rows),
            f"independent origins right for {one.independent} of {one.conversations} conversations "
            f"(always 1: {one.always_one})",
        )
    )


def assigned(told: Iterable[Mapping[str, Any]], claims: Iterable[Claim]) -> dict[str, Claim]:
    """Give, by report id, the claim that it takes: inside its span, of most common parties, each claim once.

    Of claims with equal parties the first told counts: a report tells its contact before what was said in it.
    """
    of: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        of[claim.document].append(claim)
    pairs = [
        (-len(set(line["parties"]) & _known(claim)), len(_known(claim)), line["report_id"], claim.trigger.start, claim)
        for line in told
        for claim in of[line["doc_id"]]
        if claim.trigger is not None and line["start"] <= claim.trigger.start and claim.trigger.end <= line["end"]
    ]
    found: dict[str, Claim] = {}
    used: set[str] = set()
    for _, _, report_id, _, claim in sorted(pairs, key=_order):
        if report_id not in found and claim.id not in used:
            found[report_id] = claim
            used.add(claim.id)
    return found


def _order(pair: tuple[int, int, str, int, Claim]) -> tuple[int, int, str, int, str]:
    return (*pair[:4], pair[4].id)


def _known(claim: Claim) -> set[str]:
    return {party.actor for party in claim.parties} - {UNKNOWN}


def _reports(taken: Mapping[str, Claim], chosen: Sequence[Document]) -> dict[str, Report]:
    """The reports that claims make, as the pipeline makes them, by gold report id."""
    by_id = {one.id: one for one in chosen}
    groups = families.families(chosen)
    table = actors.shipped()

    def speaks_for(speaker: str, on: date | None) -> str | None:
        named = {mention.actor for mention in actors.find(speaker, table, on=on)} - {None}
        return named.pop() if len(named) == 1 else None

    made = {}
    for name, claim in taken.items():
        document = by_id[claim.document]
        leaf, _ = passage_at(document, claim.sentence.start if claim.sentence is not None else None)
        family = groups.get(leaf) or groups.get(document.id)
        made[name] = report(claim, document, family=family, speaks_for=speaks_for)
    return made


def _near(told: Sequence[Mapping[str, Any]], reports: Mapping[str, Report], folder: Path, days: int) -> MergeScores:
    """The same read parties, documents at most so many days apart."""
    of: defaultdict[frozenset[str], list[tuple[date, str]]] = defaultdict(list)
    for line in told:
        one = reports.get(line["report_id"])
        if one is not None and one.known():
            of[one.known()].append((date.fromisoformat(line["date"]), line["report_id"]))
    given = {line["report_id"]: line["report_id"] for line in told}
    for group in of.values():
        name, last = "", date.min
        for on, one_id in sorted(group):
            if (on - last).days > days:
                name = one_id
            given[one_id], last = name, on
    return scores(f"same read parties, documents {days} day{'s' if days > 1 else ''} apart", told, given, folder)


def _independent(
    told: Sequence[Mapping[str, Any]], reports: Mapping[str, Report], found: Sequence[Cluster]
) -> tuple[int, int, int]:
    """How many gold conversations have their number of origins, how many have one, and how many there are.

    A gold conversation is answered by ours that holds most of its reports; one without any has no answer and is wrong.
    """
    place = {one.id: number for number, group in enumerate(found) for one in group.reports}
    keys: defaultdict[str, set[str]] = defaultdict(set)
    held: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for line in told:
        name = line["conversation"]
        keys[name].add(gold_origin(line))
        if line["report_id"] in reports:
            held[name][place[reports[line["report_id"]].id]] += 1
    right = 0
    for name, wanted in keys.items():
        if held[name]:
            best = min(held[name], key=lambda number: (-held[name][number], number))
            right += assemble("k", found[best]).independent == len(wanted)
    return right, sum(len(wanted) == 1 for wanted in keys.values()), len(keys)


def gold_origin(line: Mapping[str, Any]) -> str:
    """Give the key by which a gold report counts: the institution of officials, the first outlet of press."""
    outlets = line["outlets"] or ()
    return str(outlets[0] if line["institution"] in PRESS and outlets else line["institution"])
