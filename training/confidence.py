"""Fit how sure a conversation is, and say how well the figures hold: ``make train-confidence``.

The first signs of ``confidence`` in ``data/merge.yml`` are fitted on the claims that the reader finds in
``contacts_train.jsonl``: a claim is right when the gold has its contact with the same parties. The weight of further
texts is fitted on the merge set read from text, the other signs given: a conversation is right when its reports tell one
gold conversation, between its parties. Reliability is told on folds that were not fitted, by document and by conversation,
and on ``contacts_dev.jsonl``. What ships is rounded to 0.05 and written into the file by hand.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backchannel.conversations import Report, cluster, report, weights
from backchannel.conversations.confidence import reasons, sureness
from backchannel.evaluate import documents, items, read_all
from backchannel.evaluate.gold import lines
from backchannel.evaluate.merge_text import assigned
from backchannel.evaluate.pairing import agreement, by_item, from_gold, pair_up
from backchannel.families import families
from backchannel.records import Claim, Document

RIDGE = 1.0
FOLDS = 10
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
CLAIM_SIGNS = ("start", "read.here", "parties.one", "parties.many")
MORE = ("texts.more",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was judged: how often each sign holds of it, whether it was right, and what it may not be parted from."""

    signs: Mapping[str, float]
    is_right: bool
    group: str


def claim_cases(path: Path) -> Iterator[Case]:
    """Yield a case for each claim that the reader finds in a set of contacts."""
    told = items(path)
    chosen = {one.id: one for one in documents(told)}
    found = by_item(told, read_all(chosen.values()))
    for item in told:
        ours = found.get(item.id, [])
        pairs = pair_up([from_gold(item, claim) for claim in item.claims], ours)
        right = {id(system) for gold, system in pairs if agreement(gold, system)["parties"]}
        for one in ours:
            if isinstance(one.claim, Claim):
                made = signs((report(one.claim, chosen[item.id]),))
                yield Case(signs=made, is_right=id(one) in right, group=item.field("doc_id"))


def conversation_cases(folder: Path) -> Iterator[Case]:
    """Yield a case for each conversation that reading and merging make of the gold reports of the merge set."""
    told = {line["report_id"]: line for line in lines(folder / "reports_dev.jsonl")}
    chosen = {line["id"]: _document(line) for line in lines(folder / "documents_dev.jsonl")}
    taken = assigned(told.values(), [c for c in read_all(chosen.values()) if c.kind == "contact"])
    groups = families(chosen.values())
    line_of = {claim.id: told[name] for name, claim in taken.items()}
    made = [report(claim, chosen[claim.document], family=groups.get(claim.document)) for claim in taken.values()]
    for one in cluster(made, weights()):
        gold = [line_of[r.id] for r in one.reports]
        known = frozenset[str]().union(*(r.known() for r in one.reports))
        parties = frozenset(actor for line in gold for actor in line["parties"])
        names = sorted({line["conversation"] for line in gold})
        yield Case(signs=signs(one.reports), is_right=len(names) == 1 and known == parties, group=names[0])


def _document(line: Mapping[str, Any]) -> Document:
    return Document(
        id=line["id"],
        source=line["source"],
        url=line["url"] or None,
        title=line["title"] or None,
        text=line["text"],
        language="en",
        published=date.fromisoformat(line["date"]),
    )


def signs(reports: Sequence[Report]) -> dict[str, float]:
    """Give how often each sign holds of a conversation, from the reasons that the product gives."""
    points = sureness().points
    return {one.feature: one.weight * 100 / points[one.feature] for one in reasons(reports)}


def fit(cases: Sequence[Case], names: Sequence[str], given: Mapping[str, float]) -> dict[str, float]:
    """Give the weights of signs by ridge regression of log-odds, those ``given`` held; ``start`` bears no penalty."""
    told, right, offset = _arrays(cases, names, given)
    penalty = np.diag([0.0 if name == "start" else RIDGE for name in names])
    found = np.zeros(len(names))
    for _ in range(50):
        sure = 1 / (1 + np.exp(-(offset + told @ found)))
        slope = told.T @ (right - sure) - penalty @ found
        bend = told.T @ (told * (sure * (1 - sure))[:, None]) + penalty
        found = found + np.linalg.solve(bend, slope)
    return dict(zip(names, found.tolist(), strict=True))


def out_of_fold(cases: Sequence[Case], names: Sequence[str], given: Mapping[str, float]) -> NDArray[np.float64]:
    """Give the probability of each case by weights fitted on the folds it is not in, ``(cases,)``."""
    order = {group: number % FOLDS for number, group in enumerate(sorted({one.group for one in cases}))}
    fold = np.array([order[one.group] for one in cases])
    said = np.zeros(len(cases))
    for number in range(FOLDS):
        kept = [one for one, at in zip(cases, fold, strict=True) if at != number]
        held = [one for one, at in zip(cases, fold, strict=True) if at == number]
        said[fold == number] = probabilities(held, {**given, **fit(kept, names, given)})
    return said


def probabilities(cases: Sequence[Case], table: Mapping[str, float]) -> NDArray[np.float64]:
    """Give the probability of each case by a table of weights, ``(cases,)``."""
    odds = np.array([sum(table[n] * v for n, v in one.signs.items()) for one in cases], dtype=np.float64)
    sure: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return sure


def reliability(name: str, said: NDArray[np.float64], cases: Sequence[Case]) -> str:
    """Give what was said against what was so: the Brier score, the calibration error, and a line a bin."""
    right = np.array([one.is_right for one in cases], dtype=float)
    rows, error = [], 0.0
    for low, high in itertools.pairwise(BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            error += inside.mean() * abs(said[inside].mean() - right[inside].mean())
            rows.append(
                f"  {low:.1f}-{high:.1f}: {inside.sum():4}  {said[inside].mean():.2f}  {right[inside].mean():.2f}"
            )
    share = right.mean()
    head = f"{name}: {len(right)} cases, Brier {((said - right) ** 2).mean():.3f} (constant {share * (1 - share):.3f})"
    return "\n".join((f"{head}, calibration error {error:.3f}; bin, cases, said, so:", *rows))


def _arrays(
    cases: Sequence[Case], names: Sequence[str], given: Mapping[str, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The signs ``(cases, names)``, which cases were right ``(cases,)``, and the log-odds by the weights given."""
    told = np.array([[one.signs.get(name, 0.0) for name in names] for one in cases])
    right = np.array([one.is_right for one in cases], dtype=float)
    offset = np.array([sum(given.get(n, 0.0) * v for n, v in one.signs.items() if n not in names) for one in cases])
    return told, right, offset


def results(folder: Path) -> Iterator[str]:
    """Yield the reliability of both parts, then the fitted weights beside those that ship."""
    claims = list(claim_cases(folder / "contacts_train.jsonl"))
    table = fit(claims, CLAIM_SIGNS, {})
    yield reliability("claims, out of fold", out_of_fold(claims, CLAIM_SIGNS, {}), claims)
    other = list(claim_cases(folder / "contacts_dev.jsonl"))
    yield reliability("claims of the development set", probabilities(other, table), other)
    made = list(conversation_cases(folder / "merge"))
    more = fit(made, MORE, table)
    yield reliability("conversations, out of fold", out_of_fold(made, MORE, table), made)
    shipped = {name: points / 100 for name, points in sureness().points.items()}
    yield reliability("conversations, as shipped", probabilities(made, shipped), made)
    yield "fitted (shipped): " + ", ".join(f"{n} {w:.2f} ({shipped[n]:.2f})" for n, w in {**table, **more}.items())


def main() -> None:
    """Fit both parts and print the weights with their reliability."""
    parser = argparse.ArgumentParser(description="Fit how sure a conversation is.")
    parser.add_argument("gold", type=Path, help="the folder of the gold sets")
    folder: Path = parser.parse_args().gold
    sys.stdout.write("\n".join(results(folder)) + "\n")


if __name__ == "__main__":
    main()
