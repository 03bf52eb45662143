"""Two accounts of one call stand side by side: what both tell, what they tell otherwise, what one alone tells."""

from dataclasses import replace
from datetime import date

import pytest

from backchannel.actors import shipped
from backchannel.analysis.assignment import assign
from backchannel.analysis.readouts import Readouts, compare
from backchannel.analysis.readouts_points import points
from backchannel.language import segment
from backchannel.records import Party, When
from readouts_samples import DAY, claim, conversation, document, told

NORWAY, CHILE, PRESS = "official:NOR", "official:CHL", "outlet:elm gazette"


def _only(made: Readouts, teller: str) -> list[str]:
    return [one.quotations[teller][0].text for one in made.lines if one.tellers == (teller,)]


def _both(made: Readouts) -> list[tuple[str, str]]:
    lines = (one for one in made.lines if set(one.tellers) >= {NORWAY, CHILE})
    return [(one.quotations[NORWAY][0].text, one.quotations[CHILE][0].text) for one in lines]


def _differences(made: Readouts) -> dict[str, dict[str, tuple[str, ...]]]:
    return {each.what: each.told for one in made.lines for each in one.differences}


def _points(text: str) -> list[str]:
    made = document("NOR", text)
    return [one.text for one in points(made, segment(text).sentences, shipped(), ("NOR", "CHL"))]


def test_a_paraphrase_is_told_by_both() -> None:
    made = told(
        NOR="They agreed to protect salmon farms from the toxic algae off Patagonia.",
        CHL="The two leaders agreed that salmon farming must be shielded against toxic algae along the Patagonian coast.",
    )
    assert len(_both(made)) == 1
    assert _only(made, NORWAY) == _only(made, CHILE) == []


def test_what_one_side_alone_tells_stays_with_it() -> None:
    made = told(
        NOR="The prime minister raised the detention of a Norwegian journalist.",
        CHL="The president described new copper smelters in Antofagasta.",
    )
    assert _both(made) == []
    assert _only(made, NORWAY) == ["The prime minister raised the detention of a Norwegian journalist"]
    assert _only(made, CHILE) == ["The president described new copper smelters in Antofagasta"]


def test_the_nearest_point_is_shown_where_it_is_too_far_to_be_the_same() -> None:
    made = told(
        NOR="The prime minister offered icebreakers for the polar station at Troll, with crews, fuel and pilots.",
        CHL="The president described the polar winter of 1911, when dogs died, maps misled and soup ran out.",
    )
    assert _both(made) == []
    near = {one.tellers[0]: one.near.document for one in made.lines if one.near is not None}
    assert near == {NORWAY: "d_CHL", CHILE: "d_NOR"}


def test_a_longer_list_shows_its_further_items() -> None:
    made = told(
        NOR="They discussed salmon farming, lithium mining, the Antarctic Treaty, whale stocks and submarine cables.",
        CHL="They discussed lithium mining and the Antarctic Treaty.",
    )
    assert {one for one, _ in _both(made)} == {"lithium mining", "the Antarctic Treaty"}
    assert _only(made, NORWAY) == ["salmon farming", "whale stocks", "submarine cables"]
    assert [side.longest_list for side in made.sides] == [5, 2]
    assert _differences(made)["list"] == {NORWAY: ("5",), CHILE: ("2",)}


def test_numbers_that_contradict_are_named() -> None:
    made = told(
        NOR="Norway pledged 40 million for the lithium plant in Atacama.",
        CHL="Norway pledged 70 million for the lithium plant in Atacama.",
    )
    (line,) = made.lines
    assert line.standing == "both, worded differently"
    assert _differences(made) == {"numbers": {NORWAY: ("40 million",), CHILE: ("70 million",)}}


def test_dates_that_contradict_are_named() -> None:
    made = told(
        NOR="They agreed that geologists will inspect the Atacama lithium plant on 3 June 2024.",
        CHL="They agreed that geologists will inspect the Atacama lithium plant on 5 July 2024.",
    )
    assert _differences(made)["dates"] == {NORWAY: ("3 June 2024",), CHILE: ("5 July 2024",)}


def test_thanking_is_not_urging() -> None:
    made = told(
        NOR="The prime minister urged Chile to release the trawler Havørn.",
        CHL="The prime minister thanked Chile for the release of the trawler Havørn.",
    )
    assert _differences(made)["saying"] == {NORWAY: ("asked",), CHILE: ("thanked",)}


def test_what_was_not_discussed_stands_against_what_was() -> None:
    made = told(
        NOR="They discussed the whaling quota.",
        CHL="The two leaders did not discuss the whaling quota.",
    )
    assert len(_both(made)) == 1
    assert _differences(made)["negation"] == {CHILE: ("did not",)}


def test_a_denial_stands_against_what_it_denies() -> None:
    made = told(
        NOR="The president promised to shut the Mejillones smelter.",
        CHL="The presidency denied that it had promised to shut the Mejillones smelter.",
    )
    assert _differences(made)["negation"] == {CHILE: ("denied",)}


def test_a_hedge_is_a_difference() -> None:
    made = told(
        NOR="They agreed to open a consulate in Punta Arenas.",
        CHL="They agreed to possibly open a consulate in Punta Arenas.",
    )
    assert _differences(made)["hedges"] == {CHILE: ("possibly",)}


def test_words_given_to_the_other_side_are_a_difference() -> None:
    made = told(
        NOR="Chile asked for an inquiry into the Svalbard fishing licences.",
        CHL="Norway asked for an inquiry into the Svalbard fishing licences.",
    )
    assert _differences(made)["speaker"] == {NORWAY: ("Chile",), CHILE: ("Norway",)}


def test_copies_of_a_joint_statement_are_all_told_by_both() -> None:
    text = "They agreed to map the seabed. They discussed krill, glaciers and icebreakers. Chile thanked Norway for it."
    made = told(NOR=text, CHL=text)
    assert {one.standing for one in made.lines} == {"both"}
    assert [side.share for side in made.sides] == [1.0, 1.0]
    assert made.apart == ()


def test_one_account_is_shown_and_said_to_be_one() -> None:
    made = told(NOR="They discussed krill.")
    assert made.is_one_sided
    assert _only(made, NORWAY) == ["krill"]
    assert made.sides[0].issues_alone == ()


def test_a_text_that_tells_two_calls_is_cut_to_this_one() -> None:
    ours = "Norway's prime minister spoke with Chile by telephone today."
    theirs = "Later she spoke with Ghana about cocoa."
    text = f"{ours} They discussed krill. {theirs} They agreed to plant cocoa trees."
    one = document("NOR", text, title="Calls of the prime minister")
    mine, other = claim(one, ours), claim(one, theirs, id="c_other", parties=("NOR", "GHA"))
    made = compare(conversation({NORWAY: mine}), [mine, other], {one.id: one}, shipped())
    assert _only(made, NORWAY) == ["krill"]


def test_what_is_said_of_another_talk_stays_a_point() -> None:
    ours = "Norway's prime minister spoke with Chile by telephone today."
    theirs = "She stressed that Norway had spoken with Ghana about cocoa."
    one = document("NOR", f"{ours} {theirs}", title="Call with Chile")
    mine, other = claim(one, ours), claim(one, theirs, id="c_other", parties=("NOR", "GHA"), word="spoken")
    made = compare(conversation({NORWAY: mine}), [mine, other], {one.id: one}, shipped())
    assert _only(made, NORWAY) == [theirs[:-1]]


def test_news_about_something_else_gives_only_what_it_tells_of_the_contact() -> None:
    opening = "Norway spoke with Chile by telephone on Tuesday."
    text = f"Salmon prices fell in Bergen. {opening} They discussed krill. The harbour stays shut until autumn."
    one = document("press", text, title="Salmon prices fall")
    mine = claim(one, opening)
    made = compare(conversation({PRESS: mine}), [mine], {one.id: one}, shipped())
    assert _only(made, PRESS) == ["krill"]


def test_the_parties_come_before_the_press() -> None:
    made = told(press="They discussed krill.", CHL="They discussed krill.", NOR="They discussed krill.")
    assert [one.teller for one in made.sides] == [NORWAY, CHILE, PRESS]
    assert [set(one.tellers) for one in made.lines] == [{NORWAY, CHILE, PRESS}]


def test_what_a_paper_alone_heard_stays_with_the_paper() -> None:
    made = told(
        NOR="They discussed krill.", CHL="They discussed krill.", press="They quarrelled over a stolen icebreaker."
    )
    assert _only(made, PRESS) == ["They quarrelled over a stolen icebreaker"]


def test_an_announcement_is_no_account() -> None:
    opening = "Norway's prime minister spoke with Chile by telephone today."
    one = document("NOR", f"{opening} They discussed krill.")
    ahead = replace(
        document("CHL", "Chile's president will speak with Norway about glaciers."), published=date(2024, 5, 9)
    )
    plan = claim(ahead, "Chile's president will speak with Norway about glaciers.", word="speak", status="planned")
    mine = claim(one, opening)
    made = compare(conversation({NORWAY: mine, CHILE: plan}), [mine, plan], {one.id: one, ahead.id: ahead}, shipped())
    assert [side.teller for side in made.sides] == [NORWAY]


def test_who_called_whom_and_when_stand_apart() -> None:
    opening = "Norway's prime minister spoke with Chile by telephone today."
    answer = "Chile's president spoke with Norway by telephone today."
    one, other = document("NOR", f"{opening} They discussed krill."), document("CHL", f"{answer} They discussed krill.")
    asked = (Party(actor="NOR"), Party(actor="CHL", role="initiator"))
    late = When(start="2024-05-13", end="2024-05-13", precision="day")
    mine, theirs = claim(one, opening), replace(claim(other, answer), parties=asked, when=late)
    made = compare(
        conversation({NORWAY: mine, CHILE: theirs}), [mine, theirs], {one.id: one, other.id: other}, shipped()
    )
    assert made.apart == ("when: Norway: 14 May 2024; Chile: 13 May 2024", "at whose initiative: Chile: Chile")


def test_quotations_are_the_words_of_their_documents() -> None:
    texts = {
        "NOR": "They discussed krill, whales and the Antarctic Treaty; they agreed to map the seabed.",
        "CHL": "They discussed krill.",
    }
    made = told(**texts)
    whole = {f"d_{who}": document(who, text) for who, text in texts.items()}
    for line in made.lines:
        for one in (each for told_ in line.quotations.values() for each in told_):
            assert one.text in whole[one.document].text
            assert one.end - one.start == len(one.text)


def test_the_same_accounts_give_the_same_lines_in_any_order() -> None:
    texts = {"NOR": "They discussed krill, whales and glaciers.", "CHL": "They discussed glaciers and krill."}
    assert told(**texts) == told(**dict(reversed(texts.items())))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Good evening, everyone! They agreed to map the seabed.", ["They agreed to map the seabed"]),
        ("OSLO, 14 May 2024 — They agreed to map the seabed.", ["They agreed to map the seabed"]),
        ("They discussed krill, whales and glaciers.", ["krill", "whales", "glaciers"]),
        ("They discussed peace and security.", ["peace and security"]),
        ("They discussed the link between Norway and the islands.", ["the link between Norway and the islands"]),
        (
            "She praised the pilots and urged Chile to open its harbours.",
            ["She praised the pilots", "urged Chile to open its harbours"],
        ),
        ("She said: “We agreed and we told you so, and we thank you for it.”", None),
    ],
)
def test_an_account_is_cut_into_points(text: str, found: list[str] | None) -> None:
    assert _points(text) == (found if found is not None else [text.rstrip()])


def test_assignment_gains_most_in_all() -> None:
    assert assign([[0.9, 0.8, 0.0], [0.8, 0.1, 0.0]]) == [(0, 1), (1, 0)]
    assert assign([[0.1], [0.9]]) == [(1, 0)]
    assert assign([]) == []


def test_a_day_is_published_as_given() -> None:
    made = told(NOR="They discussed krill.", CHL="They discussed krill.")
    assert {side.published for side in made.sides} == {DAY.isoformat()}
