"""The options that several commands share, and what they mean: the store, the day, examples in the help."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from backchannel.errors import QueryError

if TYPE_CHECKING:
    from backchannel.store import Store

StorePath = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PATH",
        envvar="BACKCHANNEL_STORE",
        show_envvar=True,
        help="The store: a file or a postgresql:// URL.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, one record a line.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day, month or year, all of it.")]
Actor = Annotated[str | None, typer.Option("--actor", help="A party: an id (USA), a name or another name of it.")]
OneParty = Annotated[str, typer.Argument(metavar="A", help="A party: an id, a name or another name of it.")]
OtherParty = Annotated[str, typer.Argument(metavar="B", help="The other party.")]
Pair = Annotated[
    tuple[str, str] | None, typer.Option("--pair", metavar="A B", help="Two parties that must both be in it.")
]
Issue = Annotated[str | None, typer.Option("--issue", help="An issue, such as taiwan or semiconductors.")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first document that fails.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes that read.")]


def examples(*told: str) -> str:
    """Give the closing part of a command's help: what to type, then what it does, in turn.

    >>> print(examples("backchannel brief", "all there is"))
    [bold]Examples[/bold]
    <BLANKLINE>
    backchannel brief  [dim]# all there is[/dim]
    """
    pairs = zip(told[::2], told[1::2], strict=True)
    shown = (f"{typed.replace('[', chr(92) + '[')}  [dim]# {does}[/dim]" for typed, does in pairs)
    return "\n\n".join(["[bold]Examples[/bold]", *shown])


def one_of(values: Any, help: str) -> Any:
    """Give an option that may be given several times and takes the values of a ``Literal``."""
    known = get_args(values)

    def checked(given: list[str] | None) -> list[str] | None:
        for one in given or ():
            if one not in known:
                raise typer.BadParameter(f"{one!r} is none of {', '.join(known)}")
        return given

    return typer.Option(metavar="VALUE", help=f"{help} One of {', '.join(known)}.", callback=checked)


def opened(store: str | None, *, writes: bool = False) -> Store:
    """Give the store to ask, or to write to, made when it is not there."""
    from backchannel.store import open_store

    return open_store(store, create=writes, read_only=not writes)


def writable(store: str | None) -> Store:
    """Give the store to change what it holds; it must be there, so that a mistyped name makes no new one."""
    from backchannel.store import open_store

    return open_store(store, create=False)


def is_there(store: str | None) -> bool:
    """Tell whether there is a store; one on a server counts as there."""
    from backchannel.store import locate

    url = locate(store)
    return url.drivername != "sqlite" or Path(str(url.database)).exists()


def day(value: str | None, name: str) -> date | None:
    """Give a day that was typed.

    Raises:
        QueryError: it is no ISO date.
    """
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise QueryError(f"--{name} {value!r} is not a date; give it as YYYY-MM-DD") from None


def bounds(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Give the first and last day of a period that was typed, each a day, a month or a year.

    Raises:
        QueryError: one of them is no date, or the first comes after the last.
    """
    from backchannel.store.rows import bound

    first, last = bound(since, last=False), bound(until, last=True)
    if first is not None and last is not None and first > last:
        raise QueryError(f"--since {since} comes after --until {until}; change them over")
    return (None if first is None else date.fromisoformat(first), None if last is None else date.fromisoformat(last))


def now() -> datetime:
    """Give the time (UTC): the one place where commands ask the clock."""
    return datetime.now(UTC)
