"""The measure of actors: calls are read, an empty answer is an answer, and the peer's own quirks stand apart."""

import json
from datetime import date

import pytest

from backchannel.errors import InputError
from backchannel.evaluate import evaluate_set
from backchannel.evaluate.actors import Case, Given, cases, is_right, peculiar, score

CALLS = [
    {"test": "one", "args": ["Kenyan police"], "kwargs": {}, "expect": {"country": "KEN", "code_1": "COP"}},
    {"test": "two", "args": ["Peru", "", "Today"], "expect": {"country": "PER", "code_1": ""}},
    {
        "test": "three",
        "args": ["Angela Merkel"],
        "kwargs": {"query_date": "2023-01-01"},
        "expect": {"country": "FRA", "code_1": "GOV"},
    },
    {"test": "four", "args": ["Mossad", "", "1 January 2003"], "expect": {"code_1__In": "['SPY', 'MIL']"}},
    {"test": "five", "args": ["Lisbon"], "expect": {"title": "Lisbon"}},
]


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "calls.jsonl"
    path.write_text("".join(json.dumps(call) + "\n" for call in CALLS), encoding="utf-8")
    return path


def test_calls_give_mention_context_day_and_what_is_wanted(data):
    found = cases(data)
    assert [case.on for case in found] == [None, None, date(2023, 1, 1), date(2003, 1, 1), None]
    assert found[3].wanted == {"sector": frozenset({"SPY", "MIL"})}
    assert found[4].wanted == {}


def test_figures_count_only_what_a_call_asks_for(data):
    text, found = evaluate_set("actors", data)
    assert found["cases"]["country"] == {"right": 2, "of": 3}
    assert found["cases"]["sector"] == {"right": 3, "of": 4}
    assert found["cases"]["country_sector"] == {"right": 2, "of": 3}
    assert "country 66.7% of 3" in text


def test_an_empty_answer_is_right_where_none_is_wanted():
    case = Case(test="t", mention="m", context="", on=None, wanted={"country": frozenset({""})})
    assert is_right(case, Given(test="t", country=None, sector="GOV"), "country")
    assert not is_right(case, Given(test="t", country="FRA", sector=None), "country")
    assert score([case], [Given(test="t", country=None, sector=None)]).country.value == 1.0


def test_predictions_stand_in_the_order_of_the_file(data, tmp_path):
    out = tmp_path / "out.jsonl"
    evaluate_set("actors", data, output=out)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["test"] for line in lines] == [call["test"] for call in CALLS]
    assert lines[0] == {"test": "one", "country": "KEN", "sector": "COP"}


def test_wrong_ones_come_first_when_asked_for(data):
    text, _ = evaluate_set("actors", data, errors=3)
    assert text.startswith("three  'Angela Merkel'")


def test_a_line_that_is_no_call_is_refused(tmp_path):
    path = tmp_path / "calls.jsonl"
    path.write_text('{"test": "one"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1 is no call"):
        cases(path)


def test_errata_are_few_and_each_has_a_reason():
    assert 0 < len(peculiar()) <= 8
    assert all(len(because) > 30 for because in peculiar().values())
