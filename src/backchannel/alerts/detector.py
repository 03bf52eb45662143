"""Score windows for silence and for spike; what score is worth an alert is for the caller to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from backchannel.alerts.series import Floats, Ints, Series, Windows
from backchannel.alerts.surprise import Expected, Rhythm, Side, closed, learn

SILENT_DAYS: Final = 21
SPIKE_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is expected of some windows: events and, for spikes, days in touch."""

    side: Side
    events: Expected
    days: Expected | None = None

    def score(self, told: Ints) -> Floats:
        """Give how much speaks for a silence or a spike in each window, at least 0.

        A silence: log10 of how much likelier the count is if the rhythm broke. A spike: the mean -log10 p of events and
        of days in touch; one story told all over on one day is many events and one day, a true spike is both.

        Args:
            told: events of each day of the windows ``(windows, days)``.
        """
        if self.days is None:
            return np.asarray(np.maximum(self.events.broken(told.sum(axis=1)), 0.0))
        many = self.events.surprise(told.sum(axis=1), "spike")
        often = self.days.surprise(told.clip(max=1).sum(axis=1), "spike")
        return np.asarray((many + often) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """What a feed's past taught: the rhythm of silences, of events and of days in touch; ``None`` where it was short.

    Without a rhythm the closed gamma-Poisson expectation stands in.
    """

    silent_days: int = SILENT_DAYS
    spike_days: int = SPIKE_DAYS
    quiet: Rhythm | None = None
    events: Rhythm | None = None
    days: Rhythm | None = None

    def outlook(self, series: Series, windows: Windows, side: Side) -> Outlook:
        """Give what is expected of windows, of ``silent_days`` or ``spike_days`` each."""
        if side == "silence":
            return Outlook(side=side, events=_expected(self.quiet, series, windows, self.silent_days))
        by_day = series.of_days()
        return Outlook(
            side=side,
            events=_expected(self.events, series, windows, self.spike_days),
            days=_expected(self.days, by_day, windows, self.spike_days),
        )


def trained(series: Series, *, side: Side) -> Detector:
    """Give the detector of silences or of spikes that the days of a series teach."""
    if side == "silence":
        return Detector(quiet=learn(series, width=SILENT_DAYS))
    return Detector(events=learn(series, width=SPIKE_DAYS), days=learn(series.of_days(), width=SPIKE_DAYS))


def _expected(rhythm: Rhythm | None, series: Series, windows: Windows, width: int) -> Expected:
    return closed(series, windows, width) if rhythm is None else rhythm.expected(series, windows)
