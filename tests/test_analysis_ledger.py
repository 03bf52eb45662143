"""A ledger counts public acts once, tells private contacts then from now, and abstains where there are too few."""

from dataclasses import replace

import pytest

from backchannel.analysis.ledger_index import of_counts
from backchannel.analysis.ledger_issues import fisher
from backchannel.analysis.ledger_records import Ledger
from backchannel.records import Evidence
from ledger_samples import act, busy, made, paper, step, talk


def _tones(found: Ledger) -> list[tuple[str, str | None]]:
    return [(one.event, one.tone) for one in found.acts]


# the index


def test_index_is_the_difference_of_two_shares_as_worked_by_hand() -> None:
    index = busy().index
    assert (index.hostile, index.acts, index.failed, index.contacts) == (8, 10, 1, 9)
    assert (index.hostile_share, index.failed_share) == (0.77, 0.15)  # 8.5 / 11 and 1.5 / 10
    assert index.value == 0.62  # 0.7727 - 0.15


def test_interval_is_that_of_two_posteriors_and_narrows_with_more() -> None:
    few, many = of_counts(8, 10, 1, 9), of_counts(800, 1000, 100, 900)
    assert (few.low, few.high) == (0.33, 0.86)  # two million draws give 0.328 and 0.856
    assert many.low is not None and many.high is not None and many.high - many.low < 0.06
    none, all_ = of_counts(0, 5, 0, 5), of_counts(5, 5, 0, 5)
    assert (none.value, none.low, none.high) == (0.0, -0.25, 0.25)
    assert (all_.value, all_.low, all_.high) == (0.83, 0.54, 0.99)


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ((1, 4, 0, 9), "only 4 public acts; 5 are needed"),
        ((3, 9, 0, 1), "only 1 private contact; 5 are needed"),
        ((0, 0, 0, 4), "no public acts and only 4 private contacts; 5 are needed"),
    ],
)
def test_index_abstains_below_five_and_says_why(counts: tuple[int, int, int, int], why: str) -> None:
    found = of_counts(*counts)
    assert (found.value, found.low, found.high, found.why) == (None, None, None, why)


def test_reasons_add_up_to_the_index() -> None:
    found = busy()
    assert sum(one.effect for one in found.reasons) == pytest.approx(found.index.value, abs=0.01)
    hostile = next(one for one in found.reasons if "SANCTION" in one.what)
    assert (hostile.number, hostile.effect) == (8, round(8 / 22, 3))
    assert hostile.examples[0].quotation is not None
    assert hostile.examples[0].quotation.citation.startswith("Fjord Gazette, “p_7,” 5 August 2023")


# what counts


def test_copies_of_one_text_and_tellings_of_one_day_are_one_act() -> None:
    papers = [
        paper("p_1", "2023-05-10"),
        paper("p_2", "2023-05-11", source="Lake Post"),
        paper("p_3", "2023-05-10", source="Elm Daily"),
    ]
    words = "Norway imposed a toll on Swedish salt."
    acts = [act("a_1", "p_1", words=words), act("a_2", "p_2", words=words), act("a_3", "p_3")]
    found = made(acts, papers=papers, families={"p_1": "f_1", "p_2": "f_1", "p_3": "p_3"})
    assert [(one.id, one.claims, one.origins, one.first) for one in found.acts] == [
        ("a_1", ("a_1", "a_3"), 2, "2023-05-10")
    ]
    apart = made(acts, papers=papers)
    assert [one.first for one in apart.acts] == ["2023-05-10", "2023-05-11"]
    assert made(acts[::-1], papers=papers) == apart


def test_direction_and_type_keep_acts_of_one_day_apart() -> None:
    acts = [act("a_1", "p_1"), act("a_2", "p_1", sides=("SWE", "NOR")), act("a_3", "p_1", "AID")]
    found = made([*acts, act("a_4", "p_1", sides=("NOR", "DNK"))], papers=[paper("p_1")])
    assert [(one.source, one.event, one.tone) for one in found.acts] == [
        ("NOR", "SANCTION", "hostile"),
        ("SWE", "SANCTION", "hostile"),
        ("NOR", "AID", "friendly"),
    ]


def test_what_is_promised_or_refused_counts_as_plover_has_it() -> None:
    acts = [
        act("a_1", "p_1", "SANCTION", status="planned"),
        act("a_2", "p_1", "AID", status="planned"),
        act("a_3", "p_1", "COOPERATE", status="refused"),
    ]
    told = _tones(made(acts, papers=[paper("p_1")]))
    assert told == [("THREATEN", "hostile"), ("AGREE", "friendly"), ("REJECT", "hostile")]


def test_what_is_no_deed_has_no_tone_and_says_why() -> None:
    acts = [
        act("a_1", "p_1", "ASSAULT", by="attack.noun", words="Norway's attack on Sweden was recalled."),
        act("a_2", "p_1", "SANCTION", status="hypothetical"),
        act("a_3", "p_1", "REQUEST", mode="assist"),
        act("a_4", "p_1", "THREATEN", words="Will Norway warn Sweden?”"),
        act("a_5", "p_1", "ACCUSE", status="denied"),
        act("a_6", "p_1", "REQUEST", mode="change"),
    ]
    found = made(acts, papers=[paper("p_1")])
    tones = {one.id: (one.tone, (one.left_out or "").partition(" ")[0]) for one in found.acts}
    assert tones == {
        "a_1": (None, "only"),
        "a_2": (None, "denied,"),
        "a_3": (None, "asking"),
        "a_4": (None, "only"),
        "a_5": (None, "denied,"),
        "a_6": ("hostile", ""),
    }
    assert sum(found.left_out.values()) == 5


def test_records_tables_and_withdrawn_documents_tell_no_public_act() -> None:
    papers = [
        paper("p_1", meta={"record": {}}),
        paper("p_2", state="retracted"),
        paper("p_3"),
        paper("p_4", source="Foreign Relations of the United States, volume 1"),
    ]
    found = made([act(f"a_{n}", f"p_{n}") for n in (1, 2, 3, 4)], papers=papers)
    assert [one.id for one in found.acts] == ["a_3"]
    assert sorted(found.left_out.values()) == [1, 2]


def test_a_word_judged_by_a_person_counts() -> None:
    corrected = act("a_1", "p_1", evidence={"event": (Evidence(start=0, end=6, text="Norway", by="judgement:j_1"),)})
    assert _tones(made([corrected], papers=[paper("p_1")])) == [("SANCTION", "hostile")]


# contacts then and now


def test_a_contact_that_came_out_later_was_private_at_the_time() -> None:
    early = talk(1, "2023-05-10", privacy="public")
    late = talk(2, "2023-05-10", privacy="public", told="2023-08-01")
    secret = talk(3, "2023-05-10", privacy="secret", told="2023-05-12")
    found = {one.id: (one.is_private, one.is_known_then) for one in made(talks=[early, late, secret]).contacts}
    assert found == {"v_001": (False, True), "v_002": (True, False), "v_003": (True, True)}


def test_a_record_of_the_day_was_not_known_then() -> None:
    found, claim, record = talk(1, "2023-05-10", privacy="closed")
    filed = replace(record, source="Foreign Relations of the United States, volume 1")
    (kept,) = made(talks=[(found, claim, filed)]).contacts
    assert (kept.is_known_then, kept.then, kept.is_private) == (False, None, True)


def test_privacy_at_the_time_is_what_the_last_word_of_the_time_said() -> None:
    history = (step("closed", "2023-05-11"), step("secret", "2024-01-01"))
    (found,) = made(talks=[talk(1, "2023-05-10", privacy="secret", privacy_history=history)]).contacts
    assert (found.then, found.privacy) == ("closed", "secret")
    (late,) = made(talks=[talk(1, "2023-05-10", privacy="secret", told="2024-01-01")]).contacts
    assert late.then is None


def test_index_at_the_time_leaves_out_what_came_out_later() -> None:
    found = busy()
    assert (found.index.contacts, found.at_the_time.contacts) == (9, 8)


def test_plans_are_open_and_what_was_refused_or_is_only_denied_failed() -> None:
    statuses = (
        "occurred",
        "ongoing",
        "planned",
        "proposed",
        "postponed",
        "hypothetical",
        "cancelled",
        "refused",
        "denied",
    )
    found = made(talks=[talk(n, status=status) for n, status in enumerate(statuses)])
    outcomes = {one.status: one.outcome for one in found.contacts}
    assert [outcomes[one] for one in statuses] == ["held", "held", "open", "open", "open", "open", *["failed"] * 3]
    assert (found.index.contacts, found.index.failed) == (5, 3)


# steps


def test_steps_hold_what_lies_in_them_and_what_is_looser_counts_in_the_index_alone() -> None:
    found = busy()
    assert [(one.hostile, one.friendly, sum(one.private.values())) for one in found.steps][:2] == [(1, 0, 1), (1, 0, 1)]
    assert (found.steps[0].failed, found.steps[8].later, found.steps[8].private) == (1, 1, {"secret": 1})
    loose = made([act("a_1", "p_1", day="2023")], [talk(1, None)], [paper("p_1")], by="month")
    assert loose.loose == 2 and all(not one.hostile and not one.private for one in loose.steps)
    assert made([act("a_1", "p_1", day="2023")], papers=[paper("p_1")], by="year").steps[0].hostile == 1


def test_a_step_has_the_index_of_its_twelve_months_or_none() -> None:
    found = busy()
    assert found.steps[3].index.why == "only 4 public acts and only 4 private contacts; 5 are needed"
    assert (found.steps[-1].index.acts, found.steps[-1].index.contacts) == (10, 9)


def test_thin_coverage_is_told() -> None:
    found = busy()
    assert [one.is_thin for one in found.steps[:2]] == [False, True]
    assert any(one.startswith("Thin coverage: 9 of 10 steps") for one in found.warnings)


def test_steps_are_as_short_as_sixty_allow() -> None:
    def fitting(first: str, last: str) -> str:
        return made(talks=[talk(1, first), talk(2, last)]).by

    assert fitting("2020-01-01", "2024-12-31") == "month"
    assert fitting("2020-01-01", "2025-01-01") == "quarter"
    assert fitting("1990-01-01", "2025-01-01") == "year"


# issues


def test_issues_of_one_side_alone_are_told_with_how_much_that_says() -> None:
    talks = [talk(n, issues=("taiwan",)) for n in range(8)] + [talk(9, issues=("climate",))]
    acts = [act(f"a_{n}", "p_1", issues=("sanctions",), day=f"2023-05-{n + 1:02}") for n in range(6)]
    found = made(acts, talks, [paper("p_1")])
    assert (found.of_private, found.of_public) == (9, 6)
    told = {one.issue: (one.standing, one.private, one.public, one.words) for one in found.issues}
    assert told == {
        "taiwan": ("private", 8, 0, "more than chance"),
        "sanctions": ("public", 0, 6, "more than chance"),
        "climate": ("private", 1, 0, "only 1"),
    }


def test_fisher_gives_known_values() -> None:
    assert fisher((3, 4), (1, 4)) == pytest.approx(0.485714, abs=1e-6)  # the lady tasting tea
    assert fisher((8, 9), (2, 7)) == pytest.approx(0.0350, abs=1e-4)
    assert fisher((0, 5), (0, 5)) == 1.0


def test_a_side_without_events_leaves_nothing_to_compare_with() -> None:
    found = made(talks=[talk(n, issues=("taiwan",)) for n in range(8)])
    assert [one.words for one in found.issues] == ["nothing to compare with"]
