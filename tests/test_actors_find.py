"""Mentions are resolved against the day: offices, surnames, states that ended, names inside longer names."""

from datetime import date

import pytest

from backchannel.actors import find, shipped


def read(text: str, on: str | None, *context: str) -> list[tuple[str, str | None]]:
    day = date.fromisoformat(on) if on else None
    return [(m.text, m.actor) for m in find(text, shipped(), on=day, context=context)]


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Secretary Powell met Ivanov.", "2002-03-01", [("Powell", "USA"), ("Ivanov", "RUS")]),
        ("Gromyko flew home.", "1970-03-01", [("Gromyko", "SUN")]),
        ("Moscow answered.", "1970-03-01", [("Moscow", "SUN")]),
        ("Moscow answered.", "2005-03-01", [("Moscow", "RUS")]),
        ("Putin met Xi.", None, [("Putin", "RUS"), ("Xi", "CHN")]),
        (
            "Former President Clinton met Kim Jong Il.",
            "2009-08-05",
            [("Clinton", "PERSON_CLINTON"), ("Kim Jong Il", "PRK")],
        ),
        ("In 1955 Nehru received a guest.", "1999-01-01", [("Nehru", "IND")]),
        ("The Australian foreign minister left.", "2023-01-01", [("Australian", "AUS")]),
        ("U.S. Steel closed a mill.", "2023-01-01", [("U.S. Steel", "US_STEEL")]),
        ("They may leave in May.", "2018-01-01", []),
        ("The South China Sea is calm.", "2023-01-01", []),
    ],
)
def test_names_mean_what_they_meant_on_the_day(text, on, expected):
    assert read(text, on) == expected


def test_a_surname_with_another_first_name_is_another_person():
    assert read("Hunter Biden was in court.", "2023-07-26") == []


def test_context_decides_between_namesakes():
    assert ("Secretary Napolitano"[10:], "USA") in read("Secretary Napolitano spoke.", "2010-01-08", "USA")


def test_spans_quote_the_text():
    text = "On Tuesday Foreign Minister Araghchi met Steve Witkoff in Muscat."
    assert all(text[m.start : m.end] == m.text for m in find(text, shipped(), on=date(2025, 4, 20)))
