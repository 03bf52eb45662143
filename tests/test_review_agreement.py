"""Double coding: sheets without the reading, codes in one shape, Krippendorff's alpha as published."""

import json
import sys
from pathlib import Path

import pytest

from backchannel.errors import ModelError, VocabularyError
from backchannel.records import Judgement
from backchannel.review import agreement, differences
from backchannel.review.sheets import coded, said
from review_samples import desk_place, sit  # noqa: F401  # two are fixtures

# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, example C: 4 observers, 12 units, values 1 to 5.
PUBLISHED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def test_alpha_is_as_published() -> None:
    pytest.importorskip("nltk", reason="the extra review is not installed")
    alpha = sys.modules["backchannel.review.agreement"]._alpha()  # of any number of coders; agreement takes two
    units = [
        [(str(coder), str(row[unit])) for coder, row in enumerate(PUBLISHED) if row[unit] is not None]
        for unit in range(12)
    ]
    assert alpha(units, "form") == pytest.approx(0.743, abs=5e-4)


def test_agreement_tells_items_share_alpha_and_interval() -> None:
    pytest.importorskip("nltk", reason="the extra review is not installed")
    # Example A of the same paper: two observers, ten units, binary; alpha = .095.
    one = dict(zip("abcdefghij", "0100000010", strict=True))
    other = dict(zip("abcdefghij", "1110010000", strict=True))
    (found,) = agreement(
        {(item, "form"): code for item, code in one.items()}, {(item, "form"): code for item, code in other.items()}
    )
    assert (found.field, found.items, found.equal) == ("form", 10, 0.6)
    assert found.alpha == pytest.approx(0.095, abs=5e-4)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.alpha < found.high


def test_lists_agree_in_part() -> None:
    pytest.importorskip("nltk", reason="the extra review is not installed")
    one = {("a", "issues"): "ai, trade", ("b", "issues"): "climate", ("c", "issues"): "none"}
    near = {**one, ("a", "issues"): "trade"}
    far = {**one, ("a", "issues"): "climate"}
    (close,), (apart,) = agreement(one, near, rounds=5), agreement(one, far, rounds=5)
    assert close.alpha is not None
    assert apart.alpha is not None
    assert apart.alpha < close.alpha < 1


def test_alpha_is_not_defined_where_all_codes_are_one() -> None:
    pytest.importorskip("nltk", reason="the extra review is not installed")
    codes = {(item, "form"): "call" for item in "abc"}
    (found,) = agreement(codes, codes)
    assert (found.equal, found.alpha, found.low) == (1.0, None, None)


def test_without_nltk_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nltk.metrics.agreement", None)
    with pytest.raises(ModelError, match=r"pip install 'backchannel\[review\]'"):
        agreement({}, {})


def test_differences_are_told_by_item() -> None:
    one = {("a", "form"): "call", ("a", "claim"): "yes", ("b", "form"): "visit", ("c", "form"): "visit"}
    other = {("a", "form"): "meeting", ("a", "claim"): "yes", ("b", "form"): "visit"}
    assert [(x.item, x.field, x.one, x.other) for x in differences(one, other)] == [("a", "form", "call", "meeting")]


def test_a_sheet_holds_the_text_and_nothing_of_the_reading(sit, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "sheet.jsonl"
    assert sit("review", "sheet", "2", "--seed", "5", "--to", str(path))[0] == 0
    rows = [json.loads(row) for row in path.read_text().splitlines()]
    assert len(rows) == 2
    assert all(set(row["codes"].values()) == {None} for row in rows)
    assert {key for row in rows for key in row} == {"item", "claims", "texts", "codes"}
    assert "post" in rows[0]["texts"][0]["source"]
    again = tmp_path / "again.jsonl"
    sit("review", "sheet", "2", "--seed", "5", "--to", str(again))
    assert again.read_bytes() == path.read_bytes()


def test_codes_come_in_one_shape(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    codes = {"claim": "yes", "parties": "RUS, USA", "issues": ["trade", "ai"], "when": "none", "form": None}
    path.write_text(json.dumps({"item": "c_elm", "claims": ["c_elm"], "codes": codes}))
    assert coded(path) == {
        ("c_elm", "claim"): "yes",
        ("c_elm", "parties"): "RUS, USA",
        ("c_elm", "issues"): "ai, trade",
        ("c_elm", "when"): "none",
    }


def test_codes_that_cannot_be_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    rows = [
        {"item": "a", "claims": ["a"], "codes": {"form": "dance"}},
        {"item": "b", "claims": ["b"], "codes": {"claim": "maybe"}},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(VocabularyError) as told:
        coded(path)
    assert [fault.partition(":")[0] for fault in told.value.faults] == ["line 1", "line 2"]


def test_judgements_of_a_person_are_codes_too() -> None:
    made = [
        Judgement(id="j_1", kind="same", target="c_2", other="c_1", by="anna"),
        Judgement(id="j_2", kind="reject", target="c_1", by="anna"),
        Judgement(id="j_3", kind="correct", target="c_2", field="issues", value=["trade", "ai"], by="anna"),
        Judgement(id="j_4", kind="reject", target="c_2", by="ben"),
    ]
    assert said(made, "anna") == {
        ("c_1+c_2", "same"): "same",
        ("c_1", "claim"): "no",
        ("c_2", "issues"): "ai, trade",
    }


def test_two_coders_are_compared_and_settled_at_the_desk(sit, tmp_path: Path) -> None:  # noqa: F811
    pytest.importorskip("nltk", reason="the extra review is not installed")
    blank, differ = tmp_path / "sheet.jsonl", tmp_path / "differ.jsonl"
    sit("review", "sheet", "3", "--to", str(blank))
    rows = [json.loads(row) for row in blank.read_text().splitlines()]
    for name, forms in (("anna", ("call", "visit", "visit")), ("ben", ("call", "meeting", "visit"))):
        filled = [{**row, "codes": {**row["codes"], "form": form}} for row, form in zip(rows, forms, strict=True)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, filled)))
    both = [str(tmp_path / "anna.jsonl"), str(tmp_path / "ben.jsonl")]
    code, out, _ = sit("review", "agreement", *both, "--differ", str(differ))
    assert code == 0
    assert "form       3    67%" in out
    assert json.loads(differ.read_text())["differ"] == {"form": ["visit", "meeting"]}
    told = sit("review", "--sheet", str(differ), answers="c form visit\ns\n")
    assert "2 decisions written" in told[2]


def test_two_people_in_the_store_are_compared(sit) -> None:  # noqa: F811
    pytest.importorskip("nltk", reason="the extra review is not installed")
    for name, keys in (("anna", "\n\n\n"), ("ben", "\n3\n\nplanned\n\n")):
        sit("validate", "--n", "3", "--coder", name, answers=keys)
    code, out, _ = sit("review", "agreement", "--coder", "anna", "--coder", "ben", "--json")
    rows = {row["field"]: row for row in map(json.loads, out.splitlines()) if "items" in row}
    assert code == 0
    assert (rows["status"]["items"], rows["status"]["equal"]) == (3, pytest.approx(2 / 3, abs=1e-4))
    assert rows["form"]["alpha"] is None


@pytest.mark.parametrize("arguments", [[], ["one.jsonl"], ["--coder", "anna"], ["a", "b", "--coder", "anna"]])
def test_agreement_needs_two(sit, arguments: list[str]) -> None:  # noqa: F811
    code, _, err = sit("review", "agreement", *arguments)
    assert code == 1
    assert "give two filled sheets, or --coder twice" in err
