"""What merging must hold: order does not matter, ids last, judgements rule, what excludes itself stays apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.conversations import Report, Teller, merge, weights
from backchannel.conversations.weights import parse
from backchannel.errors import VocabularyError
from backchannel.records import UNKNOWN, Conversation, Judgement, Party, When, Where
from backchannel.vocabulary import load


def day(text: str) -> When:
    return When(start=text, end=text, precision="day")


def party(actor: str) -> Party:
    """A party written ``ACTOR`` or ``ACTOR/Full_Name``."""
    code, _, person = actor.partition("/")
    return Party(actor=code, person=person.replace("_", " ") or None)


def make(name: str, actors: str, published: str | None, **values: object) -> Report:
    base = Report(
        id=name,
        document=f"d_{name}",
        published=date.fromisoformat(published) if published is not None else None,
        sentence=0,
        parties=tuple(party(actor) for actor in actors.split()),
        form="meeting",
        status="occurred",
        teller=Teller(origin=f"outlet:{name}", kind="outlet"),
    )
    return replace(base, **values)


def groups(found: list[Conversation]) -> list[tuple[str, ...]]:
    return sorted(c.claims for c in found)


def merged(*reports: Report, judgements: tuple[Judgement, ...] = ()) -> list[tuple[str, ...]]:
    return groups(merge(reports, judgements, weights=weights()))


def judge(
    name: str, kind: str, target: str, other: str | None, *, supersedes: str | None = None, hour: int = 0
) -> Judgement:
    at = datetime(2024, 1, 1, hour, tzinfo=UTC)
    return Judgement(id=name, kind=kind, target=target, other=other, supersedes=supersedes, at=at)


ELM = make("a", "USA RUS", "2021-03-02", when=day("2021-03-01"))
OAK = make("b", "USA RUS", "2021-03-01")
LATER = make("c", "USA RUS", "2021-03-05", when=day("2021-03-05"))


@st.composite
def many(draw: st.DrawFn) -> list[Report]:
    """Reports of three states within twelve days, some dated, some of one document or one sentence."""
    size = draw(st.integers(2, 14))
    found = []
    for number in range(size):
        published = date(2021, 3, draw(st.integers(1, 12)))
        told = draw(st.none() | st.integers(1, 12))
        found.append(
            make(
                f"c{number:02}",
                draw(
                    st.sampled_from(
                        ["USA RUS", "USA CHN", "USA RUS CHN", "USA/Reed RUS/Orlov", "USA/Hale RUS", "USA UNKNOWN"]
                    )
                ),
                published.isoformat(),
                document=f"d{draw(st.integers(0, 5))}",
                sentence=draw(st.sampled_from([0, 300])),
                form=draw(st.sampled_from(["meeting", "call", "contact", "negotiation"])),
                status=draw(st.sampled_from(["occurred", "planned", "denied"])),
                when=day(f"2021-03-{told:02}") if told is not None else None,
            )
        )
    return found


@settings(max_examples=60, deadline=None, derandomize=True)
@given(reports=many(), data=st.data())
def test_order_of_reports_does_not_matter(reports: list[Report], data: st.DataObject):
    shuffled = data.draw(st.permutations(reports))
    decision = (judge("j", "same", reports[0].id, reports[1].id),)
    table = weights()
    assert merge(reports, decision, weights=table) == merge(shuffled, decision, weights=table)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(reports=many())
def test_every_report_is_in_one_conversation(reports: list[Report]):
    found = merge(reports, weights=weights())
    assert sorted(claim for c in found for claim in c.claims) == sorted(r.id for r in reports)
    assert len({c.id for c in found}) == len(found)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(reports=many(), cut=st.integers(1, 13))
def test_incremental_and_rebuilt_agree_up_to_ids(reports: list[Report], cut: int):
    table = weights()
    before = {claim: c.id for c in merge(reports[:cut], weights=table) for claim in c.claims}
    assert groups(merge(reports, previous=before, weights=table)) == groups(merge(reports, weights=table))


def test_undated_report_joins_the_contact_of_its_day():
    assert merged(ELM, OAK, LATER) == [("a", "b"), ("c",)]


def test_ids_last_when_a_report_is_added_before_all_others():
    table = weights()
    before = merge([ELM, LATER], weights=table)
    previous = {claim: c.id for c in before for claim in c.claims}
    earlier = make("0", "USA RUS", "2021-03-01", when=day("2021-03-01"))
    after = {c.claims: c.id for c in merge([earlier, ELM, OAK, LATER], previous=previous, weights=table)}
    assert after == {("0", "a", "b"): previous["a"], ("c",): previous["c"]}


def test_id_stays_with_the_larger_part_of_a_split():
    reports = [ELM, OAK, replace(OAK, id="d", document="d_d"), LATER]
    previous = dict.fromkeys(["a", "b", "c", "d"], "k_old")
    found = {c.claims: c.id for c in merge(reports, previous=previous, weights=weights())}
    assert found[("a", "b", "d")] == "k_old"
    assert found[("c",)] != "k_old"


def test_must_link_joins_what_would_stay_apart():
    assert merged(ELM, LATER, judgements=(judge("j1", "same", "a", "c"),)) == [("a", "c")]


def test_cannot_link_parts_what_would_be_joined():
    assert merged(ELM, OAK, judgements=(judge("j1", "different", "a", "b"),)) == [("a",), ("b",)]


def test_superseded_judgement_has_no_effect():
    undone = (judge("j1", "different", "a", "b"), judge("j2", "unsure", "a", "b", supersedes="j1", hour=1))
    assert merged(ELM, OAK, judgements=undone) == [("a", "b")]


def test_newer_of_two_contradicting_judgements_holds():
    both = (judge("j1", "same", "a", "b"), judge("j2", "different", "a", "b", hour=1))
    assert merged(ELM, OAK, judgements=both) == [("a",), ("b",)]


def test_judgement_about_conversations_reaches_their_claims():
    found = merge(
        [ELM, LATER], [judge("j", "same", "k_1", "k_2")], previous={"a": "k_1", "c": "k_2"}, weights=weights()
    )
    assert groups(found) == [("a", "c")]


def test_rejected_claim_is_left_out():
    assert merged(ELM, LATER, judgements=(judge("j", "reject", "c", None),)) == [("a",)]


def test_unknown_party_never_brings_reports_together():
    one = make("a", f"{UNKNOWN} {UNKNOWN}", "2021-03-01", when=day("2021-03-01"))
    assert merged(one, replace(one, id="b", document="x"), replace(OAK, id="c")) == [("a",), ("b",), ("c",)]


def test_one_sentence_with_three_calls_is_three_conversations():
    calls = [
        make(name, f"USA {other}", "2021-03-01", document="d", form="call", when=day("2021-03-01"))
        for name, other in (("a", "JPN"), ("b", "DEU"), ("c", "AUS"))
    ]
    assert merged(*calls) == [("a",), ("b",), ("c",)]


def test_two_leaders_of_one_state_with_one_guest_stay_apart():
    president = make("a", "ITA/Reed DEU/Orlov", "2021-03-01", when=day("2021-03-01"))
    minister = make("b", "ITA/Hale DEU/Orlov", "2021-03-01", when=day("2021-03-01"))
    assert merged(president, minister) == [("a",), ("b",)]


def test_two_spellings_of_a_surname_are_one_person():
    one = make("a", "ITA/Reed UKR/Kovalenko", "2021-03-01")
    other = make("b", "ITA/Reed UKR/Kovalenkoo", "2021-03-01")
    assert merged(one, other) == [("a", "b")]


def test_call_and_meeting_of_one_day_stay_apart():
    assert merged(ELM, replace(ELM, id="b", document="x", form="call")) == [("a",), ("b",)]


def test_bilateral_and_four_way_meeting_stay_apart():
    four = make("b", "USA RUS FRA DEU", "2021-03-02", when=day("2021-03-01"))
    assert merged(ELM, four) == [("a",), ("b",)]


def test_mediator_named_by_one_report_only_does_not_part_them():
    host = Party(actor="OMN", role="mediator")
    talks = make("a", "USA IRN", "2021-03-01", when=day("2021-03-01"))
    assert merged(talks, replace(talks, id="b", document="x", parties=(*talks.parties, host))) == [("a", "b")]


def test_announcement_and_meeting_are_one():
    plan = make("a", "USA RUS", "2021-02-26", status="planned", when=day("2021-03-01"))
    assert merged(plan, OAK) == [("a", "b")]


def test_visit_meeting_within_it_and_joint_statement_are_one():
    days = When(start="2021-03-01", end="2021-03-03", precision="day")
    visit = make("a", "USA RUS", "2021-03-01", form="visit", when=days)
    meeting = make("b", "USA RUS", "2021-03-02", when=day("2021-03-02"))
    statement = make("c", "USA RUS", "2021-03-02")
    assert merged(visit, meeting, statement) == [("a", "b", "c")]


def test_call_that_prepared_a_meeting_is_another_contact():
    plan = make("a", "USA RUS", "2021-03-01", status="planned", when=day("2021-03-04"))
    call = make("b", "USA RUS", "2021-03-01", form="call", when=day("2021-03-01"))
    held = make("c", "USA RUS", "2021-03-04", when=day("2021-03-04"))
    assert merged(plan, call, held) == [("a", "c"), ("b",)]


def test_meetings_of_one_pair_on_two_days_are_two_contacts():
    one = make("a", "USA/Reed RUS/Orlov", "2021-03-02", when=day("2021-03-02"))
    other = make("b", "USA/Reed RUS/Orlov", "2021-03-03", when=day("2021-03-03"))
    assert merged(one, other) == [("a",), ("b",)]


def test_virtual_meeting_told_as_a_call_is_one_contact():
    meeting = make("a", "USA RUS", "2021-03-01", when=day("2021-03-01"), is_remote=True)
    call = make("b", "USA RUS", "2021-03-01", when=day("2021-03-01"), form="call")
    assert merged(meeting, call) == [("a", "b")]
    assert merged(replace(meeting, is_remote=False), call) == [("a",), ("b",)]


def test_readouts_of_one_ministry_on_two_days_are_two_contacts():
    official = Teller(origin="official:USA", kind="official", source_class="institution", actor="USA")
    one = replace(OAK, leads=True, outlet="ministry", teller=official)
    assert merged(one, replace(one, id="c", document="x", published=date(2021, 3, 2))) == [("b",), ("c",)]


def test_summit_of_many_is_found_by_place_and_day():
    states = "USA RUS CHN FRA DEU GBR ITA JPN IND"
    hall = Where(text="Port Elm", country="ITA")
    one = make("a", states, "2021-03-01", form="summit", when=day("2021-03-01"), where=hall)
    assert merged(one, replace(one, id="b", document="x")) == [("a", "b")]


def test_reasons_name_signs_strongest_first():
    found = merge([ELM, OAK], weights=weights())[0]
    assert [r.feature for r in found.reasons][:2] == ["time.reported_that_day", "parties.equal"]
    assert "RUS, USA" in found.reasons[1].detail


def test_weights_refuse_unknown_features():
    content = load("merge.yml")
    broken = {**content, "features": {**content["features"], "mood.good": {"weight": 1, "means": "x"}}}
    with pytest.raises(VocabularyError, match=r"features\.mood\.good: unknown"):
        parse(broken, "merge.yml")


def test_two_persons_of_one_surname_are_two_contacts():
    envoy = make("a", "USA/Nicholas_Reed CHN", "2021-03-02", when=day("2021-03-01"), where=Where(text="Port Elm"))
    chief = make("b", "USA/William_Reed CHN", "2021-03-02", when=day("2021-03-01"), where=Where(text="Port Elm"))
    bare = replace(chief, id="c", document="x", parties=(party("USA/Reed"), party("CHN")))
    assert merged(envoy, chief) == [("a",), ("b",)]
    assert merged(chief, bare) == [("b", "c")]


def test_refused_meeting_is_not_the_one_that_took_place():
    handshake = make("a", "USA CHN", "2021-03-02", when=day("2021-03-01"))
    refused = make("b", "USA CHN", "2021-03-01", status="refused")
    plan = make("c", "USA CHN", "2021-02-28", status="planned", when=day("2021-03-01"))
    assert merged(handshake, refused) == [("a",), ("b",)]
    assert merged(plan, refused) == [("b", "c")]


def test_refused_and_planned_meeting_are_one():
    plan = make("a", "USA CHN", "2021-02-27", status="planned", when=day("2021-03-01"))
    refused = make("b", "USA CHN", "2021-02-28", status="refused")
    assert merged(plan, refused) == [("a", "b")]


def test_day_of_the_document_is_weaker_than_a_told_one():
    told = make("a", "USA RUS", "2021-03-02", when=day("2021-03-01"))
    dated = make("b", "USA RUS", "2021-03-02", when=day("2021-03-02"), tells_day=False)
    assert merged(told, dated) == [("a", "b")]
    assert merged(told, replace(dated, tells_day=True)) == [("a",), ("b",)]


def test_running_process_is_not_the_meeting_of_a_day_weeks_before():
    running = make("b", "USA RUS", "2021-03-25", status="ongoing", form="contact")
    assert merged(ELM, running) == [("a",), ("b",)]


def going_on(name: str, actors: str, **values: object) -> Report:
    return make(name, actors, "2021-03-20", document="d_a", sentence=300, points_back=True, **values)


def test_report_that_goes_on_joins_the_contact_before_it_in_its_text():
    late = replace(ELM, published=date(2021, 3, 20))
    assert merged(late, going_on("b", "USA RUS", form="contact")) == [("a", "b")]
    assert merged(late, replace(going_on("b", "USA RUS", form="contact"), points_back=False)) == [("a",), ("b",)]


def test_single_party_joins_only_what_it_goes_on_about():
    assert merged(ELM, going_on("b", "USA UNKNOWN")) == [("a", "b")]
    assert merged(ELM, make("b", "USA UNKNOWN", "2021-03-02", when=day("2021-03-01"))) == [("a",), ("b",)]


def test_report_of_other_parties_or_status_does_not_go_on():
    assert merged(ELM, going_on("b", "USA CHN")) == [("a",), ("b",)]
    assert merged(ELM, going_on("b", "USA RUS", status="planned", form="contact")) == [("a",), ("b",)]


def test_denial_of_the_meeting_known_before_belongs_to_it():
    late = replace(ELM, published=date(2021, 3, 20))
    assert merged(late, going_on("b", "USA RUS", status="denied", is_definite=True)) == [("a", "b")]


def test_contact_only_recalled_in_a_text_is_not_gone_on_about():
    call = make("a", "USA RUS", "2021-03-20", form="call", when=day("2021-03-19"))
    recalled = going_on("b", "USA RUS", when=day("2021-02-01"))
    told = replace(going_on("c", "USA RUS", form="contact"), sentence=500)
    assert merged(call, recalled, told) == [("a", "c"), ("b",)]
