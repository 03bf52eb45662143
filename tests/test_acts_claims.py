"""What a claim of an act says: its type, mode, status and sides; and what it leaves to contacts."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from backchannel import acts, pipeline, verify
from backchannel.records import Claim, Document


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


def document(text: str) -> Document:
    return Document(id="a", text=text, published=date(2024, 5, 1))


def read(text: str, kit: pipeline.Kit, kind: str = "act") -> list[Claim]:
    return [claim for claim in pipeline.read(document(text), kit) if claim.kind == kind]


def sides(claim: Claim) -> dict[str, list[str]]:
    return {role: [p.actor for p in claim.parties if p.role == role] for role in ("source", "target")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Germany sent tanks to Ukraine.", "occurred"),
        ("Germany will send tanks to Ukraine.", "planned"),
        ("Germany may send tanks to Ukraine.", "hypothetical"),
        ("Germany did not send tanks to Ukraine.", "denied"),
        ("Germany will not send tanks to Ukraine.", "refused"),
        ("Germany is sending tanks to Ukraine.", "ongoing"),
    ],
)
def test_act_keeps_its_status(text, status, kit):
    assert [(claim.event, claim.status) for claim in read(text, kit)] == [("AID", status)]


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("The United States imposed sanctions on Russia and Belarus.", ["USA"], ["RUS", "BLR"]),
        ("Sanctions were imposed on Russia by the United States.", ["USA"], ["RUS"]),
        ("Two Russian banks were sanctioned by Britain.", ["GBR"], ["RUS"]),
        ("Moscow accused Washington of meddling.", ["RUS"], ["USA"]),
        ("Israeli jets struck targets in Syria.", ["ISR"], ["SYR"]),
        ("France and Germany condemned Iran's decision.", ["FRA", "DEU"], ["IRN"]),
        ("Israel and Syria agreed to a ceasefire.", ["ISR"], ["SYR"]),
    ],
)
def test_source_acts_and_target_is_acted_upon(text, source, target, kit):
    assert [sides(claim) for claim in read(text, kit)] == [{"source": source, "target": target}]


@pytest.mark.parametrize(
    ("text", "event", "mode"),
    [
        ("Iran threatened to attack Israel.", "THREATEN", "violence"),
        ("Iran vowed to attack Israel.", "THREATEN", "violence"),
        ("Spain promised to send tents to Morocco.", "AGREE", None),
        ("Kenya urged Sudan to release the crew.", "REQUEST", "yield"),
        ("Norway expelled Russian diplomats.", "SANCTION", "expel"),
    ],
)
def test_type_and_mode_of_what_is_promised_or_threatened(text, event, mode, kit):
    assert [(claim.event, claim.mode) for claim in read(text, kit)] == [(event, mode)]


def test_act_has_no_form_privacy_or_channel_and_its_role_is_no_default(kit):
    (claim,) = read("Cuba praised Mexico's stance on Friday.", kit)
    assert (claim.form, claim.privacy, claim.channel) == (None, None, None)
    assert claim.defaulted == ("source_class",)
    assert claim.when is not None
    assert claim.when.start == "2024-04-26"


@pytest.mark.parametrize(
    "text",
    [
        "Blinken met Lavrov in Riyadh.",
        "Iran rejected talks with the United States.",
        "Iran agreed to hold talks with the United States.",
        "Brazil welcomed Chile's foreign minister in Brasilia.",
    ],
)
def test_what_tells_a_contact_tells_no_act(text, kit):
    assert read(text, kit, "contact")
    assert read(text, kit) == []


def test_no_word_gives_consult():
    assert "CONSULT" not in acts.events()


@pytest.mark.parametrize(
    "text",
    [
        "Iran condemned the decision.",
        "Rebels attacked Israel.",
        "France condemned its own decision on France.",
        "It attacked Ukraine.",
    ],
)
def test_without_two_known_sides_there_is_no_act(text, kit):
    assert read(text, kit) == []


def test_what_one_is_blamed_or_thanked_for_is_no_act_of_the_blamer(kit):
    text = "Ukraine accused Russia of attacking Poland."
    assert [(claim.event, sides(claim)["target"]) for claim in read(text, kit)] == [("ACCUSE", ["RUS"])]


def test_contact_and_act_of_one_sentence_are_both_told(kit):
    found = pipeline.read(document("Blinken met Wang Yi in Vienna and urged China to free two Americans."), kit)
    assert [(claim.kind, claim.event) for claim in found] == [("contact", "CONSULT"), ("act", "REQUEST")]


@pytest.mark.parametrize(
    ("event", "status", "told"),
    [
        ("AID", "planned", "AGREE"),
        ("ASSAULT", "planned", "THREATEN"),
        ("AID", "refused", "REJECT"),
        ("ACCUSE", "planned", "ACCUSE"),
    ],
)
def test_plover_type_by_status(event, status, told):
    assert acts.counts_as(event, status) == told


def test_acts_pass_the_checks_and_a_changed_one_does_not(kit):
    page = document(
        "Norway expelled Russian diplomats. Blinken met Wang Yi in Vienna and urged China to free two Americans."
    )
    claims = pipeline.read(page, kit)
    assert list(verify.check(page, claims, actors=kit.actors, read=partial(pipeline.read, kit=kit))) == []
    act = next(claim for claim in claims if claim.kind == "act")
    wrong = (
        replace(act, event="CONSULT"),
        replace(act, event="DINE"),
        replace(act, mode="phone"),
        replace(act, form="meeting"),
        replace(act, privacy="closed"),
        replace(act, parties=tuple(replace(party, role="participant") for party in act.parties)),
        replace(act, parties=act.parties[:1]),
        replace(act, evidence={name: items for name, items in act.evidence.items() if name != "event"}),
    )
    assert [one for one in wrong if not list(verify.check(page, [one], actors=kit.actors))] == []
