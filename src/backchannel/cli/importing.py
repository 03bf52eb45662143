"""``import``: tables of others, and official readouts, come into the store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backchannel.cli.options import Json, StorePath, day, examples, now, opened
from backchannel.cli.output import emit, note, say
from backchannel.cli.reading import told

IMPORT = examples(
    "backchannel import visits visits.json",
    "visits by foreign leaders, each row a claim",
    "backchannel import readouts calls/ --institution 'Office of the President of Finland'",
    "accounts that an institution gives of its own talks",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", epilog=IMPORT)(import_)


def import_(
    kind: Annotated[str, typer.Argument(metavar="WHAT", help="visits, travels or readouts.")],
    targets: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="The table; of readouts, files, folders or addresses.")
    ],
    institution: Annotated[
        str | None, typer.Option(help="Whose readouts they are, where their sources do not tell.")
    ] = None,
    date_: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Day of publication of readouts, where none is given.")
    ] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Import what is public: tables of visits and travels, whose rows become claims, and official readouts.

    A row is a claim without a sentence; it counts as no independent origin. Importing a table again brings it up to date.
    """
    from backchannel.importers import TABLES
    from backchannel.pipeline.importing import import_readouts, import_table
    from backchannel.sources import Options

    clock = now()
    options = Options(date=day(date_, "date"), today=clock.date(), now=clock)
    if kind != "readouts":
        TABLES.get(kind)
    with opened(store, writes=True) as kept:
        if kind == "readouts":
            summary = import_readouts(targets, kept, options, institution=institution)
        elif len(targets) == 1:
            summary = import_table(kind, Path(targets[0]), kept, options)
        else:
            raise typer.BadParameter("give one file; a second one would take the place of the first")
        if as_json:
            emit([summary])
        else:
            for line in told(summary):
                say(line)
        if summary.read:
            note("next: backchannel merge")
    if summary.failed and not summary.read and not summary.skipped:
        raise typer.Exit(1)
