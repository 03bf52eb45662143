"""Every entry of ``acts.yml`` brings its proof: sentences in which it must tell an act and some in which it must not."""

from datetime import date

import pytest

from backchannel import pipeline, vocabulary
from backchannel.records import Claim, Document

ENTRIES = vocabulary.load("acts.yml")["entries"]


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


def acts(sentence: str, kit: pipeline.Kit) -> tuple[Claim, ...]:
    document = Document(id="a", text=sentence, published=date(2024, 5, 1))
    return tuple(claim for claim in pipeline.read(document, kit) if claim.kind == "act")


def sentences(kind: str) -> list:
    return [
        pytest.param(entry, sentence, id=f"{entry['id']}-{number}")
        for entry in ENTRIES
        for number, sentence in enumerate(entry[kind])
    ]


@pytest.mark.parametrize(("entry", "sentence"), sentences("yes"))
def test_act_word_tells_its_act(entry, sentence, kit):
    found = [(claim.evidence["event"][0].by, claim.event) for claim in acts(sentence, kit)]
    told = entry["event"] if "vowed" not in sentence else entry["hostile"]
    assert found == [(f"acts.{entry['id']}", told)]


@pytest.mark.parametrize(("entry", "sentence"), sentences("no"))
def test_act_word_in_another_sense_tells_none(entry, sentence, kit):
    assert [claim.evidence["event"][0].by for claim in acts(sentence, kit)] == []
