"""The sets that can be measured: each gives a text, an object for programs and the figures that floors pin."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from backchannel import triage as triage_room
from backchannel.errors import InputError
from backchannel.evaluate import article, contacts, merge, merge_text, triage
from backchannel.evaluate.gold import Item, items
from backchannel.evaluate.scores import Scores, score, unpaired
from backchannel.records import Claim
from backchannel.registry import Registry

CORPUS = "../corpus/documents.jsonl"
"""The running text beside the gold folder that pass rates are measured on; left out where it is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a set is measured and shown; ``by`` is a field of the items, ``errors`` shows so many unpaired items."""

    as_json: bool = False
    by: str | None = None
    errors: int = 0
    output: Path | None = None
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What measuring a set gave: lines to read, an object for programs, and figures by name for the floors."""

    text: str
    data: dict[str, Any]
    figures: dict[str, float] = field(default_factory=dict)


Measure = Callable[[Path, Options], Measured]
MEASURES: Registry[Measure] = Registry("set")
FILES: Mapping[str, tuple[str, ...]] = {
    "contacts": ("contacts_dev.jsonl",),
    "source_article": ("source_article.jsonl",),
    "triage": ("contacts_train.jsonl",),
    "merge": (merge.REPORTS, merge.APART),
    "merge_text": (merge.REPORTS, merge.APART, merge_text.DOCUMENTS),
}
"""The files of each set, relative to the gold folder; the first is what ``data`` names when it is a file."""


def evaluate_set(
    name: str,
    data: Path,
    *,
    json: bool = False,
    by: str | None = None,
    errors: int = 0,
    output: Path | None = None,
    workers: int = 1,
) -> tuple[str, dict[str, Any]]:
    """Give the text to print and the object behind it for one set.

    Args:
        name: ``contacts``, ``source_article``, ``triage``, ``merge`` or ``merge_text``.
        data: the set's file, or the gold folder that holds it (for the merge sets the folder).
        json: whether the text is the object as one line of JSON.
        by: also by this field of the items, such as ``stratum`` or ``source``.
        errors: begin with up to so many items whose claims do not pair up; not with ``json``.
        output: write the claims there, one a line.
        workers: processes that read.

    Raises:
        QueryError: there is no such set; the message lists the known ones.
        InputError: the data are not there or not in their format.
    """
    measured = MEASURES.get(name)(data, Options(as_json=json, by=by, errors=errors, output=output, workers=workers))
    return measured.text, measured.data


def file_of(name: str, data: Path) -> Path:
    """Give the set's file: ``data`` itself, or the file of that set in the folder ``data``."""
    return data / FILES[name][0] if data.is_dir() else data


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
    if not (data / merge.REPORTS).is_file():
        raise InputError(f"no {merge.REPORTS} in {data}; give the folder of the gold sets")
    rows = [merge.merge_reports(data, dates=dates) for dates in (False, True)]
    every = [*rows, *merge.baselines(data)]
    found = {"rows": [asdict(row) for row in every]}
    figures = {
        f"{name}.{figure}": value
        for name, row in zip(("document_dates", "told_days"), rows, strict=True)
        for figure, value in (("b_cubed_f1", row.f1), ("must_not_merged", float(len(row.merged))))
    }
    text = json.dumps(found) if options.as_json else "\n".join(merge.show(row) for row in every)
    return Measured(text=text, data=found, figures=figures)


@MEASURES.add("merge_text")
def _merge_text(data: Path, options: Options) -> Measured:
    if not (data / merge_text.DOCUMENTS).is_file():
        raise InputError(f"no {merge_text.DOCUMENTS} in {data}; give the folder of the gold sets")
    told = merge_text.merge_text(data)
    ours = told.rows[0]
    figures = {
        "found": float(told.found),
        "independent": float(told.independent),
        "b_cubed_f1": ours.f1,
        "must_not_merged": float(len(ours.merged)),
    }
    found = asdict(told)
    return Measured(text=json.dumps(found) if options.as_json else merge_text.tell(told), data=found, figures=figures)


def _read(path: Path, options: Options) -> tuple[tuple[Item, ...], list[Claim]]:
    chosen = items(path)
    claims = contacts.read_all(contacts.documents(chosen), workers=options.workers)
    if options.output is not None:
        contacts.write(claims, options.output)
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
