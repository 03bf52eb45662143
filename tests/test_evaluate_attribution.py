"""Measuring attribution: brat standoff read, one-to-one pairs, and the command on a folder."""

import json
from pathlib import Path

import pytest

from backchannel.errors import InputError
from backchannel.evaluate import evaluate_set
from backchannel.evaluate.attribution import Told, jaccard, pair, rates, standoff

TEXT = 'Haas said that the envoys had left. "We met twice," Brandt said. "Nobody won."\n'
STANDOFF = """T1\tSource 0 4\tHaas
T2\tCue 5 9\tsaid
T3\tContent 10 34\tthat the envoys had left
T4\tAttribution 5 9\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tContent 36 51;65 78\t"We met twice," "Nobody won."
T6\tSource 52 58\tBrandt
T7\tCue 59 63\tsaid
T8\tAttribution 59 63\tsaid
E2\tAttribution:T8 Source:T6 Cue:T7 Content:T5
"""


def made(content: tuple[int, int], source: tuple[int, int] | None = (0, 4)) -> Told:
    return Told(source=() if source is None else (source,), cue=((5, 9),), content=(content,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, file, text in (
        ("text", "one.txt", TEXT),
        ("attributions", "one_b.ann", "T1\tSource 0 4\tHaas\n"),
        ("attributions", "one_a.ann", STANDOFF),
    ):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / file).write_text(text, encoding="utf-8")
    return tmp_path


def test_standoff_gives_every_piece_of_a_broken_span(folder: Path) -> None:
    first, second = standoff(folder / "attributions" / "one_a.ann", ())
    assert (first.source, first.cue, first.content) == (((0, 4),), ((5, 9),), ((10, 34),))
    assert second.content == ((36, 51), (65, 78))


def test_a_line_that_is_no_standoff_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.ann"
    path.write_text("T1\tSource zero 4\tHaas\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.ann:1"):
        standoff(path, ())


def test_pairs_need_half_of_the_content_and_a_source_that_overlaps() -> None:
    gold = [made((10, 30))]
    assert pair(gold, [made((10, 20))]) == [(0, 0)]
    assert pair(gold, [made((10, 19))]) == []
    assert pair(gold, [made((10, 30), source=(50, 60))]) == []
    assert pair(gold, [made((10, 30), source=None)]) == []
    assert pair([made((10, 30), source=None)], [made((10, 30), source=None)]) == [(0, 0)]


def test_pairs_are_one_to_one_and_the_closest_win() -> None:
    assert pair([made((10, 30))], [made((10, 28)), made((10, 30))]) == [(0, 1)]


def test_jaccard_counts_the_characters_of_all_pieces() -> None:
    assert jaccard([(0, 10), (20, 30)], [(0, 10)]) == 0.5
    assert jaccard([], []) == 0.0


def test_rates_hold_their_interval() -> None:
    found = rates([(10, 10, 8), (10, 5, 2), (4, 4, 4)])
    assert (found.gold, found.read, found.right) == (24, 19, 14)
    assert found.low <= found.f1 <= found.high


def test_the_command_measures_a_folder_and_writes_predictions(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "predictions.jsonl"
    text, data = evaluate_set("attribution", folder, json=True, output=output)
    assert json.loads(text) == data
    assert (data["documents"], data["all"]["gold"], data["all"]["f1"], data["saying"]["f1"]) == (1, 2, 1.0, 1.0)
    first, second = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    assert first == {"document": "one", "source": [0, 4], "cue": [5, 9], "content": [[10, 34]]}
    assert second["content"] == [[36, 51], [65, 78]]


def test_errors_are_listed_before_the_figures(folder: Path) -> None:
    (folder / "text" / "one.txt").write_text(TEXT.replace("said that", "sees that"), encoding="utf-8")
    (folder / "attributions" / "one_a.ann").write_text(STANDOFF.replace("36 51;65 78", "0 9"), encoding="utf-8")
    text, _ = evaluate_set("attribution", folder, errors=5)
    assert text.splitlines()[0].startswith("missed  one: [Brandt] said")


def test_a_folder_without_the_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give the folder of the set"):
        evaluate_set("attribution", tmp_path)
