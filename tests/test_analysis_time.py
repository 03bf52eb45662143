"""Time in words and on an axis; counts by pair; nothing depends on the order in which conversations come."""

from datetime import date
from itertools import permutations

import pytest

from backchannel.analysis import pairs, phrases
from backchannel.analysis.timeline import cells, timeline
from backchannel.cli.axes import bar
from backchannel.records import ConversationParty, When
from store_samples import conversation


def _when(start: str, end: str | None = None) -> When:
    precision = {4: "year", 7: "month", 10: "day"}[len(start)]
    return When(start=start, end=end or start, precision=precision)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2023-05-10", "2023-05-10", "10 May 2023"),
        ("2023-05-10", "2023-05-11", "10–11 May 2023"),
        ("2023-04-28", "2023-05-02", "28 April – 2 May 2023"),
        ("2022-12-30", "2023-01-02", "30 December 2022 – 2 January 2023"),
        ("2023-05", "2023-05", "May 2023"),
        ("2023-05", "2023-07", "May–July 2023"),
        ("1971", "1971", "1971"),
        ("1969", "1973", "1969–1973"),
    ],
)
def test_an_interval_says_what_is_shared_once(start: str, end: str, told: str) -> None:
    assert phrases.interval(_when(start, end)) == told


def test_conversations_of_two_months_share_one_frame() -> None:
    told = timeline([conversation(1), conversation(2, when=_when("2023-06-20"))])
    assert [(frame.first, frame.last) for frame in told.frames] == [(date(2023, 5, 10), date(2023, 6, 20))]


def test_years_get_a_frame_each_and_the_undated_stand_apart() -> None:
    told = timeline([conversation(1, when=_when("1971-07")), conversation(2), conversation(3, when=None)])
    assert [frame.title for frame in told.frames] == ["1971", "2023"]
    assert [one.id for one in told.undated] == ["v_003"]


def test_an_uncertain_date_is_drawn_as_a_span_and_a_plan_apart_from_what_was_held() -> None:
    one = conversation(1, when=_when("2023-03"))
    other = conversation(2, when=_when("2023-03-14"), status="planned")
    (frame,) = timeline([one, other]).frames
    drawn = {entry.id: bar(entry, frame).strip() for entry in frame.entries}
    assert drawn == {"v_001": "┠●─┨", "v_002": "○"}


def test_bars_stay_on_the_axis() -> None:
    days = ["2023-01-01", "2023-12-31", "2023-12", "2023"]
    (frame,) = timeline([conversation(n, when=_when(day)) for n, day in enumerate(days)]).frames
    for entry in frame.entries:
        start, stop = cells(entry, frame, 36)
        assert 0 <= start < stop <= 36
        assert len(bar(entry, frame)) == 36


def test_a_tally_counts_shares_months_and_the_last_contact() -> None:
    told = [
        conversation(1),
        conversation(2, privacy="secret", when=_when("2023-06-20")),
        conversation(3, status="planned", when=_when("2023-09"), disputed=True),
        conversation(4, when=None, privacy=None),
    ]
    for some in permutations(told):
        counted = pairs.tally(some)
        assert (counted.conversations, counted.acknowledged_share, counted.private_share) == (4, 0.67, 0.33)
        assert (counted.last_contact, counted.last_day) == ("v_002", "2023-06-20")
        assert counted.disputes == ("v_003",)
        assert [month.month for month in counted.by_month] == ["2023-05", "2023-06", "2023-09", None]


def test_partners_are_ranked_and_the_unidentified_is_none() -> None:
    of_oman = (
        ConversationParty(actor="OMN", name="Oman"),
        ConversationParty(actor="USA"),
        ConversationParty(actor="UNKNOWN"),
    )
    told = [conversation(1), conversation(2), conversation(3, parties=of_oman)]
    assert [(one.parties, one.conversations) for one in pairs.partners(told, "USA")] == [(("CHN",), 2), (("OMN",), 1)]


def test_a_plenary_is_no_thread() -> None:
    many = tuple(ConversationParty(actor=actor) for actor in ("USA", "CHN", "FRA", "DEU", "GBR"))
    assert pairs.threads([conversation(1, parties=many)]) == ()
    assert [one.parties for one in pairs.threads([conversation(1)])] == [("CHN", "USA")]
