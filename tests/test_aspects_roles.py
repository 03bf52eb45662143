"""Roles: who began it, who received it, who stood between."""

import pytest

import backchannel


def roles(text, **more):
    claim = backchannel.code(text, date="2019-05-04", **more)[0]
    return {party.actor: party.role for party in claim.parties if party.actor != "UNKNOWN"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran has offered Saudi Arabia direct talks on the strait.", {"IRN": "initiator", "SAU": "recipient"}),
        ("A call requested by Ankara took place between the Turkish and the German ministers.", {"TUR": "initiator", "DEU": "recipient"}),
        ("The Polish foreign ministry received a note from the German embassy.", {"DEU": "initiator", "POL": "recipient"}),
        ("President Kenyatta received President Kagame in Nairobi.", {"KEN": "recipient", "RWA": "initiator"}),
        ("The Chilean and Peruvian ministers met in Quito.", {"CHL": "participant", "PER": "participant"}),
        ("Switzerland passed messages between Iran and the United States.", {"CHE": "mediator", "IRN": "participant", "USA": "participant"}),
        ("Norway and Russia agreed to maintain contacts on cod.", {"NOR": "participant", "RUS": "participant"}),
    ],
)  # fmt: skip
def test_role_is_read(text, expected):
    assert roles(text) == expected


def test_guest_begins_where_the_other_is_at_home():
    assert roles("President Zelensky met Prime Minister May in London.") == {"UKR": "initiator", "GBR": "recipient"}


def test_every_role_but_participant_has_evidence():
    (claim,) = backchannel.code("Iran has offered Saudi Arabia direct talks.", date="2019-05-04")
    assert all(e.text for e in claim.evidence["roles"])
