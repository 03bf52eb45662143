"""The watches of one store, for use from Python: ``db.watches``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from backchannel.alerts import Kind
from backchannel.store import Store
from backchannel.watches import desk
from backchannel.watches.credentials import load
from backchannel.watches.deliver import Outside
from backchannel.watches.desk import Listed
from backchannel.watches.destinations import destination
from backchannel.watches.record import Watch
from backchannel.watches.run import Orders, Report, look, run


@dataclass(frozen=True, slots=True)
class Book:
    """The watches of a store; iterate over it for all, each with how its destinations fare."""

    _store: Store

    def __iter__(self) -> Iterator[Listed]:
        return iter(desk.listed(self._store))

    def add(
        self,
        name: str,
        *to: str | Path,
        pair: tuple[str, str] | None = None,
        actor: str | None = None,
        issue: str | None = None,
        person: str | None = None,
        alerts: Sequence[Kind] = (),
        minimum_independent: int | None = None,
        since: date | str | None = None,
        read: Sequence[str] = (),
        allow_private: bool = False,
    ) -> Watch:
        """Save a question, and give it as it is kept.

        Args:
            name: what to call it.
            to: paths, addresses, ``webhook:NAME`` or ``mailto:ADDRESS``; at least one.
            pair: two parties of every answer, by id or name.
            actor: a party, by id or name.
            issue: of the conversations.
            person: somebody who was there.
            alerts: only alerts of these kinds; without, all alerts, new conversations and changes of status.
            minimum_independent: on at least so many independent words.
            since: from which day on things are told; without, only what comes from now on.
            read: paths and addresses to read before it is asked.
            allow_private: whether webhooks may lie inside a private network.

        Raises:
            QueryError: the name is taken, or an actor, issue, kind, date or destination is none.
        """
        watch = Watch(
            name=name,
            actors=(*(pair or ()), *([actor] if actor is not None else [])),
            issue=issue,
            person=person,
            alerts=tuple(alerts),
            minimum_independent=minimum_independent,
            since=None if since is None else str(since),
            read=tuple(read),
            to=tuple(destination(str(one), allow_private=allow_private) for one in to),
            made=desk.made_at(datetime.now(UTC)),
        )
        return desk.add(watch, self._store)

    def remove(self, name: str) -> Watch:
        """Forget a watch, and what waits for destinations that no other watch has; gives what it was.

        Raises:
            QueryError: there is none of this name.
        """
        return desk.remove(name, self._store)

    def run(self, *names: str, dry_run: bool = False, credentials: str | Path | None = None) -> Report:
        """Read, merge and deliver what is new for these watches, or all, once.

        Args:
            names: which; all by default.
            dry_run: whether to give only what would be told, with nothing read, kept or sent.
            credentials: the file with mail server and secrets; by default that of the user, and the environment.

        Raises:
            QueryError: there is no watch of a name.
            StoreLocked: another process runs the watches of this store.
            InputError: the file of credentials cannot be used.
        """
        known = load(os.environ, None if credentials is None else Path(credentials))
        outside = Outside(credentials=known, now=_now)
        return (look if dry_run else run)(self._store, Orders(names=names), outside)


def _now() -> datetime:
    return datetime.now(UTC)
