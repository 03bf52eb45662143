"""The room of attribution: source, cue and content of what is said, in whose words, and through whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backchannel import vocabulary
from backchannel.attribution import Attribution, find
from backchannel.attribution.quotes import quotes
from backchannel.language import Parser, segment


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def told(text: str, parser: Parser) -> list[Attribution]:
    return list(find(text, tuple(parser.parse(segment(text).sentences))))


def spans(one: Attribution) -> tuple[str | None, str | None, list[str]]:
    return (
        one.source.text if one.source is not None else None,
        one.cue.text if one.cue is not None else None,
        [span.text for span in one.content],
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Haas said that the envoys had left.", "Haas", "said", ["that the envoys had left"]),
        ("The envoys, Haas said, had left Oslo.", "Haas", "said", ["The envoys", "had left Oslo"]),
        ("The envoys had left Oslo, Haas said.", "Haas", "said", ["The envoys had left Oslo"]),
        (
            "The talks went well, according to a cable from the embassy.",
            "a cable from the embassy",
            "according to",
            ["The talks went well"],
        ),
        ("According to the ministry, the talks went well.", "the ministry", "According to", ["the talks went well"]),
        ("Leaked minutes show that the envoys met.", "Leaked minutes", "show", ["that the envoys met"]),
        (
            "A statement saying that the talks had ended was read.",
            "A statement",
            "saying",
            ["that the talks had ended"],
        ),
        ("Haas questioned whether the offer was serious.", "Haas", "questioned", ["whether the offer was serious"]),
        ("Brandt's promise to return was kept.", "Brandt's", "promise", ["to return"]),
        ("Haas promised to sign the letter.", "Haas", "promised", ["to sign the letter"]),
        ("Norway fears that the talks will fail.", "Norway", "fears", ["that the talks will fail"]),
        ("Haas called for a ceasefire.", "Haas", "called", ["a ceasefire"]),
        ("Haas called him a coward.", "Haas", "called", ["him a coward"]),
        ("The minister is sure that the talks will fail.", "The minister", "sure", ["that the talks will fail"]),
        ("The envoys reportedly met in Oslo.", None, "reportedly", ["The envoys", "met in Oslo"]),
    ],
)
def test_attribution_gives_source_cue_and_content(text, source, cue, content, parser) -> None:
    assert [spans(one) for one in told(text, parser)] == [(source, cue, content)]


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ('"We met twice," Minister Haas said.', "direct", ['"We met twice,"']),
        (
            '"We met twice," said Haas, "and we shall meet again."',
            "direct",
            ['"We met twice,"', '"and we shall meet again."'],
        ),
        (
            '"We met twice," Haas said. "Nobody shouted. We parted as friends."',
            "direct",
            ['"We met twice,"', '"Nobody shouted. We parted as friends."'],
        ),
        ("Haas said: “We met. We talked.\n\n“Then we left.”", "direct", ["“We met. We talked.", "“Then we left.”"]),
        ('Haas said that the talks were "hard but honest".', "mixed", ['that the talks were "hard but honest"']),
        ('Haas called him "a man of peace".', "mixed", ['him "a man of peace"']),
        ("The talks were over, Haas said.", "indirect", ["The talks were over"]),
        ('Haas: "We met twice."', "direct", ['"We met twice."']),
    ],
)
def test_attribution_tells_whose_words_they_are(text, kind, content, parser) -> None:
    found = told(text, parser)
    assert [(one.kind, [span.text for span in one.content]) for one in found] == [(kind, content)]
    assert "Haas" in found[0].source.text


def test_a_pronoun_stands_for_the_last_speaker(parser) -> None:
    found = told("Minister Haas said that the talks were over. He added that nobody had won.", parser)
    assert [one.person.text if one.person is not None else None for one in found] == [None, "Minister Haas"]


def test_a_relative_pronoun_stands_for_what_its_clause_hangs_on(parser) -> None:
    (found,) = told("Haas, who said that he was ill, left.", parser)
    assert (found.source.text, found.person.text) == ("who", "Haas")


def test_a_chain_leads_from_the_inner_teller_to_the_outer(parser) -> None:
    outer, inner = told("Officials said that Haas had told them the talks were over.", parser)
    assert (outer.source.text, outer.chain, outer.is_inside) == ("Officials", (), False)
    assert (inner.source.text, [link.text for link in inner.chain], inner.is_inside) == ("Haas", ["Officials"], True)


def test_attribution_keeps_anonymous_speaker_unnamed_with_terms_and_reason(parser) -> None:
    text = (
        "The envoys met in Oslo, a diplomat said. The diplomat spoke on condition of anonymity "
        "because the talks were not public."
    )
    first = told(text, parser)[0]
    assert (first.is_anonymous, first.terms, first.reason) == (
        True,
        "condition of anonymity",
        "because the talks were not public",
    )


def test_a_named_official_is_not_anonymous(parser) -> None:
    (found,) = told("The envoys met in Oslo, Ambassador Nora Lind said.", parser)
    assert (found.is_anonymous, found.terms) == (False, None)


def test_a_turn_of_a_transcript_belongs_to_its_label(parser) -> None:
    (found,) = told("HAAS: We met twice.", parser)
    assert (found.source.text, found.cue, found.content[0].text) == ("HAAS", None, "We met twice.")


def test_what_nobody_has_said_is_no_attribution(parser) -> None:
    for text in ("Haas could say that it rains.", "Haas went home to tell them that it rained.", "The envoys met."):
        assert told(text, parser) == []


def entries(kind: str) -> list:
    return [
        pytest.param(entry, sentence, id=f"{entry['id']}-{number}")
        for entry in vocabulary.load("attribution.yml")["cues"]
        for number, sentence in enumerate(entry[kind])
    ]


@pytest.mark.parametrize(("entry", "sentence"), entries("yes"))
def test_cue_hands_its_content_to_smith(entry, sentence, parser) -> None:
    assert [one.source.text for one in told(sentence, parser) if one.source is not None]


@pytest.mark.parametrize(("entry", "sentence"), entries("no"))
def test_other_verbs_hand_nothing_over(entry, sentence, parser) -> None:
    assert told(sentence, parser) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no. She left.\n\nThen "yes" came.', ['"no.', '"yes"']),
        ('The 6" gun was "loud" and 5\' long.', ['"loud"']),
        ("“One. Two.\n\n“Three.” End.", ["“One. Two.", "“Three.”"]),
        ("“One,“ he said.", ["“One,“"]),
        ("''One,'' he said, ''two.''", ["''One,''", "''two.''"]),
        ("One,” he said.", []),
    ],
)
def test_an_odd_mark_spoils_its_own_sentence_at_most(text, quoted) -> None:
    assert [text[start:end] for start, end in quotes(text)] == quoted


@given(st.text(alphabet="ab .,'\"“”«»\n6", max_size=60))
def test_quotations_lie_apart_and_inside_the_text(text) -> None:
    last = 0
    for start, end in quotes(text):
        assert last <= start < end <= len(text)
        last = end


MARKED = '"We met," Haas said. "It was late."\n\nBrandt called it "a farce," and left. "Nobody," he said, "won."'


@pytest.mark.parametrize("lost", [n for n, mark in enumerate(MARKED) if mark == '"'])
def test_a_lost_mark_loses_no_speaker(lost, parser) -> None:
    text = MARKED[:lost] + MARKED[lost + 1 :]
    found = told(text, parser)
    assert {"Haas", "Brandt"} <= {one.source.text for one in found if one.source is not None}
    for one in found:
        for span in (*one.content, *(s for s in (one.source, one.cue, one.person) if s is not None)):
            assert text[span.start : span.end] == span.text
