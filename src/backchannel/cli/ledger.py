"""``ledger``: public words and deeds of two parties beside their private contacts, with a gap index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from backchannel.cli import charting
from backchannel.cli.charting import ChartFile
from backchannel.cli.options import Json, OneParty, OtherParty, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, nothing

if TYPE_CHECKING:
    from backchannel.analysis.ledger_records import Ledger
    from backchannel.charts.render import Chart

LEDGER = examples(
    "backchannel ledger USA China --since 2021 --by month",
    "what was said and done in public, beside what was going on in private",
    "backchannel ledger USA Russia --by quarter --chart russia.png",
    "the same as a chart",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ledger", epilog=LEDGER)(ledger)


def ledger(
    one: OneParty,
    other: OtherParty,
    since: Since = None,
    until: Until = None,
    by: Annotated[
        Literal["month", "quarter", "year"] | None,
        typer.Option(help="How long a step is; by default the shortest that needs at most sixty."),
    ] = None,
    chart: ChartFile = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Set public words and deeds of two parties beside their private contacts, with a gap index and its reasons."""
    from backchannel.analysis.ledger_ask import Between, between

    bounds(since, until)
    charting.checked(chart)
    with opened(store) as kept:
        found = between(Between(parties=(one, other), since=since, until=until, by=by), kept)
    if found is None:
        nothing(
            f"neither act nor contact of {one} and {other} is known here in that period; widen it, or read documents "
            "of both first: backchannel read PATH"
        )
    if as_json:
        emit([found])
    else:
        from backchannel.cli.ledger_text import print_ledger

        print_ledger(found)
    charting.write(chart, lambda: _drawn(found))


def _drawn(found: Ledger) -> Chart:
    from backchannel.charts.ledger import drawn

    return drawn(found)
