"""Judgements in a store: what they correct is seen everywhere, and they last when documents are read anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from backchannel import pipeline, verify
from backchannel.analysis import cards, questions
from backchannel.analysis.revisions import judged, log
from backchannel.conversations import judge, undo
from backchannel.errors import JudgementError
from backchannel.records import Judgement, Span
from backchannel.store import Store, open_store
from judged_samples import WORDS, claim, document, fill, later, rows
from verify_samples import kit, pages, read

READ_AGAIN = "reader 99"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path):
    with open_store(path) as opened:
        fill(opened, range(6))
        yield opened


def decide(store: Store, kind: str, target: str, minute: int = 1, **more) -> Judgement:
    """Judge, keep it, and merge."""
    made = judge(
        store, Judgement(**{"id": "", "kind": kind, "target": target, "by": "ana", "at": later(minute), **more})
    )
    store.put_judgement(made)
    pipeline.merge_store(store, now=later(minute))
    return made


def of(store: Store, claim_id: str):
    return next((one for one in store.conversations() if claim_id in one.claims), None)


def test_a_correction_is_seen_wherever_claims_are_read(store: Store):
    made = decide(store, "correct", "c_01", field="status", value="denied")
    got = next(iter(store.claims(ids=["c_01"])))
    assert got.status == "denied"
    assert got.evidence["status"][0].by == f"judgement:{made.id}"
    assert next(iter(store.claims(document="d_01", as_read=True))) == claim(1)
    assert {one.status for one in store.slim_claims() if one.id == "c_01"} == {"denied"}
    assert of(store, "c_01").denials == ("c_01",)
    card = cards.card(of(store, "c_01"), *questions.reports([of(store, "c_01")], store))
    assert ("status", "denied", f"judgement:{made.id}") in [
        (b.field, b.value, b.by) for r in card.reports for b in r.bases
    ]


def test_claims_are_found_by_their_corrected_day(store: Store):
    decide(store, "correct", "c_01", field="when", value="1999-05")
    decide(store, "correct", "c_02", minute=2, field="when", value=None)
    assert [one.id for one in store.claims(until="1999")] == ["c_01"]
    assert [one.id for one in store.claims(until="1999", as_read=True)] == []
    published = document(2).published
    assert "c_02" in [one.id for one in store.claims(since=published, until=published)]
    assert "c_01" not in [one.id for one in store.claims(since="2021")]


def test_a_corrected_party_parts_a_claim_from_its_conversation_and_undo_brings_it_back(store: Store, path: Path):
    before = rows(path)
    made = decide(store, "correct", "c_00", field="parties", value=[{"actor": "NOR"}, {"actor": "SWE"}])
    assert {party.actor for party in of(store, "c_00").parties} == {"NOR", "SWE"}
    store.put_judgement(undo(store, made.id, by="ana", at=later(2)))
    pipeline.merge_store(store)
    assert rows(path) == before


def test_a_rejected_claim_is_in_no_conversation(store: Store):
    decide(store, "reject", "c_01")
    assert of(store, "c_01") is None
    assert [one.id for one in store.claims(ids=["c_01"])] == ["c_01"]


def reread(store: Store, number: int, *claims, text: str = WORDS) -> None:
    """Have a document read by another version of the reader."""
    store.put_document(document(number, text=text), list(claims), reader=READ_AGAIN)
    pipeline.merge_store(store, now=later(30))


def test_judgements_survive_a_reader_that_reads_other_values(store: Store):
    decide(store, "correct", "c_01", field="status", value="denied")
    decide(store, "reject", "c_02", minute=2)
    reread(store, 1, claim(1, form="call", version="99"))
    reread(store, 2, claim(2, form="call", version="99"))
    got = next(iter(store.claims(ids=["c_01"])))
    assert (got.status, got.form) == ("denied", "call")
    assert of(store, "c_02") is None
    assert store.decisions().stale == ()


def test_a_judgement_follows_its_sentence_to_a_claim_of_another_id(store: Store):
    made = decide(store, "correct", "c_01", field="status", value="denied")
    pair = decide(store, "same", "c_02", minute=2, other="c_01")
    put_in_place(store, 1, claim(1, id="c_new"))
    assert [one.id for one in store.claims(document="d_01")] == ["c_new"]
    assert next(iter(store.claims(ids=["c_new"]))).status == "denied"
    assert {(one.id, one.target, one.other) for one in store.decisions().judgements} == {
        (made.id, "c_new", None),
        (pair.id, "c_02", "c_new"),
    }
    assert "c_02" in of(store, "c_new").claims


def put_in_place(store: Store, number: int, new) -> None:
    """Have a document lose its claim and then get one with an id of its own, as no pairing would do."""
    store.put_document(document(number), [], reader="reader 98")
    reread(store, number, new)


def test_a_judgement_whose_claim_is_gone_is_listed_as_stale_and_comes_back_with_it(store: Store):
    made = decide(store, "correct", "c_01", field="status", value="denied")
    reread(store, 1)
    assert [one.id for one in store.decisions().stale] == [made.id]
    assert pipeline.merge_store(store).stale == 1
    assert [(one.judgement.id, one.state) for one in judged(store)] == [(made.id, "stale")]
    reread(store, 1, claim(1))
    assert next(iter(store.claims(ids=["c_01"]))).status == "denied"
    assert pipeline.merge_store(store).stale == 0


def test_a_judgement_on_a_sentence_that_reads_otherwise_now_is_stale(store: Store):
    made = decide(store, "correct", "c_01", field="status", value="denied")
    text = WORDS.replace("two", "four")
    moved = replace(claim(1), sentence=Span(start=0, end=len(text), text=text), trigger=None)
    start = text.index("met")
    reread(store, 1, replace(moved, trigger=Span(start=start, end=start + 3, text="met")), text=text)
    assert next(iter(store.claims(ids=["c_01"]))).status == "occurred"
    assert [one.id for one in store.decisions().stale] == [made.id]


def test_a_newer_judgement_holds_and_the_older_is_named(store: Store):
    decide(store, "same", "c_00", other="c_01")
    made = decide(store, "different", "c_00", minute=2, other="c_01")
    assert of(store, "c_00").id != of(store, "c_01").id
    assert pipeline.merge_store(store).skipped == 1
    assert [one.state for one in judged(store)] == ["skipped", "in force"]
    store.put_judgement(undo(store, made.id, by="bo", at=later(3)))
    pipeline.merge_store(store)
    assert of(store, "c_00").id == of(store, "c_01").id
    assert [one.state for one in judged(store)] == ["in force", "undone", "in force"]


def test_reading_again_keeps_ids_and_lists_only_what_changed(store: Store):
    before = {one.id: one.claims for one in store.conversations()}
    for number in range(6):
        store.put_document(document(number), [claim(number)], reader=READ_AGAIN)
    listed = len(list(store.history.changes()))
    pipeline.merge_store(store, now=later(5))
    assert len(list(store.history.changes())) == listed
    reread(store, 1, claim(1, form="call"))
    assert {one.id: one.claims for one in store.conversations()} == before
    last = list(store.history.changes())[listed:]
    assert [(one.conversation, one.kind) for one in last] == [(of(store, "c_01").id, "changed")]
    assert [(one.kind, one.what) for one in last[0].causes] == [("reading", (READ_AGAIN,))]
    assert last[0].at == later(30)


def test_log_tells_who_decided_what_and_why_and_what_came_of_it(store: Store):
    home = of(store, "c_01").id
    decide(store, "correct", "c_01", field="status", value="denied", reason="the ministry said so")
    found = log(store, home)
    assert [(one.by, one.why) for one in found][:2] == [
        ("merge", "new documents: d_01"),
        ("ana", "the ministry said so"),
    ]
    assert "status of c_01 corrected to denied" in found[1].what
    assert "status occurred → denied" in found[2].what
    assert found[2].why == f"judgement {found[1].judgement.id}"
    assert log(store, "k_nowhere") == []


def test_a_judgement_that_does_not_fit_the_store_is_refused(store: Store):
    def refused(told: str, **values) -> None:
        made = Judgement(**{"id": "", "kind": "correct", "target": "c_01", "at": later(1), **values})
        with pytest.raises(JudgementError, match=told):
            judge(store, made)

    refused("no claim 'c_99'", target="c_99")
    refused("needs the field")
    refused("no field of a claim of kind 'contact'.*known: parties", field="event", value="ACCUSE")
    refused("none is source or target", field="parties", value=[{"actor": "USA", "role": "source"}, {"actor": "RUS"}])
    refused("does not stand in the document", field="source_text", value="A herald")
    refused("needs two claims", kind="same")
    refused("not 'c_01' twice", kind="same", other="c_01")
    refused("no judgement 'j_0'", kind="unsure", supersedes="j_0")
    refused("no kind of judgement 'merge'; known: same", kind="merge")
    refused("give at", kind="reject", at=None)
    with pytest.raises(JudgementError, match="'j_0' is not there"):
        undo(store, "j_0", by="ana", at=later(1))


def test_words_for_a_source_get_their_place_in_the_document(store: Store):
    decide(store, "correct", "c_01", field="source_text", value="Envoys")
    assert next(iter(store.claims(ids=["c_01"]))).voice.speaker == Span(start=0, end=6, text="Envoys")


CORRECTIONS = (
    ("status", "hypothetical"),
    ("privacy", "secret"),
    ("form", "visit"),
    ("channel", "backchannel"),
    ("source_class", "document"),
    ("source_text", "Sullivan"),
    ("when", "2023-05"),
    ("where", "Vienna"),
    ("issues", ["semiconductors"]),
    ("parties", [{"actor": "USA", "role": "mediator"}, {"actor": "RUS"}]),
)


@pytest.fixture
def real(tmp_path: Path):
    """Give a store of one document that the reader has read, and the id of its claim."""
    of_one, claims = pages()[0]
    with open_store(tmp_path / "real.db") as opened:
        opened.put_documents([(of_one, claims, None)], reader=pipeline.READER)
        pipeline.merge_store(opened)
        yield opened, claims[0].id


@pytest.mark.parametrize(("field", "value"), CORRECTIONS)
def test_a_corrected_or_rejected_value_has_no_fault(real, field: str, value: object):
    store, target = real
    made = decide(store, "correct", target, field=field, value=value)
    assert list(verify.verify(store, actors=kit().actors, read=read)) == []
    decide(store, "reject", target, minute=2, field=field, supersedes=made.id)
    assert list(verify.verify(store, actors=kit().actors, read=read)) == []


def test_a_value_that_no_judgement_gave_is_a_fault(real):
    store, target = real
    made = decide(store, "correct", target, field="status", value="denied")
    good = next(iter(store.claims(ids=[target])))
    page, known = store.document(good.document), {made.id: made}
    assert list(verify.check(page, [good], actors=kit().actors, judgements=known)) == []
    for broken, judgements in ((good, {}), (replace(good, status="planned"), known)):
        found = list(verify.check(page, [broken], actors=kit().actors, judgements=judgements))
        assert [(one.field, one.rule) for one in found] == [("status", "judgement")]
