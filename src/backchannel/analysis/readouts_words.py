"""Give the words of readouts: what is said how, what stands for what, and how much a shared word tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.aspects.issues import tree
from backchannel.records import UNKNOWN, Mention

FILE, COUNTS = "readouts.yml", "readouts_words.tsv"
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’'-]*|\d[\d,.]*\d|\d")
_ENDINGS = ("ations", "ation", "ments", "ment", "ingly", "ness", "ings", "ing", "ions", "ion", "ities", "ity", "ies")
_SHORT_ENDINGS = ("ives", "ive", "ed", "es", "ly", "al", "s", "e", "y")
_RARE, _ISSUE, _ACTOR, _PARTY = 6.5, 2.5, 4.0, 0.4
_ALIKE = 0.8
"""What a word counts that shares its first five letters, and most of them, with the other's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A class of verbs of saying, such as asking; ``label`` is its verb as a reader sees it."""

    id: str
    label: str
    pattern: re.Pattern[str]


def pattern(cues: Iterable[Any]) -> re.Pattern[str]:
    """Give what finds any of the cues as whole words; they may hold regular expressions.

    >>> bool(pattern(["call* .. calm"]).search("They called for more calm"))
    True
    """
    parts = []
    for cue in sorted((str(cue) for cue in cues), key=len, reverse=True):
        body = cue.replace(" .. ", r"\s+(?:[\w’'-]+\s+){0,3}?").replace("*", r"\w*").replace(" ", r"\s+")
        parts.append(body if any(char.isupper() for char in cue) else f"(?i:{body})")
    return re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")(?!\w)")


@cache
def words(section: str) -> re.Pattern[str]:
    """Give what finds the words of a section of the file."""
    return pattern(vocabulary.load(FILE)[section])


@cache
def sayings() -> tuple[Saying, ...]:
    """Give the classes of verbs of saying.

    Raises:
        VocabularyError: the file has faults.
    """
    rows = vocabulary.load(FILE)["sayings"]
    vocabulary.check(
        FILE, rows, required=("id", "label", "means", "source", "cues", "yes", "no"), optional=(), sort=False
    )
    return tuple(Saying(id=row["id"], label=row["label"], pattern=pattern(row["cues"])) for row in rows)


@cache
def named(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the ids of a section of the file with what finds their cues."""
    return tuple((str(row["id"]), pattern(row["cues"])) for row in vocabulary.load(FILE)[section])


@cache
def boilerplate() -> re.Pattern[str]:
    """Give what a sentence begins with that tells nothing of the contact."""
    return re.compile("|".join(f"(?:{one})" for one in vocabulary.load(FILE)["boilerplate"]))


def tokens(text: str, mentions: Iterable[Mention] = ()) -> frozenset[str]:
    """Give what a text speaks of: actors, concepts, issues and the stems of its other words.

    >>> sorted(tokens("They stay in touch on Iran."))
    ['concept:call_again', 'iran']
    """
    found: set[str] = set()
    taken: list[tuple[int, int]] = []
    for one in mentions:
        if one.actor is not None and one.actor != UNKNOWN:
            found.add(f"actor:{one.actor}")
            taken.append((one.start, one.end))
    found |= {f"issue:{issue}" for issue in issues(text)}
    for name, finds in named("concepts"):
        spans = [match.span() for match in finds.finditer(text)]
        found |= {f"concept:{name}"} if spans else set()
        taken += spans
    for match in _WORD.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.add(stem(match.group()))
    return frozenset(found - light())


def issues(text: str) -> tuple[str, ...]:
    """Give the issues, roots and finer ones, whose words stand in a text."""
    found: set[str] = set()
    for issue in tree():
        spans = [match.span() for match in issue.pattern.finditer(text)]
        if issue.topic is not None:
            spans += [match.span() for match in issue.topic.finditer(text)]
        besides = [match.span() for match in issue.besides.finditer(text)] if issue.besides is not None else []
        if any(not any(a < end and start < b for a, b in besides) for start, end in spans):
            found.add(issue.root)
    return tuple(sorted(found))


def stem(word: str) -> str:
    """Give a word without its ending, in lower case.

    >>> stem("Discussions"), stem("discussed"), stem("grain's")
    ('discuss', 'discuss', 'grain')
    """
    plain = re.sub(r"[’']s?$", "", word.lower())
    for ending in (*_ENDINGS, *_SHORT_ENDINGS):
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            return plain[: -len(ending)]
    return plain


@cache
def light() -> frozenset[str]:
    """Give the stems that tell nothing of a subject."""
    return frozenset(stem(str(word)) for word in vocabulary.load(FILE)["light"]) | {""}


@cache
def weights() -> Mapping[str, float]:
    """Give how much each frequent word tells: the logarithm of one over its share of points."""
    return {row["word"]: float(row["weight"]) for row in vocabulary.rows(COUNTS)}


def weight(token: str, parties: frozenset[str]) -> float:
    """Give how much it tells when two points share a token; a party of the contact tells next to nothing."""
    if token.startswith("actor:"):
        return _PARTY if token[6:] in parties else _ACTOR
    if token.startswith("issue:"):
        return min(_ISSUE, weights().get(token, _ISSUE))
    return weights().get(token, _RARE)


def shared(one: frozenset[str], other: frozenset[str], weigh: Callable[[str], float]) -> float:
    """Give the weight of what two points share; words alike in most of their letters count a little less."""
    both = one & other
    total = sum(weigh(token) for token in sorted(both))
    left = sorted(token for token in other - both if ":" not in token)
    for token in sorted(one - both):
        alike = next((each for each in left if _is_alike(token, each)), None)
        if alike is not None:
            left.remove(alike)
            total += _ALIKE * min(weigh(token), weigh(alike))
    return total


def _is_alike(one: str, other: str) -> bool:
    if ":" in one or min(len(one), len(other)) < 5 or one[:5] != other[:5]:
        return False
    return len(_head(one, other)) >= 0.7 * max(len(one), len(other))


def _head(one: str, other: str) -> str:
    return "".join(a for a, _ in _same(one, other))


def _same(one: str, other: str) -> Iterator[tuple[str, str]]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a, b
