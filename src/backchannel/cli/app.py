"""All commands, gathered: each file of this room adds its own."""

from __future__ import annotations

from typing import Annotated

import typer

from backchannel import __version__
from backchannel.cli import (
    alerting,
    asking,
    checks,
    coders,
    coding,
    deciding,
    demo,
    exporting,
    forecasting,
    gap,
    importing,
    ledger,
    linking,
    measure,
    naming,
    network,
    parties,
    people,
    periods,
    reading,
    readouts,
    retracting,
    review,
    revisions,
    settings,
    upkeep,
    validating,
    watches,
)

app = typer.Typer(
    name="backchannel",
    help="Who is talking to whom, about what, how privately, with what status, and on whose word.",
    epilog="Start with [bold]backchannel demo[/bold]; every command explains itself with --help.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
for group in (
    demo,
    coding,
    reading,
    importing,
    linking,
    asking,
    parties,
    people,
    periods,
    alerting,
    watches,
    network,
    readouts,
    gap,
    ledger,
    forecasting,
    review,
    deciding,
    coders,
    validating,
    naming,
    revisions,
    checks,
    exporting,
    settings,
    upkeep,
    retracting,
    measure,
):
    group.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"backchannel {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Who is talking to whom, about what, how privately, with what status, and on whose word."""
