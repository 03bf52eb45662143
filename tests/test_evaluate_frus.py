"""The set of records: participants matched by last name, sides as a partition, persons by pairs, predictions a line each."""

import json
from pathlib import Path
from typing import Any

import pytest

from backchannel.evaluate import evaluate_set
from backchannel.evaluate.frus_gold import Someone, Told, cases
from backchannel.evaluate.frus_scores import score

TEXT = "8. Memorandum of Conversation\n[Oslo,] May 2, 1966.\nPARTICIPANTS\nNorway\nMr. Nils Dahl, Director\nUnited States\nSecretary McNamara\nMiss Berg\nThey spoke of nets.\n"


def someone(name: str, side: str | None = None, person: str | None = None) -> Someone:
    return Someone(text=name, name=name, side=side, person=person)


def told(*people: Someone, one: str = "r", **values: Any) -> Told:
    given: dict[str, Any] = {"date": None, "places": (), "classification": None, "handling": ()}
    return Told(id=one, participants=people, **(given | values))


def test_participants_match_by_last_word_whatever_the_accents_and_junior() -> None:
    found = score([told(someone("Hervé Dahl, Jr."), someone("Lund"))], [told(someone("Mr. Dahl"), someone("Berg"))])
    assert (found.participants.right, found.participants.given, found.participants.wanted) == (1, 2, 2)
    assert found.exact_set.right == 0


def test_sides_need_no_common_names() -> None:
    gold = told(someone("Dahl", "Norway"), someone("Lund", "Norway"), someone("Berg", "US"))
    ours = told(someone("Dahl", "A"), someone("Lund", "B"), someone("Berg", "B"))
    found = score([gold], [ours]).side
    assert (found.right, found.of) == (2, 3)
    assert score([gold], [told(someone("Dahl", "1"), someone("Lund", "1"), someone("Berg", "2"))]).side.value == 1


def test_same_person_is_counted_by_pairs_over_the_set() -> None:
    gold = [told(someone("Dahl", person="1"), one=str(n)) for n in range(3)]
    ours = [told(someone("Dahl", person=who), one=str(n)) for n, who in enumerate(("x", "x", None))]
    found = score(gold, ours).same_person
    assert (found.right, found.given, found.wanted) == (1, 1, 3)


def test_person_named_by_the_office_is_the_one_named_by_the_name(tmp_path: Path) -> None:
    office = {"surface": "The Secretary", "person_id": None, "hsg_id": "rusk-david-dean", "name": "David Dean Rusk"}
    name = {"surface": "Rusk", "person_id": "7", "name": "Rusk, David Dean"}
    people = [{"text": one["surface"], "side": None, "persons": [one]} for one in (office, name)]
    gold = {"date": None, "places": [], "classification": None, "handling": [], "participants": people}
    data = tmp_path / "records.jsonl"
    data.write_text(json.dumps({"id": "a", "input": {"text": TEXT}, "gold": gold}) + "\n", encoding="utf-8")
    (case,) = cases(data)
    assert [one.person for one in case.gold.participants] == ["rusk-david-dean", "7"]
    assert [one.joined for one in case.gold.participants] == ["7", "7"]


def test_place_may_be_part_of_the_other() -> None:
    assert score([told(places=("New Jersey",))], [told(places=("Glassboro, New Jersey",))]).place.value == 1
    assert score([told(places=("Oslo",))], [told()]).place.value == 0


def test_set_gives_predictions_and_figures_beside_the_baseline(tmp_path: Path) -> None:
    person = {"surface": "Nils Dahl", "person_id": "7", "name": "Dahl, Nils"}
    gold = {
        "date": "1966-05-02T10:00:00",
        "places": ["Oslo"],
        "classification": "Secret",
        "handling": ["Nodis"],
        "participants": [
            {"text": "Mr. Nils Dahl, Director", "side": "Norway", "persons": [person]},
            {"text": "Secretary McNamara", "side": "United States", "persons": [], "name_guess": "Secretary McNamara"},
            {"text": "Miss Berg", "side": "United States", "persons": [], "name_guess": "Miss Berg"},
        ],
    }
    given = {"text": TEXT, "source_note": "Source: Archive. Secret; Nodis. Drafted by Berg.", "footnotes": []}
    data, output = tmp_path / "records.jsonl", tmp_path / "told.jsonl"
    data.write_text(json.dumps({"id": "v1/d8", "volume": "v1", "input": given, "gold": gold}) + "\n", encoding="utf-8")
    text, figures = evaluate_set("frus", data, output=output)
    assert "baseline" in text
    assert figures["ours"] == dict.fromkeys(figures["ours"], 1.0) | {"same_person": 0.0, "same_person_joined": 0.0}
    line = json.loads(output.read_text(encoding="utf-8"))
    assert list(line) == ["id", "date", "places", "participants", "classification", "handling"]
    assert (line["date"], line["places"], line["handling"]) == ("1966-05-02", ["Oslo"], ["Nodis"])
    assert line["participants"][1] == {
        "text": "Secretary McNamara",
        "name": "McNamara",
        "side": "United States",
        "person": "robert-mcnamara",
    }


def test_line_that_is_no_record_is_named(tmp_path: Path) -> None:
    data = tmp_path / "records.jsonl"
    data.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(Exception, match="line 1 is no record"):
        evaluate_set("frus", data)
