"""``changes`` and ``log``: what became of conversations since a day, and of one from its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from backchannel.cli.options import Json, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, lines, nothing
from backchannel.errors import QueryError

if TYPE_CHECKING:
    from datetime import datetime

    from backchannel.analysis.revisions import Entry
    from backchannel.store import Store

CHANGES = examples(
    "backchannel changes --since 2024-05-01",
    "what merges did since that day",
    "backchannel changes --kind merged --json",
    "which conversations became part of others, as JSON lines",
)
LOG = examples(
    "backchannel log k_00d071",
    "every change of a conversation, and who decided what about it",
    "backchannel log --stale",
    "judgements whose claim is no longer read",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("changes", epilog=CHANGES)(changes)
    app.command("log", epilog=LOG)(log)


def changes(
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        Literal["added", "changed", "split", "merged", "withdrawn"] | None, typer.Option(help="Only these.")
    ] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List what merges changed: conversations added, changed, split, merged or withdrawn, each with its cause."""
    from backchannel.analysis.revisions import cause, told

    bounds(since, until)
    with opened(store) as kept:
        found = kept.history.changes(since=since, until=until, kind=kind)
        if as_json:
            some = False
            for one in found:
                some = True
                emit([one])
        else:
            rows = [(_time(one.at), one.conversation, f"{told(one)}; {cause(one)}") for one in found]
            some = bool(rows)
            if rows:
                lines(("merged", "conversation", "what and why"), rows, wide=2)
    if not some:
        nothing("nothing changed" + (f" since {since}" if since is not None else ""))


def log(
    id: Annotated[
        str | None, typer.Argument(metavar="[CONVERSATION]", help="Its id or the beginning; without, all judgements.")
    ] = None,
    stale: Annotated[bool, typer.Option("--stale", help="Only judgements that have lost their claim.")] = False,
    skipped: Annotated[bool, typer.Option("--skipped", help="Only judgements that a newer one contradicts.")] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Show every change of a conversation and every judgement on its claims: who, when and why."""
    from backchannel.analysis import revisions

    wanted = {name for name, is_asked in (("stale", stale), ("skipped", skipped)) if is_asked}
    with opened(store) as kept:
        found = revisions.judged(kept) if id is None else revisions.log(kept, _conversation(kept, id))
        if wanted:
            found = [one for one in found if one.state in wanted]
    if not found:
        nothing("no judgement" if id is None or wanted else f"nothing is known of {id}")
    if as_json:
        emit(found)
    else:
        _print(found)


def _conversation(kept: Store, prefix: str) -> str:
    """Give the id of a conversation that is or was, by its beginning."""
    there = kept.conversation(prefix)
    if there is not None:
        return there.id
    known = kept.history.named(prefix)
    if prefix in known:
        return prefix
    if len(known) > 1:
        raise QueryError(f"{prefix!r} begins more than one conversation", known=known[:5])
    if not known or prefix == "":
        nothing(f"no conversation {prefix!r}; list them with backchannel conversations")
    return known[0]


def _print(found: Sequence[Entry]) -> None:
    rows = []
    for one in found:
        state = f" ({one.state})" if one.state not in (None, "in force") else ""
        id = f"{one.judgement.id}  " if one.judgement is not None else ""
        why = f"; {one.why}" if one.why else ""
        rows.append((_time(one.at), one.by, f"{id}{one.what}{state}{why}"))
    lines(("when", "who", "what and why"), rows, wide=2)


def _time(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at is not None else "–"
