"""Which claim only repeats another, what still stands, and how a contact came to be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backchannel.conversations import Cluster, Report, Teller, assemble, report
from backchannel.records import Claim, Conversation, Document, Party, Span, When

OFFICIAL = Teller(origin="official:USA", kind="official", source_class="institution", actor="USA")
THIRD = Teller(origin="official:FRA", kind="official", source_class="institution", actor="FRA")
GAZETTE = Teller(origin="outlet:elm gazette", kind="outlet")
QUOTED = Teller(origin="outlet:elm gazette", kind="media", source_class="media_report")
UNNAMED = Teller(origin="unnamed:elm gazette", kind="unnamed", source_class="unnamed_official")
RECORD = Teller(origin="document:d_9", kind="document", source_class="document")
TABLE = Teller(origin="import:table", kind="import")

BASE = Report(
    id="a",
    document="d_a",
    published=date(2021, 5, 11),
    sentence=0,
    parties=(Party(actor="USA"), Party(actor="CHN")),
    form="meeting",
    status="occurred",
    when=When(start="2021-05-10", end="2021-05-10", precision="day"),
    teller=GAZETTE,
)


def tell(name: str, published: str, **values: object) -> Report:
    return replace(BASE, id=name, document=f"d_{name}", published=date.fromisoformat(published), **values)


def told(*reports: Report) -> Conversation:
    return assemble("k", Cluster(reports=reports, score=0.9 if len(reports) > 1 else None))


def test_later_word_of_a_teller_rests_on_its_first():
    found = told(
        tell("c", "2021-05-11", teller=OFFICIAL),
        tell("b", "2021-05-12", teller=OFFICIAL),
        tell("a", "2021-05-13", teller=OFFICIAL),
        tell("d", "2021-05-13"),
    )
    assert found.rests_on == {"a": "c", "b": "c"}
    assert found.independent == 2


def test_retelling_rests_on_the_outlet_that_told_first():
    found = told(tell("a", "2021-05-11", teller=QUOTED), tell("b", "2021-05-11"))
    assert found.rests_on == {"a": "b"}


def test_retelling_of_an_outlets_unnamed_source_rests_on_it():
    found = told(tell("a", "2021-05-12", teller=QUOTED), tell("b", "2021-05-11", teller=UNNAMED))
    assert found.rests_on == {"a": "b"}
    assert found.independent == 1


def test_own_words_of_a_paper_rest_on_the_source_that_the_same_text_names():
    lead, source = tell("a", "2021-05-11"), tell("b", "2021-05-11", teller=OFFICIAL, sentence=300)
    same = replace(source, document=lead.document)
    assert told(lead, same).independent == 1
    assert [p.origins for p in told(lead, same).parties] == [1, 1]
    assert [o.claims for o in told(lead, same).origins] == [("a", "b")]
    assert told(lead, source).independent == 2


def test_own_words_of_a_copy_rest_on_the_source_that_the_text_names():
    lead, source = tell("a", "2021-05-11", family="d_b"), tell("b", "2021-05-11", teller=OFFICIAL, family="d_b")
    assert told(lead, source).independent == 1


def test_own_words_of_a_paper_do_not_rest_on_a_denial_beside_them():
    lead, denial = tell("a", "2021-05-11"), tell("b", "2021-05-11", teller=OFFICIAL, status="denied")
    found = told(lead, replace(denial, document=lead.document))
    assert (found.independent, found.rests_on, found.disputed) == (2, {}, True)


def test_own_words_of_an_outlet_add_nothing_to_its_unnamed_source():
    found = told(tell("a", "2021-05-11", teller=UNNAMED), tell("b", "2021-05-13"))
    assert (found.independent, found.rests_on) == (1, {"b": "a"})


def test_copy_of_the_same_day_rests_on_the_text_copied():
    copy, wire = tell("a", "2021-05-11", family="d_b"), tell("b", "2021-05-11", family="d_b")
    assert told(copy, wire).rests_on == {"a": "b"}


def test_second_sentence_of_a_text_rests_on_the_first():
    first, second = tell("b", "2021-05-11"), tell("a", "2021-05-11", sentence=300)
    assert told(first, replace(second, document=first.document)).rests_on == {"a": "b"}


def test_denial_rests_on_no_report_and_import_on_nothing():
    denial = tell("b", "2021-05-12", teller=OFFICIAL, status="denied")
    found = told(tell("a", "2021-05-11", teller=OFFICIAL), denial, tell("c", "2021-05-13", teller=TABLE))
    assert found.rests_on == {}
    assert (found.independent, found.denials) == (1, ("b",))


def test_documents_not_current_are_flagged():
    found = told(tell("a", "2021-05-11", state="updated"), tell("b", "2021-05-12", state="retracted"))
    assert found.flags == ("retracted:d_b", "updated:d_a")


def test_teller_whose_every_text_is_retracted_does_not_count():
    gone = tell("a", "2021-05-11", state="retracted", teller=UNNAMED)
    assert told(gone).independent == 0
    assert told(gone, tell("b", "2021-05-12")).independent == 1
    assert told(gone, tell("b", "2021-05-12", teller=UNNAMED)).independent == 1


def test_retracted_text_gives_no_value_while_another_stands():
    gone = tell("a", "2021-05-11", state="retracted", status="denied", privacy="secret", teller=OFFICIAL)
    found = told(gone, tell("b", "2021-05-12", privacy="closed"))
    assert (found.status, found.privacy, found.disputed, found.denials) == ("occurred", "closed", False, ())
    assert found.first_reported == "2021-05-12"
    assert found.claims == ("a", "b")


def test_report_has_the_state_of_its_document():
    text = "They met."
    claim = Claim(id="c", document="d", sentence=Span(start=0, end=len(text), text=text))
    assert report(claim, Document(id="d", text=text, state="updated")).state == "updated"


def test_official_of_a_third_state_reveals_on_record():
    assert told(tell("a", "2021-05-11", teller=OFFICIAL)).revealed_by == "own_announcement"
    assert told(tell("a", "2021-05-11", teller=THIRD)).revealed_by == "on_record"


def test_old_record_of_a_month_is_declassified():
    month = When(start="1971-07", end="1971-07", precision="month")
    assert told(tell("a", "2001-05-11", teller=RECORD, when=month)).revealed_by == "declassified"
    assert told(tell("a", "2021-05-12", teller=RECORD)).revealed_by == "leak"
