"""``watch``: saved questions, and what is new for them delivered to files, feeds, calendars, webhooks and mail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from backchannel.cli.options import Actor, Issue, Json, Pair, Since, StorePath, examples, now, opened, writable
from backchannel.cli.output import emit, lines, note, nothing, say
from backchannel.errors import QueryError

if TYPE_CHECKING:
    from backchannel.watches import Item, Listed, Outside, Report

ADD = examples(
    "backchannel watch add gulf --pair USA Iran --to gulf.jsonl --to gulf.ics --read https://example.org/feed.xml",
    "all that is new between two parties, and what they plan",
    "backchannel watch add silences --actor China --alert silence --to mailto:desk@paper.example",
    "only alerts of one kind, by mail",
)
RUN = examples(
    "backchannel watch run --dry-run",
    "see what would be told; nothing is read, kept or sent",
    "backchannel watch run gulf --every 15m",
    "one watch, every 15 minutes until Ctrl-C",
)
LIST = examples(
    "backchannel watch list",
    "all watches, with what waits for whom and why",
    "backchannel watch list --json",
    "as JSON lines",
)
SHOW = examples(
    "backchannel watch show gulf", "one watch, and what it told last", "backchannel watch show gulf --json", "as JSON"
)
REMOVE = examples(
    "backchannel watch remove gulf",
    "forget it, and what waits for its destinations",
    "backchannel watch remove gulf --json",
    "the same, and what it was",
)
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LAST: Final = 10

watch = typer.Typer(help="Saved questions whose answers are delivered once they are new.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(watch, name="watch", epilog=LIST)


@watch.command("add", epilog=ADD)
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    to: Annotated[
        list[str],
        typer.Option(
            metavar="WHERE",
            help="FILE.jsonl, .md, .atom or .ics, an https:// address, webhook:NAME or mailto:ADDRESS; may be repeated.",
        ),
    ],
    pair: Pair = None,
    actor: Actor = None,
    issue: Issue = None,
    person: Annotated[str | None, typer.Option(help="Somebody who was there, by name.")] = None,
    alert: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Only alerts of this kind; may be repeated.")
    ] = None,
    minimum_independent: Annotated[
        int | None, typer.Option("--minimum-independent", min=1, help="On at least so many independent words.")
    ] = None,
    since: Since = None,
    read: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH or URL", help="Read this before it is asked, such as a feed; may be repeated."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow webhooks inside your own network.")
    ] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Save a question: parties, issue, person, kinds of alert. Without --since only what comes from now on is told."""
    from backchannel import watches
    from backchannel.alerts import KINDS

    kinds = tuple(kind for one in alert or () for kind in KINDS if kind == one.replace("-", "_"))
    unknown = [one for one in alert or () if one.replace("-", "_") not in KINDS]
    if unknown:
        raise QueryError(f"no alert of kind {unknown[0]}; known: {', '.join(KINDS)}")
    made = watches.Watch(
        name=name,
        actors=(*(pair or ()), *([actor] if actor is not None else [])),
        issue=issue,
        person=person,
        alerts=kinds,
        minimum_independent=minimum_independent,
        since=since,
        read=tuple(_target(one) for one in read or ()),
        to=tuple(watches.destination(one, allow_private=allow_private) for one in to),
        made=watches.made_at(now()),
    )
    with opened(store, writes=True) as kept:
        watches.add(made, kept)
        found = next(one for one in watches.listed(kept) if one.name == name)
    if as_json:
        emit([found])
    else:
        say(f"{found.name}: {found.question}; told to {', '.join(one.to for one in found.destinations)}")
        note(f"next: backchannel watch run {name}")


@watch.command("list", epilog=LIST)
def list_(as_json: Json = False, store: StorePath = None) -> None:
    """List watches: what they ask, when they were last asked, and what waits for their destinations."""
    from backchannel import watches

    with opened(store) as kept:
        found = watches.listed(kept)
    if not found:
        nothing("no watch yet; make one with backchannel watch add NAME --to WHERE")
    if as_json:
        emit(found)
        return
    rows = [(one.name, _time(one.ran), one.question, "\n".join(_standing(one))) for one in found]
    lines(("watch", "last asked", "asks", "tells"), rows, wide=3, narrow=2)


@watch.command("show", epilog=SHOW)
def show(
    name: Annotated[str, typer.Argument(help="Its name.")], as_json: Json = False, store: StorePath = None
) -> None:
    """Show a watch, how its destinations fare, and what it told last."""
    from backchannel import watches
    from backchannel.watches.desk import chosen, last_told

    with opened(store) as kept:
        chosen(kept, [name])
        found = next(one for one in watches.listed(kept) if one.name == name)
        told = last_told(kept, name, limit=_LAST)
    if as_json:
        emit([{"watch": found, "told": told}])
        return
    say(f"{found.name}: {found.question}")
    say(f"  last asked {_time(found.ran)}{'' if found.since is None else f'; told from {found.since} on'}")
    for target in found.read:
        say(f"  reads {target}")
    for line in _standing(found):
        say(f"  tells {line}")
    for item in told:
        say()
        _print(item)


@watch.command("remove", epilog=REMOVE)
def remove(
    name: Annotated[str, typer.Argument(help="Its name.")], as_json: Json = False, store: StorePath = None
) -> None:
    """Forget a watch, and what waits for destinations that no other watch has."""
    from backchannel import watches

    with writable(store) as kept:
        gone = watches.remove(name, kept)
    if as_json:
        emit([gone])
    else:
        say(f"{name}: removed")


@watch.command("run", epilog=RUN)
def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME…]", help="Which; all by default.")] = None,
    every: Annotated[
        str | None, typer.Option(metavar="TIME", help="Again and again, such as every 90s, 15m, 2h or 1d.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be told.")] = False,
    read: Annotated[
        list[str] | None, typer.Option(metavar="PATH or URL", help="Read this too; may be repeated.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow reading from addresses inside your own network.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that read.")] = 1,
    credentials: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Mail server and secrets: TOML that only you may read.")
    ] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Read what watches name, merge, and deliver what is new to each; each thing is told once to each destination."""
    from backchannel import watches

    seconds = None if every is None else _seconds(every)
    orders = watches.Orders(
        names=tuple(names or ()), read=tuple(read or ()), allow_private=allow_private, workers=workers
    )
    with opened(store) if dry_run else writable(store) as kept:
        if not watches.listed(kept):
            nothing("no watch yet; make one with backchannel watch add NAME --to WHERE")
        outside = _outside(credentials)
        if dry_run:
            _tell(watches.look(kept, orders, outside), as_json=as_json)
            return
        if seconds is not None:
            watches.run_every(kept, orders, outside, seconds=seconds, tell=lambda one: _tell(one, as_json=as_json))
            note("stopped")
            return
        report = watches.run(kept, orders, outside)
    _tell(report, as_json=as_json)
    if report.faults or any(one.error is not None for one in report.deliveries):
        raise typer.Exit(1)


def _outside(credentials: Path | None) -> Outside:
    import os

    from backchannel.watches import Outside
    from backchannel.watches.credentials import load

    return Outside(credentials=load(os.environ, credentials), now=now)


def _tell(report: Report, *, as_json: bool) -> None:
    """Write what a run found and did, each thing once."""
    import sys

    items = {item.id: item for batch in report.found.batches for item in batch.items if item.kind != "summary"}
    if as_json:
        emit(items.values())
    else:
        for item in items.values():
            _print(item)
            say()
        say(_quiet(report))
    if report.read is not None:
        note(f"{report.read.documents:,} documents: {report.read.read:,} read, {report.read.failed:,} failed")
        if report.read.failed:
            note("see what failed: backchannel store problems")
    for fault in report.faults:
        note(fault)
    for one in report.deliveries:
        waits = f", {one.waiting} waiting: {one.error}" if one.waiting else ""
        if one.sent or one.waiting:
            note(f"{one.destination}: {one.sent} sent{waits}")
    sys.stdout.flush()


def _quiet(report: Report) -> str:
    from backchannel.watches.items import on_watches

    return on_watches(len(report.found.quiet), len(report.found.asked))


def _print(item: Item) -> None:
    from backchannel.watches.wording import plain

    say(plain(item))


def _standing(found: Listed) -> list[str]:
    told = []
    for one in found.destinations:
        waits = f" ({one.waiting} waiting{'' if one.error is None else f': {one.error}'})" if one.waiting else ""
        told.append(f"{one.to}{waits}")
    return told


def _time(iso: str | None) -> str:
    return "never" if iso is None else iso[:16].replace("T", " ")


def _target(typed: str) -> str:
    """Give a target that a run from elsewhere finds."""
    return typed if "://" in typed else str(Path(typed).expanduser().absolute())


def _seconds(typed: str) -> float:
    found = re.fullmatch(r"(\d+)([smhd]?)", typed.strip())
    if found is None or int(found[1]) == 0:
        raise QueryError(f"--every {typed!r} is no time; give it as 90s, 15m, 2h or 1d")
    return float(int(found[1]) * _UNITS[found[2] or "s"])
