"""Dates: what a phrase means against a document's day, and which phrase is the contact's."""

from datetime import date

import pytest

import backchannel
from backchannel.aspects import dates

ON = date(2023, 3, 11)


def one(text, *, on=ON, ahead=False):
    (phrase,) = dates.find(text)
    when = dates.resolve(phrase, on, ahead=ahead)
    return None if when is None else (when.start, when.end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in December", "2022-12", "2022-12"),
        ("In 1955", "1955", "1955"),
        ("May last year", "2022-05", "2022-05"),
        ("on 5 and 6 January", "2023-01-05", "2023-01-06"),
        ("from March 1 to March 3", "2023-03-01", "2023-03-03"),
        ("on Tuesday", "2023-03-07", "2023-03-07"),
        ("the day before yesterday", "2023-03-09", "2023-03-09"),
        ("last month", "2023-02", "2023-02"),
        ("two days ago", "2023-03-09", "2023-03-09"),
        ("over the past three months", "2022-12", "2023-03"),
        ("during the past four days", "2023-03-08", "2023-03-11"),
        ("in the summer of 1971", "1971-06", "1971-08"),
        ("on the 9th", "2023-03-09", "2023-03-09"),
        ("earlier this week", "2023-03-06", "2023-03-10"),
        ("three hours ago", "2023-03-11", "2023-03-11"),
        ("in the 1980s", "1980", "1989"),
        ("his January trip", "2023-01", "2023-01"),
    ],
)
def test_phrase_is_read_against_the_documents_day(text, start, end):
    assert one(text) == (start, end)


def test_weekend_is_the_one_before():
    assert one("over the weekend", on=date(2023, 3, 13)) == ("2023-03-11", "2023-03-12")


def test_phrase_looks_ahead_where_told():
    assert one("in October", on=date(2013, 9, 28), ahead=True) == ("2013-10", "2013-10")
    assert one("on Friday", ahead=True) == ("2023-03-17", "2023-03-17")
    assert one("on January 22", on=date(1970, 2, 6), ahead=True) == ("1970-01-22", "1970-01-22")


def test_may_and_march_are_verbs_without_a_preposition():
    assert dates.find("They may march to the palace.") == []


def test_phrase_that_counts_from_the_document_needs_its_day():
    assert one("last month", on=None) is None
    assert one("on 3 July 1988", on=None) == ("1988-07-03", "1988-07-03")


def test_year_of_a_later_phrase_is_lent():
    found = list(dates.years(dates.find("on January 11 and again on November 26, 2021")))
    assert [year for _, year in sorted(found, key=lambda pair: pair[0].start)] == [2021, None]


def test_impossible_day_is_no_date():
    assert one("on 31 February 2023") is None


def when(text, day, **more):
    claim, *_ = backchannel.code(text, date=day, **more)
    return None if claim.when is None else (claim.when.start, claim.when.end)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("President Xi visited Riyadh in December to see the Saudi king.", "2023-03-11", "2022-12"),
        ("Iran and the United States will continue their talks in Geneva in October.", "2013-09-28", "2013-10"),
        ("The talks between Serbia and Kosovo had been postponed from 26 November.", "2023-12-01", "2023-11-26"),
        ("The Omani minister met the Iranian envoy on Friday to prepare next week's summit.", "2021-03-15", "2021-03-12"),
        ("Chile and Peru held talks in Lima for the first time since the war of 1995.", "2004-05-01", None),
        ("The Polish minister said on Monday that he had met his Czech colleague in April.", "2021-06-15", "2021-04"),
    ],
)  # fmt: skip
def test_date_of_the_contact_is_chosen(text, day, expected):
    assert when(text, day) == (None if expected is None else (expected, expected))


def test_month_goes_with_the_year_of_its_neighbour():
    text = "The envoys of Iran and Iraq met in Vienna in May and again in Malta in September 2023."
    assert when(text, "2024-01-10") == ("2023-05", "2023-05")


def test_title_of_an_announcement_gives_the_day():
    text = "The agenda of the talks includes the gas price."
    title = "On May 4, Vladimir Putin will hold talks with President of Serbia Aleksandar Vucic"
    claims = backchannel.code(text, date="2022-05-01", title=title, source="President of Russia")
    assert [c.when.start for c in claims if c.when] == ["2022-05-04"] * len(claims)


def test_regular_contacts_have_no_day():
    assert when("Norway and Russia hold regular consultations on fish.", "2015-02-03") is None


def test_date_right_behind_another_contact_is_left_to_it():
    text = (
        "The Peruvian minister recalled our conversation the previous week and asked me to see the Chilean ambassador."
    )
    assert when(text, "2015-04-20") is None


def test_date_at_the_end_of_what_was_fixed_is_the_contacts():
    text = "The Chilean president confirmed his state visit to Peru, scheduled for 9 May."
    assert when(text, "2015-04-20") == ("2015-05-09", "2015-05-09")


def test_bare_question_after_talks_dates_nothing():
    text = "Are there private conversations going on with Norway?"
    claims = backchannel.code(text, date="2016-09-14", title="Press Briefing", source="White House")
    assert [c.when for c in claims] == [None] * len(claims)


def test_digest_dates_a_visit_by_its_day_and_talks_under_way_by_their_month():
    source = "Wikipedia Portal:Current events"
    visit = backchannel.code("On an official visit to Chad, the Malian premier praises the army.", date="2012-05-09", source=source)  # fmt: skip
    talks = backchannel.code("Chad is in talks with Mali over the border posts.", date="2012-05-09", source=source)
    assert visit[0].when.start == "2012-05-09"
    assert talks[0].when.start == "2012-05"
