"""The bundled dispatches come out as the conversations that ``expected.jsonl`` lists: most are there, few are mixed up."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import resources
from typing import Any

import pytest

from backchannel.conversations.reports import span
from backchannel.evaluate import b_cubed
from backchannel.pipeline import ingest, merge_store
from backchannel.records import UNKNOWN, Claim, Conversation, When
from backchannel.sources import Options
from backchannel.store import open_store

DATA = resources.files("backchannel").joinpath("data", "demo")
NOT_MET = ("refused", "cancelled", "denied", "postponed")


def expected() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DATA.joinpath("expected.jsonl").read_text(encoding="utf-8").splitlines()]


def days(told: str | None) -> tuple[int, int] | None:
    """Give the first and last day of a time of the list, as ordinals."""
    if told is None:
        return None
    start, _, end = told.partition("/")
    first, last = span(When(start=start, end=end or start, precision="day"))
    return first.toordinal(), last.toordinal()


def overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def likeness(claim: Claim, line: dict[str, Any]) -> float | None:
    """Give how well a claim fits a listed conversation, ``None`` when it cannot tell of it."""
    ours = {p.actor for p in claim.parties} - {UNKNOWN}
    wanted = set(line["parties"]) - {UNKNOWN}
    if claim.document not in line["documents"] or len(ours & wanted) < min(2, len(wanted)):
        return None
    told = claim.when if not any(e.by.startswith("date:") for e in claim.evidence.get("when", ())) else None
    mine = tuple(day.toordinal() for day in span(told)) if told is not None else None
    listed = days(line["when"])
    if not overlap(mine, listed):  # type: ignore[arg-type]  # a tuple of two
        return None
    if (claim.status in NOT_MET) != (line["status"] in NOT_MET) and claim.status != "denied":
        return None
    fits = len(ours & wanted) / len(ours | wanted)
    return 2 * fits + 2 * (mine is not None and listed is not None) + 0.5 * (claim.form == line["form"])


def labels(claims: Sequence[Claim], lines: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Give, by claim id, the listed conversation that a claim plainly tells of; claims that fit two are left out."""
    found = {}
    for claim in claims:
        scored = [(s, line["conversation"]) for line in lines if (s := likeness(claim, line)) is not None]
        scored.sort(reverse=True)
        if scored and (len(scored) == 1 or scored[0][0] - scored[1][0] >= 0.5):
            found[claim.id] = scored[0][1]
    return found


def measure(claims: Sequence[Claim], made: Sequence[Conversation]) -> dict[str, Any]:
    """Give how many listed conversations are told, how well their claims are grouped, and which are mixed up."""
    lines = expected()
    wanted = labels(claims, lines)
    given = {claim: one.id for one in made for claim in one.claims}
    mixed = {one.id: names for one in made if len(names := {wanted[c] for c in one.claims if c in wanted}) > 1}
    torn: defaultdict[str, set[str]] = defaultdict(set)
    for claim, name in wanted.items():
        torn[name].add(given[claim])
    precision, recall, f1 = b_cubed({c: given[c] for c in wanted}, wanted)
    return {
        "listed": len(lines),
        "told": len(set(wanted.values())),
        "claims": len(wanted),
        "conversations": len(made),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "mixed": mixed,
        "torn": {name: parts for name, parts in torn.items() if len(parts) > 1},
    }


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give the figures of the bundled dispatches, read and merged anew."""
    options = Options(today=date(2026, 1, 1), now=datetime(2026, 1, 1, tzinfo=UTC))
    with (
        open_store(str(tmp_path_factory.mktemp("demo") / "demo.db")) as store,
        resources.as_file(DATA.joinpath("dispatches.jsonl")) as file,
    ):
        ingest([str(file)], store, options)
        merge_store(store)
        return measure(list(store.claims(kind="contact")), list(store.conversations()))


@pytest.mark.slow
def test_most_listed_conversations_are_told(found: dict[str, Any]):
    assert found["told"] >= 115


@pytest.mark.slow
def test_claims_of_one_listed_conversation_are_together(found: dict[str, Any]):
    assert found["recall"] >= 0.70


@pytest.mark.slow
def test_few_listed_conversations_are_mixed_up(found: dict[str, Any]):
    assert found["precision"] >= 0.94
    assert len(found["mixed"]) <= 14


@pytest.mark.slow
def test_two_persons_of_one_surname_are_not_one_conversation(found: dict[str, Any]):
    assert not any({"qin-burns-2023-05-08", "burns-china-2023-05"} <= names for names in found["mixed"].values())


@pytest.mark.slow
def test_refused_meeting_and_the_handshake_are_two(found: dict[str, Any]):
    assert not any({"austin-li-2023-06", "austin-li-handshake-2023-06-02"} <= n for n in found["mixed"].values())
