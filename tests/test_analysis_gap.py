"""What was known at the time stands in one lane, what only the record tells in the other, and the figures say how far apart."""

from dataclasses import replace

from backchannel.analysis import gap_axis, gap_figures
from backchannel.analysis.gap import Scope
from backchannel.analysis.gap_records import Gap
from gap_samples import claim, conversation, link, made, news, volume, when

DAY = when("1971-03-04")


def _apart() -> Gap:
    """A visit told in public and a talk of the same days told by a record, without a link."""
    paper, record = news("d_paper", "1971-03-05"), volume("d_record", "1971-03-04")
    public = claim("c_public", paper, DAY, privacy="public", issues=("trade",), said=True)
    closed = claim("c_closed", record, DAY, issues=("nuclear", "trade"))
    visit, talk = conversation("k_1", [public], DAY), conversation("k_2", [closed], DAY)
    return made([visit, talk], [public, closed], [paper, record])


def test_public_word_and_record_stand_in_their_lanes() -> None:
    found = _apart()
    assert [(one.id, one.standing) for one in found.public] == [("k_1", "announced")]
    assert [(one.id, one.standing, one.classification, one.handling) for one in found.closed] == [
        ("k_2", "recorded", "Secret", ("Nodis",))
    ]
    assert found.closed[0].subjects == ("Fisheries",)
    assert found.pairings == ()
    assert (found.counts.held, found.counts.public, found.counts.record_only) == (2, 1, 1)


def test_a_link_puts_them_beside_each_other_and_undoing_it_apart() -> None:
    paper, record = news("d_paper", "1971-03-05"), volume("d_record", "1971-03-04")
    public = claim("c_public", paper, DAY, privacy="public", issues=("trade",), said=True)
    closed = claim("c_closed", record, DAY, issues=("nuclear", "trade"))
    told = [conversation("k_1", [public], DAY), conversation("k_2", [closed], DAY)]
    found = made(told, [public, closed], [paper, record], [link("c_public", "c_closed", "the same day")])
    (pairing,) = found.pairings
    assert (pairing.public, pairing.closed) == (("k_1",), ("k_2",))
    assert (pairing.both, pairing.only_closed, pairing.only_public) == (("trade",), ("nuclear",), ())
    assert pairing.reasons == ("the same day",)
    assert (found.counts.public, found.counts.public_recorded, found.counts.record_only) == (2, 2, 0)
    assert found.closed[0].disclosure is not None and found.closed[0].disclosure.by == "public"
    assert made(told, [public, closed], [paper, record]).pairings == ()


def test_a_visit_stands_above_all_talks_linked_with_it() -> None:
    days = when("1971-03-04", "1971-03-06")
    table = news("import:visits", None, table="visits")
    row = claim("c_row", table, days, row="visits/1")
    records = [volume(f"d_{day}", f"1971-03-0{day}") for day in (4, 5, 6)]
    talks = [claim(f"c_{one.id}", one, when(f"1971-03-0{one.id[-1]}")) for one in records]
    told = [conversation(f"k_{one.id}", [one], one.when) for one in talks]
    found = made(
        [conversation("k_visit", [row], days), *told],
        [row, *talks],
        [table, *records],
        [link("c_row", one.id) for one in talks],
    )
    (pairing,) = found.pairings
    assert (pairing.public, pairing.closed) == (("k_visit",), tuple(one.id for one in told))
    assert found.counts.public_recorded == found.counts.held == 4


def test_one_conversation_told_on_both_sides_is_one_contact_in_two_lanes() -> None:
    paper, record = news("d_paper", "1971-03-05"), volume("d_record", "1971-03-04")
    claims = [claim("c_public", paper, DAY), claim("c_closed", record, DAY)]
    found = made([conversation("k_1", claims, DAY)], claims, [paper, record])
    assert [one.id for one in (*found.public, *found.closed)] == ["k_1", "k_1"]
    assert found.counts.held == found.counts.public_recorded == 1
    assert found.pairings[0].public == found.pairings[0].closed == ("k_1",)


def test_a_report_long_after_is_no_public_word_of_the_time() -> None:
    for published, lane in (("1971-03-11", "public"), ("1971-03-12", "closed")):
        paper = news("d_paper", published)
        told = claim("c_1", paper, DAY)
        found = made([conversation("k_1", [told], DAY)], [told], [paper])
        assert [one.standing for one in (*found.public, *found.closed)] == [
            "announced" if lane == "public" else "later"
        ]


def test_secret_and_denied_then_are_told_apart_from_announced() -> None:
    paper = news("d_paper", "1971-03-05")
    leak = claim("c_leak", paper, DAY, privacy="secret", said=True)
    denial = claim("c_denial", paper, DAY, status="denied")
    found = made(
        [conversation("k_1", [leak], DAY), conversation("k_2", [denial], DAY, status="denied")], [leak, denial], [paper]
    )
    assert {one.id: one.standing for one in found.public} == {"k_1": "leaked", "k_2": "denied"}
    assert (found.counts.held, found.counts.not_held) == (1, 1)


def test_a_talk_denied_in_public_and_recorded_was_not_known() -> None:
    paper, record = news("d_paper", "1971-03-05"), volume("d_record", "1971-03-04")
    claims = [claim("c_no", paper, DAY, status="denied"), claim("c_yes", record, DAY)]
    found = made([conversation("k_1", claims, DAY)], claims, [paper, record])
    assert [one.standing for one in (*found.public, *found.closed)] == ["denied", "recorded"]
    assert (found.counts.public, found.counts.record_only) == (0, 1)


def test_what_records_only_mention_is_no_record_of_it() -> None:
    record = volume("d_record", "1971-03-09")
    told = claim("c_1", record, DAY, start=30)
    found = made([conversation("k_1", [told], DAY)], [told], [record])
    assert [one.standing for one in found.closed] == ["mentioned"]
    assert (found.counts.mentioned, found.counts.record_only) == (1, 0)
    assert found.closed[0].classification is None


def test_a_contact_of_which_no_record_was_found_is_told_apart() -> None:
    record = volume("d_record", "1971-03-09")
    told = claim("c_1", record, DAY, start=30)
    found = made([conversation("k_1", [told], DAY, attestation="no_record")], [told], [record])
    assert [(one.standing, gap_axis.mark(one)) for one in found.closed] == [("no_record", "◌")]
    assert (found.counts.no_record, found.counts.mentioned) == (1, 0)


def test_planned_and_undated_contacts_are_counted_and_not_drawn() -> None:
    paper = news("d_paper", "1971-03-01")
    plan, vague = claim("c_plan", paper, DAY, status="planned"), claim("c_vague", paper, None)
    found = made(
        [conversation("k_1", [plan], DAY, status="planned"), conversation("k_2", [vague], None)], [plan, vague], [paper]
    )
    assert (found.counts.held, found.counts.not_held, found.counts.undated) == (1, 1, 1)
    assert gap_axis.axes(found, 60) == ()
    assert [one.id for one in found.public] == ["k_1", "k_2"]


def test_three_parties_are_named_and_counted_once() -> None:
    record = volume("d_record", "1971-03-04")
    told = claim("c_1", record, DAY)
    found = made([conversation("k_1", [told], DAY, parties="NOR SWE FIN")], [told], [record])
    assert found.closed[0].parties == "Nor – Swe – Fin"
    assert found.counts.held == 1


def test_days_to_disclosure_are_a_span_where_only_the_year_is_known() -> None:
    year, month = volume("d_1", "1971-12-31", "1972"), volume("d_2", "1971-12-30", "1972-02")
    claims = [claim("c_1", year, when("1971-12-31")), claim("c_2", month, when("1971-12-30"))]
    told = [conversation(f"k_{one.id}", [one], one.when) for one in claims]
    every, one_year = made(told, claims, [year, month]).lags
    assert (every.year, one_year.year, every.contacts, every.at_the_time) == (None, 1971, 2, 0)
    assert (every.shortest, every.longest, every.median) == ((1, 61), (33, 366), (17.0, 213.5))


def test_a_record_without_a_day_of_release_is_counted_as_unknown() -> None:
    record = volume("d_1", "1971-12-31", "")
    told = claim("c_1", record, when("1971-12-31"))
    lag = made([conversation("k_1", [told], told.when)], [told], [record]).lags[0]
    assert (lag.contacts, lag.unknown, lag.median) == (1, 1, None)


def test_a_contact_announced_before_its_day_has_a_negative_lag() -> None:
    paper = news("d_paper", "1971-03-01")
    told = claim("c_1", paper, DAY)
    (account,) = made([conversation("k_1", [told], DAY)], [told], [paper]).public
    assert account.disclosure is not None
    assert (account.disclosure.shortest, account.disclosure.longest) == (-3, -3)


def test_withdrawn_documents_tell_nothing() -> None:
    paper = replace(news("d_paper", "1971-03-05"), state="retracted")
    told = claim("c_1", paper, DAY)
    assert made([conversation("k_1", [told], DAY)], [told], [paper]).public == ()


def test_the_order_of_conversations_does_not_matter() -> None:
    papers = [news(f"d_{day}", f"1971-03-0{day}") for day in (4, 5, 6)]
    claims = [claim(f"c_{one.id}", one, when(f"1971-03-0{one.id[-1]}")) for one in papers]
    told = [conversation(f"k_{one.id}", [one], one.when) for one in claims]
    assert made(told, claims, papers) == made(told[::-1], claims, papers)


def test_the_record_dwells_on_what_it_names_often() -> None:
    text = "Memorandum of a Talk\nFisheries\n" + "They spoke of tariffs and of trade. " * 3
    record = volume("d_record", "1971-03-04", text=text)
    told = claim("c_1", record, DAY)
    found = made([conversation("k_1", [told], DAY)], [told], [record])
    assert "trade" in found.closed[0].issues
    assert [(one.issue, one.closed_only) for one in found.issues if one.issue == "trade"] == [("trade", 1)]


def test_the_warning_says_what_the_store_holds() -> None:
    words = " ".join(_apart().warnings)
    assert "selected and drafted by one side" in words
    assert "3 public documents, 2 on this pair, and 1 row of tables" in words
    assert "4 declassified records" in words


def test_public_marks_stand_above_the_axis_and_those_of_the_record_below() -> None:
    (axis,) = gap_axis.axes(_apart(), 60)
    assert axis.title == "4 March 1971 to 4 March 1971"
    assert axis.public[0].strip() == "△" and axis.closed[0].strip() == "●"


def test_a_period_of_years_has_an_axis_each_and_no_more_than_was_asked_for() -> None:
    records = [volume(f"d_{year}", f"{year}-06-15") for year in (1969, 1971)]
    claims = [claim(f"c_{one.id}", one, when(f"{one.id[2:]}-06-15")) for one in records]
    vague = claim("c_vague", records[0], when("1960", "1975"), start=30)
    told = [conversation(f"k_{one.id}", [one], one.when) for one in (*claims, vague)]
    found = made(told, [*claims, vague], records)
    drawn = gap_axis.axes(found, 60)
    assert [axis.title for axis in drawn] == ["1969", "1970", "1971"]
    assert [axis.closed for axis in drawn] == [(" " * 27 + "●" + " " * 32,), (), (" " * 27 + "●" + " " * 32,)]
    assert [(span.start, span.stop, span.number) for span in drawn[1].spans] == [(0, 60, 1)]
    scope = Scope(parties=("NOR", "SWE"), names=("Norway", "Sweden"), since="1971", until="1971")
    assert [axis.title for axis in gap_axis.axes(made(told, [*claims, vague], records, scope=scope), 60)] == ["1971"]


def test_what_has_no_room_in_a_column_is_a_plus() -> None:
    record = volume("d_record", "1971-03-04")
    claims = [claim(f"c_{number}", record, DAY) for number in range(9)]
    told = [conversation(f"k_{one.id}", [one], DAY) for one in claims]
    (axis,) = gap_axis.axes(made(told, claims, [record]), 12, height=4)
    assert [row[0] for row in axis.closed] == ["●", "●", "●", "+"]


def test_held_counts_add_up() -> None:
    counts = gap_figures.counts((*_apart().public, *_apart().closed))
    parts = (counts.public, counts.record_only, counts.mentioned, counts.no_record, counts.later)
    assert sum(parts) == counts.held
