"""Actors and issues are found by what a person types; what is unknown or double is told with what may be meant."""

import pytest

from backchannel.actors import build, shipped
from backchannel.analysis import naming
from backchannel.errors import QueryError


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("USA", "USA"),
        ("usa", "USA"),
        ("United States", "USA"),
        ("united states", "USA"),
        ("US", "USA"),
        ("Kremlin", "RUS"),
        ("Côte d'Ivoire", "CIV"),
        ("hamas", "HAMAS"),
        ("UNKNOWN", "UNKNOWN"),
        ("person_kissinger", "PERSON_KISSINGER"),
    ],
)
def test_an_actor_is_found_by_id_name_or_alias(typed: str, found: str) -> None:
    assert naming.actor(typed, shipped()) == found


def test_an_unknown_actor_is_told_with_the_nearest() -> None:
    with pytest.raises(QueryError, match="no actor called 'Omann'") as told:
        naming.actor("Omann", shipped())
    assert "OMN (Oman)" in told.value.known


def test_a_person_is_asked_for_as_a_person() -> None:
    with pytest.raises(QueryError, match="--person Kissinger"):
        naming.actor("Henry Kissinger", shipped())


def test_the_users_own_actors_are_found() -> None:
    table = build(user=[{"id": "BLUE_HARBOUR", "name": "Blue Harbour Council"}])
    assert naming.actor("blue harbour council", table) == "BLUE_HARBOUR"
    assert naming.candidates("harbour c", table) == ["BLUE_HARBOUR"]


def test_a_name_of_several_actors_is_refused_with_all_of_them() -> None:
    table = build(user=[{"id": "ELM_ONE", "name": "Elm Circle"}, {"id": "ELM_TWO", "name": "Elm Circle"}])
    with pytest.raises(QueryError, match="more than one actor") as told:
        naming.actor("Elm Circle", table)
    assert told.value.known == ("ELM_ONE (Elm Circle)", "ELM_TWO (Elm Circle)")


@pytest.mark.parametrize("typed", ["military_comms", "military-comms", "Military communication"])
def test_an_issue_is_found_by_id_or_label(typed: str) -> None:
    assert naming.issue(typed) == naming.Issue(root="military_comms")


def test_an_unknown_issue_is_told_with_the_nearest() -> None:
    with pytest.raises(QueryError) as told:
        naming.issue("taiwann")
    assert told.value.known == ("taiwan",)
