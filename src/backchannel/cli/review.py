"""``review``: the desk at which people decide, and what its commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, Until, bounds, examples, now, writable
from backchannel.cli.output import console, draw, emit, note, nothing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from backchannel.analysis.questions import Asked
    from backchannel.review import Item, Writer
    from backchannel.review.queue import Kind
    from backchannel.store import Store

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; the user of this computer without.")]
KINDS: Final[Mapping[str | None, frozenset[Kind]]] = {
    None: frozenset(("joined", "apart", "claim")),
    "merges": frozenset(("joined", "apart")),
    "claims": frozenset(("claim",)),
}
"""The kinds of items behind what is typed."""
MERGE: Final = "bring it in with: backchannel merge"
MERGE_ALL: Final = "bring them in with: backchannel merge"

DESK = examples(
    "backchannel review --pair USA China --limit 20",
    "the twenty questions about two parties that matter most",
    "backchannel review --kind claims --by anna --merge",
    "doubtful claims only; conversations are brought up to date at the end",
)
review_app = typer.Typer(
    help="Decide what is uncertain: a desk at the terminal, and the same decisions as commands.",
    invoke_without_command=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(review_app, name="review", epilog=DESK)


@review_app.callback()
def desk(
    context: typer.Context,
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        Literal["merges", "claims"] | None, typer.Option("--kind", help="Only pairs of claims, or only claims.")
    ] = None,
    by: By = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many items.")] = None,
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="The items of a sheet, in its order, in place of the queue."),
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Hide what was decided before.")] = False,
    merge: Annotated[bool, typer.Option("--merge", help="Bring conversations up to date at the end.")] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Sit at the desk: what is most uncertain and weighs most comes first, one key a decision.

    Every decision is kept at once; b takes the last one back; q and Ctrl-C lose nothing. With --json the pages go to
    stderr and the judgements to stdout.
    """
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    from backchannel.analysis.phrases import count
    from backchannel.analysis.questions import Asked, table
    from backchannel.cli.desk import Desk
    from backchannel.cli.keys import asker
    from backchannel.review import Session

    bounds(since, until)
    actors = (*(pair or ()), *([actor] if actor is not None else []))
    with writable(store) as kept:
        writer = writer_of(kept, by)
        asked = Asked(actors=actors, issue=issue, since=since, until=until)
        items = _of_sheet(sheet, kept) if sheet is not None else waiting(kept, asked, kind)
        if not items:
            nothing("nothing is left to decide here")
        shown = canvas(as_json=as_json)
        session = Session(items[:limit], writer)
        asked_of, turn = asker(prompter(shown)), turner(as_json=as_json)
        sitting = Desk(kept, session, asked_of, shown, turn, console().width, table(kept), is_blind=blind)
        sitting.sit()
        done = session.decided()
        left = len(items) - session.place
        if sitting.told:
            note(sitting.told)
        note(f"{count(len(done), 'decision')} written; {count(left, 'item')} left in the queue")
        if as_json:
            emit(done)
        if merge:
            _merge(kept)
        elif done:
            note(MERGE if len(done) == 1 else MERGE_ALL)


def who(by: str | None) -> str:
    """Give who decides: as named, else the user of this computer."""
    if by is not None:
        return by
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"


def waiting(kept: Store, asked: Asked, kind: str | None) -> list[Item]:
    """Give the queue of the conversations asked for."""
    from backchannel import actors, conversations
    from backchannel.analysis.questions import reports, table
    from backchannel.cli.asking import answered
    from backchannel.review import queue, stakes
    from backchannel.review import reports as told

    found = answered(kept, asked)
    claims, documents = reports(found, kept)
    return queue(
        found,
        told(claims.values(), documents.values(), speaks_for=actors.speaks_for(table(kept))),
        kept.decisions().judgements,
        weights=conversations.weights(),
        stakes=stakes(),
        kinds=KINDS[kind],
    )


def canvas(*, as_json: bool) -> Callable[[RenderableType], None]:
    """Give what pages are shown with: on stdout, or on stderr where stdout is for JSON."""
    if not as_json:
        return draw
    from rich.console import Console

    return Console(stderr=True, highlight=False).print


def turner(*, as_json: bool) -> Callable[[], None]:
    """Give what turns the page: at a terminal the screen is emptied, so that each item begins at its top."""

    def turn() -> None:
        if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
            console().clear()

    return turn


def prompter(shown: Callable[[RenderableType], None]) -> Callable[[str], None]:
    """Give what asks for a key: at the terminal on the same line, else as a line of its own."""
    from rich.text import Text

    def ask(prompt: str) -> None:
        shown(Text(prompt, style="bold"))

    return ask


def _refuse_options(context: typer.Context) -> None:
    """Options before a subcommand would be lost without a word."""
    typed = [
        name for name in context.params if getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
    ]
    if typed:
        told = ", ".join(f"--{name.removeprefix('as_').replace('_', '-')}" for name in typed)
        raise typer.BadParameter(f"{told} must stand after {context.invoked_subcommand}")


def writer_of(kept: Store, by: str | None) -> Writer:
    """Give what writes the decisions of a person."""
    from backchannel.review import Writer

    return Writer(kept, by=who(by), now=now)


def _merge(kept: Store) -> None:
    from backchannel.cli.reading import joined
    from backchannel.pipeline.linking import link_store
    from backchannel.pipeline.merging import merge_store

    note(joined(merge_store(kept)))
    link_store(kept, now=now())


def _of_sheet(path: Path, kept: Store) -> list[Item]:
    """The items of a sheet whose claims are in the store, in its order, as pages of the desk."""
    from backchannel import actors, conversations
    from backchannel.analysis.questions import table
    from backchannel.review import paged, reports, stakes
    from backchannel.review.sheets import lines as read

    named = [tuple(line["claims"]) for _, line in read(path)]
    there = {claim.id: claim for claim in kept.claims(ids={name for names in named for name in names})}
    owners = [one for one in kept.conversations() if there.keys() & set(one.claims)]
    known = [names for names in named if all(name in there for name in names)]
    if len(known) < len(named):
        note(f"{len(named) - len(known)} items are not in this store and are passed over")
    documents = kept.documents({claim.document for claim in there.values()})
    told = reports(there.values(), documents, speaks_for=actors.speaks_for(table(kept)))
    return paged(known, told, owners, weights=conversations.weights(), stakes=stakes())
