"""Whether a planned meeting is held: what became of plans by rule, and a chance learnt from them, or none."""

from datetime import date, timedelta

import numpy as np
import pytest

from backchannel.forecast.planned import Held, NotTold, will_be_held
from backchannel.forecast.planned_record import Plan, plans
from backchannel.records import Claim, Conversation, ConversationParty, Origin, Party, SourceClass, Status, Voice, When

DAY = date(2024, 3, 1)
NOW = date(2024, 12, 31)
Told = tuple[Status, int, int | None]
"""Status, day on which it was told, day told for the meeting."""


def _conversation(
    name: str,
    *told: Told,
    source: SourceClass = "institution",
    parties: tuple[str, ...] = ("AAA", "BBB"),
    begin: date = DAY,
) -> tuple[Conversation, dict[str, Claim], dict[str, date]]:
    """Give a conversation with a claim for each thing told, its claims by id and the days of their documents."""
    claims, published = {}, {}
    sides = tuple(Party(actor=actor) for actor in parties)
    for number, (status, on, due) in enumerate(told):
        id_ = f"{name}.{number}"
        day = None if due is None else (begin + timedelta(days=due)).isoformat()
        when = None if day is None else When(start=day, end=day, precision="day")
        claims[id_] = Claim(
            id=id_,
            document=f"d.{id_}",
            status=status,
            when=when,
            form="visit",
            parties=sides,
            voice=Voice(source_class=source),
        )
        published[f"d.{id_}"] = begin + timedelta(days=on)
    conversation = Conversation(
        id=name,
        parties=tuple(ConversationParty(actor=actor) for actor in parties),
        form="visit",
        issues=(),
        when=None,
        where=None,
        privacy=None,
        privacy_history=(),
        channel=None,
        status=told[-1][0],
        status_history=(),
        claims=tuple(claims),
        documents=len(claims),
        origins=(Origin(origin="official:AAA", kind="official", claims=tuple(claims)),),
        independent=1,
        disputed=False,
        denials=(),
        first_reported=None,
        revealed_by=None,
        lag_days=None,
        score=0.9,
        reasons=(),
    )
    return conversation, claims, published


def _plan(*told: Told, now: date = NOW) -> Plan | None:
    found = plans([(made := _conversation("k", *told))[0]], made[1], made[2], now=now)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("told", "outcome", "known"),
    [
        ([("planned", 0, 10), ("occurred", 11, 10)], "held", 11),
        ([("planned", 0, 10), ("occurred", 12, 11)], "held", 12),  # a day later is still by its date
        ([("planned", 0, 10), ("occurred", 11, None)], "held", 11),
        ([("planned", 0, 10), ("occurred", 20, None)], "void", 40),  # told late and without a day: nobody can say
        ([("planned", 0, 10), ("cancelled", 8, None)], "called off", 8),
        ([("planned", 0, 10), ("refused", 8, None)], "called off", 8),
        ([("planned", 0, 10), ("postponed", 8, 25), ("occurred", 26, 25)], "called off", 8),
        ([("planned", 0, 10), ("postponed", 8, None), ("occurred", 11, 10)], "held", 11),
        ([("planned", 0, 10), ("planned", 9, 18), ("occurred", 19, 18)], "called off", 9),
        ([("planned", 0, 10), ("occurred", 30, 28)], "called off", 30),
        ([("planned", 0, 10), ("denied", 4, None)], "called off", 4),
        ([("planned", 0, 10), ("denied", 4, None), ("occurred", 11, 10)], "held", 11),
        ([("planned", 0, 10), ("occurred", 11, 10), ("cancelled", 15, None)], "held", 11),
        ([("planned", 0, 10)], "void", 40),
    ],
)
def test_what_became_of_a_plan(told: list[Told], outcome: str, known: int) -> None:
    plan = _plan(*told)
    assert plan is not None
    assert (plan.outcome, plan.resolved_on) == (outcome, DAY + timedelta(days=known))


def test_a_plan_stays_open_until_its_grace_is_over() -> None:
    plan = _plan(("planned", 0, 10), ("occurred", 11, 10), now=DAY + timedelta(days=10))
    assert plan is not None
    assert (plan.outcome, plan.resolved_on) == ("open", None)


@pytest.mark.parametrize(
    "told",
    [
        [("occurred", 11, 10)],
        [("planned", 12, 10)],  # told after its day
        [("proposed", 0, 10)],
        [("planned", 0, None)],
        [("cancelled", 0, None), ("planned", 2, 10)],
    ],
)
def test_what_was_not_planned_for_a_day_to_come_is_no_plan(told: list[Told]) -> None:
    assert _plan(*told) is None


def test_a_plan_is_known_as_it_was_told_before_the_day() -> None:
    plan = _plan(("planned", 0, 10), ("postponed", 8, 25))
    assert plan is not None
    assert [word.claim.status for word in plan.known(DAY + timedelta(days=8))] == ["planned"]
    assert plan.due_as_known(DAY + timedelta(days=8)) == DAY + timedelta(days=10)
    assert plan.due_as_known(DAY + timedelta(days=9)) == DAY + timedelta(days=25)


def _store(number: int = 160, *, now: date = NOW) -> tuple[Plan, ...]:
    """Give plans of two pairs: those told by an institution are nearly always held, those of nobody named seldom."""
    generator = np.random.default_rng(5)
    told, claims, published = [], {}, {}
    for place in range(number):
        begin = DAY + timedelta(days=place)
        named = bool(generator.random() < 0.6)
        is_held = bool(generator.random() < (0.92 if named else 0.3))
        end: Told = ("occurred", 8, 7) if is_held else ("cancelled", 5, None)
        parties = ("AAA", "BBB") if place % 2 else ("CCC", "DDD")
        source: SourceClass = "institution" if named else "unnamed_official"
        one = _conversation(f"k{place:03d}", ("planned", 0, 7), end, source=source, parties=parties, begin=begin)
        told.append(one[0])
        claims.update(one[1])
        published.update(one[2])
    return plans(told, claims, published, now=now)


def _asked(source: SourceClass, at: int) -> Plan:
    begin = DAY + timedelta(days=at)
    made = _conversation("asked", ("planned", 0, 7), source=source, begin=begin)
    return plans([made[0]], made[1], made[2], now=begin)[0]


def test_what_is_on_record_is_likelier_held() -> None:
    at = DAY + timedelta(days=171)
    official = will_be_held(_asked("institution", 170), _store(), at)
    anonymous = will_be_held(_asked("unnamed_official", 170), _store(), at)
    assert isinstance(official, Held)
    assert isinstance(anonymous, Held)
    assert official.probability > official.baseline > anonymous.probability
    assert official.plans == 160
    assert official.reasons[0].feature == "anonymous"
    assert anonymous.reasons[0].detail == "nobody who can be named has told of it"
    assert anonymous.reasons[0].weight < 0 < official.reasons[0].weight


def test_what_is_told_later_changes_no_forecast() -> None:
    at = DAY + timedelta(days=121)
    asked = _asked("institution", 120)
    assert will_be_held(asked, _store(), at) == will_be_held(asked, _store(now=at - timedelta(days=1)), at)


def test_few_resolved_plans_give_the_base_rate_and_the_reason() -> None:
    at = DAY + timedelta(days=31)
    told = will_be_held(_asked("institution", 30), _store(), at)
    assert isinstance(told, NotTold)
    assert "plans were resolved before 2024-04-01; 60 are needed" in told.reason
    assert told.baseline is not None
    assert 0.4 < told.baseline < 0.95


def test_without_any_plan_there_is_no_base_rate() -> None:
    told = will_be_held(_asked("institution", 30), [], DAY + timedelta(days=31))
    assert isinstance(told, NotTold)
    assert told.baseline is None


def test_what_is_known_already_is_not_foretold() -> None:
    plan = _plan(("planned", 0, 10), ("cancelled", 8, None))
    assert plan is not None
    told = will_be_held(plan, _store(), DAY + timedelta(days=9))
    assert isinstance(told, NotTold)
    assert told.reason == "it is known since 2024-03-09 what became of it: called off"
