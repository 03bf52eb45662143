"""Write answers to stdout and everything else to stderr: text, tables, JSON lines, notes and progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress

NOTHING = 3
"""The exit code of a question that found nothing."""
_NARROW = 12
"""Characters of a column that gives its room to the wide one."""
_FIRST = 18
"""Columns of the first column of a list, in which dates stand."""
_UNBOUND = 100
"""Columns where no terminal says how wide it is."""


def console() -> Console:
    """Give the console for answers; without a terminal it has no colour and 100 columns, or ``COLUMNS``."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _UNBOUND
    return Console(file=sys.stdout, width=width, highlight=False, soft_wrap=False)


def is_tight() -> bool:
    """Whether lines are shorter than those without a terminal."""
    return console().width < _UNBOUND


def say(text: str = "") -> None:
    """Write a line of an answer."""
    print(text)


def note(text: str) -> None:
    """Tell the user something that is no answer."""
    print(text, file=sys.stderr)


def emit(records: Iterable[Any]) -> None:
    """Write each record as a line of JSON."""
    import msgspec

    for record in records:
        print(msgspec.json.encode(record).decode())


def nothing(why: str) -> NoReturn:
    """End a question that found nothing, saying why."""
    note(why)
    raise typer.Exit(NOTHING)


def lines(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    wide: int | None = None,
    narrow: int | None = None,
) -> None:
    """Write a table without frames, its columns aligned.

    Args:
        heads: one heading a column.
        rows: one text a column.
        right: columns of numbers, set to the right.
        wide: the column that takes the room left and is wrapped; of the others only the first may be.
        narrow: a further column that is wrapped, to leave room to the wide one.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=wide is not None)
    for number, head in enumerate(heads):
        is_wide = number == wide
        table.add_column(
            head,
            justify="right" if number in right else "left",
            no_wrap=not is_wide and number != narrow and (wide is None or number > 0),
            max_width=_FIRST if wide and number == 0 else _NARROW if number == narrow else None,
            ratio=1 if is_wide else None,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    draw(table)


def draw(*drawn: RenderableType) -> None:
    """Write what rich can draw; where stdout is no terminal, without blanks at the ends of lines."""
    out = console()
    if out.is_terminal:
        out.print(*drawn, sep="\n")
        return
    with out.capture() as caught:
        out.print(*drawn, sep="\n")
    print("\n".join(line.rstrip() for line in caught.get().splitlines()))


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Give a progress bar on stderr while the block runs, or ``None`` where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar


def fields(record: Any) -> str:
    """Give a flat record as aligned lines ``name  value``."""
    import msgspec

    values = msgspec.to_builtins(record)
    width = max((len(name) for name in values), default=0)
    return "\n".join(f"{name.replace('_', ' '):<{width}}  {_plain(value)}" for name, value in values.items())


def _plain(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)
