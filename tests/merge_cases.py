"""Cases of merging: read ``gold/cases/merge*.md``, read their documents, compare what is joined with what is expected.

A case has several quotations, each a document with its ``date``, ``source`` and ``title``; below it stand the words of
claims (``claim:``), each with the contact that it tells (``contact:``). Claims of one contact must come together, those
of different contacts stay apart. ``party:`` picks one of several claims of the same words. ``origins: NAME N`` is the number of independent words that a contact rests on,
``known: REASON`` marks a case that fails.

``python tests/merge_cases.py --report`` prints the cases that fail.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from backchannel import pipeline
from backchannel.conversations import Cluster, assemble, cluster, weights
from backchannel.evaluate.merge_text import reports_of
from backchannel.records import Claim, Document
from cases import CASES, CasesError, slug

FIELDS = ("date", "source", "title")
_ITEM = re.compile(r"- (\w+): (\S.*)")


@dataclass(slots=True, kw_only=True)
class Sought:
    """A claim by words that its trigger overlaps, where these tell several by a party, and the contact it tells."""

    words: str
    party: str | None = None
    contact: str | None = None


@dataclass(slots=True, kw_only=True)
class Told:
    """One document of a case with the claims that are looked for in it."""

    line: int
    text: str
    fields: dict[str, str] = field(default_factory=dict)
    claims: list[Sought] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class MergeCase:
    """Documents with the contacts that their claims tell."""

    file: str
    line: int
    heading: str
    why: str = ""
    documents: list[Told] = field(default_factory=list)
    origins: dict[str, int] = field(default_factory=dict)
    known: str | None = None

    @property
    def id(self) -> str:
        return f"{self.file}:{slug(self.heading)}"


def load_all(folder: Path = CASES) -> list[MergeCase]:
    """Give the cases of every file, in order.

    Raises:
        CasesError: at least one file is not well formed; all faults are listed.
    """
    cases: list[MergeCase] = []
    faults: list[str] = []
    for path in sorted(folder.glob("merge*.md")):
        found, wrong = parse(path.read_text(encoding="utf-8"), file=path.stem)
        cases += found
        faults += wrong
    if faults:
        raise CasesError("\n".join(faults))
    return cases


def parse(text: str, *, file: str) -> tuple[list[MergeCase], list[str]]:
    """Give the cases of one file and its faults, each as ``file.md:line: what is wrong``."""
    cases: list[MergeCase] = []
    faults: list[str] = []
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    for start, end in itertools.pairwise([*starts, len(lines)]):
        case = MergeCase(file=file, line=start + 1, heading=lines[start][3:].strip())
        wrong = [*_fill(case, lines[start + 1 : end]), *_faults(case)]
        faults += [f"{file}.md:{line}: {message}" for line, message in wrong]
        if case.id in {one.id for one in cases}:
            faults.append(f"{file}.md:{start + 1}: the heading stands twice")
        cases.append(case)
    return cases, faults


def _fill(case: MergeCase, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Read a case's lines into it; yield what cannot be read."""
    quoting = False
    for number, line in enumerate(lines, case.line + 1):
        item = _ITEM.fullmatch(line)
        if line.startswith(">"):
            if not quoting:
                case.documents.append(Told(line=number, text=""))
            case.documents[-1].text = f"{case.documents[-1].text} {line[1:].strip()}".strip()
        elif item is not None:
            yield from _item(case, number, item[1], item[2].strip())
        elif line.strip():
            if case.documents:
                yield number, f"stray text {line[:40]!r}"
            case.why = f"{case.why} {line}".strip()
        quoting = line.startswith(">")


def _item(case: MergeCase, number: int, name: str, value: str) -> Iterator[tuple[int, str]]:
    if name == "known":
        case.known = value
    elif not case.documents:
        yield number, f"'{name}' stands before any quotation"
    elif name in FIELDS:
        case.documents[-1].fields[name] = value
    elif name == "claim":
        if len(re.findall(rf"(?<!\w){re.escape(value)}(?!\w)", case.documents[-1].text)) != 1:
            yield number, f"claim words {value!r} must stand exactly once in the quotation"
        case.documents[-1].claims.append(Sought(words=value))
    elif name in ("contact", "party") and case.documents[-1].claims:
        if getattr(case.documents[-1].claims[-1], name) is not None:
            yield number, f"'{name}' stands twice for one claim"
        setattr(case.documents[-1].claims[-1], name, value)
    elif name == "origins" and re.fullmatch(r".+ \d+", value):
        contact, _, count = value.rpartition(" ")
        case.origins[contact] = int(count)
    else:
        known = ", ".join((*FIELDS, "claim", "party, contact (after a claim)", "origins", "known"))
        yield number, f"'{name}: {value}' cannot stand here; known: {known}"


def _faults(case: MergeCase) -> Iterator[tuple[int, str]]:
    """Yield what a case lacks."""
    contacts = {one.contact for told in case.documents for one in told.claims}
    if not case.why:
        yield case.line, "no sentence says why"
    if sum(len(told.claims) for told in case.documents) < 2:
        yield case.line, "fewer than two claims: nothing is joined or kept apart"
    for told in case.documents:
        if "date" not in told.fields:
            yield told.line, "no date"
        if not all(one.contact for one in told.claims):
            yield told.line, "a claim without '- contact:'"
    for unknown in sorted(case.origins.keys() - contacts):
        yield case.line, f"origins of {unknown!r}, which is no contact of the case"


@cache
def _kit() -> pipeline.Kit:
    return pipeline.load()


def check(case: MergeCase) -> list[str]:
    """Read the documents, merge all their claims and give every difference from what is expected."""
    documents = [_document(number, told) for number, told in enumerate(case.documents)]
    claims = [claim for one in documents for claim in pipeline.read(one, _kit()) if claim.kind == "contact"]
    found = cluster(reports_of({claim.id: claim for claim in claims}, documents).values(), weights())
    place = {report.id: number for number, group in enumerate(found) for report in group.reports}
    wrong: list[str] = []
    told: list[tuple[str, str, int]] = []
    for document, one in zip(documents, case.documents, strict=True):
        for sought in one.claims:
            name = " ".join((document.id, repr(sought.words), sought.party or "")).strip()
            claim = _claim(claims, document, sought)
            if claim is None:
                wrong.append(f"{name}: no claim found")
            else:
                told.append((name, sought.contact or "", place[claim.id]))
    for (one_name, first, here), (other_name, second, there) in itertools.combinations(told, 2):
        if (first == second) != (here == there):
            wrong.append(f"{one_name} and {other_name} are {'together' if here == there else 'apart'}")
    return wrong + _origins(case, told, found)


def _document(number: int, told: Told) -> Document:
    return Document(
        id=f"d{number + 1}",
        source=told.fields.get("source"),
        title=told.fields.get("title"),
        text=told.text,
        language="en",
        published=date.fromisoformat(told.fields["date"]),
    )


def _claim(claims: Sequence[Claim], document: Document, sought: Sought) -> Claim | None:
    """The claim of a document whose trigger overlaps the words, with the party where one is named."""
    span = re.search(rf"(?<!\w){re.escape(sought.words)}(?!\w)", document.text)
    fitting = (
        claim
        for claim in claims
        if claim.document == document.id
        and span is not None
        and claim.trigger is not None
        and claim.trigger.start < span.end()
        and span.start() < claim.trigger.end
        and (sought.party is None or sought.party in {party.actor for party in claim.parties})
    )
    return next(fitting, None)


def _origins(case: MergeCase, told: Sequence[tuple[str, str, int]], found: Sequence[Cluster]) -> list[str]:
    numbers = {contact: place for _, contact, place in told}
    counted = {name: assemble("k", found[numbers[name]]).independent for name in case.origins if name in numbers}
    return [
        f"{name}: expected {case.origins[name]} origins, found {count}"
        for name, count in counted.items()
        if count != case.origins[name]
    ]


def report() -> int:
    """Write the cases that fail, or hold though marked known, and give their number."""
    failed = 0
    for case in load_all():
        wrong = check(case)
        if bool(wrong) == (case.known is not None):
            continue
        failed += 1
        sys.stdout.write(f"\n{case.file}.md:{case.line} {case.heading}\n")
        sys.stdout.writelines(f"    {line}\n" for line in wrong or ["is marked known and holds"])
    sys.stdout.write(f"{failed} of {len(load_all())} are not as marked\n")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Validate the cases of merging, or report which fail.")
    parser.add_argument("--report", action="store_true", help="read every case and print those that fail")
    if parser.parse_args().report:
        sys.exit(1 if report() else 0)
    sys.stdout.write(f"{len(load_all())} cases\n")
