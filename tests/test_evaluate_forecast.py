"""Forecasts are measured as published tables are: single step and multi-step, filtered by time, ties at their mean."""

import json
from pathlib import Path

import numpy as np
import pytest

from backchannel.errors import InputError, QueryError
from backchannel.evaluate import evaluate_set
from backchannel.evaluate.forecast import FURTHER
from backchannel.evaluate.forecast_ranks import Told, classes
from backchannel.evaluate.sets import Measured
from backchannel.forecast.candidates import Queries
from backchannel.forecast.history import history
from backchannel.forecast.ranking import Scored
from forecast_samples import planted

ASKED = Queries(
    subject=np.array([0, 0, 0]), relation=np.array([0, 0, 0]), object=np.array([1, 2, 3]), time=np.array([5, 5, 6])
)


def _scored(struck: list[list[bool]]) -> Scored:
    return Scored(
        queries=ASKED,
        actor=np.array([[1, 2], [1, 2], [1, 2]]),
        score=np.array([[2.0, 1.0], [2.0, 1.0], [1.0, 1.0]]),
        struck=np.array(struck),
        answer=np.array([0, 1, -1]),
        behind=np.array([1.0, 2.0, 4.5]),
        context=np.ones((3, 3)),
    )


def _told(rank: list[float]) -> Told:
    chance = np.array([[0.8, 0.1], [0.8, 0.1], [0.4, 0.4]])
    return Told(name="linear", scored=_scored([[False, False]] * 3), rank=np.array(rank), chance=chance, seconds=0.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in hours, with two days of validation and one of test."""
    path, stream = tmp_path_factory.mktemp("events"), planted(days=70)
    rows = list(zip(stream.subject, stream.relation, stream.object, stream.time, strict=True))
    for name, begin, end in (("train", 0, 64), ("valid", 64, 68), ("test", 68, 70)):
        lines = [f"{s}\t{r}\t{o}\t{24 * day}\t-1" for s, r, o, day in rows if begin <= day < end]
        (path / f"{name}.txt").write_text("\r\n".join(lines))
    for name, names in (("entity2id", stream.actors), ("relation2id", stream.relations)):
        (path / f"{name}.txt").write_text("".join(f"{one}\t{place}\n" for place, one in enumerate(names)))
    return path


def test_the_last_line_holds_the_models_and_each_query_has_a_line(folder: Path, tmp_path: Path) -> None:
    text, _ = evaluate_set(
        "forecast", folder, json=True, output=tmp_path / "said.jsonl", models=("recurrency", "linear")
    )
    models = json.loads(text.splitlines()[-1])["models"]
    assert set(models) == {"recurrency", "linear", "recurrency multi-step", "linear multi-step"}
    assert {"mrr", "hits1", "hits3", "hits10", "ece", "seconds"} <= set(models["linear"])
    rows = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text().splitlines()]
    events = len((folder / "test.txt").read_text().splitlines())
    assert [row["query"] for row in rows] == list(range(2 * events))
    assert np.mean([1 / row["rank"] for row in rows]) == pytest.approx(models["linear"]["mrr"], abs=1e-4)
    first = (folder / "test.txt").read_text().split()[:4]
    names = [line.split("\t")[0] for line in (folder / "entity2id.txt").read_text().splitlines()]
    assert [(row["actor"], row["answer"], row["asks"], str(row["time"])) for row in rows[:2]] == [
        (names[int(first[0])], names[int(first[2])], "object", first[3]),
        (names[int(first[2])], names[int(first[0])], "subject", first[3]),
    ]
    for row in rows:
        chances = [chance for _, chance in row["top"]]
        assert len(row["top"]) == 10
        assert chances == sorted(chances, reverse=True)
        if row["rank"] == 1:
            assert row["top"][0][0] == row["answer"]


def test_a_further_table_stands_behind_that_of_the_rankers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        FURTHER, "_parts", {"pairs": lambda split, _: Measured(text=f"{len(split.stream)} pairs", data={"n": 3})}
    )
    monkeypatch.setattr("backchannel.evaluate.forecast.has_boosting", bool)
    text, found = evaluate_set("forecast", folder)
    assert text.splitlines()[-1].endswith("pairs")
    assert max(len(line) for line in text.splitlines()) <= 80
    assert found["pairs"] == {"n": 3}
    assert "boosted" not in found["models"]


def test_an_unknown_model_is_named(folder: Path) -> None:
    with pytest.raises(QueryError, match="no model named neural; known: recurrency, linear, boosted"):
        evaluate_set("forecast", folder, models=("neural",))


def test_a_file_is_no_folder_of_events(folder: Path) -> None:
    with pytest.raises(InputError, match=r"expected a folder with train\.txt"):
        evaluate_set("forecast", folder / "test.txt")


def test_ranks_leave_out_what_the_filter_strikes() -> None:
    assert _scored([[False, False]] * 3).ranks().tolist() == [1.0, 2.0, 4.5]
    assert _scored([[False, False], [True, False], [False, False]]).ranks().tolist() == [1.0, 1.0, 4.5]


def test_figures_are_those_of_the_ranks() -> None:
    told = _told([1.0, 2.0, 4.0])
    assert told.mrr == pytest.approx((1 + 0.5 + 0.25) / 3)
    assert [told.hits(1), told.hits(3)] == pytest.approx([1 / 3, 2 / 3])
    assert told.ece == pytest.approx((abs(0.8 - 1) + abs(0.8 - 0) + abs(0.4 - 0)) / 3)


def test_intervals_draw_whole_days() -> None:
    low, high = _told([1.0, 1.0, 4.0]).interval()
    assert (low, high) == (0.25, 1.0)


def test_queries_are_classed_by_what_was_seen_before_their_day() -> None:
    stream = planted(days=30)
    past = history(stream, learn_before=0)
    names = ("Northland", "Southland", "Citizen (Westland)", "Eastland")
    north, south, citizen, _ = (stream.actor(name) for name in names)
    call, visit = (stream.relation_named(name) for name in ("CONSULT/call", "CONSULT/visit"))
    rows = [(north, call, south, 10), (north, visit, south, 29), (north, call, citizen, 29), (north, call, south, 0)]
    one, what, other, day = (np.array(column) for column in zip(*rows, strict=True))
    asked = Queries(subject=one, relation=what, object=other, time=day)
    assert classes(past, asked).tolist() == ["seen", "pair", "never", "new"]
