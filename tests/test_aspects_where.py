"""Places: the one of the contact and no other."""

import pytest

import backchannel


def where(text, **more):
    claim = backchannel.code(text, date="2019-05-04", **more)[0]
    return None if claim.where is None else claim.where.text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The Chilean and Peruvian ministers met in Quito on Monday.", "Quito"),
        ("Talks between Chad and Sudan, which were held in Tripoli, ended early.", "Tripoli"),
        ("The Swedish premier met President Niinisto of Finland in Stockholm, Sweden.", "Stockholm, Sweden"),
        ("The Kenyan minister met his Ugandan colleague in Geneva on the margins of the health assembly.", "Geneva"),
        ("The Turkish minister travelled to Baku for talks with President Aliyev.", "Baku"),
        ("Egypt and Israel held talks on Libya.", None),
        ("The Japanese premier telephoned President Marcos in Manila.", None),
    ],
)
def test_place_of_the_contact_is_chosen(text, place):
    assert where(text) == place


def test_dictionary_gives_the_country():
    (claim,) = backchannel.code("The Chilean and Peruvian ministers met in Quito.", date="2019-05-04")
    assert claim.where.country == "ECU"


def test_place_told_before_holds_for_the_talks():
    text = "Norway and Russia held talks in Oslo on Monday. During the talks, Norway and Russia agreed on cod."
    assert [c.where.text for c in backchannel.code(text, date="2019-05-04") if c.kind == "contact"] == ["Oslo", "Oslo"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Sudan's president made a secret trip to Asmara January 3-5.", "Asmara"),
        ("The Kremlin hosted talks between the Russian and Laotian premiers.", "Kremlin"),
        ("The Canadian premier spoke with the Irish premier to discuss the latter's trip to Iceland.", None),
    ],
)
def test_place_of_a_journey_is_its_goal_and_that_of_a_talk_about_it_is_not(text, place):
    assert where(text) == place


def test_title_gives_the_place_of_an_official_account_alone():
    text, title = "He also discussed the new port with Jordanian officials.", "Readout of the Adviser's Trip to Jordan"
    assert where(text, title=title, source="White House") == "Jordan"
    (claim,) = backchannel.code(text, date="2019-05-04", title=title, source="White House")
    assert [e.by for e in claim.evidence["where"]] == ["title:where"]
    assert where("Chile and Peru held talks.", title="Chile's trip to Oman", source="The Daily Rock") is None


def test_hall_told_before_holds_for_the_talks():
    text = "The two premiers met at the White House. Their talks touched on cod, Norway and Russia said."
    found = [c.where.text for c in backchannel.code(text, date="2019-05-04") if c.where]
    assert found and set(found) == {"White House"}
