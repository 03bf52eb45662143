"""``verify`` and ``doctor``: whether every claim stands in its text, and whether the program has what it needs."""

from __future__ import annotations

import typer

from backchannel.cli.options import Json, StorePath, examples
from backchannel.cli.output import emit, note, say

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
            say(f"{mark}  {one.name:<14} {one.told}" + (f"\n{'':>25}mend: {one.mend}" if one.mend is not None else ""))
    if as_json:
        emit(found)
    missing = [one.name.strip() for one in found if one.state == "missing"]
    if missing:
        note(f"missing: {', '.join(missing)}")
        raise typer.Exit(1)


def verify(as_json: Json = False, store: StorePath = None) -> None:
    """Check that every claim's quotation and words stand where it says."""
    raise NotImplementedError
