"""The cases of merging hold: near-alike contacts stay apart, all that tells of one comes together."""

from __future__ import annotations

import pytest

from merge_cases import MergeCase, check, load_all, parse

LOADED = load_all()
WELL_FORMED = """# Merging

## Heading
Why it is so.

> They met in Rome.

- date: 2023-04-02
- claim: met
- contact: rome

> They met in Paris.

- date: 2023-04-09
- claim: met
- contact: paris
"""


def _marked(case: MergeCase):
    marks = [] if case.known is None else [pytest.mark.xfail(strict=True, reason=case.known)]
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in LOADED])
def test_case_of_merging_holds(case: MergeCase) -> None:
    wrong = check(case)
    assert not wrong, "\n".join([f"{case.file}.md:{case.line} {case.heading}", *wrong])


def test_there_are_cases_of_both_kinds() -> None:
    contacts = [[one.contact for told in case.documents for one in told.claims] for case in LOADED]
    assert sum(len(set(names)) == 1 for names in contacts) >= 12
    assert sum(len(set(names)) > 1 for names in contacts) >= 20


def test_well_formed_case_is_read() -> None:
    (case,), faults = parse(WELL_FORMED, file="merge")
    assert faults == []
    assert [(told.text, told.claims[0].contact) for told in case.documents] == [
        ("They met in Rome.", "rome"),
        ("They met in Paris.", "paris"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- claim: met\n- contact: rome", "- claim: spoke\n- contact: rome", "must stand exactly once"),
        ("- contact: rome\n", "", "a claim without '- contact:'"),
        ("- contact: rome", "- contact: rome\n- contact: paris", "stands twice"),
        ("Why it is so.\n", "", "no sentence says why"),
        ("- date: 2023-04-02\n", "", "no date"),
        ("- contact: paris", "- contact: paris\n- origins: oslo 2", "no contact of the case"),
        ("- contact: paris", "- contact: paris\n- mood: bad", "cannot stand here"),
        ("- claim: met\n- contact: paris\n", "", "fewer than two claims"),
    ],
)
def test_wrong_line_is_refused(old: str, new: str, said: str) -> None:
    _, faults = parse(WELL_FORMED.replace(old, new), file="merge")
    assert any(said in fault for fault in faults), faults
