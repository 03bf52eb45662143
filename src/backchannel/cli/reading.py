"""``read`` and ``merge``: documents come into the store, and their claims become conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backchannel.cli.options import Json, StorePath, Strict, day, examples, now, opened, writable
from backchannel.cli.output import emit, note, progress, say
from backchannel.cli.settings import value_of

if TYPE_CHECKING:
    from backchannel.pipeline.ingest import Summary
    from backchannel.pipeline.merging import MergeSummary
    from backchannel.sources import Options
    from backchannel.store import Store

READ = examples(
    "backchannel read articles/ minutes.pdf",
    "all files below a folder, and a PDF",
    "backchannel read https://example.org/feed.xml --source 'Example Post'",
    "what a feed links to",
)
MERGE = examples(
    "backchannel merge",
    "bring conversations up to date",
    "backchannel merge --all",
    "begin anew, whatever has changed",
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("read", epilog=READ)(read)
    app.command("merge", epilog=MERGE)(merge)


def read(
    targets: Annotated[
        list[str], typer.Argument(metavar="PATH or URL…", help="Files, folders, addresses; - is stdin.")
    ],
    date_: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Day of publication, where none is given.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Who published it, where it is not given.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow addresses inside your own network.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read; by default one a core.")] = None,
    strict: Strict = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Read documents into the store: text, Markdown, HTML, PDF, DOCX, mail, JSON lines, feeds, folders, addresses.

    What was read before is skipped; after a stop the same command goes on from there. What fails is kept as a problem.
    """
    from backchannel.sources import Options

    clock = now()
    options = Options(
        date=day(date_, "date"), source=source, allow_private=allow_private, today=clock.date(), now=clock
    )
    with opened(store, writes=True) as kept:
        count = workers if workers is not None else value_of(kept, "read.workers") or None
        summary = ingested(targets, kept, options, workers=count, strict=strict)
        if as_json:
            emit([summary])
        else:
            for line in told(summary):
                say(line)
        if summary.read:
            note("next: backchannel merge, then backchannel brief")
    if summary.failed and not summary.read and not summary.skipped:
        raise typer.Exit(1)


def ingested(
    targets: list[str], store: Store, options: Options, *, workers: int | None, strict: bool = False
) -> Summary:
    """Read the targets into the store with a progress bar on a terminal, and give what was done."""
    from backchannel.pipeline.ingest import ingest

    with progress() as bar:
        task = bar.add_task("reading", total=None) if bar is not None else None

        def show(done: Summary) -> None:
            if bar is not None and task is not None:
                bar.update(task, completed=done.documents, description=f"reading, {done.claims:,} claims")

        return ingest(targets, store, options, workers=workers, strict=strict, progress=show)


def told(summary: Summary) -> list[str]:
    """Give what a reading has done, a line for each thing."""
    from backchannel.analysis.phrases import count

    lines = [
        f"{count(summary.documents, 'document')}: {summary.read:,} read, {summary.skipped:,} skipped, "
        f"{summary.failed:,} failed; {count(summary.claims, 'claim')} in {summary.seconds:.1f} s"
    ]
    if summary.not_coded:
        languages = ", ".join(f"{name} {number}" for name, number in sorted(summary.not_coded.items()))
        lines.append(f"not coded, for their language: {languages}")
    if summary.undated:
        lines.append(f"without a day of publication: {summary.undated:,}; give --date, or dates in the files")
    lines += [f"{number:,} × {what}" for what, number in summary.notes.items()]
    if summary.failed:
        lines.append("see what failed: backchannel store problems")
    return lines


def merge(
    everything: Annotated[
        bool, typer.Option("--all", help="Look at everything anew, not only at what changed.")
    ] = False,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Put claims of one contact together into conversations; ids last from one merge to the next.

    Only what has changed since the last merge is looked at, and what lies near it; the result is that of a whole merge.
    """
    from backchannel.cli.linking import did
    from backchannel.pipeline.linking import link_store
    from backchannel.pipeline.merging import merge_store

    with writable(store) as kept:
        summary = merge_store(kept, now=now(), everything=everything)
        linked = link_store(kept, now=now(), everything=everything)
    if as_json:
        emit([summary])
    else:
        say(joined(summary))
        for line in judged(summary):
            say(line)
        if linked.links or linked.withdrawn:
            say(did(linked))


def judged(summary: MergeSummary) -> list[str]:
    """Give what a merge made of people's judgements, a line for each thing."""
    from backchannel.analysis.phrases import count

    lines = [f"{count(summary.judgements, 'judgement')} in force"] if summary.judgements or summary.stale else []
    if summary.skipped:
        lines.append(f"a newer one contradicts {count(summary.skipped, 'judgement')}: backchannel log --skipped")
    if summary.stale:
        lines.append(f"{count(summary.stale, 'judgement')} found no claim any more: backchannel log --stale")
    return lines


def joined(summary: MergeSummary) -> str:
    """Give what a merge has made, in a sentence."""
    from backchannel.analysis.phrases import count

    return (
        f"{count(summary.conversations, 'conversation')} from {count(summary.claims, 'claim')} in "
        f"{count(summary.documents, 'document')}: {summary.joined:,} told more than once, {summary.disputed:,} disputed; "
        f"{count(summary.families, 'group')} of documents with the same text; {count(summary.looked_at, 'report')} looked at in "
        f"{summary.seconds:.1f} s"
    )
