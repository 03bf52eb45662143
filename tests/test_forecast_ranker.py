"""Who comes next is learnt from before the day alone, with chances that add up and reasons that are true."""

from dataclasses import replace

import numpy as np
import pytest

from backchannel.errors import ModelError, QueryError
from backchannel.forecast import FAMILIES, EventStream, of_events
from backchannel.forecast import ranker as ranking_room
from backchannel.forecast.ask import Learnt, learn_from, rank
from backchannel.forecast.calibration import calibration_error
from backchannel.forecast.candidates import Queries, mean_rank, queries_of
from backchannel.forecast.extra import library
from backchannel.forecast.features import table
from backchannel.forecast.groups import groups
from backchannel.forecast.history import RATES, history
from backchannel.forecast.index import NEVER, index
from backchannel.forecast.ranker import Learning
from backchannel.forecast.recurrency import recurrency
from forecast_samples import DAYS, planted

QUICK = Learning(days=8, trees=2)


@pytest.fixture(scope="module")
def learnt() -> Learnt:
    return learn_from(planted(), DAYS - 10, learning=QUICK)


@pytest.mark.parametrize("day", [60, 100, DAYS - 1])
def test_features_are_those_of_a_history_cut_at_the_day(day: int) -> None:
    stream = planted()
    whole, cut = (history(told, learn_before=50) for told in (stream, stream.until(day)))
    asked = queries_of(whole, day, day + 1)
    seen, known = (table(past, asked, is_filtered=False) for past in (whole, cut))
    assert len(asked) > 10
    assert (seen.proposed.actor == known.proposed.actor).all()
    np.testing.assert_allclose(seen.values, known.values, atol=1e-6)


def test_a_frozen_history_hides_the_days_from_it_on() -> None:
    stream = planted()
    whole, cut = (history(told, learn_before=50) for told in (stream, stream.until(100)))
    asked = queries_of(whole, 110, 111)
    np.testing.assert_allclose(
        table(whole, asked, frozen=100, is_filtered=False).values,
        table(cut, asked, is_filtered=False).values,
        atol=1e-6,
    )


def test_lookups_are_those_of_counting_by_hand() -> None:
    rng = np.random.default_rng(1)
    keys, times = rng.integers(0, 5, 300), np.sort(rng.integers(0, 90, 300))
    told = index(keys, times, span=200, rates=RATES)
    for key, day in [(0, 0), (1, 30), (4, 89), (3, 150), (9, 50)]:
        before = times[(keys == key) & (times < day)]
        place = told.find(np.array([key]), np.array([day]))
        assert told.count(place)[0] == len(before)
        assert told.age(place, np.array([day]))[0] == (day - before[-1] if len(before) else NEVER)
        for rate, speed in enumerate(RATES):
            expected = np.exp2(-speed * (day - before)).sum()
            assert told.decayed(place, np.array([day]), rate)[0] == pytest.approx(expected)


def test_old_events_count_beside_young_ones_in_a_stream_of_decades() -> None:
    keys, times = np.array([0, 0, 1]), np.array([0, 10, 15_000])
    told = index(keys, times, span=20_000, rates=(0.2,))
    place = told.find(np.array([0]), np.array([11]))
    assert told.decayed(place, np.array([11]), 0)[0] == pytest.approx(2**-0.2 + 2**-2.2)


def test_ties_share_the_mean_of_their_ranks() -> None:
    score = np.array([[3.0, 1.0, 1.0, 1.0, 0.0]] * 3)
    assert mean_rank(score, np.array([0, 2, 4])).tolist() == [1.0, 3.0, 5.0]


def test_other_true_answers_of_the_same_day_are_struck_out_and_no_others() -> None:
    day = planted().start
    assert day is not None
    events = [("A", "ACCUSE", name, day) for name in ("B", "C")] + [("A", "SUPPORT", "D", day)]
    past = history(of_events(events), learn_before=0)
    rows = table(past, queries_of(past, 0, 1))
    struck = {
        (int(one), int(what), int(answer)): sorted(rows.proposed.actor[place][rows.proposed.struck[place]].tolist())
        for place, (one, what, answer) in enumerate(
            zip(rows.queries.subject, rows.queries.relation, rows.queries.object, strict=True)
        )
    }
    assert struck[0, 0, 1] == [2]
    assert struck[0, 0, 2] == [1]
    assert struck[0, 1, 3] == []


def test_the_baseline_says_what_happened_last() -> None:
    stream = planted()
    past = history(stream, learn_before=0)
    told = recurrency(past, _query(stream, "Northland", "CONSULT/call", 50), is_filtered=False)
    assert stream.actors[told.actor[0, 0]] == "Southland"


def test_a_habit_is_foretold_with_its_reasons(learnt: Learnt) -> None:
    told = rank(learnt, "Eastland", "CONSULT/visit", 126)
    first = told.candidates[0]
    assert (first.actor, first.seen, told.model) == ("Westland", "seen", "linear")
    assert first.probability > 0.5
    assert first.baseline > 0
    assert "12 of the last 12 'consult/visit' of Eastland were with Westland" in first.reasons
    assert told.on == learnt.stream.date_of(126)


def test_what_follows_what_is_a_reason(learnt: Learnt) -> None:
    first = rank(learnt, "Northland", "CONSULT/call", DAYS - 10).candidates[0]
    assert first.actor == "Southland"
    assert any(line.startswith("after 'consult/call', 'consult/call' is ") for line in first.reasons)


@pytest.mark.parametrize("model", ["recurrency", "linear", "boosted"])
def test_chances_add_up_to_one_with_someone_else(learnt: Learnt, model: ranking_room.Model) -> None:
    told = rank(learnt, "Police (Eastland)", "COERCE/arrest", DAYS, model=model, top=100)
    chances = [one.probability for one in told.candidates]
    assert sum(chances) + told.someone_else == pytest.approx(1)
    assert chances == sorted(chances, reverse=True)
    assert told.candidates[0].actor == "Citizen (Eastland)"


def test_the_other_side_can_be_asked_for(learnt: Learnt) -> None:
    told = rank(learnt, "Citizen (Westland)", "COERCE/arrest", DAYS, is_asked_of_object=True)
    assert told.candidates[0].actor == "Police (Westland)"


def test_what_is_unknown_or_already_learnt_from_is_refused(learnt: Learnt) -> None:
    with pytest.raises(QueryError, match=r"no actor named 'Northlands'.*did you mean Northland"):
        rank(learnt, "Northlands", "ACCUSE", DAYS)
    with pytest.raises(QueryError, match="no relation named 'ACUSE'"):
        rank(learnt, "Northland", "ACUSE", DAYS)
    with pytest.raises(QueryError, match=f"lies before day {DAYS - 10}"):
        rank(learnt, "Northland", "ACCUSE", DAYS - 11)


def test_too_short_a_past_is_refused() -> None:
    with pytest.raises(QueryError, match="too few to learn from; it takes 500 on 60 days"):
        learn_from(planted(), 20)


def test_learning_twice_gives_the_same(learnt: Learnt) -> None:
    again = learn_from(planted(), DAYS - 10, learning=QUICK)
    assert (again.ranker.linear.weights == learnt.ranker.linear.weights).all()
    one, other = (rank(told, "Westland", "ACCUSE", DAYS, model="boosted") for told in (again, learnt))
    assert one == other


def test_without_boosting_the_linear_model_serves() -> None:
    told = learn_from(planted(), DAYS - 10, learning=replace(QUICK, models=("recurrency", "linear")))
    assert told.ranker.models == ("recurrency", "linear")
    with pytest.raises(QueryError, match="no model named 'boosted' was learnt"):
        rank(told, "Northland", "ACCUSE", DAYS, model="boosted")


def test_a_missing_library_is_named_with_what_to_install() -> None:
    with pytest.raises(ModelError, match=r"forecasts need absent_library.*pip install 'backchannel\[analysis\]'"):
        library("absent_library.part")


def test_the_calibration_error_is_the_distance_from_what_came_true() -> None:
    chance = np.array([0.9] * 10 + [0.1] * 10)
    came = np.array([1.0] * 7 + [0.0] * 3 + [0.0] * 10)
    assert calibration_error(chance, came, bins=2) == pytest.approx(0.15)


def test_names_tell_country_and_sector() -> None:
    told = groups(["Chad", "Police (Chad)", "Police_(Peru)", "Jane Doe", "Peru"])
    assert told.country.tolist() == [0, 0, 1, 2, 1]
    assert told.sector.tolist() == [1, 2, 2, 0, 1]
    assert len(FAMILIES) == 4


def _query(stream: EventStream, subject: str, relation: str, day: int) -> Queries:
    numbers = stream.actor(subject), stream.relation_named(relation), -1, day
    one, what, other, at = (np.array([number]) for number in numbers)
    return Queries(subject=one, relation=what, object=other, time=at)
