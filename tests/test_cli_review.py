"""The desk and its commands, by scripted sittings: every line of stdin is a key."""

import io
import json
import os
import sys
import threading

import pytest

from backchannel.cli.keys import Lines, Pressed, Terminal
from backchannel.records import Document, Span
from backchannel.review import decided
from backchannel.store import open_store
from review_samples import claim, desk_place, sit  # noqa: F401  # the second is a fixture that needs the first
from store_samples import READER


def in_force(place: str) -> list[tuple[str, str, str | None]]:
    with open_store(place) as store:
        return sorted((one.target, one.kind, one.reason) for one in decided(store.judgements(superseded=True)))


def test_claims_come_by_doubt_and_are_shown_with_their_words(sit) -> None:  # noqa: F811
    code, out, err = sit("review", "--kind", "claims", "--by", "anna", answers="n\nn\nn\n")
    assert code == 0
    places = [out.index(name) for name in ("⟦meeting⟧¹", "The oak post", "The elm post")]
    assert places == sorted(places)
    assert "The ash post, 13 May 2023" in out
    assert "Neither side commented." in out
    assert "uncertainty 0.50 × weight 1.0 = 0.50" in out
    assert "0 decisions written; 0 items left" in err


def test_document_and_reading_stand_side_by_side_or_below_each_other(sit, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setenv("COLUMNS", "120")
    wide = sit("review", "--kind", "claims", "--limit", "1", answers="q\n")[1]
    assert any("The ash post" in line and "parties" in line for line in wide.splitlines())
    monkeypatch.setenv("COLUMNS", "80")
    narrow = sit("review", "--kind", "claims", "--limit", "1", answers="q\n")[1]
    assert not any("The ash post" in line and "parties" in line for line in narrow.splitlines())
    assert max(map(len, narrow.splitlines())) <= 80


def test_each_key_writes_one_judgement_with_its_reason(sit, desk_place) -> None:  # noqa: F811
    code, _, err = sit("review", "--kind", "claims", "--by", "anna", answers="s it is plain\nr no contact\nu\n")
    assert code == 0
    assert in_force(desk_place) == [
        ("c_ash", "correct", "it is plain"),
        ("c_elm", "unsure", None),
        ("c_oak", "reject", "no contact"),
    ]
    assert "3 decisions written" in err
    assert "bring them in with: backchannel merge" in err


def test_a_sitting_goes_on_where_the_last_one_ended(sit, desk_place) -> None:  # noqa: F811
    sit("review", "--kind", "claims", answers="s\nq\n")
    code, out, _ = sit("review", "--kind", "claims", answers="s\n")
    assert (code, "c_ash" in out) == (0, False)
    assert [one[0] for one in in_force(desk_place)] == ["c_ash", "c_oak"]
    sit("review", "--kind", "claims", answers="s\n")
    assert sit("review", "--kind", "claims")[0] == 3


def test_back_takes_the_last_step_back_and_shows_its_item_again(sit, desk_place) -> None:  # noqa: F811
    _, out, err = sit("review", "--kind", "claims", "--by", "anna", answers="r\nb\ns\nb\nq\n")
    assert out.count("taken back: reject (anna") == 1
    assert out.count("taken back: stands (anna") == 1
    assert in_force(desk_place) == []
    assert "0 decisions written" in err
    with open_store(desk_place) as store:
        kinds = [one.kind for one in store.judgements(superseded=True)]
    assert kinds == ["reject", "unsure", "correct", "unsure"]


def test_a_correction_is_asked_for_and_shown_at_once(sit, desk_place) -> None:  # noqa: F811
    keys = "c\nstatus\nocc\nc privacy hush\nc when 2023-06\nc\n\ns\nq\n"
    _, out, _ = sit("review", "--kind", "claims", "--by", "anna", answers=keys)
    assert "status is planned; allowed: occurred, ongoing" in out
    assert "privacy 'hush' is none of public, closed, undisclosed, secret" in out
    assert "said before  when is 2023-06 (anna" in out
    with open_store(desk_place) as store:
        told = {one.field: one.value for one in decided(store.judgements())}
    assert told["status"] == "occurred"
    assert told["when"] == {"start": "2023-06", "end": "2023-06", "precision": "month"}
    assert told["kind"] == "contact"


def test_a_correction_changes_what_merging_sees(sit, desk_place) -> None:  # noqa: F811
    sit("review", "--kind", "claims", answers="r\nn\nn\n")
    code, _, err = sit("review", "--kind", "claims", "--merge", answers="q\n")
    assert code == 0
    assert "2 conversations from" in err
    with open_store(desk_place) as store:
        assert sorted(claim for one in store.conversations() for claim in one.claims) == ["c_elm", "c_oak"]


@pytest.fixture
def pairs(tmp_path) -> str:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps({"item": "c_elm+c_oak", "claims": ["c_elm", "c_oak"], "codes": {"same": None}}) + "\n")
    return str(path)


def test_a_pair_is_shown_with_both_readings_and_the_signs(sit, pairs, desk_place) -> None:  # noqa: F811
    _, out, _ = sit("review", "--sheet", pairs, "--by", "anna", answers="s\n")
    assert "2  The oak post, 12 May 2023" in out
    assert "when        8 May 2023" in out
    assert "≠  not told" in out
    assert "signs       +1.0  the same parties: RUS, USA" in out
    assert "Kept apart by the program: do both tell of one contact?" in out
    assert in_force(desk_place) == [("c_elm", "same", None)]


def test_same_joins_and_undo_parts_again(sit, pairs, desk_place) -> None:  # noqa: F811
    def merged() -> list[tuple[str, ...]]:
        sit("merge")
        with open_store(desk_place) as store:
            return sorted(one.claims for one in store.conversations())

    apart = merged()
    sit("review", "--sheet", pairs, answers="s\n")
    assert merged() == [("c_ash",), ("c_elm", "c_oak")]
    judgement = json.loads(sit("review", "list", "--json")[1])["id"]
    assert sit("review", "undo", judgement)[0] == 0
    assert merged() == apart


def test_of_a_pair_one_claim_can_be_rejected_or_corrected(sit, pairs, desk_place) -> None:  # noqa: F811
    sit("review", "--sheet", pairs, answers="c 2 status planned\nr\n3\nr\n1\n")
    assert in_force(desk_place) == [("c_elm", "reject", None), ("c_oak", "correct", None)]


def test_a_blind_sitting_hides_what_was_said(sit, pairs) -> None:  # noqa: F811
    sit("review", "same", "c_elm", "c_oak", "--by", "ben")
    assert "said before  same (ben" in sit("review", "--sheet", pairs, answers="q\n")[1]
    assert "said before" not in sit("review", "--sheet", pairs, "--blind", answers="q\n")[1]


def test_an_interruption_keeps_what_was_decided(sit, desk_place, monkeypatch) -> None:  # noqa: F811
    asked = iter([Pressed(key="s"), Pressed(key="r", rest="why")])

    def key(_self: Lines, _prompt: str) -> Pressed:
        pressed = next(asked, None)
        if pressed is None:
            raise KeyboardInterrupt
        return pressed

    monkeypatch.setattr(Lines, "key", key)
    code, _, err = sit("review", "--kind", "claims")
    assert (code, len(in_force(desk_place))) == (0, 2)
    assert "interrupted; what was decided is kept" in err


def test_unknown_keys_and_help_are_told_without_turning_the_page(sit) -> None:  # noqa: F811
    out = sit("review", "--kind", "claims", "--limit", "1", answers="x\n\nd\n?\nb\nq\n")[1]
    assert "no such key here: x" in out
    assert "no such key here: Enter" in out
    assert "no such key here: d" in out
    assert "A capital letter asks for your reason" in out
    assert "nothing to take back" in out


def test_with_json_the_judgements_alone_are_on_stdout(sit) -> None:  # noqa: F811
    code, out, err = sit("review", "--kind", "claims", "--by", "anna", "--json", answers="s\nr\nq\n")
    assert code == 0
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["correct", "reject"]
    assert "A second ⟦meeting⟧" in err


def test_every_decision_has_a_command(sit, desk_place) -> None:  # noqa: F811
    told = [
        sit("review", "same", "c_elm", "c_oak", "--reason", "one town", "--by", "anna"),
        sit("review", "different", "c_elm", "c_ash"),
        sit("review", "unsure", "c_oak", "c_ash"),
        sit("review", "reject", "c_ash", "--field", "privacy"),
        sit("review", "correct", "c_oak", "parties", "USA=Ada Reed, IRN, OMN:mediator"),
    ]
    assert [code for code, _, _ in told] == [0] * 5
    assert "c_elm c_oak  same (anna" in told[0][1]
    assert "parties is IRN, OMN:mediator, USA=Ada Reed" in told[4][1]
    assert len(in_force(desk_place)) == 5
    judgement = told[0][1].split()[0]
    assert sit("review", "undo", judgement, "--reason", "two towns")[0] == 0
    assert len(in_force(desk_place)) == 4
    listed = sit("review", "list", "--by", "anna")
    assert (listed[0], judgement in listed[1]) == (3, False)
    assert judgement in sit("review", "list", "--all")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["same", "c_elm", "c_nowhere"], "no claim 'c_nowhere'"),
        (["correct", "c_elm", "mood", "good"], "known: parties, form"),
        (["correct", "c_elm", "status", "done"], "is none of occurred"),
        (["reject", "c_elm", "--field", "mood"], "known: parties, form"),
        (["undo", "j_nowhere"], "no judgement 'j_nowhere'"),
        (["--sheet", "nowhere.jsonl"], "cannot be read"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(sit, arguments, told) -> None:  # noqa: F811
    code, _, err = sit("review", *arguments)
    assert code == 1
    assert told in err


def test_options_of_the_desk_before_a_command_are_refused(sit, desk_place) -> None:  # noqa: F811
    code, _, err = sit("review", "--limit", "3", "list")
    assert code == 2
    assert "--limit must stand after list" in " ".join(err.split())


def test_judgements_that_lost_their_claim_are_listed_as_stale(sit, desk_place) -> None:  # noqa: F811
    sit("review", "reject", "c_elm")
    sit("review", "reject", "c_oak")
    assert sit("review", "list", "--stale")[0] == 3
    text = "An aide said: the envoys of both states met in the harbour town. Nothing was signed."
    start, end = text.index("met"), text.index(". ") + 1
    moved = claim(
        "d_oak",
        sentence=Span(start=0, end=end, text=text[:end]),
        trigger=Span(start=start, end=start + 3, text="met"),
    )
    with open_store(desk_place) as store:
        store.put_document(Document(id="d_elm", text="Nothing."), [], reader=READER)
        store.put_document(Document(id="d_oak", text=text), [moved], reader=READER)
    out = sit("review", "list", "--stale")[1]
    assert "c_elm not in the store any more" in " ".join(out.split())
    assert "c_oak reads otherwise now" in " ".join(out.split())


def test_lines_give_a_key_and_what_stands_behind_it() -> None:
    told: list[str] = []
    lines = Lines(io.StringIO("s  because\n\nQ\n"), told.append)
    assert [lines.key("key?") for _ in range(4)] == [
        Pressed(key="s", rest="because"),
        Pressed(key=""),
        Pressed(key="q"),
        Pressed(key="q"),
    ]
    assert told == ["key?"] * 4
    assert lines.line("more?") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals; lines are read there")
def test_a_terminal_gives_single_keys_and_is_left_as_it_was(monkeypatch, capsys) -> None:
    import pty
    import termios

    master, slave = pty.openpty()
    with os.fdopen(slave, "r", closefd=True) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        before = termios.tcgetattr(slave)
        terminal = Terminal(lambda _: None)
        found = []
        for typed in (b"s", b"D", b"\r", b"\x1b[D", b"\x04"):
            later = threading.Timer(0.1, os.write, (master, typed))  # when the terminal waits for a key
            later.start()
            found.append(terminal.key("key?"))
            later.join()
        assert termios.tcgetattr(slave) == before
    os.close(master)
    assert found == [
        Pressed(key="s"),
        Pressed(key="d", is_capital=True),
        Pressed(key=""),
        Pressed(key="b"),
        Pressed(key="q"),
    ]
    assert capsys.readouterr().out.splitlines()[:2] == ["s", "D"]
