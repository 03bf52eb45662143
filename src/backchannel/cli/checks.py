"""``verify`` and ``doctor``: whether every claim stands in its text, and whether the program has what it needs."""

from __future__ import annotations

from typing import Annotated

import typer

from backchannel.cli.options import Json, StorePath, examples, opened
from backchannel.cli.output import emit, note, nothing, say

VERIFY = examples(
    "backchannel verify",
    "check every quotation and its words",
    "backchannel verify --json",
    "each fault as a line of JSON",
)
DOCTOR = examples(
    "backchannel doctor",
    "what is there, what is missing and how to mend it",
    "backchannel doctor --json",
    "for a script",
)

_NAMES = 29
"""Columns for the names of what doctor looks at."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("verify", epilog=VERIFY)(verify)
    app.command("doctor", epilog=DOCTOR)(doctor)


def doctor(as_json: Json = False, store: StorePath = None) -> None:
    """Look at what the program stands on; exits with 1 when something needed is missing."""
    from backchannel.cli.health import findings

    found = []
    for one in findings(store):
        found.append(one)
        if not as_json:
            mark = {"ok": "ok     ", "note": "note   ", "missing": "MISSING"}[one.state]
            say(f"{mark}  {one.name:<{_NAMES}}  {one.told}")
            if one.mend is not None:
                say(f"{'':>{_NAMES + 11}}mend: {one.mend}")
    if as_json:
        emit(found)
    missing = [one.name.strip() for one in found if one.state == "missing"]
    if missing:
        note(f"missing: {', '.join(missing)}")
        raise typer.Exit(1)


def verify(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[DOCUMENT…]", help="Ids of documents; all without.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Do not read the documents again.")] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Check that every claim can be traced: quotations, words, rules; exits with 1 at a fault.

    Every quotation must stand in its document where it says, every value's words under the rule that read them, and
    reading the document again must give the same. The share of values that were taken as usual is told last.
    """
    from backchannel import verify as checking
    from backchannel.analysis.phrases import count
    from backchannel.analysis.questions import table
    from backchannel.pipeline.ingest import load_reading

    with opened(store) as kept:
        counts = kept.counts()
        if counts["documents"] == 0:
            nothing("the store is empty, read documents first: backchannel read PATH")
        read = None if quick else load_reading(actors=kept.user_actors(), cues=kept.user_cues())
        found = 0
        for fault in checking.verify(kept, actors=table(kept), read=read, ids=ids or None):
            found += 1
            if as_json:
                emit([fault])
            else:
                say(f"{fault.document or 'conversation'}  {fault.claim}  {fault.field} ({fault.rule}): {fault.message}")
        shares = checking.shares(kept.claims())
    if as_json:
        emit([{"claims": counts["claims"], "faults": found, "defaulted": shares}])
    else:
        amount = f"{count(counts['claims'], 'claim')} in {count(counts['documents'], 'document')}"
        say(f"{amount}, {count(found, 'fault')}")
        say("taken as usual for want of words: " + ", ".join(f"{name} {part:.0%}" for name, part in shares.items()))
    if found:
        raise typer.Exit(1)
