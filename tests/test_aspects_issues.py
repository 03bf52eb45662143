"""Issues: what the contact was about, each with the words that tell it."""

import pytest

import backchannel
from backchannel.aspects import issue_tree, issues


def told(text, *, day="2019-05-04", **more):
    return backchannel.code(text, date=day, **more)[0].issues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile and Peru held talks on copper tariffs.", ("trade",)),
        ("The Chilean minister met the Peruvian president in Lima.", ("bilateral_relations",)),
        ("Chile and Peru discussed peace and security.", ()),
        ("Turkey and Iran held talks on Syria.", ("regional_conflict",)),
        ("Turkey and Syria held talks on gas.", ("energy",)),
        ("Colombia opened negotiations with the FARC in Oslo.", ("peace_process",)),
        ("The Chilean Minister of Energy met the Peruvian president.", ("bilateral_relations",)),
    ],
)
def test_issue_is_read(text, expected):
    assert told(text) == expected


def test_parties_at_war_tell_the_issue_from_the_war_on():
    text = "Russian and Ukrainian negotiators held a round of negotiations."
    assert told(text, day="2022-03-10") == ("peace_process", "ukraine")
    assert "ukraine" not in told(text, day="2009-03-10")


def test_every_issue_has_evidence():
    (claim,) = backchannel.code("Chile and Peru held talks on copper tariffs and migrants.", date="2019-05-04")
    assert len(claim.evidence["issues"]) == len(claim.issues) == 2


def test_finer_issue_stands_under_its_root():
    (claim,) = backchannel.code("Japan and the Netherlands held talks on semiconductors.", date="2023-05-04")
    assert claim.issues == ("technology",)
    assert issues.finer(claim.evidence["issues"]) == ("semiconductors",)


def test_roots_hang_on_branches_each_on_one():
    hung = [root for roots in issue_tree.branches().values() for root in roots]
    assert sorted(hung) == sorted(one.id for one in issue_tree.tree() if one.under is None)


def test_dots_in_a_cue_stand_for_a_few_words():
    found = issue_tree.pattern(["end .. war", "border talks"])
    assert found.search("to end the long civil war")
    assert not found.search("to end a visit that was to have been about war")


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Cyprus and the United Kingdom exchanged messages.", "1999-03-10", ("peace_process",)),
        ("The United States and the Taliban held a meeting.", "2019-03-10", ("peace_process",)),
        ("The United States and the Taliban discussed frozen assets.", "2019-03-10", ("sanctions",)),
        ("Qatar offered to mediate between Chad and Sudan.", "2009-03-10", ("peace_process",)),
    ],
)
def test_parties_tell_the_issue_only_where_the_sentence_does_not(text, day, expected):
    assert told(text, day=day) == expected


def test_reason_for_leaving_the_talks_is_not_their_subject():
    assert told("Kenya suspends fishing talks with Somalia after a terrorist attack.") == ("maritime",)


def test_first_line_of_a_call_takes_the_subject_from_the_next():
    text = "Vladimir Putin had a telephone conversation with Sauli Niinisto. The two presidents discussed natural gas."
    title = "Telephone conversation with President of Finland Sauli Niinisto"
    assert told(text, title=title, source="President of Russia") == ("energy",)
