"""A record in plain text becomes claims like one of a marked-up volume, and ordinary news does not."""

import datetime
from pathlib import Path

import pytest

from backchannel import importers, pipeline, sources
from backchannel.actors import profile, shipped
from backchannel.conversations import merge, report, weights
from backchannel.importers.sides import home_of
from backchannel.records import Claim, Document
from backchannel.sources import Options, heads, record
from backchannel.verify import check
from verify_samples import kit

NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
OPTIONS = Options(today=NOW.date(), now=NOW)
MEMO = """14. Memorandum of Conversation
Reykjavik, March 9, 1961, 10:30–11:15 a.m.
SUBJECT
Trade in herring
PARTICIPANTS
Norway
Ambassador Aasgaard
Mr. Nils Dahl, Counselor, Embassy of Norway
United States
The Secretary
EUR—Miss Ann Berg
The Ambassador called at his own request. Norwegian Foreign Minister Lange had met Soviet Foreign Minister Gromyko in Oslo on March 2.
{note}"""
NOTE = "[Source: Department of State, Central Files, 1–961. Secret; Nodis. Drafted by Berg.]"


def code(text: str, **known: object) -> list[Claim]:
    return list(pipeline.read(Document(id="d_1", text=text, **known), kit()))


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    (one,) = importers.claims(Document(id="d_1", text=text), shipped())
    return [(row["text"], row.get("actor"), row.get("person")) for row in one.extensions["participants"]]


def memo(*people: str, note: str = "", heading: str = "Memorandum of Conversation") -> str:
    lines = "\n".join(people)
    return f"{heading}\nOslo, May 2, 1966.\nPARTICIPANTS\n{lines}\nThe talk was short.\n{note}"


def test_head_is_a_claim_and_the_body_is_read_on_the_records_own_day() -> None:
    head, body = code(MEMO.format(note=""))
    assert (head.by, head.form, head.voice.source_class) == ("markup", "meeting", "document")
    assert head.trigger is not None
    assert (head.trigger.start, head.trigger.text) == (4, "Memorandum of Conversation")
    assert [(party.actor, party.person) for party in head.parties] == [("NOR", None), ("USA", "Dean Rusk")]
    assert head.when is not None
    assert head.where is not None
    assert (head.when.start, head.where.text, head.where.country) == ("1961-03-09", "Reykjavik", "ISL")
    assert head.extensions["hours"] == ["1961-03-09T10:30", "1961-03-09T11:15"]
    assert (body.by, {party.actor for party in body.parties}) == ("reader", {"NOR", "SUN"})
    assert body.when is not None
    assert body.when.start == "1961-03-02"


def test_day_of_the_head_counts_before_the_day_of_publication() -> None:
    later = code(MEMO.format(note=""), published=datetime.date(1993, 5, 1))[0]
    assert [party.person for party in later.parties] == [None, "Dean Rusk"]


def test_record_speaks_for_itself_by_its_heading() -> None:
    document = heads.filled(Document(id="d_1", text=memo("Mr. Lund, Norwegian Embassy", "The Secretary")))
    assert (profile(document).kind, profile(document).speaks) == ("record", "document")
    assert document.published == datetime.date(1966, 5, 2)
    told = code("Memorandum of Conversation\nOslo, May 2, 1966.\nThe Norwegian and Danish ministers met in Bergen.\n")
    assert [one.voice.source_class for one in told] == ["document"]
    assert [item.by for item in told[0].evidence["source_class"]] == ["head:profile.record"]


def test_stored_record_passes_verification_with_rereading(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_text(MEMO.format(note=NOTE), encoding="utf-8")
    (fetched,) = sources.read(str(path), OPTIONS)
    document = fetched.document
    assert document is not None
    read = tuple(pipeline.read(document, kit()))
    assert [one.by for one in read] == ["markup", "reader"]
    assert list(check(document, read, actors=shipped(), read=lambda again: pipeline.read(again, kit()))) == []


@pytest.mark.parametrize(
    ("note", "heading", "home"),
    [
        (NOTE, "Memorandum of Conversation", "USA"),
        ("[Source: Johnson Library, Memos, Box 4. Secret.]", "Memorandum of Conversation", "USA"),
        ("", "THE WHITE HOUSE\nMemorandum of Conversation", "USA"),
        ("", "Backchannel Message From the President's Assistant (Lund) to Mr. Berg", "USA"),
        ("", "Memorandum of Conversation", None),
        ("[Source: Public Record Office, FO 371. Secret.]", "Record of Conversation by the Secretary of State", None),
    ],
)
def test_whose_record_it_is_by_note_form_or_author(note: str, heading: str, home: str | None) -> None:
    text = memo("Mr. Lund", note=note, heading=heading)
    found = heads.read(text)
    assert found is not None
    assert home_of(found, text) == home


def test_offices_without_a_state_are_those_of_the_state_whose_record_it_is() -> None:
    people = ("Ambassador Aasgaard of Norway", "Under Secretary Lundqvist")
    assert [actor for _, actor, _ in told(memo(*people, note=NOTE))] == ["NOR", "USA"]
    assert [actor for _, actor, _ in told(memo(*people))] == ["NOR", None]


def test_surname_or_office_symbol_is_no_country() -> None:
    people = ("Mr. Aasgaard, Norwegian Embassy", "S/CPR—Mr. Finn", "Mr. Finn, Economist")
    assert [actor for _, actor, _ in told(memo(*people))] == ["NOR", None, None]


def test_person_with_offices_of_several_actors_acts_for_none_of_them_on_another_day() -> None:
    (row,) = [row for row in told(memo("Mr. Lund, Norwegian Embassy", "Harold Saunders")) if "Saunders" in row[0]]
    assert row == ("Harold Saunders", None, "Harold Saunders")


def test_own_day_of_a_record_is_not_when_it_came_out() -> None:
    text = MEMO.format(note="")
    dated = heads.filled(Document(id="d_1", text=text))
    assert record.released(dated) is None
    late = heads.filled(Document(id="d_1", text=text, published=datetime.date(1993, 5, 1)))
    assert record.released(late) == datetime.date(1993, 5, 1)
    (claim,) = importers.claims(late, shipped())
    (made,) = merge([report(claim, late)], (), previous={}, weights=weights())
    assert (made.first_reported, made.revealed_by) == ("1993-05-01", "declassified")
    assert made.lag_days == (datetime.date(1993, 5, 1) - datetime.date(1961, 3, 9)).days


def test_prints_of_one_record_are_one_origin_and_the_other_sides_record_another() -> None:
    people = ("Mr. Lund, Norwegian Embassy", "The Secretary", "Mr. Berg")
    ours = [heads.filled(Document(id=name, text=memo(*people, note=note))) for name, note in (("a", ""), ("b", NOTE))]
    theirs = heads.filled(Document(id="c", text=memo(*people, heading="Record of Conversation")))
    told = [report(importers.claims(one, shipped())[0], one).teller.origin for one in (*ours, theirs)]
    assert told[0] == told[1] == "document:memorandum of conversation, 1966-05-02, lund, berg"
    assert told[2] not in told[:2]


def test_news_with_a_bare_title_is_read_as_before() -> None:
    text = "Telephone conversation with the King of Norway\nMay 3, 2023\nThe President of France spoke with the King."
    document = Document(id="d_1", text=text)
    assert heads.filled(document) is document
    assert importers.claims(document, shipped()) == ()
    assert importers.head_of(document) == ()
