"""The state of documents in the store: set anew by every merge, and by users who retract."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backchannel import families, pipeline
from backchannel.analysis import revisions
from backchannel.errors import QueryError
from backchannel.pipeline import states
from backchannel.records import Cause, Document
from backchannel.store import Store, open_store
from judged_samples import fill

AT = datetime(2024, 3, 1, tzinfo=UTC)
STORY = (
    "Envoys of Norland and Sudland met for three hours in a hotel by the harbour and spoke about the grain route, two "
    "officials said. They parted without a statement, and aides kept the press away from the doors until they had left."
)
FIRST = Document(id="a", source="Oak Post", url="https://oakpost.example/talks", text=STORY, published=date(2024, 2, 1))
SECOND = replace(FIRST, id="b", text=STORY + " A third official doubted it.", published=date(2024, 2, 2))
COPY = replace(FIRST, id="c", source="Elm Gazette", url="https://elm.example/9", published=date(2024, 2, 2))


@pytest.fixture
def store(tmp_path: Path):
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def _put(store: Store, *documents: Document) -> None:
    batch = [(states.noted(one), (), families.signature(one.text)) for one in documents]
    store.put_documents(batch, reader=pipeline.READER)


def _states(store: Store) -> dict[str, str]:
    return {one.id: one.state for one in store.heads()}


def test_any_order_of_reading_and_merging_gives_the_same_states(tmp_path: Path) -> None:
    for number, order in enumerate(itertools.permutations([FIRST, SECOND, COPY])):
        with open_store(tmp_path / f"{number}.db") as store:
            for one in order:
                _put(store, one)
                pipeline.merge_store(store)
            assert _states(store) == {"a": "updated", "b": "current", "c": "current"}


def test_document_kept_without_a_signature_has_editions_too(store: Store) -> None:
    store.put_documents([(one, (), None) for one in (FIRST, SECOND)], reader=pipeline.READER)
    assert states.restate(store) == ["a"]
    assert states.restate(store) == []


def test_notice_in_the_text_is_kept_and_withdraws_the_page(store: Store) -> None:
    gone = replace(SECOND, text=f"This article has been withdrawn.\n\n{STORY}")
    _put(store, FIRST, gone)
    pipeline.merge_store(store)
    assert _states(store) == {"a": "retracted", "b": "retracted"}
    kept = store.document("b")
    assert kept is not None
    assert kept.meta["notice"] == {"kind": "retracted", "title": None}
    assert states.noted(replace(kept, text=STORY)).meta == {}


def test_retraction_of_the_original_reaches_its_copies_and_is_undone(store: Store) -> None:
    _put(store, replace(FIRST, url=None), COPY)
    pipeline.merge_store(store)
    before = store.digest()
    assert states.retract(store, "a", reason="invented", by="ada", at=AT) == ["a", "c"]
    assert _states(store) == {"a": "retracted", "c": "retracted"}
    assert states.retract(store, "a", reason="twice", by="ada", at=AT) == []
    pipeline.merge_store(store)
    assert _states(store) == {"a": "retracted", "c": "retracted"}
    assert states.restore(store, "a", reason=None, by="ada", at=AT) == ["a", "c"]
    assert set(_states(store).values()) == {"current"}
    (first, second) = store.judgements(superseded=True)
    assert (first.kind, first.value, first.reason, second.kind, second.supersedes) == (
        "reject",
        "retracted",
        "invented",
        "unsure",
        first.id,
    )
    assert before != store.digest()


def test_a_retraction_is_in_force_and_the_cause_of_what_it_flags(store: Store) -> None:
    fill(store, range(2))
    pipeline.merge_store(store)
    states.retract(store, "d_01", reason="invented", by="ada", at=AT)
    summary = pipeline.merge_store(store)
    (made,) = store.judgements()
    assert (summary.judgements, summary.stale) == (1, 0)
    assert [one.causes for one in store.history.changes(kind="changed")] == [
        (Cause(kind="judgements", what=(made.id,)),)
    ]


def test_retraction_after_an_undo_holds_again(store: Store) -> None:
    _put(store, FIRST)
    states.retract(store, "a", reason="invented", by="ada", at=AT)
    states.restore(store, "a", reason="checked", by="ada", at=AT)
    assert states.retract(store, "a", reason="invented after all", by="ada", at=AT) == ["a"]


def test_retraction_is_in_force_and_no_stale_judgement(store: Store) -> None:
    _put(store, FIRST)
    states.retract(store, "a", reason="invented", by="ada", at=AT)
    merged = pipeline.merge_store(store)
    assert (merged.judgements, merged.stale) == (1, 0)
    assert [one.state for one in revisions.judged(store)] == ["in force"]


def test_what_is_not_there_or_not_retracted_is_said(store: Store) -> None:
    _put(store, FIRST)
    with pytest.raises(QueryError, match="no document with the id 'x'"):
        states.retract(store, "x", reason="r", by="ada", at=AT)
    with pytest.raises(QueryError, match="nothing to undo"):
        states.restore(store, "a", reason=None, by="ada", at=AT)
