"""Footnotes of a record name what was said in public of the talk, or on its day; those on other texts are left alone."""

from datetime import date

import pytest

from backchannel.analysis.publications import in_footnote
from backchannel.sources.record import Footnote
from gap_samples import claim, conversation, made, volume, when

FIRST, LAST = date(1965, 6, 4), date(1965, 6, 4)


def _told(text: str) -> list[tuple[str, str, str | None]]:
    found = in_footnote(Footnote(number="3", text=text), FIRST, LAST)
    return [(one.relation, one.publication, one.on) for one in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "For the joint communiqué issued on June 4, see Department of State Bulletin, June 21, 1965, p. 12.",
            ("outcome", "Department of State Bulletin", "1965-06-04"),
        ),
        (
            "The text of the release given out at the conclusion of the meeting is in American Foreign Policy: Current "
            "Documents, June 10, 1965, p. 2.",
            ("outcome", "American Foreign Policy", None),
        ),
        (
            "For the final communiqué, see American Foreign Policy: Current Documents, 1965, pp. 5–9.",
            ("outcome", "American Foreign Policy", None),
        ),
        (
            "The Minister’s press conference of June 4 is printed in Public Papers, 1965, p. 40.",
            ("same_day", "Public Papers of the Presidents", "1965-06-04"),
        ),
        (
            "The two sides published a joint statement on June 4, 1965. For text, see Department of State Bulletin, "
            "June 21, 1965.",
            ("outcome", "Department of State Bulletin", "1965-06-04"),
        ),
    ],
)
def test_the_public_text_of_the_day_is_read(text: str, told: tuple[str, str, str | None]) -> None:
    assert _told(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "For the speech of May 2, see Department of State Bulletin, May 20, 1965, p. 1.",
        "Reference is to the joint statement of June 4; see Department of State Bulletin, June 21, 1965.",
        "For the joint communiqué, see American Foreign Policy: Current Documents, 1962, p. 5.",
        "For the treaty, see Department of State Bulletin, June 21, 1965, p. 1.",
        "For that communiqué, see American Foreign Policy: Current Documents, 1965, p. 5.",
        "A joint communiqué was issued on June 4.",
    ],
)
def test_texts_of_other_days_and_without_a_place_in_print_are_left_alone(text: str) -> None:
    assert _told(text) == []


def test_a_text_that_came_out_of_the_talk_is_its_public_line() -> None:
    note = "For the joint communiqué issued on June 4, see Department of State Bulletin, June 21, 1965, p. 12."
    record = volume("d_record", "1965-06-04", notes=[note])
    told = claim("c_1", record, when("1965-06-04"))
    found = made([conversation("k_1", [told], told.when)], [told], [record])
    (public,) = found.public
    assert (public.standing, public.beside) == ("announced", ("k_1",))
    assert public.quotation is not None
    assert public.quotation.text == note and public.quotation.citation.endswith("Footnote 1.")
    assert found.closed[0].disclosure is not None and found.closed[0].disclosure.by == "public"
    assert (found.counts.public, found.counts.public_recorded) == (1, 1)


def test_words_of_one_side_on_the_day_stand_beside_but_make_nothing_known() -> None:
    note = "The Minister’s press conference of June 4 is printed in Public Papers, 1965, p. 40."
    record = volume("d_record", "1965-06-04", notes=[note])
    told = claim("c_1", record, when("1965-06-04"))
    found = made([conversation("k_1", [told], told.when)], [told], [record])
    assert found.public == ()
    assert [one.relation for one in found.closed[0].public_texts] == ["same_day"]
    assert found.counts.record_only == 1
