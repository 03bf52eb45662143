"""Say to which family a relation belongs: talks, conflict, intent or other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from backchannel import vocabulary
from backchannel.errors import InputError

Family = Literal["consult", "conflict", "intent", "other"]
FAMILIES: tuple[Family, ...] = get_args(Family)
"""Families by the number that ``EventStream.family`` holds."""
FILE = "forecast.yml"
GIVEN = "relation_families.json"


def codes(relations: Sequence[str], given: Mapping[str, Family] | None = None) -> NDArray[np.int64]:
    """Give the family of each relation, as its place in ``FAMILIES``.

    Args:
        relations: names such as "Make_a_visit", "CONSULT/meeting" or a CAMEO code such as "042".
        given: families by name, as ``read`` gives them; it rules alone, and a name that it lacks is "other".
    """
    if given is None:
        return np.array([FAMILIES.index(_family(name)) for name in relations], dtype=np.int64)
    return np.array([FAMILIES.index(given.get(plain(name), "other")) for name in relations], dtype=np.int64)


def read(path: Path) -> dict[str, Family]:
    """Give the family of each relation named in a file ``{family: [names]}``; names are plain.

    Raises:
        InputError: the file is not such a JSON object; every unknown family is named.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a JSON file of families ({error})") from None
    if not isinstance(content, dict) or not all(isinstance(names, list) for names in content.values()):
        raise InputError(f'{path}: expected an object {{"consult": ["Make a visit", …], …}}')
    unknown = sorted(set(content) - set(FAMILIES))
    if unknown:
        raise InputError(f"{path}: no family named {', '.join(unknown)}; known: {', '.join(FAMILIES)}")
    return {plain(str(name)): family for family in FAMILIES for name in content.get(family, ())}


def plain(name: str) -> str:
    """Give a relation's name with spaces and in small letters.

    >>> plain("Make_a_visit")
    'make a visit'
    """
    return " ".join(name.replace("_", " ").split()).lower()


def _family(name: str) -> Family:
    types, roots = _known()
    root = name.partition("/")[0]
    if root in types:
        return types[root]
    return roots.get(name[:2], "other") if name.isdigit() else "other"


@cache
def _known() -> tuple[dict[str, Family], dict[str, Family]]:
    """Give the families by PLOVER type and by CAMEO root."""
    rows = vocabulary.load(FILE)["families"]
    vocabulary.check(FILE, rows, required=("id", "types", "roots", "means"), optional=())
    types: dict[str, Family] = {one: row["id"] for row in rows for one in row["types"]}
    roots: dict[str, Family] = {one: row["id"] for row in rows for one in row["roots"]}
    return types, roots
