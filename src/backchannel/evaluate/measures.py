"""The sets of contacts and of merging: each gives a text, an object for programs and the figures that floors pin."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from backchannel import triage as triage_room
from backchannel.evaluate import article, contacts, merge, merge_show, merge_text, triage
from backchannel.evaluate.gold import Item, items
from backchannel.evaluate.merge_scores import MergeOutcome
from backchannel.evaluate.merge_set import merge_set
from backchannel.evaluate.scores import Scores, score, unpaired
from backchannel.evaluate.sets import CORPUS, MEASURES, Measured, Options, TakenFrom, file_of, write_lines
from backchannel.records import Claim, to_json


def evaluate_set(
    name: str,
    data: Path,
    *,
    json: bool = False,
    by: str | None = None,
    errors: int = 0,
    output: Path | None = None,
    train: Path | None = None,
    taken_from: TakenFrom = "gold",
    corpus: Path | None = None,
    workers: int = 1,
    models: Sequence[str] = (),
) -> tuple[str, dict[str, Any]]:
    """Give the text to print and the object behind it for one set.

    Args:
        name: of a set, as ``FILES`` lists them.
        data: the set's file, or the folder that holds it.
        json: whether the text is the object as one line of JSON.
        by: also by this field of the items, such as ``stratum`` or ``source``.
        errors: begin with up to so many items whose claims do not pair up; not with ``json``.
        output: write the predictions there, one a line.
        train: what a set that learns may learn from; the weights are thrown away.
        taken_from: for ``merge``, whether it starts from the gold's parties, form and status or from the text.
        corpus: for ``links``, the folder of the volumes to link with.
        workers: processes that read; for ``forecast``, threads that learn.
        models: for ``forecast``, the models to measure; all by default.

    Raises:
        QueryError: there is no such set; the message lists the known ones.
        InputError: the data are not there or not in their format.
    """
    options = Options(
        as_json=json,
        by=by,
        errors=errors,
        output=output,
        train=train,
        taken_from=taken_from,
        corpus=corpus,
        workers=workers,
        models=tuple(models),
    )
    measured = MEASURES.get(name)(data, options)
    return measured.text, measured.data


@MEASURES.add("contacts")
def _contacts(data: Path, options: Options) -> Measured:
    chosen, claims = _read(file_of("contacts", data), options)
    total = score(chosen, claims)
    figures = _figures(total) | {
        f"{stratum}.{name}": value
        for stratum, scores in contacts.by_field(chosen, claims, "stratum").items()
        for name, value in _figures(scores).items()
    }
    text = contacts.listing(chosen, claims, by=options.by, as_json=options.as_json)
    return Measured(text=_with_errors(text, chosen, claims, options), data=total.to_json(), figures=figures)


@MEASURES.add("source_article")
def _source_article(data: Path, options: Options) -> Measured:
    chosen, claims = _read(file_of("source_article", data), options)
    total, told = score(chosen, claims), article.tell(chosen, claims)
    found = total.to_json() | {"told": asdict(told)}
    shown = contacts.listing(chosen, claims, by=options.by)
    text = json.dumps(found) if options.as_json else f"{shown}\n{article.show(told)}"
    figures = {
        "detection_f1": total.detection.f,
        "found": float(told.found),
        "with_parties": float(told.with_parties),
        "on_word": float(told.on_word),
        "false_alarm_share": total.false_alarm_share,
    }
    return Measured(text=_with_errors(text, chosen, claims, options), data=found, figures=figures)


@MEASURES.add("triage")
def _triage(data: Path, options: Options) -> Measured:
    path, gate = file_of("triage", data), triage_room.gate()
    chosen = items(path)
    passing = triage.passing(chosen, gate)
    corpus = path.parent / CORPUS
    running = list(triage.sentences(corpus)) if corpus.is_file() else []
    passed = triage.share(sum(1 for text in running if gate.passes(text)), len(running))
    steps = triage.curve(gate, [item.text for item in chosen if item.claims], running) if running else []
    found: dict[str, Any] = {
        "strata": {name: asdict(one) for name, one in passing.items()},
        "corpus": asdict(passed) if running else None,
        "curve": [asdict(step) for step in steps],
    }
    figures = {f"{name}.recall": one.recall.share for name, one in passing.items()}
    if running:
        figures["corpus.pass_rate"] = passed.share
    text = json.dumps(found) if options.as_json else triage.show(passing, passed if running else None, steps)
    return Measured(text=text, data=found, figures=figures)


@MEASURES.add("merge")
def _merge(data: Path, options: Options) -> Measured:
    if options.taken_from == "text":
        return _merge_text(data, options)
    told = merge.merge_gold(data)
    plain = merge.merge_reports(data, dates=False)
    figures = {
        f"{name}.{figure}": value
        for name, row in (("document_dates", plain), ("told_days", told.rows[0]))
        for figure, value in (("b_cubed_f1", row.f1), ("must_not_merged", float(len(row.merged))))
    }
    found = replace(told, rows=(told.rows[0], plain, *told.rows[1:])).to_json()
    return _merged(told, merge_show.show(told, plain), found, figures, data, options)


@MEASURES.add("merge_text")
def _merge_text(data: Path, options: Options) -> Measured:
    told = merge_text.merge_text(data, workers=options.workers)
    ours = told.rows[0]
    figures = {
        "found": float(told.found),
        "independent": float(told.independent),
        "b_cubed_f1": ours.f1,
        "must_not_merged": float(len(ours.merged)),
    }
    return _merged(told, merge_show.show(told), told.to_json(), figures, data, options)


def _merged(
    told: MergeOutcome, text: str, found: dict[str, Any], figures: dict[str, float], data: Path, options: Options
) -> Measured:
    """What measuring a set of merging gives, its predictions written and wrong pairs put first where asked for."""
    write_lines(merge_show.predictions(told), options.output)
    if options.as_json:
        text = json.dumps(found)
    elif options.errors and (wrong := merge_show.show_wrong(merge_set(data), told, options.errors)):
        text = f"{wrong}\n\n{text}"
    return Measured(text=text, data=found, figures=figures)


def _read(path: Path, options: Options) -> tuple[tuple[Item, ...], list[Claim]]:
    chosen = items(path)
    claims = contacts.read_all(contacts.documents(chosen), workers=options.workers)
    write_lines(map(to_json, claims), options.output)
    return chosen, claims


def _with_errors(text: str, chosen: Sequence[Item], claims: Sequence[Claim], options: Options) -> str:
    if options.as_json or not options.errors:
        return text
    return "\n".join((*unpaired(chosen, claims, options.errors), text))


def _figures(scores: Scores) -> dict[str, float]:
    found = {"detection_f1": scores.detection.f, "false_alarm_share": scores.false_alarm_share}
    for name in ("core", "parties", "privacy", "status", "source_class"):
        found[f"{name}_e2e_f1"] = scores.end_to_end_f1[name]
    return found
