"""Who was there, how often and where it stands: ``room``, and ``conversations`` counted by one thing or with citations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backchannel.cli.asking import hint
from backchannel.cli.options import Json, StorePath, examples, opened
from backchannel.cli.output import emit, lines, nothing

if TYPE_CHECKING:
    from backchannel.analysis.counts import By
    from backchannel.records import Conversation
    from backchannel.store import Store

ROOM = examples(
    "backchannel room k_00d071",
    "everybody whom records and reports name, by state",
    "backchannel room k_00d071 --json",
    "each person with the words and citations",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("room", epilog=ROOM)(room)


def room(
    id: Annotated[str, typer.Argument(metavar="ID", help="A conversation's id or the beginning of it.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show who was in the room: everybody named, for whom, in what office, and in which words."""
    from backchannel.analysis import phrases, questions, rooms

    with opened(store) as kept:
        found = kept.conversation(id)
        if found is None:
            nothing(f"no conversation {id!r}; list them with backchannel conversations{hint(kept)}")
        told = rooms.room(found, *questions.reports([found], kept))
        if not told.people:
            nothing(f"nobody is named in {found.id}; read it with backchannel show {found.id}")
        if as_json:
            emit(told.people)
        else:
            from backchannel.cli.cards import print_room

            when = phrases.interval(found.when)
            print_room(told, f"{phrases.parties(found, persons=False)}: {phrases.what(found)}, {when}")


def counted(found: Sequence[Conversation], by: By, *, as_json: bool) -> None:
    """Write how many conversations there are of each kind."""
    from backchannel.analysis import phrases
    from backchannel.analysis.counts import counts

    told = counts(found, by)
    if as_json:
        emit(told)
        return
    rows = [
        (one.label, f"{one.conversations:,}", phrases.day(one.first), phrases.day(one.last) if one.last else "")
        for one in told
    ]
    lines((by, "conversations", "first", "last"), rows, right=(1,))


def cited(found: Sequence[Conversation], kept: Store, *, as_json: bool) -> None:
    """Write conversations, each with the words that tell it and a citation ready to paste."""
    from backchannel.analysis.questions import reports

    claims, documents = reports(found, kept)
    if as_json:
        emit(_with_citations(one, claims, documents) for one in found)
        return
    from backchannel.cli.cards import print_cited

    print_cited(found, claims, documents)


def _with_citations(found: Conversation, claims: Any, documents: Any) -> dict[str, Any]:
    """Give a conversation as JSON with a quotation and a citation for each of its claims."""
    import msgspec

    from backchannel.analysis.cards import cited

    record: dict[str, Any] = msgspec.to_builtins(found)
    record["citations"] = [msgspec.to_builtins(one) for one in cited(found, claims, documents)]
    return record
