"""Put into the outbox what no destination was told yet, in one transaction with how far each watch has looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from backchannel.store.watching import Parcel
from backchannel.watches.items import of_summary
from backchannel.watches.meetings import meetings
from backchannel.watches.news import News, Saved
from backchannel.watches.record import Destination, Item, Meeting, Watch, item_from, item_id, to_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one destination is told in a run."""

    destination: Destination
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of asking: ``batches`` to tell, ``asked`` watches and those of them that found nothing new."""

    batches: tuple[Batch, ...]
    asked: tuple[str, ...]
    quiet: tuple[str, ...]


def find(news: News, asked: Sequence[Saved]) -> Found:
    """Give what these watches are to tell to each of their destinations; what it was told before is left out."""
    told = {one.watch.name: news.of(one) for one in asked}
    batches = []
    loud: set[str] = set()
    for destination, sharing in destinations(asked).items():
        if destination.means == "calendar":
            items = _plans(news, destination)
        else:
            items = list(_fresh(news, destination, {name: told[name] for name in sharing}))
        loud.update(name for item in items for name in item.watches)
        if destination.means != "calendar":
            items += _summary(news, destination, sharing, items)
        if items:
            batches.append(Batch(destination=destination, items=tuple(items)))
    names = tuple(one.watch.name for one in asked)
    return Found(batches=tuple(batches), asked=names, quiet=tuple(name for name in names if name not in loud))


def destinations(asked: Iterable[Saved]) -> dict[Destination, list[str]]:
    """Give the names of the watches that tell to each destination; a private one is allowed where each allows it."""
    by_key: dict[str, list[tuple[Destination, str]]] = {}
    for one in asked:
        for to in one.watch.to:
            by_key.setdefault(to.key, []).append((to, one.watch.name))
    return {
        replace(pairs[0][0], allow_private=all(to.allow_private for to, _ in pairs)): [name for _, name in pairs]
        for pairs in by_key.values()
    }


def keep(news: News, found: Found) -> None:
    """Queue what was found; a run that is killed after this is taken up by the next."""
    parcels = [parcel for batch in found.batches for parcel in _parcels(batch)]
    news.store.watching.queue(parcels, asked=found.asked, seen=news.last, now=news.now)


def _fresh(news: News, destination: Destination, told: Mapping[str, Sequence[Item]]) -> Iterator[Item]:
    """Yield what a destination was not told yet, once, with all watches that found it.

    A new conversation or a change of status of which an alert tells as well is left to the alert.
    """
    finders: dict[str, list[str]] = {}
    items: dict[str, Item] = {}
    for name, found in told.items():
        for item in found:
            items.setdefault(item.id, item)
            finders.setdefault(item.id, []).append(name)
    known = news.store.watching.told(destination.key, items)
    fresh = {id: item for id, item in items.items() if id not in known}
    alerted = {(name, item.conversation) for id, item in fresh.items() if item.kind == "alert" for name in finders[id]}
    for id, item in sorted(fresh.items(), key=_by_day):
        by = finders[id]
        if item.kind in ("conversation", "status"):
            by = [name for name in by if (name, item.conversation) not in alerted]
        if by:
            yield replace(item, watches=tuple(sorted(by)))


def _plans(news: News, destination: Destination) -> list[Item]:
    """Give what is new in a calendar; every watch that tells to it counts, asked or not."""
    sharing = [one.watch for one in news.sharing if any(to.key == destination.key for to in one.watch.to)]
    kept = [item_from(one.record).meeting for one in news.store.watching.parcels(destination.key)]
    known: list[Meeting] = [one for one in kept if one is not None]
    conversations = {id: one for watch in sharing for id, one in news.conversations(watch).items()}
    firsts = [watch.since for watch in sharing]
    since = None if None in firsts else min((one for one in firsts if one is not None), default=None)
    on = None if news.days is None else news.days[1]
    found = meetings(conversations.values(), known, since=since, on=on, now=news.now)
    return [replace(item, watches=_finders(item, news, sharing)) for item in found]


def _finders(item: Item, news: News, sharing: Sequence[Watch]) -> tuple[str, ...]:
    found = [one.name for one in sharing if item.conversation in news.conversations(one)]
    return tuple(found or [one.name for one in sharing])


def _summary(news: News, destination: Destination, sharing: Sequence[str], items: Sequence[Item]) -> list[Item]:
    """Give how many watches found nothing new: beside what is new, and on a day without news once."""
    loud = {name for item in items for name in item.watches}
    quiet = sorted(name for name in sharing if name not in loud)
    if not quiet:
        return []
    at = news.now.isoformat(timespec="seconds")
    if not items and news.store.watching.told_since(destination.key, at[:10]):
        return []
    hangs_on = (destination.key, *([item.id for item in items] or [at[:10]]))
    return [of_summary(quiet, len(sharing), hangs_on, at)]


def _parcels(batch: Batch) -> Iterator[Parcel]:
    name = item_id("batch", batch.destination.key, *(item.id for item in batch.items))
    for item in batch.items:
        yield Parcel(
            destination=batch.destination.key,
            item=item.id,
            about=item.conversation,
            batch=name,
            record=to_record(item),
            queued=item.at,
        )


def _by_day(pair: tuple[str, Item]) -> tuple[str, str]:
    return pair[1].day or "", pair[0]
