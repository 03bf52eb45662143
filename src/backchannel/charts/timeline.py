"""Conversations in time: bars of how many were held, and below them each as a point or as the span it lies in."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import altair as alt

from backchannel.analysis.series import Series, Step
from backchannel.analysis.timeline import Entry, Timeline
from backchannel.charts import theme

SOURCE: Final = "Conversations merged from the documents of this store; what no document tells is not here."
_KINDS: Final = {
    "held": "held",
    "planned": "planned",
    "off": "called off",
    "denied": "denied",
    "possible": "only possible",
}
_SHAPES: Final = ("circle", "square", "cross", "diamond", "triangle-up")
_FILLED: Final = ("held",)
Days = Callable[[str], alt.X]
_MOST: Final = 40
"""Conversations that get a line of their own; of more the counts alone are drawn."""
_LINE: Final = 17
_WORDS: Final = 72


def timeline(told: Timeline, counted: Series, about: str) -> alt.VConcatChart:
    """Draw conversations in time.

    Args:
        told: those with a day; up to forty get a line each, hollow where they were not held, "!" where disputed.
        counted: the same by step of time, with changes of level.
        about: whose they are, in words.
    """
    entries = [entry for frame in told.frames for entry in frame.entries]
    days = _days(counted)
    drawn = [_counts(counted, days)]
    if len(entries) <= _MOST:
        drawn.append(_spans(entries, days))
    notes = [f"Conversations held a {counted.unit}; light: their date is uncertain and shared among its steps"]
    if counted.turns:
        notes.append("Dashed: the level changes (PELT on square roots); figures are means a step")
    if counted.undated:
        notes.append(f"{counted.undated} without a date are not drawn")
    return theme.framed(*drawn, title=f"Contacts in time: {about}", subtitle=notes, source=SOURCE)


def _counts(counted: Series, days: Days) -> alt.LayerChart | alt.FacetChart:
    values = [value for one in counted.steps for value in _bars(one)]
    bars = (
        alt.Chart(theme.rows(values), width=theme.WIDTH, height=150)
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=days("first"),
            x2="last",
            y=alt.Y("top:Q", title="held", axis=alt.Axis(values=_ticks(values), format="d")),
            y2="foot:Q",
            color=alt.Color(
                "date:N",
                scale=alt.Scale(domain=["told", "uncertain"], range=[theme.GREYS[1], theme.GREYS[3]]),
                legend=alt.Legend(title="date"),
            ),
        )
    )
    return alt.layer(bars, *_turns(counted, days))


def _days(counted: Series) -> Days:
    """The axis that all plots share, from the first step to the end of the last."""
    first, last = counted.steps[0].first, counted.steps[-1].last
    return partial(theme.days, first=first.isoformat(), last=_after(last))


def _after(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def _ticks(bars: Iterable[Mapping[str, Any]]) -> list[int]:
    """Whole numbers for an axis, about six of them: a conversation is never half."""
    most = math.ceil(max((one["top"] for one in bars), default=1))
    return list(range(0, most + 1, max(1, round(most / 6))))


def _bars(step: Step) -> Iterator[dict[str, Any]]:
    """The bar of those told to the step, and on it that of the uncertain ones."""
    exact, spread = step.exact.get("held", 0), step.spread.get("held", 0.0)
    told = {"first": step.first.isoformat(), "last": _after(step.last)}
    if exact:
        yield {**told, "foot": 0, "top": exact, "date": "told"}
    if spread:
        yield {**told, "foot": exact, "top": round(exact + spread, 3), "date": "uncertain"}


def _turns(counted: Series, days: Days) -> Iterable[alt.Chart]:
    if not counted.turns:
        return
    values = [{"on": one.on.isoformat(), "text": f"{one.before:.3g} → {one.after:.3g}"} for one in counted.turns]
    data = alt.Chart(theme.rows(values))
    yield data.mark_rule(color=theme.INK, strokeDash=list(theme.DASHES[1]), strokeWidth=1.2).encode(x=days("on"))
    yield data.mark_text(align="left", dx=4, baseline="top").encode(x=days("on"), y=alt.value(2), text="text:N")


def _spans(entries: Iterable[Entry], days: Days) -> alt.LayerChart | alt.FacetChart:
    values = [_value(number, entry) for number, entry in enumerate(entries)]
    base = alt.Chart(theme.rows(values), width=theme.WIDTH, height=_LINE * len(values))
    lines = alt.Y("number:O", axis=None)
    rules = base.transform_filter("datum.first != datum.last").mark_rule(color=theme.DIM, strokeWidth=1.5)
    kinds = list(_KINDS.values())
    filled = [theme.INK if kind in _FILLED else "white" for kind in kinds]
    point = base.mark_point(size=60, stroke=theme.INK, strokeWidth=1.2, filled=True).encode(
        x=days("middle"),
        y=lines,
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=list(_SHAPES)), legend=alt.Legend(title=None)),
        fill=alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=filled), legend=alt.Legend(title=None)),
    )
    words = base.mark_text(align="left", dx=4).encode(x=alt.value(theme.WIDTH), y=lines, text="text:N")
    return alt.layer(rules.encode(x=days("first"), x2="last", y=lines), point, words)


def _value(number: int, entry: Entry) -> dict[str, Any]:
    middle = entry.first + (entry.last - entry.first) / 2
    text = f"{entry.told}  {'! ' if entry.disputed else ''}{entry.text}"
    return {
        "number": number,
        "first": entry.first.isoformat(),
        "last": entry.last.isoformat(),
        "middle": middle.isoformat(),
        "kind": _KINDS[entry.kind],
        "text": text if len(text) <= _WORDS else text[: _WORDS - 1] + "…",
    }
