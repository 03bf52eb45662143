"""Probabilities are mended by earlier outcomes where that helps on later days, else left alone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from backchannel.forecast.pairs_calibration import EDGE, WAYS, Way, choose, fit

RNG = np.random.default_rng(7)
TRUE = RNG.uniform(0.02, 0.6, 6000)
CAME = RNG.random(6000) < TRUE
DAY = np.repeat(np.arange(60), 100)


def _apart(probability: NDArray[np.float64]) -> float:
    return float(np.abs(probability - TRUE).mean())


@pytest.mark.parametrize("way", WAYS[1:])
def test_each_way_mends_forecasts_that_are_too_sure(way: Way) -> None:
    odds = (TRUE / (1 - TRUE)) ** 2.5
    sure = odds / (1 + odds)
    assert _apart(fit(way, sure, CAME)(sure)) < 0.3 * _apart(sure)


def test_what_is_right_already_is_left_nearly_as_it_is() -> None:
    way, mend = choose(TRUE, CAME, DAY)
    assert _apart(mend(TRUE)) < 0.02, way


def test_the_way_is_chosen_on_later_days() -> None:
    low = TRUE / 3
    way, mend = choose(low, CAME, DAY)
    assert way != "none"
    assert _apart(mend(low)) < 0.2 * _apart(low)


def test_with_too_few_outcomes_nothing_is_mended() -> None:
    came = np.zeros(6000, dtype=bool)
    came[:15] = True
    way, mend = choose(TRUE, came, DAY)
    assert way == "none"
    np.testing.assert_array_equal(mend(TRUE), TRUE)


def test_no_forecast_is_certain() -> None:
    for way in WAYS:
        told = fit(way, TRUE, CAME)(np.array([0.0, 1.0]))
        assert told.min() >= EDGE
        assert told.max() <= 1 - EDGE
