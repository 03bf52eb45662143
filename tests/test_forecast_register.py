"""Forecasts of a store are registered before their outcome, once, with what they were made from; or not made at all."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backchannel.errors import QueryError
from backchannel.forecast.known import archive
from backchannel.forecast.register import Wanted, ask, entries
from backchannel.pipeline.merging import merge_store
from backchannel.store import Store
from forecast_stores import NOW, busy, day, entry, fill, planned

PAIR = Wanted(pair=("United States", "CHN"))
TODAY = datetime.fromisoformat("2024-08-03T10:00:00+00:00")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store of 215 days of talks, threats and plans."""
    return fill(tmp_path_factory.mktemp("register") / "store.db", [*busy(), *planned()])


def _busiest(store: Store) -> Wanted:
    """Ask about the pair with most conversations."""
    numbers: dict[tuple[str, ...], int] = {}
    for one in store.conversations():
        pair = tuple(sorted(party.actor for party in one.parties))
        numbers[pair] = numbers.get(pair, 0) + 1
    one, other = max(numbers, key=lambda pair: numbers[pair])
    return Wanted(pair=(one, other))


def test_what_is_foretold_is_registered_with_what_it_was_made_from(full: Store) -> None:
    wanted = _busiest(full)
    found = ask(full, wanted, now=TODAY)
    kept = {one.forecast.id: one for one in entries(full, today=TODAY.date())}
    assert [(one.kind, one.horizon) for one in found] == [
        ("talks", 7), ("talks", 30), ("conflict", 7), ("conflict", 30)
    ]  # fmt: skip
    told = [one for one in found if one.probability is not None]
    assert told
    assert {one.registered for one in told} <= kept.keys()
    for one in told:
        row = kept[one.registered or ""].forecast
        assert (row.probability, row.inputs, row.reasons) == (one.probability, one.inputs, one.reasons)
        assert row.made == "2024-08-03T10:00:00+00:00"
        assert row.origin == day(215).isoformat()
        assert row.due == day(215 + (one.horizon or 0) - 1).isoformat()
        assert set(row.baselines) == {"base rate", "persistence"}
        assert row.reasons
        assert kept[row.id].state == "open"
        assert not row.is_late
    before = len(kept)
    assert [one.registered for one in ask(full, wanted, now=TODAY + timedelta(hours=3))] == [
        one.registered for one in found
    ]
    assert len(entries(full, today=TODAY.date())) == before
    again = ask(full, wanted, now=NOW)  # on another day, after the last day it speaks of
    assert {one.registered for one in again}.isdisjoint(one.registered for one in found)
    late = [one for one in entries(full, today=NOW.date()) if one.forecast.is_late]
    assert {one.forecast.id for one in late} == {one.registered for one in again if one.registered}


def test_who_comes_next_is_registered_with_all_that_were_named(full: Store) -> None:
    who = _busiest(full).pair
    assert who is not None
    (found,) = ask(full, Wanted(actor=who[0]), now=TODAY)
    assert found.probability is not None
    chances = [one.probability for one in found.candidates]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) + (found.someone_else or 0) == pytest.approx(1, abs=1e-3)
    assert found.calibration is not None
    row = next(one.forecast for one in entries(full, today=TODAY.date()) if one.forecast.id == found.registered)
    assert row.answer == found.candidates[0].actor
    assert row.others == {one.actor: one.probability for one in found.candidates}
    assert (row.kind, row.relation, row.horizon) == ("next", "consult", 30)


def test_a_planned_meeting_is_foretold_from_the_plans_before(full: Store) -> None:
    (found,) = ask(full, Wanted(planned=True), now=TODAY)
    assert found.parties == ("JPN", "USA")
    assert found.probability is not None
    assert 0.3 < found.probability < 0.95
    assert found.baselines["base rate"] == pytest.approx(2 / 3, abs=0.1)
    assert found.due == day(220).isoformat()
    assert found.registered is not None


def test_a_day_that_documents_reach_is_shown_and_not_registered(full: Store) -> None:
    wanted = Wanted(actor="USA", at=day(214))
    before = len(entries(full, today=TODAY.date()))
    (found,) = ask(full, wanted, now=TODAY)
    assert found.probability is not None
    assert found.registered is None
    assert "documents reach 2024-08-02" in (found.unregistered or "")
    assert len(entries(full, today=TODAY.date())) == before


def test_with_too_little_to_learn_from_nothing_is_foretold(tmp_path: Path) -> None:
    with fill(tmp_path / "store.db", busy(days=60)) as store:
        found = ask(store, PAIR, now=TODAY) + ask(store, Wanted(actor="USA"), now=TODAY)
        assert {one.probability for one in found} == {None}
        assert all("conversations and events" in (one.abstained or "") for one in found)
        assert found[-1].candidates[0].reasons[0].endswith(f"were with {found[-1].candidates[0].actor}")
        assert entries(store, today=TODAY.date()) == []


def test_another_document_gives_other_inputs(tmp_path: Path) -> None:
    with fill(tmp_path / "store.db", busy(days=40)) as store:
        at = day(45)
        one = ask(store, Wanted(actor="USA", at=at), now=TODAY)[0].inputs
        assert ask(store, Wanted(actor="USA", at=at), now=NOW)[0].inputs == one
        store.put_documents([entry(9_000, ("USA", "EGY", 44, 43, "occurred", None))], reader="reader 0.1.0")
        merge_store(store, now=NOW)
        assert ask(store, Wanted(actor="USA", at=at), now=TODAY)[0].inputs != one
        assert archive(store).reach == day(44)


def test_questions_that_are_none_say_what_to_ask(tmp_path: Path) -> None:
    with fill(tmp_path / "store.db", []) as store, pytest.raises(QueryError, match="no document of this store"):
        ask(store, PAIR, now=TODAY)
    with fill(tmp_path / "few.db", busy(days=5)) as store:
        with pytest.raises(QueryError, match="one party"):
            ask(store, Wanted(pair=("USA", "United States")), now=TODAY)
        with pytest.raises(QueryError, match="no meeting planned"):
            ask(store, Wanted(planned=True, plan="k_nothing"), now=TODAY)
