"""The dictionary's tables are whole: ids once, people of known actors, dates that can be."""

import re

import pytest

from backchannel import vocabulary
from backchannel.actors.table import BODIES, ORGANISATIONS, OUTLETS, PEOPLE, ROLES, STATES, build, fold, shipped, years

KEYS = {
    "id",
    "name",
    "kind",
    "sector",
    "country",
    "aliases",
    "members",
    "demonyms",
    "seat",
    "bodies",
    "from",
    "to",
    "ambiguous",
}


def rows(file: str) -> list[dict]:
    return next(value for key, value in vocabulary.load(file).items() if key not in ("about", "not_names"))


@pytest.mark.parametrize("file", [*ORGANISATIONS, STATES, OUTLETS])
def test_ids_are_sorted_and_well_formed(file):
    ids = [row["id"] for row in rows(file)]
    assert ids == sorted(ids)
    assert [one for one in ids if not re.fullmatch(r"[A-Z0-9_]+", one)] == []


def test_an_actor_stands_in_one_table_only():
    ids = [row["id"] for file in (STATES, *ORGANISATIONS) for row in rows(file)]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


@pytest.mark.parametrize("file", ORGANISATIONS)
def test_organisations_have_no_unknown_keys(file):
    assert {key for row in rows(file) for key in row} <= KEYS


@pytest.mark.parametrize("file", PEOPLE)
def test_people_hold_offices_of_known_actors_for_a_possible_time(file):
    known = set(shipped().actors) | {"COK", "NIU"}
    for row in vocabulary.rows(file):
        assert row["actor"] in known or row["actor"].startswith("PERSON_"), row
        start, end = years(row["from"]), years(row["to"], is_end=True)
        assert start is None or end is None or start <= end, row


def test_the_table_is_as_large_as_promised():
    kinds = [actor.kind for actor in shipped().actors.values()]
    assert kinds.count("state") >= 200
    assert sum(kind in ("organisation", "forum", "armed_group") for kind in kinds) >= 150
    assert sum(kind in ("company", "ngo", "foundation") for kind in kinds) >= 300


def test_provenance_counts_every_table():
    table = shipped().provenance
    assert set(table) == {STATES, OUTLETS, BODIES, ROLES, *ORGANISATIONS, *PEOPLE}
    assert all(0 <= counts["checked"] <= counts["rows"] for counts in table.values())


def test_folding_keeps_every_character_in_its_place():
    text = "Erdoğan’s Élysée – Łódź"
    assert len(fold(text)) == len(text)
    assert fold(text) == "Erdogan's Elysee - Lodz"


def test_own_rows_are_added_beside_the_dictionary():
    table = build(user=[{"id": "ACME_INSTITUTE", "name": "Acme Institute", "kind": "ngo", "aliases": ["the Acme"]}])
    assert table.is_nonstate("ACME_INSTITUTE")
    assert [m.senses[0].actor for m in table.matches("Envoys of the Acme met.")] == ["ACME_INSTITUTE"]
