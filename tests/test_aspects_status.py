"""Status: the words it rests on, and what the document's day and title add to the sentence."""

from datetime import date

import pytest

import backchannel
from backchannel import vocabulary
from backchannel.aspects.cues import FILE, classes, words


def read(text, *, on=date(2023, 5, 8), title=None, source=None):
    (claim,) = backchannel.code(text, date=on, title=title, source=source)
    (evidence,) = claim.evidence["status"]
    return claim, evidence


@pytest.mark.parametrize(
    ("text", "status", "by", "span"),
    [
        ("Peru called off its talks with Chile on the canal.", "cancelled", "status.verb:call_off", "called off"),
        ("Peru is ready to hold talks with Chile.", "proposed", "status.noun:ready", "ready"),
        ("Talks between Peru and Chile may begin.", "hypothetical", "status.modal:may", "may begin"),
        ("Peru denied that it had met Chile's envoy.", "denied", "status.verb:deny", "denied"),
        ("The talks between Peru and Chile produced nothing.", "occurred", "status.tense:past beside", "talks"),
        ("The talks between Peru and Chile concern a canal.", "ongoing", "status.process:noun", "talks"),
    ],
)
def test_status_names_its_rule_and_its_words(text, status, by, span):
    claim, evidence = read(text)
    assert (claim.status, evidence.by, evidence.text) == (status, by, span)
    assert text[evidence.start : evidence.end] == span


@pytest.mark.parametrize(
    ("on", "status"), [(date(2023, 5, 8), "planned"), (date(2023, 5, 20), "ongoing"), (None, "ongoing")]
)
def test_a_day_ahead_of_the_document_makes_a_plan(on, status):
    claim, _ = read("Premier Frederiksen is visiting Iceland on May 12, 2023.", on=on)
    assert claim.status == status


@pytest.mark.parametrize(
    ("title", "status"),
    [("Background Press Call Previewing the Trilateral Summit", "planned"), ("Background Press Call", "ongoing")],
)
def test_a_title_that_announces_makes_a_plan(title, status):
    claim, _ = read("The meeting with Japan is a chance to speak about the shoal.", title=title, source="White House")
    assert claim.status == status


def test_past_tense_outweighs_a_title_that_announces():
    title = "Background Press Call Previewing the Trilateral Summit"
    claim, _ = read("The President met the Japanese premier in March.", title=title, source="White House")
    assert claim.status == "occurred"


def test_no_word_of_a_kind_has_two_statuses():
    rows = vocabulary.load(FILE)["statuses"]
    for kind in ("verbs", "nouns", "adjectives"):
        listed = [word for row in rows for word in row[kind]]
        assert len(listed) == len(set(listed)) == len(classes(kind)), kind


def test_groups_of_words_hold_no_word_twice():
    for group, listed in vocabulary.load(FILE)["words"].items():
        assert len(listed) == len(words(group)), group


def test_words_of_a_beginning_carry_a_contact():
    assert words("beginning") <= words("bearing") | {"commence"}
    assert words("episodic") - words("lasting") == {"exchange"}
    assert words("on_the_way") <= words("motion")
