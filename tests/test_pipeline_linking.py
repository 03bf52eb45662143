"""Links are kept as judgements: linking twice changes nothing, what people decide stays, what changes is linked anew."""

import datetime
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from backchannel import pipeline
from backchannel.actors import shipped
from backchannel.conversations import undo
from backchannel.pipeline import linking
from backchannel.pipeline.linking import link_store, links_of
from backchannel.pipeline.states import restore, retract
from backchannel.records import Judgement, When
from backchannel.review import Writer
from backchannel.review.decisions import Decision
from backchannel.store import open_store
from backchannel.verify import verify
from link_samples import READER, US, WILSON, journey, memo, report, table, visit

AT = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
TALKS = [memo(1, US, WILSON), memo(2, US, WILSON, on="1966-08-04"), memo(3, US, WILSON, on="1966-09-20")]


def later(minutes: int) -> datetime.datetime:
    return AT + datetime.timedelta(minutes=minutes)


def put(store, *entries):
    """Keep documents with their claims."""
    for document, claims in entries:
        every = claims if isinstance(claims, list) else [claims]
        store.put_document(document, every, reader=READER)


def fill(store):
    put(store, table("visits", visit()), *TALKS)
    pipeline.merge_store(store, now=AT)


def pairs(store):
    return [one.other for one in links_of(store)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a store with a visit and three records, of which two are of it, merged and linked."""
    path = tmp_path / "store.db"
    with open_store(path) as store:
        fill(store)
        assert link_store(store, now=AT).new == 2
    return path


def test_links_are_judgements_of_public_claim_and_record(place):
    with open_store(place) as store:
        one, other = links_of(store)
        assert (one.kind, one.by, one.at) == ("link", linking.BY, AT)
        assert [one.other, other.other] == ["c_memo_1", "c_memo_2"]
        assert one.target == other.target
        assert one.value["score"] == 0.9
        assert {reason["feature"] for reason in one.value["reasons"]} >= {"lead.person", "time.inside"}


def test_linking_again_changes_nothing(place):
    with open_store(place) as store:
        before = store.digest(), list(store.judgements(superseded=True))
        for everything in (False, True):
            done = link_store(store, now=later(5), everything=everything)
            assert (done.links, done.new, done.changed, done.withdrawn) == (2, 0, 0, 0)
        assert (store.digest(), list(store.judgements(superseded=True))) == before
        assert link_store(store, now=later(6)).months == 0


def test_ids_of_links_do_not_depend_on_the_time(place, tmp_path):
    with open_store(place) as store, open_store(tmp_path / "other.db") as other:
        fill(other)
        link_store(other, now=later(999))
        assert [one.id for one in links_of(store)] == [one.id for one in links_of(other)]
        assert store.digest() == other.digest()


def test_linked_conversations_stay_two_and_merging_heeds_no_link(place):
    with open_store(place) as store:
        before = [one.claims for one in store.conversations()]
        done = pipeline.merge_store(store, now=later(1))
        assert (done.judgements, done.looked_at) == (0, 0)
        assert [one.claims for one in store.conversations()] == before
        (link, _) = links_of(store)
        assert not any({link.target, link.other} <= set(claims) for claims in before)


def test_an_undone_link_stays_undone_and_comes_back_when_that_is_undone(place):
    with open_store(place) as store:
        link = links_of(store)[0]
        back = undo(store, link.id, by="anna", at=later(1), reason="another luncheon")
        store.put_judgement(back)
        assert pairs(store) == ["c_memo_2"]
        for number, everything in enumerate((False, True)):
            done = link_store(store, now=later(2 + number), everything=everything)
            assert done.new == 0
            assert pairs(store) == ["c_memo_2"]
        assert link_store(store, now=later(5), everything=True).kept_apart == 1
        store.put_judgement(undo(store, back.id, by="anna", at=later(6)))
        assert link_store(store, now=later(7)).new == 0
        assert pairs(store) == ["c_memo_1", "c_memo_2"]


def test_an_undoing_stays_when_the_link_would_say_otherwise_or_the_document_is_read_again(place):
    with open_store(place) as store:
        store.put_judgement(undo(store, links_of(store)[0].id, by="anna", at=later(1)))
        document, claims = table("visits", visit(remarks="State visit of three days."))
        put(store, (document, claims), memo(1, US, ("GBR", None, "Mr. Wilson")))
        link_store(store, now=later(2), everything=True)
        assert pairs(store) == ["c_memo_2"]


def test_a_later_decision_of_merging_does_not_bring_an_undone_link_back(place):
    with open_store(place) as store:
        link = links_of(store)[0]
        writer = Writer(store, by="anna", now=lambda: later(1))
        writer.undo(link.id)
        writer.write(Decision(kind="different", target=link.target, other=link.other or ""))
        link_store(store, now=later(2), everything=True)
        assert pairs(store) == ["c_memo_2"]


def test_a_changed_link_is_replaced_and_can_be_undone_at_once(place):
    with open_store(place) as store:
        put(store, memo(1, US, ("GBR", None, "Mr. Wilson")))
        done = link_store(store, now=later(1))
        assert (done.new, done.changed, done.withdrawn, done.links) == (0, 1, 0, 2)
        link = next(one for one in links_of(store) if one.other == "c_memo_1")
        assert "lead.surname" in {reason["feature"] for reason in link.value["reasons"]}
        store.put_judgement(undo(store, link.id, by="anna", at=later(2)))
        assert pairs(store) == ["c_memo_2"]
        link_store(store, now=later(3), everything=True)
        assert pairs(store) == ["c_memo_2"]


def test_links_of_what_came_later_are_made_and_of_nothing_else(place):
    with open_store(place) as store:
        put(store, memo(4, US, WILSON, on="1966-08-02"))
        done = link_store(store, now=later(1))
        assert (done.new, done.months) == (1, 1)
        put(store, table("travels", journey()), memo(5, US, WILSON, on="1970-01-01"))
        assert link_store(store, now=later(2)).months == 1
        assert pairs(store) == ["c_memo_1", "c_memo_2", "c_memo_4"]


def test_incremental_and_whole_linking_give_the_same(tmp_path):
    entries = [table("visits", visit()), *TALKS, report(1, ("USA", "Lyndon Johnson"), ("GBR", "Harold Wilson"))]
    told = []
    for name, order in (("a", entries), ("b", entries[::-1])):
        with open_store(tmp_path / name) as store:
            for entry in order:
                put(store, entry)
                link_store(store, now=AT)
            link_store(store, now=AT, everything=name == "b")
            told.append([(one.id, one.target, one.other, one.value) for one in links_of(store)])
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_a_record_that_is_retracted_loses_its_links_and_gets_them_back(place):
    with open_store(place) as store:
        retract(store, "d_memo_1", reason="a forgery", by="anna", at=later(1))
        assert link_store(store, now=later(2)).withdrawn == 1
        assert pairs(store) == ["c_memo_2"]
        restore(store, "d_memo_1", reason=None, by="anna", at=later(3))
        assert link_store(store, now=later(4)).new == 1
        assert pairs(store) == ["c_memo_1", "c_memo_2"]
        assert link_store(store, now=later(5), everything=True).new == 0


def test_a_record_that_is_read_otherwise_loses_its_links(place):
    with open_store(place) as store:
        put(store, memo(1, US, WILSON, on="1966-11-03"))
        put(store, (TALKS[1][0], []))
        assert link_store(store, now=later(1)).withdrawn == 2
        assert pairs(store) == []


def test_a_row_that_goes_takes_its_links_along(place):
    with open_store(place) as store:
        put(store, table("visits", visit(start="1968-08-02", end="1968-08-04")))
        assert link_store(store, now=later(1)).withdrawn == 2


def test_a_rejected_claim_and_a_corrected_day_are_heeded(place):
    with open_store(place) as store:
        writer = Writer(store, by="anna", now=lambda: later(1))
        writer.write(Decision(kind="reject", target="c_memo_1"))
        day = {"start": "1966-08-02", "end": "1966-08-02", "precision": "day"}
        writer.write(Decision(kind="correct", target="c_memo_3", field="when", value=day))
        link_store(store, now=later(2))
        assert pairs(store) == ["c_memo_2", "c_memo_3"]


def test_a_persons_own_link_is_left_alone(place):
    with open_store(place) as store:
        writer = Writer(store, by="anna", now=lambda: later(1))
        target = links_of(store)[0].target
        made = writer.write(Decision(kind="link", target=target, other="c_memo_3", reason="he came again"))
        assert link_store(store, now=later(2), everything=True).links == 3
        assert pairs(store) == ["c_memo_1", "c_memo_2", "c_memo_3"]
        writer.undo(made.id)
        assert pairs(store) == ["c_memo_1", "c_memo_2"]


def test_a_withdrawal_that_a_person_undoes_stays_undone(place):
    with open_store(place) as store:
        put(store, memo(1, US, WILSON, on="1966-11-03"))
        link_store(store, now=later(1))
        back = next(one for one in store.judgements() if one.kind == "unsure")
        store.put_judgement(undo(store, back.id, by="anna", at=later(2), reason="the date is misprinted"))
        link_store(store, now=later(3), everything=True)
        assert pairs(store) == ["c_memo_1", "c_memo_2"]


def test_other_rules_look_at_everything(place, monkeypatch):
    with open_store(place) as store:
        monkeypatch.setattr(linking, "rules", lambda: "others")
        assert link_store(store, now=later(1)).months == 2


def test_a_store_without_records_is_looked_at_no_further(tmp_path):
    with open_store(tmp_path / "store.db") as store:
        put(store, table("visits", visit()), report(1, ("USA", None), ("GBR", None)))
        done = link_store(store, now=AT)
        assert (done.links, done.months) == (0, 0)


def test_a_store_of_an_earlier_schema_is_linked(tmp_path):
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.executescript((Path(__file__).parent / "store_schema_1.sql").read_text())
    old.close()
    with open_store(path) as store:
        assert link_store(store, now=AT).links == 0
        fill(store)
        assert link_store(store, now=AT).new == 2


def test_a_claim_without_a_day_is_no_part(tmp_path):
    with open_store(tmp_path / "store.db") as store:
        document, claim = memo(1, US, WILSON)
        vague = replace(claim, when=When(start="1966", end="1966", precision="year"))
        put(store, table("visits", visit()), (document, vague))
        assert link_store(store, now=AT).links == 0


def test_links_leave_no_fault(tmp_path):
    with open_store(tmp_path / "store.db") as store:
        fill(store)
        before = list(verify(store, actors=shipped()))
        assert link_store(store, now=AT).links == 2
        assert list(verify(store, actors=shipped())) == before


def test_link_lists_links_with_reasons_and_what_it_did(ask):
    code, out, err = ask("link")
    assert code == 0
    assert "0.90  United Kingdom (Harold Wilson) – United States: visit, 2–4 August 1966" in out
    assert "visits/1; d_memo_1" in out
    assert (
        "+3.0  the one came took part" in out or "+3.0  the one who came took part in the recorded talk: Harold" in out
    )
    assert "2 links of public events and records: 0 new" in err


def test_link_gives_json_lines(ask):
    _, out, _ = ask("link", "--json")
    one, _ = (json.loads(line) for line in out.splitlines())
    assert one["public"]["row"] == "visits/1"
    assert one["record"]["document"] == "d_memo_1"
    assert one["score"] == 0.9
    assert sum(reason["weight"] for reason in one["reasons"]) == pytest.approx(6.2)


def test_a_card_names_what_its_conversation_is_linked_with(ask, place):
    with open_store(place) as store:
        of = {claim: one.id for one in store.conversations() for claim in one.claims}
        public = of[links_of(store)[0].target]
    _, out, _ = ask("show", public)
    assert "in the record" in out
    assert of["c_memo_1"] in out
    assert of["c_memo_2"] in out
    _, out, _ = ask("show", of["c_memo_1"])
    assert "in public" in out
    assert public in out
    _, out, _ = ask("show", of["c_memo_3"])
    assert "in public" not in out
    _, out, _ = ask("show", of["c_memo_1"], "--json")
    assert [one["public"]["conversation"] for one in json.loads(out)["links"]] == [public]


def test_the_log_tells_a_link_and_its_undoing(ask, place):
    with open_store(place) as store:
        of = {claim: one.id for one in store.conversations() for claim in one.claims}
        link = links_of(store)[0]
    code, _, _ = ask("review", "undo", link.id, "--by", "anna", "--reason", "another luncheon")
    assert code == 0
    _, out, _ = ask("log", of["c_memo_1"])
    told = " ".join(out.split())
    assert "in public and c_memo_1 in the record, 0.90 (undone)" in told
    assert "another luncheon" in told
    _, out, _ = ask("link", "--all", "--json")
    assert [json.loads(line)["record"]["claim"] for line in out.splitlines()] == ["c_memo_2"]


def test_a_person_links_on_the_command_line(ask, place):
    with open_store(place) as store:
        target = links_of(store)[0].target
    code, out, _ = ask("review", "link", target, "c_memo_3", "--by", "anna")
    assert code == 0
    assert out.startswith("j_")
    _, out, _ = ask("review", "list")
    assert "c_memo_3" in out
    assert "c_memo_1" not in out
    _, out, _ = ask("link", "--json")
    assert {json.loads(line)["by"] for line in out.splitlines()} == {"anna", linking.BY}


def test_nothing_to_link_ends_with_three(ask, place):
    with open_store(place) as store:
        put(store, table("visits", visit(start="1950-01-01", end="1950-01-02")))
    code, out, err = ask("link")
    assert (code, out) == (3, "")
    assert "no link" in err


def test_merging_links(ask, place):
    with open_store(place) as store:
        put(store, memo(4, US, WILSON, on="1966-08-02"))
    code, out, _ = ask("merge")
    assert code == 0
    assert "3 links of public events and records: 1 new" in out
    with open_store(place) as store:
        assert all(isinstance(one, Judgement) for one in links_of(store))
