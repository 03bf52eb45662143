"""The gold cases in ``gold/cases`` hold, are well formed and cover every value of the closed fields."""

from __future__ import annotations

from collections import Counter

import pytest

from cases import CLOSED, Case, check, load_all, parse

LOADED = load_all()
ASPECT_OF = {"form": "form", "privacy": "privacy", "channel": "channel", "status": "status", "source_class": "source"}
WELL_FORMED = """# Form

## Heading
Why it is so.

> They met in Rome.

- date: 2023-04-02
- claim: met
- form: meeting
"""


@pytest.fixture(scope="session")
def reader():
    """Load the reader once, here and not at collection, so that a broken reader fails the cases and not the others."""
    import backchannel

    return backchannel.code


def _marked(case: Case):
    marks = [] if case.known is None else [pytest.mark.xfail(strict=True, reason=case.known)]
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in LOADED])
@pytest.mark.usefixtures("reader")
def test_case_holds(case):
    wrong = check(case)
    assert not wrong, "\n".join([f"{case.file}.md:{case.line} {case.text}", *wrong])


@pytest.mark.parametrize("file", sorted({case.file for case in LOADED}))
def test_each_file_has_fifteen_cases(file):
    assert sum(case.file == file for case in LOADED) >= 15


@pytest.mark.parametrize("name", sorted(ASPECT_OF))
def test_each_value_has_two_cases_in_its_file(name):
    counts = Counter(
        claim.fields.get(name) for case in LOADED if case.file == ASPECT_OF[name] for claim in case.expected
    )
    assert [value for value in CLOSED[name] if counts[value] < 2] == []


def test_well_formed_file_is_read():
    cases, faults = parse(WELL_FORMED, file="form")
    assert faults == []
    assert (cases[0].id, cases[0].text) == ("form:heading", "They met in Rome.")
    assert cases[0].expected[0].fields == {"form": "meeting"}


def test_all_faults_are_listed_with_their_lines():
    broken = WELL_FORMED.replace("2023-04-02", "April").replace("claim: met", "claim: spoke")
    broken = broken.replace("form: meeting", "form: chat")
    _, faults = parse(broken, file="form")
    assert [fault.split(":")[1] for fault in faults] == ["8", "9", "10"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- claim: met", "- claim: met\n- mood: bad", "no field named 'mood'"),
        ("- claim: met\n", "", "before any '- claim:'"),
        ("Why it is so.\n", "", "no sentence says why"),
        ("> They met in Rome.\n", "", "no quotation"),
        ("- date: 2023-04-02\n", "", "no date"),
        ("- form: meeting", "- parties: UNKNOWN", "no ids"),
        ("- form: meeting", "- where: Paris", "stands neither"),
        ("- form: meeting", "and so on", "stray text"),
    ],
)
def test_wrong_line_is_refused(old, new, said):
    _, faults = parse(WELL_FORMED.replace(old, new), file="form")
    assert any(said in fault for fault in faults), faults
