"""Documents and claims are kept once, superseded in place, and found again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from backchannel.errors import DocumentError, QueryError
from backchannel.records import Claim, Coverage, Evidence, Party, Span, When, Where
from backchannel.store import text_hash
from store_samples import READER, TEXT, claim, document, pair, place, problem, store

__all__ = ["place", "store"]


def test_document_and_claims_come_back_as_they_were(store):
    full = document(
        1,
        url="https://example.org/a",
        language="en",
        retrieved=datetime(2024, 1, 1, 5, tzinfo=timezone(timedelta(hours=2))),
        licence="CC0-1.0",
        state="updated",
        meta={"b": [1, None], "a": "ü"},
    )
    told = claim(
        1,
        where=Where(text="Vienna", country="AUT", start=21, end=27),
        issues=("taiwan",),
        evidence={"form": (Evidence(start=9, end=12, text="met", by="form:met"),)},
        extensions={"mood": 1},
    )
    store.put_document(full, [told], signature=[1, 2**64 - 1], reader=READER)
    assert store.document("d_001") == full
    assert list(store.claims()) == [told]
    assert list(store.signatures()) == [("d_001", (1, 2**64 - 1))]
    assert store.document("d_404") is None


def test_documents_are_given_by_id_and_can_be_chosen(store):
    store.put_documents([pair(3), pair(1), pair(2)], reader=READER)
    assert [d.id for d in store.documents()] == ["d_001", "d_002", "d_003"]
    assert [d.id for d in store.documents(["d_003", "d_404", "d_001"])] == ["d_001", "d_003"]
    assert [c.id for c in store.claims(ids=["c_002_1", "c_001_0"])] == ["c_001_0", "c_002_1"]
    assert [c.id for c in store.claims(document="d_002")] == ["c_002_0", "c_002_1"]
    assert list(store.claims(ids=[])) == []


def test_reading_twice_changes_nothing(store):
    store.put_documents([pair(1), pair(2)], reader=READER)
    before, rows = store.digest(), store.counts()
    store.put_document(*pair(1)[:2], signature=pair(1)[2], reader=READER)
    store.put_documents([pair(2), pair(1)], reader=READER)
    assert (store.digest(), store.counts()) == (before, rows)
    assert list(store.coverage()) == [Coverage(source="wire", day=date(2023, 5, 12), fetched=2, read=2)]


def test_better_reading_supersedes_and_keeps_the_id(store):
    store.put_document(document(), [claim()], reader=READER)
    better = claim(id="c_new", version="0.2.0", parties=("USA", "CHN", "AUT"))
    store.put_document(document(), [better], reader="reader 0.2.0")
    assert list(store.claims()) == [replace(better, id="c_001_0")]
    assert store.claim_history("c_001_0") == [claim(), replace(better, id="c_001_0")]
    assert store.claim_history("c_new") == []


def test_claim_not_found_again_is_withdrawn_and_may_return(store):
    both = [claim(), claim(1, 1, word="spoke")]
    store.put_document(document(), both, reader="1")
    store.put_document(document(), both[:1], reader="2")
    assert [c.id for c in store.claims()] == ["c_001_0"]
    store.put_document(document(), both, reader="3")
    assert [c.id for c in store.claims()] == ["c_001_0", "c_001_1"]
    assert len(store.claim_history("c_001_1")) == 2
    assert store.search("quietly", 5) == [("d_001", "Talks 1", store.search("quietly", 5)[0][2])]


def test_claims_are_chosen_by_day_of_event_or_of_document(store):
    dated = [claim(), claim(1, 1, word="spoke", when=None)]
    act = claim(1, 2, word="told", kind="act", form=None, when=When(start="2022-02", end="2022-02", precision="month"))
    store.put_document(document(), [*dated, act], reader=READER)
    assert [c.id for c in store.claims(since="2023-05-12")] == ["c_001_1"]
    assert [c.id for c in store.claims(since=date(2023, 5, 11), until="2023-05-11")] == ["c_001_0"]
    assert [c.id for c in store.claims(until="2022")] == ["c_001_2"]
    assert [c.id for c in store.claims(since="2022-02-28", until="2022-03")] == ["c_001_2"]
    assert [c.id for c in store.claims(kind="act")] == ["c_001_2"]
    with pytest.raises(QueryError, match="not a date"):
        store.claims(since="yesterday")


def test_slim_claims_come_in_order_of_block(store):
    late = claim(1, 0, when=When(start="2023-06", end="2023-06", precision="month"))
    undated = claim(2, 0, when=None)
    other = claim(3, 0, parties=("IRN", "USA", "IRN"))
    noted = Party(actor="CHN", person="Wang Yi")
    told = replace(claim(4, 0), parties=(noted, Party(actor="USA")), issues=("taiwan", "trade"))
    for number, one in enumerate((late, undated, other, told), start=1):
        store.put_document(document(number), [one], reader=READER)
    store.replace_families({"d_004": "f_1"})
    slim = list(store.slim_claims())
    assert [s.id for s in slim] == ["c_004_0", "c_002_0", "c_001_0", "c_003_0"]
    first, second, third, last = slim
    assert (first.parties, first.persons, first.issues) == (("CHN", "USA"), ("Wang Yi",), ("taiwan", "trade"))
    assert (first.family, first.source, first.published) == ("f_1", "wire", date(2023, 5, 12))
    assert (second.start, second.end, second.precision, second.family) == (None, None, None, None)
    assert (third.start, third.end, third.precision) == (date(2023, 6, 1), date(2023, 6, 30), "month")
    assert last.parties == ("IRN", "USA")


def test_document_is_read_by_its_reader_and_as_it_is(store):
    store.put_document(document(), [], reader=READER)
    seen = text_hash(document())
    assert store.is_read("d_001", reader=READER, text_hash=seen)
    assert not store.is_read("d_001", reader="reader 0.2.0", text_hash=seen)
    assert not store.is_read("d_001", reader=READER, text_hash=text_hash(document(text="Other.")))
    assert not store.is_read("d_002", reader=READER, text_hash=seen)
    store.mark_unread(["d_001", "d_404"])
    assert not store.is_read("d_001", reader=READER, text_hash=seen)


def test_failed_document_is_counted_once_and_mended_by_reading_it(store):
    for hour in (1, 2):
        store.put_problem(problem(hour=hour), source="wire", day=date(2023, 5, 12))
    assert list(store.problems()) == [problem(hour=2)]
    assert list(store.coverage()) == [Coverage(source="wire", day=date(2023, 5, 12), fetched=1, failed=1)]
    store.put_document(document(), [claim()], reader=READER)
    assert list(store.problems()) == []
    assert list(store.problems(mended=True)) == [problem(hour=2)]
    assert list(store.coverage()) == [Coverage(source="wire", day=date(2023, 5, 12), fetched=1, read=1)]


def test_failing_at_a_later_reading_leaves_what_stands(store):
    store.put_document(document(), [claim()], reader=READER)
    store.put_problem(problem(), source="wire", day=date(2023, 5, 12))
    assert [c.id for c in store.claims()] == ["c_001_0"]
    assert [c.failed for c in store.coverage()] == [0]
    assert [p.document for p in store.problems()] == ["d_001"]


def test_coverage_is_added_up(store):
    for failed in (0, 2):
        store.add_coverage(Coverage(source="feed", day=date(2024, 1, 2), fetched=3, read=1, failed=failed))
    assert list(store.coverage()) == [Coverage(source="feed", day=date(2024, 1, 2), fetched=6, read=2, failed=2)]


@pytest.mark.parametrize(
    ("broken", "claims", "words"),
    [
        (document(2, text="a\0b"), [], "d_002: holds a NUL"),
        (document(2, text="a\ud800b"), [], "d_002: holds a NUL or half"),
        (document(2), [claim(1)], "d_002: was given claims of d_001"),
        (document(2), [claim(2), claim(2)], "two claims have the id c_002_0"),
        (document(2), [claim(2, when=When(start="2023-02-30", end="2023-02-30", precision="day"))], "no valid date"),
    ],
)
def test_batch_with_a_broken_document_is_refused_whole(store, broken, claims, words):
    with pytest.raises(DocumentError, match=words) as caught:
        store.put_documents([pair(1), (broken, claims, None)], reader=READER)
    assert caught.value.room == "store"
    assert store.counts()["documents"] == 0


def test_search_finds_words_phrases_and_stems_in_current_text(store):
    store.put_document(document(1), [], reader=READER)
    store.put_document(document(2, text="Die Gespräche in Genf. The two sides negotiated grain."), [], reader=READER)
    assert [row[0] for row in store.search("vienna")] == ["d_001"]
    assert [row[0] for row in store.search('"about Taiwan" envoy')] == ["d_001"]
    assert [row[0] for row in store.search("negotiating")] == ["d_002"]
    assert sorted(row[0] for row in store.search("Talks")) == ["d_001", "d_002"]
    assert len(store.search("Talks", limit=1)) == 1
    assert store.search('"Taiwan about"') == []
    assert store.search('vienna OR" grain*') == []
    assert "[Vienna]" in store.search("vienna")[0][2]
    store.put_document(document(1, text="Nothing of note."), [], reader="2")
    assert store.search("vienna") == []
    with pytest.raises(QueryError, match="nothing to search for"):
        store.search(' "--" ')


def test_iterator_left_half_read_is_ended_by_closing(store):
    store.put_documents([pair(1), pair(2)], reader=READER)
    half = store.claims()
    assert isinstance(next(half), Claim)
    store.put_document(*pair(3)[:2], reader=READER)
    store.close()
    assert list(half) == []


def test_times_are_kept_in_utc(store):
    store.put_document(document(retrieved=datetime(2024, 1, 1, 5)), [], reader=READER)
    assert store.document("d_001").retrieved == datetime(2024, 1, 1, 5, tzinfo=UTC)


def test_sentence_text_is_what_the_claim_quotes(store):
    store.put_document(document(), [claim()], reader=READER)
    quoted = next(iter(store.claims())).sentence
    assert quoted == Span(start=0, end=27, text=TEXT[:27])
