"""``gap``: what the public knew of two parties' contacts at the time, beside what only the record tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli import charting
from backchannel.cli.charting import ChartFile
from backchannel.cli.options import Json, OneParty, OtherParty, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, note, nothing

if TYPE_CHECKING:
    from backchannel.analysis.gap_records import Gap
    from backchannel.charts.render import Chart

GAP = examples(
    "backchannel gap USA China --since 1971 --until 1973",
    "public word above, the record below",
    "backchannel gap USA Germany --person Erhard --chart erhard.svg",
    "one person's contacts, also as a chart",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("gap", epilog=GAP)(gap)


def gap(
    one: OneParty,
    other: OtherParty,
    since: Since = None,
    until: Until = None,
    person: Annotated[str | None, typer.Option(help="Only with this person: a full name, or one word of it.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many contacts a list; 0 for all.")] = 8,
    chart: ChartFile = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Set public word and record side by side: what was known at the time, what came out only later, and on what."""
    from backchannel.analysis.gap_ask import Between, between

    bounds(since, until)
    charting.checked(chart)
    with opened(store) as kept:
        found = between(Between(parties=(one, other), since=since, until=until, person=person), kept)
    if found is None:
        nothing(
            f"no contact of {one} and {other} is known here in that period; widen it, or read records and public "
            "documents first: backchannel read, backchannel import visits, backchannel import travels"
        )
    if since is None and until is None and found.since is not None:
        note(
            f"{found.since} to {found.until}: the years of which the records here tell; --since and --until name others"
        )
    if as_json:
        emit([found])
    else:
        from backchannel.cli.gap_text import print_gap

        print_gap(found, limit=limit)
    charting.write(chart, lambda: _drawn(found))


def _drawn(found: Gap) -> Chart:
    from backchannel.charts.gap import drawn

    return drawn(found)
