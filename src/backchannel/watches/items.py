"""Make items of what is new: of alerts, conversations, changes of status and conversations that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from backchannel.alerts import Alert, Backing, words
from backchannel.analysis import phrases, questions
from backchannel.analysis.citations import cite
from backchannel.records import UNKNOWN, Change, Claim, Conversation, Document
from backchannel.store import Store
from backchannel.watches.record import LABELS, Item, item_id

_SHOWN: Final = 3
"""Sentences that are told with a conversation."""


def of_alert(alert: Alert, at: str) -> Item:
    """Give an alert as an item."""
    return Item(
        id=item_id("alert", alert.id),
        kind="alert",
        label=words()[alert.kind].label,
        watches=(),
        at=at,
        day=alert.day,
        headline=": ".join(part for part in (" – ".join(alert.names), alert.headline) if part),
        parties=alert.parties,
        names=alert.names,
        conversation=alert.conversation,
        independent=alert.independent,
        surprise=alert.surprise,
        because=(*alert.reasons, *([f"thin: {alert.thin}"] if alert.thin is not None else [])),
        backing=alert.backing,
    )


def of_conversation(one: Conversation, store: Store, at: str) -> Item:
    """Give a conversation that is new as an item, with the sentences of its first reports."""
    return Item(
        id=item_id("conversation", one.id),
        kind="conversation",
        label=LABELS["conversation"],
        watches=(),
        at=at,
        day=one.first_reported,
        headline=_headline(one),
        parties=_parties(one),
        names=_names(one),
        conversation=one.id,
        independent=one.independent,
        now=one.status,
        because=(phrases.standing(one), phrases.witnesses(one)),
        backing=_backing(one, one.claims, store),
    )


def of_status(one: Conversation, was: str | None, change: Change, store: Store, at: str) -> Item:
    """Give the change of a conversation's status as an item, with the sentences that say so."""
    told = [step for step in one.status_history if step.status == one.status]
    turn = " → ".join("unknown" if step is None else phrases.STATUSES[step] for step in (was, one.status))  # type: ignore[index]  # statuses of the codebook
    made = "" if change.at is None else change.at.isoformat()
    return Item(
        id=item_id("status", one.id, str(was), str(one.status), made),
        kind="status",
        label=LABELS["status"],
        watches=(),
        at=at,
        day=told[-1].on if told else None,
        headline=f"{_headline(one)}: {turn}",
        parties=_parties(one),
        names=_names(one),
        conversation=one.id,
        independent=one.independent,
        was=was,
        now=one.status,
        because=(phrases.standing(one), phrases.witnesses(one)),
        backing=_backing(one, [step.claim for step in told], store),
    )


def of_gone(change: Change, why: str, at: str) -> Item:
    """Give that a conversation which was told is one no more, as an item."""
    made = "" if change.at is None else change.at.isoformat()
    parties = next((field.old for field in change.fields if field.field == "parties" and field.old), ())
    names = tuple(party.get("name") or party["actor"] for party in parties)
    return Item(
        id=item_id("gone", change.conversation, made),
        kind="gone",
        label=LABELS["gone"],
        watches=(),
        at=at,
        day=None,
        headline=f"{' – '.join(names) or 'a conversation'}: what was told as {change.conversation} stands no more",
        parties=tuple(party["actor"] for party in parties),
        names=names,
        conversation=change.conversation,
        because=(why,),
    )


def of_summary(quiet: Sequence[str], asked: int, hangs_on: Iterable[str], at: str) -> Item:
    """Give that these of all watches asked found nothing new, as an item."""
    return Item(
        id=item_id("summary", *hangs_on),
        kind="summary",
        label=LABELS["summary"],
        watches=tuple(quiet),
        at=at,
        day=at[:10],
        headline=on_watches(len(quiet), asked),
        because=(", ".join(quiet),),
    )


def on_watches(quiet: int, asked: int) -> str:
    """Give on how many watches nothing is new.

    >>> on_watches(14, 19), on_watches(0, 1)
    ('nothing new on 14 of 19 watches', 'something new on every watch')
    """
    if quiet == 0:
        return "something new on every watch"
    return f"nothing new on {quiet} of {asked} {'watch' if asked == 1 else 'watches'}"


def _headline(one: Conversation) -> str:
    return f"{phrases.parties(one, persons=False)}: {phrases.what(one)}, {phrases.interval(one.when)}"


def _parties(one: Conversation) -> tuple[str, ...]:
    return tuple(party.actor for party in one.parties if party.actor != UNKNOWN)


def _names(one: Conversation) -> tuple[str, ...]:
    return tuple(party.name or party.actor for party in one.parties if party.actor != UNKNOWN)


def _backing(one: Conversation, telling: Sequence[str], store: Store) -> tuple[Backing, ...]:
    """Give the earliest of these claims of a conversation, with where each stands."""
    claims, documents = questions.reports([one], store)
    known = [(claims[id], documents[claims[id].document]) for id in dict.fromkeys(telling) if id in claims]
    found = sorted((_quoted(claim, document) for claim, document in known), key=_by_day)
    return tuple(found[:_SHOWN])


def _quoted(claim: Claim, document: Document) -> Backing:
    return Backing(
        claim=claim.id,
        document=document.id,
        quotation=None if claim.sentence is None else " ".join(claim.sentence.text.split()),
        citation=cite(document, claim),
        on="" if document.published is None else document.published.isoformat(),
    )


def _by_day(one: Backing) -> tuple[str, str]:
    return one.on or "9999", one.claim
