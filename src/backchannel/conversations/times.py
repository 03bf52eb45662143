"""Compare the days that two reports tell or were published on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from backchannel.conversations.profile import Profile, goes_on

TO_COME: Final = {"planned", "proposed", "postponed", "hypothetical"}
_A_TALK: Final = timedelta(hours=2)
"""How long a talk is taken to last whose record prints its beginning only."""
_OPEN_TIME: Final = {"cancelled", "refused", "denied"}


def time_sign(one: Profile, other: Profile) -> str | None:
    """Give how the days of two reports lie to each other; nothing where one goes on about the other without a day."""
    if goes_on(one, other) and (one.told is None or other.told is None):
        return None
    if one.told is not None and other.told is not None:
        return both_told(one.told, other.told)
    if one.told is not None:
        return _told_and_published(one.told, other)
    if other.told is not None:
        return _told_and_published(other.told, one)
    return _both_published(one, other)


def both_told(one: tuple[int, int, str], other: tuple[int, int, str]) -> str:
    """Give how two told spans (first and last day, precision) lie to each other."""
    gap = max(one[0], other[0]) - min(one[1], other[1])
    if gap <= 0:
        coarsest = {one[2], other[2]}
        if coarsest != {"day"}:
            return "time.same_year" if "year" in coarsest else "time.same_month"
        return "time.same_day" if one[:2] == other[:2] else "time.same_days"
    return "time.next_day" if gap == 1 else "time.other_day"


def _told_and_published(told: tuple[int, int, str], other: Profile) -> str:
    if other.published is None:
        return "time.undated"
    late = max(other.published - told[1], 0) + min(other.published - told[0], 0)
    if other.status in TO_COME:
        return "time." + _announced(late)
    if late < 0 and other.status in _OPEN_TIME:
        return "time." + _announced(late)
    if late < 0:
        return "time.reported_eve" if late == -1 else "time.reported_before"
    if told[2] == "day":
        return "time." + _later(late)
    return "time.reported_later" if late else f"time.same_{told[2]}"


def _announced(late: int) -> str:
    if late > 0:
        return "announced_after"
    steps = ((-1, "announced_eve"), (-7, "announced"))
    return next((name for limit, name in steps if late >= limit), "announced_early")


def _later(days: int) -> str:
    steps = ((0, "reported_that_day"), (1, "reported_next_day"), (3, "reported_days_later"), (7, "reported_that_week"))
    return next((name for limit, name in steps if days <= limit), "reported_later")


def _both_published(one: Profile, other: Profile) -> str:
    if one.published is None or other.published is None:
        return "time.undated"
    first, second = sorted((one, other), key=_planned_first)
    if first.status in TO_COME and second.status not in TO_COME:
        wait = (second.published or 0) - (first.published or 0)
        if wait < 0:
            return "time.plan_after_report"
        if wait > 0:
            return "time." + (
                "plan_then_report" if wait <= 2 else "plan_week_before" if wait <= 7 else "published_far_apart"
            )
    gap = abs(one.published - other.published)
    if gap and gap <= 7 and one.status == other.status == "ongoing":
        return "time.running"
    steps = ((0, "same_day"), (1, "next_day"), (3, "days_apart"), (7, "week_apart"))
    return "time.published_" + next((name for limit, name in steps if gap <= limit), "far_apart")


def _planned_first(one: Profile) -> bool:
    return one.status not in TO_COME


def at_other_hours(one: Profile, other: Profile) -> bool:
    """True when two records print hours that cannot be one talk's: two sessions of a day are two conversations."""
    if one.hours is None or other.hours is None:
        return False
    (a, b), (c, d) = _lasting(*one.hours), _lasting(*other.hours)
    return b <= c or d <= a


def _lasting(start: str, end: str | None) -> tuple[datetime, datetime]:
    begun = datetime.fromisoformat(start)
    return begun, datetime.fromisoformat(end) if end is not None and "T" in end else begun + _A_TALK
