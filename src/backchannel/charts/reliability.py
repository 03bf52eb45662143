"""How forecasts came true: for each band of chances the share that did, with its interval, beside what was foretold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from backchannel.charts import theme
from backchannel.forecast.standing import Group

SOURCE: Final = (
    "Forecasts and their outcomes as told by the documents of this store, or by the events given; what no document tells "
    "counts as not having happened. docs/forecasts.md"
)
_SIDE: Final = 420


def reliability(found: Sequence[Group], about: str) -> alt.VConcatChart:
    """Draw the reliability of all forecasts, the first group; the dashed line is where chances come true as told."""
    whole = found[0]
    values: list[dict[str, Any]] = [
        {"mean": one.mean, "share": one.share, "low": one.share_low, "high": one.share_high, "n": f"{one.number:,}"}
        for one in whole.reliability
    ]
    title = f"{about}: {whole.name} {whole.number:,}, Brier score {whole.brier.value:.3f}"
    return theme.framed(
        _plot(values),
        title=title,
        subtitle=[
            "Share that came true by what was foretold; bars are 95% Wilson intervals, figures the number of forecasts",
            f"Came true: {whole.share:.1%}, foretold on average: {whole.mean:.1%}",
        ],
        source=SOURCE,
    )


def _plot(values: list[dict[str, Any]]) -> alt.LayerChart | alt.FacetChart:
    scale = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format=".0%", tickCount=10)
    across = alt.X("mean:Q", title="foretold", scale=scale, axis=axis)
    base = alt.Chart(theme.rows(values), width=_SIDE, height=_SIDE)
    ideal = (
        alt.Chart(theme.rows([{"mean": 0, "share": 0}, {"mean": 1, "share": 1}]))
        .mark_line(color=theme.DIM, strokeDash=list(theme.DASHES[1]), strokeWidth=1)
        .encode(x=across, y=alt.Y("share:Q", title="came true", scale=scale, axis=axis))
    )
    bars = base.mark_rule(color=theme.INK, strokeWidth=1.2).encode(
        x=across, y=alt.Y("low:Q", title="came true", scale=scale, axis=axis), y2="high:Q"
    )
    points = base.mark_point(color=theme.INK).encode(x=across, y=alt.Y("share:Q", scale=scale, axis=axis))
    words = base.mark_text(align="left", dx=7, dy=-7).encode(x=across, y=alt.Y("share:Q", scale=scale), text="n:N")
    return alt.layer(ideal, bars, points, words)
