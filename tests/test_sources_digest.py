"""Items of a digest are passages with an origin of their own."""

from __future__ import annotations

import datetime
import json

from hypothesis import given
from hypothesis import strategies as st

from backchannel import sources
from backchannel.sources import Options
from backchannel.sources.digest import passages

LINES = (
    "- Envoys of both sides met in Vienna for a second day. (Reuters)",
    "- The minister flew to Muscat, two officials said. (BBC News)[2]",
    "- A mediator carried a letter to the capital. (AP; al-Jazeera)",
)
TEXT = "\n".join(LINES)
OPTIONS = Options(today=datetime.date(2024, 5, 1), now=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC))


def quoted(text: str, items: object = None) -> list[tuple[str, str | None]]:
    return [(text[found["start"] : found["end"]], found["source"]) for found in passages(text, items)]


def test_lines_with_outlets_in_brackets_are_passages():
    assert quoted(TEXT) == [
        (LINES[0][2:], "Reuters"),
        (LINES[1][2:], "BBC News"),
        (LINES[2][2:], "AP; al-Jazeera"),
    ]


def test_footnotes_give_addresses():
    found = passages(f"{TEXT}\n\n[2] https://news.example/2\n")
    assert [passage["url"] for passage in found] == [None, "https://news.example/2", None]


def test_two_items_are_no_digest():
    assert passages("\n".join(LINES[:2])) == []


def test_brackets_that_name_no_outlet_do_not_count():
    assert (
        passages(
            "They met in the capital (again).\nHe left the next day (2023).\nShe stayed two days more (see below)."
        )
        == []
    )


def test_prose_with_few_bracketed_lines_is_no_digest():
    prose = "\n".join(f"On day {number} the two sides talked for an hour." for number in range(10))
    assert passages(f"{prose}\n{TEXT}") == []


def test_listed_items_are_located_with_topic_and_brackets():
    text = "Border talks: The envoys met. (Reuters)\n\nBorder talks: The envoys met. (AFP)"
    items = [
        {"text": "The envoys met.", "topic": "Border talks", "citations": ["Reuters"]},
        {"text": "Nobody wrote this.", "citations": ["RT"]},
        {"text": "The envoys met.", "topic": "Border talks", "citations": [{"url": "https://afp.example/1"}]},
    ]
    assert quoted(text, items) == [
        ("Border talks: The envoys met. (Reuters)", "Reuters"),
        ("Border talks: The envoys met. (AFP)", "AFP"),
    ]
    assert passages(text, items)[1]["url"] == "https://afp.example/1"


def test_items_of_a_line_become_passages_of_its_document(tmp_path):
    line = {"text": "They met. (AP)", "items": [{"text": "They met.", "citations": ["AP"]}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(line))
    (fetched,) = sources.read(str(tmp_path / "a.jsonl"), OPTIONS)
    assert fetched.document is not None
    assert fetched.document.meta["passages"] == [{"start": 0, "end": 14, "source": "AP", "url": None}]


def test_digest_page_has_passages(tmp_path):
    page = (
        "<html><body><article><ul>"
        + "".join(f"<li>{line[2:]}</li>" for line in LINES)
        + "</ul></article></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    (fetched,) = sources.read(str(tmp_path / "a.html"), OPTIONS)
    assert fetched.document is not None
    assert [passage["source"] for passage in fetched.document.meta["passages"]] == [
        "Reuters",
        "BBC News",
        "AP; al-Jazeera",
    ]


@given(st.text(alphabet="Ab ().;[]1\n\r-\u2028é", max_size=200))
def test_passages_lie_inside_the_text_and_do_not_overlap(text):
    before = 0
    for found in passages(text):
        assert before <= found["start"] < found["end"] <= len(text)
        before = found["end"]
