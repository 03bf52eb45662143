"""The words that a store knows: ``actors`` and ``cues``, those that ship and the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from backchannel import records
from backchannel.cli.options import Json, StorePath, examples, is_there, now, opened
from backchannel.cli.output import emit, lines, note, nothing, say

if TYPE_CHECKING:
    from backchannel.actors import ActorTable
    from backchannel.store import Store

ADD = examples(
    "backchannel actors add mine.yml",
    "a list of entries with id, name, kind, aliases",
    "backchannel actors add envoys.csv --store talks.db",
    "rows with id, person, office, from, to",
)
LIST = examples(
    "backchannel actors list georgia",
    "who has this in a name",
    "backchannel actors list energy --json",
    "as JSON lines",
)
SHOW = examples("backchannel actors show USA", "its names", "backchannel actors show kremlin --json", "as JSON")
CUES_ADD = examples(
    "backchannel cues add words.csv",
    "rows with aspect, value, cue, such as privacy,secret,under the radar",
    "backchannel cues add words.yml --json",
    "what was read again, as JSON",
)
CUES_LIST = examples("backchannel cues list", "your own cue words", "backchannel cues list --json", "as JSON lines")

CUED: Mapping[str, Sequence[str]] = {
    "contact": get_args(records.Form),
    "privacy": get_args(records.Privacy),
}
"""The aspects that take a user's cues, with their values; ``issues`` takes the ids of the issues."""

actors = typer.Typer(help="Actors: find them, see their names, add your own.", no_args_is_help=True)
cues = typer.Typer(help="Cue words: see and add your own.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(actors, name="actors", epilog=LIST)
    app.add_typer(cues, name="cues", epilog=CUES_ADD)


@actors.command("add", epilog=ADD)
def add_actors(
    file: Annotated[Path, typer.Argument(help="A .yml, .jsonl, .csv or .tsv file of rows.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Add your own actors, other names, persons and offices; documents that they touch are read again."""
    from backchannel.cli.additions import actor_rows
    from backchannel.pipeline.rereading import touched

    rows = actor_rows(file)
    with opened(store, writes=True) as kept:
        kept.add_user_actors(rows)
        _read_again(kept, touched(kept, actors=rows), len(rows), as_json=as_json)


@actors.command("list", epilog=LIST)
def list_actors(
    text: Annotated[str, typer.Argument(help="Part of an id or a name; nothing for your own actors.")] = "",
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List actors by part of a name, or your own."""
    from backchannel.analysis.naming import candidates

    table, own = _table(store)
    found = candidates(text, table, limit=50) if text else own
    if not found:
        nothing(
            f"no actor with {text!r} in a name" if text else "you have added no actors; backchannel actors add FILE"
        )
    if as_json:
        emit(table.actors[one] for one in found)
        return
    rows = [
        (one, table.actors[one].name, table.actors[one].kind, ", ".join(table.actors[one].aliases[:4])) for one in found
    ]
    lines(("id", "name", "kind", "also called"), rows, wide=3)


@actors.command("show", epilog=SHOW)
def show_actor(
    who: Annotated[str, typer.Argument(metavar="ID", help="An id, a name or another name.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show an actor: its kind, its names, and the persons that the dictionary knows to act for it."""
    from backchannel.analysis.naming import actor

    table, _ = _table(store)
    one = actor(who, table)
    known = table.actors.get(one)
    if known is None:
        nothing(f"{one} is an id that the dictionary does not hold")
    offices = _offices(table, one)
    if as_json:
        emit([{"actor": known, "offices": offices}])
        return
    say(f"{one}  {known.name}  ({known.kind}, {known.sector or 'no sector'})")
    say(f"also called: {', '.join(known.aliases) or 'nothing else'}")
    if offices:
        say(f"{len(offices)} offices, the latest:")
        rows = [(row["person"], row["office"] or "–", _year(row["from"]), _year(row["to"])) for row in offices[:15]]
        lines(("person", "office", "from", "to"), rows)


def _offices(table: ActorTable, actor: str) -> list[dict[str, Any]]:
    """Give who acts for an actor as what, the latest first; years as numbers."""
    senses = {sense for group in table.senses.values() for sense in group if sense.actor == actor}
    found = {(s.person, s.office, s.start, s.end) for s in senses if s.kind == "person" and s.person is not None}
    rows = [
        {"person": person, "office": None if office is None else office.replace("_", " "), "from": start, "to": end}
        for person, office, start, end in found
    ]
    return sorted(rows, key=lambda row: (-(row["from"] or 0), str(row["person"]), str(row["office"])))


@cues.command("add", epilog=CUES_ADD)
def add_cues(
    file: Annotated[Path, typer.Argument(help="A .yml, .jsonl, .csv or .tsv file of rows: aspect, value, cue.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Add your own cue words; documents that they touch are read again."""
    from backchannel import vocabulary
    from backchannel.cli.additions import cue_rows
    from backchannel.pipeline.rereading import touched

    issues = [str(row["id"]) for row in vocabulary.load("issues.yml")["issues"]]
    rows = cue_rows(file, {**CUED, "issues": sorted(issues)})
    with opened(store, writes=True) as kept:
        kept.add_user_cues(rows)
        _read_again(kept, touched(kept, cues=rows), len(rows), as_json=as_json)


@cues.command("list", epilog=CUES_LIST)
def list_cues(as_json: Json = False, store: StorePath = None) -> None:
    """List your own cue words."""
    with opened(store) as kept:
        rows = kept.user_cues()
    if not rows:
        nothing("you have added no cue words; backchannel cues add FILE")
    if as_json:
        emit(rows)
    else:
        lines(("aspect", "value", "cue"), [(str(row["aspect"]), str(row["value"]), str(row["cue"])) for row in rows])


def _read_again(kept: Store, ids: Sequence[str], rows: int, *, as_json: bool) -> None:
    from backchannel.analysis.phrases import count
    from backchannel.pipeline.rereading import reread

    summary = reread(kept, ids, now=now()) if ids else None
    claims = 0 if summary is None else summary.claims
    if as_json:
        emit([{"rows": rows, "documents": len(ids), "claims": claims}])
    else:
        say(f"{count(rows, 'row')} added; {count(len(ids), 'document')} read again, with {count(claims, 'claim')}")
    if ids:
        note("next: backchannel merge")


def _table(store: str | None) -> tuple[ActorTable, list[str]]:
    """Give the dictionary with the user's own rows, and their ids; where there is no store, only what ships."""
    from backchannel.actors import shipped
    from backchannel.analysis.questions import table

    if not is_there(store):
        return shipped(), []
    with opened(store) as kept:
        return table(kept), sorted({str(row["id"]) for row in kept.user_actors()})


def _year(value: float | None) -> str:
    return "" if value is None else str(int(value))
