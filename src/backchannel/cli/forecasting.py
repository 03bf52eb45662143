"""``forecast``: what comes next, put down before its outcome; the register, what became of it, and its scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from backchannel.cli import charting
from backchannel.cli.charting import ChartFile
from backchannel.cli.options import Json, StorePath, day, examples, now, opened, writable
from backchannel.cli.output import emit, note, nothing, say
from backchannel.errors import QueryError

if TYPE_CHECKING:
    from backchannel.charts.render import Chart
    from backchannel.forecast import EventStream
    from backchannel.forecast.answers import Answer
    from backchannel.forecast.standing import Group
    from backchannel.store import Store

_ASK = "ask"


class _Asking(TyperGroup):
    """Takes ``forecast USA China`` for ``forecast ask USA China``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command in front where none is named."""
        if args and args[0] not in {*self.commands, "--help", "-h"}:
            args = [_ASK, *args]
        return super().parse_args(ctx, args)


forecast_app = typer.Typer(
    cls=_Asking,
    help="What comes next, with its chance; the register of forecasts and its scores.",
    no_args_is_help=True,
)
ASK = examples(
    "backchannel forecast ask USA China",
    "talks and conflict within 7 and 30 days; the word ask may be left out",
    "backchannel forecast ask Iran --next",
    "with whom it talks next",
    "backchannel forecast --planned",
    "whether the meetings that are planned will be held",
    "backchannel forecast 'State 1' 'State 2' --events events.csv --at 2024-05-01",
    "from events of your own, as known on a day",
)
LIST = examples(
    "backchannel forecast list", "all that was foretold", "backchannel forecast list --due", "what can be resolved"
)
RESOLVE = examples(
    "backchannel forecast resolve",
    "what became of those whose days are over",
    "backchannel forecast resolve --json",
    "with the claims that tell it, as JSON lines",
)
SCORE = examples(
    "backchannel forecast score",
    "the standing record",
    "backchannel forecast score --chart reliability.svg",
    "also as a chart",
)
BACKTEST = examples(
    "backchannel forecast backtest",
    "how forecasts would have done on this store",
    "backchannel forecast backtest --events events.csv --origins 12",
    "on events of your own, on twelve days",
)
Events = Annotated[
    Path | None,
    typer.Option(
        "--events", metavar="FILE", help="Events instead of the store: .csv, .tsv, .jsonl, or a folder with train.txt."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(forecast_app, name="forecast", epilog=ASK)


@forecast_app.command(_ASK, epilog=ASK)
def ask(
    parties: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A] [B]", help="Two parties; one with --next; a conversation's id with --planned."),
    ] = None,
    next_: Annotated[bool, typer.Option("--next", help="Who comes next for A.")] = False,
    relation: Annotated[
        str, typer.Option(metavar="WHAT", help="With --next: consult, conflict, intent, or a relation of the events.")
    ] = "consult",
    planned: Annotated[bool, typer.Option("--planned", help="Will planned meetings be held by their date?")] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="DATE", help="As known at the beginning of this day. Default: after the last document."
        ),
    ] = None,
    events: Events = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Tell how likely something is, with baselines and reasons, and register it before its outcome.

    This is what forecast does where no other command is named. Learnt from the store, or the events, as they were before the day. With too little to learn from nothing is foretold, and only the base rate is shown.
    """
    from backchannel.cli.forecast_text import print_answers

    given = tuple(parties or ())
    _check(given, next_=next_, planned=planned)
    names: dict[str, str] = {}
    if events is not None:
        if planned:
            raise QueryError("planned meetings are told by documents, not by events; leave out --events")
        found = _of_events(events, given, relation if next_ else None, at)
    else:
        with writable(store) as kept:
            found = _of_store(kept, given, relation, (next_, planned), at)
            names = _names(kept, found)
    if not found:
        nothing("no meeting is planned for a day that is still to come; ask for an earlier day with --at")
    if as_json:
        emit(found)
    else:
        print_answers(found, names)


@forecast_app.command("list", epilog=LIST)
def list_(
    open_: Annotated[bool, typer.Option("--open", help="Those whose days are not over, or overdue.")] = False,
    due: Annotated[bool, typer.Option("--due", help="Those that can be resolved.")] = False,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Those of which it is known what became, void ones too.")
    ] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """List the register: what was foretold when, and what became of it."""
    from backchannel.cli.forecast_text import print_entries
    from backchannel.forecast.register import chosen, entries

    states = [*(["open", "overdue"] if open_ else []), *(["due"] if due else [])]
    states += ["yes", "no", "void"] if resolved else []
    with opened(store) as kept:
        found = chosen(entries(kept, today=now().date()), states)
        names = _named(kept, {actor for one in found for actor in (*one.forecast.parties, *one.forecast.others)})
    if not found:
        nothing("no such forecast in the register; make one: backchannel forecast A B")
    if as_json:
        emit(found)
    else:
        print_entries(found, names)


@forecast_app.command("resolve", epilog=RESOLVE)
def resolve(as_json: Json = False, store: StorePath = None) -> None:
    """Say what became of forecasts whose days documents have reached, by rule, with the claims that tell it."""
    from backchannel.forecast.register import entries
    from backchannel.forecast.resolving import resolve_store

    with writable(store) as kept:
        found = resolve_store(kept, now=now())
        left = [one.state for one in entries(kept, today=now().date())]
    if as_json:
        emit(found)
    else:
        for one in found:
            say(f"{one.forecast}  {one.outcome:<4}  {one.why}")
    note(
        f"{len(found)} resolved; {left.count('open')} open, {left.count('overdue')} overdue: documents do not reach them"
    )


@forecast_app.command("score", epilog=SCORE)
def score(chart: ChartFile = None, as_json: Json = False, store: StorePath = None) -> None:
    """Print the standing record: scores, skill against the baselines, reliability, void and overdue ones counted."""
    from backchannel.cli.forecast_text import print_standing
    from backchannel.forecast.register import entries
    from backchannel.forecast.standing import standing

    charting.checked(chart)
    with opened(store) as kept:
        found = standing(entries(kept, today=now().date()))
    if not found.registered:
        nothing("the register is empty; make a forecast: backchannel forecast A B")
    if as_json:
        emit([found])
    else:
        print_standing(found)
    if chart is not None and not found.groups:
        note("no chart: nothing is resolved yet")
        return
    charting.write(chart, lambda: _drawn(found.groups, "Forecasts of the register"))


@forecast_app.command("backtest", epilog=BACKTEST)
def backtest(
    events: Events = None,
    origins: Annotated[int, typer.Option("--origins", min=1, help="Days on which to foretell.")] = 6,
    step: Annotated[int, typer.Option("--step", min=1, help="Days from one to the next.")] = 14,
    chart: ChartFile = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Try the forecasts on past days of the store or of given events; nothing is registered."""
    from backchannel.cli.forecast_text import print_backtest
    from backchannel.forecast import backtest as tests
    from backchannel.forecast.known import archive

    charting.checked(chart)
    if events is not None:
        found = tests.of_stream(_read(events), origins=origins, step=step)
    else:
        with opened(store) as kept:
            known = archive(kept)
        found = tests.of_archive(known, origins=origins, step=step)
    if as_json:
        emit([found])
    else:
        print_backtest(found)
    if not found.groups:
        nothing(
            "nothing could be foretold on any of these days; give more history, or other days with --origins and --step"
        )
    charting.write(chart, lambda: _drawn(found.groups, "Forecasts of past days"))


def _check(given: Sequence[str], *, next_: bool, planned: bool) -> None:
    """Raise where the parties named do not fit what is asked.

    Raises:
        QueryError: they do not; the message says what to type.
    """
    if next_ and planned:
        raise QueryError("ask for --next or for --planned, not for both")
    if next_ and len(given) != 1:
        raise QueryError("--next is asked of one party: backchannel forecast A --next")
    if planned and len(given) > 1:
        raise QueryError("--planned takes the id of one conversation, or none for all: backchannel forecast --planned")
    if not next_ and not planned and len(given) != 2:
        raise QueryError("name two parties (forecast A B), one with --next, or ask for --planned")


def _of_store(
    kept: Store, given: Sequence[str], relation: str, asked: tuple[bool, bool], at: str | None
) -> list[Answer]:
    from backchannel.forecast import register as registers

    next_, planned = asked
    wanted = registers.Wanted(
        pair=(given[0], given[1]) if len(given) == 2 else None,
        actor=given[0] if next_ else None,
        relation=relation,
        planned=planned,
        plan=given[0] if planned and given else None,
        at=day(at, "at"),
    )
    return registers.ask(kept, wanted, now=now())


def _of_events(path: Path, given: Sequence[str], relation: str | None, at: str | None) -> list[Answer]:
    from backchannel.forecast import asked

    stream = _read(path)
    if at is None:
        on = stream.last + 1
    elif at.isdigit():
        on = int(at)
    else:
        on = stream.day_of(day(at, "at") or stream.date_of(0))  # type: ignore[arg-type]  # a typed day is never None
    actors = [_actor(stream, name) for name in given]
    if relation is not None:
        return [asked.of_next(stream, actors[0], relation, on)]
    return asked.of_pair(stream, (actors[0], actors[1]), on)


def _read(path: Path) -> EventStream:
    from backchannel.forecast import read_file, read_folder

    return read_folder(path).stream if path.is_dir() else read_file(path)


def _actor(stream: EventStream, name: str) -> str:
    """Give the actor that is called so, in any case.

    Raises:
        QueryError: nobody is; the message names the nearest.
    """
    from difflib import get_close_matches

    found = {one.casefold(): one for one in stream.actors}
    if name.casefold() not in found:
        near = [found[one] for one in get_close_matches(name.casefold(), found, n=3)]
        raise QueryError(f"no actor named {name!r} in these events", known=near)
    return found[name.casefold()]


def _names(kept: Store, found: Sequence[Answer]) -> dict[str, str]:
    actors = {actor for one in found for actor in one.parties}
    return _named(kept, actors | {named.actor for one in found for named in one.candidates})


def _named(kept: Store, actors: set[str]) -> dict[str, str]:
    """Give the names of actors by id."""
    from backchannel.analysis.questions import table

    known = table(kept).actors
    return {one: known[one].name if one in known else one for one in actors}


def _drawn(found: Sequence[Group], about: str) -> Chart:
    from backchannel.charts.reliability import reliability

    return reliability(found, about)
