"""``export``: conversations with their claims and reports as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, Until, bounds, examples, one_of, opened
from backchannel.cli.output import emit, note, nothing, say
from backchannel.records import Privacy, Status

EXPORT = examples(
    "backchannel export csv --to tables --since 2023",
    "three tables of a period, for a spreadsheet",
    "backchannel export jsonl plover --to talks --pair USA China --text none",
    "JSON lines and PLOVER events of two parties, without any wording of the documents",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", epilog=EXPORT)(export)


def export(
    formats: Annotated[list[str], typer.Argument(metavar="FORMAT...", help="csv, jsonl, plover, one or several.")],
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go; made when it is not there.")],
    text: Annotated[
        str,
        typer.Option(metavar="RIGHTS", help="Wording of the documents: none, quote:N (characters) or full."),
    ] = "quote:300",
    expand: Annotated[
        Literal["none", "dyads"], typer.Option(help="PLOVER: one event a conversation, or one a pair of parties.")
    ] = "none",
    force: Annotated[bool, typer.Option("--force", help="Write over files of an earlier export.")] = False,
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    person: Annotated[str | None, typer.Option(help="A full name, or one word of it.")] = None,
    since: Since = None,
    until: Until = None,
    privacy: Annotated[list[str] | None, one_of(Privacy, "How privately; may be given again.")] = None,
    status: Annotated[list[str] | None, one_of(Status, "What became of it; may be given again.")] = None,
    minimum_independent: Annotated[
        int | None, typer.Option("--minimum-independent", min=1, help="On at least so many independent words.")
    ] = None,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="Whether tellers exclude each other.")
    ] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Write conversations with their claims and reports as files, all of them whole or none."""
    from backchannel.analysis.phrases import count
    from backchannel.analysis.questions import Asked
    from backchannel.export import export as write

    bounds(since, until)
    asked = Asked(
        actors=(*(pair or ()), *([actor] if actor is not None else [])),
        issue=issue,
        person=person,
        since=since,
        until=until,
        privacy=tuple(privacy or ()),
        status=tuple(status or ()),
        minimum_independent=minimum_independent,
        disputed=disputed,
    )
    with opened(store) as kept:
        made = write(kept, asked, formats, to, text=text, expand=expand, force=force)
    if not made.conversations:
        nothing("no conversation found, nothing written")
    if as_json:
        emit([made])
        return
    for name, lines in made.files.items():
        say(f"{to / name}  {lines:,}")
    note(f"{count(made.conversations, 'conversation')}, {count(made.reports, 'report')}; wording: {text}")
