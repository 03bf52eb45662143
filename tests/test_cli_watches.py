"""Watches through the command line: saved, listed, run, shown, removed, and what fails told by doctor."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from backchannel import api
from backchannel.cli import health
from backchannel.store import open_store
from commands import Ask
from watch_samples import tell


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


def test_a_watch_is_saved_run_listed_shown_and_removed(place: str, tmp_path: Path, ask: Ask) -> None:
    out = tmp_path / "out.jsonl"
    assert ask("watch", "list")[0] == 1
    code, told, _ = ask("watch", "add", "asia", "--pair", "USA", "China", "--issue", "taiwan", "--to", str(out))
    assert (code, told) == (0, f"asia: United States – China, on taiwan; told to {out}\n")
    ask("watch", "add", "north", "--actor", "Norway", "--to", str(out))
    with open_store(place) as store:
        tell(store, 1, issues=("taiwan",))
    code, told, _ = ask("watch", "run", "--dry-run")
    assert (code, out.exists()) == (0, False)
    code, told, err = ask("watch", "run")
    assert code == 0
    assert told.startswith("New conversation: CHN – USA: meeting, 20 June 2023\n")
    assert told.endswith("nothing new on 1 of 2 watches\n")
    assert f"{out}: 2 sent" in err
    assert [json.loads(line)["kind"] for line in out.read_text().splitlines()] == ["conversation", "summary"]
    assert ask("watch", "run")[1] == "nothing new on 2 of 2 watches\n"
    code, told, _ = ask("watch", "list", "--json")
    assert [json.loads(line)["question"] for line in told.splitlines()] == [
        "United States – China, on taiwan",
        "Norway",
    ]
    assert "New conversation: CHN – USA" in ask("watch", "show", "asia")[1]
    assert ask("watch", "remove", "asia")[:2] == (0, "asia: removed\n")
    assert ask("watch", "show", "asia")[0] == 1


def test_what_could_not_be_delivered_is_told_by_run_list_and_doctor(
    place: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKCHANNEL_WEBHOOK_SECRET", "not base64!")
    ask("watch", "add", "asia", "--to", "https://127.0.0.1:9/T0PSECRET", "--allow-private")
    with open_store(place) as store:
        tell(store, 1)
    code, _, err = ask("watch", "run")
    assert code == 1
    assert "https://127.0.0.1:9/…: 0 sent, 1 waiting: the secret of the webhook is not whsec_ and base64" in err
    shown = ask("watch", "list")[1]
    assert "1 waiting" in shown
    found = [one for one in health._store(place) if one.name == "watches"]
    assert [one.state for one in found] == ["ok", "note"]
    assert "1 waiting for https://127.0.0.1:9/…" in found[1].told
    assert not [one for one in (err, shown, found[1].told) if "T0PSECRET" in one or "not base64!" in one]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["add", "asia", "--to", "out.doc"], "is not understood"),
        (["add", "asia", "--to", "out.md", "--alert", "noise"], "no alert of kind noise; known: confirmation"),
        (["run", "asia"], "no watch named 'asia'"),
        (["run", "--every", "soon"], "give it as 90s, 15m, 2h or 1d"),
    ],
)
def test_a_slip_is_told_without_a_traceback(place: str, ask: Ask, arguments: list[str], fault: str) -> None:
    with api.open(place) as db:
        db.watches.add("other", Path(place).with_name("out.md"))
    code, _, err = ask("watch", *arguments)
    assert (code, fault in err) == (1, True)


def test_from_python_a_watch_is_saved_and_run(place: str, tmp_path: Path) -> None:
    with api.open(place) as db:
        db.watches.add("asia", tmp_path / "out.jsonl", pair=("USA", "China"), since=date(2023, 6, 1))
        tell(db.store, 1)
        report = db.watches.run("asia")
        assert [item.kind for batch in report.found.batches for item in batch.items] == ["conversation"]
        assert [one.name for one in db.watches] == ["asia"]
        db.watches.remove("asia")
        assert list(db.watches) == []
