"""The command ``readouts`` shows accounts side by side where there is room, one under the other elsewhere, and says when there is one."""

import json
from pathlib import Path

import pytest

import backchannel

ROWS = (
    ("nor", "2024-05-14", "kremlin.ru", "Telephone conversation with President of France Emmanuel Macron",
     "On 14 May 2024 Vladimir Putin had a telephone conversation with Emmanuel Macron. The two presidents discussed "
     "krill quotas, lithium mines and the Antarctic Treaty. Vladimir Putin stressed that 40 icebreakers were ready."),
    ("fra", "2024-05-14", "elysee.fr", "Telephone conversation with President of Russia Vladimir Putin",
     "Emmanuel Macron spoke by telephone with Vladimir Putin on 14 May 2024. The two presidents discussed the Antarctic "
     "Treaty. Emmanuel Macron asked for the release of a French glaciologist."),
    ("one", "2024-06-02", "elysee.fr", "Telephone conversation with President of Kenya William Ruto",
     "Emmanuel Macron spoke by telephone with William Ruto of Kenya on 2 June 2024. They discussed tea."),
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("readouts")
    names = ("id", "date", "source", "title", "text")
    lines = [json.dumps(dict(zip(names, row, strict=True))) for row in ROWS]
    (folder / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with backchannel.open(folder / "store.db") as db:
        assert db.read(folder / "texts.jsonl").read == len(ROWS)
        db.merge()
    return str(folder / "store.db")


def _id(ask, *pair: str) -> str:
    code, out, _ = ask("conversations", "--pair", *pair, "--json")
    assert code == 0
    return str(json.loads(out.splitlines()[0])["id"])


def test_two_accounts_stand_side_by_side_where_there_is_room(ask) -> None:
    code, out, _ = ask("readouts", _id(ask, "FRA", "RUS"), columns=120)
    heads = [line.split() for line in out.splitlines()]
    assert code == 0
    assert any(sorted(head) == ["France", "Russia"] for head in heads)
    assert "France only" in out
    assert max(map(len, out.splitlines())) <= 120


def test_accounts_stand_one_under_the_other_in_a_narrow_window(ask) -> None:
    code, out, _ = ask("readouts", _id(ask, "FRA", "RUS"), columns=80)
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    assert "  Russia: “the Antarctic Treaty”" in out


def test_json_gives_quotations_at_their_offsets(ask) -> None:
    code, out, _ = ask("readouts", _id(ask, "FRA", "RUS"), "--json")
    made = json.loads(out)
    texts = {row[0]: row[4] for row in ROWS}
    quoted = [one for line in made["lines"] for those in line["quotations"].values() for one in those]
    assert code == 0
    assert quoted
    assert all(texts[one["document"]][one["start"] : one["end"]] == one["text"] for one in quoted)


def test_contacts_with_two_accounts_are_listed(ask) -> None:
    code, out, _ = ask("readouts", "France", "Russia", "--since", "2024")
    assert code == 0
    assert _id(ask, "FRA", "RUS") in out


def test_a_single_account_is_shown_and_ends_with_three(ask) -> None:
    code, out, err = ask("readouts", _id(ask, "FRA", "KEN"))
    assert code == 3
    assert "“tea”" in out
    assert "only one account" in err


def test_a_period_needs_two_parties(ask) -> None:
    code, _, err = ask("readouts", "k_0", "--since", "2024")
    assert code == 1
    assert "go with two parties" in err


def test_python_gives_the_same(place: str) -> None:
    with backchannel.open(place) as db:
        (found,) = db.conversations(pair=("FRA", "RUS")).to_list()
        made = db.readouts(found.id)
    assert {side.name for side in made.sides} == {"France", "Russia"}
    assert any(line.standing != "only" for line in made.lines)
