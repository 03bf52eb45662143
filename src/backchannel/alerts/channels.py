"""Find new channels: two parties' first contact, or their first at such a privacy, over such a channel, at such a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from backchannel.alerts.chronicle import Life, Told, age, backing, independent
from backchannel.alerts.past import Pair, Past
from backchannel.alerts.record import Alert, alert_id
from backchannel.alerts.saying import what
from backchannel.analysis import phrases

ENOUGH: Final = 30
"""Conversations known before, below which a first contact says nothing: everything is a first."""
_FIRST: Final = "contact"
_LABELS: Final = {
    "secret": "contact kept from the public",
    "behind": "contact over a back channel or go-between",
    "summit": "summit",
}
_DONE: Final = ("occurred", "ongoing", "planned")
_RECENT: Final = 45
"""Days after a contact in which its report is news of it, and no look back."""
_REVEALED: Final = 730
"""The same where what comes out was kept from the public."""
_LEAST_BITS: Final = 3.0
_FEW: Final = 3


def new_channels(life: Life, on: date, before: Sequence[Told], fresh: Sequence[Told], past: Past) -> Iterator[Alert]:
    """Yield the firsts of a conversation's pairs on a day, by what was known before that day.

    Args:
        life: the conversation.
        on: the day.
        before: what had been told of it.
        fresh: what is told of it on that day.
        past: what was known of all others before that day.
    """
    if past.conversations < ENOUGH:
        return
    told = [one for one in fresh if one.claim.status in _DONE]
    old = {trait for one in before for trait in traits(one)}
    for pair in life.pairs(told):
        both = [one for one in told if one.actors() >= set(pair)]
        found = [trait for trait in _ORDER if any(trait in traits(one) for one in both)]
        first = next((trait for trait in found if trait not in old and _is_first(trait, pair, before, past)), None)
        if first is not None:
            named = [one for one in both if first in traits(one)]
            yield from _alert(life, on, pair, first, named, independent([*before, *fresh]), past)


_ORDER: Final = ("secret", "behind", "summit", _FIRST)


def traits(told: Told) -> set[str]:
    """Give what a claim tells of the kind of channel: its privacy, how it runs, its level; ``contact`` for any.

    What is only reported long after says nothing of a new channel.
    """
    found = set()
    days, claim = age(told), told.claim
    if days is None or days <= _REVEALED:
        found |= (
            {"secret"} if claim.privacy in ("secret", "undisclosed") and "privacy" not in claim.defaulted else set()
        )
        found |= {"behind"} if claim.channel in ("backchannel", "intermediary") else set()
    if days is None or days <= _RECENT:
        found |= {_FIRST} | ({"summit"} if claim.form == "summit" else set())
    return found


def _is_first(trait: str, pair: Pair, before: Sequence[Told], past: Past) -> bool:
    if trait == _FIRST:
        return not past.by_pair[pair] and not any(one.actors() >= set(pair) for one in before)
    return not past.traits[(trait, *pair)]


def _alert(
    life: Life, on: date, pair: Pair, trait: str, told: Sequence[Told], tellers: int, past: Past
) -> Iterator[Alert]:
    bits = past.partner_bits(*pair) if trait == _FIRST else past.trait_bits(trait, pair)
    if bits < _LEAST_BITS:
        return
    label = _LABELS.get(trait, "contact")
    thin = [name for actor, name in zip(pair, life.names(pair), strict=True) if past.by_actor[actor] < _FEW]
    yield Alert(
        id=alert_id("new_channel", *pair, trait),
        kind="new_channel",
        day=on.isoformat(),
        parties=pair,
        names=life.names(pair),
        headline=f"first {label} of the two known here: {what(told[0].claim)}",
        conversation=life.conversation.id,
        independent=tellers,
        surprise=round(bits, 2),
        priority=past.priority("new_channel", bits, pair, tellers),
        reasons=tuple(_reasons(life, pair, trait, bits, tellers, past)),
        backing=backing(told),
        thin=f"hardly anything was known of {' and '.join(thin)} before" if thin else None,
    )


def _reasons(life: Life, pair: Pair, trait: str, bits: float, tellers: int, past: Past) -> Iterator[str]:
    known = past.by_pair[pair]
    if known:
        yield f"{phrases.count(known, 'conversation')} of the two known before, none of this kind"
    else:
        yield "no conversation of the two known before"
    for actor, name in zip(pair, life.names(pair), strict=True):
        mine = phrases.count(past.by_actor[actor], "conversation")
        if trait == _FIRST:
            yield f"{name}: {mine} with {phrases.count(len(past.partners[actor]), 'partner')} before"
        else:
            yield f"{name}: {past.traits[trait, actor]} of this kind among {mine} before"
    yield f"surprise {bits:.1f} bits, by how often the two met others or talked so before"
    yield f"on {phrases.count(tellers, 'independent origin')}"
