"""Run watches: read what they name, merge, find what is new, queue it and deliver it; once, or again and again."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from backchannel.errors import InputError, StoreLocked
from backchannel.pipeline.ingest import Summary, ingest
from backchannel.pipeline.linking import link_store
from backchannel.pipeline.merging import merge_store
from backchannel.sources import Options
from backchannel.store import Store
from backchannel.watches import desk
from backchannel.watches.deliver import Delivery, Outside, deliver
from backchannel.watches.news import News, Saved
from backchannel.watches.queue import Found, destinations, find, keep

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What to run: ``names`` of watches (all when empty), and what to ``read`` beside what they name themselves."""

    names: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    allow_private: bool = False
    workers: int | None = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did: ``found`` what is new, ``deliveries`` what came of each destination, ``faults`` what failed."""

    found: Found
    deliveries: tuple[Delivery, ...] = ()
    read: Summary | None = None
    faults: tuple[str, ...] = ()


def look(store: Store, orders: Orders, outside: Outside) -> Report:
    """Give what a run would tell as the store is, without reading, keeping or sending anything.

    Raises:
        QueryError: there is no watch of a name.
    """
    asked = desk.chosen(store, orders.names)
    return Report(found=find(_news(store, asked, outside), asked))


def run(store: Store, orders: Orders, outside: Outside) -> Report:
    """Run watches once.

    What could not be read is told among the faults; what is known is told all the same.

    Raises:
        QueryError: there is no watch of a name.
        StoreLocked: another process runs the watches of this store.
    """
    with store.watching.running():
        return _run(store, orders, outside)


def run_every(
    store: Store,
    orders: Orders,
    outside: Outside,
    *,
    seconds: float,
    tell: Callable[[Report], None],
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Run watches again and again until an interrupt (Ctrl-C) or a SIGTERM comes, which ends it cleanly.

    Args:
        store: where watches are; no other process may run them meanwhile, but read and write it may.
        orders: what to run.
        outside: how to send.
        seconds: from one beginning to the next; a run that takes longer is followed by the next at once.
        tell: is given the report of each run.
        clock: seconds that never go back.
        pause: waits so many seconds.
    """
    with store.watching.running(), _stoppable():
        try:
            while True:
                began = clock()
                tell(_tried(store, orders, outside))
                pause(max(0.0, began + seconds - clock()))
        except KeyboardInterrupt:
            logger.info("watches stopped")


def _tried(store: Store, orders: Orders, outside: Outside) -> Report:
    """Give the report of a run; a store that somebody else holds is a fault of this run and not of the next."""
    try:
        return _run(store, orders, outside)
    except StoreLocked as fault:
        return Report(found=Found(batches=(), asked=(), quiet=()), faults=(str(fault),))


def _run(store: Store, orders: Orders, outside: Outside) -> Report:
    asked = desk.chosen(store, orders.names)
    summary, faults = _brought(store, orders, asked, outside)
    news = _news(store, asked, outside)
    found = find(news, asked)
    keep(news, found)
    deliveries = tuple(deliver(store, one, outside) for one in destinations(asked))
    return Report(found=found, deliveries=deliveries, read=summary, faults=tuple(faults))


def _brought(
    store: Store, orders: Orders, asked: Sequence[Saved], outside: Outside
) -> tuple[Summary | None, list[str]]:
    """Read and merge; a target that is not there and a store that another process writes are faults to tell."""
    targets = list(dict.fromkeys([*(target for one in asked for target in one.watch.read), *orders.read]))
    now = outside.now()
    options = Options(allow_private=orders.allow_private, today=now.date(), now=now)
    faults = []
    summaries = []
    for target in targets:
        try:
            summaries.append(ingest([target], store, options, workers=orders.workers))
        except (InputError, StoreLocked) as fault:
            faults.append(str(fault))
    try:
        merge_store(store, now=now)
        link_store(store, now=now)
    except StoreLocked as fault:
        faults.append(str(fault))
    return _sum(summaries), faults


def _sum(summaries: Sequence[Summary]) -> Summary | None:
    if not summaries:
        return None
    names = ("documents", "read", "skipped", "failed", "claims", "undated", "seconds")
    sums: dict[str, Any] = {name: sum(getattr(one, name) for one in summaries) for name in names}
    return Summary(**sums)


def _news(store: Store, asked: Sequence[Saved], outside: Outside) -> News:
    return News(store, asked, desk.every(store), outside.now())


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take a SIGTERM as an interrupt during the block."""

    def stop(number: int, frame: FrameType | None) -> None:
        signal.raise_signal(signal.SIGINT)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
