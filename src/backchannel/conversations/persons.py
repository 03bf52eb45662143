"""Tell whether the persons that two reports name for a party can be the same."""

from __future__ import annotations

from functools import lru_cache

from backchannel.conversations.reports import Report, fold

Persons = tuple[tuple[str, frozenset[str]], ...]
"""Folded names of persons by party."""


@lru_cache(maxsize=1 << 16)
def compare_persons(ones: Persons, others: Persons) -> str | None:
    """Give the sign of the persons named for the parties that both name; nothing for one party with one person."""
    shared = 0
    for actor, names in ones:
        for same, theirs in others:
            if actor == same:
                shared += 1
                if not any(_one_person(a, b) for a in names for b in theirs):
                    return "persons.differ"
    return "persons.same" if shared > 1 else None


def persons_of(report: Report) -> Persons:
    """Folded names of persons by party, in order of the actors' ids."""
    named: dict[str, set[str]] = {}
    for party in report.parties:
        name = fold(party.person) if party.person is not None else ""
        if name:
            named.setdefault(party.actor, set()).add(name)
    return _common(tuple((actor, frozenset(names)) for actor, names in sorted(named.items())))


@lru_cache(maxsize=65536)
def _common(persons: Persons) -> Persons:
    """One value for all equal ones, which a million profiles then share."""
    return persons


def hold_namesakes(ones: Persons, others: Persons) -> bool:
    """True when a party is two persons of one surname: what one of them did the other did not."""
    theirs = dict(others)
    return any(
        actor in theirs
        and not any(_one_person(a, b) for a in names for b in theirs[actor])
        and any(_surname(a) == _surname(b) for a in names for b in theirs[actor])
        for actor, names in ones
    )


@lru_cache(maxsize=65536)
def _one_person(one: str, other: str) -> bool:
    """True when two names can be one person's: one is part of the other, or surnames and given names are alike.

    A surname that is another's beginning is another spelling of it; a given name may be missing, an initial or short.

    >>> _one_person("bo lind", "lind"), _one_person("ada reed", "a. reed"), _one_person("ada reed", "bo reed")
    (True, True, False)
    """
    ones, others = one.split(), other.split()
    if set(ones) <= set(others) or set(others) <= set(ones):
        return True
    a, b = ones[-1], others[-1]
    if a != b and not (len(a) > 4 and len(b) > 4 and (a.startswith(b) or b.startswith(a))):
        return False
    first, second = ones[0].rstrip("."), others[0].rstrip(".")
    short = min(2, len(first), len(second))
    return len(ones) == 1 or len(others) == 1 or first[:short] == second[:short]


def _surname(name: str) -> str:
    return name.split()[-1]
