"""The look that all charts share: legible in black and white, titled by what they show, with units and a source.

A function that draws gives ``framed(alt.Chart(rows(…))…, title=…, subtitle=…, source=…)``. Values are told apart by shape, by dash
and by grey, never by hue alone; ``SHAPES``, ``DASHES`` and ``GREYS`` go from the strongest mark to the faintest.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from backchannel.errors import ModelError

try:
    import altair as alt
except ImportError:
    raise ModelError("charts need altair, which is not installed; run: pip install 'backchannel[analysis]'") from None

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is part of vl-convert, so that words show on a machine without fonts."""
INK: Final = "#1a1a1a"
DIM: Final = "#595959"
"""The faintest grey for words: 7 to 1 against white."""
RULE: Final = "#d4d4d4"
GREYS: Final = ("#1a1a1a", "#6b6b6b", "#a3a3a3", "#d4d4d4")
DASHES: Final = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))
SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
WIDTH: Final = 700
"""Pixels of a chart's plot at scale 1: a printed page of 17 cm at 300 dots an inch is 2,000 dots, so scale 3."""
_WORDS: Final = 118
"""Characters of a line of the source."""


def config() -> dict[str, Any]:
    """Give the Vega-Lite configuration of every chart."""
    return {
        "background": "white",
        "font": FONT,
        "padding": 14,
        "view": {"stroke": None},
        "axis": {
            "domainColor": DIM,
            "gridColor": RULE,
            "labelColor": INK,
            "labelFontSize": 11,
            "tickColor": DIM,
            "titleColor": DIM,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
        },
        "header": {"labelColor": INK, "labelFontSize": 12, "titleColor": DIM},
        "legend": {
            "labelColor": INK,
            "labelFontSize": 11,
            "labelLimit": 400,
            "symbolSize": 90,
            "titleColor": DIM,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
        },
        "mark": {"color": INK},
        "point": {"filled": True, "size": 70, "opacity": 1},
        "range": {"category": list(GREYS), "symbol": list(SHAPES), "ordinal": list(GREYS)},
        "rule": {"color": RULE},
        "text": {"color": INK, "fontSize": 11},
        "title": {"color": INK, "fontSize": 16, "subtitleColor": DIM, "subtitleFontSize": 12},
    }


def rows(values: Iterable[Mapping[str, Any]]) -> alt.Data:
    """Give the data of a chart: a row a mark, dates as ISO strings."""
    kept = [dict(one) for one in values]
    return alt.Data(values=kept)  # type: ignore[no-untyped-call]  # altair leaves this one unannotated


def days(field: str, *, first: str, last: str, title: str | None = None, labels: bool = True) -> alt.X:
    """Give an axis of days for a field of ISO dates, from the first to the last, the same in every time zone."""
    scale = alt.Scale(type="utc", domain=[_moment(first), _moment(last)], nice=False)
    axis = alt.Axis(title=title, grid=True, labels=labels, ticks=labels, domain=labels, tickCount=12, labelOverlap=True)
    return alt.X(field, type="temporal", scale=scale, axis=axis)


def _moment(iso: str) -> alt.DateTime:
    year, month, day = (int(part) for part in iso.split("-"))
    return alt.DateTime(year=year, month=month, date=day, utc=True)


def framed(
    *drawn: alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart | alt.HConcatChart,
    title: str,
    subtitle: str | Sequence[str],
    source: str | Sequence[str],
    spacing: int = 18,
) -> alt.VConcatChart:
    """Give a chart ready to be printed: what it shows above, what is drawn, the source below.

    Args:
        drawn: one plot, or several from top to bottom.
        title: what is seen, in a sentence or the head of one.
        subtitle: what is counted and in which units; a line each.
        source: where it comes from and what to beware of; long lines are folded.
        spacing: pixels between plots.
    """
    head = alt.TitleParams(text=title, subtitle=_lines(subtitle), anchor="start", frame="group", offset=14)
    foot = alt.TitleParams(
        text=_folded(source),
        orient="bottom",
        anchor="start",
        frame="group",
        offset=14,
        fontSize=10,
        fontWeight="normal",
        color=DIM,
        lineHeight=13,
    )
    return alt.vconcat(alt.vconcat(*drawn, title=head, spacing=spacing), title=foot)


def _lines(words: str | Sequence[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _folded(words: str | Sequence[str]) -> list[str]:
    return [line for one in _lines(words) for line in textwrap.wrap(one, _WORDS)]
