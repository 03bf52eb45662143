"""The measures of marked pairs and of triples: reading the sets, the scores, what is stored and what is written."""

import json

import pytest

from backchannel.errors import InputError
from backchannel.evaluate import evaluate_set, petrarch, plv

HEAD = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"
LINES = (
    ("1", "<s>Malta</s> sent doctors to <t>Chad</t>.", "AID"),
    ("2", "<s>Malta</s> lifted sanctions on <t>Chad</t>.", "CONCEDE"),
    ("3", "<s>Malta</s> is smaller than <t>Chad</t>.", "SUPPORT"),
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "plv.tsv"
    path.write_text(HEAD + "".join(f"{id}\t\t{text}\t\t\t{event}\t1\n" for id, text, event in LINES))
    return path


def test_concede_and_retreat_are_one_class(table):
    assert [one.event for one in plv.rows(table)] == ["AID", "YIELD", "SUPPORT"]


def test_abstention_counts_as_missed():
    scores = plv.score(["AID", "AID", "REJECT"], ["AID", None, "AID"])
    by_event = {one.event: one for one in scores}
    assert (by_event["AID"].precision, by_event["AID"].recall) == (0.5, 0.5)
    assert plv.macro(scores) == pytest.approx(0.25)


def test_predictions_are_written_one_a_line(table, tmp_path):
    output = tmp_path / "told.jsonl"
    _, found = evaluate_set("plv", table, json=True, output=output)
    told = [json.loads(line) for line in output.read_text().splitlines()]
    assert told == [
        {"sentence_id": "1", "event": "AID"},
        {"sentence_id": "2", "event": "YIELD"},
        {"sentence_id": "3", "event": None},
    ]
    assert found["macro_f1"] == pytest.approx(2 / 3)


def test_table_without_a_column_is_refused(tmp_path):
    path = tmp_path / "plv.tsv"
    path.write_text("sentence_id\tsentence\n1\tMalta sent rice.\n")
    with pytest.raises(InputError, match="no column marked_sentence, gold_root"):
        plv.rows(path)


def test_stored_predictions_of_other_lines_are_left(table, tmp_path):
    stored = tmp_path / "stored.json"
    lines = [{"sentence_id": id, "event": "AID"} for id, _, _ in LINES]
    stored.write_text(json.dumps({"predictions": lines}))
    given = plv.rows(table)
    assert plv.stored(given, stored) == ["AID", "AID", "AID"]
    assert plv.stored(given[:2], stored) is None
    assert plv.stored(given, tmp_path / "absent.json") is None


def test_repository_stores_types_and_no_text():
    found = json.loads(plv.STORED.read_text(encoding="utf-8"))
    assert set(found) == {"set", "digest", "settings", "code", "predictions"}
    assert {tuple(one) for one in found["predictions"]} == {("sentence_id", "event")}
    assert {one["event"] for one in found["predictions"]} <= set(plv.LABELS)


def test_triples_are_scored_whole_and_by_country_and_root():
    gold = [(("TUNJUD", "NGAEDU", "173"),), (("USA", "IRN", "020"), ("USA", "IRQ", "020")), ()]
    told = [(("TUN", "NGA", "170"),), (("USA", "IRN", "020"),), (("FRA", "RWA", "111"),)]
    broad = petrarch.rates(gold, told, petrarch.country_and_root)
    assert (broad.precision, broad.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert petrarch.rates(gold, told, tuple).f1 == pytest.approx(1 / 3)


def test_triples_of_a_set_are_written(tmp_path):
    path, output = tmp_path / "records.jsonl", tmp_path / "told.jsonl"
    line = {"id": "a", "date": "20240501", "text": "OSLO: Norway thanked Peru.", "events": []}
    path.write_text(json.dumps(line) + "\n")
    evaluate_set("petrarch", path, output=output)
    told = {"id": "a", "events": [{"source": "NOR", "target": "PER", "cameo": "051"}]}
    assert json.loads(output.read_text()) == told
