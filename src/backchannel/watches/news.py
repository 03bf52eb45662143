"""Find what is new for each watch: alerts, new conversations, changes of status, what stands no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

import msgspec

from backchannel import alerts
from backchannel.alerts import Alert
from backchannel.alerts.chronicle import known_on
from backchannel.analysis import naming, questions
from backchannel.records import Change, Conversation
from backchannel.store import Store
from backchannel.store.watching import Kept
from backchannel.watches.items import of_alert, of_conversation, of_gone, of_status
from backchannel.watches.record import Item, Watch, watch_from

_BACK: Final = 90
"""Days before the last document in which a watch that ran before still looks for alerts, since reports come late."""
_CAME: Final = ("added", "split")
_WENT: Final = ("merged", "withdrawn")


@dataclass(frozen=True, slots=True)
class Saved:
    """A watch with how far it has looked."""

    watch: Watch
    seen: int
    ran: str | None


def saved(kept: Kept) -> Saved:
    """Give a kept watch as a record."""
    return Saved(watch_from(kept.record), kept.seen, kept.ran)


@dataclass
class News:
    """What a store tells of watches at one moment; each question is asked once, when it is first needed.

    Args:
        store: where conversations are.
        watches: those that are asked.
        sharing: all there are, since several may share a calendar.
        now: the time of the run.
    """

    store: Store
    watches: Sequence[Saved]
    sharing: Sequence[Saved]
    now: datetime
    _found: dict[str, dict[str, Conversation]] = field(default_factory=dict)

    @cached_property
    def last(self) -> int:
        """The last change of any merge."""
        return self.store.watching.last_change()

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and last day on which a document became known."""
        return known_days(self.store)

    def conversations(self, watch: Watch) -> Mapping[str, Conversation]:
        """Give the conversations that a watch asks for, by id."""
        if watch.name not in self._found:
            asked = questions.Asked(
                actors=watch.actors,
                issue=watch.issue,
                person=watch.person,
                minimum_independent=watch.minimum_independent,
            )
            self._found[watch.name] = {one.id: one for one in questions.find(asked, self.store)}
        return self._found[watch.name]

    def of(self, one: Saved) -> list[Item]:
        """Give what is new for a watch, by day; what was told before may be among it, with the id that it had."""
        found = [of_alert(alert, self._at) for alert in self._alerts if self._is_wanted(alert, one)]
        if not one.watch.alerts:
            found += self._earlier(one.watch) if self._is_first(one) else self._changed(one)
        return sorted(found, key=_by_day)

    @property
    def _at(self) -> str:
        return self.now.isoformat(timespec="seconds")

    @cached_property
    def _alerts(self) -> tuple[Alert, ...]:
        firsts = [first for one in self.watches if (first := self._first(one)) is not None]
        if not firsts:
            return ()
        return alerts.of_store(self.store, since=min(firsts)).alerts

    def _first(self, one: Saved) -> date | None:
        """The first day whose alerts a watch is told."""
        if self.days is None:
            return None
        told = one.watch.since or one.watch.horizon
        first = self.days[0] if told is None else date.fromisoformat(told)
        return first if one.ran is None else max(first, self.days[1] - timedelta(days=_BACK))

    def _is_wanted(self, alert: Alert, one: Saved) -> bool:
        watch, first = one.watch, self._first(one)
        if first is None or alert.day < first.isoformat() or not set(watch.actors) <= set(alert.parties):
            return False
        if watch.alerts and alert.kind not in watch.alerts:
            return False
        if watch.minimum_independent is not None and alert.independent < watch.minimum_independent:
            return False
        if watch.issue is None and watch.person is None:
            return True
        return alert.conversation in self.conversations(watch)

    def _is_first(self, one: Saved) -> bool:
        return one.ran is None and one.watch.since is not None

    def _earlier(self, watch: Watch) -> Iterator[Item]:
        """Yield the conversations that were first reported since the day from which on a watch is told."""
        for one in self.conversations(watch).values():
            if _is_since(one, watch):
                yield of_conversation(one, self.store, self._at)

    def _changed(self, one: Saved) -> Iterator[Item]:
        """Yield what merges have changed since a watch was last asked."""
        told: dict[str, list[Change]] = {}
        for _, change in self.store.watching.changes(after=one.seen, up_to=self.last):
            told.setdefault(change.conversation, []).append(change)
        found = self.conversations(one.watch) if told else {}
        for id, changes in told.items():
            item = self._became(found.get(id), changes, one.watch)
            if item is not None:
                yield item

    def _became(self, now: Conversation | None, changes: Sequence[Change], watch: Watch) -> Item | None:
        if now is None:
            return self._gone(changes[-1], watch)
        was = None if changes[0].kind in _CAME else _before(now, changes)
        if was is None or not _fits(was, watch):
            return of_conversation(now, self.store, self._at) if _is_since(now, watch) else None
        if was.status == now.status:
            return None
        return of_status(now, was.status, changes[-1], self.store, self._at)

    def _gone(self, change: Change, watch: Watch) -> Item | None:
        """Give that a conversation stands no more, where a watch's destinations were told of it."""
        if change.kind not in _WENT or not any(
            self.store.watching.told_about(one.key, change.conversation) for one in watch.to
        ):
            return None
        into = ", ".join(change.others)
        return of_gone(change, f"now part of {into}" if into else "its reports were withdrawn", self._at)


def known_days(store: Store) -> tuple[date, date] | None:
    """Give the first and last day on which a document of a store became known."""
    days = [on for one in store.heads() if (on := known_on(one)) is not None]
    return (min(days), max(days)) if days else None


def _is_since(one: Conversation, watch: Watch) -> bool:
    return watch.since is None or (one.first_reported is not None and one.first_reported >= watch.since)


def _before(now: Conversation, changes: Sequence[Change]) -> Conversation:
    """Give a conversation as it was before these changes."""
    fields = msgspec.to_builtins(now)
    for change in reversed(changes):
        fields |= {one.field: one.old for one in change.fields}
    return msgspec.convert(fields, Conversation)


def _fits(one: Conversation, watch: Watch) -> bool:
    """Tell whether a watch already asked for a conversation as it was; persons and finer issues are not looked at."""
    if not set(watch.actors) <= {party.actor for party in one.parties}:
        return False
    if watch.issue is not None and naming.issue(watch.issue).root not in one.issues:
        return False
    return watch.minimum_independent is None or one.independent >= watch.minimum_independent


def _by_day(item: Item) -> tuple[str, str]:
    return item.day or "", item.id
