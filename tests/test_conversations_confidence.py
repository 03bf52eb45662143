"""How sure a conversation is, with reasons that add up, and as Admiralty letters."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest

from backchannel.conversations import Cluster, Report, Teller, assemble
from backchannel.conversations.confidence import parse
from backchannel.errors import VocabularyError
from backchannel.records import Conversation, Party, When
from backchannel.vocabulary import load

OFFICIAL = Teller(origin="official:USA", kind="official", source_class="institution", actor="USA")
THIRD = Teller(origin="official:FRA", kind="official", source_class="institution", actor="FRA")
GAZETTE = Teller(origin="outlet:elm gazette", kind="outlet")
UNNAMED = Teller(origin="unnamed:elm gazette", kind="unnamed", source_class="unnamed_official")
RECORD = Teller(origin="document:d_9", kind="document", source_class="document")
TABLE = Teller(origin="import:table", kind="import")

BASE = Report(
    id="a",
    document="d_a",
    published=date(2021, 5, 11),
    parties=(Party(actor="USA"), Party(actor="CHN")),
    form="meeting",
    status="occurred",
    when=When(start="2021-05-10", end="2021-05-10", precision="day"),
    score=0.75,
    teller=GAZETTE,
)


def tell(name: str, **values: object) -> Report:
    return replace(BASE, id=name, document=f"d_{name}", **values)


def told(*reports: Report) -> Conversation:
    return assemble("k", Cluster(reports=reports, score=0.9 if len(reports) > 1 else None))


def letters(*reports: Report) -> str | None:
    return told(*reports).admiralty


def test_reasons_add_up_to_the_score():
    found = told(tell("a", score=0.9), tell("b"), tell("c"))
    assert [one.feature for one in found.confidence] == ["start", "read.here", "texts.more"]
    odds = sum(one.weight for one in found.confidence)
    assert found.score == round(1 / (1 + math.exp(-odds)), 2)
    assert all(one.detail for one in found.confidence)


def test_further_texts_make_it_surer_and_copies_do_not():
    alone, two = told(tell("a")), told(tell("a"), tell("b"))
    copies = told(tell("a", family="d_a"), tell("b", family="d_a"))
    assert alone.score == copies.score < two.score


def test_one_party_or_more_than_two_make_it_less_sure():
    lone = told(tell("a", parties=(Party(actor="USA"),)))
    three = told(tell("a", parties=(*BASE.parties, Party(actor="RUS"))))
    assert lone.score < three.score < told(tell("a")).score


def test_sureness_does_not_grow_without_end():
    def many(number: int) -> float:
        return told(*(tell(f"c{n:02}") for n in range(number))).score

    assert many(8) == many(40)


@pytest.mark.parametrize(
    ("teller", "letter"),
    [(RECORD, "A"), (OFFICIAL, "B"), (GAZETTE, "C"), (THIRD, "C"), (UNNAMED, "D"), (TABLE, "F")],
)
def test_reliability_is_that_of_the_best_teller(teller: Teller, letter: str):
    found = letters(tell("a", teller=teller))
    assert found is not None
    assert found[0] == letter


def test_retracted_text_alone_is_unreliable_and_cannot_be_judged():
    assert letters(tell("a", state="retracted")) == "E6"


def test_independent_tellers_confirm():
    assert letters(tell("a"), tell("b", teller=OFFICIAL)) == "B1"
    post = Teller(origin="outlet:oak post", kind="outlet")
    assert letters(tell("a", teller=UNNAMED), tell("b", teller=post)) == "C1"
    assert letters(tell("a", teller=UNNAMED), tell("b")) == "C3"


def test_word_of_a_party_is_probable_and_of_a_paper_possible():
    assert letters(tell("a", teller=OFFICIAL)) == "B2"
    assert letters(tell("a")) == "C3"


def test_denial_makes_it_doubtful_or_improbable():
    denial = tell("b", status="denied", teller=OFFICIAL)
    assert letters(tell("a", teller=UNNAMED), denial) == "D5"
    assert letters(tell("a", teller=UNNAMED), tell("c", teller=THIRD), denial) == "C4"


def test_disputed_value_keeps_it_from_being_confirmed():
    other = When(start="2021-05-14", end="2021-05-14", precision="day")
    assert letters(tell("a"), tell("b", teller=OFFICIAL, when=other)) == "B2"


def test_what_is_only_denied_or_supposed_or_imported_cannot_be_judged():
    for one in (tell("a", status="denied"), tell("a", status="hypothetical"), tell("a", teller=TABLE)):
        found = letters(one)
        assert found is not None
        assert found[1] == "6"


def test_table_names_all_its_faults():
    content = load("merge.yml")
    bad = {
        "confidence": {k: v for k, v in content["confidence"].items() if k != "start"},
        "reliability": content["reliability"] | {"outlet": {"letter": "G", "means": "x"}},
    }
    with pytest.raises(VocabularyError) as caught:
        parse(bad, "mine.yml")
    assert "confidence.start" in str(caught.value)
    assert "reliability.outlet" in str(caught.value)
