"""Find which reports are worth comparing: those that share a pair of parties and lie near in time."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from backchannel.conversations.features import points
from backchannel.conversations.profile import Profile, profile
from backchannel.conversations.reports import Report
from backchannel.conversations.threads import anchors
from backchannel.conversations.weights import Weights

Key = tuple[str, ...]


def profiles(reports: Iterable[Report], judged: frozenset[str], weights: Weights) -> list[Profile]:
    """Give the distinct profiles of reports, in order of their first id; a thousand copies become one.

    Reports that look alike are put together only where they would be linked anyway or one copies the other, never when
    a judgement names them, and never two of one sentence.
    """
    every = sorted(reports, key=_id)
    goes_on = anchors(every)
    alike: defaultdict[tuple[Profile, str, int], list[Report]] = defaultdict(list)
    seen: Counter[tuple[Profile, str, int]] = Counter()
    for one in every:
        columns = profile(one)
        mark, ordinal = "", 0
        told = one.copies if one.copies is not None and one.id not in judged else one
        if told.id in goes_on:
            columns, mark = _going_on(columns, goes_on[told.id]), told.id
        elif one.id in judged or points(columns, columns, weights) <= weights.threshold + weights.band:
            mark = told.id
        elif one.sentence is not None:
            ordinal = seen[columns, one.document, one.sentence]
            seen[columns, one.document, one.sentence] += 1
        alike[columns, mark, ordinal].append(one)
    return [_gathered(columns, members) for (columns, _, _), members in alike.items()]


def candidates(profiles: Sequence[Profile], weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions worth comparing, each once, the smaller first.

    A report that has no day meets only reports of its own document. ``UNKNOWN`` parties make no block.
    """
    yield from _threads(profiles)
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    of = [keys(one, weights) for one in profiles]
    for place, found in enumerate(of):
        for key in found:
            blocks[key].append(place)
    for key in sorted(blocks):
        members = blocks[key]
        pairs = itertools.combinations(members, 2) if key[0] == "document" else _near(members, profiles, weights)
        for a, b in pairs:
            if len(of[a]) == 1 or len(of[b]) == 1 or _first_common(of[a], of[b]) == key:
                yield (a, b) if a < b else (b, a)


def _threads(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of which one goes on about what the other tells, whatever parties it names."""
    place_of = (
        {i: place for place, one in enumerate(profiles) for i in one.ids}
        if any(one.anchors for one in profiles)
        else {}
    )
    for place, one in enumerate(profiles):
        for anchor in one.anchors:
            yield min(place, place_of[anchor]), max(place, place_of[anchor])


def _going_on(columns: Profile, anchor: Report) -> Profile:
    """The profile of a report that goes on about another: it tells of the same day where it tells none."""
    told = columns.told if columns.told is not None else profile(anchor).told
    return replace(columns, told=told, anchors=frozenset((anchor.id,)))


def keys(one: Profile, weights: Weights) -> list[Key]:
    """Give the blocks of a profile: its pairs of parties; the place for many; one party with its organisation."""
    if not one.parties:
        return []
    found: list[Key] = [("document", d) for d in sorted(one.documents)] if one.published is None else []
    parties = sorted(one.parties)
    if one.day() is None:
        return found
    if len(parties) > weights.many_parties:
        return [*found, ("place", one.country or one.place or "")]
    if len(parties) == 1:
        return [*found, ("party", parties[0], one.organisation or "")]
    return found + [("pair", a, b) for a, b in itertools.combinations(parties, 2)]


def _first_common(ones: list[Key], others: list[Key]) -> Key:
    """The first block that two profiles share, so that a pair in several is compared once."""
    return next(key for key in ones if key in others)


def _near(members: list[int], profiles: Sequence[Profile], weights: Weights) -> Iterator[tuple[int, int]]:
    """Pairs near in time, by a window over the days; a month or year also meets the days that it holds."""
    laid = sorted((profiles[m].day() or 0, profiles[m].ids[0], m) for m in members)
    days = [day for day, _, _ in laid]
    for here, (day, _, one) in enumerate(laid):
        reach = day + weights.far_days
        told = profiles[one].told
        if told is not None:
            reach = max(reach, told[1] + weights.near_days)
        crowd = here + 1 + weights.crowd
        near = bisect_right(days, day + weights.near_days)
        for there in range(here + 1, max(near, min(bisect_right(days, reach), crowd))):
            other = laid[there][2]
            if not _other_days(profiles[one], profiles[other]):
                yield one, other


def _other_days(one: Profile, other: Profile) -> bool:
    """True when both are told for a day, more than one apart: certain not to be linked by themselves."""
    if one.told is None or other.told is None:
        return False
    return max(one.told[0], other.told[0]) - min(one.told[1], other.told[1]) > 1


def _gathered(columns: Profile, members: list[Report]) -> Profile:
    return replace(
        columns,
        ids=tuple(m.id for m in members),
        documents=frozenset(m.document for m in members),
        families=frozenset(m.family for m in members if m.family is not None),
        sentences=frozenset((m.document, m.sentence) for m in members if m.sentence is not None),
    )


def _id(one: Report) -> str:
    return one.id
