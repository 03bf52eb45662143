"""Say what a merge did to each conversation, and why: from the records before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import msgspec

from backchannel.records import Cause, Change, Conversation, FieldChange, Judgement

_SHORT: Final = ("parties", "form", "issues", "when", "where", "privacy", "status", "claims")
"""The fields that tell what a conversation is, kept where one comes or goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came since the last merge.

    ``documents`` gives the document of each claim of a document that came, ``readings`` the reader of each claim of
    one that was read anew; ``judgements`` are those made since, and those that they supersede, each naming current
    claims; ``rules`` are the versions before and now where they differ. ``reader`` reads at present.
    """

    documents: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    rules: tuple[str, ...] = ()
    reader: str = ""


def changes(
    gone: Iterable[Conversation], fresh: Iterable[Conversation], news: News, *, now: datetime | None
) -> Iterator[Change]:
    """Yield the change of each conversation, by id; one that is the same before and after has none.

    Args:
        gone: conversations as they were, at least all that differ now.
        fresh: conversations as they are, at least all that differed before.
        news: what the changes are explained by.
        now: the time of the merge.
    """
    flow = _Flow({one.id: one for one in gone}, {one.id: one for one in fresh})
    told: defaultdict[str, list[str]] = defaultdict(list)
    for judgement in news.judgements:
        for name in {judgement.target, judgement.other or judgement.target}:
            told[name].append(judgement.id)
    for name in sorted(flow.old.keys() | flow.new.keys()):
        before, after = flow.old.get(name), flow.new.get(name)
        if before != after:
            others = flow.others(name)
            yield Change(
                at=now,
                conversation=name,
                kind=_kind(before, after, bool(others)),
                fields=tuple(_fields(before, after)),
                others=others,
                causes=_causes(flow, (name, *others), told, news),
            )


class _Flow:
    """Which claims went from where to where."""

    def __init__(self, old: Mapping[str, Conversation], new: Mapping[str, Conversation]) -> None:
        self.old, self.new = old, new
        self._was = {claim: one.id for one in old.values() for claim in one.claims}
        self._is = {claim: one.id for one in new.values() for claim in one.claims}

    def others(self, name: str) -> tuple[str, ...]:
        """The conversations to or from which claims of this one went."""
        came = {self._was.get(claim, name) for claim in _claims(self.new.get(name))}
        went = {self._is.get(claim, name) for claim in _claims(self.old.get(name))}
        return tuple(sorted((came | went) - {name}))

    def scope(self, names: Sequence[str]) -> _Scope:
        """The conversations and their claims, before and now."""
        before = {claim for name in names for claim in _claims(self.old.get(name))}
        after = {claim for name in names for claim in _claims(self.new.get(name))}
        flagged = {
            flag.partition(":")[2] for name in names for flag in _flags(self.old.get(name)) ^ _flags(self.new.get(name))
        }
        return _Scope(names={*names, *before, *after, *flagged}, came=after, lost=before - self._is.keys())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """What a change is about: ``names`` of conversations, claims and documents now flagged or not; claims in and gone."""

    names: set[str]
    came: set[str]
    lost: set[str]


def _claims(conversation: Conversation | None) -> tuple[str, ...]:
    return conversation.claims if conversation is not None else ()


def _flags(conversation: Conversation | None) -> set[str]:
    return set(conversation.flags) if conversation is not None else set()


def _kind(before: Conversation | None, after: Conversation | None, has_others: bool) -> Any:
    if before is not None and after is not None:
        return "changed"
    if after is not None:
        return "split" if has_others else "added"
    return "merged" if has_others else "withdrawn"


def _fields(before: Conversation | None, after: Conversation | None) -> Iterator[FieldChange]:
    """The fields that differ; of a conversation that came or went those that tell in short what it is."""
    old: dict[str, Any] = msgspec.to_builtins(before) if before is not None else {}
    new: dict[str, Any] = msgspec.to_builtins(after) if after is not None else {}
    for name in [one for one in new if one != "id"] if old and new else _SHORT:
        if old.get(name) != new.get(name):
            yield FieldChange(field=name, old=old.get(name), new=new.get(name))


def _causes(flow: _Flow, names: Sequence[str], told: Mapping[str, Sequence[str]], news: News) -> tuple[Cause, ...]:
    """What explains the change of the first of ``names``: its own claims, else those of the others, else the rules."""
    found = tuple(_found(flow.scope(names[:1]), told, news)) or tuple(_found(flow.scope(names), told, news))
    unknown = Cause(kind="rules", what=news.rules) if news.rules else Cause(kind="documents")
    return found or (unknown,)


def _found(scope: _Scope, told: Mapping[str, Sequence[str]], news: News) -> Iterator[Cause]:
    """Judgements on what is in scope, and documents and readings that gave or took claims of it."""
    judged = {id for name in scope.names for id in told.get(name, ())}
    came = {news.documents[claim] for claim in scope.came if claim in news.documents}
    anew = {news.readings[claim] for claim in scope.came if claim in news.readings}
    if scope.lost - told.keys():
        anew.add(news.reader)
    if judged:
        yield Cause(kind="judgements", what=tuple(sorted(judged)))
    if came:
        yield Cause(kind="documents", what=tuple(sorted(came)))
    if anew:
        yield Cause(kind="reading", what=tuple(sorted(anew)))
