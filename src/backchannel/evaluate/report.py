"""The figures of ``docs/evaluation.md`` as tables, measured anew: ``python -m backchannel.evaluate.report --help``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from backchannel import triage as triage_room
from backchannel.errors import BackchannelError, InputError
from backchannel.evaluate import article, contacts, merge, merge_text, triage
from backchannel.evaluate.gold import Item, items
from backchannel.evaluate.merge_scores import MergeScores
from backchannel.evaluate.pairing import Told, by_item
from backchannel.evaluate.scores import Scores, score, score_told
from backchannel.evaluate.sets import CORPUS, FILES, MEASURES, Options

BEGIN, END = "<!-- figures: begin (python -m backchannel.evaluate.report) -->", "<!-- figures: end -->"
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("declassified records", ("Foreign Relations of the United States",)),
    ("briefings, White House", ("press-briefings",)),
    ("readouts, releases and remarks, White House", ("White House",)),
    ("releases and transcripts, Kremlin", ("President of Russia",)),
    ("daily digests", ("Wikipedia Portal",)),
    ("news stories", ("Voice of America", "Wikinews")),
)
"""Kinds of text and what their ``source`` contains; the first that fits."""
SETS = "../shared/gold"
"""Where the sets lie beside the project, as the commands in the report have it."""
PRINTED = {
    "rest": "Running text and everyday news",
    "actors": "Actors",
    "attribution": "Attribution",
    "plv": "Acts: the type of a marked pair",
    "petrarch": "Acts: who did what to whom",
    "frus": "Declassified records: the head from plain text",
    "links": "Public events and declassified records",
    "readouts": "Two accounts of one contact",
    "forecast": "Forecasts, and alerts by injection",
}
"""Sets whose figures are shown as their command prints them, with their headings."""
SECOND_READER = {
    "parties": 0.94,
    "form": 0.93,
    "privacy": 0.97,
    "channel": 0.96,
    "status": 0.96,
    "source_class": 0.92,
    "when": 0.86,
    "where": 0.98,
    "core": 0.82,
}
"""Agreement of a second reader, a language model, on matched claims of 490 items (README of the gold sets)."""


def report(gold_dir: Path, *, on: date, workers: int = 1) -> str:
    """Give every figure of the reading as Markdown tables, each with its set, size, date and command.

    Args:
        gold_dir: the folder of the gold sets.
        on: the day that stands beside the figures.
        workers: processes that read.

    Raises:
        InputError: a set is missing.
    """
    parts = [
        _contacts(gold_dir, on, workers),
        _running(gold_dir, on, workers),
        _article(gold_dir, on),
        _triage(gold_dir, on),
        _merge(gold_dir, on),
        _merge_text(gold_dir, on, workers),
        *(_as_printed(name, heading, gold_dir, on, workers) for name, heading in PRINTED.items()),
    ]
    return "\n\n".join(parts)


def _as_printed(name: str, heading: str, gold_dir: Path, on: date, workers: int) -> str:
    """Give what the command prints for a set, where the set is there."""
    path = gold_dir / FILES[name][0]
    if not path.exists():
        raise InputError(f"no {FILES[name][0]} in {gold_dir}; give the folder of the gold sets")
    measured = MEASURES.get(name)(gold_dir, Options(workers=workers))
    first, *others = FILES[name]
    command = f"backchannel evaluate {name} --data {SETS if others else f'{SETS}/{first}'}"
    return f"### {heading}\n\n`{first}`, {on.isoformat()}, `{command}`\n\n```text\n{measured.text}\n```"


def _contacts(gold_dir: Path, on: date, workers: int) -> str:
    chosen, told = _read(gold_dir / FILES["contacts"][0], workers)
    strata = sorted({item.field("stratum") for item in chosen})
    by_stratum = [(name, [item for item in chosen if item.field("stratum") == name]) for name in strata]
    by_kind = [(name, [item for item in chosen if kind_of(item) == name]) for name in (*dict(KINDS), "other")]
    total = score_told(chosen, told)
    fields = [
        [name, f"{total.accuracy_on_matched[name]:.3f}", f"{total.end_to_end_f1[name]:.3f}", f"{best:.2f}"]
        for name, best in SECOND_READER.items()
    ]
    questions = [[name.replace("_", " "), f"{f1:.3f}"] for name, f1 in total.group_f1.items()]
    return "\n\n".join(
        (
            _head(
                "Contacts",
                "contacts_dev.jsonl",
                len(chosen),
                on,
                f"evaluate contacts --data {SETS}/contacts_dev.jsonl --by stratum",
            ),
            _score_table("stratum", [*by_stratum, ("all", chosen)], told),
            _score_table("kind of text", [one for one in by_kind if one[1]], told),
            _table(["field", "right on matched", "end-to-end F1", "second reader, on matched"], fields),
            _table(["question", "end-to-end F1"], questions),
        )
    )


def _running(gold_dir: Path, on: date, workers: int) -> str:
    chosen, told = _read(gold_dir / FILES["triage"][0], workers)
    strata = sorted({item.field("stratum") for item in chosen})
    rows = [(name, [item for item in chosen if item.field("stratum") == name]) for name in strata]
    command = f"evaluate contacts --data {SETS}/contacts_train.jsonl --by stratum"
    head = _head("Contacts, one reading", "contacts_train.jsonl", len(chosen), on, command)
    return f"{head}\n\n{_score_table('stratum', [*rows, ('all', chosen)], told)}"


def _article(gold_dir: Path, on: date) -> str:
    chosen = items(gold_dir / FILES["source_article"][0])
    claims = contacts.read_all(contacts.documents(chosen))
    found, told = score(chosen, claims), article.tell(chosen, claims)
    rows = [
        ["contacts found", f"{told.found} of {told.contacts}"],
        ["found with the right states or organisations, where gold names any", f"{told.with_parties} of {told.named}"],
        ["privacy and source class both right", f"{told.on_word} of {told.contacts}"],
        ["sentences without a contact on which one was found", f"{found.false_alarm_items} of {found.empty_items}"],
    ]
    head = _head(
        "The source article", "source_article.jsonl", len(chosen), on, f"evaluate source_article --data {SETS}"
    )
    return f"{head}\n\n{_table(['what', 'how many'], rows)}"


def _triage(gold_dir: Path, on: date) -> str:
    chosen, gate = items(gold_dir / FILES["triage"][0]), triage_room.gate()
    rows = [
        [name, _share(one.recall), str(one.recall.total), f"{one.passed.share:.3f}", str(one.passed.total)]
        for name, one in triage.passing(chosen, gate).items()
    ]
    head = ["stratum", "recall [95 %]", "sentences with a contact", "passed", "sentences"]
    parts = [
        _head("Triage", "contacts_train.jsonl", len(chosen), on, f"evaluate triage --data {SETS}"),
        _table(head, rows),
    ]
    corpus = gold_dir / CORPUS
    if corpus.is_file():
        running = list(triage.sentences(corpus))
        passed = triage.share(sum(1 for text in running if gate.passes(text)), len(running))
        steps = triage.curve(gate, [item.text for item in chosen if item.claims], running)
        curve = [
            [str(left), f"{recall:.3f}", f"{share:.3f}", f"`{after}`"]
            for left, recall, share, after in triage.points(steps)
        ]
        parts.append(f"Of {len(running)} sentences of the corpus {_share(passed)} pass.")
        parts.append(_table(["stems left", "recall", "passed, corpus", "dropped next"], curve))
    return "\n\n".join(parts)


def _merge(gold_dir: Path, on: date) -> str:
    told = merge.merge_gold(gold_dir)
    ours, *rules = told.rows
    head = _head("Merging", "merge/", told.reports, on, f"evaluate merge --data {SETS}")
    return f"{head}\n\n{_merge_table([ours, merge.merge_reports(gold_dir, dates=False), *rules])}"


def _merge_text(gold_dir: Path, on: date, workers: int) -> str:
    told = merge_text.merge_text(gold_dir, workers=workers)
    rows = [
        ["reports with a claim of the reader", f"{told.found} of {told.reports}"],
        ["with a claim of all gold parties", f"{told.shared} of {told.reports}"],
        ["conversations with the right number of independent origins", f"{told.independent} of {told.conversations}"],
        ["right when 1 is said of all", f"{told.always_one} of {told.conversations}"],
        ["right when the sources of documents are counted", f"{told.by_outlet} of {told.conversations}"],
    ]
    head = _head("Reading and merging", "merge/", told.reports, on, f"evaluate merge --from text --data {SETS}")
    return f"{head}\n\n{_merge_table(told.rows)}\n\n{_table(['what', 'how many'], rows)}"


def _merge_table(scores: Iterable[MergeScores]) -> str:
    rows = [_merge_row(one) for one in scores]
    return _table(["rule", "B-cubed P", "R", "F1", "pairs F1", "LEA F1", "CoNLL", "must-not pairs merged"], rows)


def _merge_row(one: MergeScores) -> list[str]:
    told = one.agreement
    figures = (one.precision, one.recall, one.f1, told.pairwise.f1, told.lea.f1, told.conll)
    return [one.name, *(f"{value:.3f}" for value in figures), f"{len(one.merged)} of {one.pairs}"]


def kind_of(item: Item) -> str:
    """Give the kind of text that an item comes from, by its ``source``."""
    source = item.field("source")
    return next((kind for kind, cues in KINDS if any(cue in source for cue in cues)), "other")


def _read(path: Path, workers: int) -> tuple[tuple[Item, ...], dict[str, list[Told]]]:
    chosen = items(path)
    return chosen, by_item(chosen, contacts.read_all(contacts.documents(chosen), workers=workers))


def _head(title: str, file: str, size: int, on: date, command: str) -> str:
    what = "reports" if file == "merge/" else "sentences"
    return f"### {title}\n\n`{file}`, {size} {what}, {on.isoformat()}, `backchannel {command}`"


def _score_table(name: str, groups: Iterable[tuple[str, Sequence[Item]]], told: dict[str, list[Told]]) -> str:
    head = [
        name,
        "sentences",
        "contacts",
        "P",
        "R",
        "F1",
        "false alarms",
        "parties",
        "privacy",
        "status",
        "source",
        "core",
    ]
    return _table(head, [_score_row(label, score_told(chosen, told)) for label, chosen in groups])


def _score_row(label: str, one: Scores) -> list[str]:
    right = [f"{one.end_to_end_f1[name]:.3f}" for name in ("parties", "privacy", "status", "source_class", "core")]
    d = one.detection
    alarms = f"{one.false_alarm_items} of {one.empty_items}"
    return [label, str(one.items), str(one.gold_claims), f"{d.p:.3f}", f"{d.r:.3f}", f"{d.f:.3f}", alarms, *right]


def _share(one: triage.Share) -> str:
    return f"{one.share:.3f} [{one.low:.3f}, {one.high:.3f}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put(tables: str, page: str) -> str:
    """Give a page with the tables between its two markers in place of what stood there.

    Raises:
        InputError: the page does not have both markers.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InputError(f"the page has no place for the figures; give it the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and write it to a page or to stdout; 1 when a set or the page's place for it is missing."""
    parser = argparse.ArgumentParser(prog="python -m backchannel.evaluate.report", description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of the gold sets")
    parser.add_argument("--write", type=Path, help="the page whose figures are replaced; stdout when left out")
    parser.add_argument("--workers", type=int, default=1, help="processes that read")
    given = parser.parse_args(arguments)
    try:
        tables = report(given.gold, on=date.today(), workers=given.workers)
        if given.write is None:
            sys.stdout.write(f"{tables}\n")
        else:
            given.write.write_text(put(tables, given.write.read_text(encoding="utf-8")), encoding="utf-8")
    except BackchannelError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
