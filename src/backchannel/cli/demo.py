"""``demo``: the bundled dispatches are read into a fresh store and told: the brief, one card, what to try next."""

from __future__ import annotations

import tempfile
import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from backchannel.cli.options import Json, StorePath, Workers, examples, now
from backchannel.cli.output import emit, note, say
from backchannel.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backchannel.records import Conversation

DEMO = examples(
    "backchannel demo", "in a store of its own", "backchannel demo --store demo.db", "in a new file, to go on asking"
)
_LINES = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", epilog=DEMO)(demo)


def demo(workers: Workers = 1, as_json: Json = False, store: StorePath = None) -> None:
    """Read 148 bundled dispatches, 1969 to 2024, and show what comes of them; under half a minute.

    The dispatches retell known history for demonstration; their outlets are invented.
    """
    from backchannel.analysis.questions import reports
    from backchannel.cli import briefs
    from backchannel.cli.cards import print_card
    from backchannel.cli.periods import made_from
    from backchannel.cli.reading import ingested
    from backchannel.pipeline.merging import merge_store
    from backchannel.sources import Options
    from backchannel.store import open_store

    began = time.monotonic()
    place = store if store is not None else str(Path(tempfile.mkdtemp(prefix="backchannel-")) / "demo.db")
    clock = now()
    options = Options(today=clock.date(), now=clock)
    with open_store(place) as kept:
        if kept.counts()["documents"]:
            raise StoreError(f"{kept.location}: holds documents already; give the demo a new --store")
        with resources.as_file(resources.files("backchannel").joinpath("data", "demo", "dispatches.jsonl")) as file:
            summary = ingested([str(file)], kept, options, workers=workers)
        merged = merge_store(kept, now=clock)
        if as_json:
            told = made_from(kept, per_section=_LINES)
            emit([{"store": place, "read": summary, "merged": merged, "brief": told}])
            return
        say(briefs.markdown(made_from(kept, per_section=_LINES)))
        best = telling(kept.conversations())
        if best is not None:
            say("\n## One conversation in full: backchannel show " + best.id + "\n")
            print_card(best, *reports([best], kept))
    say("\n## Try next\n")
    for typed in ("conversations --privacy secret", "timeline --pair 'Saudi Arabia' Iran", "pair USA China"):
        say(f"    backchannel {typed} --store {place}")
    note(
        f"{summary.documents} dispatches read, {summary.claims} claims, {merged.conversations} conversations "
        f"in {time.monotonic() - began:.1f} s; the store stays at {place}"
    )


def telling(conversations: Iterable[Conversation]) -> Conversation | None:
    """Give a conversation worth a newcomer's look: kept secret, surely put together, in few enough sentences."""
    found = [one for one in conversations if one.privacy == "secret" and one.independent > 1 and len(one.claims) <= 6]
    return min(found, key=lambda one: (-one.score, -one.independent, one.id), default=None)
