"""Find new channels: two parties' first contact, or their first at such a privacy, over such a channel, at such a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from backchannel.alerts.chronicle import REVEALED, Life, Told, backing, independent, is_news
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
_TOGETHER: Final = ("meeting", "summit", "negotiation", "mediation")
_LEAST_BITS: Final = 3.0
FEW: Final = 3
"""Conversations of a party known before, below which nothing can be said of it."""


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
    told = [one for one in fresh if one.claim.status in _DONE and one.is_plain]
    old, tellers = {trait for one in before for trait in traits(one)}, independent([*before, *fresh])
    firsts: dict[str, list[tuple[float, Pair, list[Told]]]] = {}
    for pair in life.pairs(told):
        both = [one for one in told if one.named() >= set(pair) and _is_of_pair(one, tellers)]
        found = [trait for trait in _ORDER if trait not in old and any(trait in traits(one) for one in both)]
        first = next((trait for trait in found if _is_first(trait, pair, before, past)), None)
        if first is not None and any(past.by_actor[actor] >= FEW for actor in pair):
            bits = past.partner_bits(*pair) if first == _FIRST else past.trait_bits(first, pair)
            named = [one for one in both if first in traits(one)]
            firsts.setdefault(first, []).append((bits * past.weight(pair), pair, named))
    for trait, pairs in firsts.items():
        pairs.sort(key=_heaviest)
        _, pair, named = pairs[0]
        others = [" – ".join(life.names(other)) for _, other, _ in pairs[1:]]
        yield from _alert(life, on, pair, trait, named, others, tellers, past)


_ORDER: Final = ("secret", "behind", "summit", _FIRST)


def traits(told: Told) -> set[str]:
    """Give what a claim tells of the kind of channel: its privacy, how it runs, its level; ``contact`` for any.

    What is only reported long after says nothing of a new channel.
    """
    found = set()
    claim = told.claim
    if is_news(told, within=REVEALED):
        found |= (
            {"secret"} if claim.privacy in ("secret", "undisclosed") and "privacy" not in claim.defaulted else set()
        )
        found |= {"behind"} if claim.channel in ("backchannel", "intermediary") else set()
    if is_news(told) and told.is_definite:
        found |= {_FIRST} | ({"summit"} if claim.form == "summit" else set())
    return found


def _is_of_pair(told: Told, tellers: int) -> bool:
    """Tell whether any two of the parties were in touch: of several, only where they met and two tellers tell it.

    A call to, or visit of, several is one of each by itself, and one that lists whom he met names no channel of these.
    """
    return len(told.actors()) == 2 or (told.claim.form in _TOGETHER and tellers > 1)


def _is_first(trait: str, pair: Pair, before: Sequence[Told], past: Past) -> bool:
    if trait == _FIRST:
        return not past.by_pair[pair] and not any(one.actors() >= set(pair) for one in before)
    return not past.traits[(trait, *pair)]


def _alert(
    life: Life,
    on: date,
    pair: Pair,
    trait: str,
    told: Sequence[Told],
    others: Sequence[str],
    tellers: int,
    past: Past,
) -> Iterator[Alert]:
    bits = past.partner_bits(*pair) if trait == _FIRST else past.trait_bits(trait, pair)
    if bits < _LEAST_BITS:
        return
    label = _LABELS.get(trait, "contact")
    thin = [name for actor, name in zip(pair, life.names(pair), strict=True) if past.by_actor[actor] < FEW]
    yield Alert(
        id=alert_id("new_channel", trait, told[0].claim.id),
        kind="new_channel",
        day=on.isoformat(),
        parties=pair,
        names=life.names(pair),
        headline=f"first {label} of the two known here: {what(told[0].claim)}",
        conversation=life.conversation.id,
        independent=tellers,
        surprise=round(bits, 2),
        priority=past.priority("new_channel", bits, pair, tellers),
        reasons=(*_reasons(life, pair, trait, bits, tellers, past), *(f"first for {one} too" for one in others)),
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


def _heaviest(first: tuple[float, Pair, list[Told]]) -> tuple[float, Pair]:
    return -first[0], first[1]
