"""People are found by name in any usual spelling, and by the office they held on a day."""

import pytest

from backchannel.actors.register import agree, register, slug, words


def test_one_person_has_one_id_in_whichever_spelling() -> None:
    people = register()
    found = {person.id for name in ("Zhou Enlai", "Chou En-lai") for person in people.named(name)}
    assert found == {"zhou-enlai"}


@pytest.mark.parametrize(
    ("office", "day", "name"),
    [
        ("president", 1962.5, "John F. Kennedy"),
        ("president", 1975.0, "Gerald Ford"),
        ("secretary of state", 1955.2, "John Foster Dulles"),
        ("secretary of state", 1962.0, "Dean Rusk"),
        ("secretary of state", 1974.8, "Henry Kissinger"),
    ],
)
def test_office_names_its_holder_on_the_day(office: str, day: float, name: str) -> None:
    held = register().holder("USA", office, day)
    assert held is not None
    assert held.name == name


def test_office_that_nobody_is_known_to_have_held_names_nobody() -> None:
    assert register().holder("NOR", "keeper of the lighthouse", 1962.0) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("U. Alexis", "Ural Alexis", True),
        ("C. Burke", "Charles Burke", True),
        ("Robert G.", "Robert S.", False),
        ("Allen", "John Foster", False),
        ("William L.", "Lee", False),
        ("", "Lee", True),
    ],
)
def test_first_names_agree_by_initials_in_order(one: str, other: str, same: bool) -> None:
    assert agree(words(one), words(other)) is same
    assert agree(words(other), words(one)) is same


def test_id_is_plain_letters_without_junior() -> None:
    assert slug("Hervé O’Brien, Jr.") == "herve-obrien"


def test_namesakes_have_ids_of_their_own_and_one_person_spelt_in_two_ways_has_one() -> None:
    people = register().people
    assert people["cyrus-vance"].terms[0].start is not None
    assert people["cyrus-vance"].terms[0].start < 1970 < 2000 < (people["cyrus-vance-2010"].terms[0].start or 0)
    assert people["donald-trump"].name == "Donald Trump"
    assert {term.actor for term in people["borge-brende"].terms} >= {"NOR", "WORLD_ECONOMIC_FORUM"}
