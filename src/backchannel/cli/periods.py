"""Answers about a stretch of time: ``timeline`` and ``brief``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, Until, bounds, examples, opened
from backchannel.cli.output import emit, note, say
from backchannel.cli.settings import value_of

if TYPE_CHECKING:
    from backchannel.analysis.brief import Brief
    from backchannel.store import Store

TIMELINE = examples(
    "backchannel timeline --pair USA China --since 2023",
    "what two parties did, month by month",
    "backchannel timeline --issue peace_process --json",
    "the same as JSON lines",
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
    app.command("brief", epilog=BRIEF)(brief)


def timeline(
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Draw conversations in time: uncertain dates as spans, plans apart from what was held, disputes marked."""
    from backchannel.analysis import timeline as lines
    from backchannel.analysis.questions import Asked
    from backchannel.cli.asking import answered

    bounds(since, until)
    actors = (*(pair or ()), *([actor] if actor is not None else []))
    with opened(store) as kept:
        found = answered(kept, Asked(actors=actors, issue=issue, since=since, until=until))
    told = lines.timeline(found)
    if as_json:
        emit(entry for frame in told.frames for entry in frame.entries)
        emit({"id": one.id, "first": None, "last": None, "reported": one.first_reported} for one in told.undated)
    else:
        from backchannel.cli.axes import print_timeline

        print_timeline(told)


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
    from backchannel.cli import briefs

    bounds(since, until)
    with opened(store) as kept:
        made = made_from(kept, since=since, until=until, issue=issue, actor=actor)
    if html is not None:
        html.write_text(briefs.page(made), encoding="utf-8")
        note(f"written: {html}")
    if as_json:
        emit([made])
    else:
        say(briefs.markdown(made))


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
