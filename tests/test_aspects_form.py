"""The words that decide a form: matched whole, in any case, the longest first, and every group used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backchannel import vocabulary
from backchannel.aspects import form, summits, wording


def test_form_words_match_whole_words_only() -> None:
    assert wording.pattern("phone").search("a saxophone lesson") is None
    assert wording.pattern("aim").search("talks with dealers") is None


def test_form_words_match_in_any_case() -> None:
    found = wording.pattern("phone").search("By Telephone from Bern")
    assert found is not None
    assert found.group() == "By Telephone"


def test_form_words_prefer_the_longer_phrase() -> None:
    found = wording.pattern("phone").search("a phone call at noon")
    assert found is not None
    assert found.group() == "phone call"


def test_form_word_with_a_star_takes_any_ending() -> None:
    found = wording.pattern("aim").search("talks to renegotiate, then negotiating rounds")
    assert found is not None
    assert found.group() == "negotiating"


def test_form_word_that_begins_with_a_hyphen_ends_a_compound() -> None:
    assert wording.pattern("mediated").search("Omani-brokered talks") is not None


@pytest.mark.parametrize("text", ["business leaders", "the two leaders", "leaders of the fishing industry"])
def test_summits_leave_out_leaders_of_other_things(text: str) -> None:
    assert summits._leaders().search(text) is None


@pytest.mark.parametrize("text", ["nine other leaders", "heads of state", "leaders of the Gulf states"])
def test_summits_know_leaders_of_states(text: str) -> None:
    assert summits._leaders().search(text) is not None


def test_form_groups_are_all_read() -> None:
    rooms = [Path(str(module.__file__)).read_text(encoding="utf-8") for module in (form, summits)]
    read = set(re.findall(r"(?:pattern|words)\(\"(\w+)\"\)", " ".join(rooms))) | {"phone", "screen"}
    assert set(vocabulary.load(wording.FILE)) == read
