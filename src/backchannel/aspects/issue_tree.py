"""Give the tree of issues: roots of the codebook with their words, finer ids under them, branches above them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.errors import VocabularyError
from backchannel.records import Evidence

FILE = "issues.yml"


@dataclass(frozen=True, slots=True)
class Dealing:
    """Who deals with whom, and from when to when that alone tells the issue."""

    all: frozenset[str]
    sector: str | None
    forms: frozenset[str]
    since: str
    until: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Issue:
    """One node of the issue tree; ``under`` is its root when it is a finer id, ``parent`` the branch on which a root hangs.

    ``topic`` holds words that tell the issue only where the subject of the talk is named ("about Syria"), ``besides``
    the phrases in which a cue means something else ("peace and security"), ``dealings`` the parties that make it one.
    """

    id: str
    under: str | None
    pattern: re.Pattern[str]
    topic: re.Pattern[str] | None = None
    besides: re.Pattern[str] | None = None
    dealings: tuple[Dealing, ...] = ()
    parent: str | None = None

    @property
    def root(self) -> str:
        """The issue of the codebook."""
        return self.under or self.id


@cache
def tree() -> tuple[Issue, ...]:
    """Give the issues in the order of their ids.

    Raises:
        VocabularyError: the file has faults.
    """
    rows = vocabulary.load(FILE)["issues"]
    vocabulary.check(
        FILE,
        rows,
        required=("id", "label", "means", "source", "cues", "yes", "no"),
        optional=("under", "parent", "about", "but", "parties"),
        sort=False,
    )
    return tuple(
        Issue(
            row["id"],
            row.get("under"),
            pattern(row["cues"]),
            pattern(row["about"]) if row.get("about") else None,
            pattern(row["but"]) if row.get("but") else None,
            tuple(_dealing(one) for one in row.get("parties", ())),
            row.get("parent"),
        )
        for row in rows
    )


def _dealing(row: Mapping[str, Any]) -> Dealing:
    return Dealing(
        all=frozenset(row.get("all", ())),
        sector=row.get("sector"),
        forms=frozenset(row.get("forms", ())),
        since=str(row.get("since", "")),
        until=str(row.get("until", "9999")),
        alone=bool(row.get("alone", False)),
    )


def pattern(cues: list[str]) -> re.Pattern[str]:
    """Give what finds any of the cues as whole words."""
    parts = []
    for cue in sorted((str(cue) for cue in cues), key=len, reverse=True):
        body = re.escape(cue.rstrip("*")).replace(r"\ \.\.\ ", r"\s+(?:[\w’'-]+\s+){0,3}?").replace(r"\ ", r"\s+")
        body += r"\w*" if cue.endswith("*") else ""
        parts.append(body if any(char.isupper() for char in cue) else f"(?i:{body})")
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?!\w)")


@cache
def branches() -> dict[str, tuple[str, ...]]:
    """Give the roots by the branch of the tree on which they hang, both in the order of the file.

    Raises:
        VocabularyError: a root hangs on no branch.

    >>> branches()["people"][:2]
    ('consular', 'elections')
    """
    rows = vocabulary.load(FILE)["branches"]
    vocabulary.check(FILE, rows, required=("id", "label", "means"), optional=())
    strays = [one.id for one in tree() if one.under is None and one.parent not in {row["id"] for row in rows}]
    if strays:
        raise VocabularyError(FILE, [f"{one}: hangs on no branch; give it a parent" for one in strays])
    return {str(row["id"]): tuple(one.id for one in tree() if one.parent == row["id"]) for row in rows}


def finer(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Give the finer issue ids among the evidence of an issues aspect."""
    under = {issue.id for issue in tree() if issue.under is not None}
    return tuple(sorted({e.by.rpartition(":")[2] for e in evidence} & under))
