"""Gather the alerts of a period: replay what was told day by day, find what turned, rank it, keep to the budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from backchannel.alerts.channels import ENOUGH, form, new_channels, traits
from backchannel.alerts.chronicle import Life
from backchannel.alerts.courses import courses
from backchannel.alerts.foresight import Foresight
from backchannel.alerts.past import Pair, Past
from backchannel.alerts.record import Alert, Course, Found, Wanted
from backchannel.alerts.rhythms import feed, outage_words, rhythms
from backchannel.alerts.steps import Moment, remember, turns
from backchannel.analysis import phrases
from backchannel.records import Coverage

_FALSE_ALARMS: Final = 1.0
"""Silences, and spikes, a week that the past would have given, where no budget is asked for."""
_PART: Final = 5
"""The part of a budget that silences, and spikes, may take."""


def find(
    lives: Sequence[Life], coverage: Iterable[Coverage], wanted: Wanted, *, met: Mapping[Pair, date] | None = None
) -> Found:
    """Give the alerts wanted, each by what was known on its day, and what could not be judged.

    Args:
        lives: all conversations, by the day on which they became known (``chronicle.lives``).
        coverage: what each source gave on each day.
        wanted: which alerts.
        met: the earliest day by which tables have two together (``chronicle.met``).
    """
    days, past, foresight, found, unjudged = (
        list(coverage),
        Past(met=met or {}),
        Foresight(),
        list[Alert](),
        list[str](),
    )
    for on, day in groupby(_days(lives, wanted.until), key=_on):
        moments = [moment for _, moment in day]
        if on >= wanted.since:
            found += _once([one for moment in moments for one in _told(moment, past, foresight, wanted)])
            if past.conversations < ENOUGH and "new_channel" in wanted.kinds:
                unjudged.append(on.isoformat())
        for moment in moments:
            _remember(moment, past, foresight)
    missing = list(_young(unjudged))
    if {"silence", "spike"} & set(wanted.kinds):
        counted, words = _counted(lives, days, wanted, past)
        found, missing = found + counted, missing + words
    on_issue = {life.conversation.id for life in lives if wanted.issue in life.conversation.issues}
    kept = [one for one in found if _is_wanted(one, wanted) and (wanted.issue is None or one.conversation in on_issue)]
    alerts = tuple(_within(kept, wanted.budget))
    return Found(
        alerts=alerts,
        unjudged=tuple(missing),
        courses=_courses(alerts, lives, days, wanted),
        since=wanted.since.isoformat(),
        until=wanted.until.isoformat(),
    )


def _told(moment: Moment, past: Past, foresight: Foresight, wanted: Wanted) -> Iterator[Alert]:
    if "new_channel" in wanted.kinds:
        yield from new_channels(moment.life, moment.on, moment.before, moment.fresh, past, foresight)
    yield from turns(moment, past)


def _once(told: Iterable[Alert]) -> Iterator[Alert]:
    """Yield the alerts of a day, of several firsts of one pair and kind the weightiest alone."""
    seen = set()
    for one in sorted(told, key=_weight):
        first = (one.parties, one.headline.partition(":")[0]) if one.kind == "new_channel" else one.id
        if first not in seen:
            seen.add(first)
            yield one


def _remember(moment: Moment, past: Past, foresight: Foresight) -> None:
    remember(moment, past)
    pairs = moment.life.pairs(moment.fresh)
    if not moment.before:
        past.take(pairs)
    old = {trait for one in moment.before for trait in traits(one)}
    for trait in {trait for one in moment.fresh for trait in traits(one)} - old:
        past.take_trait(trait, pairs)
    told = form(moment.before, moment.fresh)
    if told is not None:
        foresight.take(moment.on, pairs, told)


def _counted(
    lives: Sequence[Life], coverage: list[Coverage], wanted: Wanted, past: Past
) -> tuple[list[Alert], list[str]]:
    if wanted.issue is not None:
        return [], ["Silences and spikes are of a pair, not of an issue, and were left out."]
    laid = feed(lives, coverage, since=wanted.since, until=wanted.until)
    if laid is None:
        return [], ["Silences and spikes not judged: nothing was reported in these days or the three years before."]
    names = {party.actor: party.name or party.actor for life in lives for party in life.conversation.parties}
    budget = _FALSE_ALARMS if wanted.budget is None else wanted.budget / _PART
    found, missing = rhythms(laid, names, past, since=wanted.since, until=wanted.until, budget=budget)
    return found, [*missing, *outage_words(laid, since=wanted.since)]


def _courses(
    alerts: Sequence[Alert], lives: Sequence[Life], coverage: Sequence[Coverage], wanted: Wanted
) -> tuple[Course, ...]:
    told = [one for one in alerts if one.kind in ("silence", "spike")]
    laid = feed(lives, coverage, since=wanted.since, until=wanted.until) if told and wanted.with_courses else None
    return () if laid is None else courses(laid, told, since=wanted.since, until=wanted.until)


def _days(lives: Iterable[Life], until: date) -> list[tuple[date, Moment]]:
    """Give every day of every life, by day."""
    found = [
        (on, Moment(life=life, on=on, before=before, fresh=fresh))
        for life in lives
        for on, before, fresh in life.days()
        if on <= until
    ]
    return sorted(found, key=_on)


def _is_wanted(alert: Alert, wanted: Wanted) -> bool:
    if alert.kind not in wanted.kinds or not set(wanted.actors) <= set(alert.parties):
        return False
    return wanted.minimum_independent is None or alert.independent >= wanted.minimum_independent


def _within(alerts: Iterable[Alert], budget: int | None) -> list[Alert]:
    """Give the weightiest alerts of each week from Monday to Sunday, by day and then the weightiest first."""
    by_week: defaultdict[date, list[Alert]] = defaultdict(list)
    for one in alerts:
        day = date.fromisoformat(one.day)
        by_week[day - timedelta(days=day.weekday())].append(one)
    kept = [one for week in by_week.values() for one in sorted(week, key=_weight)[:budget]]
    return sorted(kept, key=_by_day)


def _young(days: Sequence[str]) -> Iterator[str]:
    if days:
        told = phrases.day(days[0]) if len(days) == 1 else f"{phrases.day(days[0])} to {phrases.day(days[-1])}"
        yield f"New channels not judged, {told}: fewer than {ENOUGH} conversations were known before."


def _on(told: tuple[date, Moment]) -> date:
    return told[0]


def _weight(alert: Alert) -> tuple[float, str]:
    return -alert.priority, alert.id


def _by_day(alert: Alert) -> tuple[str, float, str]:
    return alert.day, -alert.priority, alert.id
