"""PLOVER events keep to the standard's fields and values, and never tell a denied contact as one that took place."""

import json
from typing import Any, get_args

import pytest

from backchannel.export.plover import dyads, event_of
from backchannel.export.registry import Exported
from backchannel.records import UNKNOWN, Conversation, ConversationParty, Status, When, Where
from backchannel.vocabulary import load
from export_samples import about, claim, conversation, document, exported, history

TYPES = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"} | {
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
MODES = {
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "AGREE": set(),
}
AUXILIARY = {"historical", "future", "hypothetical", "negation"}
CONTEXTS = {
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
}
KINDS: dict[str, type | tuple[type, ...]] = {
    "id": str, "date": str, "enddate": str, "actor": list, "recipient": list, "event": list, "mode": list,
    "context": list, "quad_code": int, "event_scale": float, "event_loc": dict, "event_text": str, "text": str,
    "text_info": dict, "cite_info": dict, "link": list, "coder": str, "conversation": dict,
}  # fmt: skip


def event(**more: Any) -> dict[str, Any]:
    found = event_of(exported(**more), about())
    assert found is not None
    return found


def parties(**roles: str) -> tuple[ConversationParty, ...]:
    return tuple(ConversationParty(actor=actor, name=actor, role=role) for actor, role in roles.items())


@pytest.mark.parametrize("status", get_args(Status))
@pytest.mark.parametrize(
    "form", ["meeting", "call", "visit", "summit", "negotiation", "mediation", "message", "contact"]
)
def test_every_event_keeps_to_the_fields_and_values_of_the_standard(status: str, form: str) -> None:
    told = json.loads(json.dumps(event(status=status, form=form, status_history=history(status))))
    assert {"id", "date", "actor", "event"} <= told.keys()
    for name, value in told.items():
        assert isinstance(value, KINDS[name]), name
    (kind,) = told["event"]
    assert kind in TYPES
    assert set(told.get("mode", ())) <= MODES[kind] | AUXILIARY
    assert set(told.get("context", ())) <= CONTEXTS
    assert all(entity["code"] for entity in told["actor"])
    assert told["quad_code"] == {"AGREE": 1, "CONSULT": 1, "REQUEST": 3, "REJECT": 3, "SANCTION": 4}[kind]


@pytest.mark.parametrize(
    ("status", "kind", "modes"),
    [
        ("occurred", "CONSULT", ["visit"]),
        ("ongoing", "CONSULT", ["visit"]),
        ("planned", "AGREE", None),
        ("postponed", "AGREE", None),
        ("proposed", "REQUEST", ["meet"]),
        ("refused", "REJECT", ["meet"]),
        ("cancelled", "AGREE", ["negation"]),
        ("denied", "CONSULT", ["visit", "negation"]),
        ("hypothetical", "CONSULT", ["visit", "hypothetical"]),
    ],
)
def test_status_decides_the_type(status: str, kind: str, modes: list[str] | None) -> None:
    found = event(status=status, status_history=history(status))
    assert (found["event"], found.get("mode")) == ([kind], modes)
    assert found["conversation"]["status"] == status


@pytest.mark.parametrize("status", ["denied", "hypothetical", "planned", "proposed", "cancelled", "refused"])
@pytest.mark.parametrize("form", [None, "contact", "meeting", "call"])
def test_what_did_not_take_place_is_never_a_bare_consult(status: str, form: str | None) -> None:
    found = event(status=status, form=form, where=None, status_history=history(status))
    assert found["event"] != ["CONSULT"] or set(found["mode"]) & {"negation", "hypothetical"}
    if set(found.get("mode", ())) & AUXILIARY:
        assert "event_scale" not in found


def test_a_denied_plan_is_a_denied_agreement() -> None:
    found = event(status="denied", status_history=history("planned", "denied"))
    assert (found["event"], found["mode"]) == (["AGREE"], ["negation"])


def test_running_talks_that_are_called_off_are_withdrawn() -> None:
    found = event(status="cancelled", form="negotiation", status_history=history("ongoing", "cancelled"))
    assert (found["event"], found["mode"], found["event_scale"]) == (["SANCTION"], ["withdraw"], -6.0)
    assert "diplomatic" in found["context"]
    assert codes(found["recipient"]) == codes(found["actor"]) == ["NOR", "ISR"]
    assert [(codes(one["actor"]), codes(one["recipient"])) for one in dyads(found)] == [(["NOR"], ["ISR"])]


def test_talks_of_one_known_party_are_not_withdrawn_from_itself() -> None:
    alone = parties(NOR="participant", UNKNOWN="participant")
    found = event(status="cancelled", form="negotiation", parties=alone, status_history=history("ongoing", "cancelled"))
    assert (found["event"], found["mode"]) == (["AGREE"], ["negation"])


def test_a_meeting_called_off_since_one_side_refuses_is_rejected() -> None:
    one = Exported(
        conversation=conversation(status="cancelled", status_history=history("refused", "cancelled")),
        claims={"c_1": claim(status="refused")},
        documents={"d_1": document()},
    )
    found = event_of(one, about())
    assert found is not None
    assert (found["event"], found["mode"]) == (["REJECT"], ["meet"])


@pytest.mark.parametrize(
    ("more", "mode", "scale"),
    [
        ({"form": "call"}, ["phone"], 1.5),
        ({"form": "summit"}, ["multilateral"], 4.0),
        ({"where": Where(text="Vienna", country="AUT")}, ["third-party"], 1.0),
        ({"where": None}, None, 2.5),
        ({"where": None, "form": "visit"}, ["visit"], 4.0),
        ({"parties": parties(NOR="participant", ISR="participant", PSE="participant")}, ["multilateral"], 4.0),
        ({"parties": parties(ISR="participant", PSE="participant", NOR="mediator")}, ["third-party"], 1.0),
    ],
)
def test_form_and_place_decide_the_mode(more: dict[str, Any], mode: list[str] | None, scale: float) -> None:
    found = event(**more)
    assert (found.get("mode"), found["event_scale"]) == (mode, scale)


def codes(entities: list[dict[str, Any]]) -> list[str]:
    return [entity["code"] for entity in entities]


def test_the_visitor_is_actor_and_the_host_recipient_where_the_place_tells() -> None:
    found = event()
    assert (codes(found["actor"]), codes(found["recipient"])) == (["ISR"], ["NOR"])


@pytest.mark.parametrize("more", [{"form": "call"}, {"where": None}, {"where": Where(text="Vienna", country="AUT")}])
def test_all_are_actors_where_no_host_is_told(more: dict[str, Any]) -> None:
    found = event(**more)
    assert codes(found["actor"]) == ["NOR", "ISR"]
    assert "recipient" not in found


def test_who_asks_is_actor_and_who_refuses_is_actor() -> None:
    sides = parties(NOR="initiator", ISR="recipient")
    asked = event(status="proposed", parties=sides)
    refused = event(status="refused", parties=sides, status_history=history("refused"))
    assert (codes(asked["actor"]), codes(asked["recipient"])) == (["NOR"], ["ISR"])
    assert (codes(refused["actor"]), codes(refused["recipient"])) == (["ISR"], ["NOR"])


def test_parties_that_are_no_states_have_a_general_code_and_their_id() -> None:
    found = event(form="call", parties=parties(UN="participant", NATO="participant", EU="participant"))
    assert codes(found["actor"]) == ["UNO", "IGO", "EUR"]
    assert [entity["identifier_id"] for entity in found["actor"]] == ["UN", "NATO", "EU"]


def test_unknown_parties_are_left_out_and_nothing_is_told_without_one() -> None:
    assert codes(event(form="call", parties=parties(NOR="participant", UNKNOWN="participant"))["actor"]) == ["NOR"]
    assert event_of(exported(parties=(ConversationParty(actor=UNKNOWN),)), about()) is None


def test_a_month_is_a_span_of_days_and_says_its_precision() -> None:
    found = event(when=When(start="2023-05", end="2023-05", precision="month"))
    assert (found["date"], found["enddate"]) == ("2023-05-01", "2023-05-31")
    assert found["conversation"]["date_precision"] == "month"


def test_a_conversation_without_a_day_says_that_its_date_is_that_of_the_report() -> None:
    found = event(when=None)
    assert (found["date"], found["conversation"]["date_from"]) == ("2023-05-05", "first report")
    assert event_of(exported(when=None, first_reported=None), about()) is None


def test_extension_tells_what_the_standard_has_no_place_for() -> None:
    told = event()["conversation"]
    assert told["extension"] == "plover-conversation-0.1"
    assert (told["privacy"], told["independent"], told["disputed"]) == ("secret", 1, False)
    assert told["claims"][0]["quotation"]
    assert told["origins"] == [{"origin": "unnamed:fjord gazette", "kind": "unnamed"}]


def test_dyads_are_one_event_a_pair_and_none_by_default() -> None:
    many = event(form="summit", parties=parties(NOR="participant", ISR="participant", PSE="participant"))
    found = list(dyads(many))
    assert [(codes(one["actor"]), codes(one["recipient"])) for one in found] == [
        (["NOR"], ["ISR"]),
        (["NOR"], ["PSE"]),
        (["ISR"], ["PSE"]),
    ]
    assert len({one["id"] for one in found}) == 3
    assert all(one["conversation"]["reciprocal"] for one in found)
    (visit,) = dyads(event())
    assert not visit["conversation"]["reciprocal"]


def test_table_is_whole() -> None:
    table = load("plover.yml")
    ids = {row["id"] for row in table["statuses"]}
    assert set(get_args(Status)) <= ids
    assert {row["event"] for row in table["statuses"]} <= set(table["quads"])
    assert {context for row in table["contexts"].values() for context in row} <= CONTEXTS
    assert set(table["contexts"]) <= {row["id"] for row in load("issues.yml")["issues"]}
    assert isinstance(conversation(), Conversation)
