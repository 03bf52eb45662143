"""``ledger`` prints bars to both sides within the width, gives JSON and charts, and ends with 3 where nothing is known."""

import json
from datetime import date
from pathlib import Path

import pytest

import backchannel
from backchannel.cli.ledger_text import print_ledger
from backchannel.records import ConversationParty, Document, Party, Span
from backchannel.store import open_store
from ledger_samples import act, busy, made, paper
from store_samples import READER, claim, conversation


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give a store with an act of Norway upon Sweden and a talk of the two."""
    path = str(tmp_path_factory.mktemp("ledger") / "store.db")
    text = "Norway imposed a toll on Sweden. Norway met Sweden in Oslo."
    document = Document(id="d_1", source="Fjord Gazette", text=text, published=date(2023, 5, 10), title="Salt")
    sides = (Party(actor="NOR"), Party(actor="SWE"))
    met = claim(1, parties=("NOR", "SWE"), id="c_1", document="d_1", sentence=Span(start=33, end=59, text=text[33:]))
    told = act("a_1", "d_1", words=text[:32])
    parties = tuple(ConversationParty(actor=one.actor) for one in sides)
    with open_store(path) as store:
        store.put_document(document, [met, told], reader=READER)
        store.replace_conversations([conversation(1, parties=parties, claims=("c_1",))])
    return path


def test_text_tells_the_index_or_why_there_is_none(ask) -> None:
    code, out, _ = ask("ledger", "Norway", "Sweden", "--by", "month")
    assert code == 0
    assert "Gap index: none (only 1 public act and only 1 private contact; 5 are needed)." in out
    assert [line.split() for line in out.splitlines() if line.startswith("May 2023")] == [
        ["May", "2023", "1/1", "▓", "░", "0/1", "1", "closed,", "thin"]
    ]


def test_json_and_python_give_the_same(ask, place: str) -> None:
    code, out, _ = ask("ledger", "NOR", "SWE", "--json")
    (found,) = [json.loads(line) for line in out.splitlines()]
    assert (code, found["acts"][0]["id"], found["contacts"][0]["id"], found["index"]["acts"]) == (0, "a_1", "v_001", 1)
    with backchannel.open(place, read_only=True) as db:
        again = db.ledger("Norway", "Sweden")
        assert db.ledger("Norway", "Fiji") is None
    assert again is not None and again.acts[0].id == "a_1"


def test_nothing_known_ends_with_three_and_one_party_with_one(ask) -> None:
    code, out, err = ask("ledger", "Norway", "Fiji")
    assert (code, out) == (3, "") and "read documents" in err
    code, _, err = ask("ledger", "Norway", "NOR")
    assert code == 1 and "name two" in err
    code, _, err = ask("ledger", "Norway", "Sweden", "--chart", "ledger.pdf")
    assert code == 1 and ".png" in err


def test_a_chart_is_written(ask, tmp_path: Path) -> None:
    code, _, err = ask("ledger", "Norway", "Sweden", "--chart", str(tmp_path / "ledger.json"))
    assert code == 0 and "written" in err
    assert "Norway and Sweden" in (tmp_path / "ledger.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_a_ledger_keeps_to_the_width(width: int, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_ledger(busy())
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    assert "Gap index +0.62 (90 %: +0.33 to +0.86)" in " ".join(out.split())
    assert ("index of 12 months" in out) == (width == 120)


def test_long_bars_share_a_cell_and_empty_months_a_line(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    acts = [act(f"a_{n}", "p_1", day=f"2023-01-{n + 1:02}") for n in range(30)]
    acts.append(act("a_30", "p_1", day="2023-06-01"))
    print_ledger(made(acts, papers=[paper("p_1")], by="month"))
    out = capsys.readouterr().out
    assert "a cell is 2 of them" in " ".join(out.split())
    assert [line.count("▓") for line in out.splitlines() if line.startswith(("January", "June"))] == [15, 1]
    assert any(line.startswith("4 months") and "nothing told, 4 thin" in line for line in out.splitlines())
