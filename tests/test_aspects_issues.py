"""Issues: what the contact was about, each with the words that tell it."""

import pytest

import backchannel
from backchannel.aspects import issues


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
