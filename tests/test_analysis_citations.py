"""Every document has a citation ready to paste, by the rules of its kind, and the same as an item for Zotero."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from backchannel import sources
from backchannel.analysis.citations import as_csl, cite
from backchannel.records import Claim, Document, Span
from backchannel.sources import Options
from tei_samples import volume

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
VOLUME = {
    "id": "frus1961-63v99",
    "title": "Foreign Relations of the United States, 1961–1963, Volume II, The Straits",
    "series": "Foreign Relations of the United States",
    "subseries": "1961–1963",
    "number": "Volume II",
    "name": "The Straits",
    "editors": ["Ada Reed", "C. Bo Lind, Jr."],
    "general_editors": ["Eve Stone"],
    "publisher": "United States Government Printing Office",
    "place": "Washington",
    "released": "1988",
}


def record(**more: Any) -> Document:
    meta = {"volume": VOLUME, "record": {"kind": "memcon", "number": "7"}}
    address = "https://history.state.gov/historicaldocuments/frus1961-63v99/d7"
    own = {"id": "frus1961-63v99/d7", "title": "7. Memorandum of Conversation", "url": address, "meta": meta}
    return Document(**own | more)


def test_a_record_is_cited_by_volume_editors_and_document_number() -> None:
    assert cite(record()) == (
        "Foreign Relations of the United States, 1961–1963, Volume II, The Straits, eds. Ada Reed and C. Bo Lind, Jr. "
        "(Washington: Government Printing Office, 1988), Document 7. "
        "https://history.state.gov/historicaldocuments/frus1961-63v99/d7"
    )


def test_a_record_read_from_its_volume_is_cited_by_that_volumes_header(tmp_path: Path) -> None:
    found = [one.document for one in sources.read(volume(tmp_path), Options(today=NOW.date(), now=NOW))]
    assert found[1] is not None
    assert cite(found[1]).startswith(
        "Foreign Relations of the United States, 1961–1963, Volume II, The Straits, ed. Ada Reed "
        "(Northport: Crown Press, 1988), Document 2. https://history.state.gov/"
    )


@pytest.mark.parametrize(
    ("id", "url", "title"),
    [
        ("frus1969-76v19p1/d75", None, "1969–1976, Volume XIX, Part 1, Document 75."),
        ("frus1969-76ve13/d4", None, "1969–1976, Volume E–13, Document 4."),
        ("frus1917-72v05/d9", None, "1917–1972, Volume V, Document 9."),
        (
            "x",
            "https://history.state.gov/historicaldocuments/frus1964-68v13/d21",
            "1964–1968, Volume XIII, Document 21. https://history.state.gov/historicaldocuments/frus1964-68v13/d21",
        ),
    ],
)
def test_a_record_without_its_volume_is_cited_by_what_its_number_tells(id: str, url: str | None, title: str) -> None:
    assert cite(Document(id=id, url=url)) == f"Foreign Relations of the United States, {title}"


@pytest.mark.parametrize("id", ["frus1961-63v01", "frus-history/d3", "d_1"])
def test_what_has_no_number_in_a_volume_is_not_cited_as_of_one(id: str) -> None:
    assert cite(Document(id=id)) == f"document {id}"


def test_news_is_cited_by_outlet_headline_day_and_address_with_the_day_of_fetching() -> None:
    one = Document(
        id="d_1",
        source="Fjord Gazette",
        title="Did they talk?",
        url="https://example.org/1",
        published=date(2023, 5, 6),
        retrieved=NOW,
    )
    assert cite(one) == "Fjord Gazette, “Did they talk?” 6 May 2023, https://example.org/1 [accessed 1 May 2024]"
    assert cite(Document(id="d", title="Quiet talks", retrieved=NOW)) == "“Quiet talks”"
    assert cite(Document(id="d", source="Desk", published=NOW.date())) == "Desk, 1 May 2024, document d"


def test_a_passage_of_a_digest_is_cited_by_its_own_outlet() -> None:
    passages = [{"start": 0, "end": 20, "source": "Fjord Gazette"}, {"start": 20, "end": 40, "source": None}]
    one = Document(id="d", source="Morning Digest", title="Items", text="x" * 40, meta={"passages": passages})
    claim = Claim(id="c", document="d", sentence=Span(start=3, end=9, text="x" * 6))
    assert cite(one, claim) == "Fjord Gazette, in Morning Digest, “Items”"
    assert cite(one) == "Morning Digest, “Items”"
    assert as_csl(one, claim)["container-title"] == "Morning Digest"


def test_a_readout_is_cited_by_its_institution() -> None:
    meta = {"kind": "readout", "institution": "Royal Palace of Freedonia", "owner": "NOR"}
    one = Document(id="d", source="palace.example", title="Call with Sylvania", published=date(2023, 5, 6), meta=meta)
    assert cite(one) == "Royal Palace of Freedonia, “Call with Sylvania,” readout, 6 May 2023"
    assert as_csl(one)["author"] == [{"literal": "Royal Palace of Freedonia"}]


def test_a_row_of_a_table_is_cited_with_its_number() -> None:
    one = Document(id="import:visits", source="Office of Lists", title="Visits", meta={"table": "visits"})
    claim = Claim(id="c", document="import:visits", row="visits/12")
    assert cite(one, claim) == "Office of Lists, “Visits,” row visits/12"
    assert as_csl(one, claim)["id"] == "import:visits#visits/12"


def test_a_withdrawn_document_says_so() -> None:
    assert cite(Document(id="d", title="Quiet talks", state="retracted")) == "“Quiet talks” [withdrawn]"


def test_the_item_for_zotero_has_the_parts_of_the_citation() -> None:
    item = as_csl(record(retrieved=NOW, language="en"))
    assert item == {
        "id": "frus1961-63v99/d7",
        "type": "chapter",
        "title": "Memorandum of Conversation",
        "container-title": "The Straits",
        "collection-title": "Foreign Relations of the United States, 1961–1963",
        "volume": "II",
        "number": "Document 7",
        "editor": [
            {"family": "Reed", "given": "Ada"},
            {"family": "Lind", "given": "C. Bo", "suffix": "Jr."},
        ],
        "publisher": "Government Printing Office",
        "publisher-place": "Washington",
        "issued": {"date-parts": [[1988]]},
        "URL": "https://history.state.gov/historicaldocuments/frus1961-63v99/d7",
        "accessed": {"date-parts": [[2024, 5, 1]]},
        "language": "en",
    }
