"""Tell whether a sentence is about another field of life, in which contact words mean other things ("Chile meet Peru in the final")."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from backchannel import vocabulary

FILE = "elsewhere.yml"
_KEYS = ("id", "label", "means", "source", "strong", "weak", "yes", "no")


def field_of(text: str) -> str | None:
    """Give the id of the field that a sentence is about, ``None`` where it may be about politics.

    >>> field_of("Denmark meet Norway in the semi-final on Friday.")
    'sport'
    >>> field_of("The ministers of Denmark and Norway met before the match.") is None
    True
    """
    if _office().search(text) is not None:
        return None
    return next((name for name, strong, weak in _fields() if strong.search(text) or _has_two(weak, text)), None)


def names_home_people(text: str) -> bool:
    """Whether a legislature, departments or the society of one state stand in the sentence.

    >>> names_home_people("The president discussed the budget with two senators.")
    True
    """
    return _home().search(text) is not None


@cache
def _home() -> re.Pattern[str]:
    return _whole([word for row in vocabulary.load(FILE)["home"] for word in row["words"]])


def _has_two(words: re.Pattern[str], text: str) -> bool:
    return len({match.group().lower() for match in words.finditer(text)}) > 1


@cache
def _office() -> re.Pattern[str]:
    return _whole(vocabulary.load(FILE)["office"])


@cache
def _fields() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["fields"]
    vocabulary.check(FILE, rows, required=_KEYS, optional=(), sort=False)
    return tuple((row["id"], _whole(row["strong"]), _whole(row["weak"])) for row in rows)


def _whole(words: list[str]) -> re.Pattern[str]:
    ordered = sorted((str(word) for word in words), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + r")\b", re.I)
