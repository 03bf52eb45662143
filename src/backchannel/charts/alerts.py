"""Alerts in time: week by week the pairs that fell silent or spiked, beside what was due, and all others by day and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import altair as alt

from backchannel.alerts import Alert, Course, Found, Kind, Week, words
from backchannel.analysis import phrases
from backchannel.charts import theme

SOURCE: Final = (
    "Reports of conversations in the documents of this store, by the day on which they could be known; "
    "each week is judged by what was known at its end. What no document tells is not here."
)
_PANELS: Final = 6
"""Pairs that get a plot of their own, those with the weightiest alerts."""
_COUNTED: Final[tuple[Kind, ...]] = ("spike", "silence")
_OTHERS: Final[tuple[Kind, ...]] = ("new_channel", "status", "denial", "upgrade", "confirmation")
_MARKS: Final = {"spike": "triangle-up", "silence": "triangle-down"}
_HEIGHT: Final = 84
_ROW: Final = 24


def drawn(found: Found) -> alt.VConcatChart:
    """Draw alerts.

    Args:
        found: with ``courses``; the pairs with the weightiest silences and spikes get a plot each, at most six.
    """
    courses = _weightiest(found)
    first, last = _ends(found, courses)
    days = partial(theme.days, first=first.isoformat(), last=last.isoformat())
    plots = [_course(one, found.alerts, days) for one in courses]
    others = [one for one in found.alerts if one.kind not in _COUNTED]
    if others:
        plots.append(_strip(others, days))
    return theme.framed(*plots, title=_title(found), subtitle=list(_subtitle(found, courses)), source=SOURCE)


def _title(found: Found) -> str:
    told = phrases.count(len(found.alerts), "alert")
    if found.since is None or found.until is None:
        return told
    return f"{told}, {phrases.day(found.since)} to {phrases.day(found.until)}"


def _subtitle(found: Found, courses: Sequence[Course]) -> Iterator[str]:
    if courses:
        yield "Plots of pairs: reports a week (line); grey: four weeks in five fall there if all goes on as before"
        yield "No grey: too little could be heard, or known before, to say what was due"
    if left := len(found.courses) - len(courses):
        yield f"{phrases.count(left, 'more pair')} with silences or spikes not drawn"
    if any(one.kind not in _COUNTED for one in found.alerts):
        yield "Strip: other alerts by day; a number where several fall on one day"


def _course(course: Course, alerts: Sequence[Alert], days: Any) -> alt.LayerChart | alt.FacetChart:
    """Draw a pair's weeks as a stair, the band behind it, and its alerts as triangles on top."""
    top = max([max(week.told, week.high or 0) for week in course.weeks], default=1) + 1
    axis = alt.Axis(title="reports a week", values=_ticks(top), format="d")
    y = partial(alt.Y, scale=alt.Scale(domain=[0, top * 1.25], nice=False), axis=axis)
    title = alt.TitleParams(text=" – ".join(course.names), anchor="start", frame="group", fontSize=12, offset=4)
    band = (
        alt.Chart(theme.rows(_band(week) for week in course.weeks if week.high is not None))
        .mark_rect(color=theme.GREYS[3])
        .encode(x=days("first"), x2="last:T", y=y("low:Q"), y2="high:Q")
    )
    weeks = alt.Chart(theme.rows(_stairs(course.weeks)))
    line = weeks.mark_line(color=theme.INK, strokeWidth=1.3, interpolate="step-after").encode(
        x=days("first"), y=y("told:Q")
    )
    own = [one for one in alerts if one.kind in _COUNTED and one.parties == course.parties]
    marks = alt.Chart(theme.rows({"day": one.day, "kind": one.kind, "level": top * 1.12} for one in own))
    points = marks.mark_point(filled=True, size=85, color=theme.INK, opacity=1).encode(
        x=days("day"), y=y("level:Q"), shape=_shapes(_MARKS)
    )
    return alt.layer(band, line, points, title=title).properties(width=theme.WIDTH, height=_HEIGHT)


def _shapes(marks: dict[str, str]) -> alt.Shape:
    """Give the shapes of the kinds with a legend that calls them by their labels."""
    legend = alt.Legend(title="alert", orient="right", labelExpr=_labels(marks))
    return alt.Shape("kind:N", scale=alt.Scale(domain=list(marks), range=list(marks.values())), legend=legend)


def _labels(kinds: Sequence[str] | dict[str, str]) -> str:
    told = words()
    return f"{ {kind: told[kind].label for kind in kinds} }[datum.label]"


def _band(week: Week) -> dict[str, Any]:
    """Give the band of a week; half a report wide on both sides, so that it shows where none were due."""
    low, high = (week.low or 0), (week.high or 0)
    return {"first": week.first, "last": _after(week.first), "low": max(low - 0.5, 0), "high": high + 0.5}


def _stairs(weeks: Sequence[Week]) -> Iterator[dict[str, Any]]:
    for week in weeks:
        yield {"first": week.first, "told": week.told}
    if weeks:
        yield {"first": _after(weeks[-1].first), "told": weeks[-1].told}


def _strip(alerts: Sequence[Alert], days: Any) -> alt.LayerChart | alt.FacetChart:
    """Draw a row a kind and a mark a day, with how many where there are several."""
    kinds = [kind for kind in _OTHERS if any(one.kind == kind for one in alerts)]
    told = Counter((one.day, one.kind) for one in alerts)
    rows = [{"day": day, "kind": words()[kind].label, "number": number} for (day, kind), number in sorted(told.items())]
    labels = [words()[kind].label for kind in kinds]
    base = alt.Chart(theme.rows(rows), width=theme.WIDTH, height=_ROW * len(kinds))
    lines = alt.Y("kind:N", sort=labels, title=None, axis=alt.Axis(grid=True, domain=False, ticks=False))
    points = base.mark_point(shape="diamond", filled=True, size=60, color=theme.INK, opacity=1).encode(
        x=days("day"), y=lines
    )
    several = base.transform_filter("datum.number > 1")
    numbers = several.mark_text(align="left", dx=6, dy=-5, fontSize=9).encode(x=days("day"), y=lines, text="number:Q")
    return alt.layer(points, numbers)


def _weightiest(found: Found) -> list[Course]:
    """Give the courses of the pairs with the weightiest alerts, at most six."""

    def weight(course: Course) -> float:
        own = (one.priority for one in found.alerts if one.kind in _COUNTED and one.parties == course.parties)
        return -max(own, default=0.0)

    return sorted(found.courses, key=weight)[:_PANELS]


def _ends(found: Found, courses: Sequence[Course]) -> tuple[date, date]:
    """Give the first and last day to draw: those asked for, and the weeks before them."""
    told = [one.day for one in found.alerts] + [one.first for course in courses for one in course.weeks]
    told += [day for day in (found.since, found.until) if day is not None]
    days = [date.fromisoformat(day) for day in told]
    return min(days), max(days) + timedelta(days=1)


def _ticks(top: int) -> list[int]:
    return list(range(0, top + 1, max(1, round(top / 4))))


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=7)).isoformat()
