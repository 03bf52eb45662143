"""Merging measured on the gold reports: B-cubed and the pairs that must stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from backchannel.evaluate import b_cubed, merge_reports
from backchannel.evaluate.merge import gold_report
from backchannel.evaluate.merge_text import DOCUMENTS, assigned, gold_origin, merge_text
from backchannel.records import Claim, Party, Span, When

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
HERE = pytest.mark.skipif(not (GOLD / "merge").is_dir(), reason="the gold sets are not on this machine")


@HERE
@pytest.mark.parametrize(("dates", "floor", "pairs"), [(False, 0.92, 4), (True, 0.96, 1)])
def test_merging_holds_its_measured_floor(dates: bool, floor: float, pairs: int):
    found = merge_reports(GOLD, dates=dates)
    assert found.f1 >= floor
    assert len(found.merged) <= pairs


@pytest.mark.slow
@pytest.mark.skipif(not (GOLD / DOCUMENTS).is_file(), reason="the gold sets are not on this machine")
def test_reading_and_merging_hold_their_measured_floor():
    found = merge_text(GOLD)
    assert found.found >= 185
    assert found.rows[0].f1 >= 0.84
    assert found.independent >= 74
    assert len(found.rows[0].merged) <= 4


def test_b_cubed_of_all_apart_is_pure_and_poor():
    assert b_cubed({"a": "1", "b": "2"}, {"a": "x", "b": "x"}) == (1.0, 0.5, 2 / 3)


def claim(name: str, start: int, *actors: str) -> Claim:
    return Claim(
        id=name,
        document="d",
        trigger=Span(start=start, end=start + 3, text="met"),
        parties=tuple(Party(actor=actor) for actor in actors),
    )


def test_report_takes_the_claim_of_most_common_parties_once():
    told = [
        {"report_id": "m1", "doc_id": "d", "start": 0, "end": 50, "parties": ["USA", "CHN"]},
        {"report_id": "m2", "doc_id": "d", "start": 0, "end": 50, "parties": ["USA", "RUS"]},
        {"report_id": "m3", "doc_id": "d", "start": 60, "end": 90, "parties": ["USA", "RUS"]},
    ]
    found = assigned(
        told, [claim("c1", 10, "USA", "RUS"), claim("c2", 20, "USA", "CHN"), claim("c3", 55, "USA", "RUS")]
    )
    assert {name: one.id for name, one in found.items()} == {"m1": "c2", "m2": "c1"}


def test_report_of_several_equal_claims_takes_the_first_told():
    told = [{"report_id": "m1", "doc_id": "d", "start": 0, "end": 90, "parties": ["USA", "RUS"]}]
    found = assigned(told, [claim("c1", 60, "USA", "RUS"), claim("c2", 10, "USA", "RUS")])
    assert found["m1"].id == "c2"


def test_gold_origin_is_the_institution_or_the_first_outlet_of_press():
    press = {"institution": "Wikipedia", "outlets": ["BBC News", "CNN"]}
    assert gold_origin(press) == "BBC News"
    assert gold_origin({"institution": "Kremlin", "outlets": None}) == "Kremlin"


def told(text: str, status: str = "occurred") -> When | None:
    line = {
        "report_id": "m1",
        "doc_id": "d",
        "source": "Elm Gazette",
        "institution": "Elm Gazette",
        "url": "",
        "title": "",
        "date": "2021-03-10",
        "text": text,
        "start": 0,
        "end": len(text),
        "parties": ["RUS", "USA"],
        "form": "meeting",
        "status": status,
        "outlets": None,
    }
    return gold_report(line, dates=True).when


def test_plain_reading_takes_the_day_of_the_contact_alone():
    yesterday = When(start="2021-03-09", end="2021-03-09", precision="day")
    assert told("The envoys spoke yesterday and will tell their parliaments today.") == yesterday
    assert told("The envoys will meet tomorrow.", "planned") == When(
        start="2021-03-11", end="2021-03-11", precision="day"
    )
    assert told("It was their first talk since 2 February.") is None
