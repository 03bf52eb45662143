"""Read the data files and say everything that is wrong with one at once."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

import yaml

from backchannel.errors import VocabularyError
from backchannel.records import Form, Privacy


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
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("WordsLoader", (base,), {})
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
    name: str,
    entries: Sequence[Mapping[str, Any]],
    *,
    required: Sequence[str],
    optional: Sequence[str],
    sort: bool = True,
) -> None:
    """Refuse entries with missing or unknown keys, double ids or out of order.

    Raises:
        VocabularyError: with every fault and the id at which it stands.
    """
    faults = list(_faults(entries, set(required), set(required) | set(optional)))
    ids = [str(entry.get("id")) for entry in entries]
    faults += [f"{one}: id given twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    if sort and ids != sorted(ids):
        first = next(b for a, b in itertools.pairwise(ids) if b < a)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCues:
    """The user's own cue words of one store: contact words with their form, privacy cues and issue cues, all lower case."""

    contact: tuple[tuple[str, str], ...] = ()
    privacy: tuple[tuple[str, str], ...] = ()
    issues: tuple[tuple[str, str], ...] = ()


def user_cues(rows: Sequence[Mapping[str, Any]]) -> UserCues:
    """Give the user's cues from rows ``{aspect, value, cue}``.

    ``aspect`` is ``contact`` (``value`` a form; the cue one word, as in the dictionary), ``privacy`` (a privacy value) or
    ``issues`` (an issue id).

    Raises:
        VocabularyError: with every faulty row.
    """
    known = {
        "contact": set(get_args(Form)),
        "privacy": set(get_args(Privacy)),
        "issues": {row["id"] for row in load("issues.yml")["issues"]},
    }
    faults: list[str] = []
    found: dict[str, list[tuple[str, str]]] = {aspect: [] for aspect in known}
    for number, row in enumerate(rows, 1):
        aspect, value, cue = (str(row.get(key) or "").strip() for key in ("aspect", "value", "cue"))
        if aspect not in known:
            faults.append(f"row {number}: no aspect named {aspect!r}; known: {', '.join(sorted(known))}")
        elif value not in known[aspect]:
            faults.append(f"row {number}: {aspect} has no value {value!r}; known: {', '.join(sorted(known[aspect]))}")
        elif not cue or (aspect == "contact" and len(cue.split()) > 1):
            faults.append(
                f"row {number}: cue {cue!r} must be {'one word' if aspect == 'contact' else 'a word or phrase'}"
            )
        else:
            found[aspect].append((cue.lower(), value))
    if faults:
        raise VocabularyError("cues", faults)
    return UserCues(**{aspect: tuple(pairs) for aspect, pairs in found.items()})
