"""Sentences, speakers and quotations are found without moving a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backchannel.language.segment import quotations, segment, spans


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Low met U.S. President Ford. They ate.", ["Mr. Low met U.S. President Ford.", "They ate."]),
        ("He left at 5 p.m. The envoy stayed.", ["He left at 5 p.m.", "The envoy stayed."]),
        ("“We met.” He left.", ["“We met.”", "He left."]),
        ("Item No. 5 was dropped. Next came six.", ["Item No. 5 was dropped.", "Next came six."]),
        ("A line without a stop\n\nAnother line", ["A line without a stop", "Another line"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert cut(text) == expected


@given(st.text(max_size=300))
def test_sentences_lie_inside_the_text_in_order(text):
    last = 0
    for start, end in spans(text):
        assert last <= start < end <= len(text)
        last = end
    for sentence in segment(text, is_digest=True, is_transcript=True).sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert len(sentence.plain) == len(sentence.text)


def test_a_speaker_holds_the_floor_until_the_next():
    text = "MS. LOW: We met them. They were kind.\n\nQ Did you dine?"
    found = segment(text, is_transcript=True).sentences
    assert [s.speaker.text if s.speaker else None for s in found] == ["MS. LOW", "MS. LOW", "Q"]


def test_digest_brackets_and_topics_are_blanked_in_place():
    text = "Chile–Peru relations: Ministers of Chile and Peru meet in Lima. (Harbour Wire)"
    plain = " ".join(s.plain.strip() for s in segment(text, is_digest=True).sentences)
    assert plain.strip() == "Ministers of Chile and Peru meet in Lima."


def test_hover_text_of_official_pages_is_blanked():
    text = "Mr Putin and Mr Macron Macron EmmanuelPresident of France agreed to meet."
    assert " ".join(segment(text).sentences[0].plain.split()) == "Mr Putin and Mr Macron agreed to meet."


@pytest.mark.parametrize("text", ['He said "we met', '"" "', "“a” b”", '"a" "b'])
def test_unbalanced_quotation_marks_break_nothing(text):
    assert all(0 <= a < b <= len(text) for a, b in quotations(text))
