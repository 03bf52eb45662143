"""A mention resolves to actor, country and sector: offices on a day, roles, bodies, peoples and places."""

from datetime import date

import pytest

from backchannel import vocabulary
from backchannel.actors import resolve
from backchannel.actors.gazetteer import BODIES, PLACES
from backchannel.actors.sectors import FILE, roles
from backchannel.actors.table import ROLES, shipped, years

IN_2022 = date(2022, 5, 1)
UNSTATED = (None, None)


def told(mention: str, *, context: str | None = None, on: date | None = None) -> tuple[str | None, str | None]:
    found = resolve(mention, context=context, on=on)
    return found.country, found.sector


@pytest.mark.parametrize(
    ("mention", "on", "country", "sector", "person"),
    [
        ("the Secretary of State", date(2023, 6, 18), "USA", "GOV", "Antony Blinken"),
        ("the Secretary of State", date(1972, 6, 18), "USA", "GOV", "William Rogers"),
        ("the French foreign minister", date(2021, 3, 1), "FRA", "GOV", "Jean-Yves Le Drian"),
        ("Japan's premier", IN_2022, "JPN", "GOV", "Fumio Kishida"),
        ("the King of Jordan", IN_2022, "JOR", "GOV", "Abdullah II"),
        ("Sergei Lavrov", IN_2022, "RUS", "GOV", "Sergei Lavrov"),
        ("Valery Gerasimov", IN_2022, "RUS", "MIL", "Valery Gerasimov"),
        ("Nancy Pelosi", IN_2022, "USA", "LEG", "Nancy Pelosi"),
        ("Macron", IN_2022, "FRA", "GOV", "Emmanuel Macron"),
        ("William Burns", IN_2022, "USA", "SPY", "William Burns"),
    ],
)
def test_an_office_is_its_holders_on_the_day(mention, on, country, sector, person):
    found = resolve(mention, on=on)
    assert (found.country, found.sector, found.person) == (country, sector, person)


@pytest.mark.parametrize(
    ("name", "on", "sector"),
    [
        ("Ebrahim Raisi", date(2020, 1, 1), "JUD"),
        ("Ebrahim Raisi", date(2022, 1, 1), "GOV"),
        ("Imran Khan", date(2020, 1, 1), "GOV"),
        ("Imran Khan", date(2023, 1, 1), "PTY"),
        ("Angela Merkel", date(2020, 1, 1), "GOV"),
        ("Angela Merkel", date(2023, 1, 1), "ELI"),
        ("Tony Blair", None, "ELI"),
    ],
)
def test_a_persons_sector_changes_with_the_office(name, on, sector):
    assert resolve(name, on=on).sector == sector


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Chinese officials", "CHN", "GOV"),
        ("a Peruvian diplomat", "PER", "GOV"),
        ("Turkey's delegation to the talks", "TUR", "GOV"),
        ("the Bolivian Ministry of Mines", "BOL", "GOV"),
        ("South Korean lawmakers", "KOR", "LEG"),
        ("Nigerian troops", "NGA", "MIL"),
        ("Egyptian intelligence chief", "EGY", "SPY"),
        ("Lagos police", "NGA", "COP"),
        ("an Austrian court", "AUT", "JUD"),
        ("Greek fishermen", "GRC", "AGR"),
        ("striking dockers in Chile", "CHL", "LAB"),
        ("Catholic bishops in Poland", "POL", "REL"),
        ("Sunni Muslims", None, "MUS"),
        ("Afghan refugees in Pakistan", "AFG", "REF"),
        ("nurses in Zimbabwe", "ZWE", "MED"),
        ("students at the University of Nairobi", "KEN", "EDU"),
        ("Haitian gangs", "HTI", "CRM"),
        ("unidentified gunmen", None, "UAF"),
        ("separatist fighters", None, "REB"),
        ("Colombian paramilitaries", "COL", "PRM"),
        ("demonstrators in Tunis", "TUN", "OPP"),
        ("the governing party", None, "PTY"),
        ("Iranian state television", "IRN", "GOV"),
        ("a Kenyan radio station", "KEN", "JRN"),
        ("residents of Kherson", "UKR", "CVL"),
        ("an Israeli settler", "ISR", "SET"),
    ],
)
def test_an_unnamed_actor_resolves_through_the_role(mention, country, sector):
    assert told(mention) == (country, sector)


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Mossad", "ISR", "SPY"),
        ("the Bundestag", "DEU", "LEG"),
        ("Lahore High Court", "PAK", "JUD"),
        ("Sinaloa Cartel", "MEX", "CRM"),
        ("Arakan Army", "MMR", "REB"),
        ("Trinamool Congress", "IND", "PTY"),
        ("Ukrainska Pravda", "UKR", "JRN"),
        ("Peking University", "CHN", "EDU"),
        ("University of Ghana", "GHA", "EDU"),
        ("Petrobras", "BRA", "BUS"),
        ("Doctors Without Borders", "FRA", "MED"),
        ("UNHCR", "UNO", "REF"),
        ("European Parliament", "EUR", "LEG"),
        ("African Union", "IGO", "IGO"),
        ("Bank of Ghana", "GHA", "GOV"),
    ],
)
def test_a_body_resolves_by_its_name(mention, country, sector):
    assert told(mention) == (country, sector)


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Peru", "PER", None),
        ("Kenyans", "KEN", None),
        ("Ankara", "TUR", "GOV"),
        ("Marseille", "FRA", "CVL"),
        ("South Ossetia", "GEO", "PRE"),
        ("LISBON", "PRT", "GOV"),
    ],
)
def test_states_capitals_and_towns_differ(mention, country, sector):
    assert told(mention) == (country, sector)


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("a former Spanish minister", "ESP", "ELI"),
        ("retired Pakistani general", "PAK", "ELI"),
        ("Russia's ambassador to Kenya", "RUS", "GOV"),
        ("the ambassador to Kenya", None, "GOV"),
        ("the president of the Bundestag", "DEU", "LEG"),
        ("members of the Bundeswehr", "DEU", "MIL"),
        ("Putin's spokesman", "RUS", "GOV"),
        ("supporters of Imran Khan", "PAK", "CVL"),
        ("a spokesman for the Turkish army", "TUR", "MIL"),
        ("European Union leaders", "EUR", "GOV"),
        ("Muslim clerics in Mali", "MLI", "REL"),
        ("hospital director", None, "MED"),
        ("tomorrow", None, "JNK"),
        ("three men", None, "UNK"),
    ],
)
def test_nested_names_give_the_head_its_sector_and_the_first_side_its_country(mention, country, sector):
    assert told(mention) == (country, sector)


def test_context_gives_the_country_that_a_role_leaves_open():
    assert told("the defence minister") == (None, "GOV")
    assert told("the defence minister", context="Kenya") == ("KEN", "GOV")
    assert told("the defence minister", context="between Kenya and Uganda") == (None, "GOV")


def test_a_movement_that_took_the_government_is_one():
    assert told("Taliban", on=date(2010, 1, 1)) == ("AFG", "REB")
    assert told("Taliban", on=date(2023, 1, 1)) == ("AFG", "GOV")


def test_words_that_name_nobody_resolve_to_nothing():
    assert told("the weather forecast for Kenya")[1] in (None, "JNK")
    assert told("Xyzzy Plugh") == UNSTATED
    assert told("") == UNSTATED


def test_the_actor_is_the_dictionarys_id():
    assert resolve("French diplomats").actor == "FRA"
    assert resolve("UN peacekeepers in Mali").actor == "UN"
    assert resolve("gunmen").actor is None


def test_every_word_of_the_vocabulary_stands_once_and_has_a_reason():
    data = vocabulary.load(FILE)
    groups = [*data["groups"], data["unknown"], data["nothing"]]
    words = [word for group in groups for word in group["words"]]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert all(len(group["because"]) > 12 for group in groups)


@pytest.mark.parametrize("file", [BODIES, PLACES])
def test_tables_name_countries_that_can_be(file):
    known = set(shipped().actors) | {"UNO", "EUR", "IGO"}
    rows = vocabulary.rows(file)
    assert len(rows) > 200
    assert [row for row in rows if len(row["country"]) != 3] == []
    assert len({row["country"] for row in rows} & known) > 120


def test_every_person_has_a_role_that_tells_a_sector_and_a_possible_time():
    for row in vocabulary.rows(ROLES):
        assert any(role.sector for role in roles(row["office"])), row
        start, end = years(row["from"]), years(row["to"], is_end=True)
        assert start is not None and (end is None or start <= end), row


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Mohammad Shtayeh", "Mohammad Shtayyeh"),
        ("Kim Yong Chol", "Kim Yong-chol"),
        ("Abdelfattah Al-Burhan", "Abdel Fattah al-Burhan"),
        ("President Kassym Jomart Tokayev", "Kassym-Jomart Tokayev"),
    ],
)
def test_another_spelling_is_the_same_person(written, known):
    found = resolve(written, on=IN_2022)
    assert found.person is not None
    assert found.person == resolve(known, on=IN_2022).person


def test_of_coordinated_people_the_first_counts():
    found = resolve("Chinese President Xi Jinping and Russian President Vladimir Putin", on=IN_2022)
    assert (found.country, found.person) == ("CHN", "Xi Jinping")
