"""The decisions of the desk as commands, for scripts, and the list of what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.options import Json, StorePath, examples, opened, writable
from backchannel.cli.output import emit, lines, note, nothing, say
from backchannel.cli.review import MERGE, By, review_app, writer_of
from backchannel.errors import QueryError

if TYPE_CHECKING:
    from backchannel.records import Judgement
    from backchannel.review import Decision

Reason = Annotated[str | None, typer.Option("--reason", help="Why, in your words.")]
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, as show gives it below each sentence.")]
OtherId = Annotated[str, typer.Argument(metavar="OTHER", help="Another claim's id.")]

SAME = examples(
    "backchannel review same c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13",
    "they tell of one contact",
    "backchannel review same c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13 --reason 'one readout' --by anna",
    "with a reason",
)
DIFFERENT = examples(
    "backchannel review different c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13",
    "they tell of two contacts",
    "backchannel review different c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13 --reason 'the eve'",
    "with a reason",
)
LINKED = examples(
    "backchannel review link c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13",
    "the first was told in public of the talk that the second records",
    "backchannel review link c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13 --reason 'the luncheon'",
    "with a reason",
)
UNSURE = examples(
    "backchannel review unsure c_5140d6bcd5fc28f0 c_1c7f0d2a4b6e8f13",
    "it cannot be told whether they are one",
    "backchannel review unsure c_5140d6bcd5fc28f0",
    "whether it is a contact at all",
)
REJECT = examples(
    "backchannel review reject c_5140d6bcd5fc28f0",
    "the sentence tells of no such contact",
    "backchannel review reject c_5140d6bcd5fc28f0 --field privacy",
    "this value of it is wrong",
)
CORRECT = examples(
    "backchannel review correct c_5140d6bcd5fc28f0 status planned",
    "it had not taken place yet",
    "backchannel review correct c_5140d6bcd5fc28f0 parties 'USA, IRN, OMN:mediator'",
    "who took part, and how",
)
UNDO = examples(
    "backchannel review undo j_8d27736f1d3a944b",
    "take a judgement back",
    "backchannel review undo j_8d27736f1d3a944b --reason 'wrong document'",
    "and say why",
)
LIST = examples(
    "backchannel review list",
    "what was decided and is in force",
    "backchannel review list --stale --json",
    "what does not reach its claim any more, as JSON lines",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    review_app.command("same", epilog=SAME)(same)
    review_app.command("different", epilog=DIFFERENT)(different)
    review_app.command("link", epilog=LINKED)(link)
    review_app.command("unsure", epilog=UNSURE)(unsure)
    review_app.command("reject", epilog=REJECT)(reject)
    review_app.command("correct", epilog=CORRECT)(correct)
    review_app.command("undo", epilog=UNDO)(undo)
    review_app.command("list", epilog=LIST)(list_)


def same(
    claim: ClaimId, other: OtherId, reason: Reason = None, by: By = None, as_json: Json = False, store: StorePath = None
) -> None:
    """Say that two claims tell of one contact."""
    from backchannel.review import Decision

    _write(Decision(kind="same", target=claim, other=other, reason=reason), by, store, as_json=as_json)


def different(
    claim: ClaimId, other: OtherId, reason: Reason = None, by: By = None, as_json: Json = False, store: StorePath = None
) -> None:
    """Say that two claims tell of different contacts."""
    from backchannel.review import Decision

    _write(Decision(kind="different", target=claim, other=other, reason=reason), by, store, as_json=as_json)


def link(
    claim: Annotated[str, typer.Argument(metavar="PUBLIC", help="The id of what was told in public.")],
    other: Annotated[str, typer.Argument(metavar="RECORD", help="The id of the record's claim.")],
    reason: Reason = None,
    by: By = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Say that what was told in public and a record are of one contact; they stay two conversations."""
    from backchannel.review import Decision

    _write(Decision(kind="link", target=claim, other=other, reason=reason), by, store, as_json=as_json)


def unsure(
    claim: ClaimId,
    other: Annotated[str | None, typer.Argument(metavar="[OTHER]", help="Another claim's id.")] = None,
    reason: Reason = None,
    by: By = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Say that it cannot be told; what you had decided of it before is withdrawn."""
    from backchannel.review import Decision

    _write(Decision(kind="unsure", target=claim, other=other, reason=reason), by, store, as_json=as_json)


def reject(
    claim: ClaimId,
    field: Annotated[str | None, typer.Option("--field", help="Only the value of this field is wrong.")] = None,
    reason: Reason = None,
    by: By = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Say that a claim is none, or that a value of it is wrong."""
    from backchannel.review import Decision

    if field is not None:
        _known(field)
    _write(Decision(kind="reject", target=claim, field=field, reason=reason), by, store, as_json=as_json)


def correct(
    claim: ClaimId,
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help="One of parties, form, status, privacy, channel, when, where, issues, source_class, source_text.",
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(metavar="VALUE", help="The right value, as the codebook writes it; none for what is not told."),
    ],
    reason: Reason = None,
    by: By = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Give a field of a claim its right value; a value that it cannot have is refused with those that it can."""
    from backchannel.analysis.questions import table
    from backchannel.review import Decision, parsed

    with writable(store) as kept:
        told = parsed(field, value, actors=table(kept))
    _write(Decision(kind="correct", target=claim, field=field, value=told, reason=reason), by, store, as_json=as_json)


def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id, as review list gives it.")],
    reason: Reason = None,
    by: By = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Take a judgement back; what it had superseded holds again. Undoing an undo brings it back."""
    with writable(store) as kept:
        made = writer_of(kept, by).undo(judgement, reason=reason)
    _told(made, as_json=as_json)


def list_(
    stale: Annotated[bool, typer.Option("--stale", help="Only those that do not reach their claim any more.")] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Also those that were superseded or undone, and the undoings.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only those of one person.")] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List judgements, the newest first; links that the program made are listed by backchannel link."""
    from backchannel.cli.spread import said
    from backchannel.pipeline.linking import is_ours
    from backchannel.review import decided
    from backchannel.review.exchange import stale as lost

    with opened(store) as kept:
        every = list(kept.judgements(superseded=True))
        shown = every[::-1] if all_ else decided(every)
        why = lost(kept)
    found = [one for one in shown if (by is None or one.by == by) and (not stale or one.id in why)]
    if by is None and not all_:
        found = [one for one in found if one.kind != "link" or not is_ours(one)]
    if not found:
        nothing("no such judgement; make some with: backchannel review")
    if as_json:
        emit(found)
    else:
        rows = [
            (one.id, " ".join(filter(None, (one.target, one.other))), _remark(said(one), why.get(one.id)))
            for one in found
        ]
        lines(("judgement", "claims", "says"), rows, wide=2)


def _write(decision: Decision, by: str | None, store: str | None, *, as_json: bool) -> None:
    with writable(store) as kept:
        made = writer_of(kept, by).write(decision)
    _told(made, as_json=as_json)


def _told(made: Judgement, *, as_json: bool) -> None:
    """Tell what was written, and how to bring it in."""
    from backchannel.cli.spread import said

    if as_json:
        emit([made])
        return
    say(f"{made.id}  {' '.join(filter(None, (made.target, made.other)))}  {said(made)}")
    note(MERGE)


def _known(field: str) -> None:
    """Refuse a field that is not judged."""
    from backchannel.review import FIELDS

    if field not in FIELDS:
        raise QueryError(f"{field!r} is no field that is judged; known: {', '.join(FIELDS)}")


def _remark(told: str, why: str | None) -> str:
    return told if why is None else f"{told} (stale: {why})"
