"""Merging the store: families, conversations, their ids, and the order of reading."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from backchannel import pipeline
from backchannel.records import Judgement
from backchannel.store import Store, open_store
from verify_samples import document, read

WIRE = "PORT ELM (Reuters) - Sullivan met Wang Yi in Vienna on May 10, officials said. Eight hours went by before anybody left."


def _documents():
    first = document(0)
    wire = document(0, id="w_1", source="Elm Gazette", text=WIRE)
    copy = document(0, id="w_2", source="Harbour Post", text=WIRE, published=date(2023, 5, 13))
    return [first, wire, copy, document(2), document(8)]


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def _put(store: Store, documents) -> None:
    store.put_documents([(d, read(d), None) for d in documents], reader=pipeline.READER)


def test_copies_are_one_family_and_their_claims_one_origin(store: Store) -> None:
    _put(store, _documents())
    summary = pipeline.merge_store(store)
    assert summary.families == 1
    assert {claim.family for claim in store.slim_claims() if claim.document in ("w_1", "w_2")} == {"w_1"}
    talks = next(c for c in store.conversations() if {p.actor for p in c.parties} == {"USA", "CHN"})
    assert talks.documents == 3
    assert talks.independent == 2
    assert (summary.conversations, summary.joined) == (3, 1)


def test_merging_again_changes_nothing_not_even_ids(store: Store) -> None:
    _put(store, _documents())
    pipeline.merge_store(store)
    before = list(store.conversations(order="id"))
    pipeline.merge_store(store)
    assert list(store.conversations(order="id")) == before


def test_documents_that_come_later_give_the_same_as_all_at_once(tmp_path: Path) -> None:
    digests = []
    for name, rounds in (("all", [_documents()]), ("one by one", [[d] for d in reversed(_documents())])):
        with open_store(tmp_path / f"{name}.db") as store:
            for documents in rounds:
                _put(store, documents)
                pipeline.merge_store(store)
            digests.append(store.digest())
    assert digests[0] == digests[1]


def test_an_id_lasts_when_a_report_joins(store: Store) -> None:
    _put(store, _documents()[:1])
    pipeline.merge_store(store)
    first = next(iter(store.conversations())).id
    _put(store, _documents())
    pipeline.merge_store(store)
    assert store.conversation(first) is not None
    assert first in {c.id for c in store.conversations() if c.documents == 3}


def test_a_judgement_keeps_two_claims_apart(store: Store) -> None:
    _put(store, _documents()[:2])
    one, other = sorted(claim.id for claim in store.claims() if claim.document in ("v_00", "w_1"))[:2]
    store.put_judgement(Judgement(id="j_1", kind="different", target=one, other=other))
    pipeline.merge_store(store)
    assert not [c for c in store.conversations() if {one, other} <= set(c.claims)]


def test_acts_are_in_no_conversation(store: Store) -> None:
    first = document(0)
    acts = [replace(claim, kind="act") for claim in read(first)]
    store.put_documents([(first, acts, None)], reader=pipeline.READER)
    assert pipeline.merge_store(store).claims == 0
    assert list(store.conversations()) == []
