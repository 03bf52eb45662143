"""What became of a forecast follows a rule: by what documents told in time, void where nobody can say."""

from pathlib import Path

import pytest

from backchannel.forecast.register import entries
from backchannel.forecast.resolving import resolve_store
from backchannel.store import Foretold, Resolution
from forecast_stores import NOW, Told, day, fill

ORIGIN = 60
FEED: list[Told] = [("EGY", "TUR", on, on, "occurred", "SUPPORT") for on in range(2, 140, 2)]
TALKS: list[tuple[Told, str]] = [
    (("USA", "CHN", 63, 62, "occurred", None), "yes"),
    (("RUS", "USA", 72, 66, "occurred", None), "yes"),  # the last day, told within the week after
    (("USA", "FRA", 62, 59, "occurred", None), "no"),  # the day before it began
    (("USA", "GBR", 68, 67, "occurred", None), "no"),  # the day after it ended
    (("USA", "DEU", 100, 62, "occurred", None), "no"),  # told when it no longer counts
    (("CHN", "RUS", 62, 64, "planned", None), "no"),
    (("CHN", "FRA", 63, 62, "denied", None), "no"),
    (("CHN", "GBR", 63, 62, "occurred", "THREATEN"), "no"),  # conflict is no talk
]
NEXT: list[tuple[str, list[Told], str, tuple[str, ...]]] = [
    ("IND", [("IND", "FRA", 65, 65, "occurred", None), ("IND", "GBR", 70, 70, "occurred", None)], "yes", ("FRA",)),
    ("IRN", [("IRN", "GBR", 65, 65, "occurred", None), ("IRN", "FRA", 70, 70, "occurred", None)], "no", ("GBR",)),
    ("QAT", [("QAT", "FRA", 65, 65, "occurred", None), ("QAT", "GBR", 65, 65, "occurred", None)], "yes", ("FRA", "GBR")),
    ("JPN", [("JPN", "FRA", 65, 65, "occurred", "THREATEN")], "void", ()),
]  # fmt: skip
PLANS: list[tuple[tuple[str, str], list[Told], str]] = [
    (("RUS", "FRA"), [("RUS", "FRA", 66, 65, "occurred", None)], "yes"),
    (("RUS", "GBR"), [("RUS", "GBR", 63, 65, "cancelled", None)], "no"),
    (("RUS", "DEU"), [], "void"),
]


def _foretold(name: str, parties: tuple[str, ...], **more) -> Foretold:
    values = {
        "id": name,
        "kind": "talks",
        "parties": parties,
        "made": "2024-03-01T08:00:00+00:00",
        "origin": day(ORIGIN).isoformat(),
        "due": day(ORIGIN + 6).isoformat(),
        "horizon": 7,
        "probability": 0.3,
        "model": "pairs/logistic",
        "version": "0.1.0+0",
        "inputs": "0",
    }
    return Foretold(**{**values, **more})


def _told() -> list[Told]:
    before: list[Told] = [(one, other, 30, 30, "occurred", None) for (one, other, *_), _ in TALKS]
    before += [(subject, "FRA", 3, 3, "occurred", None) for subject, *_ in NEXT]
    plans: list[Told] = [(one, other, 50, 65, "planned", None) for (one, other), _, _ in PLANS]
    after = [one for one, _ in TALKS]
    after += [one for _, told, *_ in NEXT for one in told] + [one for _, told, _ in PLANS for one in told]
    return [*FEED, *before, *plans, *after]


@pytest.fixture(scope="module")
def became(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Resolution]:
    """Give what became of every forecast of this page."""
    with fill(tmp_path_factory.mktemp("resolving") / "store.db", _told()) as store:
        asked = [_foretold(f"talks {place}", told[:2]) for place, (told, _) in enumerate(TALKS)]
        asked += [
            _foretold(f"next {who}", (who,), kind="next", relation="consult", answer="FRA", due=day(89).isoformat())
            for who, *_ in NEXT
        ]
        ids = {frozenset(party.actor for party in one.parties): one.id for one in store.conversations()}
        asked += [
            _foretold(
                f"plan {pair[1]}", pair, kind="planned", conversation=ids[frozenset(pair)], due=day(65).isoformat()
            )
            for pair, _, _ in PLANS
        ]
        asked.append(_foretold("plan gone", ("RUS", "FRA"), kind="planned", conversation="k_gone"))
        asked.append(_foretold("conflict", ("GBR", "CHN"), kind="conflict"))
        asked.append(_foretold("strangers", ("FRA", "DEU")))
        store.forecasts.put(asked)
        found = resolve_store(store, now=NOW)
        assert len(found) == len(asked)
        assert resolve_store(store, now=NOW) == []  # once and for all
    return {one.forecast: one for one in found}


def _claims(*told: Told) -> tuple[str, ...]:
    return tuple(f"c_{_told().index(one):05}" for one in told)


@pytest.mark.parametrize("place", range(len(TALKS)))
def test_talks_of_the_window_that_were_told_in_time_decide(became: dict[str, Resolution], place: int) -> None:
    told, outcome = TALKS[place]
    found = became[f"talks {place}"]
    assert found.outcome == outcome
    assert found.claims == (_claims(told) if outcome == "yes" else ())


def test_a_threat_of_the_window_is_conflict(became: dict[str, Resolution]) -> None:
    assert became["conflict"].outcome == "yes"
    assert became["conflict"].claims == _claims(TALKS[7][0])


def test_parties_of_whom_nothing_is_left_make_it_void(became: dict[str, Resolution]) -> None:
    assert became["strangers"].outcome == "void"
    assert "nothing told of them before" in became["strangers"].why


@pytest.mark.parametrize(("who", "told", "outcome", "actual"), NEXT)
def test_who_came_first_decides_who_comes_next(
    became: dict[str, Resolution], who: str, told: list[Told], outcome: str, actual: tuple[str, ...]
) -> None:
    found = became[f"next {who}"]
    assert (found.outcome, found.actual) == (outcome, actual)
    assert set(found.claims) == set(_claims(*(one for one in told if one[3] == 65 and actual)))


@pytest.mark.parametrize(("pair", "told", "outcome"), PLANS)
def test_a_planned_meeting_is_held_by_its_date_or_not(
    became: dict[str, Resolution], pair: tuple[str, str], told: list[Told], outcome: str
) -> None:
    found = became[f"plan {pair[1]}"]
    assert (found.outcome, found.claims) == (outcome, _claims(*told))


def test_a_plan_that_was_merged_away_is_void(became: dict[str, Resolution]) -> None:
    assert became["plan gone"].outcome == "void"
    assert "k_gone is no conversation any more" in became["plan gone"].why


def test_a_window_without_documents_is_void_whatever_was_told(tmp_path: Path) -> None:
    thin: list[Told] = [one for one in FEED if not 58 < one[2] < 75]
    told: Told = ("USA", "CHN", 63, 62, "occurred", None)
    with fill(tmp_path / "store.db", [*thin, ("USA", "CHN", 30, 30, "occurred", None), told]) as store:
        store.forecasts.put([_foretold("f_1", ("USA", "CHN"))])
        (found,) = resolve_store(store, now=NOW)
    assert found.outcome == "void"
    assert found.why.startswith("1 documents in 14 days, where 7 were usual")


def test_what_documents_do_not_reach_waits_and_is_overdue(tmp_path: Path) -> None:
    with fill(tmp_path / "store.db", [("USA", "CHN", 30, 30, "occurred", None), FEED[33], FEED[34]]) as store:
        store.forecasts.put([_foretold("f_1", ("USA", "CHN"), due=day(67).isoformat())])
        assert resolve_store(store, now=NOW) == []  # the last document is of day 70, the last word of day 74
        assert [one.state for one in entries(store, today=day(74))] == ["open"]
        assert [one.state for one in entries(store, today=day(75))] == ["overdue"]
