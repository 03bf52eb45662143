"""Find the id behind what a person typed: actors by id, name or alias, issues by id or label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from backchannel import vocabulary
from backchannel.actors.table import ActorTable, Sense, fold
from backchannel.aspects import withheld
from backchannel.errors import QueryError
from backchannel.records import UNKNOWN

_NAMED: Final = ("name", "demonym", "capital", "seat")
_COINED: Final = re.compile(r"PERSON_[A-Z_]+")
ISSUES: Final = "issues.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue asked for: ``root`` is the codebook's, ``finer`` the id below it when that was asked for."""

    root: str
    finer: str | None = None


def actor(wanted: str, table: ActorTable) -> str:
    """Give the id of an actor; a name that several had in turn means the one that has it now.

    Args:
        wanted: an id (``USA``), a name (``United States``) or another name of it (``Kremlin``), in any case.
        table: the dictionary, the user's own rows included.

    Raises:
        QueryError: nobody is called so, several are, or it is a person; ``known`` holds what may be meant.
    """
    asked = wanted.strip()
    code = asked.upper().replace(" ", "_")
    if code in table.actors or code == UNKNOWN or _COINED.fullmatch(code):
        return code
    senses = _senses(asked, table)
    named = [sense for sense in senses if sense.kind in _NAMED]
    found = sorted({sense.actor for sense in named if sense.end is None} or {sense.actor for sense in named})
    if len(found) == 1:
        return found[0]
    if found:
        raise QueryError(f"{wanted!r} names more than one actor", known=[_shown(one, table) for one in found])
    people = sorted({sense.person for sense in senses if sense.person is not None})
    if people:
        raise QueryError(
            f"{wanted!r} is a person, not an actor; ask with conversations --person {people[0].split()[-1]}"
        )
    raise QueryError(
        f"no actor called {wanted!r}; give an id such as USA or a name such as 'United States'",
        known=_near(asked, table),
    )


def candidates(text: str, table: ActorTable, *, limit: int = 20) -> list[str]:
    """Give ids of actors whose id or one of whose names holds ``text``, those that begin so first."""
    part = fold(text.strip()).casefold()
    ranked: list[tuple[int, str]] = []
    for one, known in table.actors.items():
        names = [one.casefold(), *(fold(name).casefold() for name in (known.name, *known.aliases))]
        ranks = [0 if name == part else 1 if name.startswith(part) else 2 for name in names if part in name]
        if ranks:
            ranked.append((min(ranks), one))
    return [one for _, one in sorted(ranked)[:limit]]


def issue(wanted: str) -> Issue:
    """Give an issue by its id or label; a finer one comes with its root.

    Raises:
        QueryError: there is none; ``known`` holds the nearest.

    >>> issue("semiconductors"), issue("Arms control")
    (Issue(root='technology', finer='semiconductors'), Issue(root='arms_control', finer=None))
    """
    asked = wanted.strip().casefold()
    rows = _issues()
    labels = {str(row["label"]).casefold(): one for one, row in rows.items()}
    one = asked.replace(" ", "_").replace("-", "_")
    one = one if one in rows else labels.get(asked, one)
    if one not in rows:
        near = get_close_matches(asked, [*rows, *labels], n=3, cutoff=0.6)
        known = list(dict.fromkeys(labels.get(name, name) for name in near))
        raise QueryError(f"no issue called {wanted!r}; known: {', '.join(sorted(rows))}", known=known)
    root = rows[one].get("under")
    return Issue(root=one) if root is None else Issue(root=str(root), finer=one)


def kept_from(wanted: str, table: ActorTable) -> tuple[str, ...]:
    """Give the spellings by which one from whom a contact was kept is found: an institution, an actor, else a name.

    Args:
        wanted: an institution ("State Department"), an actor by id or name, or a person ("Secretary Rogers", "Rogers").
        table: the dictionary, the user's own rows included.
    """
    asked = wanted.strip()
    institution = withheld.institution(asked)
    if institution is not None:
        return (institution,)
    try:
        return (actor(asked, table),)
    except QueryError:
        return (asked, asked.split()[-1]) if asked else (asked,)


@cache
def _issues() -> Mapping[str, Mapping[str, Any]]:
    return {str(row["id"]): row for row in vocabulary.load(ISSUES)["issues"]}


def _senses(asked: str, table: ActorTable) -> list[Sense]:
    for name in (fold(asked), fold(asked.title()), fold(asked.upper())):
        if name in table.senses:
            return list(table.senses[name])
    lowered = fold(asked).casefold()
    return [sense for name, senses in table.senses.items() if name.casefold() == lowered for sense in senses]


def _near(asked: str, table: ActorTable) -> list[str]:
    names = {
        name.casefold(): sense.actor
        for name, senses in table.senses.items()
        for sense in senses
        if sense.kind in _NAMED
    }
    names |= {one.casefold(): one for one in table.actors}
    close = get_close_matches(fold(asked).casefold(), names, n=5, cutoff=0.7)
    return [_shown(one, table) for one in dict.fromkeys(names[name] for name in close)][:3]


def _shown(one: str, table: ActorTable) -> str:
    name = table.name(one)
    return one if name is None else f"{one} ({name})"
