"""``retract``: a document is taken back, so that its claims count no more, or put back."""

from __future__ import annotations

from typing import Annotated

import typer

from backchannel.cli.options import Json, StorePath, examples, now, writable
from backchannel.cli.output import emit, note, say
from backchannel.cli.review import By, who

RETRACT = examples(
    "backchannel retract d_3f2a --reason 'the outlet withdrew it'",
    "its claims count no more",
    "backchannel retract d_3f2a --undo",
    "they count again",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("retract", epilog=RETRACT)(retract)


def retract(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its id, as show gives it below each sentence.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept with who and when.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back an earlier retraction.")] = False,
    by: By = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Take a document back: its claims count no more, and its conversations are flagged at the next merge.

    With the text that began a family go its copies, with a page its older editions.
    """
    from backchannel.analysis.phrases import count
    from backchannel.pipeline import states

    if reason is None and not undo:
        raise typer.BadParameter("say why: --reason TEXT")
    with writable(store) as kept:
        change = states.restore if undo else states.retract
        changed = change(kept, document, reason=reason, by=who(by), at=now())
        told = [{"document": one.id, "state": one.state} for one in kept.documents([document, *changed])]
    if as_json:
        emit(told)
        return
    for one in told:
        say(f"{one['document']}: {one['state']}")
    say(f"{count(len(changed), 'document')} changed")
    note("next: backchannel merge")
