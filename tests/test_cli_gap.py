"""``gap`` sets public word and record side by side from a store, as text, JSON and chart, and from Python."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import backchannel
from backchannel import pipeline
from backchannel.cli.app import app
from backchannel.errors import QueryError
from backchannel.pipeline.merging import merge_store
from backchannel.records import Document
from backchannel.store import open_store
from gap_samples import claim, news, volume, when


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    target = tmp_path_factory.mktemp("gap") / "store.db"
    paper, record = news("d_paper", "1971-03-05"), volume("d_record", "1971-09-08")
    later = volume("d_later", "1972-02-01")
    told = [
        (paper, claim("c_0000000000000001", paper, when("1971-03-04"), privacy="public", issues=("trade",), said=True)),
        (record, claim("c_0000000000000002", record, when("1971-09-08"), issues=("nuclear",))),
        (later, claim("c_0000000000000003", later, when("1972-01-20"), start=30)),
    ]
    with open_store(target) as store:
        store.put_documents([(document, (one,), None) for document, one in told], reader=pipeline.READER)
        store.put_document(
            Document(id="d_else", text="Elsewhere.", published=date(1971, 5, 1)), (), reader=pipeline.READER
        )
        merge_store(store, now=datetime(2024, 1, 1, tzinfo=UTC))
    yield target


def _run(path: Path, *words: str, columns: int = 80) -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, ["gap", *words, "--store", str(path)], env={"COLUMNS": str(columns)})
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.mark.parametrize("columns", [80, 120])
def test_text_has_figures_lanes_lists_citations_and_the_warning(path: Path, columns: int) -> None:
    code, out, _ = _run(path, "Norway", "Sweden", "--since", "1971", "--until", "1972", columns=columns)
    told = " ".join(out.split())
    assert code == 0
    for part in (
        "Norway and Sweden: public word and record, 1971 to 1972",
        "3 contacts held: 1 known at the time (0 with a record here), 1 only from the record, 1 only by mention",
        "Known only from the record (1)",
        "Secret; Nodis · known 22.3–23.3 years after (record released 1994)",
        "subject: Fisheries",
        "Attested only by mention in records (1)",
        "selected and drafted by one side",
        "2 public documents, 1 on this pair",
    ):
        assert part in told
    assert max(len(line) for line in out.splitlines()) <= columns
    rows = out.splitlines()
    head = next(number for number, row in enumerate(rows) if row.startswith("1971 "))
    assert "△" in rows[head - 1] and "●" in rows[head + 1]


def test_json_is_one_object_with_both_lanes(path: Path) -> None:
    code, out, _ = _run(path, "NOR", "SWE", "--since", "1971", "--until", "1972", "--json")
    (told,) = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert told["parties"] == ["NOR", "SWE"]
    assert [len(told["public"]), len(told["closed"])] == [1, 2]
    assert told["closed"][0]["quotation"]["citation"].startswith("Papers, Volume I")
    assert told["warnings"] and told["held"]["records"] == 2


def test_without_a_period_it_is_that_of_the_records(path: Path) -> None:
    code, _, err = _run(path, "Norway", "Sweden", "--json")
    assert code == 0 and "1971 to 1972: the years of which the records here tell" in err


def test_what_is_undated_and_was_told_outside_the_period_of_the_records_is_left_out(tmp_path: Path) -> None:
    record, then, since = volume("d_record", "1971-09-08"), news("d_then", "1971-10-01"), news("d_since", "2023-05-01")
    told = [
        (record, claim("c_0000000000000001", record, when("1971-09-08"))),
        (then, claim("c_0000000000000002", then, None, status="planned")),
        (since, claim("c_0000000000000003", since, None, status="planned")),
    ]
    target = tmp_path / "store.db"
    with open_store(target) as store:
        store.put_documents([(document, (one,), None) for document, one in told], reader=pipeline.READER)
        merge_store(store, now=datetime(2024, 1, 1, tzinfo=UTC))
    _, out, _ = _run(target, "NOR", "SWE", "--json")
    assert json.loads(out)["counts"]["undated"] == 1


def test_a_chart_is_written_beside_the_text(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "gap.json"
    code, out, err = _run(path, "Norway", "Sweden", "--since", "1971", "--chart", str(target))
    assert code == 0 and out.startswith("Norway and Sweden") and f"written: {target}" in err
    assert "Norway and Sweden" in target.read_text(encoding="utf-8")


def test_a_chart_of_another_kind_is_refused_before_the_work(path: Path) -> None:
    ran = CliRunner().invoke(app, ["gap", "Norway", "Sweden", "--chart", "gap.pdf", "--store", str(path)])
    assert isinstance(ran.exception, Exception) and ".png, .svg or .json" in str(ran.exception)


def test_nothing_known_ends_with_three_and_says_what_to_do(path: Path) -> None:
    code, out, err = _run(path, "Norway", "Sweden", "--since", "1980")
    assert (code, out) == (3, "") and "backchannel import visits" in err
    assert _run(path, "Norway", "Sweden", "--person", "Nobody")[0] == 3


def test_the_same_from_python(path: Path) -> None:
    with backchannel.open(path, read_only=True) as db:
        found = db.gap("Norway", "SWE", since="1971", until="1972")
        assert found is not None and found.counts.held == 3
        assert db.gap("Norway", "SWE", since="1980") is None
        with pytest.raises(QueryError, match="name two"):
            db.gap("Norway", "NOR")
