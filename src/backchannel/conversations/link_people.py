"""Tell whether somebody named in public is somebody listed in a record: by person, by surname, or by office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from backchannel.actors.gazetteer import whole
from backchannel.actors.register import Register, agree, register, words
from backchannel.actors.spelling import key
from backchannel.actors.table import fold
from backchannel.conversations.link_sides import Someone, titles

Sign = Literal["person", "surname", "office"]
_ORDER: tuple[Sign, ...] = ("person", "surname", "office")
_BESIDE = re.compile(r"\b(?:to|of|for|from)\s+(?:the\s+)?(?=[A-Z])")
"""Words after which a line names others than the person it lists."""
_NUMBER = re.compile(r"[ivx]+")
_WIVES = re.compile(r"^(?:Mrs|Madame|Mme|Lady|Begum)\b")
_ARTICLES = frozenset({"the", "his", "her", "imperial", "excellency", "majesty", "highness", "royal", "mr", "h", "e"})


def sign_of(wanted: Someone, listed: Iterable[Someone], title: str | None = None) -> Sign | None:
    """Give how the best of those listed is told to be the one wanted, ``None`` where nobody is.

    Args:
        wanted: with the usual name.
        listed: with a usual name, or only the words of the list.
        title: what the one wanted is called in public, such as "Prime Minister".
    """
    found = {_sign(wanted, one, title) for one in listed}
    return next((sign for sign in _ORDER if sign in found), None)


def _sign(wanted: Someone, one: Someone, title: str | None) -> Sign | None:
    if wanted.person is None or (None not in (wanted.actor, one.actor) and wanted.actor != one.actor):
        return None
    ids = _ids(wanted.person)
    if ids and one.id in _known().people:
        return "person" if one.id in ids else None
    if one.person is not None:
        is_one = any(is_same_name(name, one.person) for name in (wanted.person, *wanted.spelt))
        return "person" if is_one else None
    name = _BESIDE.split(re.split(r"[,;(\n]", one.text)[0])[0].strip()
    if not name or _WIVES.match(name):
        return None
    if _names(name, wanted):
        return "surname"
    return "office" if title is not None and _is_title(name, title) else None


@lru_cache(maxsize=100_000)
def is_same_name(one: str, other: str) -> bool:
    """Tell whether two usual names are one person's: of the tables the same person, else names that agree.

    >>> is_same_name("Nikolai Podgorny", "N. V. Podgorny"), is_same_name("Ada Reed", "Eva Reed")
    (True, False)
    """
    if key(fold(one)) == key(fold(other)):
        return True
    ids, others = _ids(one), _ids(other)
    if ids and others:
        return bool(ids & others)
    own, rest = words(one), words(other)
    if not own or not rest:
        return False
    if len(own) > 1 and len(rest) > 1 and sorted(map(key, own)) == sorted(map(key, rest)):
        return True
    return key(own[-1]) == key(rest[-1]) and agree(own[:-1], rest[:-1])


def _names(text: str, wanted: Someone) -> bool:
    """Whether a line's words for somebody mean the one wanted: by the surname, first names not speaking against it."""
    own = _plain(text)
    return any(_is_named(own, one) for one in (wanted.person, *wanted.spelt) if one is not None)


def _is_named(own: tuple[str, ...], name: str) -> bool:
    whole = _plain(name)
    surnames = {key(whole[-1])} | {key(one) for one in _surnames(name)} if whole else set()
    places = [at for at, word in enumerate(own) if key(word) in surnames]
    if not places:
        return False
    given, rest = own[: places[-1]], own[places[-1] + 1 :]
    while given and given[0] in titles():
        given = given[1:]
    if rest:
        return bool(given) and len(rest) == 1 and key(given[0]) == key(whole[0])
    return not given or agree(given, whole[:-1]) or {key(one) for one in given} <= {key(one) for one in whole}


def _plain(name: str) -> tuple[str, ...]:
    """Give the words of a name, hyphens parted and the number of a king left out."""
    found = tuple(part for word in words(name) for part in word.split("-") if part)
    return found[:-1] if len(found) > 1 and _NUMBER.fullmatch(found[-1]) else found


@cache
def _known() -> Register:
    return register()


@lru_cache(maxsize=20_000)
def _ids(name: str) -> frozenset[str]:
    return frozenset(one.id for one in _known().named(name))


@lru_cache(maxsize=20_000)
def _surnames(name: str) -> frozenset[str]:
    """Give the words of a name, or of other spellings of it, under which the tables list its bearer."""
    known = _known()
    ids = _ids(name)
    own = {word for one in (name, *(known.people[id].name for id in ids)) for word in words(one)}
    return frozenset(one for one in own if ids & {person.id for person in known.surnamed(one)})


def _is_title(name: str, title: str) -> bool:
    """Whether words are nothing but a title, its state's adjective allowed ("The British Prime Minister")."""
    own = [one for one in words(name) if one not in _ARTICLES]
    asked = [one for one in words(title) if one not in _ARTICLES]
    if not asked or own[-len(asked) :] != asked:
        return False
    return all(whole(one.capitalize(), None) is not None for one in own[: -len(asked)])
