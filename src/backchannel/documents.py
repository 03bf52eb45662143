"""Make documents: ids that survive rereading, canonical addresses and dates that can be true."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from backchannel.errors import DocumentError

EARLIEST = date(1800, 1, 1)
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|ref|cmpid|ns_\w+|smid|partner|ftag|mc_cid|mc_eid)$")


def identify(*, source: str | None, url: str | None, payload: bytes) -> str:
    """Give a document's id: a hash of its source, canonical address and the bytes as fetched.

    >>> identify(source=None, url=None, payload=b"They met.")
    'd_c6481305fa61bb3d'
    """
    digest = hashlib.sha256()
    for part in ((source or "").encode(), canonical(url or "").encode(), payload):
        digest.update(len(part).to_bytes(8, "big") + part)
    return "d_" + digest.hexdigest()[:16]


def claim_id(document: str, kind: str, head: int, ordinal: int) -> str:
    """Give a claim's id from what never changes when the reader improves.

    Args:
        document: the document's id.
        kind: ``contact`` or ``act``.
        head: start of the trigger's head word, in characters of the document's text.
        ordinal: 0 for the first claim of this kind at this head, 1 for the second ("met separately with A and B").
    """
    digest = hashlib.sha256(f"{document}\x1f{kind}\x1f{head}\x1f{ordinal}".encode()).hexdigest()
    return "c_" + digest[:16]


def canonical(url: str) -> str:
    """Give an address without what changes from one visit to the next: scheme, ``www.``, tracking, fragment, final slash.

    >>> canonical("https://www.Example.org/a/?utm_source=x&b=1#top")
    'example.org/a?b=1'
    """
    if not url:
        return ""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k.lower())]
    )
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")).removeprefix("//")


def published_on(value: str | date | None, *, today: date) -> date | None:
    """Give a document's date, or ``None`` when there is none.

    Args:
        value: an ISO date or date-time, a date, or nothing.
        today: the day after which (by more than a week) no document can have been published.

    Raises:
        DocumentError: the text is no date, or the date cannot be one of publication.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        try:
            day = datetime.fromisoformat(value.strip()).date()
        except ValueError:
            raise DocumentError(f"date {value!r} is not an ISO date; give it as YYYY-MM-DD") from None
    if not EARLIEST <= day <= today + timedelta(days=7):
        raise DocumentError(
            f"date {day.isoformat()} cannot be a day of publication ({EARLIEST.year} to today); give --date YYYY-MM-DD"
        )
    return day
