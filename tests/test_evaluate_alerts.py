"""Alerts are scored by what is put into real pairs: found more often than by chance, and the same each time."""

from __future__ import annotations

import numpy as np
import pytest

import streams
from backchannel.evaluate.forecast_alerts import AlertScore, recall, scores, shown
from backchannel.forecast.events import EventStream, stream


def _stream(days: int) -> EventStream:
    made = streams.invent(streams.Plan(pairs=80, days=days, silences=0, spikes=0, news=0), seed=1)
    table = np.stack([made.subject, made.relation, made.object, made.time], axis=1)
    return stream(table, actors=made.actors, relations=streams.RELATIONS)


@pytest.fixture(scope="module")
def found() -> list[AlertScore]:
    return scores(_stream(360), draws=2)


@pytest.mark.slow
def test_silences_and_spikes_put_in_are_told_apart(found: list[AlertScore]) -> None:
    assert [(one.kind, one.days) for one in found[::2]] == [("silence", 21), ("silence", 14), ("spike", 7)]
    assert all(one.auc_mean > 0.8 for one in found)


@pytest.mark.slow
def test_what_the_feed_teaches_finds_more_silences_than_the_closed_form(found: list[AlertScore]) -> None:
    by = {(one.kind, one.days, one.method): one for one in found}
    assert by["silence", 21, "rhythm"].auc_mean > by["silence", 21, "gamma-Poisson"].auc_mean


@pytest.mark.slow
def test_the_table_has_a_line_for_each(found: list[AlertScore]) -> None:
    lines = shown(found).splitlines()
    assert len(lines) == 1 + len(found)
    assert max(len(line) for line in lines) <= 100


def test_a_stream_too_short_for_a_history_has_no_scores() -> None:
    assert scores(_stream(90), draws=1) == []


def test_recall_is_taken_above_the_allowed_false_alarms() -> None:
    assert recall(np.arange(100.0), np.array([94.0, 99.5])) == 0.5
