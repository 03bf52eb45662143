"""The editors' notes stand behind a record, each with its number and its place."""

from backchannel.sources import heads, notes
from backchannel.sources.record import Footnote, Record


def test_notes_are_put_behind_the_record_with_their_places() -> None:
    told = Record(
        kind="memcon", source_note="Source: Elm Library.", footnotes=(Footnote(number="2", text="Not found.", at=7),)
    )
    text, placed = notes.appended("They met.\n", told)
    assert text == "They met.\n\nNotes\n\nSource note. Source: Elm Library.\n\n2. Not found."
    assert [(text[one.start : one.end], one.at) for one in notes.of(placed)] == [
        ("Source: Elm Library.", None),
        ("Not found.", 7),
    ]


def test_a_record_without_notes_stays_as_it_is() -> None:
    told = Record(kind="memcon")
    assert notes.appended("They met.\n", told) == ("They met.\n", told)
    assert notes.of(told) == ()


PLAIN = """MEMORANDUM OF CONVERSATION

Northport, May 4, 1961

PARTICIPANTS
Ambassador Reyes
Mr. Holt

The Ambassador recalled her talk with the Secretary.[1] She left at noon.²

Notes

1. No record of this talk
   has been found.
2. She took the train.
"""


def test_numbered_notes_at_the_end_of_a_plain_record_are_its_footnotes() -> None:
    told = heads.read(PLAIN)
    assert told is not None
    assert [(one.number, one.text) for one in told.footnotes] == [
        ("1", "No record of this talk has been found."),
        ("2", "She took the train."),
    ]
    first, second = notes.of(told)
    assert PLAIN[first.start : first.end].startswith("No record of this talk\n")
    assert first.at is not None and PLAIN[first.at - 6 : first.at + 3] == "etary.[1]"[-9:]
    assert second.at is not None and PLAIN[second.at] == "²"


def test_a_list_that_does_not_begin_with_one_is_no_list_of_notes() -> None:
    told = heads.read(PLAIN.replace("1. No", "4. No"))
    assert told is not None
    assert told.footnotes == ()
