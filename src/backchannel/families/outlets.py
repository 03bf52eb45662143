"""Know outlets by their names: one key for all names of an outlet, and whether a name is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from backchannel.errors import VocabularyError
from backchannel.vocabulary import load

_TITLED = re.compile(r"^(?:the)\s+", re.IGNORECASE)
_LISTS = ("agencies", "names", "words")


@dataclass(frozen=True, slots=True)
class _Outlets:
    agencies: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    keys: dict[str, str]


@lru_cache(maxsize=65_536)
def outlet_key(name: str) -> str:
    """Give an outlet's name as compared: its first name in ``outlets.yml``, without article and case.

    >>> outlet_key("The Harbour Post"), outlet_key("AP"), outlet_key("harbourpost.example")
    ('harbour post', 'associated press', 'harbourpost.example')
    """
    plain = _plain(name)
    return _outlets().keys.get(plain, plain)


@lru_cache(maxsize=65_536)
def is_outlet(name: str) -> bool:
    """True when a name is an agency's or outlet's by the lists of ``merge.yml`` and ``outlets.yml``, or ends as one's."""
    known, plain = _outlets(), _plain(name)
    return (
        plain in known.agencies
        or plain in known.names
        or plain in known.keys
        or (" " in plain and plain.split()[-1] in known.words)
    )


def is_agency(name: str) -> bool:
    """True when a name is a news agency's, whose texts others print.

    >>> is_agency("AFP"), is_agency("Harbour Wire"), is_agency("Oak Post")
    (True, True, False)
    """
    plain = _plain(name)
    return plain in _outlets().agencies or (" " in plain and plain.split()[-1] in ("agency", "newswire", "wire"))


def _plain(name: str) -> str:
    return " ".join(_TITLED.sub("", name.strip()).rstrip(".,'’").casefold().split())


@cache
def _outlets() -> _Outlets:
    lists: dict[str, Any] = load("merge.yml").get("outlets", {})
    faults = [f"outlets.{name}: missing" for name in _LISTS if name not in lists]
    if faults:
        raise VocabularyError("merge.yml", faults)
    agencies, names, words = ({_plain(entry) for entry in lists[name]} for name in _LISTS)
    sure = agencies | names
    keys: dict[str, str] = {}
    for row in load("outlets.yml")["outlets"]:
        key = _plain(row["name"])
        doubtful = {_plain(one) for one in row["ambiguous"]}
        plain = {_plain(one) for one in (row["name"], *row["aliases"])}
        taken = {one for one in plain if one in sure or one not in doubtful}
        keys.update({one: key for one in sorted(taken) if one not in keys})
        if row["kind"] == "agency":
            agencies |= taken
    return _Outlets(frozenset(agencies), frozenset(names), frozenset(words), keys)
