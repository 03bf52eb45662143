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
