"""Measure links of public events and records: candidates found, and how many of ours a careful reader confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from backchannel import sources, vocabulary
from backchannel.actors import shipped
from backchannel.conversations.links import Link, links
from backchannel.errors import InputError
from backchannel.evaluate.gold import lines
from backchannel.evaluate.sets import MEASURES, VOLUMES, Measured, Options, write_lines
from backchannel.evaluate.shares import Share
from backchannel.importers import markup, tables
from backchannel.records import Claim, Document
from backchannel.sources import heads

CHECKED = "links_checked.yml"
_TABLES = ("visits", "travels")
_IDS = {"visits": "visit", "travels": "trip"}
_CONVERSATIONS = "conversations_*.jsonl"
_READ = sources.Options(today=date(2026, 1, 1), now=datetime(2026, 1, 1, tzinfo=UTC))
"""The day against which dates of records are held; none lies near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkScores:
    """Candidates found, per table and together; links of ours and how many of those that a reader checked are right."""

    records: int
    found: Mapping[str, Share]
    checked: Share
    links: int

    @property
    def recall(self) -> Share:
        """Candidates found, of all whose records are there."""
        return Share(right=sum(one.right for one in self.found.values()), of=sum(one.of for one in self.found.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A link of ours by the row of its table and its record."""

    row: str
    record: str
    link: Link


@MEASURES.add("links")
def _links(data: Path, options: Options) -> Measured:
    folder = data if (data / "links_visits.json").exists() else data / "frus"
    volumes = options.corpus if options.corpus is not None else folder.parent / VOLUMES
    documents = {one.id: one for one in records(folder, volumes)}
    ours = answers(documents, folder)
    write_lines((line(one) for one in ours), options.output)
    wanted = candidates(folder, documents)
    scores = score(len(documents), ours, wanted)
    figures = shown(scores)
    if options.as_json:
        return Measured(text=json.dumps(figures), data=figures, figures=_pinned(figures))
    wrong = [*show_wrong(ours, wanted)][: options.errors] if options.errors else []
    return Measured(text="\n".join([*wrong, *table(scores, volumes)]), data=figures, figures=_pinned(figures))


def records(folder: Path, volumes: Path) -> Iterator[Document]:
    """Yield the records of the volumes, then the conversations of the set that are in none of them, as plain text.

    Raises:
        InputError: there is neither.
    """
    seen: set[str] = set()
    for path in sorted(volumes.glob("*.xml")):
        for fetched in sources.read(str(path), _READ):
            if fetched.document is not None:
                seen.add(fetched.document.id)
                yield fetched.document
    for path in sorted(folder.glob(_CONVERSATIONS)):
        for row in lines(path):
            if row["id"] not in seen:
                seen.add(row["id"])
                yield heads.filled(Document(id=row["id"], url=row.get("url"), text=row["input"]["text"]))
    if not seen:
        raise InputError(f"no volume in {volumes} and no {_CONVERSATIONS} in {folder}; name the volumes with --corpus")


def answers(documents: Mapping[str, Document], folder: Path) -> list[Shown]:
    """Give the links of the rows of both tables with these records, by row and record."""
    table = shipped()
    recorded = [claim for one in documents.values() for claim in markup.claims(one, table)]
    public = [claim for name in _TABLES for claim in tables.claims(_table(name, folder), table)]
    known: dict[str, Claim] = {one.id: one for one in (*recorded, *public)}
    found = (
        Shown(row=known[one.public].row or "", record=known[one.recorded].document, link=one)
        for one in links((*recorded, *public), {})
    )
    return sorted(found, key=_key)


def _table(name: str, folder: Path) -> Document:
    path = folder / f"{name}.json"
    try:
        return tables.as_document(name, path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise InputError(f"{path}: {fault.strerror}; give the folder of the set with --data") from None


def candidates(folder: Path, documents: Mapping[str, Document]) -> set[tuple[str, str]]:
    """Give the candidates of the set whose records are there, as row and record."""
    found = set()
    for name in _TABLES:
        path = folder / f"links_{name}.json"
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError) as fault:
            raise InputError(f"{path}: {fault}; give the folder of the set with --data") from None
        found |= {(f"{name}/{row[_IDS[name]]}", row["frus"]) for row in rows if row["frus"] in documents}
    return found


def checked() -> dict[tuple[str, str], bool]:
    """Give the links that a careful reader checked, by row and record, and whether each is right."""
    return {(one["row"], one["record"]): one["right"] for one in vocabulary.load(CHECKED)["links"]}


def score(size: int, ours: Sequence[Shown], wanted: set[tuple[str, str]]) -> LinkScores:
    """Give the scores of links against candidates and checks."""
    pairs = {(one.row, one.record) for one in ours}
    found = {
        name: Share(right=len(some & pairs), of=len(some))
        for name in _TABLES
        if (some := {pair for pair in wanted if pair[0].startswith(f"{name}/")})
    }
    known = checked()
    told = [known[pair] for pair in pairs if pair in known]
    return LinkScores(records=size, found=found, checked=Share(right=sum(told), of=len(told)), links=len(ours))


def shown(scores: LinkScores) -> dict[str, Any]:
    """Give the figures by name."""
    return {
        "records": scores.records,
        "links": scores.links,
        "candidates": scores.recall.of,
        "recall": scores.recall.value,
        **{f"{name}.recall": one.value for name, one in scores.found.items()},
        "checked": scores.checked.of,
        "precision": scores.checked.value,
    }


def _pinned(figures: Mapping[str, Any]) -> dict[str, float]:
    return {name: figures[name] for name in ("recall", "precision")}


def table(scores: LinkScores, volumes: Path) -> Iterator[str]:
    """Yield the figures as lines."""
    yield f"{scores.records:,} records, of the set and of the volumes in {volumes.name}; {scores.links} links"
    yield f"candidates found           {scores.recall.value:6.3f} {scores.recall.of:5d}"
    for name, one in scores.found.items():
        yield f"  {name:25}{one.value:6.3f} {one.of:5d}"
    yield f"right, of those checked    {scores.checked.value:6.3f} {scores.checked.of:5d}"


def show_wrong(ours: Sequence[Shown], wanted: set[tuple[str, str]]) -> Iterator[str]:
    """Yield the candidates that were not found, links that were checked and are wrong, and those nobody has checked."""
    pairs = {(one.row, one.record) for one in ours}
    known = checked()
    for row, record in sorted(wanted - pairs):
        yield f"not found  {row}  {record}"
    for one in ours:
        right = known.get((one.row, one.record))
        if not right:
            label = "wrong    " if right is not None else "unchecked"
            yield f"{label}  {one.row}  {one.record}  {one.link.score:.2f}  " + "; ".join(
                reason.detail for reason in one.link.reasons
            )


def line(one: Shown) -> str:
    """Give a link as a line of JSON."""
    reasons = [{"feature": r.feature, "weight": r.weight, "detail": r.detail} for r in one.link.reasons]
    told = {"row": one.row, "record": one.record, "score": one.link.score, "reasons": reasons}
    return json.dumps(told, ensure_ascii=False)


def _key(one: Shown) -> tuple[str, str]:
    return one.row, one.record
