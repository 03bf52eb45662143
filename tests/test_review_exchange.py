"""Judgements travel as lines: out and in again without loss, never over what is there, all faults at once."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.cli.coders import write_lines
from backchannel.errors import InputError, VocabularyError
from backchannel.records import Document, Judgement
from backchannel.review import Decision, Writer
from backchannel.review.exchange import export, take, to_json
from backchannel.store import Store, open_store
from review_samples import CLAIMS, TEXTS, clock, desk_place, fill, sit  # noqa: F401  # two are fixtures
from store_samples import READER

CLAIM_IDS = st.sampled_from([one.id for one in CLAIMS])
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@st.composite
def judgements(draw) -> list[Judgement]:
    """Give judgements of every kind, some of which supersede earlier ones."""
    made: list[Judgement] = []
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(["same", "different", "unsure", "reject", "correct"]))
        target, other = draw(st.permutations([one.id for one in CLAIMS]))[:2]
        made.append(
            Judgement(
                id=f"j_{number}",
                kind=kind,
                target=target,
                other=other if kind in ("same", "different") else None,
                field="status" if kind == "correct" else None,
                value="planned" if kind == "correct" else None,
                reason=draw(st.none() | TEXT),
                by=draw(st.sampled_from(["anna", "ben"])),
                at=draw(TIMES),
                supersedes=draw(st.none() | st.sampled_from([one.id for one in made])) if made else None,
                quotation=draw(st.none() | st.just("0" * 16)),
            )
        )
    return made


def written(store: Store, path: Path) -> Path:
    write_lines(path, (to_json(one) for one in export(store)))
    return path


@settings(max_examples=10, deadline=None)
@given(made=judgements())
def test_a_round_trip_keeps_every_judgement_and_twice_does_no_harm(made: list[Judgement]) -> None:
    with TemporaryDirectory() as folder:
        with open_store(Path(folder) / "one.db") as store:
            fill(store)
            for one in made:
                store.put_judgement(one)
            expected = list(store.judgements(superseded=True))
            path = written(store, Path(folder) / "judgements.jsonl")
        with open_store(Path(folder) / "two.db") as store:
            fill(store)
            taken = take(path, store)
            assert (taken.new, taken.known, taken.moved, taken.absent) == (len(made), 0, 0, 0)
            assert list(store.judgements(superseded=True)) == expected
            before = path.read_bytes()
            again = take(path, store)
            assert (again.new, again.known) == (0, len(made))
            assert written(store, path).read_bytes() == before


@pytest.fixture
def full(tmp_path: Path):
    with open_store(tmp_path / "store.db") as store:
        fill(store)
        yield store


def test_a_claim_with_another_id_is_found_by_its_place(full: Store, tmp_path: Path) -> None:
    made = Writer(full, by="anna", now=clock()).write(Decision(kind="reject", target="c_oak"))
    path = written(full, tmp_path / "judgements.jsonl")
    with open_store(tmp_path / "other.db") as other:
        other.put_document(
            Document(id="d_oak", text=TEXTS["d_oak"]), [replace(CLAIMS[1], id="c_found_here")], reader=READER
        )
        for new in (1, 0):
            taken = take(path, other)
            assert (taken.new, taken.moved, taken.absent) == (new, new, 0)
        assert list(other.judgements()) == [replace(made, target="c_found_here")]


def test_a_judgement_whose_document_is_not_here_waits(full: Store, tmp_path: Path) -> None:
    Writer(full, by="anna", now=clock()).write(Decision(kind="same", target="c_oak", other="c_elm"))
    path = written(full, tmp_path / "judgements.jsonl")
    with open_store(tmp_path / "other.db") as other:
        assert take(path, other).absent == 1
        assert len(list(other.judgements())) == 1


def line(**values) -> str:
    judgement = {"id": "j_1", "kind": "reject", "target": "c_oak", **values}
    return json.dumps({"judgement": judgement, "anchors": {}})


def test_all_faults_of_a_file_are_told_with_their_lines_and_nothing_is_kept(full: Store, tmp_path: Path) -> None:
    path = tmp_path / "faulty.jsonl"
    rows = [
        line(),
        "{",
        line(id="j_2", kind="like"),
        line(id="j_3", kind="same"),
        line(id="j_4", kind="correct", field="status", value="done"),
        line(id="j_5", kind="correct", field="mood", value="good"),
    ]
    path.write_text("\n\n".join(rows), encoding="utf-8")
    with pytest.raises(VocabularyError) as told:
        take(path, full)
    assert [fault.partition(":")[0] for fault in told.value.faults] == [
        "line 3",
        "line 5",
        "line 7",
        "line 9",
        "line 11",
    ]
    assert list(full.judgements(superseded=True)) == []


def test_what_is_there_is_never_overwritten(full: Store, tmp_path: Path) -> None:
    path = tmp_path / "clash.jsonl"
    path.write_text("\n".join([line(reason="mine"), line(id="j_2", supersedes="j_9"), line(id="j_2", target="c_elm")]))
    full.put_judgement(Judgement(id="j_1", kind="reject", target="c_oak", reason="yours"))
    with pytest.raises(VocabularyError) as told:
        take(path, full)
    assert "line 1: j_1 is here already and says otherwise" in told.value.faults[0]
    assert "line 2: supersedes j_9, which is neither here" in told.value.faults[1]
    assert "line 3: j_2 stands twice" in told.value.faults[2]
    assert [one.reason for one in full.judgements()] == ["yours"]


def test_a_file_that_is_not_there_is_told(full: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        take(tmp_path / "nowhere.jsonl", full)


def test_export_and_import_by_command(sit, tmp_path: Path) -> None:  # noqa: F811
    sit("review", "same", "c_elm", "c_oak", "--by", "anna")
    path = str(tmp_path / "judgements.jsonl")
    assert "1 judgement" in sit("review", "export", path)[1]
    assert json.loads(Path(path).read_text())["anchors"]["c_oak"]["trigger"]["text"] == "met"
    assert msgspec.json.decode(sit("review", "export", "-")[1])["judgement"]["by"] == "anna"
    assert "0 judgements new, 1 known already" in sit("review", "import", path)[1]
    assert json.loads(sit("review", "import", path, "--json")[1]) == {"new": 0, "known": 1, "moved": 0, "absent": 0}
