"""Contacts told in the notes of a record alone are read, and a missing record is put to the conversation it is of."""

import datetime
from pathlib import Path

from backchannel import pipeline, sources
from backchannel.actors import shipped
from backchannel.conversations import mentions, merge, report, weights
from backchannel.records import Claim, Document
from backchannel.sources import Options
from backchannel.verify import check
from tei_samples import volume
from verify_samples import kit

NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
PAGE = """<div type="document" xml:id="d9" n="9"><head>9. Memorandum of Conversation<note n="1" type="source">Source: Elm
Library. Secret.</note></head><dateline><placeName>Washington</placeName>, <date when="1961-05-04">May 4, 1961</date></dateline>
<list type="participants"><head>PARTICIPANTS</head><item>Ambassador Alma Reyes, Spanish Embassy</item>
<item>The Secretary</item></list>{body}</div>"""


def read(folder: Path, body: str) -> tuple[Document, tuple[Claim, ...]]:
    """Give the one record of a volume, with these paragraphs, and its claims."""
    path = volume(folder, PAGE.format(body=body))
    (fetched,) = sources.read(path, Options(today=NOW.date(), now=NOW))
    assert fetched.document is not None
    return fetched.document, pipeline.read(fetched.document, kit())


def contacts(claims: tuple[Claim, ...]) -> list[Claim]:
    return [one for one in claims if one.kind == "contact" and one.by == "reader"]


def faults(document: Document, claims: tuple[Claim, ...]) -> list[str]:
    found = check(document, claims, actors=shipped(), read=lambda one: pipeline.read(one, kit()))
    return [f"{one.field}: {one.message}" for one in found]


def test_a_missing_record_is_put_to_the_sentence_that_the_note_annotates(tmp_path: Path) -> None:
    body = "<p>She said that Spain had met Morocco in Rabat on April 30.<note n='2'>No record of that meeting has been found.</note></p>"
    document, claims = read(tmp_path, body + "<p>It rained.</p>" * 9)
    (one,) = contacts(claims)
    assert one.extensions["record"] == "not_found"
    assert [item.text for item in one.evidence["record"]] == ["No record of that meeting has been found"]
    assert faults(document, claims) == []


def test_a_contact_told_in_a_note_alone_is_a_claim_of_the_records_year(tmp_path: Path) -> None:
    body = "<p>She spoke of ships.<note n='2'>Rusk met with Gromyko in Geneva on December 3. No other record of the meeting has been found.</note></p>"
    document, claims = read(tmp_path, body)
    (one,) = contacts(claims)
    assert {party.actor for party in one.parties} == {"USA", "SUN"}
    assert one.when is not None and one.when.start == "1961-12-03"
    assert one.voice.source_class == "document"
    assert one.extensions["record"] == "no_other"
    assert faults(document, claims) == []


def test_a_denial_at_the_end_of_a_sentence_is_of_what_the_sentence_tells(tmp_path: Path) -> None:
    body = "<p>Spain had met Morocco.<note n='2'>Rusk met with Gromyko on May 2, but no record of this meeting was found.</note></p>"
    document, claims = read(tmp_path, body)
    told = {frozenset(party.actor for party in one.parties): one.extensions.get("record") for one in contacts(claims)}
    assert told == {frozenset({"ESP", "MAR"}): None, frozenset({"USA", "SUN"}): "not_found"}
    assert faults(document, claims) == []


def test_a_denial_that_names_who_met_is_a_claim_that_they_met(tmp_path: Path) -> None:
    body = (
        "<p>She spoke of ships.<note n='2'>No record of Rusk's meeting with Gromyko on May 2 has been found.</note></p>"
    )
    document, claims = read(tmp_path, body)
    (one,) = contacts(claims)
    assert {party.actor for party in one.parties} == {"USA", "SUN"}
    assert (one.status, one.extensions["record"]) == ("occurred", "not_found")
    assert faults(document, claims) == []


def test_nothing_is_told_where_it_stays_open_or_nobody_is_named(tmp_path: Path) -> None:
    body = """<p>She spoke of ships.<note n='2'>No record of such a meeting between Rusk and Gromyko has been found.</note>
    They agreed.<note n='3'>The meeting took place in the Map Room. No record of this conversation has been found.</note></p>"""
    _, claims = read(tmp_path, body)
    assert contacts(claims) == []


def test_a_missing_record_is_not_put_to_a_contact_of_others(tmp_path: Path) -> None:
    body = (
        "<p>Spain had met Morocco in Rabat.<note n='2'>No record of the meeting with Gromyko has been found.</note></p>"
    )
    _, claims = read(tmp_path, body)
    assert [one.extensions.get("record") for one in contacts(claims)] == [None]


def test_conversations_say_how_records_attest_them(tmp_path: Path) -> None:
    body = """<p>She said that Spain had met Morocco in Rabat on April 30.<note n='2'>No record of that meeting has been
    found.</note> Rusk had met with Gromyko in Geneva on April 2, she said.</p>"""
    document, claims = read(tmp_path, body)
    held = mentions(claims)
    made = merge([report(one, document, is_mention=one.id in held) for one in claims], weights=weights())
    told = {frozenset(party.actor for party in one.parties): one.attestation for one in made}
    assert told[frozenset({"USA", "ESP"})] == "record"
    assert told[frozenset({"ESP", "MAR"})] == "no_record"
    assert told[frozenset({"USA", "SUN"})] == "mention"


def test_notes_change_no_id_of_a_document_nor_of_the_claims_before_them(tmp_path: Path) -> None:
    body = "<p>She said that Spain had met Morocco in Rabat on April 30.{note}</p>"
    bare, before = read(tmp_path, body.format(note=""))
    noted, after = read(tmp_path, body.format(note="<note n='2'>Rusk met with Gromyko in Geneva on June 3.</note>"))
    assert bare.id == noted.id
    assert {one.id for one in before} < {one.id for one in after}
