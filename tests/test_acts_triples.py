"""Who did what to whom as CAMEO triples: passives, promises, what is said of oneself and of another, several sides."""

import pytest

from backchannel import pipeline, vocabulary
from backchannel.actors import find
from backchannel.acts import cameo, events, lexicon
from backchannel.acts.triples import triples
from backchannel.language import segment


@pytest.fixture(scope="module")
def kit():
    return pipeline.load()


def read(text: str, kit: pipeline.Kit) -> list[str]:
    mentions = find(text, kit.actors, on=None)
    return [
        f"{one.source} {one.target} {one.cameo}"
        for sentence in kit.parser.parse(segment(text).sentences)
        for one in triples(sentence, mentions)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan police arrested three Ethiopian students.", ["KENCOP ETHEDU 173"]),
        ("Three Ethiopian students were arrested by Kenyan police.", ["KENCOP ETHEDU 173"]),
        ("A court in Guyana convicted two Brazilian sailors.", ["GUYJUD BRAMIL 173"]),
        ("Spain will supply weapons to Peru.", ["ESP PER 072"]),
        ("Spain said it would send food to Peru.", ["ESP PER 033"]),
        ("Spain said it would not send food to Peru.", ["ESP PER 121"]),
        ("Spain wants to attack Peru.", ["ESP PER 138"]),
        ("Spain agreed to lift the sanctions on Peru.", ["ESP PER 085"]),
        ("Spain said that Peru had attacked Chile.", ["ESP PER 112"]),
        ("Spain claimed that it had attacked Peru.", ["ESP PER 015"]),
        ("Spain and Peru met on Friday.", ["ESP PER 040", "PER ESP 040"]),
        ("Spain held talks with Peru.", ["ESP PER 046", "PER ESP 046"]),
        ("Spain received ministers from Peru.", ["PERGOV ESP 042", "ESP PERGOV 043"]),
        ("Rebels bombarded a town in Syria.", ["---REB SYR 190"]),
        ("British and French activists protested in Beijing.", ["GBROPP CHN 141", "FRAOPP CHN 141"]),
        ("Kenya freed twelve Somali sailors, a Ugandan officer said.", ["KEN SOMMIL 0841"]),
        ("Kenyan police clashed with Kenyan protesters.", ["KENCOP KENOPP 175", "KENOPP KENCOP 145"]),
        ("Spain and Peru agreed to withdraw their troops.", ["ESP PER 080", "PER ESP 080"]),
        ("Peruvian troops were deployed in Chile.", ["PERMIL CHL 150"]),
        ("Spain failed to send food to Peru.", ["ESP PER 121"]),
        ("There were two Chilean soldiers killed in Peru.", ["PER CHLMIL 190"]),
        ("Spain faces pressure from Peru.", ["PER ESP 100"]),
        ("Ten civilians were killed in Ukraine by pro-Russia rebels.", ["---REB UKRCVL 190"]),
    ],
)
def test_triples_of_one_sentence(text, expected, kit):
    assert read(text, kit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The weather in Spain was fine.",
        "A protester demolished the shed.",
        "Peru might want Spain to go home.",
    ],
)
def test_sentence_without_event_gives_no_triple(text, kit):
    assert read(text, kit) == []


def test_every_type_and_mode_has_a_code():
    assert [event for event in events() if event not in cameo.codes()] == []
    roots = {f"{number:02}" for number in range(1, 21)}
    codes = [*cameo.codes().values(), *(row["code"] for row in vocabulary.load(cameo.FILE)["finer"])]
    assert [code for code in codes if code[:2] not in roots] == []


def test_codes_name_what_the_vocabulary_has():
    entries = {entry.id for some in (*lexicon.entries().values(), *lexicon.given_entries().values()) for entry in some}
    forms = {"call", "host", "mediation", "negotiation", "summit", "visit"}
    known = {"CONSULT", *(f"CONSULT/{form}" for form in forms), *entries, *events(), "PROTEST/riot", "COERCE/repress"}
    known |= {f"{event.id}/{mode}" for event in events().values() for mode in event.modes}
    assert [key for key in cameo.codes() if key not in known] == []
