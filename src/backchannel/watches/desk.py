"""Save watches, list and remove them, and see how their destinations fare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from backchannel.actors import ActorTable
from backchannel.alerts import KINDS
from backchannel.analysis import naming, people, questions
from backchannel.errors import QueryError
from backchannel.store import Store
from backchannel.store.rows import bound
from backchannel.store.watching import Parcel
from backchannel.watches.destinations import shown
from backchannel.watches.news import Saved, known_days, saved
from backchannel.watches.record import Item, Watch, item_from, to_record

_NAME: Final = re.compile(r"[\w][\w.-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a destination fares: what waits for it, and why it could not be sent."""

    to: str
    waiting: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A watch as a list shows it: the question in words, when it was last asked (ISO), and its destinations."""

    name: str
    question: str
    ran: str | None
    destinations: tuple[Standing, ...]
    read: tuple[str, ...]
    since: str | None


def add(watch: Watch, store: Store) -> Watch:
    """Save a watch whose actors may be names, and give it as it is kept.

    Raises:
        QueryError: its name is taken or none, it has no destination, or an actor, issue, kind or date is unknown.
    """
    if not _NAME.fullmatch(watch.name):
        raise QueryError(f"{watch.name!r} is no name for a watch; use letters, digits, '-', '_' and '.', 64 at most")
    if not watch.to:
        raise QueryError("say where to tell what is new: --to FILE or ADDRESS")
    unknown = sorted(set(watch.alerts) - set(KINDS))
    if unknown:
        raise QueryError(f"no alert of kind {', '.join(unknown)}; known: {', '.join(KINDS)}")
    if watch.issue is not None:
        naming.issue(watch.issue)
    if watch.person is not None:
        people.keys(watch.person, store)
    days = known_days(store)
    names = questions.table(store) if watch.actors else None
    kept = replace(
        watch,
        actors=tuple(naming.actor(one, names) for one in watch.actors) if names is not None else (),
        since=bound(watch.since, last=False),
        horizon=None if days is None else days[1].isoformat(),
    )
    store.watching.add(kept.name, to_record(kept))
    return kept


def remove(name: str, store: Store) -> Watch:
    """Forget a watch, and what waits for destinations that no other watch has; gives what it was.

    Raises:
        QueryError: there is none of this name.
    """
    gone = chosen(store, [name])[0].watch
    shared = {to.key for one in every(store) if one.watch.name != name for to in one.watch.to}
    store.watching.remove(name, [to.key for to in gone.to if to.key not in shared])
    return gone


def every(store: Store) -> list[Saved]:
    """Give all watches, by name."""
    return [saved(one) for one in store.watching.all()]


def chosen(store: Store, names: Sequence[str]) -> list[Saved]:
    """Give the watches of these names, or all.

    Raises:
        QueryError: there is none of a name.
    """
    known = {one.watch.name: one for one in every(store)}
    missing = [name for name in names if name not in known]
    if missing:
        listed = f"known: {', '.join(known)}" if known else "there is none yet; make one with backchannel watch add"
        raise QueryError(f"no watch named {missing[0]!r}; {listed}")
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())


def listed(store: Store) -> list[Listed]:
    """Give all watches as a list shows them."""
    waiting = store.watching.waiting()
    watches = every(store)
    names = questions.table(store) if any(one.watch.actors for one in watches) else None
    found = []
    for one in watches:
        standing = [(shown(to), *waiting.get(to.key, (0, None))) for to in one.watch.to]
        found.append(
            Listed(
                name=one.watch.name,
                question=question(one.watch, names),
                ran=one.ran,
                destinations=tuple(Standing(to=to, waiting=count, error=why) for to, count, why in standing),
                read=one.watch.read,
                since=one.watch.since,
            )
        )
    return found


def question(watch: Watch, names: ActorTable | None = None) -> str:
    """Give what a watch asks for, in words.

    >>> question(Watch(name="gulf", actors=("USA", "IRN"), minimum_independent=2, made=""))
    'USA – IRN, at least 2 independent words'
    """
    called = [(names.name(one) if names is not None else None) or one for one in watch.actors]
    parts = [" – ".join(called)] if called else []
    parts += [f"on {watch.issue}"] if watch.issue is not None else []
    parts += [f"with {watch.person}"] if watch.person is not None else []
    parts += [f"alerts: {', '.join(watch.alerts)}"] if watch.alerts else []
    if watch.minimum_independent is not None:
        parts.append(f"at least {watch.minimum_independent} independent words")
    return ", ".join(parts) or "everything"


def made_at(now: datetime) -> str:
    """Give the time at which a watch is made, as it is kept."""
    return now.isoformat(timespec="seconds")


def last_told(store: Store, name: str, *, limit: int) -> list[Item]:
    """Give what a watch told last to any of its destinations, the latest first, each thing once."""
    watch = chosen(store, [name])[0].watch
    parcels = [parcel for to in watch.to for parcel in store.watching.parcels(to.key)]
    found: dict[str, Item] = {}
    for parcel in sorted(parcels, key=_number, reverse=True):
        item = item_from(parcel.record)
        if name in item.watches and item.kind != "summary" and len(found) < limit:
            found.setdefault(item.id, item)
    return list(found.values())


def _number(parcel: Parcel) -> int:
    return parcel.number
