"""Read the data files and say everything that is wrong with one at once."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from backchannel.errors import VocabularyError


@cache
def load(name: str) -> Any:
    """Give the content of ``data/<name>`` (YAML).

    Raises:
        VocabularyError: the file is missing or is not YAML.
    """
    try:
        return yaml.load(text(name), Loader=_loader())
    except yaml.YAMLError as error:
        raise VocabularyError(name, [str(error)]) from None


@cache
def _loader() -> Any:
    """A safe loader for which only ``true`` and ``false`` are truth values: ``yes``, ``no`` and ``NO`` stay words."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = type("WordsLoader", (base,), {})
    kept = {
        first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:bool"]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    loader.yaml_implicit_resolvers = kept
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    return loader


def text(name: str) -> str:
    """Give ``data/<name>`` as it stands.

    Raises:
        VocabularyError: there is no such file.
    """
    try:
        return resources.files("backchannel").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise VocabularyError(name, ["the file is missing from the installed package; reinstall backchannel"]) from None


def rows(name: str) -> list[dict[str, str]]:
    """Give the rows of ``data/<name>`` (tab-separated, with a header line)."""
    return list(csv.DictReader(text(name).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def check(
    name: str, entries: Sequence[Mapping[str, Any]], *, required: Sequence[str], optional: Sequence[str], sort: bool = True
) -> None:
    """Refuse entries with missing or unknown keys, double ids or out of order.

    Raises:
        VocabularyError: with every fault and the id at which it stands.
    """
    faults = list(_faults(entries, set(required), set(required) | set(optional)))
    ids = [str(entry.get("id")) for entry in entries]
    faults += [f"{one}: id given twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    if sort and ids != sorted(ids):
        first = next(b for a, b in zip(ids, ids[1:], strict=False) if b < a)
        faults.append(f"{first}: out of order; sort the entries by id")
    if faults:
        raise VocabularyError(name, faults)


def _faults(entries: Sequence[Mapping[str, Any]], required: set[str], known: set[str]) -> Iterator[str]:
    for number, entry in enumerate(entries, 1):
        place = str(entry.get("id") or f"entry {number}")
        for key in sorted(required - entry.keys()):
            yield f"{place}: {key} is missing"
        for key in sorted(entry.keys() - known):
            yield f"{place}: unknown key {key}; known: {', '.join(sorted(known))}"
