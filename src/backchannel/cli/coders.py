"""``review export``, ``import``, ``sheet`` and ``agreement``: judgements that travel, and two people on the same items."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from backchannel.cli.options import Json, StorePath, examples, opened, writable
from backchannel.cli.output import emit, lines, note, nothing, say
from backchannel.cli.review import MERGE, MERGE_ALL, review_app
from backchannel.errors import InputError, QueryError

if TYPE_CHECKING:
    from backchannel.review import Difference
    from backchannel.review.sheets import Codes
    from backchannel.store import Store

EXPORT = examples(
    "backchannel review export judgements.jsonl",
    "all that was decided, also what was superseded",
    "backchannel review export - --store talks.db",
    "of another store, to stdout",
)
IMPORT = examples(
    "backchannel review import judgements.jsonl",
    "take over what others decided; twice does no harm",
    "backchannel review import judgements.jsonl --json",
    "the counts as JSON",
)
SHEET = examples(
    "backchannel review sheet 50 --to sheet.jsonl",
    "fifty claims for two people to code, without the reading",
    "backchannel review sheet 30 --kind merges --seed 7 --to pairs.jsonl",
    "thirty narrow pairs: one contact or two?",
)
AGREEMENT = examples(
    "backchannel review agreement anna.jsonl ben.jsonl --differ differ.jsonl",
    "two filled sheets; where they differ goes to a sheet of its own",
    "backchannel review agreement --coder anna --coder ben",
    "what two people decided in the store",
)


def register(app: typer.Typer) -> None:  # the commands hang on the group that review registers
    """Add the commands."""
    review_app.command("export", epilog=EXPORT)(export)
    review_app.command("import", epilog=IMPORT)(import_)
    review_app.command("sheet", epilog=SHEET)(sheet)
    review_app.command("agreement", epilog=AGREEMENT)(agreement)


def export(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; - is stdout.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Write all judgements as JSON lines, each with what finds its claims in another store of the same documents."""
    from backchannel.analysis.phrases import count
    from backchannel.review import exchange

    with opened(store) as kept:
        found = list(exchange.export(kept))
    if str(to) == "-":
        emit(found)
        return
    write_lines(to, (exchange.to_json(one) for one in found))
    if as_json:
        emit([{"file": str(to), "judgements": len(found)}])
    else:
        say(f"{to}: {count(len(found), 'judgement')}")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As review export wrote it.")],
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Append the judgements of a file; those that are there already stay as they are, and a faulty file changes nothing."""
    from backchannel.analysis.phrases import count
    from backchannel.review import exchange

    with writable(store) as kept:
        taken = exchange.take(file, kept)
    if as_json:
        emit([taken])
        return
    say(f"{count(taken.new, 'judgement')} new, {taken.known:,} known already")
    if taken.moved:
        say(f"{taken.moved:,} name claims that have another id here; they were found by their place in the document")
    if taken.absent:
        say(f"{taken.absent:,} name claims that are not here; they wait until the documents are read")
    if taken.new:
        note(MERGE if taken.new == 1 else MERGE_ALL)


def sheet(
    n: Annotated[int, typer.Argument(metavar="N", min=1, help="How many items.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="Where to; - is stdout.")],
    kind: Annotated[
        Literal["merges", "claims"], typer.Option("--kind", help="Pairs of claims, the narrow ones, or claims.")
    ] = "claims",
    seed: Annotated[int, typer.Option(help="Of the draw; the same gives the same sheet.")] = 0,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Draw items at random for two people to code: texts and empty codes, nothing of what was read in them."""
    from backchannel.analysis.phrases import count
    from backchannel.review.sheets import sheet as laid

    with opened(store) as kept:
        names = _drawn(kept, kind, n, seed)
        rows = list(laid(names, *_held(kept, names)))
    if str(to) == "-":
        emit(rows)
        return
    write_lines(to, rows)
    if as_json:
        emit([{"file": str(to), "items": len(rows)}])
    else:
        say(f"{to}: {count(len(rows), 'item')}; give each coder a copy, codes go into `codes`, null where not coded")


def agreement(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE1 FILE2]", help="Two filled sheets.")] = None,
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="In place of files, twice: who decided in the store."),
    ] = None,
    differ: Annotated[
        Path | None, typer.Option("--differ", metavar="FILE", help="Write the items on which they differ as a sheet.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the intervals.")] = 0,
    as_json: Json = False,
    store: StorePath = None,
) -> None:
    """Tell how far two coders agree: Krippendorff's alpha a field with its interval, and every item where they differ."""
    from backchannel.review import agreement as measured
    from backchannel.review import differences

    one, other = _both(files or [], coder or [], store)
    found = measured(one, other, seed=seed)
    if not found:
        nothing("the two have no item and field in common that both coded")
    apart = differences(one, other)
    if differ is not None:
        _differing(differ, apart, files or [], store)
    if as_json:
        emit([*found, *apart])
        return
    rows = [
        (
            x.field,
            f"{x.items:,}",
            f"{x.equal:.0%}",
            _two(x.alpha),
            f"{_two(x.low)} – {_two(x.high)}" if x.low is not None else "–",
        )
        for x in found
    ]
    lines(("field", "items", "equal", "alpha", "95 %"), rows, right=(1, 2, 3))
    if apart:
        say()
        lines(("item", "field", "one", "other"), [(x.item, x.field, x.one, x.other) for x in apart], wide=3)


def _both(files: list[Path], coders: list[str], store: str | None) -> tuple[Codes, Codes]:
    """The codes of two coders, from two sheets or from the store."""
    from backchannel.review.sheets import coded, said

    if len(files) == 2 and not coders:
        return coded(files[0]), coded(files[1])
    if len(coders) == 2 and not files:
        with opened(store) as kept:
            every = list(kept.judgements(superseded=True))
        return said(every, coders[0]), said(every, coders[1])
    raise QueryError("give two filled sheets, or --coder twice; not one, and not both")


def _drawn(kept: Store, kind: str, n: int, seed: int) -> list[tuple[str, ...]]:
    """The items of a sheet: claims of contacts, or pairs that were joined or kept apart narrowly."""
    import random

    if kind == "claims":
        ids = sorted(one.id for one in kept.slim_claims() if one.kind == "contact" and one.position is not None)
        if not ids:
            nothing("the store holds no claim; read documents first: backchannel read PATH")
        return [(one,) for one in random.Random(seed).sample(ids, min(n, len(ids)))]
    from backchannel.analysis.questions import Asked
    from backchannel.cli.review import waiting
    from backchannel.review.sheets import pick

    return [one.claims for one in pick(waiting(kept, Asked(), "merges"), n, seed=seed)]


def _held(kept: Store, names: Iterable[tuple[str, ...]]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    claims = {one.id: one for one in kept.claims(ids={name for ids in names for name in ids})}
    return claims, {one.id: one for one in kept.documents({claim.document for claim in claims.values()})}


def _differing(to: Path, apart: Iterable[Difference], files: list[Path], store: str | None) -> None:
    """Write the lines on which coders differ, those of the first sheet or fresh ones of the store, with both codes."""
    from backchannel.review.sheets import lines as read
    from backchannel.review.sheets import sheet as laid

    told: dict[str, dict[str, list[str]]] = {}
    for one in apart:
        told.setdefault(one.item, {})[one.field] = [one.one, one.other]
    if files:
        rows = [line for _, line in read(files[0]) if line["item"] in told]
    else:
        with opened(store) as kept:
            names = [tuple(item.split("+")) for item in told]
            claims, documents = _held(kept, names)
            rows = list(laid([one for one in names if set(one) <= claims.keys()], claims, documents))
    write_lines(to, ({**row, "codes": dict.fromkeys(row["codes"]), "differ": told[row["item"]]} for row in rows))
    note(f"{to}: {len(told)} items; settle them with: backchannel review --sheet {to}")


def write_lines(to: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON lines.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        to.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    except OSError as fault:
        raise InputError(f"{to}: cannot be written ({fault}); give another place") from None


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
