"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from backchannel.sources.decode import decode
from backchannel.sources.draft import Draft, finish
from backchannel.sources.kinds import Arrival, Fetched, Options, payload, source

_MATTER = re.compile(r"\A---[ \t]*\r?\n(.{0,10000}?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.{0,300}?)[ \t]*#*[ \t]*\r?$", re.M)
_FIELDS = {
    "title": "title",
    "date": "date",
    "source": "source",
    "url": "url",
    "id": "id",
    "licence": "licence",
    "license": "licence",
    "lang": "language",
    "language": "language",
}


@source(".txt")
def read_text(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield the document of a plain text."""
    yield _read(arrival, options, headed=False)


@source(".md")
def read_markdown(arrival: Arrival, options: Options) -> Iterator[Fetched]:
    """Yield the document of a Markdown text; its first heading is its title when the front matter has none."""
    yield _read(arrival, options, headed=True)


def _read(arrival: Arrival, options: Options, *, headed: bool) -> Fetched:
    content = payload(arrival, options)
    text, notes = decode(content, charset=arrival.charset)
    fields: dict[str, Any] = {}
    meta: dict[str, Any] = {}
    if not arrival.verbatim:
        fields, meta, text = front_matter(text)
    if headed and "title" not in fields:
        heading = _HEADING.search(text)
        fields["title"] = heading.group(1) if heading else None
    fields.setdefault("url", arrival.url)
    draft = Draft(payload=content, text=text, meta=meta, notes=notes, retrieved=arrival.retrieved, **fields)
    return finish(draft, options)


def front_matter(text: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Give the known fields of a text's front matter, the other ones, and the text behind it.

    What stands between two lines of dashes is front matter only if it is a YAML mapping with a known field.

    >>> front_matter("---\\ntitle: Talks in Oslo\\n---\\nThey met.")
    ({'title': 'Talks in Oslo'}, {}, 'They met.')
    """
    found = _MATTER.match(text)
    if found is None:
        return {}, {}, text
    try:
        # The base loader makes every scalar a string: no date is guessed, no object is built.
        head = yaml.load(found.group(1), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}, {}, text
    if not isinstance(head, dict) or not any(str(key).lower() in _FIELDS for key in head):
        return {}, {}, text
    fields: dict[str, Any] = {}
    meta: dict[str, Any] = {}
    for key, value in head.items():
        name = _FIELDS.get(str(key).lower())
        if name is not None and isinstance(value, str):
            fields[name] = value.strip() or None
        else:
            meta[str(key)] = value
    return fields, meta, text[found.end() :].lstrip("\r\n")
