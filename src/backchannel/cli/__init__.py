"""The command line: questions and orders come in, answers go to stdout and everything else to stderr."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from backchannel import __version__
from backchannel.cli import asking, checks, coding, demo, measure, naming, periods, reading, settings, upkeep
from backchannel.errors import BackchannelError

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
for group in (demo, coding, reading, asking, periods, naming, checks, settings, upkeep, measure):
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


def main() -> None:
    """Run the command that was typed; what a user can mend ends with a message and 1, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        app()
    except BackchannelError as fault:
        print(f"backchannel: {fault}", file=sys.stderr)
        sys.exit(1)
