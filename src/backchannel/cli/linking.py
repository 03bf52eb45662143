"""``link``: which public events and declassified records are of one contact, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.options import Json, StorePath, examples, now, writable
from backchannel.cli.output import draw, emit, note, nothing

if TYPE_CHECKING:
    from rich.console import RenderableType

    from backchannel.analysis.linked import End, Linked
    from backchannel.pipeline.linking import LinkSummary
    from backchannel.store import Store

_SHOWN = 20
"""Links in a list for people, unless they ask for more."""

LINK = examples(
    "backchannel link",
    "visits, journeys, readouts and news beside the records of the same talks",
    "backchannel link k_00d071 --json",
    "those of one conversation, with their reasons, as JSON lines",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("link", epilog=LINK)(link)


def link(
    id: Annotated[
        str | None, typer.Argument(metavar="[CONVERSATION]", help="Only its links; its id or the beginning of it.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="At most so many; 0 for all. Default 20, in JSON all.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Look at all records anew, not only at what changed.")
    ] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Link what was public with declassified records of the same contact, and list the links with their reasons.

    A link joins nothing: visit and record stay two conversations. What people undid or told apart is not linked again.
    """
    from backchannel.analysis.linked import linked
    from backchannel.pipeline.linking import link_store, links_of

    with writable(store) as kept:
        summary = link_store(kept, now=now(), everything=everything)
        found = linked(kept, links_of(kept, None if id is None else _claims(kept, id)))
    note(did(summary))
    if not found:
        nothing("no link; import visits, travels or readouts, and read records: backchannel import, backchannel read")
    most = limit if limit else len(found) if as_json or limit == 0 else _SHOWN
    if as_json:
        emit(found[:most])
        return
    draw(*(_drawn(one) for one in found[:most]))
    if len(found) > most:
        note(f"{most} of {len(found)} shown; --limit 0 for all")
    note("a link that is wrong goes with: backchannel review undo J_…")


def did(summary: LinkSummary) -> str:
    """Give what linking did, in a line."""
    from backchannel.analysis.phrases import count

    parts = [f"{summary.new:,} new", f"{summary.changed:,} changed", f"{summary.withdrawn:,} taken back"]
    kept = f"; {count(summary.kept_apart, 'pair')} kept apart by people" if summary.kept_apart else ""
    return f"{count(summary.links, 'link')} of public events and records: {', '.join(parts)}{kept}"


def _claims(kept: Store, id: str) -> tuple[str, ...]:
    found = kept.conversation(id)
    if found is None:
        nothing(f"no conversation {id!r}; list them with backchannel conversations")
    return found.claims


def _drawn(one: Linked) -> RenderableType:
    """Give a link as it is read: score, both sides, where they stand, why, and the ids to undo or look up."""
    from rich.padding import Padding
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    by = "" if one.score is not None else f" (linked by {one.by})"
    table.add_row(f"{one.score:.2f}" if one.score is not None else "–", f"{one.public.told}{by}")
    table.add_row("", one.record.told)
    table.add_row("", f"{_source(one.public)}; {_source(one.record)}")
    for reason in one.reasons:
        table.add_row(f"{reason.weight:+.1f}", reason.detail)
    table.add_row("", f"{one.judgement}  {one.public.claim}  {one.record.claim}")
    return Padding(table, (0, 0, 1, 0))


def _source(end: End) -> str:
    return end.row if end.row is not None else end.document
