"""The gate: floors hold, rise with the work, and go down only with a reason; a changed set is refused."""

import json
from pathlib import Path

import pytest

from backchannel.errors import InputError
from backchannel.evaluate import Floors, GateReport, gate, load, run, save, update
from backchannel.evaluate.floors import Fault, FloorSet, Row, bound_for

SENTENCE = {"id": "i1", "stratum": "talk", "prev": "", "text": "Norway met Chile.", "next": ""}
CLAIM = {
    "trigger": "met",
    "parties": [{"actor": "NOR"}],
    "issues": [],
    **dict.fromkeys(("form", "privacy", "channel", "status", "source_class", "when", "where")),
}


def sets(folder: Path) -> Path:
    """Give a gold folder with one set, for the triage, which needs no parser."""
    lines = [SENTENCE | {"claims": [CLAIM]}, SENTENCE | {"id": "i2", "text": "Norway slept.", "claims": [CLAIM]}]
    folder.mkdir(exist_ok=True)
    (folder / "contacts_train.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines))
    return folder


def report(value: float, bound: float | None, figure: str = "detection_f1") -> GateReport:
    return GateReport(rows=(Row(set="s", figure=figure, value=value, bound=bound),), digests={"s": "d"})


def pinned(bound: float, figure: str = "detection_f1") -> Floors:
    return Floors(sets={"s": FloorSet(files=("s.jsonl",), digest="d", floors={figure: bound})})


def test_an_absent_gold_folder_is_skipped_by_name(tmp_path: Path) -> None:
    text, code = run(tmp_path / "none", tmp_path / "floors.json")
    assert (text, code) == (f"gates: skipped, no gold sets at {tmp_path / 'none'}", 0)


def test_first_update_pins_what_is_there_and_then_holds(tmp_path: Path) -> None:
    folder, floors = sets(tmp_path / "gold"), tmp_path / "floors.json"
    _, code = run(folder, floors, should_update=True)
    assert code == 0
    assert list(load(floors).sets) == ["triage"]
    assert load(floors).sets["triage"].floors == {"talk.recall": 0.495, "all.recall": 0.495}
    text, code = run(folder, floors)
    assert code == 0
    assert text.endswith("gates: 2 of 2 figures hold")


def test_a_figure_below_its_floor_fails(tmp_path: Path) -> None:
    folder = sets(tmp_path / "gold")
    floors = tmp_path / "floors.json"
    run(folder, floors, should_update=True)
    low = floors.read_text().replace("0.495", "0.9")
    floors.write_text(low)
    text, code = run(folder, floors)
    assert code == 1
    assert "FAILED" in text


def test_another_set_than_was_pinned_is_reported_and_fails(tmp_path: Path) -> None:
    folder, floors = sets(tmp_path / "gold"), tmp_path / "floors.json"
    run(folder, floors, should_update=True)
    with (folder / "contacts_train.jsonl").open("a") as file:
        file.write(json.dumps(SENTENCE | {"claims": []}) + "\n")
    text, code = run(folder, floors)
    assert code == 1
    assert "triage: another set than was pinned" in text
    before = floors.read_text()
    assert run(folder, floors, should_update=True)[1] == 1
    assert floors.read_text() == before
    assert run(folder, floors, should_update=True, allow_regression="a line was added")[1] == 0
    assert run(folder, floors)[1] == 0


def test_a_pinned_set_that_is_not_there_fails(tmp_path: Path) -> None:
    found = gate(tmp_path, pinned(0.5))
    assert [fault.kind for fault in found.faults] == ["absent"]
    assert found.exit_code == 1


def test_an_update_raises_a_floor_to_just_below_the_value() -> None:
    assert update(report(0.9, 0.5), pinned(0.5)).sets["s"].floors == {"detection_f1": 0.895}


@pytest.mark.parametrize(
    ("figure", "bound", "worse"), [("detection_f1", 0.9, 0.7), ("rare.false_alarm_share", 0.1, 0.3)]
)
def test_an_update_never_loosens_a_bound_without_a_reason(figure: str, bound: float, worse: float) -> None:
    kept = update(report(worse, bound, figure), pinned(bound, figure))
    assert kept.sets["s"].floors == {figure: bound}
    lowered = update(report(worse, bound, figure), pinned(bound, figure), allow_regression="the set was harder")
    assert lowered.sets["s"].floors == {figure: bound_for(figure, worse)}
    assert [(one.before, one.reason) for one in lowered.regressions] == [(bound, "the set was harder")]


def test_a_reason_does_not_loosen_a_bound_that_holds() -> None:
    assert update(report(0.901, 0.9), pinned(0.9), allow_regression="any").sets["s"].floors == {"detection_f1": 0.9}


def test_a_figure_that_is_no_longer_measured_fails() -> None:
    fault = Fault(set="s", kind="unmeasured", message="s core: pinned, but no longer measured")
    assert GateReport(faults=(fault,)).exit_code == 1


def test_a_reason_without_an_update_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--update"):
        run(tmp_path, tmp_path / "floors.json", allow_regression="why not")


def test_broken_floors_are_named(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"sets": {"s": {"files": []}}}')
    with pytest.raises(InputError, match=r"digest"):
        load(tmp_path / "floors.json")


def test_floors_come_back_as_they_were_saved(tmp_path: Path) -> None:
    floors = pinned(0.5)
    save(floors, tmp_path / "floors.json")
    assert load(tmp_path / "floors.json") == floors
