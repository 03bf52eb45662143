"""Running text: labels by offsets find their sentence again, and everyday news is read from its cases."""

import json
from pathlib import Path

import pytest

from backchannel.errors import InputError
from backchannel.evaluate.rest import EVERYDAY, LABELS, labelled, nothing_told

TEXT = "It rained in Oslo. Norway handed the paper to Chile. The envoys left."
CLAIM = {
    "trigger": [26, 32],
    "form": "message",
    "parties": [{"actor": "NOR", "role": "initiator", "span": [19, 25]}],
    "issues": [],
    "privacy": "closed",
    "channel": "front",
    "status": "occurred",
    "source_class": "unattributed",
    "source_span": None,
    "when": None,
    "where": None,
    "sure": True,
}


def files(folder: Path, document: str) -> tuple[Path, Path]:
    labels, corpus = folder / "labels.jsonl", folder / "corpus.jsonl"
    line = {"document": document, "start": 19, "end": 52, "stratum": "rest", "claims": [CLAIM]}
    labels.write_text(json.dumps(line), encoding="utf-8")
    told = {"id": "d1", "text": TEXT, "title": "Weather", "date": "2020-05-01", "source": "Wire"}
    corpus.write_text(json.dumps(told), encoding="utf-8")
    return labels, corpus


def test_labels_find_their_sentence_and_its_neighbours(tmp_path: Path) -> None:
    (found,) = labelled(*files(tmp_path, "d1"))
    assert (found.before, found.text, found.after) == (
        "It rained in Oslo.",
        "Norway handed the paper to Chile.",
        "The envoys left.",
    )
    assert [claim.trigger for claim in found.claims] == ["handed"]


def test_labels_of_another_corpus_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'d2' is not in"):
        labelled(*files(tmp_path, "d2"))


def test_everyday_cases_without_contact_are_read_as_documents() -> None:
    read = list(nothing_told(EVERYDAY))
    assert len(read) == 120
    assert all(document.text and document.published for document in read)


def test_labels_hold_no_text() -> None:
    keys = {"document", "start", "end", "stratum", "claims"}
    told = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(told) == 300
    assert all(set(line) == keys for line in told)
    assert all(set(claim) == set(CLAIM) for line in told for claim in line["claims"])
