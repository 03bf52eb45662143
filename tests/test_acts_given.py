"""Where both sides are given a looser word tells the act; each entry of ``acts_given.yml`` brings its proof."""

import pytest

from backchannel import pipeline, vocabulary
from backchannel.acts.between import between
from backchannel.evaluate import plv

ENTRIES = vocabulary.load("acts_given.yml")["entries"]


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


def code(sentence: str, kit: pipeline.Kit) -> plv.Coded:
    one = plv.marked("1", sentence, "")
    return plv.code(one, next(plv.parse([one], kit)), kit)


def sentences(kind: str) -> list:
    return [
        pytest.param(entry, sentence, id=f"{entry['id']}-{number}")
        for entry in ENTRIES
        for number, sentence in enumerate(entry[kind])
    ]


@pytest.mark.parametrize(("entry", "sentence"), sentences("yes"))
def test_word_between_given_sides_tells_its_type(entry, sentence, kit):
    tie = code(sentence, kit).tie
    assert tie is not None
    assert tie.event in (entry["event"], entry.get("hostile"))


@pytest.mark.parametrize(("entry", "sentence"), sentences("no"))
def test_word_in_another_sense_is_not_this_entry(entry, sentence, kit):
    tie = code(sentence, kit).tie
    assert tie is None or tie.entry is None or tie.entry.id != entry["id"]


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("<s>Malta</s> sent doctors to <t>Chad</t>.", "AID"),
        ("<s>Malta</s> will send doctors to <t>Chad</t>.", "AGREE"),
        ("<s>Malta</s> will not send doctors to <t>Chad</t>.", "REJECT"),
        ("<s>Malta</s> refused to send doctors to <t>Chad</t>.", "REJECT"),
        ("<s>Malta</s> asked <t>Chad</t> to send doctors.", "REQUEST"),
        ("<s>Malta</s> will attack <t>Chad</t>.", "THREATEN"),
        ("<t>Chad</t> was attacked by <s>Malta</s>.", "ASSAULT"),
        ("<s>Malta's envoy</s> met <t>the king of Chad</t>.", "CONSULT"),
        ("<s>Malta's envoy</s> will meet <t>the king of Chad</t>.", "AGREE"),
        ("<s>Malta's envoy</s> refused to meet <t>the king of Chad</t>.", "REJECT"),
        ("<s>Malta</s> lifted sanctions on <t>Chad</t>.", "YIELD"),
        ("<s>Malta</s> refused to lift sanctions on <t>Chad</t>.", "REJECT"),
    ],
)
def test_type_counts_by_what_became_of_the_deed(sentence, event, kit):
    assert code(sentence, kit).event == event


def test_nothing_is_told_where_no_word_tells_it(kit):
    assert code("<s>Malta</s> is smaller than <t>Chad</t>.", kit) == plv.Coded(event=None)


def test_the_word_whose_subject_is_the_source_wins(kit):
    one = plv.marked("1", "<s>Malta</s> condemned <t>Chad</t> after rebels bombed Sudan.", "")
    (sentence,) = next(plv.parse([one], kit))
    tie = between(sentence, plv.words_in(sentence, one.source), plv.words_in(sentence, one.target))
    assert tie is not None
    assert (tie.word.text, tie.event) == ("condemned", "ACCUSE")
