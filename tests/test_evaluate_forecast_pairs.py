"""Chances of pairs are scored against what came, with baselines, intervals by week and classes of pairs."""

import json
from functools import cache

import numpy as np
import pytest

from backchannel.evaluate import forecast_pairs, probabilities
from backchannel.evaluate.forecast_pairs import PairScore
from backchannel.forecast.pairs_models import learn, sample
from backchannel.forecast.pairs_past import past
from backchannel.forecast.pairs_reliability import bins
from backchannel.forecast.pairs_risk import dyads, training_origins
from forecast_worlds import world

RNG = np.random.default_rng(3)
SURE = RNG.uniform(0.01, 0.5, 3000)
CAME = RNG.random(3000) < SURE
DAY = np.repeat(np.arange(60), 50)
BASE = np.full(3000, 0.2)


@cache
def _scores() -> tuple[PairScore, ...]:
    return forecast_pairs.scores(world(), begin=190, models=("logistic",))


def test_figures_are_those_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rounded = SURE.round(2)  # with ties
    assert probabilities.brier(rounded, CAME) == pytest.approx(metrics.brier_score_loss(CAME, rounded))
    assert probabilities.log_score(rounded, CAME) == pytest.approx(metrics.log_loss(CAME, rounded))
    assert probabilities.auc(rounded, CAME) == pytest.approx(metrics.roc_auc_score(CAME, rounded))
    assert probabilities.average_precision(rounded, CAME) == pytest.approx(
        metrics.average_precision_score(CAME, rounded)
    )


def test_intervals_hold_the_figure_and_say_the_same_twice() -> None:
    found = probabilities.measures(SURE, CAME, DAY, {"base rate": BASE})
    assert set(found) == {"brier", "log", "auc", "ece", "skill over base rate"}
    for name in set(found) - {"ece"}:
        assert found[name].low < found[name].value < found[name].high, name
    assert found["skill over base rate"].value > 0.05
    assert found == probabilities.measures(SURE, CAME, DAY, {"base rate": BASE})


def test_weeks_that_share_their_fate_widen_the_interval() -> None:
    fate = np.repeat(RNG.random(9) < 0.3, 350)[:3000]
    alone = probabilities.measures(BASE, CAME, DAY, {})["brier"]
    together = probabilities.measures(BASE, fate, DAY, {})["brier"]
    assert together.high - together.low > 3 * (alone.high - alone.low)


def test_bins_of_like_forecasts_hold_equally_many() -> None:
    told = bins(SURE, CAME, DAY)
    assert [one.number for one in told] == [200] * 15
    assert all(one.low <= one.mean <= one.high for one in told)
    assert all(one.share_low <= one.share <= one.share_high for one in told)
    inside = sum(one.share_low <= one.mean <= one.share_high for one in told)
    assert inside >= 11  # the forecasts are the truth


@pytest.mark.slow
def test_every_kind_horizon_and_onset_is_scored_with_its_baselines() -> None:
    found = {(one.kind, one.horizon, one.is_onset, one.model) for one in _scores()}
    asked = {(kind, horizon, False) for kind in ("talks", "conflict") for horizon in (7, 30)}
    asked |= {(kind, 30, True) for kind in ("talks", "conflict")}
    assert found == {(*one, model) for one in asked for model in ("logistic", "persistence", "own rate")}


@pytest.mark.slow
def test_a_model_beats_the_base_rate_where_pairs_differ() -> None:
    one = next(one for one in _scores() if (one.kind, one.horizon, one.model) == ("talks", 7, "logistic"))
    assert one.origins == world().last + 1 - 7 - 190 + 1
    assert one.figures["skill over base rate"].low > 0
    assert one.figures["skill over persistence"].value > 0
    assert one.figures["auc"].value > 0.65
    assert sum(part.number for part in one.classes) <= one.number
    assert {part.name for part in one.classes} <= {"recent", "lapsed", "never"}


def test_what_comes_from_the_first_scored_day_on_is_not_learnt_from() -> None:
    learnt = []
    for known in (dyads(world()), dyads(world().until(190))):
        days = training_origins(known, 190, 30)
        at_risk = {day: known.at_risk(day) for day in days}
        learnt.append(learn(sample(past(known, at_risk.values()), days, 30, at_risk), "talks", models=("logistic",)))
    np.testing.assert_array_equal(learnt[0].line.weights, learnt[1].line.weights)
    assert (learnt[0].base, learnt[0].again, learnt[0].like) == (learnt[1].base, learnt[1].again, learnt[1].like)


def test_what_cannot_be_learnt_is_left_out() -> None:
    assert forecast_pairs.scores(world(), begin=60) == ()
    assert forecast_pairs.show(()) == "Chances of pairs: the history is too short to learn them"
    assert {one.horizon for one in forecast_pairs.scores(world(), begin=112, models=("logistic",))} == {7}


@pytest.mark.slow
def test_scores_are_read_as_a_table_and_as_objects() -> None:
    text = forecast_pairs.show(_scores())
    assert "talks within 7 days" in text
    assert "onset of conflict within 30 days" in text
    assert max(len(line) for line in text.splitlines()) <= 80
    first = forecast_pairs.as_json(_scores())[0]
    assert "NaN" not in json.dumps(forecast_pairs.as_json(_scores()))
    assert first["figures"]["auc"]["low"] <= first["figures"]["auc"]["value"] <= first["figures"]["auc"]["high"]
