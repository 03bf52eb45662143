"""Post an item to an address, signed as Standard Webhooks have it, to public addresses only, with patience.

Source:
    Standard Webhooks 1.0 (standardwebhooks.com): headers ``webhook-id``, ``webhook-timestamp``, ``webhook-signature``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore
import httpx
import msgspec

from backchannel.errors import DeliveryError, SourceError
from backchannel.sources import connect
from backchannel.sources.web import AGENT
from backchannel.watches.credentials import Hook
from backchannel.watches.record import Item, to_record

PAUSES: Final = (1.0, 4.0, 16.0)
"""Seconds before the second, third and fourth try."""
LONGEST: Final = 60.0
"""Seconds that are waited within a run where a receiver asks to; what asks for more waits for a later run."""
_AGAIN: Final = (429, 500, 501, 502, 503, 504)
_OF_ITEM: Final = (400, 413, 422)
"""Statuses by which a receiver refuses one message and not all."""
_MOST: Final = 86_400.0 * 7
_LATE: Final = (httpx.TimeoutException, httpcore.TimeoutException)
_UNREACHED: Final = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    OSError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """How to post: the clock, pauses and limits."""

    allow_private: bool = False
    timeout: float = 20.0
    now: Callable[[], datetime]
    sleep: Callable[[float], None] = time.sleep
    resolve: connect.Resolve = connect.resolve

    def post(self, hook: Hook, item: Item) -> None:
        """Post an item until it is taken, four times at most.

        Raises:
            DeliveryError: it was not taken.
        """
        body = msgspec.json.encode(to_record(item))
        for pause in (*PAUSES, None):
            told, asked = self._try(hook, item.id, body)
            if told is None:
                return
            if pause is None or (asked is not None and asked > LONGEST):
                raise DeliveryError(told, wait=asked)
            self.sleep(max(pause, asked or 0.0))

    def _try(self, hook: Hook, id: str, body: bytes) -> tuple[str | None, float | None]:
        """Give why one try failed, and how many seconds the receiver asks to wait; ``None`` when it was taken."""
        deadline = connect.Deadline()
        deadline.begin(self.timeout)
        transport = connect.Transport(deadline, allow_private=self.allow_private, resolve=self._resolve)
        headers = signed(id, int(self.now().timestamp()), body, hook.secret)
        headers |= {"Content-Type": "application/json", "User-Agent": AGENT}
        try:
            with (
                httpx.Client(transport=transport, timeout=self.timeout, trust_env=False) as client,
                client.stream("POST", hook.url, content=body, headers=headers) as response,
            ):
                return self._judged(response)
        except _LATE:
            return f"took longer than {self.timeout:g} seconds", None
        except SourceError:
            raise DeliveryError(
                "refused: the address lies inside a private network; add the watch with --allow-private if it may"
            ) from None
        except _UNREACHED as fault:
            return f"cannot be reached ({fault or type(fault).__name__})", None

    def _judged(self, response: httpx.Response) -> tuple[str | None, float | None]:
        status = response.status_code
        if 200 <= status < 300:
            return None, None
        if status in _AGAIN or status >= 500:
            return f"answered with status {status}", _wait(response.headers.get("retry-after"), self.now())
        if 300 <= status < 400:
            raise DeliveryError(f"answered with status {status}; redirects are not followed, give the final address")
        refused = f"answered with status {status}; check the address and the secret"
        raise DeliveryError(refused, is_closed=status not in _OF_ITEM)

    def _resolve(self, host: str, port: int) -> list[str]:
        """Give the addresses of a host; one that is not found counts as not reached, and is tried again."""
        try:
            return self.resolve(host, port)
        except SourceError as fault:
            raise httpcore.ConnectError(str(fault)) from None


def signed(id: str, timestamp: int, body: bytes, secret: str) -> dict[str, str]:
    """Give the headers that sign a message.

    Raises:
        DeliveryError: the secret is no ``whsec_`` and base64.

    >>> signed("w_1", 1700000000, b"{}", "whsec_c2VjcmV0")["webhook-signature"][:3]
    'v1,'
    """
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise DeliveryError(
            "the secret of the webhook is not whsec_ and base64; make one as the page on watches says"
        ) from None
    digest = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def _wait(told: str | None, now: datetime) -> float | None:
    """Give the seconds of a ``Retry-After``, in seconds or as a date."""
    if told is None:
        return None
    if told.strip().isdecimal():
        return min(float(told), _MOST)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    return min(
        _MOST, max(0.0, ((until if until.tzinfo is not None else until.replace(tzinfo=UTC)) - now).total_seconds())
    )
