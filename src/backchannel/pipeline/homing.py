"""Give the conversations of clusters their ids, where the homes of claims make others of them rivals for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from backchannel import conversations
from backchannel.conversations import Cluster
from backchannel.pipeline.telling import read
from backchannel.records import Conversation
from backchannel.store import Store


def homed(
    store: Store, clusters: list[Cluster], claims: set[str], *, whole: bool
) -> tuple[list[Conversation], set[str]]:
    """Give the conversations of clusters, and the ids of those in whose place they come.

    An untouched conversation with a claim at home where a touched one is at home is named anew with them, since an id
    goes to the one that has most claims at home there.

    Args:
        store: as it is before the merge.
        clusters: of all touched reports.
        claims: that are or were touched.
        whole: whether everything was touched.
    """
    if whole:
        names = conversations.assign(clusters, store.history.homes())
        return _assembled(names, clusters), set()
    among = set(store.merged.assignment("claim", claims).values())
    homes = store.merged.homes("claim", claims)
    rivals: dict[str, Cluster] = {}
    wanted = set(homes.values())
    while True:
        homes |= store.merged.homes("conversation", wanted)
        met = set(store.merged.assignment("claim", homes.keys() - claims).values()) - among - rivals.keys()
        names = conversations.assign([*clusters, *rivals.values()], homes)
        met |= set(store.merged.assignment("conversation", set(names)).values()) - among - rivals.keys()
        if not met:
            break
        rivals |= _clusters(store, met)
        mine = {one.id for name in met for one in rivals[name].reports}
        homes |= store.merged.homes("claim", mine)
        wanted = set(homes.values())
    made = _assembled(names[: len(clusters)], clusters)
    moved = dict(zip(rivals, names[len(clusters) :], strict=True))
    return [*made, *_renamed(store, moved)], among | {old for old, new in moved.items() if old != new}


def _assembled(names: Iterable[str], clusters: Iterable[Cluster]) -> list[Conversation]:
    return [conversations.assemble(name, one) for name, one in zip(names, clusters, strict=True)]


def _clusters(store: Store, names: set[str]) -> dict[str, Cluster]:
    """The reports of untouched conversations, by the conversation's id."""
    of = store.merged.assignment("conversation", names)
    found: defaultdict[str, list[conversations.Report]] = defaultdict(list)
    for row in store.merged.reports("claim", of):
        found[of[row.claim]].append(read(row))
    return {name: Cluster(reports=tuple(reports)) for name, reports in sorted(found.items())}


def _renamed(store: Store, moved: Mapping[str, str]) -> Iterator[Conversation]:
    """Untouched conversations that get another id, with all else as it was."""
    for old, new in moved.items():
        kept = store.conversation(old) if old != new else None
        if kept is not None:
            yield replace(kept, id=new)
