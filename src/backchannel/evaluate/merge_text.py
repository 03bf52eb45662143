"""Measure reading and merging together: the gold reports are found in their documents' text, then merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from backchannel import families
from backchannel.conversations import Report, Weights, cluster, family_of, pointed, report, weights
from backchannel.evaluate.contacts import read_all
from backchannel.evaluate.merge import speaks_for
from backchannel.evaluate.merge_scores import MergeOutcome, MergeScores, chained, origins, scores
from backchannel.evaluate.merge_set import Line, MergeSet, gold_origin, merge_set
from backchannel.records import UNKNOWN, Claim, Document

__all__ = ["DOCUMENTS", "assigned", "gold_origin", "merge_text", "reports_of"]
DOCUMENTS = "merge/documents_dev.jsonl"


def merge_text(
    data: Path, claims: Sequence[Claim] | None = None, *, table: Weights | None = None, workers: int = 1
) -> MergeOutcome:
    """Give what comes of the gold reports when their documents are read and the claims merged.

    Claims outside the gold reports are left out: nobody has said what they tell.

    Args:
        data: the folder of the merge set, or the one that holds it.
        claims: those of the set's documents; read anew when ``None``, in about half a minute.
        table: the weights of the features; those that ship when ``None``.
        workers: processes that read.
    """
    gold = merge_set(data)
    chosen = gold.read_documents()
    taken = assigned(gold.reports, claims if claims is not None else read_all(chosen, workers=workers))
    reports = reports_of(taken, chosen)
    found = cluster(pointed(reports.values()), table if table is not None else weights())
    name = {one.id: group.reports[0].id for group in found for one in group.reports}
    given = {one: name[reports[one].id] if one in reports else None for one in gold.wanted()}
    told = origins(gold, {one: made.id for one, made in reports.items()}, found)
    return MergeOutcome(
        taken_from="text",
        reports=len(gold.reports),
        found=len(taken),
        shared=sum(
            set(line["parties"]) <= _known(taken[n]) for line in gold.reports if (n := line["report_id"]) in taken
        ),
        conversations=told.conversations,
        independent=told.exact,
        always_one=told.always_one,
        by_outlet=told.by_outlet,
        rows=(scores("reading and merging", given, gold), *_plain_rules(gold, reports)),
        given=given,
    )


def assigned(told: Iterable[Line], claims: Iterable[Claim]) -> dict[str, Claim]:
    """Give, by report id, the claim that it takes: inside its span, of most common parties, each claim once.

    Of claims with equal parties the first told counts: a report tells its contact before what was said in it.
    """
    of: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "contact":
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


def reports_of(taken: Mapping[str, Claim], chosen: Sequence[Document]) -> dict[str, Report]:
    """Give the reports that claims make, as the pipeline makes them, under the names of the claims."""
    by_id = {one.id: one for one in chosen}
    groups = families.families(chosen)
    made = {}
    for name, claim in taken.items():
        document = by_id[claim.document]
        made[name] = report(claim, document, family=family_of(claim, document, groups), speaks_for=speaks_for())
    return made


def _plain_rules(gold: MergeSet, reports: Mapping[str, Report]) -> tuple[MergeScores, ...]:
    """The same read parties and gold day, or documents at most 1 or 3 days apart; a report without parties is alone."""
    alone: dict[str, str | None] = {one: one if one in reports else None for one in gold.wanted()}
    known = [line for line in gold.reports if line["report_id"] in reports and reports[line["report_id"]].known()]
    parties = {line["report_id"]: reports[line["report_id"]].known() for line in known}
    same = {line["report_id"]: f"{sorted(parties[line['report_id']])} {line.get('when')}" for line in known}
    rules = [scores("same read parties, same gold day", alone | same, gold)]
    for days in (1, 3):
        told = ((line["report_id"], parties[line["report_id"]], date.fromisoformat(line["date"])) for line in known)
        name = f"same read parties, documents {days} day{'s' if days > 1 else ''} apart"
        rules.append(scores(name, alone | chained(told, days), gold))
    return tuple(rules)
