"""Tables of visits and travels become claims without a sentence, each with its row, that count as no independent origin."""

import datetime
import json
from pathlib import Path

import pytest

from backchannel import importers
from backchannel.actors import profile, shipped
from backchannel.conversations import merge, report, weights
from backchannel.errors import DocumentError, QueryError, SourceError
from backchannel.importers.readouts import as_readout
from backchannel.importers.tables import state
from backchannel.pipeline import merge_store, reread
from backchannel.pipeline.importing import import_readouts, import_table
from backchannel.records import Claim, Document
from backchannel.sources import Options
from backchannel.store import open_store
from backchannel.verify import check, verify
from verify_samples import read as read_document

NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
OPTIONS = Options(today=NOW.date(), now=NOW)
VISITS = [
    {
        "id": 7,
        "start": "1966-08-02",
        "end": "1966-08-04",
        "visitor": "Prime Minister Harold Wilson",
        "from": [{"id": "uk", "name": "United Kingdom"}],
        "description": "Talks with President Johnson on trade.",
    },
    {
        "id": 8,
        "start": "1983-11-12",
        "end": "1983-11-14",
        "visitor": "King Odo",
        "from": [{"id": "korea-south", "name": "Korea, Republic of"}],
        "description": "Private visit.",
    },
]
TRAVELS = [
    {
        "id": 3,
        "who": "rusk-dean",
        "role": "secretary",
        "name": "David Dean Rusk",
        "start": "1963-06-26",
        "end": "1963-06-26",
        "country": [{"id": "germany", "name": "Germany, Federal Republic of"}],
        "locale": "Bonn",
        "remarks": "Met with Chancellor Adenauer.",
    }
]


def claims(name: str, rows: list[dict[str, object]]) -> tuple[Document, tuple[Claim, ...]]:
    document = importers.as_document(name, json.dumps(rows, indent=1))
    return document, importers.claims(document, shipped())


def test_a_visit_is_a_claim_with_its_row_and_without_a_sentence():
    document, (talks, private) = claims("visits", VISITS)
    assert (talks.by, talks.row, talks.sentence, talks.trigger) == ("import:visits", "visits/7", None, None)
    assert (talks.form, talks.status, talks.privacy, talks.issues) == ("meeting", "occurred", "closed", ("trade",))
    assert [(p.actor, p.person, p.role, p.text) for p in talks.parties] == [
        ("GBR", "Harold Wilson", "initiator", None),
        ("USA", "Lyndon Johnson", "recipient", None),
    ]
    assert talks.when is not None
    assert (talks.when.start, talks.when.end) == ("1966-08-02", "1966-08-04")
    assert (private.form, private.parties[0].actor, private.parties[0].person) == ("visit", "KOR", "Odo")
    assert private.score < 0.5 < talks.score  # a private visit need be no contact
    (row,) = talks.evidence["status"]
    assert json.loads(document.text[row.start : row.end])["id"] == 7


def test_a_journey_is_a_claim_with_its_place_and_those_who_were_met():
    _, (one,) = claims("travels", TRAVELS)
    assert [(p.actor, p.person, p.role) for p in one.parties] == [
        ("USA", "Dean Rusk", "initiator"),
        ("DEU", "Konrad Adenauer", "recipient"),
    ]
    assert one.where is not None
    assert (one.where.text, one.where.country) == ("Bonn", "DEU")


def test_claims_of_a_table_pass_verification():
    document, found = claims("visits", VISITS)
    again = list(check(document, found, actors=shipped(), read=lambda one: importers.claims(one, shipped())))
    assert again == []


def test_rows_count_as_no_independent_origin_and_go_on_about_nothing():
    document, found = claims("visits", VISITS)
    made = merge([report(one, document) for one in found], (), previous={}, weights=weights())
    assert [(one.independent, [origin.kind for origin in one.origins]) for one in made] == [(0, ["import"])] * 2


def test_all_faults_of_a_table_are_told_at_once():
    broken = [{"id": 1, "start": "1966", "end": "1966-01-02", "visitor": "A"}, {"id": "x", **VISITS[0], "visitor": ""}]
    with pytest.raises(
        DocumentError, match="row 1: from is missing; row 1: start '1966' is no ISO date; row 2: visitor"
    ):
        importers.as_document("visits", json.dumps(broken))


def test_what_is_no_table_is_refused():
    with pytest.raises(QueryError, match="no table named 'visit'; known: travels, visits"):
        importers.as_document("visit", "[]")
    with pytest.raises(DocumentError, match="no row in it"):
        importers.as_document("visits", "[]")
    with pytest.raises(DocumentError, match="row 2, line 2: not JSON"):
        importers.as_document("visits", json.dumps(VISITS[0]) + "\n{broken")


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Korea, South", "KOR"),
        ("China, People’s Republic of", "CHN"),
        ("Democratic Republic of the Congo (Zaire)", "COD"),
        ("Dahomey (Benin)", "BEN"),
        ("Macedonia, Former Yugoslav Republic of", "MKD"),
        ("Erewhon", "UNKNOWN"),
    ],
)
def test_countries_are_known_as_tables_write_them(name: str, actor: str):
    assert state(name, datetime.date(1970, 6, 1), shipped()) == actor


def test_a_table_comes_into_the_store_is_brought_up_to_date_and_stays_when_read_again(tmp_path: Path):
    path = tmp_path / "visits.json"
    path.write_text(json.dumps(VISITS))
    with open_store(tmp_path / "s.db") as store:
        assert import_table("visits", path, store, OPTIONS).claims == 2
        assert import_table("visits", path, store, OPTIONS).skipped == 1
        first = {claim.row: claim.id for claim in store.claims()}
        path.write_text(json.dumps([{**VISITS[0], "description": "State visit."}, *VISITS[1:], {**VISITS[0], "id": 9}]))
        import_table("visits", path, store, OPTIONS)
        second = {claim.row: claim.id for claim in store.claims()}
        assert second | first == second
        assert {claim.row: claim.form for claim in store.claims()}["visits/7"] == "visit"
        reread(store, ["import:visits"], now=NOW)
        assert {claim.row: claim.id for claim in store.claims()} == second
        merge_store(store)
        assert list(verify(store, actors=shipped(), read=read_document)) == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with open_store(tmp_path / "s.db") as store, pytest.raises(SourceError, match="cannot be read"):
        import_table("visits", tmp_path / "none.json", store, OPTIONS)


def test_an_imported_readout_is_the_voice_of_its_institution():
    page = Document(id="d", source="harbour.example", title="Call with the Prime Minister", text="They spoke.")
    one = as_readout(page, shipped(), institution="Office of the President of Finland")
    assert (one.meta["kind"], one.meta["institution"], one.meta["owner"]) == (
        "readout",
        "Office of the President of Finland",
        "FIN",
    )
    told = profile(one)
    assert (told.kind, told.home, told.speaks, told.is_official) == ("readout", "FIN", "institution", True)


def test_an_official_site_tells_its_institution_itself():
    page = Document(id="d", source="White House", title="Remarks", text="They spoke.")
    assert as_readout(page, shipped()).meta["institution"] == "White House"


def test_a_readout_of_nobody_known_is_a_problem(tmp_path: Path):
    (tmp_path / "call.txt").write_text("The minister called his counterpart on Monday to speak of the harbour.")
    with open_store(tmp_path / "s.db") as store:
        summary = import_readouts([str(tmp_path / "call.txt")], store, OPTIONS)
        assert summary.failed == 1
        assert "give --institution" in next(iter(store.problems())).message


def test_a_page_that_was_read_before_becomes_a_readout(tmp_path: Path):
    from backchannel.pipeline import ingest
    from pipeline_samples import load_cheaply

    (tmp_path / "call.txt").write_text("Norland met Sudland on Monday in the harbour and spoke of the river.")
    target = str(tmp_path / "call.txt")
    with open_store(tmp_path / "s.db") as store:
        ingest([target], store, OPTIONS, load=load_cheaply)
        summary = import_readouts([target], store, OPTIONS, institution="Government of Norway", load=load_cheaply)
        assert summary.read == 1
        assert [one.meta["owner"] for one in store.documents()] == ["NOR"]
        again = import_readouts([target], store, OPTIONS, institution="Government of Norway", load=load_cheaply)
        assert again.skipped == 1
