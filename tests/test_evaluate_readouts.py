"""Alignment is measured against our reading: what a reader may align or not counts for neither side."""

import json
from pathlib import Path

import pytest

from backchannel.errors import InputError
from backchannel.evaluate.readouts import KINDS, LABELS, PARTS, Told, aligned, part
from backchannel.records import Document

A, B, C = (0, 10), (20, 30), (40, 50)


def _told(**more: object) -> Told:
    values = {
        "number": 1,
        "split": "dev",
        "kind": "two readouts",
        "same": ((A, A), (B, B)),
        "maybe": ((C, C),),
        "found": ((A, A), (C, C), (A, B)),
        "near": ((B, B),),
        "alone": ((0, B), (1, C), (1, (60, 70))),
        "documents": ("one", "other"),
    }
    return Told(**{**values, **more})  # type: ignore[arg-type]  # the values of a record made by hand


def test_shares_count_what_was_found_missed_and_shown_as_near() -> None:
    made = part([_told()])
    assert (made.both_precision.hit, made.both_precision.total) == (1, 2)
    assert (made.both_recall.hit, made.both_recall.total) == (1, 2)
    assert (made.near_recall.hit, made.near_recall.total) == (2, 2)
    assert (made.only_precision.hit, made.only_precision.total) == (1, 2)


def test_labels_hold_offsets_and_no_text() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 40
    assert sum(row["split"] == PARTS[1] for row in rows) >= 20
    assert {row["kind"] for row in rows} == set(KINDS)
    known = {"pair", "split", "kind", "parties", "one", "other", "same", "maybe"}
    assert all(set(row) == known for row in rows)
    assert all(set(row[side]) == {"document", "sentences"} for row in rows for side in ("one", "other"))


def test_a_pair_is_aligned_from_its_sentences(tmp_path: Path) -> None:
    texts = {"one": "Rain fell. They discussed the krill quota.", "other": "They agreed on the krill quota. Snow fell."}
    row = {"pair": 7, "split": "dev", "kind": KINDS[0], "parties": ["NOR", "CHL"], "same": [], "maybe": []}
    row |= {"one": {"document": "one", "sentences": [[11, 42]]}, "other": {"document": "other", "sentences": [[0, 31]]}}
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps(row), encoding="utf-8")
    known = {name: Document(id=name, text=text) for name, text in texts.items()}
    (made,) = aligned(labels, known)
    assert [(texts["one"][a:b], texts["other"][c:d]) for (a, b), (c, d) in made.found] == [
        ("the krill quota", "They agreed on the krill quota")
    ]
    with pytest.raises(InputError, match="not in the corpus"):
        list(aligned(labels, {}))
