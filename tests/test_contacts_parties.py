"""Who the parties are that a sentence leaves to its document: standing talks, rooms, headings, offices."""

from datetime import date

import pytest

from backchannel import pipeline, vocabulary
from backchannel.actors import shipped
from backchannel.contacts import processes
from backchannel.errors import VocabularyError
from backchannel.records import UNKNOWN, Document


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


def parties(kit, text, *, day=date(2024, 5, 1), title=None, source=None):
    """The known parties of every contact told in ``text``."""
    document = Document(id="p", text=text, title=title, source=source, published=day)
    found = [c for c in pipeline.read(document, kit) if c.kind == "contact"]
    return [{p.actor for p in claim.parties} - {UNKNOWN} for claim in found]


def day_of(process):
    return date(process["until"] or 2024, 5, 1)


@pytest.mark.parametrize("process", vocabulary.load("processes.yml")["processes"], ids=lambda p: p["id"])
def test_standing_talks_have_their_parties(process, kit):
    for sentence in process["yes"]:
        assert set(process["parties"]) in parties(kit, sentence, day=day_of(process)), sentence


@pytest.mark.parametrize("process", vocabulary.load("processes.yml")["processes"], ids=lambda p: p["id"])
def test_other_talks_are_not_taken_for_standing_ones(process, kit):
    for sentence in process["no"]:
        assert set(process["parties"]) not in parties(kit, sentence, day=day_of(process)), sentence


def test_parties_of_standing_talks_are_in_the_dictionary():
    rows = vocabulary.load("processes.yml")
    named = {a for row in rows["processes"] for a in (*row["parties"], *row["near"], *row["others"])}
    assert {*named, *rows["opponents"], *rows["opponents"].values()} <= set(shipped().actors)


def test_standing_talks_end_with_their_years(kit):
    sentence = "The proximity talks began on Sunday."
    assert {"ISR", "PSE"} in parties(kit, sentence, day=date(2010, 5, 10))
    assert {"ISR", "PSE"} not in parties(kit, sentence, day=date(1985, 5, 10))


def test_another_party_keeps_standing_talks_away(kit):
    told = parties(kit, "Fiji and Samoa held six-way talks on tuna.", day=date(2005, 5, 1))
    assert told == [{"FJI", "WSM"}]


def test_halves_of_compounds_are_states_of_the_dictionary():
    assert set(vocabulary.load("roles.yml")["halves"].values()) <= set(shipped().actors)


def test_processes_are_checked(monkeypatch):
    rows = {"processes": [{"id": "b"}, {"id": "a"}]}
    monkeypatch.setattr(processes.vocabulary, "load", lambda name: rows)
    processes._processes.cache_clear()
    with pytest.raises(VocabularyError):
        processes._processes()
    monkeypatch.undo()
    processes._processes.cache_clear()


def test_an_office_with_its_business_is_not_held_by_the_persons_named_before(kit):
    text = "President Biden met President Xi in Lima on 1 May. The two defence ministers will speak by telephone soon."
    document = Document(id="p", text=text, published=date(2024, 5, 1))
    _, call = [c for c in pipeline.read(document, kit) if c.kind == "contact"]
    assert {(p.actor, p.person) for p in call.parties} == {("USA", None), ("CHN", None)}
