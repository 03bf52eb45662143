"""Measuring merging: the set is found under any split, every figure is right on a small set, what is wrong is shown."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backchannel.cli.app import app
from backchannel.errors import InputError
from backchannel.evaluate import evaluate_set
from backchannel.evaluate.merge import gold_report, merge_gold
from backchannel.evaluate.merge_scores import chained, scores, wrong_pairs
from backchannel.evaluate.merge_set import gold_origin, merge_set
from backchannel.evaluate.merge_text import merge_text
from backchannel.records import Claim, Party, Span

TEXTS = {
    "d1": ("2023-05-02", "White House", "President Biden spoke by phone with President Macron of France today."),
    "d2": ("2023-05-02", "Elysee", "Emmanuel Macron had a telephone conversation with Joe Biden today."),
    "d3": ("2023-05-04", "White House", "President Biden spoke by phone with President Macron of France today."),
}


def line(report: str, document: str, conversation: str, **more: Any) -> dict[str, Any]:
    """Give a line of reports about a whole document."""
    on, source, text = TEXTS[document]
    values = {
        "report_id": report,
        "doc_id": document,
        "source": source,
        "institution": source,
        "date": on,
        "title": "",
        "text": text,
        "start": 0,
        "end": len(text),
        "conversation": conversation,
        "parties": ["USA", "FRA"],
        "when": on,
        "form": "call",
        "status": "occurred",
        "informant": ["USA"],
        "outlets": None,
        "independent_of": None,
    }
    return values | more


REPORTS = [line("m1", "d1", "first"), line("m2", "d2", "first"), line("m3", "d3", "second")]
APART = [{"pair_id": "n1", "reports_a": ["m1", "m2"], "reports_b": ["m3"], "reason": "two days apart"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small set under a split of its own."""
    documents = [
        {"id": one, "source": source, "url": "", "title": "", "date": on, "text": text}
        for one, (on, source, text) in TEXTS.items()
    ]
    for name, rows in (("reports", REPORTS), ("must_not_merge", APART), ("documents", documents)):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (tmp_path / f"{name}_small.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def claim(name: str, document: str, *actors: str) -> Claim:
    text = TEXTS[document][2]
    sentence = Span(start=0, end=len(text), text=text)
    parties = tuple(Party(actor=one) for one in actors)
    return Claim(
        id=name, document=document, sentence=sentence, trigger=Span(start=10, end=14, text="x"), parties=parties
    )


@pytest.mark.parametrize("way", [lambda f: f, lambda f: f.parent, lambda f: f / "reports_small.jsonl"])
def test_set_is_found_by_its_folder_the_one_above_or_its_file(folder: Path, way: Callable[[Path], Path]) -> None:
    place = folder / "merge"
    place.mkdir()
    for file in list(folder.glob("*.jsonl")):
        file.rename(place / file.name)
    found = merge_set(way(place))
    assert [one["report_id"] for one in found.reports] == ["m1", "m2", "m3"]
    assert len(found.read_documents()) == 3


def test_several_sets_or_none_are_refused_with_what_to_give(folder: Path, tmp_path: Path) -> None:
    (folder / "reports_other.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"several sets.*give one of these files"):
        merge_set(folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="give the folder of the merge set"):
        merge_set(tmp_path / "empty")


def test_a_line_without_a_field_is_named(folder: Path) -> None:
    broken = {key: value for key, value in REPORTS[0].items() if key != "parties"}
    (folder / "reports_small.jsonl").write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(InputError, match="line 1 has no parties"):
        merge_set(folder)


def test_the_gold_day_is_never_given_to_merging() -> None:
    moved = line("m1", "d1", "first", when="1999-01-01")
    assert gold_report(moved, dates=True) == gold_report(REPORTS[0], dates=True)


def test_a_grouping_is_scored_with_its_must_not_pairs(folder: Path) -> None:
    found = scores("all in one", {"m1": "x", "m2": "x", "m3": "x"}, merge_set(folder))
    assert (round(found.precision, 3), found.recall) == (0.556, 1.0)
    assert (found.merged, found.pairs) == (("n1",), 1)
    assert found.agreement.pairwise.precision == pytest.approx(1 / 3)


def test_a_report_without_a_claim_stands_alone_and_its_pairs_do_not_count(folder: Path) -> None:
    found = scores("one missing", {"m1": "x", "m2": "x", "m3": None}, merge_set(folder))
    assert (found.f1, found.merged, found.pairs) == (1.0, (), 0)


def test_merging_from_gold_tells_calls_two_days_apart(folder: Path) -> None:
    found = merge_gold(folder)
    assert found.rows[0].f1 == 1.0
    assert [row.name for row in found.rows[1:]] == [
        "same parties, same gold day",
        "same parties, documents 1 day apart",
        "same parties, documents 3 days apart",
    ]
    assert found.rows[3].merged == ("n1",)


def test_merging_from_text_tells_coverage_and_gives_null_without_a_claim(folder: Path) -> None:
    claims = [claim("c1", "d1", "USA", "FRA"), claim("c3", "d3", "USA"), claim("c9", "d3", "CHN", "RUS")]
    found = merge_text(folder, claims)
    assert (found.reports, found.found, found.shared) == (3, 2, 1)
    assert found.given == {"m1": "c1", "m2": None, "m3": "c3"}
    assert found.rows[0].pairs == 1


def test_origins_are_counted_beside_always_one_and_the_sources_of_documents(folder: Path) -> None:
    found = merge_gold(folder)
    assert (found.conversations, found.always_one) == (2, 1)
    assert found.by_outlet == 2
    assert found.independent == 2


def test_a_plain_repeat_adds_no_origin() -> None:
    press = {"institution": "White House", "informant": ["press"], "outlets": ["BBC", "CNN"]}
    assert gold_origin(press) == "BBC"
    assert gold_origin(press | {"informant": ["USA"]}) == "White House"


def test_a_chain_of_near_days_is_one_group_and_a_gap_ends_it() -> None:
    days = [date(2023, 1, 1), date(2023, 1, 2), date(2023, 1, 5)]
    found = chained([(f"m{number}", "same", on) for number, on in enumerate(days)], 1)
    assert found == {"m0": "m0", "m1": "m0", "m2": "m2"}


def test_wrong_pairs_begin_with_those_that_must_not_merge(folder: Path) -> None:
    gold = merge_set(folder)
    merged = list(wrong_pairs(gold, {"m1": "x", "m2": None, "m3": "x"}))
    assert [(one.kind, one.why) for one in merged] == [("must not be merged", "two days apart"), ("split", None)]
    assert list(wrong_pairs(gold, {"m1": "x", "m2": "x", "m3": None})) == []


def test_command_writes_predictions_and_shows_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    arguments = ["evaluate", "merge", "--data", str(folder), "--output", str(out), "--errors", "3"]
    found = CliRunner().invoke(app, arguments)
    assert found.exit_code == 0, found.output
    assert "must-not merged" in found.output
    given = [json.loads(told) for told in out.read_text(encoding="utf-8").splitlines()]
    assert [set(told) for told in given] == [{"report_id", "conversation"}] * 3
    assert given[0]["conversation"] == given[1]["conversation"] != given[2]["conversation"]


def test_json_holds_every_score_of_ours_and_of_the_plain_rules(folder: Path) -> None:
    text, data = evaluate_set("merge", folder, json=True)
    assert json.loads(text) == json.loads(json.dumps(data))
    assert set(data["rows"][0]["agreement"]) == {"pairwise", "muc", "b_cubed", "ceaf_e", "lea", "conll"}
    assert len(data["rows"]) == 5
