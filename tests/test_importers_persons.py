"""The same person gets the same id over many records, and different persons different ones."""

from backchannel.actors import shipped
from backchannel.importers.persons import fuller
from backchannel.importers.same import Given, identify
from backchannel.sources import heads

HEAD = "Memorandum of Conversation\n{place}, {day}.\nPARTICIPANTS\n{people}\nThe talk was short.\n{end}\n"


def given(key: str, day: str, *people: str, place: str = "Washington", end: str = "") -> Given:
    text = HEAD.format(place=place, day=day, people="\n".join(people), end=end)
    record = heads.read(text)
    assert record is not None
    return Given(key=key, text=text, record=record, volume="v1", home="USA")


def ids(*some: Given) -> list[str | None]:
    found = identify(some, shipped())
    return [who.person for one in some for who in found[one.key].participants]


def test_office_without_a_name_is_who_held_it_on_the_day() -> None:
    found = ids(
        given("a", "May 2, 1958", "The Secretary", "Mr. Aasgaard, Norwegian Embassy"),
        given("b", "May 2, 1965", "The Secretary of State", "The President"),
    )
    assert found[0] == "john-foster-dulles"
    assert found[2:] == ["dean-rusk", "lyndon-johnson"]


def test_president_of_the_other_side_is_their_own() -> None:
    found = ids(given("a", "June 2, 1961", "United States", "The President", "France", "The President", place="Paris"))
    assert found == ["john-f-kennedy", "charles-de-gaulle"]


def test_surname_with_its_office_and_full_name_are_one_person() -> None:
    found = ids(
        given("a", "May 2, 1966", "Secretary McNamara"),
        given("b", "May 9, 1966", "Mr. Robert S. McNamara, Secretary of Defense"),
    )
    assert found == ["robert-mcnamara", "robert-mcnamara"]


def test_namesakes_are_told_apart_by_office_and_rank() -> None:
    found = ids(given("a", "May 2, 1966", "President Johnson", "General Johnson", "U. Alexis Johnson"))
    assert found[0] == "lyndon-johnson"
    assert found[2] == "u-alexis-johnson"
    assert found[1] not in (None, found[0], found[2])


def test_unknown_surname_joins_the_one_full_name_near_it() -> None:
    found = ids(
        given("a", "May 2, 1966", "Mr. Oddvar K. Strandvik, Norwegian Embassy"),
        given("b", "May 9, 1967", "Mr. Strandvik, Embassy of Norway"),
        given("c", "May 9, 1951", "Mr. Strandvik"),
    )
    assert found[0] == found[1] == "oddvar-k-strandvik"
    assert found[2] not in (None, found[0])


def test_signature_gives_the_first_name_of_a_surname() -> None:
    found = ids(
        given("a", "May 2, 1966", "Mr. Strandvik", end="Oddvar K. Strandvik"),
        given("b", "May 9, 1966", "Mr. Lars Strandvik"),
    )
    assert found == ["oddvar-k-strandvik", "lars-strandvik"]


def test_full_name_is_one_person_under_two_offices() -> None:
    found = ids(
        given("a", "May 2, 1966", "Mr. Oddvar Strandvik, Embassy of Norway"),
        given("b", "May 9, 1968", "Mr. Oddvar Strandvik, Danish Embassy"),
    )
    assert found[0] == found[1]


def test_state_before_a_surname_is_no_first_name() -> None:
    assert fuller("Strandvik", "For the U.S. Strandvik replied.") == ()


def test_record_without_a_day_identifies_nobody() -> None:
    text = HEAD.format(place="Oslo", day="undated", people="The Secretary\nMr. Lund", end="")
    record = heads.read(text)
    assert record is not None
    assert ids(Given(key="a", text=text, record=record)) == [None, None]


def test_ids_do_not_hang_on_the_order_of_the_records() -> None:
    some = [
        given("a", "May 2, 1966", "Mr. Oddvar K. Strandvik"),
        given("b", "May 9, 1967", "Mr. Strandvik"),
        given("c", "May 9, 1966", "Mr. Lund", "Ms. Ann Lund"),
    ]
    assert identify(some, shipped()) == identify(some[::-1], shipped())
