"""``changes`` and ``log``: what became of conversations, for people and as JSON lines."""

import json
from pathlib import Path

import pytest

from backchannel import pipeline
from backchannel.conversations import judge
from backchannel.records import Judgement
from backchannel.store import open_store
from judged_samples import claim, document, fill, later


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Give a store with six added conversations, one changed two months later, and a judgement without its claim."""
    path = tmp_path / "store.db"
    with open_store(path) as store:
        fill(store, range(6))
        made = Judgement(id="", kind="correct", target="c_01", field="status", value="denied", by="ana", at=later(9))
        store.put_judgement(judge(store, made))
        lost = Judgement(id="j_lost", kind="reject", target="c_gone", by="bo", at=later(10))
        store.put_judgement(lost)
        pipeline.merge_store(store, now=later(60 * 24 * 60))
    return str(path)


def test_changes_since_a_day_are_told_with_their_cause(ask):
    code, out, _ = ask("changes", "--since", "2024-02")
    assert code == 0
    assert len([line for line in out.splitlines() if line.startswith("20")]) == 1
    told = " ".join(out.split())
    assert "2024-03-01 00:00" in told
    assert "status occurred → denied" in told
    assert "judgement j_" in told


def test_changes_come_as_json_of_one_kind(ask):
    _, out, _ = ask("changes", "--json", "--kind", "added")
    found = [json.loads(line) for line in out.splitlines()]
    assert {one["kind"] for one in found} == {"added"}
    assert found[0]["at"] == "2024-01-01T00:00:00Z"
    assert found[0]["causes"][0]["kind"] == "documents"


def test_nothing_is_listed_when_nothing_changed(place: str, ask):
    with open_store(place) as store:
        store.put_document(document(1), [claim(1)], reader="reader 99")
        pipeline.merge_store(store, now=later(60 * 24 * 365))
    code, out, err = ask("changes", "--since", "2024-06-01")
    assert (code, out) == (3, "")
    assert "nothing changed since 2024-06-01" in err


def test_log_shows_changes_and_judgements_of_one_conversation(place: str, ask):
    with open_store(place) as store:
        home = store.history.homes()["c_01"]
    _, out, _ = ask("log", home[:8])
    told = " ".join(out.split())
    assert "2024-01-01 00:09 ana" in told
    assert "status of c_01 corrected to denied" in told
    assert told.index("added: ") < told.index("corrected to") < told.index("status occurred")
    _, out, _ = ask("log", home, "--json")
    assert [json.loads(line)["by"] for line in out.splitlines()] == ["merge", "ana", "merge"]


def test_a_judgement_without_its_claim_is_listed(ask):
    _, out, _ = ask("log", "--stale")
    assert "reject: c_gone (stale)" in out
    assert "ana" not in out
    assert ask("log", "--skipped")[0] == 3
    _, out, _ = ask("merge")
    assert "2 judgements" not in out
    assert "1 judgement in force" in out
    assert "1 judgement found no claim any more: backchannel log --stale" in out


def test_log_of_a_conversation_that_never_was_finds_nothing(ask):
    code, out, err = ask("log", "k_zz")
    assert (code, out) == (3, "")
    assert "no conversation 'k_zz'" in err
