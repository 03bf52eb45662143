"""Measure the reading on running text: sentences picked without any contact word, and everyday news without a contact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backchannel.actors import profile
from backchannel.errors import InputError
from backchannel.evaluate import contacts
from backchannel.evaluate.gold import FIELDS, Item, item, items, lines
from backchannel.evaluate.scores import Scores, score, unpaired
from backchannel.evaluate.sets import CORPUS, MEASURES, Measured, Options, file_of, write_lines
from backchannel.evaluate.triage import Share, share
from backchannel.language import segment
from backchannel.records import Document, to_json

LABELS = Path("gold/labels/rest.jsonl")
"""Our own readings: document, offsets and labels; the texts are those of the corpus beside the gold sets."""
EVERYDAY = Path("gold/cases/everyday.md")
"""Cases of sport, business and home news; those that say ``claims: 0`` hold no contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was found in one part: ``recall`` over its gold claims, ``precision`` over the claims that were read."""

    items: int
    recall: Share
    precision: Share


@MEASURES.add("rest")
def measure(data: Path, options: Options) -> Measured:
    """Give recall and precision with their intervals by part, and the precision with everyday news added."""
    path = file_of("rest", data)
    drawn = tuple(one for one in items(path) if one.field("stratum") == "rest")
    corpus = path.parent / CORPUS
    own = labelled(LABELS, corpus) if LABELS.is_file() and corpus.is_file() else ()
    parts, claims = {}, []
    for name, chosen in (("rest of contacts_train", drawn), ("read twice by us", own), ("both", (*drawn, *own))):
        read = contacts.read_all(contacts.documents(chosen), workers=options.workers)
        claims = read
        parts[name] = _part(score(chosen, read), len(chosen))
    everyday = list(nothing_told(EVERYDAY)) if EVERYDAY.is_file() else []
    false = sum(1 for claim in contacts.read_all(everyday, workers=options.workers) if claim.kind == "contact")
    both = parts["both"].precision
    with_everyday = share(both.hit, both.total + false)
    false_share = false / len(everyday) if everyday else 0.0
    write_lines(map(to_json, claims), options.output)
    found: dict[str, Any] = {name: asdict(part) for name, part in parts.items()} | {
        "everyday": {"items": len(everyday), "claims": false},
        "precision_with_everyday": asdict(with_everyday),
    }
    shown = "\n".join(
        (*_rows(parts), f"everyday news     {len(everyday)} sentences, {false} claims", _row(with_everyday))
    )
    if options.errors:
        shown = "\n".join((*unpaired((*drawn, *own), claims, options.errors), shown))
    figures = {
        "recall": parts["both"].recall.share,
        "precision": with_everyday.share,
        "everyday.false_alarm_share": false_share,
    }
    return Measured(text=json.dumps(found) if options.as_json else shown, data=found, figures=figures)


def labelled(labels: Path, corpus: Path) -> tuple[Item, ...]:
    """Give our own readings as items: the sentence at its offsets in the corpus, with its neighbours.

    Raises:
        InputError: a document is not in the corpus, or no sentence stands at the offsets.
    """
    wanted = list(lines(labels))
    ids = {line["document"] for line in wanted}
    documents = {line["id"]: line for line in lines(corpus) if line["id"] in ids}
    found = []
    for line in wanted:
        if line["document"] not in documents:
            raise InputError(
                f"{labels}: document {line['document']!r} is not in {corpus}; the labels are of that corpus"
            )
        found.append(item(_joined(line, documents[line["document"]])))
    return tuple(found)


def _joined(line: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    text, start, end = told["text"], line["start"], line["end"]
    before, after = _neighbours(told, start, end)
    return {
        "id": f"{line['document']}:{start}",
        "title": told["title"],
        "date": told["date"],
        "source": told["source"],
        "stratum": line["stratum"],
        "prev": before,
        "text": text[start:end],
        "next": after,
        "claims": [_claim(claim, text) for claim in line["claims"]],
    }


def _claim(told: Mapping[str, Any], text: str) -> dict[str, Any]:
    start, end = told["trigger"]
    return {"trigger": text[start:end], "parties": told["parties"], "issues": told["issues"]} | {
        name: told[name] for name in FIELDS
    }


def _neighbours(told: Mapping[str, Any], start: int, end: int) -> tuple[str, str]:
    document = Document(id=told["id"], text=told["text"], title=told["title"], source=told["source"])
    kind = profile(document)
    cut = segment(told["text"], is_digest=kind.kind == "digest", is_transcript=kind.is_transcript).sentences
    before = next((s for s in reversed(cut) if s.end <= start), None)
    after = next((s for s in cut if s.start >= end), None)
    return (before.text if before is not None else "", after.text if after is not None else "")


def nothing_told(cases: Path) -> Iterator[Document]:
    """Yield the sentences of a file of cases that hold no contact, each as a document."""
    for number, block in enumerate(re.split(r"(?m)^## ", cases.read_text(encoding="utf-8"))):
        fields = dict(re.findall(r"(?m)^- (\w+): (.*)$", block))
        sentence = " ".join(re.findall(r"(?m)^> (.*)$", block))
        if fields.get("claims") == "0" and sentence:
            day = fields.get("date", "")
            yield Document(
                id=f"everyday:{number}",
                text=sentence,
                title=fields.get("title"),
                source=fields.get("source"),
                published=date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None,
            )


def _part(scores: Scores, count: int) -> Part:
    hit = scores.matched
    return Part(items=count, recall=share(hit, scores.gold_claims), precision=share(hit, scores.system_claims))


def _rows(parts: Mapping[str, Part]) -> Iterator[str]:
    yield f"{'part':24}{'items':>6}{'claims':>8}{'recall':>9}  [95 %]{'':10}{'precision':>9}  [95 %]"
    for name, part in parts.items():
        r, p = part.recall, part.precision
        yield (
            f"{name:24}{part.items:>6}{r.total:>8}{r.share:>9.3f}  [{r.low:.3f}, {r.high:.3f}]{p.share:>10.3f}  "
            f"[{p.low:.3f}, {p.high:.3f}]"
        )


def _row(found: Share) -> str:
    return f"precision, everyday news added {found.share:.3f} [{found.low:.3f}, {found.high:.3f}]"
