"""Give items as an Atom feed (RFC 4287): the same items give the same bytes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree

from backchannel import __version__
from backchannel.watches.record import Item
from backchannel.watches.wording import plain, printable, title

LAST: Final = 200
"""Entries that a feed holds, the last ones."""
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_IDS: Final = uuid.UUID("6f0f2f0a-6d0c-5c33-9a70-3c2f4f0b1c55")


def feed(key: str, items: Sequence[Item]) -> bytes:
    """Give a feed with the newest items first.

    Args:
        key: that of the destination; the feed's id hangs on it.
        items: oldest first, at least one.
    """
    top = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _add(top, "id", f"urn:uuid:{uuid.uuid5(_IDS, key)}")
    watches = sorted({name for item in items for name in item.watches})
    _add(top, "title", f"Backchannel: {', '.join(watches)}")
    _add(top, "updated", max(item.at for item in items))
    _add(_add(top, "author"), "name", "Backchannel")
    _add(top, "generator", "Backchannel", version=__version__)
    for item in reversed(items):
        _entry(top, item)
    ElementTree.indent(top)
    written: bytes = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(top: ElementTree.Element, item: Item) -> None:
    entry = _add(top, "entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(_IDS, item.id)}")
    _add(entry, "title", title(item), type="text")
    _add(entry, "updated", item.at)
    _add(entry, "category", term=item.kind, label=item.label)
    for name in item.watches:
        _add(entry, "category", term=name, scheme="urn:backchannel:watch")
    _add(entry, "content", plain(item), type="text")


def _add(above: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(above, name, {key: printable(value) for key, value in attributes.items()})
    made.text = None if text is None else printable(text)
    return made
