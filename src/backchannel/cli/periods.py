"""Answers about a stretch of time: ``timeline``, ``calendar`` and ``brief``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from backchannel.cli import charting
from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, note, nothing, say
from backchannel.cli.settings import value_of
from backchannel.errors import ModelError

if TYPE_CHECKING:
    from backchannel.analysis.brief import Brief
    from backchannel.analysis.gaps import Holdings
    from backchannel.analysis.questions import Asked
    from backchannel.analysis.series import Unit
    from backchannel.charts.render import Chart
    from backchannel.records import Conversation
    from backchannel.store import Store

TIMELINE = examples(
    "backchannel timeline --pair USA China --since 2023",
    "what two parties did, month by month",
    "backchannel timeline --actor Oman --counts auto --chart oman.png",
    "how many a month or year, where their number changed, and the same as a chart",
)
CALENDAR = examples(
    "backchannel calendar --actor Ukraine --since 2023-06",
    "what was planned, and what became of it",
    "backchannel calendar --open --json",
    "what is still ahead, as JSON lines",
)
BRIEF = examples(
    "backchannel brief --since 2023-10 --until 2023-12",
    "what to know of three months",
    "backchannel brief --actor Oman --html oman.html",
    "of one actor, as Markdown here and as a page there",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("timeline", epilog=TIMELINE)(timeline)
    app.command("calendar", epilog=CALENDAR)(calendar)
    app.command("brief", epilog=BRIEF)(brief)


def timeline(
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    counts: Annotated[
        Literal["week", "month", "quarter", "year", "auto"] | None,
        typer.Option(help="Count them step by step instead, and mark changes of their number."),
    ] = None,
    chart: charting.ChartFile = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Draw conversations in time: uncertain dates as spans, plans apart from what was held, disputes marked."""
    from backchannel.analysis.questions import Asked
    from backchannel.cli.asking import answered

    bounds(since, until)
    charting.checked(chart)
    actors = (*(pair or ()), *([actor] if actor is not None else []))
    with opened(store) as kept:
        found = answered(kept, Asked(actors=actors, issue=issue, since=since, until=until))
        held = _holdings(kept) if counts is not None or chart is not None else None
    unit: Unit | None = None if counts is None or counts == "auto" else counts
    if counts is None:
        _entries(found, as_json=as_json)
    else:
        _counts(found, unit, held, as_json=as_json)
    about = ", ".join([" and ".join(_names(found, actors)), *([issue] if issue is not None else [])]).strip(", ")
    charting.write(chart, lambda: _chart(found, unit, held, about or "all conversations"))


def calendar(
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    is_open: Annotated[
        bool, typer.Option("--open", help="Only what is still ahead, or was never heard of again.")
    ] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List planned meetings: for when, since when they are known, and every change of their status."""
    from backchannel.analysis import calendar as calendars
    from backchannel.analysis.questions import Asked
    from backchannel.cli.asking import answered
    from backchannel.cli.axes import print_calendar

    _, last = bounds(since, until)
    actors = (*(pair or ()), *([actor] if actor is not None else []))
    with opened(store) as kept:
        found = answered(kept, Asked(actors=actors, issue=issue, since=since, until=until))
        reference = _reference(_holdings(kept).last, last)
    plans = calendars.calendar(found, on=reference)
    if is_open:
        plans = tuple(plan for plan in plans if plan.state in ("tentative", "confirmed", "unheard"))
    if not plans:
        nothing(f"nothing planned among {len(found)} conversations")
    if as_json:
        emit(plans)
        return
    print_calendar(plans)
    if reference is not None:
        note(f"as known from documents up to {reference.isoformat()}")


def _holdings(kept: Store) -> Holdings:
    from backchannel.analysis import gaps

    return gaps.holdings(kept.documents())


def _entries(found: Sequence[Conversation], *, as_json: bool) -> None:
    from backchannel.analysis import timeline as lines
    from backchannel.cli.axes import print_timeline

    told = lines.timeline(found)
    if as_json:
        emit(entry for frame in told.frames for entry in frame.entries)
        emit({"id": one.id, "first": None, "last": None, "reported": one.first_reported} for one in told.undated)
    else:
        print_timeline(told)


def _counts(found: Sequence[Conversation], unit: Unit | None, held: Holdings | None, *, as_json: bool) -> None:
    from backchannel.analysis import series as counted
    from backchannel.cli.axes import print_series

    told = counted.series(found, unit=unit, days=None if held is None else held.days)
    if told is None:
        nothing(f"none of {len(found)} conversations has a date to count by")
    if as_json:
        emit([told])
    else:
        print_series(told)


def _names(found: Sequence[Conversation], actors: Sequence[str]) -> list[str]:
    """The actors that were asked for, as the conversations call those that are in all of them."""
    if not actors:
        return []
    shared = set.intersection(*({party.actor for party in one.parties} for one in found))
    names = {party.actor: party.name or party.actor for one in found for party in one.parties if party.actor in shared}
    return list(names.values())[: len(actors)] if len(names) == len(actors) else list(actors)


def _chart(found: Sequence[Conversation], unit: Unit | None, held: Holdings | None, about: str) -> Chart:
    from backchannel.analysis import series as counted
    from backchannel.analysis import timeline as lines
    from backchannel.charts import timeline as charts

    told = counted.series(found, unit=unit, days=None if held is None else held.days)
    if told is None:
        nothing(f"none of {len(found)} conversations has a date to draw")
    return charts.timeline(lines.timeline(found), told, about)


def brief(
    since: Since = None,
    until: Until = None,
    issue: Issue = None,
    actor: Actor = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write it as a page.")] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Write the brief of a period in Markdown: what is best attested, most private, disputed, ahead, and not covered.

    It is built from stored claims alone: the same store gives the same bytes.
    """
    from backchannel.analysis.questions import Asked
    from backchannel.cli import briefs

    bounds(since, until)
    with opened(store) as kept:
        made = made_from(kept, since=since, until=until, issue=issue, actor=actor)
        asked = Asked(actors=(actor,) if actor is not None else (), issue=issue, since=since, until=until)
        drawings = _drawings(kept, asked) if html is not None else []
    if html is not None:
        briefs.write(html, briefs.page(made, drawings))
        note(f"written: {html}")
    if as_json:
        emit([made])
    else:
        say(briefs.markdown(made))


def _drawings(kept: Store, asked: Asked) -> list[str]:
    """The conversations of a brief in time, as a drawing; nothing where charts are not installed or no day is told."""
    from backchannel.analysis import questions, series
    from backchannel.analysis import timeline as lines

    found = list(questions.find(asked, kept))
    try:
        from backchannel.charts import render
        from backchannel.charts import timeline as charts

        counted = series.series(found, days=_holdings(kept).days)
        return (
            []
            if counted is None
            else [render.drawing(charts.timeline(lines.timeline(found), counted, "the conversations of this brief"))]
        )
    except ModelError as fault:
        note(f"the page has no chart: {fault}")
        return []


def made_from(
    kept: Store,
    *,
    since: str | None = None,
    until: str | None = None,
    issue: str | None = None,
    actor: str | None = None,
    per_section: int | None = None,
) -> Brief:
    """Give the brief of a store; ends the command with 3 when there is nothing to tell."""
    from backchannel.analysis import gaps
    from backchannel.analysis.brief import brief as make
    from backchannel.analysis.questions import Asked, reports
    from backchannel.cli.asking import answered

    first, last = bounds(since, until)
    found = answered(kept, Asked(actors=(actor,) if actor is not None else (), issue=issue, since=since, until=until))
    held = gaps.holdings(kept.documents())
    missing = gaps.gaps(held, list(kept.coverage()), list(kept.problems()), found, since=first, until=last)
    return make(
        found,
        lambda some: reports(some, kept),
        asked=_asked(first or held.first, last or held.last, issue, actor),
        reference=_reference(held.last, last),
        gaps=missing,
        per_section=per_section if per_section is not None else value_of(kept, "brief.lines"),
    )


def _reference(read: date | None, until: date | None) -> date | None:
    """Give the day up to which something can be known: the last document's, or the end of the period before it."""
    return min((one for one in (read, until) if one is not None), default=None)


def _asked(first: date | None, last: date | None, issue: str | None, actor: str | None) -> str:
    from backchannel.analysis import phrases

    about = [part for part in (actor, issue) if part is not None]
    days = [phrases.day(one.isoformat()) for one in (first, last) if one is not None]
    return ", ".join([*about, " to ".join(days)]) if days else ", ".join(about) or "all there is"
