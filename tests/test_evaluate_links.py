"""Links are measured on candidates of a set and on what a reader checked, with the volumes or without."""

import json
from pathlib import Path

import pytest

from backchannel.errors import InputError
from backchannel.evaluate import evaluate_set
from backchannel.evaluate.links import candidates, checked, score
from link_samples import journey, visit

MEMO = """{number}. Memorandum of Conversation, Washington, {day}, 1966, 11 a.m.
Washington, {day}, 1966, 11 a.m.
SUBJECT
Herring
PARTICIPANTS
United States
The President
United Kingdom
{guest}
The guest asked for more herring and was given some.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a set of one visit, one journey and three records, of which candidates name two; one of these is another's."""
    place = tmp_path / "gold" / "frus"
    place.mkdir(parents=True)
    talks = [("August 3", "Prime Minister Wilson"), ("August 4", "Prime Minister Wilson"), ("August 3", "Mr. Brown")]
    rows = [
        {"id": f"vol/d{number}", "input": {"text": MEMO.format(number=number, day=day, guest=guest)}}
        for number, (day, guest) in enumerate(talks, 1)
    ]
    (place / "conversations_dev.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    (place / "visits.json").write_text(json.dumps([visit()]))
    (place / "travels.json").write_text(json.dumps([journey()]))
    named = [{"visit": 1, "frus": f"vol/{one}"} for one in ("d1", "d3", "d99")]
    (place / "links_visits.json").write_text(json.dumps(named))
    (place / "links_travels.json").write_text("[]")
    return place


def test_candidates_count_whose_records_are_there(folder):
    text, found = evaluate_set("links", folder, errors=9)
    assert found["records"] == 3
    assert found["candidates"] == 2
    assert found["recall"] == 0.5
    assert found["links"] == 2
    assert "not found  visits/1  vol/d3" in text
    assert "unchecked  visits/1  vol/d2  0.90" in text


def test_the_folder_of_all_sets_will_do_and_predictions_are_written(folder, tmp_path):
    out = tmp_path / "links.jsonl"
    text, _ = evaluate_set("links", folder.parent, json=True, output=out)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert json.loads(text)["links"] == len(lines) == 2
    assert [(one["row"], one["record"]) for one in lines] == [("visits/1", "vol/d1"), ("visits/1", "vol/d2")]
    assert {"feature", "weight", "detail"} == lines[0]["reasons"][0].keys()


def test_without_any_record_the_fault_says_what_to_give(folder):
    (folder / "conversations_dev.jsonl").unlink()
    with pytest.raises(InputError, match="name the volumes with --corpus"):
        evaluate_set("links", folder, corpus=folder / "none")


def test_checked_links_give_the_share_that_is_right(folder):
    (row, record), right = next(iter(checked().items()))
    assert right
    assert score(1, [], candidates(folder, {})).checked.of == 0
    assert row.partition("/")[0] in ("visits", "travels")
    assert record.startswith("frus")


def test_every_checked_link_is_on_the_page():
    page = (Path(__file__).parent.parent / "docs" / "links.md").read_text(encoding="utf-8")
    listed = {(cells[3].strip(), cells[1].strip()) for line in page.splitlines() if len(cells := line.split("|")) > 6}
    assert checked().keys() <= listed
    assert len(checked()) == 39
