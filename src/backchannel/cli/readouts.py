"""``readouts``: the accounts that two or more tellers give of one contact, point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.options import Json, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import NOTHING, console, draw, emit, lines, note, nothing, say
from backchannel.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from backchannel.analysis.readouts import Readouts, Side
    from backchannel.analysis.readouts_lines import Line
    from backchannel.store import Store

_WIDE = 110
"""Columns from which on accounts stand side by side."""
_MOST = 3
"""Accounts that fit side by side."""

READOUTS = examples(
    "backchannel readouts k_00d071",
    "what each side says of one call or meeting; the beginning of its id will do",
    "backchannel readouts USA Russia --since 2021",
    "which contacts of two parties were told by more than one",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("readouts", epilog=READOUTS)(readouts)


def readouts(
    one: Annotated[str, typer.Argument(metavar="ID", help="A conversation's id, or with a second name a party.")],
    other: Annotated[str | None, typer.Argument(metavar="[B]", help="The other party, to list their contacts.")] = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Set two sides' accounts of one contact side by side: what both say, what differs, what one alone says."""
    from backchannel.analysis.readouts import readouts as compared

    bounds(since, until)
    with opened(store) as kept:
        if other is not None:
            _listed(kept, one, other, since, until, as_json=as_json)
            return
        if since is not None or until is not None:
            raise QueryError("--since and --until go with two parties: backchannel readouts A B --since DATE")
        found = kept.conversation(one)
        if found is None:
            nothing(f"no conversation {one!r}; list those with two accounts: backchannel readouts A B")
        told = compared(found, kept)
    if not told.sides:
        nothing(f"{told.headline}: no account of it is in the store, only rows of tables or announcements")
    if as_json:
        emit([told])
    else:
        _print(told)
    if told.is_one_sided:
        tellers = " and ".join(side.name for side in told.sides if side.points) or "nobody"
        note(f"only one account is in the store that tells more than the contact, by {tellers}; nothing to compare")
        raise typer.Exit(NOTHING)


def _listed(kept: Store, one: str, other: str, since: str | None, until: str | None, *, as_json: bool) -> None:
    """Write the contacts of two parties that two or more tellers give an account of."""
    from backchannel.analysis import phrases, questions
    from backchannel.analysis.readouts import readouts as compared

    asked = questions.Asked(actors=(one, other), since=since, until=until)
    found = ((each, compared(each, kept)) for each in questions.find(asked, kept) if each.documents > 1)
    several = [(each, told) for each, told in found if not told.is_one_sided]
    if not several:
        nothing("no contact of theirs is told by two tellers; backchannel pair shows what there is")
    if as_json:
        emit(told for _, told in several)
        return
    rows = []
    for each, told in several:
        who = "; ".join(f"{side.name} {side.points}" for side in told.sides)
        shared = sum(len(line.tellers) > 1 for line in told.lines)
        when = phrases.told_on(each)
        rows.append(
            (when, f"{phrases.parties(each, persons=False)}: {phrases.what(each)}; {who}", str(shared), each.id)
        )
    lines(("when", "who and what; points by teller", "shared", "id"), rows, right=(2,), wide=1)


def _print(told: Readouts) -> None:
    from rich.padding import Padding
    from rich.text import Text

    say(told.headline)
    say(told.conversation)
    say()
    for side in told.sides:
        head, *below = _side(side)
        draw(Text(head, style="bold"), *(Padding(Text(line, overflow="fold"), (0, 0, 0, 2)) for line in below))
    draw(*(Text(f"differ on {apart}") for apart in told.apart))
    say()
    is_wide = console().width >= _WIDE and 1 < len(told.sides) <= _MOST
    draw(*(_columns(told) if is_wide else _stacked(told)))


def _side(side: Side) -> Iterator[str]:
    """Yield what is told of an account as a whole: its points, its document, the issues it alone names, its longest list."""
    from backchannel.analysis import phrases

    shared = f", {side.shared} also told by others ({side.share:.0%})" if side.share is not None else ""
    yield f"{side.name}: {phrases.count(side.points, 'point')}{shared}"
    yield side.citation
    if side.issues_alone:
        yield f"issues it alone names: {phrases.listed(side.issues_alone)}"
    if side.longest_list > 1:
        yield f"longest list: {side.longest_list} items"
    if side.also:
        yield f"also in: {', '.join(side.also)}"


def _columns(told: Readouts) -> list[RenderableType]:
    """Give a table with a column for each teller."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold", expand=True)
    table.add_column("", ratio=2, style="dim")
    for side in told.sides:
        table.add_column(side.name, ratio=5, overflow="fold")
    for line in told.lines:
        table.add_row(Text("\n".join(_about(line, told))), *(Text(_quoted(line, side)) for side in told.sides))
    return [table]


def _stacked(told: Readouts) -> list[RenderableType]:
    """Give the lines one under the other, each teller's words below how they stand."""
    from rich.padding import Padding
    from rich.text import Text

    parts: list[RenderableType] = []
    for line in told.lines:
        parts.append(Text("; ".join(_about(line, told)), style="bold"))
        for side in told.sides:
            if side.teller in line.tellers:
                label = f"{side.name}: " if len(line.tellers) > 1 else ""
                parts.append(Padding(Text(f"{label}{_quoted(line, side)}"), (0, 0, 0, 2)))
        parts.append(Text())
    return parts


def _about(line: Line, told: Readouts) -> list[str]:
    """Give how a line stands, on what, and in what its tellers differ."""
    from backchannel.analysis import phrases
    from backchannel.analysis import readouts as room

    parts = [room.said(line, {side.teller: side.name for side in told.sides})] if len(told.sides) > 1 else []
    parts += [f"on {phrases.listed(line.issues)}"] if line.issues else []
    parts += [f"differ in {room.differing(line)}"] if line.differences else []
    return parts


def _quoted(line: Line, side: Side) -> str:
    """Give a teller's words for a line, each with its place in the document, and its own wording where tellers differ."""
    from backchannel.analysis import readouts as room

    told = [f"“{' '.join(one.text.split())}” [{one.start}–{one.end}]" for one in line.quotations.get(side.teller, ())]
    wording = room.wording(line, side.teller)
    near = [] if line.near is None or not told else [f"nearest elsewhere: “{' '.join(line.near.text.split())}”"]
    return "\n".join([*told, *([f"({wording})"] if wording else []), *near])
