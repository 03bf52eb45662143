"""What the user's own words touch is read again from its stored text."""

from pathlib import Path

import pytest

from backchannel import pipeline
from backchannel.store import Store, open_store
from pipeline_samples import NOW, OPTIONS, line, load_cheaply, read_cheaply


@pytest.fixture
def store(tmp_path: Path):
    path = tmp_path / "documents.jsonl"
    texts = [
        "Norland met Sudland at Brookhaven.",
        "The Société Élan spoke.",
        "Nothing of note.",
        "In brookhaven they met.",
    ]
    path.write_text("\n".join(line(number, text=text) for number, text in enumerate(texts)))
    with open_store(tmp_path / "store.db") as opened:
        pipeline.ingest([str(path)], opened, OPTIONS, load=load_cheaply)
        yield opened


def test_documents_with_a_name_of_the_new_rows_are_touched(store: Store) -> None:
    assert pipeline.touched(store, actors=[{"id": "BROOKHAVEN", "name": "Brookhaven"}]) == ["d_000", "d_003"]
    assert pipeline.touched(store, actors=[{"id": "ELAN", "name": "Élan Group", "aliases": ["Societe Elan"]}]) == [
        "d_001"
    ]
    person = {"id": "NOR", "name": "x y", "person": "Ann Note", "surname": "Note|Nota"}
    assert pipeline.touched(store, actors=[person]) == ["d_002"]


def test_documents_with_a_new_cue_are_touched(store: Store) -> None:
    assert pipeline.touched(store, cues=[{"aspect": "contact", "value": "meeting", "cue": "spok*"}]) == ["d_001"]
    assert pipeline.touched(store) == []


def _read_anew(document):
    return [] if "brookhaven" in document.text else read_cheaply(document)


def _load_anew():
    return _read_anew


def test_only_what_was_named_is_read_again(store: Store) -> None:
    summary = pipeline.reread(store, ["d_003", "d_000"], now=NOW, load=_load_anew)
    assert (summary.documents, summary.read) == (2, 2)
    assert summary.claims == 1


def test_what_was_marked_unread_is_read_at_the_next_occasion(store: Store) -> None:
    digest = store.digest()
    store.mark_unread(["d_000"])
    assert pipeline.reread(store, now=NOW, load=load_cheaply).read == 1
    assert store.digest() == digest
    assert pipeline.reread(store, now=NOW, load=load_cheaply).documents == 0


def test_the_users_own_actors_are_read() -> None:
    rows = [{"id": "BROOKHAVEN", "name": "Brookhaven League"}]
    from backchannel.records import Document

    document = Document(id="d", text="Envoys of France met the Brookhaven League in Geneva.", language="en")
    claims = pipeline.load_reading(actors=rows)(document)
    assert [sorted(p.actor for p in c.parties) for c in claims] == [["BROOKHAVEN", "FRA"]]
