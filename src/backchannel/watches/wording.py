"""Say an item in words: as plain lines for mail and feeds, as Markdown for files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from backchannel.analysis import phrases
from backchannel.watches.record import Item

_MARKS: Final = re.compile(r"([\\`*_\[\]<>#|])")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def title(item: Item) -> str:
    """Give an item in one line."""
    if item.kind == "summary":
        return item.headline[:1].upper() + item.headline[1:]
    return f"{item.label[:1].upper()}{item.label[1:]}: {item.headline}"


def plain(item: Item) -> str:
    """Give an item as lines of text, with its reasons and the sentences that it rests on."""
    return "\n".join(_lines(item))


def markdown(item: Item) -> str:
    """Give an item as Markdown; its id stands in a comment."""
    head = f"### {_safe(title(item))}\n\n<!-- {item.id} -->\n"
    parts = [f"- {_safe(one)}" for one in _facts(item)]
    for one in item.backing:
        parts.append(
            f"- “{_safe(one.quotation or '')}” {_safe(one.citation)}" if one.quotation else f"- {_safe(one.citation)}"
        )
    return "\n".join([head, *parts, ""])


def digest(items: Sequence[Item]) -> str:
    """Give many items as one plain text."""
    return "\n\n".join(plain(item) for item in items) + "\n"


def printable(text: str) -> str:
    """Give a text without the characters that XML and mail cannot hold."""
    return _CONTROL.sub("", text)


def _lines(item: Item) -> Iterator[str]:
    yield title(item)
    for one in _facts(item):
        yield f"  {one}"
    for backing in item.backing:
        if backing.quotation is not None:
            yield f"    “{' '.join(backing.quotation.split())}”"
        yield f"    {backing.citation}"


def _facts(item: Item) -> Iterator[str]:
    if item.kind == "summary":
        yield from item.because
        return
    if item.day is not None and item.kind != "plan":
        yield f"known on {phrases.day(item.day)}"
    yield from item.because
    yield f"watch: {', '.join(item.watches)}"
    if item.conversation is not None:
        yield f"backchannel show {item.conversation}"


def _safe(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
