"""What watches tell: each change once to each destination, also after a run that was killed, and what is quiet."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest

from backchannel import watches
from backchannel.errors import QueryError, StoreLocked
from backchannel.records import Voice
from backchannel.store import Store, open_store
from backchannel.store.watching import Watching
from backchannel.watches import Orders, Report, run_every
from backchannel.watches.desk import last_told
from store_samples import place as place  # a fixture
from watch_samples import NOW, Clock, outside, tell, watch

ALL = Orders()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with open_store(place) as opened:
        yield opened


def run(store: Store, clock: Clock | None = None) -> Report:
    return watches.run(store, ALL, outside(clock))


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def news(path: Path) -> list[dict[str, Any]]:
    return [one for one in told(path) if one["kind"] != "summary"]


def test_only_what_comes_after_a_watch_is_told_and_once(store: Store, tmp_path: Path) -> None:
    tell(store, 1)
    run_merge(store)
    watches.add(watch("asia", tmp_path / "out.jsonl", actors=("USA", "China")), store)
    tell(store, 2, on=date(2023, 6, 28))
    rest = "Fishing boats of the north are another matter, on which two neighbours agreed in the end to share a bay."
    tell(store, 3, on=date(2023, 6, 1), parties=("NOR", "FIN"), rest=rest, outlet="gazette")
    run(store)
    run(store)
    (item,) = news(tmp_path / "out.jsonl")
    assert (item["kind"], item["parties"], item["watches"], item["now"]) == (
        "conversation",
        ["CHN", "USA"],
        ["asia"],
        "occurred",
    )
    assert item["backing"][0]["quotation"] == "Sullivan met Wang in Vienna"
    assert item["id"].startswith("w_")


def run_merge(store: Store) -> None:
    from backchannel.pipeline.merging import merge_store

    merge_store(store, now=NOW)


def test_since_tells_what_was_first_reported_from_then_on(store: Store, tmp_path: Path) -> None:
    tell(store, 1, on=date(2023, 3, 1))
    tell(store, 2, on=date(2023, 6, 28))
    run_merge(store)
    watches.add(watch("asia", tmp_path / "out.jsonl", since="2023-06"), store)
    run(store)
    days = [one["day"] for one in news(tmp_path / "out.jsonl") if one["kind"] == "conversation"]
    assert days == ["2023-06-28"]


def test_a_plan_that_takes_place_is_told_as_a_turn(store: Store, tmp_path: Path) -> None:
    tell(store, 1, status="planned")
    run_merge(store)
    watches.add(watch("asia", tmp_path / "out.jsonl", tmp_path / "out.md"), store)
    made = tell(store, 2, on=date(2023, 6, 20))
    run(store)
    (item,) = news(tmp_path / "out.jsonl")
    assert item["conversation"] is not None
    assert item["kind"] in ("alert", "status")
    assert made.id in [one["claim"] for one in item["backing"]]
    assert f"<!-- {item['id']} -->" in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_kinds_of_alert_leave_out_all_else(store: Store, tmp_path: Path) -> None:
    watches.add(watch("silences", tmp_path / "out.jsonl", alerts=("silence",)), store)
    tell(store, 1)
    run(store)
    assert news(tmp_path / "out.jsonl") == []


def test_a_watch_hears_of_what_reaches_its_number_of_words(store: Store, tmp_path: Path) -> None:
    tell(store, 1)
    run_merge(store)
    watches.add(watch("sure", tmp_path / "out.jsonl", minimum_independent=2), store)
    rest = "The foreign ministry in Beijing said so in a notice, and gave no more of it to anybody who asked there."
    tell(store, 2, outlet="gazette", rest=rest, voice=Voice(source_class="institution"), parties=("USA", "CHN"))
    run(store)
    assert [one.independent for one in store.conversations()] == [2]
    assert [(one["independent"], one["watches"]) for one in news(tmp_path / "out.jsonl")] == [(2, ["sure"])]


def test_two_watches_with_one_change_tell_it_once_in_both_names(store: Store, tmp_path: Path) -> None:
    watches.add(watch("asia", tmp_path / "out.jsonl", actors=("CHN",)), store)
    watches.add(watch("america", tmp_path / "out.jsonl", tmp_path / "own.jsonl", actors=("USA",)), store)
    tell(store, 1)
    run(store)
    (shared,), (own,) = news(tmp_path / "out.jsonl"), news(tmp_path / "own.jsonl")
    assert shared["watches"] == ["america", "asia"]
    assert own["watches"] == ["america"]
    assert shared["id"] == own["id"]


def test_nothing_new_is_told_beside_news_and_once_a_day_without(store: Store, tmp_path: Path) -> None:
    for name, actor in (("asia", "CHN"), ("north", "NOR"), ("south", "BRA")):
        watches.add(watch(name, tmp_path / "out.jsonl", actors=(actor,)), store)
    tell(store, 1)
    report = run(store)
    assert (report.found.quiet, report.found.asked) == (("north", "south"), ("asia", "north", "south"))
    later = Clock(NOW + timedelta(days=1))
    run(store, later)
    run(store, later)
    headlines = [one["headline"] for one in told(tmp_path / "out.jsonl") if one["kind"] == "summary"]
    assert headlines == ["nothing new on 2 of 3 watches", "nothing new on 3 of 3 watches"]


def test_a_feed_is_valid_and_keeps_its_ids(store: Store, tmp_path: Path) -> None:
    watches.add(watch("asia", tmp_path / "out.atom"), store)
    tell(store, 1)
    run(store)
    first = feedparser.parse((tmp_path / "out.atom").read_bytes())
    tell(store, 2, on=date(2023, 6, 28))
    run(store, Clock(NOW + timedelta(hours=1)))
    second = feedparser.parse((tmp_path / "out.atom").read_bytes())
    assert (first.bozo, second.bozo, second.version) == (False, False, "atom10")
    assert second.feed.id == first.feed.id
    assert [one.id for one in second.entries][-len(first.entries) :] == [one.id for one in first.entries]
    assert len(second.entries) == len(first.entries) + 1
    assert all(one.id.startswith("urn:uuid:") and one.updated and one.title for one in second.entries)
    assert "Sullivan met Wang in Vienna" in second.entries[-1].content[0].value
    (tmp_path / "out.atom").unlink()
    run(store, Clock(NOW + timedelta(hours=2)))
    assert feedparser.parse((tmp_path / "out.atom").read_bytes()).entries == second.entries


def events(path: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(one["UID"]): one for one in calendar.walk("VEVENT")}


def test_a_calendar_follows_a_plan_from_proposed_to_called_off(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "plans.ics"
    watches.add(watch("asia", path), store)
    seen = []
    for number, status in enumerate(("proposed", "planned", "cancelled"), 1):
        tell(store, number, on=date(2023, 6, 20), status=status)
        day = date(2023, 6, 14) + timedelta(days=number)
        document_day(store, number, day, status)
        run(store, Clock(NOW + timedelta(hours=number)))
        ((uid, event),) = events(path).items()
        seen.append((uid, str(event["STATUS"]), int(event["SEQUENCE"]), event["DTSTAMP"].dt.hour))
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2023, 6, 20), date(2023, 6, 21))
        assert event["DTSTART"].params["VALUE"] == "DATE"
    assert [one[1] for one in seen] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert [one[2] for one in seen] == [0, 1, 2]
    assert [one[3] for one in seen] == [10, 11, 12]
    assert len({one[0] for one in seen}) == 1


def document_day(store: Store, number: int, day: date, status: str) -> None:
    """Put a plan for 20 June into a document of an earlier day."""
    from backchannel.records import When
    from store_samples import READER, claim, document

    when = When(start="2023-06-20", end="2023-06-20", precision="day")
    store.put_document(document(number, published=day), [claim(number, when=when, status=status)], reader=READER)


def test_a_run_killed_before_marking_is_taken_up_with_the_same_ids(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watches.add(watch("asia", tmp_path / "out.jsonl"), store)
    tell(store, 1)

    def killed(self: Watching, numbers: object, *, now: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Watching, "mark", killed)
        with pytest.raises(KeyboardInterrupt):
            run(store)
    run(store)
    run(store)
    ids = [one["id"] for one in told(tmp_path / "out.jsonl")]
    assert (len(ids), len(set(ids))) == (2, 1)


def test_a_line_that_was_cut_off_does_not_spoil_the_next(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text('{"id": "w_', encoding="utf-8")
    watches.add(watch("asia", path), store)
    tell(store, 1)
    run(store)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == '{"id": "w_'
    assert json.loads(lines[1])["kind"] in ("alert", "conversation")


def test_a_destination_that_fails_waits_and_stops_no_other(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    watches.add(watch("asia", tmp_path / "taken" / "out.jsonl", tmp_path / "out.jsonl"), store)
    tell(store, 1)
    report = run(store)
    bad, good = report.deliveries
    assert (bad.sent, bad.waiting, good.waiting) == (0, 1, 0)
    assert "cannot be written" in str(bad.error)
    (listed,) = watches.listed(store)
    assert [(one.waiting, one.error is None) for one in listed.destinations] == [(1, False), (0, True)]
    (tmp_path / "taken").unlink()
    assert [one.waiting for one in run(store).deliveries] == [0, 0]
    assert [one["id"] for one in news(tmp_path / "taken" / "out.jsonl")] == [
        one["id"] for one in news(tmp_path / "out.jsonl")
    ]


def test_what_is_no_more_is_told_to_those_who_heard_of_it(store: Store, tmp_path: Path) -> None:
    watches.add(watch("asia", tmp_path / "out.jsonl"), store)
    tell(store, 1)
    run(store)
    from store_samples import READER, document

    store.put_document(document(1, published=date(2023, 6, 20)), [], reader=READER)
    run(store)
    last = news(tmp_path / "out.jsonl")[-1]
    assert (last["kind"], last["because"]) == ("gone", ["its reports were withdrawn"])


def test_looking_keeps_and_sends_nothing(store: Store, tmp_path: Path) -> None:
    watches.add(watch("asia", tmp_path / "out.jsonl"), store)
    tell(store, 1)
    run_merge(store)
    for _ in range(2):
        report = watches.look(store, ALL, outside())
        assert [item.kind for batch in report.found.batches for item in batch.items] == ["conversation"]
    assert not (tmp_path / "out.jsonl").exists()
    assert watches.listed(store)[0].ran is None


def test_what_a_watch_names_is_read_before_it_is_asked(store: Store, tmp_path: Path) -> None:
    missing = tmp_path / "no.txt"
    watches.add(watch("asia", tmp_path / "out.jsonl", read=(str(missing),)), store)
    tell(store, 1)
    report = run(store)
    assert str(missing) in report.faults[0]
    assert len(news(tmp_path / "out.jsonl")) == 1


def test_runs_follow_each_other_by_the_clock_until_stopped(store: Store, place: str, tmp_path: Path) -> None:
    watches.add(watch("asia", tmp_path / "out.jsonl"), store)
    ticks = iter((0.0, 2.0, 10.0, 25.0))
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        with open_store(place) as other, pytest.raises(StoreLocked, match="runs the watches"):
            watches.run(other, ALL, outside())
        if len(pauses) == 2:
            raise KeyboardInterrupt

    reports: list[Report] = []
    run_every(store, ALL, outside(), seconds=10.0, tell=reports.append, clock=lambda: next(ticks), pause=pause)
    assert (pauses, len(reports)) == ([8.0, 0.0], 2)
    run(store)


def test_removing_a_watch_forgets_what_waits_for_it_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    shared, own = tmp_path / "taken" / "shared.jsonl", tmp_path / "taken" / "own.jsonl"
    watches.add(watch("asia", shared, own), store)
    watches.add(watch("america", shared), store)
    tell(store, 1)
    run(store)
    assert len(store.watching.waiting()) == 2
    assert last_told(store, "asia", limit=5)[0].kind == "conversation"
    watches.remove("asia", store)
    assert list(store.watching.waiting()) == [f"jsonl:{shared}"]
    with pytest.raises(QueryError, match="no watch named 'asia'; known: america"):
        watches.remove("asia", store)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": "no name"}, "is no name for a watch"),
        ({"to": ()}, "say where to tell"),
        ({"actors": ("Zzyzx",)}, "no actor called 'Zzyzx'"),
        ({"issue": "weather"}, "no issue called 'weather'"),
        ({"alerts": ("noise",)}, "no alert of kind noise"),
        ({"since": "soon"}, "'soon' is not a date"),
    ],
)
def test_a_watch_that_cannot_be_asked_is_refused(store: Store, change: dict[str, Any], fault: str) -> None:
    made = watch(change.pop("name", "asia"), "out.jsonl", **change)
    with pytest.raises(QueryError, match=fault):
        watches.add(made, store)
    assert watches.listed(store) == []


def test_a_signal_to_end_stops_the_runs_cleanly(store: Store, tmp_path: Path) -> None:
    assert threading.current_thread() is threading.main_thread(), "signals reach the main thread alone"
    watches.add(watch("asia", tmp_path / "out.jsonl"), store)
    before = signal.getsignal(signal.SIGTERM)

    def pause(seconds: float) -> None:
        signal.raise_signal(signal.SIGTERM)

    reports: list[Report] = []
    run_every(store, ALL, outside(), seconds=10.0, tell=reports.append, pause=pause)
    assert (len(reports), signal.getsignal(signal.SIGTERM)) == (1, before)
