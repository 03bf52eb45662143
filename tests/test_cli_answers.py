"""Questions to a small store that was read once: every command answers, for people and as JSON lines."""

import json
import sys
from pathlib import Path

import pytest

import backchannel
from backchannel.errors import ModelError, QueryError

TEXTS = {
    "one": (
        "2023-05-11",
        "Harbour Wire",
        "VIENNA (Harbour Wire) - Jake Sullivan met Wang Yi in Vienna on 10 May 2023, the White House said.",
    ),
    "two": ("2023-05-12", "Elm Gazette", "Jake Sullivan met Wang Yi in Vienna on 10 May 2023 to discuss Taiwan."),
    "three": (
        "2023-06-03",
        "Elm Gazette",
        "CIA director William Burns secretly travelled to China in May 2023 and met Chinese officials there, "
        "two people familiar with the trip said.",
    ),
    "four": ("2023-06-10", "Harbour Wire", "Antony Blinken will meet Qin Gang in Beijing on 18 June 2023."),
    "five": (
        "2023-07-01",
        "Harbour Wire",
        "Iran's foreign ministry denied on Saturday that Iranian officials had met American envoys in Oman.",
    ),
    "six": ("2023-07-02", "Elm Gazette", "The foreign ministers of France and Germany met in Paris on semiconductors."),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("answers")
    rows = [
        {"id": one, "date": day, "source": source, "text": text, "title": f"Talks {one}"}
        for one, (day, source, text) in TEXTS.items()
    ]
    (folder / "texts.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    with backchannel.open(folder / "store.db") as db:
        assert db.read(folder / "texts.jsonl").read == len(TEXTS)
        db.merge()
    return str(folder / "store.db")


def the_meeting(ask) -> str:
    _, out, _ = ask("conversations", "--pair", "USA", "China", "--person", "sullivan", "--json")
    return json.loads(out.splitlines()[0])["id"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["conversations"],
        ["pair", "US", "china"],
        ["actor", "United States"],
        ["issue", "taiwan"],
        ["issue", "semiconductors"],
        ["timeline"],
        ["brief"],
        ["verify"],
        ["config", "list"],
        ["config", "get", "brief.lines"],
        ["actors", "list", "oman"],
        ["actors", "show", "kremlin"],
        ["store", "path"],
        ["store", "digest"],
        ["store", "counts"],
        ["store", "migrate"],
        ["store", "coverage"],
        ["store", "search", "Vienna"],
    ],
    ids=" ".join,
)
def test_answers_come_as_text_and_as_json_lines(arguments: list[str], ask) -> None:
    code, out, _ = ask(*arguments)
    assert code == 0
    assert out.strip()
    code, out, _ = ask(*arguments, "--json")
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    "arguments",
    [
        ["conversations", "--person", "Nobody"],
        ["pair", "Peru", "Chad"],
        ["actor", "Peru"],
        ["issue", "space"],
        ["timeline", "--since", "2030"],
        ["brief", "--since", "2030"],
        ["show", "k_nothing"],
        ["store", "problems"],
        ["store", "search", "zeppelin"],
        ["cues", "list"],
        ["actors", "list", "zzzz"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_a_question_that_finds_nothing_ends_with_three(arguments: list[str], form: list[str], ask) -> None:
    code, out, err = ask(*arguments, *form)
    assert (code, out) == (3, "")
    assert err.strip()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pair", "Omann", "Iran"], "did you mean OMN (Oman)"),
        (["pair", "USA", "us"], "USA and us are one party, USA; name two, or see backchannel actor USA"),
        (["readouts", "USA", "us"], "USA and us are one party, USA"),
        (["timeline", "--pair", "USA", "us"], "USA and us are one party, USA"),
        (["conversations", "--pair", "USA", "us"], "USA and us are one party, USA"),
        (["conversations", "--issue", "taiwann"], "did you mean taiwan"),
        (["actor", "Jake Sullivan"], "is a person"),
        (["show", "k_"], "begins more than one conversation"),
    ],
)
def test_an_unknown_name_ends_with_one_and_names_what_may_be_meant(arguments, told, ask) -> None:
    code, out, err = ask(*arguments)
    assert (code, out) == (1, "")
    assert told in err


def test_two_reports_of_one_meeting_are_one_conversation(ask) -> None:
    _, out, _ = ask("show", the_meeting(ask), "--json")
    (record,) = [json.loads(line) for line in out.splitlines()]
    assert {report["document"]["id"] for report in record["reports"]} == {"one", "two"}
    assert record["independent"] == 2


def test_a_card_holds_every_reports_sentence_and_the_rule_of_each_value(ask, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    _, out, _ = ask("show", the_meeting(ask))
    plain = "".join(char for char in out if char not in "[]⟦⟧⁰¹²³⁴⁵⁶⁷⁸⁹")
    assert TEXTS["one"][2] in plain
    assert TEXTS["two"][2] in plain
    assert "contacts.meet.verb" in out
    assert "Harbour Wire" in out


@pytest.mark.parametrize("width", ["60", "100", "200"])
def test_a_card_keeps_to_the_width(width: str, ask, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    _, out, _ = ask("show", the_meeting(ask))
    assert max(len(line) for line in out.splitlines()) <= int(width)


def test_where_there_is_little_room_the_id_stands_below_the_day(ask, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    wide = ask("conversations")[1].splitlines()
    monkeypatch.setenv("COLUMNS", "80")
    tight = ask("conversations")[1].splitlines()
    assert wide[0].split()[-1] == "id" and "id" not in tight[0].split()[-1]
    assert max(map(len, tight)) <= 80
    assert sum(line.startswith("k_") for line in tight) == len(wide) - 1 - sum(line.startswith(" ") for line in wide)


def test_a_timeline_keeps_words_whole_where_there_is_little_room(ask, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = ask("timeline", "--pair", "USA", "China")[1]
    assert "J F M A M J J A S O N D" in out or "18 Jun" in out
    assert "China" in out and "Sullivan" in out
    assert out.index("10 May 2023") < out.index(the_meeting(ask))
    assert max(map(len, out.splitlines())) <= 80


def test_a_network_keeps_to_eighty_columns(ask, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = ask("network")[1]
    assert "left out: " in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_day_of_a_first_report_stands_in_brackets_beside_citations_too(ask) -> None:
    listed, cited = ask("conversations", "--pair", "France", "Germany"), ask("conversations", "--cite")
    assert "(2 July 2023)" in listed[1] and "(2 July 2023)  Germany" in cited[1]


def test_the_beginning_of_an_id_will_do(ask) -> None:
    whole = the_meeting(ask)
    assert ask("show", whole[:10]) == ask("show", whole)


def test_the_same_store_gives_the_same_brief(ask) -> None:
    assert ask("brief")[1] == ask("brief")[1]


def test_a_brief_leads_from_each_line_to_its_conversation(ask) -> None:
    _, out, _ = ask("brief")
    assert the_meeting(ask) in out
    assert "backchannel show ID" in out
    assert "## Not covered" in out


def test_a_brief_is_written_as_a_page(ask, tmp_path: Path) -> None:
    code, _, err = ask("brief", "--html", str(tmp_path / "brief.html"))
    page = (tmp_path / "brief.html").read_text()
    assert code == 0
    assert "written" in err
    assert page.startswith("<!doctype html>")
    assert "<figure><svg" in page
    assert "<script" not in page


def test_a_page_that_cannot_be_written_says_why(ask, tmp_path: Path) -> None:
    code, out, err = ask("brief", "--html", str(tmp_path / "nowhere" / "brief.html"))
    assert (code, out) == (1, "")
    assert "brief.html: cannot be written (No such file or directory); name a file" in err


def test_a_network_that_cannot_be_written_says_why(ask, tmp_path: Path) -> None:
    code, _, err = ask("network", "--to", str(tmp_path / "nowhere" / "net.gexf"))
    assert code == 1
    assert "net.gexf: cannot be written (No such file or directory); name a file" in err


def test_a_limit_is_told(ask) -> None:
    code, out, err = ask("conversations", "--limit", "1")
    assert code == 0
    assert len(out.splitlines()) < len(ask("conversations")[1].splitlines())
    assert "--limit 0 for all" in err


def test_a_setting_holds_until_it_is_taken_back(ask) -> None:
    assert ask("config", "set", "brief.lines", "9")[0] == 0
    assert ask("config", "get", "brief.lines")[1] == "9\n"
    assert ask("config", "set", "brief.lines", "default")[0] == 0
    assert ask("config", "get", "brief.lines")[1] == "6\n"


def test_python_gives_the_same_conversations(place: str, ask) -> None:
    _, out, _ = ask("conversations", "--pair", "USA", "CHN", "--json")
    with backchannel.open(place, read_only=True) as db:
        answer = db.conversations(pair=("United States", "China"))
        assert [one.id for one in answer] == [json.loads(line)["id"] for line in out.splitlines()]
        assert [one["id"] for one in answer.to_dicts()] == [one.id for one in answer.to_list()]
        assert db.show(answer.to_list()[0].id).reports


def test_python_gives_claims_of_an_actor(place: str) -> None:
    with backchannel.open(place, read_only=True) as db:
        found = db.claims(actor="France").to_list()
    assert [claim.document for claim in found] == ["six"]


def test_python_says_what_is_unknown(place: str) -> None:
    with backchannel.open(place, read_only=True) as db:
        with pytest.raises(QueryError, match="asked for by colour"):
            db.conversations(colour="red")
        with pytest.raises(QueryError, match="no conversation"):
            db.show("k_nothing")


def test_python_says_how_to_get_a_table(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with (
        backchannel.open(place, read_only=True) as db,
        pytest.raises(ModelError, match="pip install pandas"),
    ):
        db.conversations().to_pandas()
