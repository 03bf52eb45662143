"""``alerts``: for people and as JSON lines, and nothing found where nothing turned."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import backchannel
from backchannel.records import Origin
from backchannel.store import open_store
from store_samples import claim, conversation, document


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Give a store with one conversation, told by one origin on 12 May and by another on 15 May."""
    path = tmp_path / "store.db"
    first, second = document(1), document(2, published=date(2023, 5, 15))
    with open_store(path) as store:
        store.put_documents([(first, [claim(1)], None), (second, [claim(2)], None)], reader="reader 0.1.0")
        origins = tuple(Origin(origin=f"o{n}", kind="outlet", claims=(f"c_00{n}_0",)) for n in (1, 2))
        store.replace_conversations([conversation(1, claims=("c_001_0", "c_002_0"), origins=origins, independent=2)])
    return str(path)


def test_an_alert_is_a_json_line_with_its_sentence(ask: Any) -> None:
    code, out, err = ask("alerts", "--json")
    (line,) = out.splitlines()
    told = json.loads(line)
    assert (code, told["kind"], told["day"], told["conversation"]) == (0, "confirmation", "2023-05-15", "v_001")
    assert told["backing"][0]["quotation"] == "Sullivan met Wang in Vienna"
    assert "not judged" in err


def test_an_alert_is_told_to_people_with_reasons(ask: Any) -> None:
    code, out, _ = ask("alerts", "--pair", "USA", "China", "--since", "2023-05")
    assert code == 0
    assert "CONFIRMED" in out and "because: first told 12 May 2023" in " ".join(out.split())


def test_nothing_turned_is_nothing_found(ask: Any) -> None:
    code, out, err = ask("alerts", "--kind", "denial")
    assert (code, out) == (3, "")
    assert "no alert" in err


def test_an_unknown_kind_is_named_with_those_there_are(ask: Any) -> None:
    code, _, err = ask("alerts", "--kind", "silens")
    assert code in (1, 2)
    assert "silence" in err


def test_alerts_are_there_in_python(place: str) -> None:
    with backchannel.open(place) as db:
        found = db.alerts(actor="China", kinds=("confirmation",))
    assert [one.kind for one in found.alerts] == ["confirmation"]
