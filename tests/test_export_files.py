"""Exports are whole or not at all, read back as they were, and hold no more wording than was allowed."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import backchannel
from backchannel.analysis.questions import Asked
from backchannel.cli.app import app
from backchannel.errors import InputError, QueryError
from backchannel.export import EXPORTERS, export, rights
from backchannel.export.csv import cell, items_of, text_of
from backchannel.export.rows import columns, conversation_row, report_row
from backchannel.records import Claim, Conversation, from_json
from backchannel.store import Store, open_store
from export_samples import TEXT, about, claim, exported, fill, read

ALL = ("csv", "jsonl", "plover")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        fill(opened)
        yield opened


def test_one_traversal_feeds_all_formats_and_counts_their_lines(store: Store, tmp_path: Path) -> None:
    found = export(store, Asked(), ALL, tmp_path / "out")
    assert (found.conversations, found.reports) == (3, 3)
    assert set(found.files.values()) == {3}
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {*found.files, "README.txt"}
    assert "3 conversations, told by 3 reports" in read(tmp_path / "out" / "README.txt")
    assert "CC BY 4.0: 3" in read(tmp_path / "out" / "README.txt")


def test_json_lines_read_back_as_the_records_of_the_store(store: Store, tmp_path: Path) -> None:
    export(store, Asked(order="id"), ["jsonl"], tmp_path, text="full")
    told = [from_json(line, Conversation) for line in read(tmp_path / "conversations.jsonl").splitlines()]
    assert told == list(store.conversations(order="id"))
    claims = {one.id: one for one in (from_json(x, Claim) for x in read(tmp_path / "claims.jsonl").splitlines())}
    assert claims == {one.id: one for one in store.claims()}


def test_tables_read_back_as_the_same_values(store: Store, tmp_path: Path) -> None:
    export(store, Asked(order="id"), ["csv"], tmp_path, text="full")
    rows = list(csv.DictReader(io.StringIO(read(tmp_path / "conversations.csv"), newline="")))
    assert tuple(rows[0]) == columns()["conversations"]
    for row, one in zip(rows, store.conversations(order="id"), strict=True):
        for name, value in conversation_row(one).items():
            assert (items_of(row[name]) if isinstance(value, tuple) else row[name]) == (
                value if isinstance(value, tuple) else cell(value)
            )
    reports = list(csv.DictReader(io.StringIO(read(tmp_path / "reports.csv"), newline="")))
    assert {text_of(row["quotation"]) for row in reports} == {TEXT}
    assert {row["title"] for row in reports} == {"Quiet talks; an =odd title"}


def test_same_store_gives_same_bytes(store: Store, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export(store, Asked(), ALL, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize("format", ALL)
def test_none_leaves_no_wording_of_the_documents(store: Store, tmp_path: Path, format: str) -> None:
    export(store, Asked(), [format], tmp_path / "out", text="none")
    for path in (tmp_path / "out").iterdir():
        for words in (TEXT, "secretly", "two diplomats", "Ministers of"):
            assert words not in read(path).replace("privacy.cues:secretly", ""), (path.name, words)
    assert "quotation_hash" in columns()["reports"]


@pytest.mark.parametrize("format", ALL)
def test_quotations_are_cut_to_the_characters_allowed(store: Store, tmp_path: Path, format: str) -> None:
    export(store, Asked(), [format], tmp_path / "out", text="quote:20")
    told = "".join(read(path) for path in (tmp_path / "out").iterdir())
    assert TEXT[:20] in told
    assert TEXT[:21] not in told


def test_hash_and_offsets_stay_where_the_words_go() -> None:
    one = exported()
    full, none = (report_row(next(one.reports()), rights(told)) for told in ("full", "none"))
    assert none["quotation"] is None
    assert none["quotation_hash"] == full["quotation_hash"]
    assert (none["sentence_start"], none["sentence_end"]) == (0, len(TEXT))


def test_a_report_says_who_tells_it_and_what_it_repeats() -> None:
    row = report_row(next(exported(rests_on={"c_1": "c_0"}).reports()), rights("full"))
    assert (row["origin"], row["rests_on"], row["url"]) == ("unnamed:fjord gazette", "c_0", "https://example.org/1")


@pytest.mark.parametrize("told", ["all", "quote:0", "quote:", "quote:-1", ""])
def test_unknown_text_rights_are_refused(told: str) -> None:
    with pytest.raises(QueryError, match="give none, quote:N"):
        rights(told)


def test_files_of_an_earlier_export_stay_unless_forced(store: Store, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"claims\.csv already; give --force"):
        export(store, Asked(), ["csv"], tmp_path)
    assert read(tmp_path / "claims.csv") == "mine"
    assert not (tmp_path / "reports.csv").exists()
    export(store, Asked(), ["csv"], tmp_path, force=True)
    assert read(tmp_path / "claims.csv").startswith("id,conversation")


def test_an_export_that_fails_leaves_nothing_and_keeps_what_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(store, Asked(), ["jsonl"], tmp_path / "kept")
    before = {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()}

    def broken(*_: object) -> None:
        raise InputError("no more room")

    monkeypatch.setattr("backchannel.export.jsonl.Lines.finish", broken)
    for folder in ("kept", "fresh"):
        with pytest.raises(InputError, match="no more room"):
            export(store, Asked(), ["csv", "jsonl"], tmp_path / folder, force=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()} == before
    assert not (tmp_path / "fresh").exists()


def test_unknown_format_is_named_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no format named 'cvs'; known: csv, jsonl, plover"):
        export(store, Asked(), ["csv", "cvs"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_command_filters_and_exits_by_the_contract(store: Store, tmp_path: Path) -> None:
    run = CliRunner()
    base = ["export", "csv", "--store", str(tmp_path / "store.db"), "--to"]
    found = run.invoke(app, [*base, str(tmp_path / "a"), "--pair", "Norway", "ISR", "--json"])
    assert (found.exit_code, json.loads(found.output)["conversations"]) == (0, 3)
    empty = run.invoke(app, [*base, str(tmp_path / "b"), "--actor", "Chad"])
    assert (empty.exit_code, (tmp_path / "b").exists()) == (3, False)
    assert run.invoke(app, [*base[:-1]]).exit_code == 2


def test_python_exports_what_is_asked_for(store: Store, tmp_path: Path) -> None:
    with backchannel.open(tmp_path / "store.db", read_only=True) as db:
        found = db.export("plover", tmp_path / "out", wording="none", privacy="secret", since="2023")
        assert found.files == {"plover.jsonl": 3}
        with pytest.raises(QueryError, match="cannot be asked for by mood"):
            db.export("plover", tmp_path / "out", mood="bad")


def test_every_format_declares_its_files_and_is_begun_and_finished(tmp_path: Path) -> None:
    from backchannel.export.folder import Folder

    for name in EXPORTERS:
        made = EXPORTERS.get(name)()
        with Folder(tmp_path / name, made.files) as folder:
            made.begin(about(), folder)
            made.feed(exported())
            counted = made.finish()
        assert sorted(counted) == sorted(made.files)
        assert {path.name for path in (tmp_path / name).iterdir()} == set(made.files)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'=", "''-"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    told = cell(f"{start}cmd|'/c calc'!A0")
    assert told[0] == "'"
    assert text_of(told) == f"{start}cmd|'/c calc'!A0"
    assert cell((f"{start}1", "x"))[0] == "'"


@given(st.text())
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    assert text_of(cell(text)) == text


@given(st.lists(st.text(min_size=1)))
def test_any_list_comes_back_from_its_cell(items: list[str]) -> None:
    assert items_of(cell(tuple(items))) == tuple(items)


@given(st.text(), st.integers(1, 40))
def test_a_cut_is_the_beginning_and_never_longer_than_allowed(text: str, limit: int) -> None:
    assert rights(f"quote:{limit}").cut(text) == text[:limit]
    assert rights("none").cut(text) is None


def test_full_rights_give_a_claim_as_it_is() -> None:
    import msgspec

    assert rights("full").claim(claim()) == msgspec.to_builtins(claim())
