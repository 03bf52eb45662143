"""The option ``--chart`` that several commands share: the answer as a chart in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.output import note

if TYPE_CHECKING:
    from backchannel.charts.render import Chart

ChartFile = Annotated[
    Path | None,
    typer.Option("--chart", metavar="FILE", help="Also draw it: FILE.png, FILE.svg or FILE.json (Vega-Lite)."),
]


def checked(path: Path | None) -> None:
    """Refuse a chart that could not be written, before the work for it is done.

    Raises:
        InputError: the ending is none that charts are written with.
        ModelError: altair is not installed.
    """
    if path is not None:
        from backchannel.charts import render

        render.kind(path)


def write(path: Path | None, draw: Callable[[], Chart]) -> None:
    """Write the chart that ``draw`` gives, where one was asked for, and say so on stderr.

    ``draw`` imports its file of ``charts`` inside, so that commands run without the extra ``analysis``.
    """
    if path is None:
        return
    from backchannel.charts import render

    render.render(draw(), path)
    note(f"written: {path}")
