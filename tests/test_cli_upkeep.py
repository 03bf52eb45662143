"""Reading, merging, the user's own words and the state of the program, through the command line."""

import json
import sys
from pathlib import Path

import pytest

from backchannel import cli
from backchannel.cli import health
from backchannel.store import open_store
from store_samples import READER, conversation, document, pair, problem


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


def test_an_empty_store_says_to_read_first(place: str, ask) -> None:
    open_store(place).close()
    for question in (["conversations"], ["brief"], ["pair", "USA", "CHN"], ["timeline"], ["show", "k_1"]):
        code, out, err = ask(*question)
        assert (code, out) == (3, "")
        assert "read documents first: backchannel read" in err


def test_a_store_with_unmerged_claims_says_to_merge(place: str, ask) -> None:
    with open_store(place) as store:
        store.put_document(*pair()[:2], reader=READER)
    code, _, err = ask("conversations")
    assert code == 3
    assert "run: backchannel merge" in err


def test_the_store_is_named_by_the_environment(place: str, capsys, monkeypatch) -> None:
    monkeypatch.setenv("BACKCHANNEL_STORE", place)
    monkeypatch.setattr(sys, "argv", ["backchannel", "store", "path"])
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().out == place + "\n"


def test_problems_are_listed_with_their_room(place: str, ask) -> None:
    with open_store(place) as store:
        store.put_problem(problem(), source="wire", day=document().published)
    code, out, _ = ask("store", "problems", "--json")
    assert code == 0
    assert json.loads(out)["room"] == "language"


def test_a_denial_is_shown_on_the_card_and_in_the_brief(place: str, ask) -> None:
    with open_store(place) as store:
        store.put_document(*pair()[:2], reader=READER)
        store.replace_conversations(
            [conversation(disputed=True, denials=("c_001_0",), alternatives={"status": ("denied",)})]
        )
    assert "denied in c_001_0" in ask("show", "v_001")[1]
    assert "## Disputed and denied" in ask("brief")[1]


def test_reading_and_merging_tell_what_was_done(tmp_path: Path, ask) -> None:
    (tmp_path / "one.txt").write_text("Jake Sullivan met Wang Yi in Vienna on 10 May 2023.")
    code, out, err = ask("read", str(tmp_path / "one.txt"), "--date", "2023-05-11", "--json")
    assert code == 0
    assert json.loads(out)["read"] == 1
    assert "next: backchannel merge" in err
    code, out, _ = ask("merge", "--json")
    assert code == 0
    assert json.loads(out)["conversations"] == 1
    assert "1 skipped" in ask("read", str(tmp_path / "one.txt"), "--date", "2023-05-11")[1]


def test_own_actors_are_found_and_their_documents_read_again(tmp_path: Path, ask) -> None:
    (tmp_path / "one.txt").write_text("The Blue Harbour Council met French officials in Paris on 10 May 2023.")
    (tmp_path / "mine.yml").write_text("- {id: BLUE_HARBOUR, name: Blue Harbour Council, kind: organisation}\n")
    ask("read", str(tmp_path / "one.txt"), "--date", "2023-05-11")
    code, out, _ = ask("actors", "add", str(tmp_path / "mine.yml"))
    assert code == 0
    assert "1 row added; 1 document read again" in out
    ask("merge")
    assert ask("actor", "blue harbour council")[0] == 0
    assert "BLUE_HARBOUR" in ask("actors", "list")[1]


def test_faults_of_added_rows_are_told_all_at_once(tmp_path: Path, ask) -> None:
    (tmp_path / "mine.yml").write_text("- {id: low, name: A}\n- {id: GOOD, nmae: B}\n")
    code, _, err = ask("actors", "add", str(tmp_path / "mine.yml"))
    assert code == 1
    assert "row 1: id 'low' is no id" in err
    assert "row 2: unknown key nmae" in err
    assert "row 2: name is missing" in err


def test_cues_of_an_unknown_aspect_are_refused(tmp_path: Path, ask) -> None:
    (tmp_path / "words.csv").write_text("aspect,value,cue\nprivcy,secret,hush\nprivacy,hidden,hush\n")
    code, _, err = ask("cues", "add", str(tmp_path / "words.csv"))
    assert code == 1
    assert "row 1: no aspect named 'privcy'" in err
    assert "row 2: no privacy named 'hidden'" in err


def test_doctor_says_how_to_mend_what_is_missing(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        health.Finding(name="parser", state="missing", told="not there", mend="pip install it"),
        health.Finding(name="disk", state="ok", told="room enough"),
    ]
    monkeypatch.setattr(health, "findings", lambda _: iter(found))
    code, out, err = ask("doctor")
    assert code == 1
    assert "mend: pip install it" in out
    assert "missing: parser" in err
    assert len(ask("doctor", "--json")[1].splitlines()) == 2


def test_doctor_finds_what_is_needed(place: str) -> None:
    states = {one.name.strip(): one.state for one in health.findings(place)}
    assert "missing" not in states.values()
    assert {"parser", "store", "disk", "dictionary", "full text", "actors/states.yml"} <= set(states)


@pytest.mark.slow
def test_the_demo_shows_a_brief_a_card_and_what_to_try(ask) -> None:
    code, out, err = ask("demo")
    assert code == 0
    assert out.startswith("# Brief: 18 February 1969 to 15 May 2024")
    assert "put together as" in out
    assert out.count("    backchannel ") == 3
    assert "148 dispatches read" in err
    assert ask("demo")[0] == 1


@pytest.mark.parametrize("command", [("merge",), ("retract", "d_1", "--reason", "invented")])
def test_a_mistyped_store_is_refused_and_not_made(place: str, ask, command: tuple[str, ...]) -> None:
    code, _, err = ask(*command)
    assert (code, "no store there" in err, Path(place).exists()) == (1, True, False)


def test_a_document_is_retracted_and_put_back(place: str, ask) -> None:
    with open_store(place) as store:
        store.put_document(document(1), (), reader=READER)
    name = document(1).id
    assert ask("retract", name)[0] == 2
    code, out, _ = ask("retract", name, "--reason", "its outlet withdrew it", "--by", "ada")
    assert (code, out.splitlines()[0]) == (0, f"{name}: retracted")
    assert json.loads(ask("retract", name, "--undo", "--json")[1]) == {"document": name, "state": "current"}
    code, _, err = ask("retract", name, "--undo")
    assert code == 1
    assert "nothing to undo" in err
    with open_store(place) as store:
        assert next((one.kind, one.by) for one in store.judgements(superseded=True)) == ("reject", "ada")


def test_a_machine_without_boosting_is_told_that_the_linear_ranker_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backchannel.forecast.extra.has_boosting", bool)
    told = {one.name: one for one in health.findings(str(tmp_path / "none.db"))}
    assert told["extra lightgbm"].state == "note"
    assert "the linear ranker serves" in told["extra lightgbm"].told
    assert "libgomp1" in str(told["extra lightgbm"].mend)
