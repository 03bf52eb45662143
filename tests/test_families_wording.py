"""Every wording by which a text says whose it is shows a sentence that it must read and one that it must leave."""

import pytest

from backchannel.families import credit, notice, outlet_key, repeated
from backchannel.families.credits import bare, is_feed
from backchannel.families.wording import find
from backchannel.vocabulary import load

DATA = load("retellings.yml")


def sentences(section: str, kind: str) -> list:
    return [
        pytest.param(entry["id"], sentence, id=f"{entry['id']}-{number}")
        for entry in DATA[section]
        for number, sentence in enumerate(entry[kind])
    ]


def entries_in(section: str, text: str) -> set[str]:
    return {found.phrase.id for found in find(section, text)}


@pytest.mark.parametrize(("entry", "told"), sentences("credits", "yes"))
def test_credit_gives_the_outlet_and_is_left_out_of_the_text(entry, told):
    assert credit(told["text"]) == told["gives"]
    assert entry in entries_in("credits", told["text"].strip())
    assert "met" in bare(told["text"])
    assert credit(bare(told["text"])) is None


@pytest.mark.parametrize(("entry", "text"), sentences("credits", "no"))
def test_words_like_a_credit_give_no_outlet(entry, text):
    assert credit(text) is None


@pytest.mark.parametrize(("entry", "told"), sentences("retellings", "yes") + sentences("citing", "yes"))
def test_retelling_gives_the_outlet_at_the_end_of_the_chain(entry, told):
    assert repeated(told["text"]) == told["gives"]
    assert entry in entries_in("retellings", told["text"]) | entries_in("citing", told["text"])


@pytest.mark.parametrize(("entry", "text"), sentences("retellings", "no"))
def test_words_like_a_retelling_give_no_outlet(entry, text):
    assert repeated(text) is None


@pytest.mark.parametrize(("entry", "text"), sentences("citing", "no"))
def test_cited_people_are_no_outlet(entry, text):
    assert entries_in("citing", text) == set()


@pytest.mark.parametrize(("entry", "told"), sentences("feeds", "yes"))
def test_feed_is_told(entry, told):
    assert is_feed(told["text"])


@pytest.mark.parametrize(("entry", "text"), sentences("feeds", "no"))
def test_story_told_by_an_agency_man_is_no_feed(entry, text):
    assert not is_feed(text)


@pytest.mark.parametrize(("entry", "told"), sentences("trimmings", "yes"))
def test_trimming_is_left_out_of_the_text(entry, told):
    assert bare(told["text"]).strip() == "The envoys met."


@pytest.mark.parametrize(("entry", "text"), sentences("trimmings", "no"))
def test_words_like_a_trimming_stay(entry, text):
    assert bare(text) == text


@pytest.mark.parametrize(("entry", "text"), sentences("notices", "yes"))
def test_notice_gives_its_kind(entry, text):
    found = notice(text)
    assert found is not None
    assert found.kind == entry


@pytest.mark.parametrize(("entry", "text"), sentences("notices", "no"))
def test_words_like_a_notice_give_none(entry, text):
    assert notice(text) is None


def test_notice_names_the_headline_that_it_takes_back():
    found = notice('ADVISORY: story withdrawn\nPlease kill the story headlined "Envoys meet in Port Elm".')
    assert found is not None
    assert (found.kind, found.title) == ("retracted", "Envoys meet in Port Elm")


def test_names_of_one_outlet_have_one_key():
    assert {outlet_key(name) for name in ("AP", "The Associated Press", "associated press")} == {"associated press"}


def test_name_ends_where_the_outlet_ends():
    assert repeated("The Elm Gazette Monday reported that the envoys met.") == "elm gazette"
    assert repeated("The envoys met, according to Reuters Monday.") == "reuters"


def test_one_sentence_can_be_asked_whom_it_retells():
    assert (
        repeated("The two envoys also met in June, according to the Harbour Post, which cited letters.")
        == "harbour post"
    )
