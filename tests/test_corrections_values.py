"""Corrected values: which are allowed, what they rest on, and what a rejected one becomes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backchannel.corrections import attach, check, corrected, in_force, quotation_key
from backchannel.errors import JudgementError
from backchannel.records import UNKNOWN, Claim, Evidence, Judgement, Party, Span, Voice, When, Where

TEXT = "An aide said Reed met Orlov in Port Elm."
CLAIM = Claim(
    id="c_1",
    document="d_1",
    sentence=Span(start=10, end=10 + len(TEXT), text=TEXT),
    trigger=Span(start=28, end=31, text="met"),
    form="contact",
    event="CONSULT",
    parties=(
        Party(actor="USA", name="United States", person="Ada Reed", start=23, end=27, text="Reed"),
        Party(actor=UNKNOWN, start=32, end=37, text="Orlov"),
    ),
    privacy="closed",
    channel="front",
    status="planned",
    voice=Voice(source_class="unattributed"),
    defaulted=("privacy", "channel", "form", "source_class", "role"),
    evidence={"status": (Evidence(start=28, end=31, text="met", by="status.tense"),)},
)


def judge(name: str, kind: str = "correct", field: str | None = None, value: object = None, **more) -> Judgement:
    return Judgement(**{"id": name, "kind": kind, "target": "c_1", "field": field, "value": value, **more})


def test_a_confirmed_value_keeps_the_words_it_was_read_from() -> None:
    assert corrected(CLAIM, [judge("j_1", field="status", value="planned")]) == CLAIM
    confirmed = corrected(CLAIM, [judge("j_1", field="privacy", value="closed")])
    assert "privacy" not in confirmed.defaulted
    assert confirmed.evidence["privacy"][0].by == "judgement:j_1"


def at(hour: int) -> datetime:
    return datetime(2024, 1, 1, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "got"),
    [
        ("status", "denied", "denied"),
        ("voice.source_class", "document", "document"),
        ("issues", ["trade", "trade"], ["trade"]),
        ("issues", None, []),
        ("when", "2021-03", {"start": "2021-03", "end": "2021-03", "precision": "month"}),
        ("when", "2021-03-01/2021-03-04", {"start": "2021-03-01", "end": "2021-03-04", "precision": "day"}),
        ("when", None, None),
        ("where", "Port Elm", {"text": "Port Elm", "country": None}),
        ("voice.speaker", "An aide", {"text": "An aide"}),
        (
            "parties",
            [{"actor": "USA", "role": "initiator"}, {"actor": "UNKNOWN"}],
            [
                {"actor": "USA", "name": "United States", "sector": "GOV", "person": None, "role": "initiator"},
                {"actor": "UNKNOWN", "name": None, "sector": None, "person": None, "role": "participant"},
            ],
        ),
    ],
)
def test_a_value_comes_in_one_shape_whatever_was_typed(field, value, got):
    assert check(field, value) == got
    assert check(field, got) == got


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("statu", "denied", "'statu' is no field.*known: parties, form"),
        ("status", "maybe", "'maybe' is none of occurred, ongoing"),
        ("status", None, "None is none of"),
        ("issues", ["trde"], "trde: none of .*trade"),
        ("issues", ["trade", "ai", "taiwan", "health"], "3 at most"),
        ("when", "soon", "give YYYY-MM-DD"),
        ("when", "2021-03-05/2021-03-01", "change them over"),
        ("when", "2021-03/2021-03-01", "two of a kind"),
        ("where", "", "names no place"),
        ("where", {"text": "Elm", "country": "elm"}, "three capitals"),
        ("source_text", 3, "give the words"),
        ("parties", [{"actor": "USA"}], "name two at least"),
        ("parties", [{"actor": "USA"}, {"actor": "USA"}], "USA stands twice"),
        ("parties", [{"actor": "USA"}, {"actor": "NOWHERELAND"}], "no actor with the id NOWHERELAND"),
        ("parties", [{"actor": "USA"}, {"actor": "CHN", "role": "guest"}], "'guest' is none of participant"),
        ("parties", [{"actor": "USA"}, {"actor": "CHN", "rank": 1}], "unknown key rank; known: actor, role, person"),
        ("event", "GREET", "GREET: none of"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(field, value, told):
    with pytest.raises(JudgementError, match=told):
        check(field, value)


def test_a_corrected_value_rests_on_the_judgement_and_is_no_default():
    got = corrected(CLAIM, [judge("j_1", field="privacy", value="secret")])
    assert got.privacy == "secret"
    assert "privacy" not in got.defaulted
    assert got.evidence["privacy"] == (Evidence(start=28, end=31, text="met", by="judgement:j_1"),)
    assert replace(got, privacy="closed", defaulted=CLAIM.defaulted, evidence=CLAIM.evidence) == CLAIM


def test_corrected_parties_keep_the_words_they_were_read_from():
    value = [{"actor": "USA"}, {"actor": "RUS", "name": "Russia", "person": "Orlov", "role": "recipient"}]
    got = corrected(CLAIM, [judge("j_1", field="parties", value=value)])
    assert got.parties == (CLAIM.parties[0], Party(actor="RUS", name="Russia", person="Orlov", role="recipient"))
    assert "role" in got.defaulted
    assert {one.by for name in ("parties", "roles") for one in got.evidence[name]} == {"judgement:j_1"}


def test_form_and_parties_give_the_mode_in_whatever_order_they_were_corrected():
    form, three = judge("j_1", field="form", value="meeting"), [{"actor": one} for one in ("USA", "CHN", "RUS")]
    parties = judge("j_2", field="parties", value=three)
    assert corrected(CLAIM, [form, parties]).mode == "multilateral"
    assert corrected(CLAIM, [replace(form, value="visit"), parties]).mode == "visit"
    later = replace(form, at=at(5))
    assert corrected(CLAIM, [later, parties]) == corrected(CLAIM, [parties, later])


def test_place_and_source_are_found_in_the_sentence():
    got = corrected(
        CLAIM, [judge("j_1", field="where", value="Port Elm"), judge("j_2", field="source_text", value="An aide")]
    )
    assert got.where == Where(text="Port Elm", start=41, end=49)
    assert got.voice.speaker == Span(start=10, end=17, text="An aide")


def test_finer_issues_stand_below_their_root():
    got = corrected(CLAIM, [judge("j_1", field="issues", value=["semiconductors"])])
    assert (got.issues, got.extensions) == (("technology",), {"issues": ["semiconductors"]})


def test_a_rejected_value_becomes_the_default_or_nothing():
    dated = replace(CLAIM, when=When(start="2021", end="2021", precision="year"))
    told = [judge(f"j_{field}", "reject", field) for field in ("when", "status", "form", "parties", "source_class")]
    got = corrected(dated, told)
    assert (got.when, got.status, got.form) == (None, None, "contact")
    assert [party.actor for party in got.parties] == [UNKNOWN, UNKNOWN]
    assert {"form", "source_class", "role"} <= set(got.defaulted)
    assert got.evidence["status"][0].by == "judgement:j_status"
    assert "form" not in got.evidence


def test_the_newer_of_two_corrections_holds_and_undo_brings_back_the_older():
    older = judge("j_1", field="status", value="denied", at=at(1))
    newer = judge("j_2", field="status", value="refused", at=at(2), supersedes="j_1")
    undo = judge("j_3", "unsure", at=at(3), supersedes="j_2")
    redo = judge("j_4", field="status", value="refused", at=at(4), supersedes="j_3")
    assert corrected(CLAIM, [newer, older]).status == "refused"
    assert corrected(CLAIM, [undo, newer, older]).status == "denied"
    assert corrected(CLAIM, [undo, newer, redo, older]).status == "refused"
    again = judge("j_5", "unsure", at=at(5), supersedes="j_4")
    assert corrected(CLAIM, [undo, newer, redo, older, again]).status == "denied"


def test_undone_undo_and_judgements_in_a_circle_come_to_an_end():
    first, undo = judge("j_1", "reject"), judge("j_2", "unsure", supersedes="j_1")
    assert [one.id for one in in_force([first, undo])] == ["j_2"]
    assert [one.id for one in in_force([first, undo, judge("j_3", "unsure", supersedes="j_2")])] == ["j_3", "j_1"]
    circle = [judge("j_4", "unsure", supersedes="j_5"), judge("j_5", "unsure", supersedes="j_4")]
    assert in_force(circle) == []


def test_what_is_about_another_claim_or_sentence_or_codebook_changes_nothing():
    others = [
        judge("j_1", field="status", value="denied", target="c_2"),
        judge("j_2", field="status", value="denied", quotation=quotation_key("Another sentence.")),
        judge("j_3", field="status", value="rumoured"),
        judge("j_4", field="mood", value="good"),
        judge("j_5", field="event", value="ACCUSE"),
        judge("j_6", field="parties", value=[{"actor": "USA", "role": "source"}, {"actor": "CHN", "role": "target"}]),
        judge("j_7", "reject"),
    ]
    assert corrected(CLAIM, others) == CLAIM
    kept = judge("j_8", field="status", value="denied", quotation=quotation_key(TEXT))
    assert corrected(CLAIM, [*others, kept]).status == "denied"


def test_a_judgement_follows_its_sentence_and_trigger_to_another_id():
    key = quotation_key(TEXT)
    wider = replace(CLAIM, id="c_9", trigger=Span(start=23, end=31, text="Reed met"))
    assert attach("c_1", key, [CLAIM], [CLAIM, wider]) == "c_1"
    assert attach("c_1", key, [CLAIM], [wider]) == "c_9"
    assert attach("c_1", None, [CLAIM], [wider]) == "c_9"


def test_a_judgement_is_lost_when_its_sentence_changed_or_two_claims_could_be_meant():
    key = quotation_key(TEXT)
    other = Span(start=10, end=20, text="An envoy..")
    assert attach("c_1", key, [CLAIM], [replace(CLAIM, sentence=other)]) is None
    assert attach("c_1", key, [CLAIM], [replace(CLAIM, id="c_8"), replace(CLAIM, id="c_9")]) is None
    assert attach("c_1", key, [CLAIM], [replace(CLAIM, id="c_8", trigger=Span(start=13, end=17, text="aide"))]) is None
    assert attach("c_1", key, [], [replace(CLAIM, id="c_8")]) is None
