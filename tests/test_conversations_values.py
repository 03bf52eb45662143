"""How a conversation's values are chosen when its claims disagree, by the codebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backchannel.conversations import Cluster, Report, Teller, assemble
from backchannel.records import UNKNOWN, Conversation, Party, When, Where

OFFICIAL = Teller(origin="official:USA", kind="official", source_class="institution", actor="USA")
GAZETTE = Teller(origin="outlet:elm gazette", kind="outlet")
UNNAMED = Teller(origin="unnamed:elm gazette", kind="unnamed", source_class="unnamed_official")
RECORD = Teller(origin="document:d_9", kind="document", source_class="document")
MAY = When(start="2021-05-10", end="2021-05-10", precision="day")

BASE = Report(
    id="a",
    document="d_a",
    published=date(2021, 5, 11),
    parties=(Party(actor="USA"), Party(actor="CHN")),
    form="meeting",
    status="occurred",
    privacy="closed",
    channel="front",
    when=MAY,
    teller=GAZETTE,
)


def tell(name: str, published: str, **values: object) -> Report:
    return replace(BASE, id=name, document=f"d_{name}", published=date.fromisoformat(published), **values)


def told(*reports: Report) -> Conversation:
    return assemble("k", Cluster(reports=reports, score=0.9 if len(reports) > 1 else None))


def test_status_climbs_and_never_falls_back_by_a_late_report():
    found = told(
        tell("a", "2021-05-01", status="planned"),
        tell("b", "2021-05-10", status="occurred"),
        tell("c", "2021-05-20", status="planned"),
    )
    assert [(s.status, s.on) for s in found.status_history] == [("planned", "2021-05-01"), ("occurred", "2021-05-10")]
    assert found.status == "occurred"


def test_later_cancellation_ends_a_plan_without_dispute():
    found = told(
        tell("a", "2021-05-01", status="planned"), tell("b", "2021-05-04", status="cancelled", teller=OFFICIAL)
    )
    assert found.status == "cancelled"
    assert not found.disputed


def test_denial_against_a_report_is_a_dispute():
    found = told(tell("a", "2021-05-11", teller=UNNAMED), tell("b", "2021-05-12", status="denied", teller=OFFICIAL))
    assert found.disputed
    assert found.denials == ("b",)
    assert found.status == "denied"


def test_contact_denied_and_then_shown_has_occurred():
    found = told(tell("a", "2021-05-11", status="denied", teller=OFFICIAL), tell("b", "2021-06-12", teller=RECORD))
    assert found.status == "occurred"
    assert found.disputed


def test_lone_denial_disputes_nothing():
    found = told(tell("a", "2021-05-11", status="denied"))
    assert found.status == "denied"
    assert not found.disputed


def test_time_is_the_finest_that_most_origins_allow():
    month = When(start="2021-05", end="2021-05", precision="month")
    found = told(tell("a", "2021-05-11", when=month), tell("b", "2021-05-12", teller=OFFICIAL))
    assert found.when == MAY
    assert not found.disputed


def test_days_that_exclude_each_other_are_shown_side_by_side():
    other = When(start="2021-05-12", end="2021-05-12", precision="day")
    found = told(
        tell("a", "2021-05-13"),
        tell("b", "2021-05-13", teller=OFFICIAL),
        tell("c", "2021-05-13", when=other, teller=UNNAMED),
    )
    assert found.when == MAY
    assert found.alternatives["when"] == ("2021-05-12",)
    assert found.disputed


def test_planned_day_yields_to_the_day_it_took_place():
    plan = When(start="2021-05-08", end="2021-05-08", precision="day")
    found = told(tell("a", "2021-05-01", status="planned", when=plan), tell("b", "2021-05-11", teller=OFFICIAL))
    assert found.when == MAY
    assert not found.disputed


def test_places_in_two_states_are_a_dispute():
    elm, oak = Where(text="Port Elm", country="ITA"), Where(text="Oakholm", country="NOR")
    found = told(tell("a", "2021-05-11", where=elm), tell("b", "2021-05-11", where=oak, teller=OFFICIAL))
    assert found.alternatives["where"]
    assert found.disputed


def test_privacy_is_the_most_private_attested():
    found = told(tell("a", "2021-05-11"), tell("b", "2022-01-11", privacy="secret", teller=RECORD))
    assert found.privacy == "secret"
    assert [s.privacy for s in found.privacy_history] == ["closed", "secret"]


def test_what_is_taken_as_usual_is_no_step_of_its_privacy():
    usual = tell("a", "2021-05-11", defaulted=("privacy",))
    found = told(usual, tell("b", "2022-01-11", privacy="secret"), replace(usual, id="c"))
    assert [(s.privacy, s.claim) for s in found.privacy_history] == [("secret", "b")]
    assert [s.privacy for s in told(usual).privacy_history] == ["closed"]


def test_a_document_that_says_it_was_corrected_flags_its_conversation():
    assert told(tell("a", "2021-05-11", is_corrected=True), tell("b", "2021-05-11")).flags == ("corrected:d_a",)


def test_acknowledged_at_the_time_is_at_most_closed_and_secret_disputes():
    found = told(tell("a", "2021-05-11", teller=OFFICIAL), tell("b", "2021-06-11", privacy="secret", teller=UNNAMED))
    assert found.privacy == "closed"
    assert found.alternatives["privacy"] == ("secret",)


def test_third_state_owns_to_nothing():
    third = replace(OFFICIAL, origin="official:FRA", actor="FRA")
    found = told(tell("a", "2021-05-11", teller=third), tell("b", "2021-06-11", privacy="secret", teller=UNNAMED))
    assert found.privacy == "secret"


def test_acknowledged_long_after_stays_secret():
    found = told(tell("a", "2022-05-11", teller=OFFICIAL), tell("b", "2021-06-11", privacy="secret", teller=UNNAMED))
    assert found.privacy == "secret"


def test_defaulted_privacy_yields_to_an_attested_one():
    found = told(tell("a", "2021-05-11", defaulted=("privacy",)), tell("b", "2021-05-12", privacy="public"))
    assert found.privacy == "public"


def test_meeting_of_a_day_is_no_negotiation_until_two_origins_say_so():
    meeting = tell("a", "2021-05-11")
    talks = tell("b", "2021-05-11", form="negotiation", teller=OFFICIAL)
    assert told(meeting, talks).form == "meeting"
    assert told(meeting, talks, tell("c", "2021-05-12", form="negotiation", teller=UNNAMED)).form == "negotiation"


def test_words_that_go_on_about_a_contact_do_not_give_its_form():
    assert (
        told(tell("a", "2021-05-11", form="call"), tell("b", "2021-05-11", form="negotiation", points_back=True)).form
        == "call"
    )


def test_summit_of_two_is_a_meeting():
    assert told(tell("a", "2021-05-11", form="summit")).form == "meeting"


def test_contact_told_as_done_before_its_day_was_announced():
    plan = tell("a", "2021-05-01", status="planned")
    assert told(plan, tell("b", "2021-05-02", status="occurred")).status == "planned"


def test_form_and_channel_are_the_most_specific_attested():
    found = told(
        tell("a", "2021-05-11", form="contact"), tell("b", "2021-05-11", form="negotiation", channel="backchannel")
    )
    assert (found.form, found.channel) == ("negotiation", "backchannel")


def test_party_counts_the_origins_that_name_it():
    host = Party(actor="OMN", role="mediator")
    found = told(
        tell("a", "2021-05-11", parties=(*BASE.parties, host)),
        tell("b", "2021-05-11", teller=OFFICIAL, parties=(*BASE.parties, Party(actor=UNKNOWN))),
    )
    assert [(p.actor, p.origins, p.role) for p in found.parties] == [
        ("CHN", 2, "participant"),
        ("USA", 2, "participant"),
        ("OMN", 1, "mediator"),
    ]


def test_imports_add_no_independent_origin():
    imported = tell("b", "2021-05-11", teller=Teller(origin="import:table", kind="import"))
    assert told(tell("a", "2021-05-11"), imported).independent == 1


def test_retelling_of_an_outlets_unnamed_source_is_not_a_second_origin():
    retold = Teller(origin="outlet:elm gazette", kind="media", source_class="media_report")
    assert told(tell("a", "2021-05-11", teller=UNNAMED), tell("b", "2021-05-12", teller=retold)).independent == 1


def test_lag_counts_days_from_the_contact_to_its_first_report():
    found = told(tell("a", "2021-05-31", teller=UNNAMED), tell("b", "2021-06-12", teller=OFFICIAL))
    assert (found.first_reported, found.lag_days, found.revealed_by) == ("2021-05-31", 21, "unnamed")


def test_announced_contact_has_a_negative_lag():
    found = told(tell("a", "2021-05-07", status="planned", teller=OFFICIAL), tell("b", "2021-05-11"))
    assert (found.lag_days, found.revealed_by) == (-3, "own_announcement")


def test_revelation_that_the_other_side_denies_is_the_counterparts():
    rival = Teller(origin="official:CHN", kind="official", source_class="institution", actor="CHN")
    found = told(tell("a", "2021-05-11", teller=OFFICIAL), tell("b", "2021-05-12", status="denied", teller=rival))
    assert found.revealed_by == "counterpart"


def test_old_record_reveals_as_declassified_and_a_fresh_one_as_leak():
    assert told(tell("a", "2051-05-11", teller=RECORD)).revealed_by == "declassified"
    assert told(tell("a", "2021-07-11", teller=RECORD)).revealed_by == "leak"


def test_record_reveals_on_the_day_it_came_out_and_not_on_its_own():
    kept = replace(tell("a", "2021-05-10", teller=OFFICIAL), is_record=True)
    found = told(replace(kept, released=date(2051, 12, 31)))
    assert (found.first_reported, found.revealed_by) == ("2051-12-31", "declassified")
    assert found.lag_days == (date(2051, 12, 31) - date(2021, 5, 10)).days
    assert found.status_history[0].on == "2051-12-31"
    assert told(replace(kept, released=date(2021, 9, 1))).revealed_by == "leak"
    unknown = told(kept)
    assert (unknown.first_reported, unknown.lag_days, unknown.revealed_by) == (None, None, None)


def test_news_of_the_time_was_there_before_the_record():
    kept = replace(tell("a", "2021-05-10", teller=RECORD), is_record=True, released=date(2051, 12, 31))
    found = told(kept, tell("b", "2021-05-31", teller=UNNAMED))
    assert (found.first_reported, found.lag_days, found.revealed_by) == ("2021-05-31", 21, "unnamed")


def test_official_words_in_a_record_acknowledge_nothing_at_the_time():
    kept = replace(tell("a", "2021-05-10", teller=OFFICIAL), is_record=True, released=date(2051, 12, 31))
    found = told(kept, tell("b", "2051-06-01", teller=UNNAMED, privacy="secret"))
    assert (found.privacy, found.alternatives.get("privacy")) == ("secret", None)


def test_row_of_a_table_tells_not_how_the_contact_came_out():
    row = Teller(origin="import:visits", kind="import", source_class="institution")
    assert told(tell("a", "2021-05-10", teller=row)).revealed_by is None
