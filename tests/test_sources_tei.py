"""A volume in TEI gives a document for each of its records, with the head of the record, safely and a piece at a time."""

import datetime
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

from backchannel import sources
from backchannel.errors import DocumentError
from backchannel.records import Document
from backchannel.sources import Options, record
from backchannel.sources.detect import by_content, is_tei
from backchannel.sources.record import Participant, Record
from backchannel.sources.tei_text import flatten
from backchannel.sources.tree import pieces
from tei_samples import FOOTER, HEADER, LIST, volume

NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
OPTIONS = Options(today=NOW.date(), now=NOW)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    path = volume(tmp_path_factory.mktemp("volume"))
    found = [fetched.document for fetched in sources.read(path, OPTIONS)]
    return {one.id.rpartition("/")[2]: one for one in found if one is not None}


def head(documents: dict[str, Document], number: str) -> Record:
    found = record.of(documents[number])
    assert found is not None
    return found


def told(person: Participant) -> tuple[str | None, ...]:
    name, office = person.name, person.office
    return (person.side, name and name.text, office and office.text, person.reference)


def test_every_document_of_a_volume_is_one_with_what_is_needed_to_cite_it(documents):
    assert list(documents) == ["d1", "d2", "d3", "d4", "d5", "d6"]
    one = documents["d1"]
    assert one.id == "frus1961-63v99/d1"
    assert one.title == "1. Memorandum of Conversation"
    assert one.source == "Foreign Relations of the United States (frus1961-63v99)"
    assert one.url == "https://history.state.gov/historicaldocuments/frus1961-63v99/d1"
    assert one.published == datetime.date(1961, 5, 4)
    assert one.meta["volume"] == {
        "id": "frus1961-63v99",
        "title": "Foreign Relations of the United States, 1961–1963, Volume II, The Straits",
        "series": "Foreign Relations of the United States",
        "editors": ["Ada Reed"],
        "general_editors": ["Bo Lind"],
        "publisher": "Crown Press",
        "place": "Northport",
        "released": "1988",
    }
    assert (head(documents, "d1").volume, head(documents, "d1").number) == ("frus1961-63v99", "1")


def test_the_text_is_plain_without_page_breaks_and_has_its_notes_behind_it(documents):
    text = documents["d1"].text
    assert text.startswith("1. Memorandum of Conversation\n\nWashington, May 4, 1961, 3:30 p.m.\n\nSUBJECT\n")
    assert "The Ambassador said that Spain had met Morocco in Rabat on April 30. She hoped (X) for calm." in text
    assert text.index("record of that meeting") > text.index("W. Holt\n\nNotes\n\n")
    assert "\n\nSource note. Source: Foreign Office" in text
    assert "<" not in text
    assert text.endswith("3. No record of that meeting has been found.")


def test_tables_and_rival_readings_come_out_as_a_reader_would_say_them():
    told = "<div><p>It was <choice><sic>sett</sic><corr>set</corr></choice>.</p><table><row><cell>Ships</cell><cell>4</cell></row></table></div>"
    assert flatten(ElementTree.fromstring(told)).text == "It was set.\n\nShips | 4"


def test_every_value_lies_where_it_says(documents):
    count = 0
    for one in documents.values():
        found = record.of(one)
        assert found is not None
        people = [words for p in found.participants for words in (p.line, p.name, p.office)]
        moment = found.moment.words if found.moment is not None else None
        for words in (found.heading, moment, *found.places, *found.subjects, *people):
            if words is not None:
                count += 1
                assert " ".join(one.text[words.start : words.end].split()) == words.text
        for mention in one.meta.get("mentions", ()):
            count += 1
            assert one.text[mention["start"] : mention["end"]].strip()
    assert count > 50


def test_kinds_are_told_by_the_heading(documents):
    kinds = [head(documents, number).kind for number in documents]
    assert kinds == ["memcon", "memcon", "meeting", "telcon", "backchannel", "editorial"]


def test_the_moment_is_that_of_the_first_dateline_with_a_day(documents):
    moments = {number: head(documents, number).moment for number in documents}
    shown = {number: moment and (moment.start, moment.end) for number, moment in moments.items()}
    assert shown == {
        "d1": ("1961-05-04T15:30", None),
        "d2": ("1961-06-01T16:42", "1961-06-01T19:17"),
        "d3": ("1961-06-03", "1961-06-04"),
        "d4": ("1961-07-01", None),
        "d5": None,
        "d6": ("1961-08-02", None),
    }
    assert moments["d6"] is not None
    assert moments["d6"].words is None  # the markup alone says it
    assert [place.text for place in head(documents, "d3").places] == ["Tangier"]
    assert documents["d5"].published is None


def test_sides_are_read_in_all_three_encodings(documents):
    assert [told(person) for person in head(documents, "d1").participants] == [
        ("Spain", "Alma Reyes", "Spanish Embassy", "p_RA1"),
        ("Spain", "Miss Vega", "Interpreter", None),
        ("United States", None, "The Secretary", None),
        ("United States", "Walter Holt", "Aide to Secretary Rusk", "p_HW1"),
    ]
    assert [told(person) for person in head(documents, "d2").participants] == [
        ("U.S.", "Walter Holt", None, "p_HW1"),
        ("Spanish", "General Ortega", None, None),
        ("Spanish", "Mr. Luna", "Notetaker", None),
    ]
    assert [told(person)[:3] for person in head(documents, "d3").participants] == [
        ("Morocco", None, "The Foreign Minister"),
        ("Spain", "Ambassador Soto and Colonel Paz", None),
    ]


def test_a_heading_names_who_spoke_and_who_wrote(documents):
    spoke = head(documents, "d4").participants
    assert [(person.role, person.line.text) for person in spoke] == [
        ("participant", "the Secretary of State"),
        ("participant", "the Ambassador of Spain (Reyes)"),
    ]
    wrote = head(documents, "d5").participants
    assert [(person.role, *told(person)[1:]) for person in wrote] == [
        ("from", "Holt", "the Counselor in Madrid", "p_HW1"),
        ("to", "Rusk", "Secretary", "p_RD3"),
    ]


def test_notes_of_the_editors_are_kept_apart(documents):
    first = head(documents, "d1")
    assert first.source_note is not None
    assert first.source_note.endswith("Drafted by Holt. The meeting was held in the Map Room.")
    assert [(note.number, note.text[:16]) for note in first.footnotes] == [
        ("2", "Who had come bac"),
        ("3", "No record of tha"),
    ]
    at = first.footnotes[1].at
    assert at is not None
    assert documents["d1"].text[:at].endswith("on April 30.")
    assert head(documents, "d5").source_note == "[Source: Rusk Papers. Top Secret; Eyes Only.]"


def test_people_keep_the_id_and_description_of_their_volume(documents):
    people = documents["d1"].meta["people"]
    assert people["p_RA1"] == {
        "name": "Reyes, Alma",
        "description": "Ambassador of Spain to the United States from May 1960",
    }
    assert [mention["reference"] for mention in documents["d1"].meta["mentions"]] == ["p_RA1", "p_HW1", "p_RD3"]


def test_a_volume_is_known_among_feeds_by_its_beginning():
    assert is_tei(HEADER.encode())
    assert by_content(HEADER.encode()) == ".xml"
    assert not is_tei(b"<?xml version='1.0'?><rss><channel/></rss>")


def test_a_volume_without_documents_is_a_problem(tmp_path: Path):
    path = tmp_path / "empty.xml"
    path.write_text(HEADER + FOOTER)
    (fetched,) = sources.read(str(path), OPTIONS)
    assert fetched.problem is not None
    assert 'without a <div type="document">' in fetched.problem.message


def test_a_volume_that_breaks_off_gives_what_came_before_and_a_problem(tmp_path: Path):
    path = tmp_path / "cut.xml"
    path.write_text(HEADER + LIST + '<div type="document"><head>2. Mem')
    first, last = sources.read(str(path), OPTIONS)
    assert first.document is not None
    assert last.problem is not None
    assert "broken XML" in last.problem.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<!DOCTYPE TEI [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><TEI>&b;</TEI>', "declares the entity 'a'"),
        (b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hosts">]><TEI>&x;</TEI>', "declares the entity 'x'"),
        (b'<!DOCTYPE TEI [<!ENTITY % p SYSTEM "http://example.org/p"> %p;]><TEI/>', "declares the entity 'p'"),
        (b'<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd"><TEI>&eacute;</TEI>', "uses the entity 'eacute'"),
        (b"<TEI>" * 400, "nested more than 250 deep"),
        (b"<TEI>" + b"a" * 500 + b"</TEI>", "larger than 100 characters"),
        (b"<TEI><p></TEI>", "broken XML"),
        (b"", "broken XML"),
    ],
)
def test_xml_made_to_do_harm_is_refused(content: bytes, said: str):
    with pytest.raises(DocumentError, match=said):
        list(pieces(io.BytesIO(content), _everything, most=100))


def _everything(tag: str, attributes: dict[str, str]) -> bool:
    return tag == "TEI"


def test_a_document_inside_another_is_left_out_of_it():
    content = b'<TEI><div n="1">one<div n="2">two</div>after</div></TEI>'
    found = list(pieces(io.BytesIO(content), _divisions, most=100))
    assert ["".join(one.itertext()) for one in found] == ["two", "oneafter"]


def _divisions(tag: str, attributes: dict[str, str]) -> bool:
    return tag == "div"
