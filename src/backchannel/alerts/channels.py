"""Find new channels: two parties' first contact, or their first at such a privacy, over such a channel, at such a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backchannel.alerts.blocs import is_own
from backchannel.alerts.chronicle import REVEALED, Life, Told, backing, independent, is_news
from backchannel.alerts.foresight import Foreseen, Foresight
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


def new_channels(
    life: Life, on: date, before: Sequence[Told], fresh: Sequence[Told], past: Past, foresight: Foresight
) -> Iterator[Alert]:
    """Yield the firsts of a conversation's pairs on a day, by what was known before that day.

    Args:
        life: the conversation.
        on: the day.
        before: what had been told of it.
        fresh: what is told of it on that day.
        past: what was known of all others before that day.
        foresight: the contacts known before that day, and what they teach; shares stand in where they are too few.
    """
    if past.conversations < ENOUGH:
        return
    told = [one for one in fresh if one.claim.status in _DONE and one.is_plain]
    old, tellers = {trait for one in before for trait in traits(one)}, independent([*before, *fresh])
    firsts: dict[str, list[_First]] = {}
    for pair in (one for one in life.pairs(told) if not is_own(one)):
        both = [one for one in told if one.named() >= set(pair) and _is_of_pair(one, tellers)]
        found = [trait for trait in _ORDER if trait not in old and any(trait in traits(one) for one in both)]
        first = next((trait for trait in found if _is_first(trait, pair, on, before, past)), None)
        if first is not None and any(past.by_actor[actor] >= FEW for actor in pair):
            named = [one for one in both if first in traits(one)]
            foreseen = foresight.of(pair, _form(first, named[0]), on)
            firsts.setdefault(first, []).append(_rated(pair, first, named, foreseen, past))
    for rated in firsts.values():
        heaviest, *others = sorted(rated, key=_heaviest)
        yield from _alert(life, on, heaviest, [" – ".join(life.names(one.pair)) for one in others], tellers, past)


@dataclass(frozen=True, slots=True, kw_only=True)
class _First:
    """A pair's first with a trait: what tells it, how surprising it is and by what, and what that weighs."""

    pair: Pair
    trait: str
    told: list[Told]
    foreseen: Foreseen | None
    bits: float
    weight: float


def _rated(pair: Pair, trait: str, told: list[Told], foreseen: Foreseen | None, past: Past) -> _First:
    if foreseen is not None:
        bits = foreseen.bits
    else:
        bits = past.partner_bits(*pair) if trait == _FIRST else past.trait_bits(trait, pair)
    weight = bits * past.weight(pair)
    return _First(pair=pair, trait=trait, told=told, foreseen=foreseen, bits=bits, weight=weight)


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


def form(before: Sequence[Told], fresh: Sequence[Told]) -> str | None:
    """Give how a contact ran that first became known so with ``fresh``: by its rarest trait, else by its form."""
    old = {trait for one in before for trait in traits(one)}
    told = [one for one in fresh if one.claim.status in _DONE and one.is_plain]
    found = ((trait, one) for trait in _ORDER if trait not in old for one in told if trait in traits(one))
    return next((_form(trait, one) for trait, one in found), None)


def _form(trait: str, told: Told) -> str:
    return trait if trait != _FIRST else told.claim.form or _FIRST


def _is_of_pair(told: Told, tellers: int) -> bool:
    """Tell whether any two of the parties were in touch: of several, only where they met and two tellers tell it.

    A call to, or visit of, several is one of each by itself, and one that lists whom he met names no channel of these.
    """
    return len(told.actors()) == 2 or (told.claim.form in _TOGETHER and tellers > 1)


def _is_first(trait: str, pair: Pair, on: date, before: Sequence[Told], past: Past) -> bool:
    if trait == _FIRST:
        return not past.have_met(pair, on) and not any(one.actors() >= set(pair) for one in before)
    return not past.traits[(trait, *pair)]


def _alert(life: Life, on: date, first: _First, others: Sequence[str], tellers: int, past: Past) -> Iterator[Alert]:
    if first.bits < _LEAST_BITS:
        return
    pair, names = first.pair, life.names(first.pair)
    label = _LABELS.get(first.trait, "contact")
    thin = [name for actor, name in zip(pair, names, strict=True) if past.by_actor[actor] < FEW]
    yield Alert(
        id=alert_id("new_channel", first.trait, first.told[0].claim.id),
        kind="new_channel",
        day=on.isoformat(),
        parties=pair,
        names=names,
        headline=f"first {label} of the two known here: {what(first.told[0].claim)}",
        conversation=life.conversation.id,
        independent=tellers,
        surprise=round(first.bits, 2),
        priority=past.priority("new_channel", first.bits, pair, tellers),
        reasons=(*_reasons(life, first, tellers, past), *(f"first for {one} too" for one in others)),
        backing=backing(first.told),
        thin=f"hardly anything was known of {' and '.join(thin)} before" if thin else None,
    )


def _reasons(life: Life, first: _First, tellers: int, past: Past) -> Iterator[str]:
    pair, trait, names = first.pair, first.trait, life.names(first.pair)
    known = past.by_pair[pair]
    if known:
        yield f"{phrases.count(known, 'conversation')} of the two known before, none of this kind"
    else:
        yield "no conversation of the two known before"
    for actor, name in zip(pair, names, strict=True):
        mine = phrases.count(past.by_actor[actor], "conversation")
        if trait == _FIRST:
            yield f"{name}: {mine} with {phrases.count(len(past.partners[actor]), 'partner')} before"
        else:
            yield f"{name}: {past.traits[trait, actor]} of this kind among {mine} before"
    yield f"surprise {first.bits:.1f} bits, {_by(first, dict(zip(pair, names, strict=True)))}"
    yield f"on {phrases.count(tellers, 'independent origin')}"


def _by(first: _First, names: dict[str, str]) -> str:
    """Say by what a surprise was told."""
    told = first.foreseen
    if told is None:
        return "by how often the two met others or talked so before"
    other = next(name for actor, name in names.items() if actor != told.of)
    learnt = f"learnt from {told.contacts:,} contacts known before {phrases.day(told.until.isoformat())}"
    return (
        f"by the forecast model: one chance in {1 / told.chance:,.0f} of {other} as {names[told.of]}'s next; {learnt}"
    )


def _heaviest(first: _First) -> tuple[float, Pair]:
    return -first.weight, first.pair
