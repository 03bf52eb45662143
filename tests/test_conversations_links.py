"""Public events are linked with records of the same contact by persons, days and places, and with no others."""

from datetime import date

import pytest

from backchannel.conversations.link_people import is_same_name
from backchannel.conversations.links import FEATURES, Link, links, points
from link_samples import RUSK, US, WILSON, journey, memo, report, table, visit

BROWN = ("GBR", "George Brown", "Foreign Secretary Brown")
BRANDT = ("DEU", "Willy Brandt", "Foreign Minister Brandt")


def found(event, *records) -> tuple[Link, ...]:
    """Give the links of an event with records."""
    documents = {document.id: document for document, _ in (event, *records)}
    claims = event[1] if isinstance(event[1], list) else [event[1]]
    return links([*claims, *(claim for _, claim in records)], documents)


def features(link: Link) -> set[str]:
    return {reason.feature for reason in link.reasons}


def one_visit(**more):
    return table("visits", visit(**more))


def one_journey(**more):
    return table("travels", journey(**more))


def test_a_visit_is_linked_with_a_talk_of_the_visitor_and_says_why():
    (link,) = found(one_visit(), memo(1, US, WILSON))
    assert link.public.startswith("c_")
    assert link.recorded == "c_memo_1"
    assert features(link) == {"lead.person", "time.inside", "place.state", "host.present"}
    assert link.score == 0.9
    assert "Harold Wilson" in next(one.detail for one in link.reasons if one.feature == "lead.person")
    assert sum(one.weight for one in link.reasons) == pytest.approx(6.2)


@pytest.mark.parametrize(
    ("listed", "feature"),
    [
        (("GBR", None, "Mr. Wilson"), "lead.surname"),
        (("GBR", None, "H. Wilson, M.P."), "lead.surname"),
        ((None, None, "Prime Minister Wilson"), "lead.surname"),
        (("GBR", None, "The British Prime Minister"), "lead.office"),
        ((None, None, "The Prime Minister"), "lead.office"),
    ],
)
def test_a_visitor_is_known_by_surname_and_by_office(listed, feature):
    (link,) = found(one_visit(), memo(1, US, listed))
    assert feature in features(link)


@pytest.mark.parametrize(
    "listed",
    [
        BROWN,
        ("GBR", None, "Mrs. Wilson"),
        ("GBR", None, "A. B. Wilson"),
        ("GBR", None, "Miss Hart, Private Secretary to Prime Minister Wilson"),
        ("GBR", None, "The Deputy Prime Minister"),
        ("CAN", None, "Mr. Wilson"),
        ("GBR", None, "Mr. Wilsonby"),
    ],
)
def test_another_of_the_same_state_is_not_the_visitor(listed):
    assert found(one_visit(), memo(1, US, listed)) == ()


def test_of_two_leaders_of_one_state_only_the_visitor_is_linked():
    rows = [visit(), visit(visitor="Foreign Secretary George Brown")]
    document, claims = table("visits", *rows)
    (link,) = found((document, claims), memo(1, US, BROWN))
    assert link.public == claims[1].id


@pytest.mark.parametrize(
    ("on", "feature"),
    [
        ("1966-08-01", "time.edge"),
        ("1966-08-02", "time.inside"),
        ("1966-08-04", "time.inside"),
        ("1966-08-05", "time.edge"),
    ],
)
def test_days_at_the_edge_count_less(on, feature):
    (link,) = found(one_visit(), memo(1, US, WILSON, on=on))
    assert feature in features(link)


@pytest.mark.parametrize("on", ["1966-07-31", "1966-08-06", "1967-08-03"])
def test_days_outside_are_not_linked(on):
    assert found(one_visit(), memo(1, US, WILSON, on=on)) == ()


def test_a_talk_over_midnight_is_linked_by_its_last_day():
    (link,) = found(one_visit(), memo(1, US, WILSON, on="1966-08-01", end="1966-08-02"))
    assert "time.inside" in features(link)


def test_days_that_the_remarks_tell_are_of_the_stay():
    remarks = "Official visit. In U.S. July 30–August 9, also in Boston."
    (link,) = found(one_visit(remarks=remarks), memo(1, US, WILSON, on="1966-08-08", place="Boston"))
    assert "time.stay" in features(link)


def test_a_stay_over_new_year_is_in_two_years():
    event = one_visit(start="1966-12-29", end="1966-12-30", remarks="Departed U.S. January 4.")
    assert len(found(event, memo(1, US, WILSON, on="1967-01-03"))) == 1


def test_a_talk_elsewhere_or_by_telephone_is_no_part_of_a_visit():
    abroad = memo(1, US, WILSON, place="London", country="GBR")
    call = memo(2, US, WILSON, place=None, form="call")
    assert found(one_visit(), abroad, call) == ()


def test_an_internal_meeting_during_a_visit_is_not_linked():
    home = memo(1, US, RUSK, ("USA", "Harold Wilson", "Harold Wilson, Bureau of the Budget"))
    assert found(one_visit(), home) == ()


def test_a_journey_covers_talks_at_its_place_on_its_days():
    (link,) = found(one_journey(), memo(1, RUSK, BRANDT, on="1963-06-24", place="Bonn", country="DEU"))
    assert features(link) == {"lead.person", "time.inside", "place.same", "host.present"}


def test_a_journey_of_the_secretary_has_nothing_of_his_under_secretary():
    ball = ("USA", "George Ball", "The Under Secretary")
    assert found(one_journey(), memo(1, ball, BRANDT, on="1963-06-24", place="Bonn", country="DEU")) == ()


def test_a_journey_has_no_part_in_its_own_delegations_meetings():
    ours = memo(1, RUSK, ("USA", None, "Ambassador Hart"), on="1963-06-24", place="Bonn", country="DEU")
    unknown = memo(2, RUSK, (None, None, "Mr. Field"), on="1963-06-24", place="Bonn", country="DEU")
    assert found(one_journey(), ours, unknown) == ()


def test_third_states_met_at_a_gathering_are_linked_and_weigh_more():
    lange = ("NOR", "Halvard Lange", "Foreign Minister Lange")
    talk = memo(1, RUSK, lange, on="1963-06-24", place="Bonn", country="DEU")
    (plain,) = found(one_journey(), talk)
    (council,) = found(one_journey(remarks="Attended NATO Ministerial Meeting."), talk)
    assert "host.absent" in features(plain)
    assert "gathering" in features(council)
    assert plain.score < council.score


def test_a_town_goes_by_all_its_names():
    event = one_journey(country="China, People’s Republic of", locale="Peking", start="1972-02-21", end="1972-02-28")
    zhou = ("CHN", "Zhou Enlai", "Premier Chou En-lai")
    (link,) = found(event, memo(1, RUSK, zhou, on="1972-02-22", place="Beijing", country="CHN"))
    assert "place.same" in features(link)


def test_somebody_else_whom_the_remarks_name_adds_to_the_score():
    adenauer = ("DEU", "Konrad Adenauer", "Chancellor Adenauer")
    event = one_journey(remarks="Met with Chancellor Adenauer.")
    (link,) = found(event, memo(1, RUSK, adenauer, on="1963-06-24", place="Bonn", country="DEU"))
    assert "person.told" in features(link)


SPOKE = (("USA", "Lyndon Johnson"), ("GBR", "Harold Wilson"))


def test_a_report_of_the_same_day_and_persons_is_linked():
    (link,) = found(report(1, *SPOKE), memo(1, US, WILSON))
    assert features(link) == {"parties.same", "time.same_day", "persons.more", "form.same"}


@pytest.mark.parametrize(
    "told",
    [
        report(1, *SPOKE, on="1966-08-04"),
        report(1, *SPOKE, on=None),
        report(1, *SPOKE, status="denied"),
        report(1, *SPOKE, status="refused"),
        report(1, *SPOKE, form="call"),
        report(1, *SPOKE, published=date(1971, 5, 1)),
        report(1, *SPOKE, published=None),
        report(1, ("USA", "Dean Rusk"), ("GBR", "George Brown")),
        report(1, ("USA", "Lyndon Johnson"), ("GBR", "George Brown")),
        report(1, ("USA", None), ("GBR", None)),
        report(1, ("USA", "Lyndon Johnson"), ("FRA", None)),
        report(1, *SPOKE, place=("London", "GBR")),
    ],
    ids=[
        "next day",
        "no day",
        "denied",
        "refused",
        "call",
        "years later",
        "undated",
        "others",
        "one other",
        "nobody",
        "state",
        "place",
    ],
)
def test_a_report_of_another_contact_or_of_later_is_not_linked(told):
    assert found(told, memo(1, US, WILSON)) == ()


def test_a_report_without_persons_needs_the_place():
    told = report(1, ("USA", None), ("GBR", None), place=("Washington", "USA"))
    (link,) = found(told, memo(1, US, WILSON))
    assert features(link) == {"parties.same", "time.same_day", "place.same", "form.same"}


def test_a_call_is_told_for_two_days_by_two_clocks():
    told = report(1, *SPOKE, on="1966-08-04", form="call")
    (link,) = found(told, memo(1, US, WILSON, place=None, form="call", hours="1966-08-03T21:30"))
    assert "time.clock" in features(link)
    noted = memo(2, US, WILSON, hours="1966-08-03T23:30Z")
    (other,) = found(report(1, *SPOKE, on="1966-08-04"), noted)
    assert "time.clock" in features(other)


def test_a_record_is_not_public_and_links_with_no_record():
    document, claim = memo(1, US, WILSON)
    twin = memo(2, US, WILSON)
    assert links([claim, twin[1]], {document.id: document, twin[0].id: twin[0]}) == ()


def test_order_changes_nothing():
    event, talks = one_visit(), [memo(number, US, WILSON, on=f"1966-08-0{number}") for number in range(1, 6)]
    assert found(event, *talks) == found(event, *talks[::-1])
    assert len(found(event, *talks)) == 5


def test_every_feature_has_a_weight_and_a_meaning():
    assert points().keys() == FEATURES
    assert all(words for _, words in points().values())


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Alexei Kosygin", "Aleksei N. Kosygin", True),
        ("Zhou Enlai", "Chou En-lai", True),
        ("Ola Brekkenes", "O. T. Brekkenes", True),
        ("Ola Brekkenes", "Eva Brekkenes", False),
        ("Ola Brekkenes", "Ola Fossheim", False),
    ],
)
def test_names_in_their_usual_spellings_are_one_persons(one, other, is_one):
    assert is_same_name(one, other) is is_one
