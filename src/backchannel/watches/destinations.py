"""Tell from what was typed where a watch is to tell, and show a destination without what may be secret in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from backchannel.errors import QueryError, SourceError
from backchannel.sources.web import checked
from backchannel.watches.record import Destination, Means

_ENDINGS: Final[dict[str, Means]] = {
    ".atom": "atom",
    ".ics": "calendar",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".xml": "atom",
}
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+")
_NAME: Final = re.compile(r"[\w.-]+")
_KNOWN: Final = (
    "a file ending in .jsonl, .md, .atom (or .xml) or .ics, an https:// address, webhook:NAME or mailto:ADDRESS"
)


def destination(typed: str, *, allow_private: bool = False) -> Destination:
    """Give the destination that was typed; paths become absolute, so that a run elsewhere finds them.

    Args:
        typed: a path, an address, ``webhook:NAME`` of the file of credentials, or ``mailto:ADDRESS``.
        allow_private: whether a webhook may lie inside a private network.

    Raises:
        QueryError: it is none of these, or holds what may be a secret.

    >>> destination("mailto:desk@paper.example").key
    'mail:desk@paper.example'
    """
    if typed.startswith(("http://", "https://")):
        return Destination(means="webhook", to=_address(typed), allow_private=allow_private)
    scheme, found, rest = typed.partition(":")
    if found and scheme == "webhook" and _NAME.fullmatch(rest):
        return Destination(means="webhook", to=rest, allow_private=allow_private)
    if found and scheme == "mailto":
        if not _ADDRESS.fullmatch(rest):
            raise QueryError(f"{rest!r} is no single mail address; give --to mailto:NAME@HOST, once for each")
        return Destination(means="mail", to=rest)
    path = Path(typed.removeprefix("file:")).expanduser()
    means = _ENDINGS.get(path.suffix.lower())
    if means is None:
        raise QueryError(f"--to {typed!r} is not understood; give {_KNOWN}")
    return Destination(means=means, to=str(path.absolute()))


def shown(one: Destination | str) -> str:
    """Give a destination, or its key, as people may see it: of an address only the host, since its path may be a key.

    >>> shown(destination("https://hooks.example.org/T0/secret"))
    'https://hooks.example.org/…'
    """
    means, _, to = (one if isinstance(one, str) else one.key).partition(":")
    if means == "mail":
        return f"mailto:{to}"
    if means != "webhook":
        return to
    parts = urlsplit(to)
    return f"{parts.scheme}://{parts.netloc}/…" if parts.netloc else f"webhook:{to}"


def _address(typed: str) -> str:
    try:
        checked(typed)
    except SourceError as fault:
        raise QueryError(str(fault)) from None
    parts = urlsplit(typed)
    if parts.query or parts.fragment:
        raise QueryError(
            f"the address at {parts.netloc} holds a query, which may be a key; keep it in the file of credentials and "
            "give --to webhook:NAME"
        )
    return typed
