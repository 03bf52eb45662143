"""Contacts: which sentences tell one, how many, between whom."""

from datetime import date

import pytest

from backchannel import pipeline
from backchannel.records import Document


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


def read(kit, text, *, title=None, source=None, on=date(2023, 5, 12)):
    document = Document(id="d", text=text, title=title, source=source, published=on)
    return [
        (c.trigger.text, sorted(p.actor for p in c.parties))
        for c in pipeline.read(document, kit)
        if c.kind == "contact"
    ]


def test_visit_and_meeting_of_one_sentence_are_one_contact(kit):
    assert read(kit, "Sullivan travelled to Vienna to meet Wang Yi.") == [("meet", ["CHN", "USA"])]


def test_separate_meetings_are_counted_apart(kit):
    assert read(kit, "Macron met separately with Netanyahu and Abbas.") == [
        ("met", ["FRA", "ISR"]),
        ("met", ["FRA", "PSE"]),
    ]


def test_enumerated_leaders_are_all_parties(kit):
    text = "President Biden, Prime Minister Kishida and President Yoon met at Camp David."
    assert read(kit, text, on=date(2023, 8, 19)) == [("met", ["JPN", "KOR", "USA"])]


def test_both_sides_are_those_told_before(kit):
    text = "Armenia and Azerbaijan resumed talks in Brussels. The two sides will meet again in June."
    assert [parties for _, parties in read(kit, text)] == [["ARM", "AZE"], ["ARM", "AZE"]]


def test_title_of_a_readout_names_the_room(kit):
    found = read(
        kit,
        "The leaders discussed grain exports.",
        title="Telephone conversation with President of Turkey Recep Tayyip Erdogan",
        source="President of Russia (kremlin.ru)",
    )
    assert found == [("discussed", ["RUS", "TUR"])]


def test_unnamed_partner_stays_unknown(kit):
    assert read(kit, "Ukraine has been in private talks with some allies.") == [("private talks", ["UKR", "UNKNOWN"])]


@pytest.mark.parametrize(
    "text",
    [
        "The president met his own ministers at the Élysée.",
        "He told reporters that talks are hard.",
        "Britain called on Russia to withdraw.",
        "At the NATO summit in Vilnius, ministers announced new funds.",
        "The two banks held secret talks on a merger.",
        "Voters cast a secret ballot in Peru.",
    ],
)
def test_false_friends_tell_no_contact(kit, text):
    assert read(kit, text) == []


def test_these_talks_keep_how_private_they_were(kit):
    text = "Iran and Oman have held secret talks since March. These talks focus on the strait."
    document = Document(id="d", text=text, published=date(2023, 5, 12))
    assert [c.privacy for c in pipeline.read(document, kit)] == ["secret", "secret"]


def test_reading_twice_gives_the_same(kit):
    document = Document(id="d", text="Sullivan secretly met Wang Yi in Vienna.", published=date(2023, 5, 12))
    assert pipeline.read(document, kit) == pipeline.read(document, kit)


def test_other_languages_are_never_silently_coded(kit):
    document = Document(id="d", text="Les ministres de France et d'Allemagne ont eu des discussions.", language="fr")
    assert pipeline.read(document, kit) == ()
