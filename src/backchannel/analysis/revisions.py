"""Say in words what became of conversations: each change with its cause, each judgement with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from backchannel.analysis import phrases
from backchannel.conversations import decided
from backchannel.corrections import decides_field, in_force
from backchannel.records import UNKNOWN, Change, Judgement, When
from backchannel.store import Store

State = Literal["in force", "undone", "superseded", "skipped", "stale"]
_COUNTED: Final = (
    "claims",
    "origins",
    "denials",
    "reasons",
    "rests_on",
    "confidence",
    "status_history",
    "privacy_history",
)
_CALLED: Final[Mapping[str, str]] = {
    "admiralty": "letters",
    "alternatives": "rival values",
    "confidence": "signs of confidence",
    "independent": "independent origins",
    "reasons": "signs of one contact",
    "rests_on": "claims that repeat another",
    "score": "confidence",
}
"""Fields that a card calls otherwise."""
_SHOWN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a log: a change by a merge or a judgement by a person; ``state`` is that of a judgement.

    A judgement is ``skipped`` when a newer one contradicts it, ``stale`` when it has lost its claim.
    """

    at: datetime | None
    by: str
    what: str
    why: str | None
    state: State | None = None
    change: Change | None = None
    judgement: Judgement | None = None


def log(store: Store, conversation: str) -> list[Entry]:
    """Give all that became of one conversation, oldest first, and all that people decided about its claims and texts."""
    changes = list(store.history.changes(conversation=conversation))
    current = store.conversation(conversation)
    claims = set(current.claims) if current is not None else set()
    for change in changes:
        for one in change.fields:
            if one.field == "claims":
                claims.update(one.old or (), one.new or ())
    names = {conversation, *claims, *(claim.document for claim in store.claims(ids=claims))}
    caused = {id for change in changes for cause in change.causes if cause.kind == "judgements" for id in cause.what}
    told = [one for one in judged(store) if one.judgement is not None and _is_about(one.judgement, names, caused)]
    return sorted([*told, *(changed(one) for one in changes)], key=_time)


def judged(store: Store) -> list[Entry]:
    """Give every judgement that was ever made, oldest first, with what became of it."""
    made = list(store.judgements(superseded=True))
    decisions = store.decisions()
    stale = {one.id for one in decisions.stale}
    skipped = set(decided(decisions.judgements, store.history.homes()).skipped)
    standing = {one.id for one in in_force(made)}
    undone = {one.supersedes for one in made if one.kind == "unsure"}
    states: dict[str, State] = {}
    for one in made:
        if one.id in standing:
            states[one.id] = "stale" if one.id in stale else "skipped" if one.id in skipped else "in force"
        else:
            states[one.id] = "undone" if one.id in undone else "superseded"
    return [
        Entry(at=one.at, by=one.by, what=decision(one), why=one.reason, state=states[one.id], judgement=one)
        for one in made
    ]


def changed(change: Change) -> Entry:
    """Give a change as a line of a log."""
    return Entry(at=change.at, by="merge", what=told(change), why=cause(change), change=change)


def told(change: Change) -> str:
    """Give what a change did, in words."""
    others = ", ".join(_few(change.others))
    if change.kind == "changed":
        with_others = f"; claims exchanged with {others}" if change.others else ""
        return "changed: " + "; ".join(_difference(one.field, one.old, one.new) for one in change.fields) + with_others
    head = {"split": f"split from {others}", "merged": f"merged into {others}"}.get(change.kind, change.kind)
    came = change.kind in ("added", "split")
    return f"{head}: {_gist({one.field: one.new if came else one.old for one in change.fields})}"


def cause(change: Change) -> str:
    """Give why a conversation changed, in words."""
    return "; ".join(_cause(one.kind, one.what) for one in change.causes)


def decision(judgement: Judgement) -> str:
    """Give what a judgement says, in words."""
    if judgement.kind == "unsure" and judgement.supersedes is not None:
        return f"took back {judgement.supersedes}"
    if judgement.kind == "link" and judgement.other is not None:
        score = judgement.value.get("score") if isinstance(judgement.value, dict) else None
        surely = f", {score:.2f}" if score is not None else ""
        return f"linked: {judgement.target} in public and {judgement.other} in the record{surely}"
    if judgement.other is not None:
        return f"{judgement.kind}: {judgement.target} and {judgement.other}"
    if decides_field(judgement):
        did = "rejected" if judgement.kind == "reject" else f"corrected to {_value(judgement.field, judgement.value)}"
        return f"{judgement.field} of {judgement.target} {did}"
    return f"{judgement.kind}: {judgement.target}"


def _is_about(judgement: Judgement, names: set[str], caused: set[str]) -> bool:
    return judgement.target in names or judgement.other in names or judgement.id in caused


def _cause(kind: str, what: Sequence[str]) -> str:
    named = ", ".join(_few(what))
    if kind == "rules":
        return f"other rules of merging: {' → '.join(what)}"
    if kind == "documents":
        return f"new documents: {named}" if what else "other documents that came or changed"
    return f"{'read anew by' if kind == 'reading' else 'judgement'} {named}"


def _few(names: Sequence[str]) -> list[str]:
    return [*names[:_SHOWN], *([f"and {len(names) - _SHOWN} more"] if len(names) > _SHOWN else [])]


def _gist(fields: Mapping[str, Any]) -> str:
    """What a conversation is in short, from its fields as JSON."""
    where = fields.get("where")
    place = f", {where['text']}" if where else ""
    head = f"{_value('parties', fields.get('parties'))}: {fields.get('form') or 'contact'}{place}"
    parts = [head, _value("when", fields.get("when")), *(fields.get(name) or "" for name in ("privacy", "status"))]
    return ", ".join([*(part for part in parts if part), phrases.count(len(fields.get("claims") or ()), "claim")])


def _difference(field: str, old: Any, new: Any) -> str:
    """How a field differs; of long lists only what came and went."""
    name = _CALLED.get(field, field.replace("_", " "))
    if isinstance(new, bool):
        return name if new else f"no longer {name}"
    if field in _COUNTED:
        came, went = _without(new, old), _without(old, new)
        return f"{name} " + ", ".join(f"{sign}{number}" for sign, number in (("+", came), ("−", went)) if number)
    shown = (_value(field, old), _value(field, new))
    if field == "parties" and shown[0] == shown[1]:
        shown = (_detailed(old), _detailed(new))
    return f"{name} {shown[0]} → {shown[1]}"


def _detailed(parties: Sequence[Mapping[str, Any]]) -> str:
    """Parties with what may differ where their names do not: persons, role, how many origins name them."""
    return " – ".join(
        f"{p.get('name') or p['actor']} ({', '.join([*p['persons'], p['role'], phrases.count(p['origins'], 'origin')])})"
        for p in parties
    )


def _without(ones: Iterable[Any] | None, others: Iterable[Any] | None) -> int:
    left = _items(others)
    return sum(one not in left for one in _items(ones))


def _items(value: Iterable[Any] | None) -> list[Any]:
    return list(value.items()) if isinstance(value, Mapping) else list(value or ())


def _value(field: str | None, value: Any) -> str:
    """A value of a field, as JSON, in words."""
    if value is None or value == [] or value == {}:
        return "undated" if field == "when" else "none"
    if field == "when" and isinstance(value, Mapping):
        return phrases.interval(msgspec.convert(value, When))
    if field == "parties":
        return " – ".join(
            "a party not identified" if p["actor"] == UNKNOWN else p.get("name") or p["actor"] for p in value
        )
    if isinstance(value, Mapping):
        if "text" in value:
            return str(value["text"])
        return ", ".join(f"{key}: {_value(key, one)}" for key, one in value.items())
    if field == "flags":
        return "; ".join(phrases.flag(one) for one in value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one).replace("_", " ") for one in value)
    return str(value)


def _time(entry: Entry) -> tuple[str, bool, str]:
    at = entry.at.isoformat() if entry.at is not None else ""
    return at, entry.change is not None, entry.what
