"""``evaluate``: the reading measured on gold sets, and the gate that keeps what was reached."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from backchannel.cli.options import Json, examples
from backchannel.cli.output import say
from backchannel.errors import InputError

EVALUATE = examples(
    "backchannel evaluate merge --data gold/merge --from text --errors 5",
    "reading and merging together, five wrong pairs first",
    "backchannel evaluate --gate --gold gold/",
    "fails when a score is below its floor",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate", epilog=EVALUATE)(evaluate)


def evaluate(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[SET]",
            help="contacts, source_article, rest, readouts, triage, actors, attribution, plv, petrarch, frus, links, merge or forecast.",
        ),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="The set's file, or the folder of the sets.")] = None,
    by: Annotated[str | None, typer.Option(metavar="FIELD", help="Also by this field of the items.")] = None,
    errors: Annotated[int, typer.Option(min=0, help="Begin with so many items that do not pair up.")] = 0,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the predictions there, one a line.")
    ] = None,
    train: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For plv: learn on it first; the weights are thrown away.")
    ] = None,
    taken_from: Annotated[
        Literal["gold", "text"],
        typer.Option("--from", help="For merge: begin with the gold's parties, form and status, or with the text."),
    ] = "gold",
    corpus: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="For links: the volumes; by default ../corpus/frus beside the gold."),
    ] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Hold all sets against their floors.")] = False,
    gold: Annotated[Path, typer.Option(metavar="DIR", help="The folder of the sets, for --gate.")] = Path("gold"),
    floors: Annotated[Path, typer.Option(metavar="FILE", help="The floors, for --gate.")] = Path("gold/floors.json"),
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what was reached.")] = False,
    allow_regression: Annotated[
        str | None, typer.Option("--allow-regression", metavar="REASON", help="Why floors may go down, with --update.")
    ] = None,
    models: Annotated[
        list[str] | None, typer.Option(help="For forecast: recurrency, linear, boosted; repeat it. All by default.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read; for forecast, threads that learn.")] = 1,
    as_json: Json = False,
) -> None:
    """Measure the reading on a gold set, or hold all sets against their floors."""
    from backchannel.evaluate import evaluate_set, run

    if gate:
        text, code = run(gold, floors, should_update=update, allow_regression=allow_regression, workers=workers)
        say(text)
        raise typer.Exit(code)
    if name is None or data is None:
        raise typer.BadParameter("give a SET with --data FILE, or --gate with --gold DIR")
    if not data.exists():
        raise InputError(f"{data}: no such file or folder; give the set with --data")
    text, _ = evaluate_set(
        name,
        data,
        json=as_json,
        by=by,
        errors=errors,
        output=output,
        train=train,
        taken_from=taken_from,
        corpus=corpus,
        workers=workers,
        models=models or (),
    )
    say(text)
