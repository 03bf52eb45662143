"""Read what a contact was about, from an expert word list organised in a small tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from backchannel import vocabulary
from backchannel.aspects.base import Aspect, Context, aspect
from backchannel.language.grammar import Sentence
from backchannel.records import Evidence

FILE = "issues.yml"
_MOST = 3
_ABOUT = re.compile(
    r"\b(?:about|on|over|regarding|concerning|discuss\w*|address\w*|to (?:end|stop|resolve|negotiate|press|push|seek)|including|aimed at|focus\w* on|for)\b",
    re.I,
)
_GENERAL = frozenset({"bilateral_relations", "regional_conflict", "economy", "alliance"})


@dataclass(frozen=True, slots=True)
class Issue:
    """One node of the issue tree; ``under`` is its root when it is a finer id."""

    id: str
    under: str | None
    pattern: re.Pattern[str]


@cache
def tree() -> tuple[Issue, ...]:
    """Give the issues in the order of their ids.

    Raises:
        VocabularyError: the file has faults.
    """
    rows = vocabulary.load(FILE)["issues"]
    vocabulary.check(
        FILE, rows, required=("id", "label", "means", "source", "cues", "yes", "no"), optional=("under",), sort=False
    )
    return tuple(Issue(row["id"], row.get("under"), _pattern([str(cue) for cue in row["cues"]])) for row in rows)


def _pattern(cues: list[str]) -> re.Pattern[str]:
    parts = []
    for cue in sorted(cues, key=len, reverse=True):
        body = re.escape(cue.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if cue.endswith("*") else "")
        parts.append(body if any(char.isupper() for char in cue) else f"(?i:{body})")
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?!\w)")


@aspect("issues")
def read(context: Context) -> Aspect:
    """Give up to three root issues, those after "about" or "on" first; finer ids stand in their evidence."""
    found = _in(context.sentence, context)
    if not found:
        anaphoric = context.previous is not None and context.contact.filled
        for neighbour in (context.previous,) if anaphoric else ():
            if neighbour is not None:
                found = [one for one in _in(neighbour, context) if one[1].id not in _GENERAL]
    chosen: dict[str, Evidence] = {}
    for _, issue, evidence in sorted(found, key=lambda one: one[0]):
        chosen.setdefault(issue.under or issue.id, evidence)
        if len(chosen) == _MOST:
            break
    return Aspect(value=tuple(sorted(chosen)), evidence=tuple(chosen.values()))


def _in(sentence: Sentence, context: Context) -> list[tuple[float, Issue, Evidence]]:
    found: list[tuple[float, Issue, Evidence]] = []
    parties = [
        (p.side.start, p.side.end)
        for p in context.contact.placed
        if p.side.start is not None and p.side.end is not None
    ]
    about = _ABOUT.search(sentence.plain, max(0, context.contact.trigger.start - sentence.start))
    from_here = about.start() if about else len(sentence.text)
    own = tuple(Issue(value, None, _pattern([cue])) for cue, value in context.roster.cues.issues)
    for issue in (*tree(), *own):
        for match in issue.pattern.finditer(sentence.plain):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(a <= start and end <= b for a, b in parties):
                continue
            weight = (
                (0.0 if match.start() >= from_here else 1.0)
                + (0.5 if issue.id in _GENERAL else 0.0)
                + match.start() / 10_000
            )
            by = f"issues.cues:{issue.id}"
            found.append(
                (weight, issue, Evidence(start=start, end=end, text=sentence.text[match.start() : match.end()], by=by))
            )
            break
    specific = {issue.under or issue.id for _, issue, _ in found}
    if len(specific - _GENERAL) >= 1:
        found = [one for one in found if one[1].id not in ("bilateral_relations", "economy") or one[0] < 1.0]
    if {"ukraine"} & specific:
        found = [one for one in found if one[1].id != "regional_conflict"]
    return found


def finer(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Give the finer issue ids among the evidence of an issues aspect."""
    under = {issue.id for issue in tree() if issue.under is not None}
    return tuple(sorted({e.by.partition(":")[2] for e in evidence} & under))
