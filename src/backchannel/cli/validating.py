"""``validate``: how often the reader is right on the user's own documents, by a sample that a person labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backchannel.cli.options import Json, StorePath, examples, now, writable
from backchannel.cli.output import console, emit, lines, note, nothing, say

if TYPE_CHECKING:
    from backchannel.review import Precision, Sample, Writer
    from backchannel.store import Store

VALIDATE = examples(
    "backchannel validate --n 100 --by privacy",
    "label a sample by privacy; the same command goes on where you stopped",
    "backchannel validate --n 100 --by privacy --labels labels.jsonl --json",
    "take labels from a file, the figures as JSON lines",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate", epilog=VALIDATE)(validate)


def validate(
    n: Annotated[int, typer.Option("--n", min=1, help="Claims to draw.")] = 100,
    by: Annotated[
        str, typer.Option("--by", help="What the strata are: form, privacy, source_class, status, channel or source.")
    ] = "form",
    seed: Annotated[int, typer.Option(help="Of the draw; the same gives the same sample.")] = 0,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="Who labels; the user of this computer without.")
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            "--labels", metavar="FILE", help="Labels as JSON lines {claim, field, label, value?}; asks nothing."
        ),
    ] = None,
    sample: Annotated[
        Path | None, typer.Option("--sample", metavar="FILE", help="Write the claims to label there, and end.")
    ] = None,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Measure the precision of the reading on your own store: a stratified sample, your labels, intervals.

    Labels are judgements: kept at once, they correct the store, and they count for a later version of the reader too.
    """
    from backchannel.cli.review import who
    from backchannel.review import Writer, kept, labelled, precision

    with writable(store) as there:
        drawn = kept(there, by=by, n=n, seed=seed)
        writer = Writer(there, by=who(coder), now=now)
        if sample is not None:
            _write_sample(sample, drawn, there, as_json=as_json)
            return
        if labels is None:
            _sit(drawn, there, writer, as_json=as_json)
        else:
            _take(labels, drawn, there, writer)
        told = labelled(_claims(drawn, there).values(), there.decisions().judgements, by=writer.by)
    found = precision(drawn, told)
    if not found:
        nothing("no label yet, so there is nothing to measure; the same command goes on here")
    if as_json:
        emit([_design(drawn, told), *found])
    else:
        _tell(drawn, told, found)


def _claims(drawn: Sample, there: Store) -> dict[str, Any]:
    """The claims of the sample that are still in the store, as they were read, by id."""
    return {claim.id: claim for claim in there.claims(ids=set(drawn.strata), as_read=True)}


def _sit(drawn: Sample, there: Store, writer: Writer, *, as_json: bool) -> None:
    """Have the claims labelled that are not, at the desk."""
    from backchannel.analysis.phrases import count
    from backchannel.analysis.questions import table
    from backchannel.cli.keys import asker
    from backchannel.cli.labels import Labelling
    from backchannel.cli.review import canvas, prompter, turner
    from backchannel.review import labelled, open_claims

    known = _claims(drawn, there)
    done = [
        name
        for name, one in labelled(known.values(), there.decisions().judgements, by=writer.by).items()
        if "claim" in one
    ]
    left = open_claims(drawn, known, done)
    note(f"{count(len(left), 'claim')} of {len(drawn.strata)} to label")
    if not left:
        return
    shown = canvas(as_json=as_json)
    asked, turn = asker(prompter(shown)), turner(as_json=as_json)
    sitting = Labelling(there, left, writer, asked, shown, turn, console().width, table(there))
    if not sitting.sit():
        note("interrupted; what was labelled is kept")


def _take(path: Path, drawn: Sample, there: Store, writer: Writer) -> None:
    """Write the labels of a file; a faulty one changes nothing."""
    from backchannel.review.labelling import read

    for one in read(path, _claims(drawn, there)):
        writer.write(one)


def _write_sample(path: Path, drawn: Sample, there: Store, *, as_json: bool) -> None:
    """Write the claims of a sample with their texts and values, to be labelled elsewhere."""
    from backchannel.cli.coders import write_lines
    from backchannel.review import label, value
    from backchannel.review.labelling import fields_of
    from backchannel.review.sheets import sheet

    claims = _claims(drawn, there)
    documents = {one.id: one for one in there.documents({claim.document for claim in claims.values()})}
    rows = []
    for line in sheet([(name,) for name in drawn.strata if name in claims], claims, documents):
        claim = claims[line["item"]]
        read = {name: label(name, value(claim, name)) for name in fields_of(claim)}
        rows.append({"claim": claim.id, "stratum": drawn.strata[claim.id], "text": line["texts"][0], "read": read})
    write_lines(path, rows)
    if as_json:
        emit([{"file": str(path), "claims": len(rows)}])
    else:
        say(f"{path}: {len(rows)} claims; a label a line: claim, field, label (right, wrong, cannot_tell), value")


def _design(drawn: Sample, told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "by": drawn.by,
        "seed": drawn.seed,
        "drawn": len(drawn.strata),
        "labelled": len(told),
        "strata": {name: {"claims": drawn.sizes[name], "drawn": n} for name, n in drawn.drawn().items()},
    }


def _tell(drawn: Sample, told: Mapping[str, Any], found: Sequence[Precision]) -> None:
    """Print the figures with the design that they rest on."""
    total = sum(drawn.sizes.values())
    say(f"{len(told)} of {len(drawn.strata)} claims labelled, drawn from {total:,} by {drawn.by}, seed {drawn.seed}:")
    say(", ".join(f"{name} {n} of {drawn.sizes[name]:,}" for name, n in drawn.drawn().items()))
    say()
    rows = [
        (
            one.field,
            f"{one.right} of {one.n}",
            str(one.unsure),
            _percent(one.share),
            _percent(one.low),
            _percent(one.high),
            f"{one.effective:.0f}",
            f"{one.covered:.0%}",
        )
        for one in found
    ]
    heads = ("field", "right", "not told", "precision", "from", "to", "worth", "of store")
    lines(heads, rows, right=(1, 2, 3, 4, 5, 6, 7))
    say()
    say("Weighted back to the strata of the store. From and to: Wilson's interval of 95 % with the effective number of")
    say("labels (worth). Of store: the share of claims in strata that have a label. Values not read are not counted.")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
