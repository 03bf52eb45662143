"""Find which reports are worth comparing: those that share a pair of parties and lie near enough in time.

Whether two reports are compared depends on these two alone, never on their neighbours, so that a report that comes
later changes nothing between others. What is left out could not be linked: the weights give for each relation in time
the most that all other signs can add (``Bounds``).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from backchannel.conversations.features import points, signs
from backchannel.conversations.profile import Profile, common, profile
from backchannel.conversations.reports import Report
from backchannel.conversations.threads import anchors
from backchannel.conversations.times import time_sign
from backchannel.conversations.weights import Weights

Key = tuple[str, ...]
_TEXT_KINDS: Final = ("document", "family", "sentence", "text", "leads")
"""The kinds of signs that lie in the text in which two reports stand, not in what they tell."""
_OUTSIDE: Final = frozenset((*_TEXT_KINDS, "parties", "time"))


def profiles(reports: Iterable[Report], judged: frozenset[str], weights: Weights) -> list[Profile]:
    """Give the distinct profiles of reports, in order of their first id; a thousand copies become one.

    Reports that look alike are put together only where they would be linked anyway or one copies the other, never when
    a judgement names them, never two of one sentence, and never without a day save a copy.
    """
    every = sorted(reports, key=_id)
    goes_on = anchors(every)
    tellers = [one if one.copies is None or one.id in judged else one.copies for one in every]
    columns = [_columns(one, goes_on.get(told.id)) for one, told in zip(every, tellers, strict=True)]
    counted = Counter(columns)
    alike: defaultdict[tuple[Profile, str, int], list[Report]] = defaultdict(list)
    seen: Counter[tuple[Profile, str, int]] = Counter()
    holds = {told: _holds(told, weights) for told, times in counted.items() if times > 1}
    for one, whose, told in zip(every, tellers, columns, strict=True):
        mark, ordinal = "", 0
        if one.id in judged or told.anchors or told.day() is None or not holds.get(told, False):
            mark = whose.id
        elif one.sentence is not None:
            ordinal = seen[told, one.document, one.sentence]
            seen[told, one.document, one.sentence] += 1
        alike[told, mark, ordinal].append(one)
    return [gathered(told, members) for (told, _, _), members in alike.items()]


def gathered(columns: Profile, members: Sequence[Report]) -> Profile:
    """Give the profile of reports that have the same columns, with the places in texts where they stand.

    What others copy comes first, so that copies do not decide between links of one score.
    """
    return replace(
        columns,
        ids=tuple(m.id for m in sorted(members, key=_originals_first)),
        documents=common(frozenset(m.document for m in members)),
        families=common(frozenset(m.family for m in members if m.family is not None)),
        sentences=frozenset((m.document, m.sentence) for m in members if m.sentence is not None),
    )


def plain(reports: Iterable[Report], goes_on: Mapping[str, Report]) -> list[Profile]:
    """Give the profile of each report by itself, in order of the ids; ``goes_on`` holds what each goes on about."""
    return [gathered(_columns(one, goes_on.get(one.id)), [one]) for one in sorted(reports, key=_id)]


def candidates(
    profiles: Sequence[Profile], weights: Weights, fresh: frozenset[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions worth comparing, each once, the smaller first.

    A report that has no day meets only reports of its own document. ``UNKNOWN`` parties make no block.

    Args:
        profiles: of all reports.
        weights: of the signs.
        fresh: ids of reports; only pairs with one of them are wanted. All pairs when ``None``.
    """
    yield from _threads(profiles)
    bounds = Bounds(weights)
    of = [keys(one, weights) for one in profiles]
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for place, found in enumerate(of):
        for key in found:
            blocks[key].append(place)
    for key in sorted(key for key, members in blocks.items() if len(members) > 1):
        moments = _moments(blocks[key], profiles, bounds, fresh)
        pairs = _anyhow(moments, bounds) if key[0] == "document" else _near(moments, profiles, bounds)
        for a, b in pairs:
            if len(of[a]) == 1 or len(of[b]) == 1 or _first_common(of[a], of[b]) == key:
                yield (a, b) if a < b else (b, a)


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


class Bounds:
    """The most that two reports can score before all their signs are looked at, by the table of weights."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        kinds: defaultdict[str, int] = defaultdict(int)
        for feature, value in weights.points.items():
            kind = feature.split(".")[0]
            kinds[kind] = max(kinds[kind], value)
        self.text = sum(kinds[kind] for kind in ("document", "family"))
        self._parties: dict[tuple[frozenset[str], ...], int] = {}
        self.far = weights.threshold - weights.start - kinds["parties"] - self._far()

    def between(self, one: Profile, other: Profile) -> int:
        """Give what the start, the parties and the time of two reports sum up to."""
        time = time_sign(one, other)
        return self.weights.start + self._of_parties(one, other) + (self.weights.points[time] if time else 0)

    def others(self, one: Profile) -> int:
        """Give the most that all other signs can add for a report, save the text it shares: what it shares with itself.

        Nothing resembles a report more than itself; what it does not tell cannot speak for it.
        """
        shared = (f for f in signs(one, one) if f.split(".")[0] not in _OUTSIDE)
        return sum(max(0, self.weights.points[f]) for f in shared)

    def is_rich(self, one: Profile) -> bool:
        """True when a report tells enough to be linked with one of other days than the near ones."""
        return self.others(one) > self.far

    def _of_parties(self, one: Profile, other: Profile) -> int:
        if one.anchors or other.anchors:
            return _parties(one, other, self.weights)
        key = (one.parties, other.parties, one.mediators, other.mediators)
        if key not in self._parties:
            self._parties[key] = _parties(one, other, self.weights)
        return self._parties[key]

    def _far(self) -> int:
        """The best weight of a relation in time of reports farther apart than the near days."""
        gap = self.weights.near_days + 1
        tried = itertools.product(_STATUSES, _STATUSES, (True, False), (True, False))
        pairs = [(_on(0, a, told), _on(gap, b, tells)) for a, b, told, tells in tried]
        found = {time_sign(one, other) for one, other in pairs}
        return max(self.weights.points[name] for name in found if name is not None)


_STATUSES: Final = (None, "occurred", "ongoing", "planned", "denied")


def _on(day: int, status: str | None, told: bool) -> Profile:
    """A profile of which only the time is known, to ask for the sign that two such bear."""
    return replace(
        _NOTHING, status=status, published=day + 1000, told=(day + 1000, day + 1000, "day") if told else None
    )


_NOTHING: Final = Profile(
    leads=False,
    outlet=None,
    parties=frozenset(),
    mediators=frozenset(),
    organisation=None,
    persons=(),
    form=None,
    status=None,
    told=None,
    published=None,
    place=None,
    country=None,
    issues=frozenset(),
    privacy=None,
    channel=None,
)


def _parties(one: Profile, other: Profile, weights: Weights) -> int:
    return sum(weights.points[f] for f in signs(one, other) if f.startswith("parties."))


@dataclass(slots=True)
class _Moment:
    """The reports of a block that have the same parties, time and status; ``tells`` what each tells besides."""

    one: Profile
    first: int
    last: int
    fresh: bool = False
    members: list[tuple[int, int]] = field(default_factory=list)

    def best(self) -> int:
        return max(tells for tells, _ in self.members)


def _moments(
    members: Iterable[int], profiles: Sequence[Profile], bounds: Bounds, fresh: frozenset[str] | None
) -> list[_Moment]:
    """Gather what lies alike in time, in order of the days."""
    found: dict[tuple[object, ...], _Moment] = {}
    for place in members:
        one = profiles[place]
        day = one.published if one.told is None else None
        key = (one.told, day, one.status, one.parties, one.mediators, one.anchors)
        if key not in found:
            first = one.day() or 0
            found[key] = _Moment(one, first, one.told[1] if one.told is not None else first)
        found[key].members.append((bounds.others(one), place))
        found[key].fresh |= fresh is None or not fresh.isdisjoint(one.ids)
    for moment in found.values():
        moment.members.sort(key=_tells_most)
    return sorted(found.values(), key=_first_day)


def _near(moments: list[_Moment], profiles: Sequence[Profile], bounds: Bounds) -> Iterator[tuple[int, int]]:
    """Pairs of a block near enough in time for all else that they tell; sharers of a text may lie farther apart."""
    weights = bounds.weights
    for one, other in _within(moments, weights.near_days):
        yield from _telling(one, other, bounds)
    rich = [moment for moment in moments if moment.best() > bounds.far]
    for one, other in _within(rich, weights.far_days):
        if other.first - one.last > weights.near_days:
            yield from _telling(one, other, bounds)
    for sharers in _sharing(moments, profiles):
        for one, other in _within(sharers, weights.far_days):
            yield from _telling(one, other, bounds, text=True)


def _anyhow(moments: list[_Moment], bounds: Bounds) -> Iterator[tuple[int, int]]:
    """Pairs of one document that bears no day, wherever they lie in time."""
    for place, one in enumerate(moments):
        for other in moments[place:]:
            if one.fresh or other.fresh:
                yield from _telling(one, other, bounds)
                yield from _telling(one, other, bounds, text=True)


def _within(moments: list[_Moment], days: int) -> Iterator[tuple[_Moment, _Moment]]:
    """Pairs of moments at most so many days apart, each with itself too; a month or year holds its days."""
    starts = [moment.first for moment in moments]
    for here, one in enumerate(moments):
        for there in range(here, bisect_right(starts, one.last + days)):
            if one.fresh or moments[there].fresh:
                yield one, moments[there]


def _telling(one: _Moment, other: _Moment, bounds: Bounds, *, text: bool = False) -> Iterator[tuple[int, int]]:
    """Pairs of two moments that tell enough to be linked; with ``text``, those that need a shared text for it."""
    needed = bounds.weights.threshold - bounds.between(one.one, other.one)
    least = needed - bounds.text if text else needed
    if one.members[0][0] <= least or other.members[0][0] <= least:
        return
    for place, (tells, a) in enumerate(one.members):
        if tells <= least:
            return
        for more, b in one.members[place + 1 :] if one is other else other.members:
            if more <= least:
                break
            if not text or min(tells, more) <= needed:
                yield a, b


def _sharing(moments: list[_Moment], profiles: Sequence[Profile]) -> Iterator[list[_Moment]]:
    """The moments of each document and family that stands at several places of a block."""
    of: defaultdict[str, list[tuple[_Moment, tuple[int, int]]]] = defaultdict(list)
    for moment in moments:
        for member in moment.members:
            one = profiles[member[1]]
            for text in one.documents | one.families:
                of[text].append((moment, member))
    for found in of.values():
        if len(found) > 1:
            yield _cut(found)


def _cut(found: Iterable[tuple[_Moment, tuple[int, int]]]) -> list[_Moment]:
    """Moments with only these of their members."""
    cut: dict[int, _Moment] = {}
    for moment, member in found:
        if id(moment) not in cut:
            cut[id(moment)] = _Moment(moment.one, moment.first, moment.last, moment.fresh)
        cut[id(moment)].members.append(member)
    return list(cut.values())


def _threads(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of which one goes on about what the other tells, or both about a third, whatever parties they name."""
    if not any(one.anchors for one in profiles):
        return
    place_of = {i: place for place, one in enumerate(profiles) for i in one.ids}
    of: defaultdict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(profiles):
        for anchor in one.anchors:
            of[anchor] |= {place, place_of[anchor]} if anchor in place_of else {place}
    for places in of.values():
        yield from itertools.combinations(sorted(places), 2)


def _columns(one: Report, anchor: Report | None) -> Profile:
    """The profile of a report; one that goes on about another tells of the same day where it tells none."""
    columns = profile(one)
    if anchor is None:
        return columns
    told = columns.told if columns.told is not None else profile(anchor).told
    return replace(columns, told=told, anchors=frozenset((anchor.id,)))


def _holds(columns: Profile, weights: Weights) -> bool:
    """True when reports that look so would be linked by that alone."""
    return points(columns, columns, weights) > weights.threshold + weights.band


def _first_common(ones: list[Key], others: list[Key]) -> Key:
    """The first block that two profiles share, so that a pair in several is compared once."""
    return next(key for key in ones if key in others)


def _first_day(moment: _Moment) -> int:
    return moment.first


def _tells_most(member: tuple[int, int]) -> tuple[int, int]:
    return (-member[0], member[1])


def _originals_first(one: Report) -> tuple[bool, str]:
    return (one.copies is not None, one.id)


def _id(one: Report) -> str:
    return one.id
