"""Gold cases: read ``gold/cases/*.md``, refuse what is not well formed, compare what is found with what is expected.

``python tests/cases.py --report [ASPECT …]`` reads every case and prints those that fail, by file.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from backchannel import acts
from backchannel.records import UNKNOWN, Channel, Claim, Form, Privacy, Role, SourceClass, Status

CASES = Path(__file__).resolve().parents[1] / "gold" / "cases"
ISSUES = frozenset(
    re.findall(
        r"\w+",
        """
        ukraine aid reconstruction enlargement alliance arms_control nuclear military_comms taiwan human_rights trade
        sanctions technology ai cyber climate climate_finance energy migration health terrorism ceasefire peace_process
        hostages territorial elections economy development intelligence space maritime consular regional_conflict
        bilateral_relations other
        """,
    )
)
CLOSED: dict[str, tuple[str, ...]] = {
    "form": get_args(Form),
    "privacy": get_args(Privacy),
    "channel": get_args(Channel),
    "status": get_args(Status),
    "source_class": get_args(SourceClass),
    "event": tuple(acts.events()),
}
OPEN = (
    "parties",
    "roles",
    "issues",
    "source_text",
    "terms",
    "reason",
    "chain",
    "when",
    "where",
    "mode",
    "by",
    "upon",
    "withheld",
)
DOCUMENT = ("date", "title", "source")
ACTOR = re.compile(r"[A-Z][A-Z0-9_]+")
DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
WHEN = re.compile(rf"{DAY}(?:/{DAY})?|null")
ITEM = re.compile(r"- (\w+): (\S.*)")
ROLES = frozenset(get_args(Role)) - {"source", "target"}


class CasesError(Exception):
    """A file of cases is not well formed; the text lists every fault with its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One claim that a case expects: words that its trigger must overlap, and the fields that the case is about.

    ``kind`` is ``contact`` after "- claim:" and ``act`` after "- act:"; an act's sides are ``by`` and ``upon``.
    """

    words: str
    kind: str = "contact"
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One text with what must be read from it."""

    file: str
    line: int
    heading: str
    why: str
    text: str
    date: str | None
    title: str | None
    source: str | None
    known: str | None
    number: int | None
    acts: int | None
    expected: tuple[Expected, ...]

    @property
    def id(self) -> str:
        return f"{self.file}:{slug(self.heading)}"


def slug(heading: str) -> str:
    """Give a heading as it stands in an address.

    >>> slug("Sullivan's call, twice")
    'sullivans-call-twice'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower().replace("'", "").replace("’", "")).strip("-")


def load_all(folder: Path = CASES) -> list[Case]:
    """Give the cases of every file, in order.

    Raises:
        CasesError: at least one file is not well formed; all faults of all files are listed.
    """
    cases: list[Case] = []
    faults: list[str] = []
    for path in sorted(one for one in folder.glob("*.md") if not one.stem.startswith("merge")):  # tests/merge_cases.py
        found, wrong = parse(path.read_text(encoding="utf-8"), file=path.stem)
        cases += found
        faults += wrong
    if faults:
        raise CasesError("\n".join(faults))
    return cases


def parse(text: str, *, file: str) -> tuple[list[Case], list[str]]:
    """Give the cases of one file and its faults, each as ``file.md:line: what is wrong``."""
    cases: list[Case] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for start, block in _blocks(text.splitlines()):
        case, wrong = _case(start, block, file)
        faults += [f"{file}.md:{line}: {message}" for line, message in wrong]
        key = slug(case.heading)
        if key in seen:
            faults.append(f"{file}.md:{start}: the heading is that of line {seen[key]}; give each case its own")
        seen.setdefault(key, start)
        cases.append(case)
    if not cases:
        faults.append(f"{file}.md:1: no case; a case begins with '## heading'")
    return cases, faults


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each case's first line number and lines; what stands before them introduces the page."""
    starts = [n for n, line in enumerate(lines) if line.startswith("## ")]
    for start, end in itertools.pairwise([*starts, len(lines)]):
        yield start + 1, list(lines[start:end])


def _case(start: int, block: list[str], file: str) -> tuple[Case, list[tuple[int, str]]]:
    """Give one case and its faults as (line, message)."""
    wrong: list[tuple[int, str]] = []
    why, quote, items = [], [], []
    for number, line in enumerate(block[1:], start + 1):
        if line.startswith(">"):
            if items:
                wrong.append((number, "the quotation must come before the expected fields"))
            quote.append(line[1:].strip())
        elif line.startswith("- "):
            item = ITEM.fullmatch(line)
            if item is None:
                wrong.append((number, f"cannot read {line!r}; expected '- name: value'"))
            else:
                items.append((number, item[1], item[2].strip()))
        elif line.strip():
            if quote or items:
                wrong.append((number, f"stray text {line[:40]!r}; the reason stands between heading and quotation"))
            why.append(line.strip())
    text = "\n\n".join(" ".join(part) for part in _paragraphs(quote))
    if not why:
        wrong.append((start, "no sentence says why"))
    if not text:
        wrong.append((start, "no quotation"))
    head, numbers, expected = _items(items, text, start, wrong)
    case = Case(
        file=file,
        line=start,
        heading=block[0][3:].strip(),
        why=" ".join(why),
        text=text,
        date=None if head.get("date") == "none" else head.get("date"),
        title=head.get("title"),
        source=head.get("source"),
        known=head.get("known"),
        number=numbers.get("claims"),
        acts=numbers.get("acts"),
        expected=tuple(expected),
    )
    _check_quoted(case, start, wrong)
    return case, wrong


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    for full, part in itertools.groupby(lines, key=bool):
        if full:
            yield list(part)


def _items(
    items: list[tuple[int, str, str]], text: str, start: int, wrong: list[tuple[int, str]]
) -> tuple[dict[str, str], dict[str, int], list[Expected]]:
    """Sort a case's items into those of the document, the numbers of claims and acts, and these; report each wrong one."""
    head: dict[str, str] = {}
    numbers: dict[str, int] = {}
    expected: list[Expected] = []
    for line, name, value in items:
        if name in DOCUMENT or name == "known":
            if name in head or expected:
                wrong.append((line, f"'{name}' stands once, before the first claim"))
            if name == "date" and not _is_date(value):
                wrong.append((line, f"date {value!r} is no day; give YYYY-MM-DD or none"))
            head[name] = value
        elif name in ("claims", "acts"):
            if name in numbers or not value.isdecimal():
                wrong.append((line, f"'{name}' stands once and is a number"))
            numbers[name] = int(value) if value.isdecimal() else 0
        elif name in ("claim", "act"):
            if len(re.findall(rf"(?<!\w){re.escape(value)}(?!\w)", text)) != 1:
                wrong.append((line, f"claim words {value!r} must stand exactly once in the quotation"))
            expected.append(Expected(words=value, kind="act" if name == "act" else "contact"))
        elif name in CLOSED or name in OPEN:
            if not expected:
                wrong.append((line, f"'{name}' stands before any '- claim:'"))
                continue
            if name in expected[-1].fields:
                wrong.append((line, f"'{name}' stands twice"))
            expected[-1].fields[name] = value
            if (message := _fault(name, value)) is not None:
                wrong.append((line, message))
        else:
            known = ", ".join((*DOCUMENT, "known", "claims", "claim", "acts", "act", *CLOSED, *OPEN))
            wrong.append((line, f"no field named {name!r}; known: {known}"))
    if "date" not in head:
        wrong.append((start, "no date; give '- date: YYYY-MM-DD' or '- date: none'"))
    if not numbers and not expected:
        wrong.append((start, "nothing expected; give '- claim: words' or '- claims: 0'"))
    for name, kind in (("claims", "contact"), ("acts", "act")):
        described = sum(claim.kind == kind for claim in expected)
        if name in numbers and numbers[name] < described:
            wrong.append((start, f"{described} {name} described, {numbers[name]} announced"))
    return head, numbers, expected


def _is_date(value: str) -> bool:
    if value == "none":
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _fault(name: str, value: str) -> str | None:
    """Give what is wrong with a field's value, or ``None``."""
    if name in CLOSED and value not in CLOSED[name]:
        return f"no {name} {value!r}; known: {', '.join(CLOSED[name])}"
    if name in ("parties", "by", "upon") and (
        bad := [a for a in value.split() if not ACTOR.fullmatch(a) or a == UNKNOWN]
    ):
        return f"{name} {' '.join(bad)!r} are no ids; {UNKNOWN} is left out"
    if name == "roles":
        for pair in value.split(","):
            actor, _, role = pair.strip().partition(" ")
            if not ACTOR.fullmatch(actor) or role not in ROLES:
                return f"roles {pair.strip()!r}; expected 'USA initiator', roles {', '.join(sorted(ROLES))}"
    if name == "issues" and (bad := sorted(set(value.split()) - ISSUES)):
        return f"no issue {' '.join(bad)!r}; known: {', '.join(sorted(ISSUES))}"
    if name == "when" and not WHEN.fullmatch(value):
        return f"when {value!r}; expected YYYY, YYYY-MM, YYYY-MM-DD, start/end or null"
    return None


def _check_quoted(case: Case, start: int, wrong: list[tuple[int, str]]) -> None:
    """Report expected wordings that do not stand in the case's own text or title."""
    told = f"{case.text}\n{case.title or ''}"
    for claim in case.expected:
        for name in ("source_text", "terms", "reason", "where"):
            value = claim.fields.get(name, "null")
            if value != "null" and value not in told:
                wrong.append((start, f"{name} {value!r} stands neither in the quotation nor in the title"))


def faults_of(case: Case, found: Sequence[Claim]) -> list[str]:
    """Give every difference between what a case expects and the claims found; empty when the case holds.

    Contacts and acts are compared apart; a case that says nothing of one kind allows any of it.
    """
    contacts = [claim for claim in found if claim.kind == "contact"]
    told = [claim for claim in found if claim.kind == "act"]
    return [
        *_differences(case, [one for one in case.expected if one.kind == "contact"], contacts, case.number, "claims"),
        *_differences(case, [one for one in case.expected if one.kind == "act"], told, case.acts, "acts"),
    ]


def _differences(
    case: Case, expected: Sequence[Expected], found: Sequence[Claim], number: int | None, name: str
) -> list[str]:
    """Give the differences under the assignment of claims that has fewest."""
    best: list[str] | None = None
    width = max(len(found), len(expected))
    choices: list[Claim | None] = [*found, *[None] * (width - len(found))]
    if sum(claim is not None for claim in choices) > 7:
        return [f"{len(found)} {name} found: {_told(found)}"]
    for order in itertools.permutations(choices, len(expected)):
        wrong = [fault for claim, other in zip(expected, order, strict=True) for fault in _compare(case, claim, other)]
        if best is None or len(wrong) < len(best):
            best = wrong
    best = best or []
    if number is not None and len(found) != number:
        best.append(f"{name}: expected {number}, found {len(found)}: {_told(found)}")
    return best


def _told(contacts: Sequence[Claim]) -> str:
    return "; ".join(
        f"{claim.trigger.text if claim.trigger else None!r} {' '.join(party.actor for party in claim.parties)}"
        for claim in contacts
    )


def _compare(case: Case, expected: Expected, claim: Claim | None) -> list[str]:
    """Give the differences between an expected claim and the one found; a missing claim outweighs a wrong field."""
    start = re.search(rf"(?<!\w){re.escape(expected.words)}(?!\w)", case.text)
    trigger = claim.trigger if claim is not None else None
    if (
        start is None
        or claim is None
        or trigger is None
        or trigger.end <= start.start()
        or start.end() <= trigger.start
    ):
        return [f"claim {expected.words!r}: not found"] + [f"  and its {name}" for name in expected.fields]
    pairs = ((name, value, _found(name, claim)) for name, value in expected.fields.items())
    return [
        f"{expected.words!r} {name}: expected {value}, found {_show(got)}"
        for name, value, got in pairs
        if not _agrees(name, value, got)
    ]


def _found(name: str, claim: Claim) -> object:
    """Give a field of a found claim in the words of the codebook."""
    match name:
        case "parties":
            return {party.actor for party in claim.parties} - {UNKNOWN}
        case "by":
            return {party.actor for party in claim.parties if party.role == "source"}
        case "upon":
            return {party.actor for party in claim.parties if party.role == "target"}
        case "roles":
            return {(party.actor, party.role) for party in claim.parties}
        case "issues":
            return set(claim.issues)
        case "source_class":
            return claim.voice.source_class
        case "source_text":
            return claim.voice.speaker.text if claim.voice.speaker else None
        case "terms":
            return claim.voice.terms
        case "reason":
            return claim.voice.reason
        case "chain":
            return " > ".join(claim.voice.chain) or None
        case "when":
            return (claim.when.start, claim.when.end) if claim.when else None
        case "where":
            return claim.where.text if claim.where else None
        case "withheld":
            return {str(one["id"]) for one in claim.extensions.get("withheld", ())}
        case _:
            return getattr(claim, name)


def _agrees(name: str, expected: str, found: object) -> bool:
    match name:
        case "parties" | "by" | "upon":
            return found == set(expected.split())
        case "roles":
            wanted = {tuple(pair.split()) for pair in expected.split(",")}
            return isinstance(found, set) and wanted <= found
        case "mode":
            return (found or "null") == expected
        case "withheld":
            wanted = set() if expected == "null" else {one.strip() for one in expected.split(",")}
            return found == wanted
        case "issues":
            wanted = set(expected.split())
            return isinstance(found, set) and wanted <= found and len(found) <= len(wanted) + 1
        case "source_text" | "terms" | "reason" | "chain" | "where":
            if expected == "null" or found is None:
                return expected == "null" and found is None
            return isinstance(found, str) and (found in expected or expected in found)
        case "when":
            return _same_when(expected, found)
        case _:
            return found == expected


def _same_when(expected: str, found: object) -> bool:
    """Tell whether two spans are equal at the precision that the case gives."""
    if expected == "null" or not isinstance(found, tuple):
        return expected == "null" and found is None
    start, _, end = expected.partition("/")
    end = end or start
    return found[0][: len(start)] == start and found[1][: len(end)] == end


def _show(found: object) -> str:
    if isinstance(found, set):
        return " ".join(sorted(item if isinstance(item, str) else " ".join(item) for item in found)) or "nothing"
    return "/".join(found) if isinstance(found, tuple) else str(found)


def check(case: Case) -> list[str]:
    """Read a case's text with the whole reader and give the differences."""
    import backchannel

    published = None if case.date is None else date.fromisoformat(case.date)
    return faults_of(case, backchannel.code(case.text, date=published, title=case.title, source=case.source))


def report(names: Sequence[str]) -> int:
    """Write the failing cases with what was expected and found, then counts by file; give the number that fail."""
    failed = 0
    counts: dict[str, list[int]] = {}
    for case in load_all():
        if names and case.file not in names:
            continue
        wrong = check(case)
        tally = counts.setdefault(case.file, [0, 0, 0])
        tally[0] += 1
        tally[2] += case.known is not None
        if bool(wrong) == (case.known is not None):
            continue
        tally[1] += 1
        failed += 1
        sys.stdout.write(f"\n{case.file}.md:{case.line} {case.heading}\n  {case.text}\n")
        sys.stdout.writelines(f"    {line}\n" for line in wrong or ["is marked known and holds"])
    sys.stdout.write("\n")
    rows = [*counts.items(), ("all", [sum(column) for column in zip(*counts.values(), strict=True)] or [0, 0, 0])]
    sys.stdout.writelines(
        f"{name:12} {number - bad - known:3} of {number:3} hold, {known} known to fail\n"
        for name, (number, bad, known) in rows
    )
    return failed


def main(arguments: Sequence[str] | None = None) -> int:
    """Validate the cases, or with ``--report`` read them too."""
    parser = argparse.ArgumentParser(description="Validate the gold cases, or report which the reader fails.")
    parser.add_argument("--report", action="store_true", help="read every case and print those that fail")
    parser.add_argument("aspects", nargs="*", help="names of files in gold/cases, without .md")
    options = parser.parse_args(arguments)
    try:
        cases = load_all()
    except CasesError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.report:
        return 1 if report(options.aspects) else 0
    for name, group in itertools.groupby(cases, key=lambda case: case.file):
        sys.stdout.write(f"{name:12} {len(list(group)):3}\n")
    sys.stdout.write(f"{'all':12} {len(cases):3}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
