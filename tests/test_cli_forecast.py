"""The command ``forecast`` tells chances people can read at any width, keeps its register and prints its record."""

import json
from pathlib import Path

import pytest

import backchannel as bc
from backchannel.store import Foretold, Resolution, open_store
from commands import runner
from forecast_stores import NOW, busy, day, fill


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = tmp_path_factory.mktemp("forecast") / "store.db"
    fill(where, busy(days=50)).close()
    return str(where)


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a store whose register holds forecasts with their outcomes."""
    where = str(tmp_path_factory.mktemp("scored") / "store.db")
    with open_store(where) as store:
        for number in range(40):
            told = Foretold(
                id=f"f_{number:03}",
                kind="talks" if number % 2 else "conflict",
                parties=("USA", "CHN"),
                made=NOW.isoformat(),
                origin=day(number * 3).isoformat(),
                due=day(number * 3 + 6).isoformat(),
                horizon=7,
                probability=number % 10 / 10 + 0.02,
                recurrence="recent",
                model="pairs/logistic",
                version="0.1.0+0",
                inputs="0",
                baselines={"base rate": 0.3, "persistence": 0.5},
            )
            outcome = "void" if number == 39 else "yes" if number % 10 > 4 else "no"
            store.forecasts.put([told])
            store.forecasts.resolve([Resolution(forecast=told.id, at=NOW.isoformat(), outcome=outcome, why="as told")])
    return where


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def asked(*arguments: str, store: str, columns: int = 80) -> tuple[int, str, str]:
        return runner(store, capsys, monkeypatch)("forecast", *arguments, columns=columns)

    return asked


@pytest.mark.parametrize("columns", [80, 120])
def test_a_pair_is_asked_without_naming_a_command(ask, place: str, columns: int) -> None:
    code, out, err = ask("United States", "China", store=place, columns=columns)
    assert code == 0
    assert out.startswith("United States and China, as known at the beginning of ")
    assert "talks within 7 days: no forecast; only" in out
    assert "conversations and events" in out.replace("\n  ", " ")
    assert max(map(len, out.splitlines())) <= columns
    assert "base rate:" in err


def test_answers_as_json_say_why_nothing_is_foretold(ask, place: str) -> None:
    code, out, _ = ask("USA", "--next", "--json", store=place)
    (told,) = map(json.loads, out.splitlines())
    assert code == 0
    assert (told["kind"], told["probability"], told["registered"]) == ("next", None, None)
    assert "are needed" in told["abstained"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["USA"], "name two parties"),
        (["USA", "CHN", "--next"], "--next is asked of one party"),
        (["--planned", "--next"], "not for both"),
        (["USA", "Chian"], "no actor called"),
        (["--planned", "--events", "x.csv"], "planned meetings are told by documents"),
    ],
)
def test_what_cannot_be_asked_says_what_to_type(ask, place: str, given: list[str], why: str) -> None:
    code, _, err = ask(*given, store=place)
    assert code in (1, 2)
    assert why in err


def test_events_of_ones_own_are_asked_without_a_store(ask, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    rows = [f"Aland,CONSULT,Beland,2024-01-{number:02}" for number in range(1, 20)]
    path.write_text("\n".join(["subject,relation,object,date", *rows]))
    code, out, _ = ask("aland", "BELAND", "--events", str(path), store=str(tmp_path / "none.db"))
    assert code == 0
    assert "Aland and Beland, as known at the beginning of 20 January 2024" in out.replace("Jan ", "January ")
    assert not (tmp_path / "none.db").exists()


def test_an_empty_register_ends_with_nothing_found(ask, place: str) -> None:
    for command in ("list", "score"):
        code, out, err = ask(command, store=place)
        assert (code, out) == (3, "")
        assert "backchannel forecast A B" in err


@pytest.mark.parametrize("columns", [80, 120])
def test_the_record_counts_scores_and_shows_reliability(ask, scored: str, columns: int) -> None:
    code, out, _ = ask("score", store=scored, columns=columns)
    assert code == 0
    assert out.startswith("40 forecasts registered")
    assert "1  void: nobody can say" in out
    assert "conflict within 7 days" in out
    assert "90% to 100%" in out
    assert max(map(len, out.splitlines())) <= columns


def test_the_register_is_listed_by_state(ask, scored: str) -> None:
    code, out, _ = ask("list", "--resolved", "--json", store=scored)
    assert code == 0
    assert [json.loads(line)["state"] for line in out.splitlines()].count("void") == 1
    code, out, _ = ask("list", store=scored)
    assert max(map(len, out.splitlines())) <= 80
    assert "United States – China: talks" in out
    assert ask("list", "--open", store=scored)[0] == 3


def test_reliability_is_drawn(ask, scored: str, tmp_path: Path) -> None:
    pytest.importorskip("altair")
    path = tmp_path / "reliability.json"
    code, _, err = ask("score", "--chart", str(path), store=scored)
    assert code == 0
    assert f"written: {path}" in err
    told = path.read_text()
    assert "Forecasts of the register: all 39, Brier score" in told
    assert '"share_high"' not in told
    assert "95% Wilson intervals" in told


def test_python_tells_and_scores_the_same(place: str, scored: str) -> None:
    with bc.open(place) as db:
        assert {one.horizon for one in db.forecast("USA", "CHN", now=NOW)} == {7, 30}
    with bc.open(scored) as db:
        assert db.forecast_score(now=NOW).groups
