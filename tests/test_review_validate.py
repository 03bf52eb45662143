"""validate: a sample by stratum, labels that are judgements, precision weighted back with Wilson's interval."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from backchannel.errors import QueryError
from backchannel.records import Judgement
from backchannel.review import Sample, allot, decided, draw, labelled, precision, wilson
from backchannel.review.labelling import decision, fields_of
from backchannel.store import open_store
from review_samples import CLAIMS, claim, desk_place, sit  # noqa: F401  # two are fixtures


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3 (Wilson's score interval without correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_as_published(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right / n, n) == pytest.approx((low, high), abs=5e-5)


def test_a_sample_takes_all_of_what_is_rare_and_no_more_than_there_is() -> None:
    assert allot({"a": 1000, "b": 3}, 100) == {"a": 97, "b": 3}
    assert allot({"a": 50, "b": 50}, 10) == {"a": 5, "b": 5}
    assert allot({"a": 2, "b": 2}, 10) == {"a": 2, "b": 2}
    assert sum(allot({"a": 700, "b": 200, "c": 100}, 99).values()) == 99


def test_the_same_claims_and_seed_give_the_same_sample(desk_place: str) -> None:  # noqa: F811
    with open_store(desk_place) as store:
        claims = list(store.slim_claims())
    one = draw(claims, by="status", n=2, seed=4)
    assert one == draw(claims[::-1], by="status", n=2, seed=4)
    assert one.sizes == {"occurred": 2, "planned": 1}
    assert one.drawn() == {"occurred": 1, "planned": 1}
    assert {draw(claims, by="form", n=1, seed=seed).strata.popitem()[0] for seed in range(20)} == {
        one.id for one in CLAIMS
    }  # type: ignore[attr-defined]
    with pytest.raises(QueryError, match="known: form"):
        draw(claims, by="mood", n=2, seed=4)


def test_precision_is_weighted_back_to_the_strata() -> None:
    strata = {"c_1": "rare", "c_2": "rare", "c_3": "common", "c_4": "common", "c_5": "common", "c_6": "none"}
    sample = Sample(by="form", asked=6, seed=0, sizes={"rare": 10, "common": 80, "none": 10}, strata=strata)
    told = {
        "c_1": {"form": "right"},
        "c_2": {"form": "wrong"},
        "c_3": {"form": "right"},
        "c_4": {"form": "right"},
        "c_5": {"form": "cannot_tell"},
    }
    (found,) = precision(sample, told)
    assert (found.field, found.n, found.right, found.unsure, found.covered) == ("form", 4, 3, 1, 0.9)
    # Weights 10/2 and 80/2: (5 + 80) of 90 right; worth 90² / (2 · 5² + 2 · 40²).
    assert found.share == pytest.approx(85 / 90, abs=1e-4)
    assert found.effective == pytest.approx(8100 / 3250, abs=0.05)
    assert (found.low, found.high) == pytest.approx(wilson(85 / 90, 8100 / 3250), abs=1e-4)


def test_labels_count_for_what_the_claim_says_now() -> None:
    read = CLAIMS[0]
    made = [
        decision(read, "status", "right"),
        decision(read, "form", "wrong", "visit"),
        decision(read, "privacy", "wrong"),
    ]
    made += [decision(read, "channel", "cannot_tell"), decision(read, "claim", "right")]
    judgements = [
        Judgement(id=f"j_{number}", kind=one.kind, target=one.target, field=one.field, value=one.value, by="anna")
        for number, one in enumerate(made)
    ]
    told = {"status": "right", "form": "wrong", "privacy": "wrong", "channel": "cannot_tell", "claim": "right"}
    assert labelled([read], judgements) == {"c_elm": told}
    better = replace(read, form="visit", status="planned")
    assert labelled([better], judgements)["c_elm"] == {**told, "form": "right", "status": "wrong"}
    assert labelled([read], judgements, by="ben") == {}


def test_only_fields_with_a_value_are_labelled() -> None:
    assert fields_of(claim("d_oak")) == ["parties", "form", "status", "privacy", "channel", "source_class"]


def test_a_sitting_takes_labels_and_goes_on_where_it_stopped(sit, desk_place) -> None:  # noqa: F811
    code, out, err = sit("validate", "--n", "3", "--coder", "anna", answers="3\n\nplanned\nq\n")
    assert code == 0
    assert "3 claims of 3 to label" in err
    assert "✗ wrong" in out
    assert "1 of 3 claims labelled, drawn from 3 by form, seed 0" in out
    code, out, err = sit("validate", "--n", "3", "--coder", "anna", "--json", answers="2\n2\n\nr\n")
    assert "2 claims of 3 to label" in err
    design, *rows = [json.loads(row) for row in out.splitlines()]
    assert design["labelled"] == 3
    assert [row["field"] for row in rows][:4] == ["claim", "parties", "form", "status"]
    assert {row["field"]: (row["right"], row["n"], row["unsure"]) for row in rows}["claim"] == (2, 3, 0)
    assert {row["field"]: (row["right"], row["n"], row["unsure"]) for row in rows}["form"] == (1, 1, 1)
    assert "0 claims of 3 to label" in sit("validate", "--n", "3", "--coder", "anna")[2]
    assert "3 claims of 3 to label" in sit("validate", "--n", "3", "--coder", "ben", answers="q\n")[2]
    with open_store(desk_place) as store:
        assert {one.reason for one in decided(store.judgements())} == {"validated"}


def test_going_back_relabels_the_claim_before(sit) -> None:  # noqa: F811
    answers = "r\nb\n1\n\nIRN, USA\nq\n"
    out = sit("validate", "--n", "3", "--coder", "anna", "--json", answers=answers)[1]
    rows = {row["field"]: row for row in map(json.loads, out.splitlines()[1:])}
    assert (rows["claim"]["right"], rows["claim"]["n"]) == (1, 1)
    assert (rows["parties"]["right"], rows["parties"]["n"]) == (0, 1)


def test_nothing_labelled_ends_with_three(sit) -> None:  # noqa: F811
    code, out, err = sit("validate", "--n", "2", "--json", answers="q\n")
    assert (code, out) == (3, "")
    assert "no label yet" in err


def test_labels_come_from_a_file_all_or_none(sit, desk_place, tmp_path: Path) -> None:  # noqa: F811
    sample = tmp_path / "sample.jsonl"
    assert sit("validate", "--n", "3", "--sample", str(sample))[0] == 0
    claims = [json.loads(row) for row in sample.read_text().splitlines()]
    assert {row["claim"]: row["read"]["status"] for row in claims} == {one.id: one.status for one in CLAIMS}
    good = [{"claim": row["claim"], "field": "status", "label": "right"} for row in claims[:2]]
    good.append({"claim": claims[2]["claim"], "field": "status", "label": "wrong", "value": "denied"})
    bad = [
        {"claim": "c_nowhere", "field": "status", "label": "right"},
        {**good[0], "field": "mood"},
        {**good[0], "label": "yes"},
    ]
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, [*good, *bad])))
    code, _, err = sit("validate", "--n", "3", "--labels", str(path))
    assert code == 1
    assert all(f"line {number}: " in err for number in (4, 5, 6))
    with open_store(desk_place) as store:
        assert list(store.judgements(superseded=True)) == []
    path.write_text("\n".join(map(json.dumps, good)))
    out = sit("validate", "--n", "3", "--labels", str(path), "--json")[1]
    assert json.loads(out.splitlines()[1])["share"] == pytest.approx(2 / 3, abs=1e-4)


def test_a_value_that_cannot_be_is_refused_in_a_file(sit, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({"claim": "c_elm", "field": "status", "label": "wrong", "value": "done"}))
    assert "line 1: status 'done' is none of" in sit("validate", "--n", "3", "--labels", str(path))[2]
