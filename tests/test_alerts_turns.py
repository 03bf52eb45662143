"""Turns in a conversation's life are told on their day, by what was known then, once, with reasons and sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from alert_samples import START, crowd, life, parties, report
from backchannel import vocabulary
from backchannel.alerts import Alert, Kind, Wanted, find
from backchannel.alerts.chronicle import Life, met
from backchannel.records import Claim, Evidence, Span, When


def _found(
    *told: Life, kinds: tuple[Kind, ...] = ("confirmation", "denial", "status", "upgrade"), **more: Any
) -> list[Alert]:
    wanted = Wanted(since=START, until=START + timedelta(days=400), kinds=kinds, **more)
    return list(find(sorted(told, key=lambda one: one.told[0].on), [], wanted).alerts)


def test_a_plan_that_took_place_is_told_with_its_sentence() -> None:
    told = life(1, report(1, "elm", status="planned"), report(9, "elm"), history=[("planned", 1), ("occurred", 9)])
    (alert,) = _found(told)
    assert (alert.kind, alert.day, alert.conversation) == ("status", "2024-01-10", "v_001")
    assert alert.headline.startswith("took place, planned until now")
    assert alert.backing[0].quotation == "Envoys of both sides talked, elm said."
    assert alert.backing[0].citation


@pytest.mark.parametrize("status", ["cancelled", "postponed", "refused"])
def test_a_plan_that_came_to_nothing_is_told(status: str) -> None:
    claims = report(1, "elm", status="planned"), report(4, "oak", status=status)
    (alert,) = _found(life(1, *claims, history=[("planned", 1), (status, 4)]), kinds=("status",))
    assert alert.day == "2024-01-05"


def test_a_denial_of_what_another_told_is_told_and_one_alone_is_not() -> None:
    both = life(1, report(1, "elm"), report(3, "oak", status="denied"), history=[("occurred", 1), ("denied", 3)])
    alone = life(2, report(5, "ash", status="denied"), history=[("denied", 5)])
    (alert,) = _found(both, alone)
    assert (alert.kind, alert.conversation) == ("denial", "v_001")
    assert "1 independent origin" in alert.reasons[0]


def test_what_unnamed_sources_told_and_an_institution_owns_to_is_an_upgrade() -> None:
    (alert,) = _found(life(1, report(1, "elm", told="unnamed_official"), report(3, "oak")), kinds=("upgrade",))
    assert alert.day == "2024-01-04"
    assert not _found(life(1, report(1, "elm"), report(3, "oak")), kinds=("upgrade",))


def test_a_second_teller_confirms_once_and_the_first_teller_never() -> None:
    told = life(1, report(1, "elm"), report(2, "elm"), report(3, "oak"), report(4, "ash"))
    (alert,) = _found(told, kinds=("confirmation",))
    assert (alert.day, alert.independent) == ("2024-01-04", 2)


def test_a_look_back_confirms_nothing() -> None:
    assert not _found(life(1, report(1, "elm"), report(90, "oak")), kinds=("confirmation",))


def test_a_day_knows_nothing_of_what_came_later() -> None:
    claims = (
        report(1, "elm", status="planned", told="unnamed_official"),
        report(5, "oak"),
        report(9, "ash", status="denied"),
        report(12, "fir"),
    )
    history = [("planned", 1), ("occurred", 5), ("denied", 9), ("occurred", 12)]
    whole = _found(*crowd(), life(1, *claims, history=history), kinds=_ALL)
    for last in range(1, 14):
        cut = life(1, *claims, history=[step for step in history if step[1] <= last], until=last)
        early = [one for one in crowd() if one.told[0].on <= START + timedelta(days=last)]
        until = START + timedelta(days=last)
        assert _found(*early, cut, kinds=_ALL) == [one for one in whole if one.day <= until.isoformat()]


_ALL: tuple[Kind, ...] = ("confirmation", "denial", "new_channel", "status", "upgrade")


def test_the_first_contact_of_two_that_are_known_is_a_new_channel() -> None:
    (alert,) = _found(*crowd(), life(1, report(60, "elm"), report(61, "oak")), kinds=("new_channel",))
    assert (alert.parties, alert.day, alert.thin) == (("FIN", "NOR"), "2024-03-01", None)
    assert alert.surprise >= 3
    assert "no conversation of the two known before" in alert.reasons


def test_two_first_contacts_of_a_day_are_told_once() -> None:
    both = life(1, report(60, "elm")), life(2, report(60, "oak", form="call"))
    assert len(_found(*crowd(), *both, kinds=("new_channel",))) == 1


def test_of_several_that_met_one_teller_alone_tells_no_channel() -> None:
    three = report(60, "elm", parties=parties("NOR", "FIN", "SWE"))
    assert not _found(*crowd(), life(1, three), kinds=("new_channel",))


@pytest.mark.parametrize(("days_before", "told"), [(400, 0), (5, 1)])
def test_whom_a_table_has_together_long_before_meets_for_no_first_time(days_before: int, told: int) -> None:
    lives = sorted([*crowd(), life(1, report(60, "elm"), report(61, "oak"))], key=lambda one: one.told[0].on)
    (pair,) = lives[-1].pairs(lives[-1].told)
    wanted = Wanted(since=START, until=START + timedelta(days=400), kinds=("new_channel",))
    row = {pair: START + timedelta(days=60 - days_before)}
    assert len(find(lives, [], wanted, met=row).alerts) == told


def test_the_rows_of_tables_tell_who_met_by_when() -> None:
    row = Claim(
        id="c_1",
        document="d_1",
        by="import:visits",
        row="7",
        parties=parties("USA", "GEO", "UNKNOWN"),
        when=When(start="2010-01-20", end="2010-01-22", precision="day"),
    )
    later = replace(row, id="c_2", when=When(start="2012-02-01", end="2012-02-01", precision="day"))
    assert met([later, row, replace(row, id="c_3", row=None)]) == {("GEO", "USA"): date(2010, 1, 22)}


def test_a_first_secret_contact_of_two_that_often_meet_is_a_new_channel() -> None:
    swedes = parties("NOR", "SWE")
    secret = life(1, report(60, "elm", privacy="secret", parties=swedes))
    usual = life(2, report(61, "elm", privacy="closed", parties=swedes))
    again = life(3, report(62, "elm", privacy="secret", parties=swedes))
    (alert,) = _found(*crowd(), secret, usual, again, kinds=("new_channel",))
    assert (alert.conversation, "kept from the public" in alert.headline) == ("v_001", True)


def test_an_old_contact_told_now_is_no_new_channel() -> None:
    old = When(start="1999-05", end="1999-05", precision="month")
    assert not _found(*crowd(), life(1, report(60, "elm", when=old)), kinds=("new_channel",))


def test_a_bloc_and_its_own_member_are_no_new_channel() -> None:
    assert not _found(*crowd(), life(1, report(60, "elm", parties=parties("NATO", "NOR"))), kinds=("new_channel",))
    outside = life(1, report(60, "elm", parties=parties("ASEAN", "NOR")))
    assert len(_found(*crowd(), outside, kinds=("new_channel",))) == 1


@pytest.mark.parametrize("row", vocabulary.load("alerts.yml")["history"], ids=lambda row: str(row["id"]))
def test_an_undated_contact_told_in_words_of_long_ago_is_no_new_channel(row: dict[str, str]) -> None:
    def told(text: str) -> list[Alert]:
        sentence = Span(start=0, end=len(text), text=text)
        return _found(*crowd(), life(1, report(60, "elm", sentence=sentence)), kinds=("new_channel",))

    assert not told(row["yes"])
    assert told(row["no"])


def test_a_pair_of_which_hardly_anything_is_known_is_marked_thin_and_of_two_such_nothing_is_told() -> None:
    one = life(1, report(60, "elm", parties=parties("NOR", "ISL")))
    none = life(2, report(61, "elm", parties=parties("DNK", "EST")))
    (alert,) = _found(*crowd(), one, none, kinds=("new_channel",))
    assert alert.parties == ("ISL", "NOR") and alert.thin is not None


def test_a_question_and_a_they_are_no_new_channel() -> None:
    asked = report(60, "elm", sentence=Span(start=0, end=24, text="Did the two meet at all?"))
    back = {"parties": (Evidence(start=0, end=1, text="They", by="roster:plural"),)}
    assert not _found(*crowd(), life(1, asked), kinds=("new_channel",))
    assert not _found(*crowd(), life(1, report(60, "elm", evidence=back)), kinds=("new_channel",))


def test_a_young_store_says_that_it_judges_no_new_channel() -> None:
    wanted = Wanted(since=START, until=START + timedelta(days=9), kinds=("new_channel",))
    found = find([life(1, report(3, "elm"))], [], wanted)
    assert found.alerts == ()
    assert "fewer than 30 conversations" in found.unjudged[0]


def test_the_same_thing_has_the_same_id_when_other_reports_come() -> None:
    first = _found(life(1, report(1, "elm"), report(3, "oak")), kinds=("confirmation",))
    later = _found(life(7, report(1, "elm"), report(3, "oak"), report(8, "ash")), *crowd(), kinds=("confirmation",))
    assert [one.id for one in first] == [one.id for one in later]


def test_of_a_week_the_weightiest_are_told() -> None:
    swedes = parties("NOR", "SWE")
    light = life(1, report(50, "elm"), report(51, "oak"))
    heavy = life(
        2, report(50, "fir", parties=swedes), report(51, "yew", parties=swedes), report(51, "ash", parties=swedes)
    )
    all_of_them = _found(*crowd(), light, heavy, kinds=("confirmation",))
    assert len(all_of_them) == 2
    (kept,) = _found(*crowd(), light, heavy, kinds=("confirmation",), budget=1)
    assert kept.priority == max(one.priority for one in all_of_them)


def test_alerts_are_asked_for_by_party_issue_and_tellers() -> None:
    told = life(1, report(1, "elm"), report(3, "oak"))
    assert _found(told, actors=("NOR", "FIN")) and not _found(told, actors=("SWE",))
    assert _found(told, issue="taiwan") and not _found(told, issue="trade")
    assert _found(told, minimum_independent=2) and not _found(told, minimum_independent=3)
