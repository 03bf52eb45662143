"""The words of heads as sets and patterns, made once from ``data/record.yml`` and the tables of states and people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary

FILE = "record.yml"
_PEOPLE = ("usa", "usa_missions", "powers", "world", "roles")
_PLAIN_SETS = (
    *("courtesy", "plural", "ranks", "services", "holders", "office", "particles", "free"),
    *("weak", "light", "governs", "venues"),
)
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Single words by what they do in an item of a list of people; all plain and in small letters."""

    courtesy: frozenset[str]
    plural: frozenset[str]
    ranks: frozenset[str]
    services: frozenset[str]
    holders: frozenset[str]
    office: frozenset[str]
    particles: frozenset[str]
    free: frozenset[str]
    weak: frozenset[str]
    light: frozenset[str]
    governs: frozenset[str]
    venues: frozenset[str]
    sides: frozenset[str]
    states: frozenset[str]
    given: frozenset[str]
    letterhead: frozenset[str]
    letterhead_words: frozenset[str]
    of_office: frozenset[str]
    of_items: frozenset[str]


def plain(text: str) -> str:
    """Give a text in small letters, without accents and typographic marks, each character in its place where it can be.

    >>> plain("Chargé d’Affaires—Señor")
    "charge d'affaires-senor"
    """
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text.translate(_MARKS)).lower()


@cache
def data() -> Any:
    """Give ``data/record.yml``."""
    return vocabulary.load(FILE)


@cache
def lexicon() -> Lexicon:
    """Give the words by what they do; ``of_office`` may stand in an office, ``of_items`` in small letters in an item."""
    read, states = data(), _states()
    plain_sets = {name: _set(read[name]) for name in _PLAIN_SETS}
    office, holders = plain_sets["office"], plain_sets["holders"]
    return Lexicon(
        **plain_sets,
        sides=_set(read["sides"]) | _set(read["bodies"]),
        states=states,
        given=_given(),
        letterhead=frozenset(plain(one) for one in read["letterhead"]),
        letterhead_words=_set(read["letterhead"]),
        of_office=office | holders | states | plain_sets["ranks"],
        of_items=office | holders | plain_sets["particles"] | plain_sets["free"] | plain_sets["courtesy"],
    )


def _set(some: Iterable[object]) -> frozenset[str]:
    return frozenset(word for one in some for word in plain(str(one)).split())


@cache
def _states() -> frozenset[str]:
    """Each word of the names and demonyms of states and of their capitals, small ones such as "of" left out."""
    found: set[str] = set()
    for row in vocabulary.load("actors/states.yml")["states"]:
        names = [row["name"], *(row.get("formal") or ()), *(row.get("demonyms") or ()), *(row.get("capital") or ())]
        names += [name for name in row.get("aliases") or () if "dministration" not in str(name)]
        found |= {word.strip(".,()") for name in names for word in plain(str(name)).split()}
    return frozenset(word for word in found if len(word) > 2 or word in {"us", "uk", "un"})


@cache
def _given() -> frozenset[str]:
    """First names of the people in the tables of actors."""
    rows = (row for one in _PEOPLE for row in vocabulary.rows(f"actors/people_{one}.tsv"))
    firsts = (plain(row["person"]).split() for row in rows)
    return frozenset(words[0] for words in firsts if len(words) > 1 and len(words[0]) > 2)


def alternatives(phrases: Iterable[str]) -> str:
    """Give a pattern for any of the phrases, the longest first; a space stands for any white space.

    >>> bool(re.fullmatch(alternatives(["top secret"]), "top  secret"))
    True
    """
    ordered = sorted({str(one) for one in phrases}, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(re.escape(word) for word in one.split()) for one in ordered) + ")"
