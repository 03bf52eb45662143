"""The measures besides contacts: triage and its curve, merging against the gold, and the tables of the docs."""

from datetime import date
from pathlib import Path

import pytest

from backchannel import triage as triage_room
from backchannel.errors import InputError
from backchannel.evaluate import evaluate_set, gold, merge
from backchannel.evaluate.report import BEGIN, END, kind_of, put
from backchannel.evaluate.triage import curve, passing, share

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
needs_gold = pytest.mark.skipif(not (GOLD / "merge").is_dir(), reason="the gold sets are not on this machine")


def stems(*words: str) -> triage_room.Gate:
    import ahocorasick_rs

    return triage_room.Gate(words, ahocorasick_rs.AhoCorasick(list(words)))


def item(text: str, *, has_contact: bool, stratum: str = "talk", source: str = "") -> gold.Item:
    fields = dict.fromkeys(gold.FIELDS)
    claim = {"trigger": "met", "parties": [], "issues": [], **fields}
    told = {"id": text, "text": text, "stratum": stratum, "source": source, "claims": [claim] if has_contact else []}
    return gold.item(told)


def test_recall_counts_sentences_with_a_contact_and_the_pass_rate_all() -> None:
    chosen = [
        item("They met.", has_contact=True),
        item("He slept.", has_contact=False),
        item("Talks.", has_contact=True),
    ]
    found = passing(chosen, stems("met"))["talk"]
    assert (found.recall.hit, found.recall.total) == (1, 2)
    assert (found.passed.hit, found.passed.total) == (1, 3)


def test_an_interval_lies_in_the_unit_and_holds_its_share() -> None:
    for hit, total in ((0, 7), (7, 7), (3, 7), (0, 0)):
        found = share(hit, total)
        assert 0.0 <= found.low <= found.share <= found.high <= 1.0


def test_the_curve_drops_the_stem_that_lets_through_most_for_nothing_first() -> None:
    steps = curve(stems("met", "sign"), ["they met", "they met again"], ["met", "sign", "sign here", "rain"])
    assert [(step.stem, step.left, step.recall, step.passed) for step in steps] == [
        ("sign", 1, 1.0, 0.25),
        ("met", 0, 0.0, 0.0),
    ]


def test_kinds_of_text_are_told_by_their_source() -> None:
    assert kind_of(item("x", has_contact=False, source="White House / press-briefings")) == "briefings, White House"
    assert kind_of(item("x", has_contact=False, source="a parish bulletin")) == "other"


def test_tables_replace_what_stood_between_the_markers() -> None:
    page = f"# Page\n{BEGIN}\nold\n{END}\nrest\n"
    assert put("new", page) == f"# Page\n{BEGIN}\n\nnew\n\n{END}\nrest\n"
    with pytest.raises(InputError, match="no place for the figures"):
        put("new", "# Page\n")


def test_merging_needs_the_folder_of_the_sets(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the folder"):
        evaluate_set("merge", tmp_path)


def test_a_gold_report_reads_the_plain_day_of_its_words() -> None:
    line = {
        "report_id": "r",
        "doc_id": "d",
        "date": "2023-05-17",
        "start": 0,
        "source": "s",
        "institution": "White House",
        "title": "",
        "text": "Biden called Macron yesterday.",
        "parties": ["USA", "FRA"],
        "form": "call",
        "status": "occurred",
    }
    made = merge.gold_report(line, dates=True)
    assert made.when is not None
    assert made.when.start == date(2023, 5, 16).isoformat()
    assert [party.person for party in made.parties] == ["Joe Biden", "Emmanuel Macron"]
    assert merge.gold_report(line, dates=False).when is None


@needs_gold
def test_plain_rules_score_what_the_sets_say_of_them() -> None:
    found = [(round(one.f1, 3), len(one.merged)) for one in merge.baselines(GOLD)]
    assert found == [(0.989, 3), (0.912, 12), (0.928, 15)]


@needs_gold
def test_merging_keeps_pairs_apart_that_plain_rules_merge() -> None:
    found = merge.merge_reports(GOLD, dates=False)
    assert found.f1 >= 0.92
    assert len(found.merged) <= 5
