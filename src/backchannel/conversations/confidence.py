"""Say how sure a conversation is and why: as a probability, and as letters for readers who want them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from backchannel.conversations.repeats import by_teller
from backchannel.conversations.reports import Report
from backchannel.conversations.weights import probability
from backchannel.errors import VocabularyError
from backchannel.records import Reason
from backchannel.vocabulary import load

SIGNS: Final = ("parties.many", "parties.one", "read.here", "start", "texts.more")
LETTERS: Final = ("document", "import", "media", "official", "outlet", "person", "retracted", "third_party", "unnamed")
_SURE: Final = 0.85
"""Score of a claim above which its partners were read from its own sentence."""
_MOST_TEXTS: Final = 8
_OPEN: Final = ("hypothetical", "proposed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """The fitted signs, in hundredths of log-odds, the letter of each kind of teller, and what all of them mean."""

    points: Mapping[str, int]
    means: Mapping[str, str]
    letters: Mapping[str, str]


@cache
def sureness() -> Sureness:
    """Give the table that ships with the package.

    Raises:
        VocabularyError: the file lacks a sign or letter, or has an unknown one.
    """
    return parse(load("merge.yml"), "merge.yml")


def parse(content: Mapping[str, Any], file: str) -> Sureness:
    """Give the table that a file's content holds; ``file`` is named in errors.

    Raises:
        VocabularyError: with every fault, each at its path.
    """
    signs: dict[str, dict[str, Any]] = content.get("confidence", {})
    letters: dict[str, dict[str, Any]] = content.get("reliability", {})
    faults = [f"confidence.{name}: missing or unknown" for name in sorted(set(SIGNS) ^ set(signs))]
    faults += [f"reliability.{name}: missing or unknown" for name in sorted(set(LETTERS) ^ set(letters))]
    faults += [f"confidence.{name}: needs weight and means" for name in sorted(signs) if _lacks(signs[name], "weight")]
    faults += [
        f"reliability.{name}: needs letter and means" for name in sorted(letters) if _lacks(letters[name], "letter")
    ]
    faults += [
        f"reliability.{name}: expected a letter from A to F"
        for name, one in sorted(letters.items())
        if one.get("letter") not in tuple("ABCDEF")
    ]
    if faults:
        raise VocabularyError(file, faults)
    return Sureness(
        points={name: round(one["weight"] * 100) for name, one in signs.items()},
        means={name: one["means"] for name, one in signs.items()},
        letters={name: one["letter"] for name, one in letters.items()},
    )


def _lacks(entry: Mapping[str, Any], name: str) -> bool:
    return set(entry) != {name, "means"}


def reasons(reports: Sequence[Report]) -> tuple[Reason, ...]:
    """Give what makes a conversation sure or doubtful, as log-odds that add up to its score.

    Copies of one text count as one; what only retracted texts tell is judged by them.
    """
    counted = [r for r in reports if r.state != "retracted"] or reports
    parties = len(frozenset().union(*(r.known() for r in counted)))
    texts = len({r.family if r.family is not None else r.document for r in counted})
    return _reasons(max(r.score for r in counted) >= _SURE, min(parties, 3), min(texts, _MOST_TEXTS))


def score(why: Sequence[Reason]) -> float:
    """Give the probability that the parties had the contact told, and that all reports tell that one, to two decimals."""
    return probability(sum(one.weight for one in why) * 100)


@cache
def _reasons(is_sure: bool, parties: int, texts: int) -> tuple[Reason, ...]:
    signs = {"start": 1.0}
    if is_sure:
        signs["read.here"] = 1.0
    if parties != 2:
        signs["parties.many" if parties > 2 else "parties.one"] = 1.0
    if texts > 1:
        signs["texts.more"] = math.log2(texts)
    table = sureness()
    return tuple(
        Reason(feature=name, weight=round(table.points[name] * times / 100, 2), detail=table.means[name])
        for name, times in signs.items()
    )


def admiralty(reports: Sequence[Report], *, disputed: bool) -> str:
    """Give the reliability of the best of those who tell it, A to F, with the credibility of what is told, 1 to 6.

    1: several independent tellers agree; 2: they disagree on a value, or a party or record tells it alone; 3: another
    teller alone; 4: a teller denies it; 5: a single teller who is neither a party nor a record is denied; 6: nobody who
    still stands by it tells it, or it is only supposed or proposed.

    Source:
        The NATO system of evaluating intelligence (AJP-2.1), as the table in ``merge.yml`` applies it to tellers.
    """
    standing = [r for r in reports if r.state != "retracted"]
    if not standing:
        return sureness().letters["retracted"] + "6"
    telling = [r for r in standing if r.status != "denied"] or standing
    letter = min(_letter(r, standing) for r in telling)
    return letter + str(_credibility(standing, disputed=disputed))


def _credibility(reports: Sequence[Report], *, disputed: bool) -> int:
    tellers = [
        group
        for group in by_teller([r for r in reports if r.status != "denied"]).values()
        if any(r.teller.kind != "import" and r.status not in _OPEN for r in group)
    ]
    if not tellers:
        return 6
    best = min(_letter(r, reports) for group in tellers for r in group)
    if any(r.status == "denied" and r.teller.kind != "import" for r in reports):
        return 5 if len(tellers) == 1 and best > "B" else 4
    if len(tellers) > 1:
        return 2 if disputed else 1
    return 2 if best <= "B" else 3


def _letter(report: Report, reports: Sequence[Report]) -> str:
    kind: str = report.teller.kind
    if kind == "official" and all(report.teller.actor not in r.known() for r in reports):
        kind = "third_party"
    return sureness().letters[kind]
