"""Find the turns in a conversation's life: held, called off, denied, told on the record, told by a second teller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backchannel.alerts.chronicle import RECENT, REVEALED, Life, Told, backing, independent, is_news
from backchannel.alerts.past import Past
from backchannel.alerts.record import Alert, Kind, alert_id
from backchannel.alerts.saying import tellers, what
from backchannel.analysis import phrases
from backchannel.records import AHEAD, HELD, UNKNOWN, StatusStep

_TALKS: Final = ("negotiation", "mediation", "visit", "summit")
_OUTCOMES: Final = (*HELD, "cancelled", "postponed", "refused")
_UNNAMED: Final = ("unnamed_official", "unnamed_insider", "collective")
_ON_RECORD: Final = ("named_person", "institution")
_NOT_TOLD: Final = ("denied", "hypothetical", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day in the life of a conversation: what had been told ``before`` it and what is told on it, ``fresh``."""

    life: Life
    on: date
    before: Sequence[Told]
    fresh: Sequence[Told]

    def steps(self) -> tuple[StatusStep | None, StatusStep | None]:
        """Give the status as told before the day and, where it was moved on the day, the new one."""
        day, fresh = self.on.isoformat(), {one.claim.id for one in self.fresh}
        history = [one for one in self.life.conversation.status_history if one.on is not None and one.on <= day]
        old = [one for one in history if one.on is not None and one.on < day]
        new = [one for one in history if one.on == day and one.claim in fresh]
        return (old[-1] if old else None), (new[-1] if new else None)

    def asserted(self) -> list[Told]:
        """Give what had been told before the day, but for denials and mere possibilities."""
        return [one for one in self.before if one.claim.status not in _NOT_TOLD]


def turns(moment: Moment, past: Past) -> Iterator[Alert]:
    """Yield the turns of a day, by what was known before it."""
    for find in (_status, _denial, _upgrade, _confirmation):
        yield from find(moment, past)


def remember(moment: Moment, past: Past) -> None:
    """Count the chances of a day, and what came of them."""
    if not moment.before:
        return
    old, new = moment.steps()
    if old is not None:
        past.take_step("status", old.status, after=None if new is None else new.status)
    for kind, find in _CHANCES:
        past.take_step(kind, "chance", after=kind if find(moment) else None)


def _status(moment: Moment, past: Past) -> Iterator[Alert]:
    old, new = moment.steps()
    if old is None or new is None or old.status not in AHEAD or new.status not in _OUTCOMES:
        return
    told = [one for one in moment.fresh if one.claim.id == new.claim and one.is_plain and is_news(one)]
    if not told or not _is_turn(told[0], new.status):
        return
    was, became = phrases.STATUSES[old.status], phrases.STATUSES[new.status]
    yield _alert(
        moment,
        past,
        kind="status",
        headline=f"{became}, {was} until now: {what(told[0].claim)}",
        bits=past.step_bits("status", old.status, new.status),
        told=told,
        reasons=(f"{was} as told {phrases.day(old.on)}", f"{became} as told by {tellers(told)}"),
    )


def _is_turn(told: Told, status: str) -> bool:
    """Tell whether it says what became of one contact; only talks can be under way, all else is or is not held."""
    return told.is_definite and (status != "ongoing" or told.claim.form in _TALKS)


def _denial(moment: Moment, past: Past) -> Iterator[Alert]:
    told = _denials(moment)
    if not told:
        return
    known = moment.asserted()
    done = [one for one in known if one.claim.status in HELD]
    had = phrases.count(independent(known), "independent origin")
    how = "as done" if done else "as planned or proposed"
    yield _alert(
        moment,
        past,
        kind="denial",
        headline=f"denied, told {how} until now: {what(known[0].claim)}",
        bits=past.step_bits("denial", "chance", "denial"),
        told=[*told, *known],
        reasons=(f"told before {how} on {had}", f"denied by {tellers(told)}"),
    )


def _upgrade(moment: Moment, past: Past) -> Iterator[Alert]:
    told = _on_record(moment)
    if not told:
        return
    known = moment.asserted()
    yield _alert(
        moment,
        past,
        kind="upgrade",
        headline=f"now on the record, so far from unnamed sources: {what(told[0].claim)}",
        bits=past.step_bits("upgrade", "chance", "upgrade"),
        told=[*told, *known],
        reasons=(f"so far told by {tellers(known)}", f"now told by {tellers(told)}"),
    )


def _confirmation(moment: Moment, past: Past) -> Iterator[Alert]:
    told = _second(moment)
    if not told:
        return
    known = moment.asserted()
    yield _alert(
        moment,
        past,
        kind="confirmation",
        headline=f"told by a second independent teller: {what(told[0].claim)}",
        bits=past.step_bits("confirmation", "chance", "confirmation"),
        told=[*told, *known],
        reasons=(f"first told {phrases.day(known[0].on.isoformat())} by {tellers(known)}", f"now by {tellers(told)}"),
    )


def _denials(moment: Moment) -> list[Told]:
    """Give fresh denials of what others had told; the first only."""
    if any(one.claim.status == "denied" for one in moment.before):
        return []
    others = {one.origin for one in moment.asserted()}
    return [one for one in moment.fresh if one.claim.status == "denied" and one.is_plain and others - {one.origin}]


def _on_record(moment: Moment) -> list[Told]:
    """Give what is now told on the record, where all that was told before came from unnamed sources."""
    known = [one for one in moment.asserted() if one.is_new]
    if not known or any(one.claim.voice.source_class not in _UNNAMED for one in known):
        return []
    told = [one for one in _affirming(moment) if is_news(one, within=REVEALED)]
    return [one for one in told if one.claim.voice.source_class in _ON_RECORD]


def _second(moment: Moment) -> list[Told]:
    """Give what the first other teller tells, of the same: a plan of a plan, a deed of a deed."""
    known = moment.asserted()
    origins = {one.origin for one in known}
    if len(origins) != 1 or independent(moment.before) != 1:
        return []
    done = known[-1].claim.status in HELD
    told = [one for one in _affirming(moment) if one.origin not in origins and _is_fresh(one, known[0])]
    return [one for one in told if (one.claim.status in HELD) == done]


def _is_fresh(told: Told, first: Told) -> bool:
    return is_news(told) and (told.on - first.on).days <= RECENT


def _affirming(moment: Moment) -> list[Told]:
    return [one for one in moment.fresh if one.is_new and one.is_plain and one.claim.status not in _NOT_TOLD]


_CHANCES: Final[tuple[tuple[Kind, Callable[[Moment], list[Told]]], ...]] = (
    ("denial", _denials),
    ("upgrade", _on_record),
    ("confirmation", _second),
)


def _alert(
    moment: Moment,
    past: Past,
    *,
    kind: Kind,
    headline: str,
    bits: float,
    told: Sequence[Told],
    reasons: tuple[str, ...],
) -> Alert:
    known = [*moment.before, *moment.fresh]
    actors = sorted(set().union(*(one.actors() for one in known))) or [UNKNOWN]
    tellers_known = independent(known)
    return Alert(
        id=alert_id(kind, told[0].claim.id),
        kind=kind,
        day=moment.on.isoformat(),
        parties=tuple(actors),
        names=moment.life.names(actors),
        headline=headline,
        conversation=moment.life.conversation.id,
        independent=tellers_known,
        surprise=round(bits, 2),
        priority=past.priority(kind, bits, actors, tellers_known),
        reasons=(*reasons, f"on {phrases.count(tellers_known, 'independent origin')} now"),
        backing=backing(told),
    )
