"""A note says that no record of a conversation was found: of which kind, how surely, and whom it points to."""

import pytest

from backchannel.contacts.references import masked as without_references
from backchannel.contacts.unrecorded import denial, masked


@pytest.mark.parametrize(
    ("text", "what", "form"),
    [
        ("No record of this conversation has been found.", "not_found", "contact"),
        ("No memorandum of the luncheon was found in the Elm Library.", "not_found", "meeting"),
        ("No minutes of the second session have been located.", "not_found", "meeting"),
        ("No substantive record of their telephone call could be found.", "not_found", "call"),
        ("A record of this talk has not been found.", "not_found", "contact"),
        ("Neither a memorandum nor a record of Reyes' visit has been found.", "not_found", "visit"),
        ("No record of the substance of the talks has been found.", "not_found", "contact"),
        ("No memorandum of conversation has been found.", "not_found", None),
        ("No other record of this meeting has been found.", "no_other", "meeting"),
        ("No further account of the interview was found.", "no_other", "meeting"),
    ],
)
def test_a_missing_record_is_told_with_the_form_of_its_conversation(text: str, what: str, form: str | None) -> None:
    found = denial(text)
    assert found is not None
    assert (found.what, found.form, found.is_open) == (what, form, False)
    assert text[found.start : found.end].rstrip(".") == text[found.start :].partition(" in the Elm")[0].rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "No record of this telegram has been found.",
        "No record of a reply has been found.",
        "No record of her decision was found.",
        "No copy of the letter has been found.",
        "The record of this conversation has been printed.",
        "No agreement was found at the meeting.",
        "No record was found.",
    ],
)
def test_a_paper_that_was_not_found_is_no_conversation(text: str) -> None:
    assert denial(text) is None


@pytest.mark.parametrize("words", ["such a meeting", "any meeting with Holt", "a talk between Reyes and Holt"])
def test_it_stays_open_whether_there_was_one(words: str) -> None:
    found = denial(f"No record of {words} has been found.")
    assert found is not None
    assert found.is_open


def test_a_meeting_told_with_its_day_did_take_place() -> None:
    found = denial("No record of a meeting on May 4 has been found.")
    assert found is not None
    assert not found.is_open


@pytest.mark.parametrize(
    ("words", "points", "is_plural"),
    [
        ("this talk", True, False),
        ("these talks", True, True),
        ("Reyes' talk with Holt", False, False),
        ("it", True, False),
    ],
)
def test_words_point_back_or_name_who_talked(words: str, points: bool, is_plural: bool) -> None:
    found = denial(f"No record of {words} has been found.")
    assert found is not None
    assert (found.points, found.is_plural) == (points, is_plural)


def test_words_of_a_denial_are_blanked_without_moving_an_offset() -> None:
    text = "No record of Reyes' talk with Holt has been found."
    found = denial(text)
    assert found is not None
    assert masked(text, found) == " " * 13 + "Reyes' talk with Holt has been found."


def test_references_are_blanked_and_the_contact_stays() -> None:
    text = "Telegram 12 from Northport, May 4, reported Holt's talk with Reyes. (Elm Library, Box 3)"
    plain = without_references(text)
    assert len(plain) == len(text)
    assert plain.split() == ["reported", "Holt's", "talk", "with", "Reyes."]
