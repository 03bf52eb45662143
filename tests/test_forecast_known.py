"""What a store knew on a day is what a store holds that was never told anything later."""

from dataclasses import replace
from pathlib import Path

import pytest

from backchannel.forecast import of_records
from backchannel.forecast.answers import digest
from backchannel.forecast.known import archive
from backchannel.records import ConversationParty
from forecast_stores import ACTORS, Told, busy, day, fill

LATE: list[Told] = [
    ("USA", "CHN", 10, 20, "planned", None),
    ("USA", "CHN", 35, 20, "occurred", None),  # told only two weeks after it took place
    ("FRA", "DEU", 12, 18, "planned", None),
    ("FRA", "DEU", 15, 18, "cancelled", None),
    ("RUS", "IRN", 40, 5, "occurred", None),  # a meeting of January that came out in February
    ("GBR", "IND", 38, 38, "occurred", "THREATEN"),
    ("GBR", "IND", 8, 8, "occurred", "THREATEN"),
]


def _cut(told: list[Told], before: int) -> list[Told]:
    return [one for one in told if one[2] < before]


@pytest.mark.parametrize("on", [16, 36])
def test_a_store_cut_at_a_day_gives_the_same_events(tmp_path: Path, on: int) -> None:
    told = LATE + busy(days=45)[:12]
    with fill(tmp_path / "whole.db", told) as whole, fill(tmp_path / "cut.db", _cut(told, on)) as cut:
        one, other = (archive(store).stream(day(on)) for store in (whole, cut))
    assert len(one) > 2
    assert one.actors == other.actors
    assert one.relations == other.relations
    assert one.start == other.start
    for name in ("subject", "relation", "object", "time"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert digest(one, one.last + 1) == digest(other, other.last + 1)


def test_what_came_out_later_is_not_known_before(tmp_path: Path) -> None:
    with fill(tmp_path / "whole.db", LATE) as store:
        known = archive(store)
    assert {one.status for one in known.as_of(day(11))} == {"planned"}
    assert [one.status for one in known.as_of(day(30)) if one.parties[0].actor in ("USA", "CHN")] == ["planned"]
    assert [one.status for one in known.as_of(day(36)) if one.parties[0].actor in ("USA", "CHN")] == ["occurred"]
    assert not any("IRN" in {party.actor for party in one.parties} for one in known.as_of(day(40)))
    assert [on for _, on in known.acts_before(day(38))] == [day(8)]


def test_a_plenary_is_no_talk_of_any_two(tmp_path: Path) -> None:
    with fill(tmp_path / "store.db", LATE) as store:
        known = archive(store)
    one = next(one for one in known.conversations if one.status == "occurred")
    assert len(of_records([one])) == 2
    for parties, events in ((ACTORS[:8], 56), (ACTORS[:9], 0)):
        many = replace(one, parties=tuple(ConversationParty(actor=actor) for actor in parties))
        assert len(of_records([many])) == events


def test_a_plan_that_only_a_declassified_record_tells_is_no_event(tmp_path: Path) -> None:
    with fill(tmp_path / "store.db", LATE[:1]) as store:
        (one,) = archive(store).conversations
    assert len(of_records([one])) == 2
    assert len(of_records([replace(one, revealed_by="declassified")])) == 0
