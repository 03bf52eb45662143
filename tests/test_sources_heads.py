"""The head of a record is read from its plain text, on whatever form it was typed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backchannel import sources
from backchannel.sources import heads, record
from backchannel.sources.record import Record

VOLUME = """14. Memorandum of Conversation
Reykjavik, March 9, 1961, 10:30–11:15 a.m.
SUBJECT
Herring and lighthouses
PARTICIPANTS
Norway
Ambassador Aasgaard
Mr. Nils Dahl, Counselor, Embassy of Norway
United States
The Secretary
EUR—Miss Ann Berg
2 interpreters
The Ambassador called at his own request. He said that the boats would sail in May.
"""
FORM = """SECRET/NODIS
DEPARTMENT OF STATE
MEMORANDUM OF CONVERSATION

DATE: 14 March 1973     PLACE: Office of the Minister, Oslo
TIME: 3:15 - 4:05 p.m.
PARTICIPANTS:
   U.S.:     Mr. Peter Lund, Chargé d'Affaires
             Col. Hans van der Meer
   Norway:   Foreign Minister Karl Aasgaard

COPIES TO: EUR, S/S

LUND: I am grateful for your time.
"""


def read(text: str, **given: str) -> Record:
    found = heads.read(text, **given)
    assert found is not None
    return found


def people(found: Record) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            who.name.text if who.name is not None else who.line.text,
            who.office.text if who.office is not None else None,
            who.side,
        )
        for who in found.participants
        if who.by != "heading"
    ]


def test_printed_volume_gives_place_hours_subject_and_sides() -> None:
    found = read(VOLUME)
    assert (found.kind, found.number) == ("memcon", "14")
    assert found.moment is not None
    assert (found.moment.start, found.moment.end) == ("1961-03-09T10:30", "1961-03-09T11:15")
    assert [place.text for place in found.places] == ["Reykjavik"]
    assert [subject.text for subject in found.subjects] == ["Herring and lighthouses"]
    assert people(found) == [
        ("Aasgaard", "Ambassador", "Norway"),
        ("Nils Dahl", "Counselor, Embassy of Norway", "Norway"),
        ("The Secretary", "The Secretary", "United States"),
        ("Ann Berg", "EUR", "United States"),
        ("2 interpreters", "2 interpreters", "United States"),
    ]


def test_typed_form_gives_the_same_from_labels_on_one_line() -> None:
    found = read(FORM)
    assert found.moment is not None
    assert (found.moment.start, found.moment.end) == ("1973-03-14T15:15", "1973-03-14T16:05")
    assert [place.text for place in found.places] == ["Oslo"]
    assert found.room is not None
    assert found.room.text == "Office of the Minister"
    assert (found.classification, found.handling) == ("Secret", ("Nodis",))
    assert people(found) == [
        ("Peter Lund", "Chargé d'Affaires", "U.S."),
        ("Hans van der Meer", "Col.", "U.S."),
        ("Karl Aasgaard", "Foreign Minister", "Norway"),
    ]


@pytest.mark.parametrize("text", [VOLUME, FORM])
def test_every_value_stands_where_it_says(text: str) -> None:
    found = read(text)
    names = [who.name for who in found.participants if who.name is not None]
    for words in (found.heading, *found.places, *found.subjects, *(who.line for who in found.participants), *names):
        assert words is not None
        assert " ".join(text[words.start : words.end].split()) == " ".join(words.text.split())


def test_list_ends_before_a_heading_of_the_body() -> None:
    text = VOLUME.replace("2 interpreters\n", "Unified Herring Price\n")
    assert "Unified Herring Price" not in [name for name, _, _ in people(read(text))]


def test_list_may_stand_behind_the_body() -> None:
    text = "3. Record of Meeting\nOslo, May 2, 1964.\nThe group looked at the nets.\nMEMBERS PRESENT\nChairman: Mr. Lund\nNET: Mr. Berg; Mr. Dahl (5/1)\n"
    assert [name for name, _, _ in people(read(text))] == ["Lund", "Berg", "Dahl"]


def test_sentence_names_those_present() -> None:
    text = "Minutes of a Meeting\nOslo, 7 September 1958\nThose present were Mr. Lund, Dr. Sousa and Captain Dahl.\nMr. Lund spoke first.\n"
    found = read(text)
    assert found.kind == "meeting"
    assert [name for name, _, _ in people(found)] == ["Lund", "Sousa", "Dahl"]


@pytest.mark.parametrize(
    ("item", "names"),
    [
        ("Secretaries Lund, Berg", ["Lund", "Berg"]),
        (
            "Messrs. Karl Aasgaard, Minister of Fisheries, and Nils Dahl, Member of Parliament",
            ["Karl Aasgaard", "Nils Dahl"],
        ),
        ("Mr. Lund vice Mr. Berg", ["Lund"]),
        ("General Dahl (for General Berg)", ["Dahl"]),
        ("Special Assistant to Mr. Lund", []),
        ("Max Dahl—Secretary to Mr. Lund", ["Max Dahl"]),
        ("The Acting Secretary, Mr. Lund", ["Lund"]),
        ("General Power", ["Power"]),
        ("Under Secretary for Political Affairs H. Alan Berg", ["H. Alan Berg"]),
        ("Ambassador Karl Aasgaard of Norway", ["Karl Aasgaard"]),
        ("Lund, Berg, Dahl", ["Lund", "Berg", "Dahl"]),
        ("The President, Secretary Lund, Mr. Berg, Messrs. Dahl, Sousa", ["Lund", "Berg", "Dahl", "Sousa"]),
        ("Peter Lund, Jr., Director, Harbor Board", ["Peter Lund, Jr."]),
    ],
)
def test_item_names_those_who_were_there(item: str, names: list[str]) -> None:
    text = f"Memorandum of Conversation\nOslo, May 2, 1964.\nPARTICIPANTS\n{item}\nMr. Strand\nThe talk was short.\n"
    found = [who.name.text for who in read(text).participants if who.name is not None and who.by != "heading"]
    assert found == [*names, "Strand"]


def test_people_without_a_mark_between_them_have_lines_of_their_own() -> None:
    text = VOLUME.replace("The Secretary\n", "Counselor Sandvik Assistant Secretary Brattli\n")
    lines = {who.name.text: who.line.text for who in read(text).participants if who.name is not None}
    assert lines["Sandvik"] == "Counselor Sandvik"
    assert lines["Brattli"] == "Assistant Secretary Brattli"


def test_line_broken_in_two_is_one_participant() -> None:
    text = "Memorandum of Conversation\nOslo, May 2, 1964.\nPARTICIPANTS\nThe Honorable Peter Lund,\nUnder Secretary of Fisheries\nMr. Dahl\nThey met.\n"
    assert people(read(text)) == [("Peter Lund", "Under Secretary of Fisheries", None), ("Dahl", None, None)]


def test_call_has_both_ends_from_its_heading() -> None:
    text = "9. Memorandum of Telephone Conversation Between President Lund and the Ambassador to Norway (Berg)\nMay 4, 1971, 6:20 p.m.\nThe Ambassador called.\n"
    found = read(text)
    assert found.kind == "telcon"
    assert [(who.name.text, who.role, who.by) for who in found.participants if who.name is not None] == [
        ("Lund", "participant", "heading"),
        ("Berg", "participant", "heading"),
    ]


def test_transcript_has_both_ends_from_the_line_below() -> None:
    found = read("TELCON\nSecretary Lund/Ambassador Ferrao\nMay 4, 1971\n6:20 p.m.\n\nL: About the quota.\nF: Yes.\n")
    assert [who.name.text for who in found.participants if who.name is not None] == ["Lund", "Ferrao"]
    assert found.moment is not None
    assert found.moment.start == "1971-05-04T18:20"


def test_backchannel_message_has_sender_and_addressee() -> None:
    text = "66. Backchannel Message From the Ambassador to Norway (Berg) to the Under Secretary of Fisheries (Lund)\nOslo, May 21, 1970, 0910Z.\n1. I saw him.\n"
    found = read(
        text, source_note="Source: Archive, Box 4. Top Secret; Immediate; Exclusively Eyes Only. Drafted by Dahl."
    )
    assert [(who.name.text, who.role) for who in found.participants if who.name is not None] == [
        ("Berg", "from"),
        ("Lund", "to"),
    ]
    assert found.moment is not None
    assert found.moment.start == "1970-05-21T09:10"
    assert (found.classification, found.handling) == ("Top Secret", ("Eyes Only", "Immediate"))


def test_undated_record_has_no_day() -> None:
    found = read(
        "7. Backchannel Message From Mr. Berg to Mr. Lund, Oslo, undated\nOslo, undated\nReceived on May 4, 1971.\n"
    )
    assert found.day is None
    assert [place.text for place in found.places] == ["Oslo"]


def test_note_without_a_marking_has_none_and_one_that_says_so_has_a_value() -> None:
    assert read(VOLUME, source_note="Source: Archive, Box 4. Drafted by Secret Agent Dahl.").classification is None
    told = read(VOLUME, source_note="Source: Archive, Box 4. No classification marking. Drafted by Dahl.")
    assert told.classification == "No classification marking"


@pytest.mark.parametrize(
    "text",
    [
        "Telephone conversation with the King of Norway\nMay 3, 2023\nThe President spoke with the King.",
        "Minutes of talk, then silence: how the two ministers met in Oslo on Tuesday and said nothing about the fish.",
        "They had a telephone conversation on May 4, 1971.",
        "Memorandum of Conversation",
    ],
)
def test_news_and_bare_titles_are_no_record(text: str) -> None:
    assert heads.read(text) is None


def test_text_file_of_a_record_keeps_its_head_and_day(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_text(VOLUME, encoding="utf-8")
    options = sources.Options(today=date(2026, 1, 1), now=datetime(2026, 1, 1, tzinfo=UTC))
    (fetched,) = sources.read(str(path), options)
    assert fetched.document is not None
    assert fetched.document.published == date(1961, 3, 9)
    assert record.of(fetched.document) == read(VOLUME)
    assert heads.of(fetched.document) == read(VOLUME)
