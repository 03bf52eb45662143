"""Which documents are copies of one text, and which only look alike."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.families import credit, families, is_outlet, repeated, resemblance, signature
from backchannel.records import Document

WORDS = (
    "the envoys of both capitals met for three hours in a hotel by the harbour and spoke about the grain route the "
    "prisoners and the border posts before they parted without a statement while aides kept the press away from the "
    "doors and the host served coffee and said that another round might follow within the month if both sides agreed"
)
OTHER = (
    "ministers of the northern states gathered for their yearly council and approved a plan for the rail link that has "
    "been argued over for a decade as farmers along the line asked for higher payments and quieter trains at night"
)


def document(name: str, text: str, day: int = 1, source: str | None = None) -> Document:
    return Document(id=name, text=text, published=date(2021, 3, day), source=source or f"source of {name}")


def test_near_copy_belongs_to_the_earliest():
    found = families([document("b", WORDS + " sources added", 3), document("a", OTHER), document("c", WORDS, 2)])
    assert {name: family.id for name, family in found.items()} == {"a": "a", "b": "c", "c": "c"}


def test_shortened_copy_with_the_same_credit_is_in_the_family():
    full = document("a", f"ELM (Harbour Wire) - {WORDS}", 1, "Harbour Wire")
    short = document("b", f"ELM (Harbour Wire) - {WORDS[: len(WORDS) * 6 // 10]}", 1, "Oak Post")
    found = families([full, short])
    assert found["b"].id == "a"
    assert found["b"].outlet == "harbour wire"


def test_boilerplate_of_one_outlet_on_two_days_is_no_copy():
    found = families([document("a", WORDS, 1, "Ministry"), document("b", WORDS, 4, "Ministry")])
    assert found["a"].id != found["b"].id


def test_short_texts_are_copies_only_within_two_days():
    text = "The president spoke today with the prime minister about the border."
    found = families([document("a", text, 1), document("b", text, 2), document("c", text, 9)])
    assert [found[name].id for name in "abc"] == ["a", "a", "c"]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.permutations(range(6)))
def test_order_of_documents_does_not_matter(order: list[int]):
    texts = [WORDS, WORDS + " more", OTHER, WORDS[20:], OTHER + " today", "Nothing."]
    documents = [document(f"d{n}", text, 1 + n) for n, text in enumerate(texts)]
    assert families([documents[n] for n in order]) == families(documents)


def test_resemblance_runs_from_none_to_all():
    assert resemblance(signature(WORDS), signature(WORDS)) == 1.0
    assert resemblance(signature(WORDS), signature(OTHER)) < 0.1
    assert resemblance(signature(""), signature(WORDS)) == 0.0


def test_credit_is_read_at_either_end():
    assert credit("ELM (Reuters) - They met.") == "reuters"
    assert credit("They met in the harbour. (Harbour Wire)") == "harbour wire"
    assert credit("They met (on Monday) in the harbour.") is None


def test_ministry_is_no_outlet():
    assert is_outlet("The Elm Gazette")
    assert not is_outlet("Foreign Ministry")
    assert repeated("According to the Foreign Ministry, they met.") is None


def test_quoted_outlet_counts_in_the_lead_only():
    assert repeated("The envoys met in secret, the Oak Post reported.") == "oak post"
    assert repeated(WORDS + ". " + OTHER + ". The minister told the Oak Post that he was tired.") is None


def test_outlets_name_ends_with_its_sentence():
    assert repeated("The trip was first reported by the Oak Post. Mr Lind confirmed it.") == "oak post"
    assert repeated("It was first reported by U.S. News on Monday.") == "u.s. news"
