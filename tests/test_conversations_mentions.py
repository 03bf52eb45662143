"""A record mentions another conversation where words tell that it was held, and where it is not the record's own talk."""

from dataclasses import replace

import pytest

from backchannel.conversations import mentions
from backchannel.records import Claim, Evidence, Party, Span, Voice, When, Where

MAY = When(start="1961-05-04", end="1961-05-04", precision="day")
APRIL = When(start="1961-04-02", end="1961-04-02", precision="day")


def by(rule: str) -> tuple[Evidence, ...]:
    return (Evidence(start=0, end=3, text="met", by=rule),)


def told(sentence: str, word: str, actors: str = "ESP USA", **more) -> Claim:
    start = sentence.index(word)
    plain = Claim(
        id="c_told",
        document="d",
        sentence=Span(start=0, end=len(sentence), text=sentence),
        trigger=Span(start=start, end=start + len(word), text=word),
        form="meeting",
        parties=tuple(Party(actor=actor) for actor in actors.split()),
        status="occurred",
        voice=Voice(source_class="document"),
        evidence={"status": by("status.tense:past")},
    )
    return replace(plain, **more)


HEAD = told("Memorandum of Conversation", "Memorandum", id="c_head", by="markup", when=MAY, where=Where(text="Vigo"))


def is_mentioned(claim: Claim) -> bool:
    return mentions([HEAD, claim]) == {claim.id}


def test_a_contact_of_others_that_was_held_is_a_mention_and_the_head_is_none() -> None:
    assert is_mentioned(told("Norway met Sweden.", "met", "NOR SWE"))


@pytest.mark.parametrize("rule", ["status.tense:none", "status.tense:present", "status.process:noun"])
def test_a_bare_noun_or_a_habit_tells_of_a_conversation_only_with_a_day(rule: str) -> None:
    vague = told("The value of consultation.", "consultation", "NOR SWE", evidence={"status": by(rule)})
    dated = replace(vague, when=APRIL, evidence={"status": by(rule), "when": by("when.day")})
    assert not is_mentioned(vague)
    assert is_mentioned(dated)
    assert not is_mentioned(replace(dated, evidence={"status": by(rule), "when": by("date:published")}))


def test_a_contact_with_one_known_party_is_no_mention() -> None:
    assert not is_mentioned(told("Norway met somebody.", "met", "NOR UNKNOWN"))


def test_the_talk_that_a_record_records_is_no_mention() -> None:
    assert not is_mentioned(told("At this point the Secretary told the Ambassador of ships.", "told"))
    today = told(
        "They met on May 4.", "met", when=MAY, evidence={"status": by("status.tense:past"), "when": by("when.day")}
    )
    assert not is_mentioned(today)


def test_another_day_place_or_a_word_for_what_was_before_tells_another_talk() -> None:
    earlier = told(
        "They met on April 2.", "met", when=APRIL, evidence={"status": by("status.tense:past"), "when": by("when.day")}
    )
    assert is_mentioned(earlier)
    assert is_mentioned(told("They met at Ronda.", "met", where=Where(text="Ronda")))
    assert is_mentioned(told("The Secretary said that he had met the Ambassador.", "met"))
    assert is_mentioned(told("At their last meeting they spoke of ships.", "last meeting"))


def test_a_talk_of_which_a_note_finds_no_record_is_a_mention_in_any_words() -> None:
    assert is_mentioned(told("The talks.", "talks", evidence={}, extensions={"record": "not_found"}))
