"""Passages of a digest: each item of a list of news has its own origin, named in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_FEWEST = 3
_BRACKETS = re.compile(r"\s*(?:\([^()\n]{2,160}\)\s?|\[\d{1,3}\])+")
_NAMED = re.compile(r"\(([^()\n]{2,120})\)\s?(?:\[(\d{1,3})\])?\s?")
_TAIL = re.compile(r"((?:\([^()\n]{2,120}\)\s?(?:\[\d{1,3}\])?\s?){1,6})[.;]?\s*$")
_FOOTNOTE = re.compile(r"^[ \t]{0,8}\[?(\d{1,3})[\].:)][ \t]{0,8}(?:\S.{0,200}?[ \t])?(https?://\S+)[ \t]*\r?$", re.M)
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,3}[.)])\s+")
_OUTLET = re.compile(r"^(?:al-|de |la |le )?[A-Z0-9À-ÖØ-Þ«\"“'][^?]*$")
_NOT_OUTLET = re.compile(
    r"^(?:[A-Z]|US|U\.S\.|UK|U\.K\.|EU|UN|U\.N\.|[\d\s.,/%:-]+|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|see|photo|pictured|video|left|right)\b.*)$",
    re.I,
)


class Citation(NamedTuple):
    """An outlet named behind an item and its address, as far as they are given."""

    source: str | None
    url: str | None


def passages(text: str, items: object = None) -> list[dict[str, Any]]:
    """Give the passages of a digest: ``{"start", "end", "source", "url"}``, in order of the text.

    A passage spans the whole item, its topic and brackets included. Several outlets of one item are joined by
    ``"; "`` in ``source``; ``url`` is the first address given. A text that is no digest gives an empty list.

    Args:
        text: the document's text.
        items: items as a digest in JSONL lists them: ``{text, topic?, citations?: names or {source, url}}``; those
            that do not stand in the text are left out. Without items, at least three lines must end in an outlet in
            brackets, and be half of all lines.

    >>> passages("They met. (Reuters)\\nThey spoke. (BBC News)[1]\\nHe left. (AFP; RT)\\n[1] https://bbc.example/1")[1]
    {'start': 20, 'end': 45, 'source': 'BBC News', 'url': 'https://bbc.example/1'}
    """
    return list(_listed(text, items)) if isinstance(items, list) else _bracketed(text)


def _listed(text: str, items: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the passages of listed items, each looked for behind the one before it."""
    cursor = 0
    for item in items:
        quoted = item.get("text") if isinstance(item, dict) else None
        if not isinstance(quoted, str) or not quoted.strip():
            continue
        at = text.find(quoted.strip(), cursor)
        if at < 0:
            continue
        end = at + len(quoted.strip())
        tail = _BRACKETS.match(text, end)
        end = end + len(tail.group().rstrip()) if tail else end
        topic = item.get("topic")
        if isinstance(topic, str) and text.endswith(f"{topic}: ", cursor, at):
            at -= len(topic) + 2
        cited = [_citation(entry) for entry in item.get("citations") or item.get("sources") or []]
        if not any(citation.source for citation in cited):
            cited += _cited(text[at:end], {})
        yield _passage(at, end, cited)
        cursor = end


def _citation(entry: object) -> Citation:
    """Give the citation of a listed item, which is a name or a record."""
    if isinstance(entry, dict):
        name = next((entry[k] for k in ("source", "name", "title", "text") if isinstance(entry.get(k), str)), None)
        url = entry.get("url")
        return Citation(name, url if isinstance(url, str) else None)
    if isinstance(entry, str):
        return Citation(None, entry) if entry.startswith(("http://", "https://")) else Citation(entry, None)
    return Citation(None, None)


def _bracketed(text: str) -> list[dict[str, Any]]:
    """Give the passages of lines that end in an outlet in brackets, when these are what the text is made of."""
    notes = dict(_FOOTNOTE.findall(text)) if "http" in text else {}
    found: list[dict[str, Any]] = []
    lines = at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if len(line.split()) < 3 or _FOOTNOTE.match(line):
            continue
        lines += 1
        cited = _cited(line, notes)
        if cited:
            bullet = _BULLET.match(line)
            opening = bullet.end() if bullet else len(line) - len(line.lstrip())
            found.append(_passage(start + opening, start + len(line.rstrip()), cited))
    return found if len(found) >= _FEWEST and 2 * len(found) >= lines else []


def _cited(line: str, notes: dict[str, str]) -> list[Citation]:
    """Give the outlets in the brackets at the end of a line; none when they hold something else."""
    tail = _TAIL.search(line[-800:])
    if tail is None:
        return []
    cited: list[Citation] = []
    for names, number in _NAMED.findall(tail.group(1)):
        for name in (part.strip() for part in names.split(";")):
            if name and _OUTLET.match(name) and not _NOT_OUTLET.match(name) and len(name.split()) <= 7:
                cited.append(Citation(name, notes.get(number)))
    return cited


def _passage(start: int, end: int, cited: list[Citation]) -> dict[str, Any]:
    """Give one passage as a record of plain values."""
    names = list(dict.fromkeys(citation.source for citation in cited if citation.source))
    url = next((citation.url for citation in cited if citation.url), None)
    return {"start": start, "end": end, "source": "; ".join(names) or None, "url": url}
