"""Send what waits in the outbox, and mark what was sent; one destination that fails does not stop the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from backchannel.errors import BackchannelError, DeliveryError
from backchannel.sources import connect
from backchannel.store import Store
from backchannel.store.watching import Parcel
from backchannel.watches import atom, files, ical, mail
from backchannel.watches.credentials import Credentials
from backchannel.watches.destinations import shown
from backchannel.watches.record import Destination, Item, Meeting, item_from
from backchannel.watches.webhook import Poster


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What sending needs of the world: secrets, the clock, pauses and the names of hosts."""

    credentials: Credentials
    now: Callable[[], datetime]
    sleep: Callable[[float], None] = time.sleep
    resolve: connect.Resolve = connect.resolve
    timeout: float = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came of one destination: how many things were sent, how many wait, and why."""

    destination: str
    sent: int
    waiting: int
    error: str | None = None


def deliver(store: Store, destination: Destination, outside: Outside) -> Delivery:
    """Send all that waits for a destination; it is sent again if the run is killed before it is marked.

    What has a due time waits for it. After a fault that closes a destination the rest waits for the next run.
    """
    waiting = store.watching.parcels(destination.key, waiting=True)
    ready = [one for one in waiting if one.due is None or datetime.fromisoformat(one.due) <= outside.now()]
    error = next((one.error for one in waiting if one not in ready), None)
    sent = 0
    for unit in _units(destination, ready):
        numbers = [one.number for one in unit]
        try:
            _send(store, destination, unit, outside)
        except BackchannelError as fault:
            error = outside.credentials.masked(str(fault))
            wait = fault.wait if isinstance(fault, DeliveryError) else None
            due = None if wait is None else outside.now() + timedelta(seconds=wait)
            store.watching.fail(numbers, error, due=due)
            if not isinstance(fault, DeliveryError) or fault.is_closed:
                break
        else:
            store.watching.mark(numbers, now=outside.now())
            sent += len(numbers)
    _restore(store, destination)
    return Delivery(destination=shown(destination), sent=sent, waiting=len(waiting) - sent, error=error)


def _units(destination: Destination, ready: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    """Yield what goes together: to a webhook each by itself, else what came in one run; into a file all."""
    if destination.means == "webhook":
        yield from ([one] for one in ready)
    elif destination.means in ("mail", "markdown"):
        yield from (list(unit) for _, unit in groupby(ready, key=_batch))
    elif ready:
        yield list(ready)


def _send(store: Store, destination: Destination, unit: Sequence[Parcel], outside: Outside) -> None:
    items = [item_from(one.record) for one in unit]
    path = Path(destination.to)
    match destination.means:
        case "jsonl":
            files.append_lines(path, items)
        case "markdown":
            files.append_markdown(path, items)
        case "atom" | "calendar":
            files.write(path, _whole(store, destination))
        case "webhook":
            hook = outside.credentials.hook(destination.to)
            _poster(destination, outside).post(hook, items[0])
        case "mail":
            _mail(destination, unit[0].batch, items, outside)


def _mail(destination: Destination, batch: str, items: Sequence[Item], outside: Outside) -> None:
    server = outside.credentials.mail
    if server is None:
        raise DeliveryError("no mail server is known; set BACKCHANNEL_SMTP_HOST, or [mail] in the file of credentials")
    mail.send(server, mail.message(server, destination.to, batch, items, outside.now()), timeout=outside.timeout)


def _poster(destination: Destination, outside: Outside) -> Poster:
    return Poster(
        allow_private=destination.allow_private,
        timeout=outside.timeout,
        now=outside.now,
        sleep=outside.sleep,
        resolve=outside.resolve,
    )


def _whole(store: Store, destination: Destination) -> bytes:
    """Give a feed or calendar with all that it holds."""
    if destination.means == "atom":
        parcels = store.watching.parcels(destination.key, last=atom.LAST)
        return atom.feed(destination.key, [item_from(one.record) for one in parcels])
    told: dict[str, Meeting] = {}
    for parcel in store.watching.parcels(destination.key):
        meeting = item_from(parcel.record).meeting
        if meeting is not None:
            told[meeting.uid] = meeting
    return ical.calendar("Backchannel: planned meetings", told.values())


def _restore(store: Store, destination: Destination) -> None:
    """Write a feed or calendar again that somebody took away."""
    path = Path(destination.to)
    is_file = destination.means in ("atom", "calendar")
    if is_file and not path.exists() and store.watching.parcels(destination.key, last=1):
        try:
            files.write(path, _whole(store, destination))
        except DeliveryError:
            return  # what waits for it has the fault already


def _batch(parcel: Parcel) -> str:
    return parcel.batch
