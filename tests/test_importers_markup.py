"""The head of a record becomes a claim: the states of those who took part, all people, and every word where it stands."""

import dataclasses
import datetime
from pathlib import Path

import pytest

from backchannel import importers, pipeline, sources
from backchannel.actors import shipped
from backchannel.conversations import merge, report, weights
from backchannel.importers.sides import Room, owner
from backchannel.records import Claim, Document
from backchannel.sources import Options
from backchannel.store.pairing import carry_ids
from backchannel.verify import check
from tei_samples import volume
from verify_samples import kit

NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
OPTIONS = Options(today=NOW.date(), now=NOW)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    path = volume(tmp_path_factory.mktemp("volume"))
    found = [fetched.document for fetched in sources.read(path, OPTIONS)]
    return {one.id.rpartition("/")[2]: one for one in found if one is not None}


def claim(documents: dict[str, Document], number: str) -> Claim:
    (found,) = importers.claims(documents[number], shipped())
    return found


def test_a_memorandum_is_a_meeting_of_the_states_of_its_people(documents):
    one = claim(documents, "d1")
    assert (one.by, one.form, one.status, one.privacy, one.channel) == (
        "markup",
        "meeting",
        "occurred",
        "closed",
        "front",
    )
    assert one.trigger is not None
    assert one.trigger.text == "Memorandum of Conversation"
    assert one.voice.source_class == "document"
    assert [(party.actor, party.person, party.text) for party in one.parties] == [
        ("ESP", "Alma Reyes", "Alma Reyes"),
        ("USA", "Dean Rusk", "The Secretary"),
    ]
    assert one.when is not None
    assert one.where is not None
    assert (one.when.start, one.where.text, one.where.country) == ("1961-05-04", "Washington", "USA")
    assert one.issues == ("trade",)
    assert one.defaulted == ("privacy", "channel", "role")


def test_everyone_in_the_room_is_kept_with_side_and_reference(documents):
    rows = claim(documents, "d1").extensions["participants"]
    assert [(row["text"], row["actor"], row.get("reference")) for row in rows] == [
        ("Ambassador Alma Reyes, Spanish Embassy", "ESP", "p_RA1"),
        ("Miss Vega, Interpreter", "ESP", None),
        ("The Secretary", "USA", None),
        ("Mr. Walter Holt, Aide to Secretary Rusk", "USA", "p_HW1"),
    ]
    assert rows[3]["person"] == "Walter Holt"


def test_a_telephone_conversation_is_a_call_without_a_place(documents):
    one = claim(documents, "d4")
    assert (one.form, one.where) == ("call", None)
    assert {(party.actor, party.person) for party in one.parties} == {("USA", "Dean Rusk"), ("ESP", "Alma Reyes")}


def test_a_backchannel_message_goes_from_one_to_another(documents):
    one = claim(documents, "d5")
    assert (one.form, one.channel, one.when) == ("message", "backchannel", None)
    assert [party.actor for party in one.parties] == ["USA"]  # a record of one state's own people
    rows = one.extensions["participants"]
    assert [(row["role"], row["person"]) for row in rows] == [("from", "Walter Holt"), ("to", "Dean Rusk")]


def test_what_is_no_talk_gives_no_claim_by_markup(documents):
    assert importers.claims(documents["d6"], shipped()) == ()


@pytest.mark.parametrize("number", ["d1", "d2", "d3", "d4", "d5"])
def test_claims_by_markup_pass_verification(documents, number):
    document = documents[number]
    read = tuple(pipeline.read(document, kit()))
    assert any(one.by == "markup" for one in read)
    assert list(check(document, read, actors=shipped(), read=lambda again: pipeline.read(again, kit()))) == []


def test_a_claim_by_markup_that_was_altered_is_told(documents):
    document = documents["d1"]
    read = [importers.claims(document, shipped())[0]]
    altered = [dataclasses.replace(read[0], form="call")]
    faults = list(check(document, altered, actors=shipped(), read=lambda again: importers.claims(again, shipped())))
    assert [(fault.field, fault.rule) for fault in faults] == [("form", "reread")]


def test_the_body_is_read_like_any_text_and_the_head_is_not(documents):
    read = [one for one in pipeline.read(documents["d1"], kit()) if one.by == "reader"]
    assert [{party.actor for party in one.parties} for one in read] == [{"ESP", "MAR"}]
    assert read[0].trigger is not None
    assert read[0].trigger.text == "met"


def test_claims_of_reader_and_markup_never_take_each_others_ids(documents):
    own = claim(documents, "d1")
    other = dataclasses.replace(own, by="reader", id="c_other")
    assert [one.id for one in carry_ids([own], [other])] == ["c_other"]


def test_a_conversation_names_everyone_who_was_in_the_room(documents):
    document = documents["d1"]
    (made,) = merge([report(claim(documents, "d1"), document)], (), previous={}, weights=weights())
    assert {party.actor: party.persons for party in made.parties} == {
        "ESP": ("Alma Reyes",),
        "USA": ("Dean Rusk", "Walter Holt"),
    }


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("First Secretary, British Embassy", "GBR"),
        ("Foreign Minister of Thailand", "THA"),
        ("Ambassador of Pakistan", "PAK"),
        ("Norwegian Ambassador to Japan", "NOR"),
        ("Minister at the Indian Embassy in the United States", "IND"),
        ("Prime Minister Ode, People's Republic of China", "CHN"),
        ("Director, Western Europe and American Department, PRC Ministry of Foreign Affairs", "CHN"),
        ("Member of the NATO International Staff", "NATO"),
        ("American Embassy, Bangkok", "USA"),
        ("Ambassador to Thailand", None),
        ("Country Director, Thailand/Burma", None),
        ("Embassy of Israel", "ISR"),
        ("Officer in Charge, Italian-Austrian Affairs", None),
        ("Counselor of the Embassy in Laos", None),
        ("Director of the Vietnam Task Force", None),
    ],
)
def test_words_about_a_person_tell_for_whom_and_not_with_whom(words: str, actor: str | None):
    assert owner(words, Room(table=shipped(), on=datetime.date(1966, 6, 1))) == actor


def test_people_of_a_side_that_names_no_state_act_with_the_others_of_it(tmp_path: Path):
    text = """<div type="document" xml:id="d7" n="7"><head>7. Memorandum of Conversation</head>
    <list type="participants"><head>PARTICIPANTS</head><item><hi rend="italic">Foreign</hi></item>
    <item>Mr. Anan, Thai Embassy</item><item>Mr. Boon, Chief of Protocol</item>
    <item><hi rend="italic">United States</hi></item><item>The Secretary</item></list><p>They spoke.</p></div>"""
    (fetched,) = sources.read(volume(tmp_path, text), OPTIONS)
    assert fetched.document is not None
    (one,) = importers.claims(fetched.document, shipped())
    assert [(row["text"][:8], row["actor"]) for row in one.extensions["participants"]] == [
        ("Mr. Anan", "THA"),
        ("Mr. Boon", "THA"),
        ("The Secr", "USA"),
    ]


@pytest.mark.parametrize(("hours", "count"), [("16:42:00", 2), ("10:30:00", 1)])
def test_records_of_one_day_at_other_hours_are_two_conversations(tmp_path: Path, hours: str, count: int):
    record = """<div type="document" xml:id="d{n}" n="{n}"><head>{n}. Memorandum of Conversation</head>
    <dateline><placeName>Madrid</placeName>, <date when="1961-05-04T{hour}">May 4, 1961</date></dateline>
    <list type="participants"><head>PARTICIPANTS</head><item>Mr. Luna, Spanish Embassy</item>
    <item>The Secretary</item></list><p>They spoke.</p></div>"""
    path = volume(tmp_path, record.format(n=1, hour="10:00:00"), record.format(n=2, hour=hours))
    reports = [
        report(one, fetched.document)
        for fetched in sources.read(path, OPTIONS)
        if fetched.document is not None
        for one in importers.claims(fetched.document, shipped())
    ]
    assert len(reports) == 2
    assert len(merge(reports, (), previous={}, weights=weights())) == count
