"""Every vocabulary entry shows a sentence that it must read and one that it must leave."""

from datetime import date

import pytest

from backchannel import pipeline, vocabulary
from backchannel.records import Claim, Document

DAY = date(2024, 5, 1)


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


SOURCES = {"readout": "Foreign Relations of the United States", "room": "White House"}
TITLES = {"room": "Readout of President Biden's Call with President Macron of France"}


def claims(sentence: str, kit: pipeline.Kit, *, needs: str = "") -> tuple[Claim, ...]:
    source, title = SOURCES.get(needs), TITLES.get(needs)
    found = pipeline.read(Document(id="v", text=sentence, title=title, published=DAY, source=source), kit)
    return tuple(claim for claim in found if claim.kind == "contact")


def sentences(name: str, key: str, kind: str) -> list:
    return [
        pytest.param(entry, sentence, id=f"{entry['id']}-{number}")
        for entry in vocabulary.load(name)[key]
        for number, sentence in enumerate(entry[kind])
    ]


@pytest.mark.parametrize(("entry", "sentence"), sentences("contacts.yml", "entries", "yes"))
def test_contact_word_tells_a_contact(entry, sentence, kit):
    assert claims(sentence, kit, needs=entry["needs"]), "no contact read"


@pytest.mark.parametrize(("entry", "sentence"), sentences("contacts.yml", "entries", "no"))
def test_contact_word_in_another_sense_tells_none(entry, sentence, kit):
    assert [c.trigger.text for c in claims(sentence, kit)] == []


@pytest.mark.parametrize(("entry", "sentence"), sentences("privacy.yml", "values", "yes"))
def test_privacy_cue_gives_its_value(entry, sentence, kit):
    assert [c.privacy for c in claims(sentence, kit)] == [entry["id"]]


@pytest.mark.parametrize(("entry", "sentence"), sentences("privacy.yml", "values", "no"))
def test_privacy_cue_on_something_else_gives_none(entry, sentence, kit):
    assert entry["id"] not in [c.privacy for c in claims(sentence, kit)]


@pytest.mark.parametrize(("entry", "sentence"), sentences("status.yml", "statuses", "yes"))
def test_status_cue_gives_its_value(entry, sentence, kit):
    assert [c.status for c in claims(sentence, kit)] == [entry["id"]]


@pytest.mark.parametrize(("entry", "sentence"), sentences("status.yml", "statuses", "no"))
def test_status_cue_elsewhere_gives_none(entry, sentence, kit):
    assert entry["id"] not in [c.status for c in claims(sentence, kit)]


@pytest.mark.parametrize(("entry", "sentence"), sentences("voice.yml", "classes", "yes"))
def test_source_words_give_their_class(entry, sentence, kit):
    assert [c.voice.source_class for c in claims(sentence, kit)] == [entry["id"]]


@pytest.mark.parametrize(("entry", "sentence"), sentences("voice.yml", "classes", "no"))
def test_source_words_elsewhere_give_none(entry, sentence, kit):
    assert entry["id"] not in [c.voice.source_class for c in claims(sentence, kit)]


@pytest.mark.parametrize(("entry", "sentence"), sentences("issues.yml", "issues", "yes"))
def test_issue_cue_is_read(entry, sentence, kit):
    told = sentence.replace("They", "Ministers of Chile and Peru", 1)
    found = [issue for c in claims(told, kit) for issue in (*c.issues, *c.extensions.get("issues", ()))]
    assert entry["id"] in found


@pytest.mark.parametrize(("entry", "sentence"), sentences("issues.yml", "issues", "no"))
def test_issue_cue_inside_other_words_is_left(entry, sentence, kit):
    told = f"Ministers of Chile and Peru met, and {sentence[0].lower()}{sentence[1:]}"
    assert entry["id"] not in [
        issue for c in claims(told, kit) for issue in (*c.issues, *c.extensions.get("issues", ()))
    ]
