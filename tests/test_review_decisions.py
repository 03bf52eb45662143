"""Decisions become judgements that are appended, superseded and taken back, never edited."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.corrections import quotation_key
from backchannel.errors import JudgementError, QueryError
from backchannel.review import Decision, Session, Writer, accepted, decided, parsed
from backchannel.store import Store, open_store
from review_samples import CLAIMS, clock, fill


@pytest.fixture
def full(tmp_path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        fill(opened)
        yield opened


def in_force(store: Store) -> list[tuple[str, str, str | None, object]]:
    return sorted((one.by, one.kind, one.field, one.value) for one in decided(store.judgements(superseded=True)))


SAME = Decision(kind="same", target="c_elm", other="c_oak", reason="one harbour")
APART = Decision(kind="different", target="c_oak", other="c_elm")


def test_a_decision_is_in_the_store_with_who_when_why_and_the_quotation(full: Store) -> None:
    made = Writer(full, by="anna", now=clock()).write(SAME)
    assert list(full.judgements()) == [made]
    assert (made.by, made.at, made.reason) == ("anna", datetime(2024, 1, 1, tzinfo=UTC), "one harbour")
    assert made.quotation == quotation_key(CLAIMS[0].sentence.text)


def test_deciding_anew_supersedes_what_the_same_person_said(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    first = writer.write(SAME)
    assert writer.write(APART).supersedes == first.id
    assert in_force(full) == [("anna", "different", None, None)]


def test_deciding_the_same_again_writes_nothing(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    assert writer.write(SAME) == writer.write(SAME)
    assert len(list(full.judgements(superseded=True))) == 1


def test_another_person_decides_beside(full: Store) -> None:
    now = clock()
    Writer(full, by="anna", now=now).write(SAME)
    assert Writer(full, by="ben", now=now).write(APART).supersedes is None
    assert in_force(full) == [("anna", "same", None, None), ("ben", "different", None, None)]


def test_undo_brings_back_what_held_before(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    writer.write(SAME)
    second = writer.write(APART)
    undo = writer.undo(second.id)
    assert in_force(full) == [("anna", "same", None, None)]
    writer.undo(undo.id)
    assert in_force(full) == [("anna", "different", None, None)]


def test_unsure_withdraws_what_the_same_person_said_and_stays(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    writer.write(SAME)
    writer.write(APART)
    writer.write(Decision(kind="unsure", target="c_elm", other="c_oak"))
    assert in_force(full) == [("anna", "unsure", None, None)]


def test_words_for_a_source_that_the_document_has_not_are_refused(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    with pytest.raises(JudgementError, match="'a harbour pilot' does not stand in the document"):
        writer.write(Decision(kind="correct", target="c_oak", field="source_text", value={"text": "a harbour pilot"}))
    made = writer.write(Decision(kind="correct", target="c_oak", field="source_text", value={"text": "an aide"}))
    assert made.value == {"text": "an aide", "start": 51, "end": 58}


def test_parties_may_be_typed_by_id_or_name() -> None:
    found = parsed("parties", "united states, OMN:mediator, Iran=Ada Reed")
    assert [(one["actor"], one["role"], one["person"]) for one in found] == [
        ("USA", "participant", None),
        ("OMN", "mediator", None),
        ("IRN", "participant", "Ada Reed"),
    ]
    with pytest.raises(JudgementError, match="'USA:' cannot be read; give ids or names with commas"):
        parsed("parties", "USA:, Iran")


def test_acceptance_and_rejection_are_about_the_same(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    writer.write(Decision(kind="reject", target="c_oak"))
    writer.write(accepted(CLAIMS[1]))
    assert in_force(full) == [("anna", "correct", "kind", "contact")]


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (Decision(kind="same", target="c_elm", other="c_elm"), "named twice"),
        (Decision(kind="same", target="c_elm", other="c_nowhere"), "no claim 'c_nowhere'"),
        (Decision(kind="reject", target="c_nowhere"), "no claim 'c_nowhere'"),
    ],
)
def test_what_cannot_be_decided_is_refused(full: Store, decision: Decision, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        Writer(full, by="anna", now=clock()).write(decision)
    assert list(full.judgements(superseded=True)) == []


def test_field_that_a_claim_of_its_kind_has_not_is_refused(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    sides = [{"actor": "USA", "role": "source"}, {"actor": "RUS", "role": "target"}]
    for field, value in (("event", "ACCUSE"), ("parties", sides)):
        with pytest.raises(JudgementError, match="contact"):
            writer.write(Decision(kind="correct", target="c_elm", field=field, value=value))
    assert list(full.judgements()) == []


def test_only_what_is_in_force_can_be_undone(full: Store) -> None:
    writer = Writer(full, by="anna", now=clock())
    first = writer.write(SAME)
    later = writer.write(APART)
    with pytest.raises(QueryError, match=later.id):
        writer.undo(first.id)
    with pytest.raises(QueryError, match="review list"):
        writer.undo("j_nowhere")


DECISIONS = st.sampled_from(
    [
        SAME,
        APART,
        Decision(kind="unsure", target="c_elm", other="c_oak"),
        Decision(kind="reject", target="c_oak"),
        Decision(kind="correct", target="c_oak", field="status", value="planned"),
        Decision(kind="correct", target="c_oak", field="status", value="denied"),
    ]
)


@settings(max_examples=15, deadline=None)
@given(before=st.lists(DECISIONS, max_size=4), steps=st.lists(DECISIONS, max_size=6))
def test_going_back_to_the_beginning_leaves_what_was_in_force(before, steps) -> None:
    with TemporaryDirectory() as folder, open_store(Path(folder) / "store.db") as store:
        fill(store)
        writer = Writer(store, by="anna", now=clock())
        for one in before:
            writer.write(one)
        began = in_force(store)
        session = Session(steps, writer)
        while (step := session.current()) is not None:
            session.decide(step)
        while not session.is_fresh():
            session.back()
        assert in_force(store) == began
        assert session.decided() == []
        assert session.place == 0
