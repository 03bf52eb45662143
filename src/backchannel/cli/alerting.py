"""``alerts``: what turned, broke off or began, by what was known on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli import charting
from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, note, nothing, say

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.padding import Padding

    from backchannel.alerts import Alert, Found, Kind
    from backchannel.charts.render import Chart

ALERTS = examples(
    "backchannel alerts --budget 5",
    "the five weightiest of each of the last four weeks",
    "backchannel alerts --pair USA China --since 2023 --chart alerts.png",
    "all of two parties, also drawn: the weeks in which they fell silent or spiked, all else by day",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("alerts", epilog=ALERTS)(alerts)


def alerts(
    since: Since = None,
    until: Until = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help="Only these; may be given again: confirmation, denial, new_channel, silence, spike, status, upgrade.",
        ),
    ] = None,
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    minimum_independent: Annotated[
        int | None, typer.Option("--minimum-independent", min=1, help="On at least so many independent words.")
    ] = None,
    budget: Annotated[int | None, typer.Option(min=1, help="At most so many a week, the weightiest.")] = None,
    chart: charting.ChartFile = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List new channels, silences, spikes, turns of status, denials and confirmations; the last four weeks by default."""
    from backchannel.alerts import of_store

    bounds(since, until)
    charting.checked(chart)
    with opened(store) as kept:
        found = of_store(
            kept,
            since=since,
            until=until,
            kinds=_kinds(kind),
            actors=(*(pair or ()), *([actor] if actor is not None else [])),
            issue=issue,
            minimum_independent=minimum_independent,
            budget=budget,
            with_courses=chart is not None,
        )
    for why in found.unjudged:
        note(why)
    if not found.alerts:
        nothing("no alert in this time")
    charting.write(chart, lambda: _chart(found))
    if as_json:
        emit(found.alerts)
        return
    for number, one in enumerate(found.alerts):
        if number:
            say()
        _print(one)


def _chart(found: Found) -> Chart:
    from backchannel.charts.alerts import drawn

    return drawn(found)


def _kinds(given: list[str] | None) -> tuple[Kind, ...]:
    from typing import cast

    return tuple(cast("Kind", one.replace("-", "_")) for one in given or ())


def _print(alert: Alert) -> None:
    from rich.text import Text

    from backchannel.alerts import words
    from backchannel.analysis import phrases
    from backchannel.cli.output import draw

    head = f"{phrases.day(alert.day)}  {words()[alert.kind].label.upper()}  {' – '.join(alert.names)}"
    rows: list[RenderableType] = [Text(head, style="bold"), _indented(alert.headline)]
    rows.append(_indented(f"because: {'; '.join(alert.reasons)}"))
    if alert.thin is not None:
        rows.append(_indented(f"thin: {alert.thin}"))
    for one in alert.backing:
        rows.append(_indented(f"“{' '.join((one.quotation or one.citation).split())}”", by=4))
        rows.append(_indented(one.citation, by=4))
    told = "" if alert.conversation is None else f"; backchannel show {alert.conversation[:8]}"
    rows.append(_indented(f"{alert.surprise:.1f} bits, priority {alert.priority:.1f}; {alert.id}{told}"))
    draw(*rows)


def _indented(text: str, *, by: int = 2) -> Padding:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text), (0, 0, 0, by))
