"""``store``: where it lies, what is in it, what failed, and a search through its texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.options import Json, StorePath, examples, opened
from backchannel.cli.output import emit, fields, lines, nothing, say

if TYPE_CHECKING:
    from backchannel.records import Coverage

store_app = typer.Typer(help="The store: its place, its counts, what failed in it.", no_args_is_help=True)

PATH = examples(
    "backchannel store path",
    "where it lies",
    "BACKCHANNEL_STORE=talks.db backchannel store path",
    "with another one named",
)
DIGEST = examples(
    "backchannel store digest", "one hash over all it knows", "backchannel store digest --json", "as JSON"
)
COUNTS = examples("backchannel store counts", "rows of each table", "backchannel store counts --json", "as JSON")
MIGRATE = examples(
    "backchannel store migrate", "bring it to this version", "backchannel store migrate --store old.db", "another one"
)
PROBLEMS = examples(
    "backchannel store problems", "documents that failed, and why", "backchannel store problems --json", "as JSON lines"
)
COVERAGE = examples(
    "backchannel store coverage",
    "documents by source",
    "backchannel store coverage --json",
    "by source and day, as JSON lines",
)
SEARCH = examples(
    "backchannel store search 'secret talks'",
    "documents with both words",
    "backchannel store search '\"back channel\"' --limit 5",
    "with a phrase",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(store_app, name="store", epilog=COUNTS)


@store_app.command("path", epilog=PATH)
def path(as_json: Json = False, store: StorePath = None) -> None:
    """Show where the store lies, whether it is there or not."""
    from backchannel.store import locate
    from backchannel.store.location import shown

    place = shown(locate(store))
    if as_json:
        emit([{"path": place}])
    else:
        say(place)


@store_app.command("digest", epilog=DIGEST)
def digest(as_json: Json = False, store: StorePath = None) -> None:
    """Show one hash over all tables, run times left out: the same for the same knowledge."""
    with opened(store) as kept:
        told = kept.digest()
    if as_json:
        emit([{"digest": told}])
    else:
        say(told)


@store_app.command("counts", epilog=COUNTS)
def counts(as_json: Json = False, store: StorePath = None) -> None:
    """Show the number of rows of each table."""
    with opened(store) as kept:
        told = kept.counts()
    if as_json:
        emit([told])
    else:
        say(fields(told))


@store_app.command("migrate", epilog=MIGRATE)
def migrate(as_json: Json = False, store: StorePath = None) -> None:
    """Bring the store to the schema of this version; one that is not there is made."""
    from backchannel.store.migrations import latest

    with opened(store, writes=True) as kept:
        place = kept.location
    if as_json:
        emit([{"path": place, "schema": latest()}])
    else:
        say(f"{place}: schema {latest()}")


@store_app.command("problems", epilog=PROBLEMS)
def problems(as_json: Json = False, store: StorePath = None) -> None:
    """List the documents that failed: where and why."""
    with opened(store) as kept:
        found = list(kept.problems())
    if not found:
        nothing("no problem: every document could be read")
    if as_json:
        emit(found)
    else:
        rows = [(one.document, one.room, f"{one.error}: {one.message}") for one in found]
        lines(("document", "room", "what"), rows, wide=2)


@store_app.command("coverage", epilog=COVERAGE)
def coverage(as_json: Json = False, store: StorePath = None) -> None:
    """Show what each source gave: documents fetched, read and failed, first and last day."""
    with opened(store) as kept:
        found = list(kept.coverage())
    if not found:
        nothing("no coverage: no document with a source and a day was read")
    if as_json:
        emit(found)
        return
    rows = [_summed(source, list(days)) for source, days in groupby(found, key=lambda one: one.source)]
    lines(("source", "fetched", "read", "failed", "days", "first", "last"), rows, right=(1, 2, 3, 4), wide=0)


@store_app.command("search", epilog=SEARCH)
def search(
    text: Annotated[str, typer.Argument(help='Words and "quoted phrases" that must all be there.')],
    limit: Annotated[int, typer.Option(min=1, help="At most so many documents.")] = 20,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Search the texts of all documents, best first."""
    with opened(store) as kept:
        found = kept.search(text, limit=limit)
    if not found:
        nothing(f"no document holds {text!r}")
    if as_json:
        emit({"document": one, "title": title, "snippet": snippet} for one, title, snippet in found)
    else:
        lines(
            ("document", "title", "words"),
            [(one, title or "–", " ".join(snippet.split())) for one, title, snippet in found],
            wide=2,
        )


def _summed(source: str, days: Sequence[Coverage]) -> tuple[str, ...]:
    """Give the row of a source: its counts, the number of its days, the first and the last."""
    sums = (sum(day.fetched for day in days), sum(day.read for day in days), sum(day.failed for day in days))
    told = sorted(day.day.isoformat() for day in days)
    return source, *(f"{number:,}" for number in (*sums, len(days))), told[0], told[-1]
