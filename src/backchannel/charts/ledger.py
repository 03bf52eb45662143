"""Draw a ledger: public acts friendly above and hostile below, private contacts by privacy, and the gap index in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

import altair as alt

from backchannel.analysis import phrases
from backchannel.analysis.ledger_records import Index, Ledger, Step
from backchannel.charts import theme

_ACTS: Final[Mapping[str, tuple[str, str]]] = {
    "friendly": ("act: friendly", theme.GREYS[3]),
    "hostile": ("act: hostile", theme.GREYS[0]),
}
_CONTACTS: Final[Mapping[str, tuple[str, str]]] = {
    "closed": ("contact: closed", theme.GREYS[3]),
    "undisclosed": ("contact: undisclosed", theme.GREYS[1]),
    "secret": ("contact: secret", theme.GREYS[0]),
    "public": ("contact: public, told only later", "white"),
    "unknown": ("contact: privacy unknown", "white"),
    "open": ("contact: open to all", "white"),
}
"""What each sort of bar is called and its fill; acts and contacts stand in plots of their own."""
_WIDE: Final = {"month": "%b %Y", "quarter": "%b %Y", "year": "%Y"}
_SOURCES: Final = 4


def drawn(found: Ledger) -> alt.VConcatChart:
    """Give the chart of a ledger: a bar a step, behind it a shade where coverage is thin."""
    plots = [_acts(found), _contacts(found), _index(found)] if found.steps else [_empty()]
    return theme.framed(
        *plots,
        title=f"{' and '.join(found.names)}: words and deeds in public, contacts in private",
        subtitle=list(_subtitle(found)),
        source=[f"Source: acts told by {_sources(found)}.", *found.warnings],
        spacing=10,
    )


def _subtitle(found: Ledger) -> Iterator[str]:
    whole = found.index
    if whole.value is None or whole.low is None or whole.high is None:
        yield f"Number a {found.by}; no gap index: {whole.why}"
    else:
        yield (
            f"Number a {found.by}; gap index of the whole {whole.value:+.2f}, 90 % interval {whole.low:+.2f} to "
            f"{whole.high:+.2f}: {whole.hostile:,} of {phrases.count(whole.acts, 'public act')} hostile, {whole.failed:,} "
            f"of {phrases.count(whole.contacts, 'private contact')} failed"
        )
    thin = sum(one.is_thin for one in found.steps)
    if thin:
        yield f"Shaded: public documents from fewer than a quarter of the days ({thin} of {len(found.steps)} steps)"
    if any(one.failed for one in found.steps):
        yield "2×: so many of the private contacts came to nothing"


def _sources(found: Ledger) -> str:
    outlets = [f"{outlet} ({number})" for outlet, number in found.sources.items()]
    more = [f"{len(outlets) - _SOURCES} more"] if len(outlets) > _SOURCES else []
    return "; ".join([*outlets[:_SOURCES], *more]) or "no public document"


# --- the three plots


def _acts(found: Ledger) -> alt.LayerChart | alt.FacetChart:
    values: list[dict[str, Any]] = [
        {**_span(one), "from": 0, "to": sign * number, "kind": _ACTS[kind][0]}
        for one in found.steps
        for kind, sign, number in (("friendly", 1, one.friendly), ("hostile", -1, one.hostile))
        if number
    ]
    high = max((one["to"] for one in values if one["to"] > 0), default=0)
    low = min((one["to"] for one in values if one["to"] < 0), default=0)
    axis = alt.Axis(values=_ticks(low, high), labelExpr="abs(datum.value)", labelOverlap=False)
    bars = _bars(found, values).encode(y=alt.Y("from:Q", title="public acts", axis=axis), y2="to:Q", fill=_fill(found))
    return _layered(found, [bars, _zero()], 150)


def _contacts(found: Ledger) -> alt.LayerChart | alt.FacetChart:
    values = [value for one in found.steps for value in _stack(one)]
    axis = alt.Axis(values=_ticks(0, max((one["to"] for one in values), default=1)), format="d", labelOverlap=False)
    y = alt.Y("from:Q", title="contacts", scale=alt.Scale(reverse=True), axis=axis)
    bars = _bars(found, values).encode(y=y, y2="to:Q", fill=_fill(found))
    failed = [
        {"on": _middle(one), "height": sum(one.private.values()) + one.open, "words": f"{one.failed}×"}
        for one in found.steps
        if one.failed
    ]
    marks = (
        alt.Chart(theme.rows(failed))
        .mark_text(baseline="top", dy=2, fontSize=10)
        .encode(x=alt.X("on:T", scale=_time(found)), y="height:Q", text="words:N")
    )
    return _layered(found, [bars, marks] if failed else [bars], 150)


def _fill(found: Ledger) -> alt.Fill:
    """Give the fills of both plots, which share a legend: of what there is."""
    kinds = {kind for one in found.steps for kind in one.private}
    kinds |= {"open"} if any(one.open for one in found.steps) else set()
    looks = [*_ACTS.values(), *(look for name, look in _CONTACTS.items() if name in kinds)]
    scale = alt.Scale(domain=[name for name, _ in looks], range=[fill for _, fill in looks])
    return alt.Fill("kind:N", scale=scale, legend=alt.Legend(title=None, orient="bottom", columns=4))


def _stack(one: Step) -> Iterator[dict[str, Any]]:
    foot = 0
    for name, (label, _) in _CONTACTS.items():
        number = one.open if name == "open" else one.private.get(name, 0)
        if number:
            yield {**_span(one), "from": foot, "to": foot + number, "kind": label}
            foot += number


def _index(found: Ledger) -> alt.LayerChart | alt.FacetChart:
    """Draw the index of the twelve months up to each step; a line only between steps that follow each other."""
    values = list(_points(found.steps))
    title = "gap index, 12 months" if found.by != "year" else "gap index"
    y = alt.Y("value:Q", title=title, scale=alt.Scale(domain=[-1, 1]), axis=alt.Axis(values=[-1, -0.5, 0, 0.5, 1]))
    x = alt.X("on:T", title=None, scale=_time(found), axis=_axis(found, labels=True))
    base = alt.Chart(theme.rows(values))
    ribbon = base.mark_area(fill=theme.GREYS[3], opacity=0.7).encode(x=x, y=alt.Y("low:Q"), y2="high:Q", detail="run:N")
    reach = base.mark_rule(stroke=theme.GREYS[1], strokeWidth=1).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    line = base.mark_line(stroke=theme.INK, strokeWidth=1.5, point=alt.OverlayMarkDef(size=18, fill=theme.INK)).encode(
        x=x, y=y, detail="run:N"
    )
    told = [
        {"height": 0.85, "words": "words harsher than contacts"},
        {"height": -0.85, "words": "words friendlier than contacts"},
    ]
    words = (
        alt.Chart(theme.rows(told))
        .mark_text(align="left", fontStyle="italic", color=theme.DIM)
        .encode(x=alt.value(3), y="height:Q", text="words:N")
    )
    if not values:
        missing = {"height": 0.3, "words": f"no {found.by} has five acts and five contacts in its {_YEARS[found.by]}"}
        words = words.properties(data=theme.rows([*told, missing]))
        return _layered(found, [words.encode(y=y), _zero()], 110, labels=True)
    return _layered(found, [ribbon, reach, _zero(), line, words], 110, labels=True)


_YEARS: Final = {"month": "twelve months", "quarter": "twelve months", "year": "year"}


def _points(steps: Sequence[Step]) -> Iterator[dict[str, Any]]:
    run = 0
    for one in steps:
        index: Index = one.index
        if index.value is None:
            run += 1
            continue
        yield {"on": _middle(one), "value": index.value, "low": index.low, "high": index.high, "run": str(run)}


# --- what the plots share


def _layered(
    found: Ledger, layers: Sequence[alt.Chart], height: int, *, labels: bool = False
) -> alt.LayerChart | alt.FacetChart:
    """Give a plot with its steps behind it: shaded where coverage is thin, blank elsewhere, so that all share one axis."""
    steps = [
        {"first": one.first.isoformat(), "last": f"{one.last}T23:59:59", "shade": "#f1f1f1" if one.is_thin else "white"}
        for one in found.steps
    ]
    x = alt.X("first:T", title=None, scale=_time(found), axis=_axis(found, labels=labels))
    shade = alt.Chart(theme.rows(steps)).mark_rect().encode(x=x, x2="last:T", color=alt.Color("shade:N", scale=None))
    return alt.layer(shade, *layers).properties(width=theme.WIDTH, height=height)


def _bars(found: Ledger, values: Sequence[Mapping[str, Any]]) -> alt.Chart:
    x = alt.X("first:T", title=None, scale=_time(found), axis=_axis(found, labels=False))
    base = alt.Chart(theme.rows(values)).mark_bar(stroke=theme.INK, strokeWidth=0.6)
    bars: alt.Chart = base.encode(x=x, x2="last:T")
    return bars


def _zero() -> alt.Chart:
    base = alt.Chart(theme.rows([{"level": 0}])).mark_rule(stroke=theme.INK, strokeWidth=1)
    line: alt.Chart = base.encode(y="level:Q")
    return line


def _time(found: Ledger) -> alt.Scale:
    first, last = found.steps[0].first.isoformat(), found.steps[-1].last.isoformat()
    return alt.Scale(type="utc", domain=[first, f"{last}T23:59:59"], nice=False)


def _axis(found: Ledger, *, labels: bool) -> alt.Axis:
    return alt.Axis(format=_WIDE[found.by], labels=labels, ticks=labels, grid=False, tickCount=8, labelOverlap=True)


def _ticks(low: int, high: int) -> list[int]:
    """Whole numbers for an axis, about six of them: an act is never half."""
    step = max(1, round((high - low) / 6))
    return sorted({*range(0, high + 1, step), *range(0, low - 1, -step)})


def _span(one: Step) -> dict[str, Any]:
    """Give the days that a bar stands over: those of its step without a twelfth on both sides."""
    room = ((one.last - one.first) + timedelta(days=1)) / 12
    first = datetime.combine(one.first, time()) + room
    last = datetime.combine(one.last, time()) + timedelta(days=1) - room
    return {"first": first.isoformat(timespec="seconds"), "last": last.isoformat(timespec="seconds")}


def _middle(one: Step) -> str:
    return (one.first + (one.last - one.first) / 2).isoformat()


def _empty() -> alt.Chart:
    base = alt.Chart(theme.rows([{"words": "no act or contact has a day"}])).mark_text(align="left", x=3)
    words: alt.Chart = base.encode(text="words:N").properties(width=theme.WIDTH, height=60)
    return words
