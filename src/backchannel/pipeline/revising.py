"""Say what a merge changes and why: keep how far the store had come at the last one, and see what came since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from backchannel import __version__, conversations
from backchannel.conversations import News
from backchannel.pipeline.ingest import READER
from backchannel.pipeline.rules import rules
from backchannel.records import Change, Conversation
from backchannel.store import Decisions, Place, Store

_KEY: Final = "run.merged"


class Revision:
    """One merge as seen from the one before: begun before claims are read, ``explain``, then ``remember``.

    Args:
        store: as it is before the merge.
        decisions: the judgements that the merge heeds.
        now: the time that changes are marked with.
    """

    def __init__(self, store: Store, decisions: Decisions, *, now: datetime | None) -> None:
        self._store, self._decisions, self._now = store, decisions, now
        self._place = store.history.place()
        self._rules = _rules(store)
        self._before: dict[str, Any] | None = store.get_setting(_KEY)

    def explain(self, gone: Sequence[Conversation], fresh: Sequence[Conversation]) -> Iterable[Change]:
        """Give the changes from the conversations that go to those that come."""
        return conversations.changes(gone, fresh, self._news(is_first=not gone), now=self._now) if gone or fresh else ()

    def remember(self) -> None:
        """Keep how far the store had come when this merge began."""
        made = list(self._decisions.made)
        kept = {
            "documents": self._place.documents,
            "claims": self._place.claims,
            "judgements": made,
            "rules": self._rules,
        }
        if kept != self._before:
            self._store.set_setting(_KEY, kept)

    def _news(self, *, is_first: bool) -> News:
        """What came since; where nothing is known of the last merge, only that the rules may be others."""
        before = self._before
        if before is None and not is_first:
            return News(rules=(self._rules,), reader=READER)
        since = Place(documents=before["documents"], claims=before["claims"]) if before is not None else Place()
        seen = set(before["judgements"]) if before is not None else set()
        came = list(self._store.history.newcomers(since))
        return News(
            documents={one.id: one.document for one in came if one.is_first},
            readings={one.id: one.reader or READER for one in came if not one.is_first},
            judgements=tuple(one for one in self._decisions.judgements if one.id not in seen),
            rules=(before["rules"], self._rules) if before is not None and before["rules"] != self._rules else (),
            reader=READER,
        )


def _rules(store: Store) -> str:
    """Give the version of the rules of merging: the program's, and the beginning of the digest of all that decides."""
    return f"backchannel {__version__}, rules {rules(store.user_actors())[:8]}"
