"""Events come in as integers, in order of time, from folders and from a user's own files; faults are named."""

import json
from datetime import date
from pathlib import Path

import pytest

from backchannel.errors import InputError
from backchannel.forecast import FAMILIES, of_events, read_file, read_folder

DAY = date(2024, 5, 1)


def _folder(path: Path, **parts: str) -> Path:
    files = {
        "train": "0\t0\t1\t0\t-1\r\n1\t1\t2\t24\t-1\r\n",
        "valid": "0\t1\t2\t48\t-1\n",
        "test": "2\t0\t1\t72\t-1\n",
        "entity2id": "Northland\t0\nSouthland\t1\nPolice_(Northland)\t2\n",
        "relation2id": "Make_a_visit\t0\nThreaten\t1\n",
    } | parts
    for name, text in files.items():
        (path / f"{name}.txt").write_text(text, newline="")
    return path


def test_a_folder_in_hours_becomes_days_and_its_parts_are_kept_apart(tmp_path: Path) -> None:
    split = read_folder(_folder(tmp_path))
    told = split.stream
    assert told.time.tolist() == [0, 1, 2, 3]
    assert (split.valid_from, split.test_from, told.resolution) == (2, 3, 24)
    assert told.actors == ("Northland", "Southland", "Police (Northland)")
    assert told.relations == ("Make a visit", "Threaten")
    assert split.written == ("Northland", "Southland", "Police_(Northland)")


def test_families_lie_in_the_folder_or_beside_it(tmp_path: Path) -> None:
    families = {"consult": ["Make a visit"], "conflict": ["Threaten"]}
    (tmp_path / "relation_families.json").write_text(json.dumps(families))
    (tmp_path / "set").mkdir()
    told = read_folder(_folder(tmp_path / "set")).stream
    assert [FAMILIES[place] for place in told.family] == ["consult", "conflict"]


def test_an_unknown_family_is_named(tmp_path: Path) -> None:
    (tmp_path / "relation_families.json").write_text('{"talks": ["Make a visit"]}')
    with pytest.raises(InputError, match="no family named talks; known: consult, conflict, intent, other"):
        read_folder(_folder(tmp_path))


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"valid": "0\t1\t2\n"}, "valid.txt: 1 fault.*\n  line 1: expected four numbers"),
        ({"train": "0\t0\t9\t0\n"}, "beyond the 3 actors or 2 relations"),
        ({"test": "2\t0\t1\t48\n"}, "valid.txt reaches into the days of test.txt"),
        ({"test": ""}, "test.txt: no events"),
        ({"relation2id": "Make_a_visit\t0\nThreaten\t2\n"}, "not 0 to 1, each once"),
        ({"entity2id": "Northland\n"}, "line 1: expected a name, a tab and a number"),
    ],
)
def test_faults_of_a_folder_are_named(tmp_path: Path, parts: dict[str, str], fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        read_folder(_folder(tmp_path, **parts))


def test_a_missing_part_says_what_a_folder_needs(tmp_path: Path) -> None:
    (_folder(tmp_path) / "test.txt").unlink()
    with pytest.raises(InputError, match=r"test.txt: No such file.*needs train.txt, valid.txt, test.txt"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("e.csv", 'date,subject,relation,object\n2024-05-03,A,CONSULT/visit,B\n2024-05-01,"B, C",THREATEN,A\n'),
        (
            "e.tsv",
            "subject\trelation\tobject\tdate\tnote\nB, C\tTHREATEN\tA\t2024-05-01\t\nA\tCONSULT/visit\tB\t2024-05-03T09:00:00Z\tx\n",
        ),
        (
            "e.jsonl",
            '{"subject": "B, C", "relation": "THREATEN", "object": "A", "date": "2024-05-01"}\n\n'
            '{"subject": "A", "relation": "CONSULT/visit", "object": "B", "date": "2024-05-03"}\n',
        ),
    ],
)
def test_a_file_of_events_comes_in_by_its_ending(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    told = read_file(tmp_path / name)
    assert told.time.tolist() == [0, 2]
    assert told.actors == ("A", "B", "B, C")
    assert (told.start, told.day_of(date(2024, 5, 4)), told.date_of(2)) == (DAY, 3, date(2024, 5, 3))
    assert [FAMILIES[told.family[place]] for place in told.relation] == ["conflict", "consult"]


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("subject,relation,object,date\nA,r,,2024-05-01\nA,r,B,May 1\nA,r,B,2024-05-01\n")
    with pytest.raises(InputError, match=r"2 fault.*\n  line 2: no object\n  line 3: date 'May 1' is not of the form"):
        read_file(tmp_path / "e.csv")


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("e.csv", "subject,object,date\n", "no column relation"),
        ("e.csv", "subject,relation,object,date\n", "no events in it"),
        ("e.jsonl", "[1]\n", "line 1 is not an object"),
        ("e.jsonl", "nonsense\n", "line 1 is not JSON"),
        ("e.xls", "", "ending in .csv, .tsv, .jsonl"),
    ],
)
def test_files_that_cannot_be_read_say_why(tmp_path: Path, name: str, text: str, fault: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=fault):
        read_file(tmp_path / name)


def test_cutting_leaves_nothing_of_the_day_itself() -> None:
    events = [("A", "CONSULT", "B", date(2024, 5, day)) for day in (3, 1, 2)]
    told = of_events(events)
    assert told.until(2).time.tolist() == [0, 1]
    assert told.between(1, 2).time.tolist() == [1]
    assert told.until(2).time.base is None
    assert (told.until(0).last, told.first, told.last) == (-1, 0, 2)


def test_families_follow_types_and_cameo_roots() -> None:
    names = ["CONSULT/call", "AGREE", "SANCTION/withdraw", "042", "190", "091", "Praise"]
    told = of_events([("A", name, "B", DAY) for name in names])
    found = {told.relations[place]: FAMILIES[code] for place, code in enumerate(told.family)}
    assert found == {
        "CONSULT/call": "consult",
        "AGREE": "intent",
        "SANCTION/withdraw": "conflict",
        "042": "consult",
        "190": "conflict",
        "091": "other",
        "Praise": "other",
    }


def test_days_are_counted_by_family_and_pairs_have_no_direction() -> None:
    told = of_events([("A", "CONSULT", "B", DAY), ("B", "CONSULT", "A", DAY), ("A", "THREATEN", "C", date(2024, 5, 3))])
    assert told.counts().tolist() == [[2, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]
    assert told.pairs().tolist() == [1, 1, 2]
