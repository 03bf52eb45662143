"""How well the head of a record was read: day, place, participants, their sides, who they are, the marking."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from backchannel.evaluate.frus_gold import Someone, Told, plain
from backchannel.evaluate.shares import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmonic:
    """Precision, recall and their harmonic mean from counts."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        """Of those given, the share that is right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Of those wanted, the share that was given."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.right / (self.given + self.wanted) if self.given + self.wanted else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FrusScores:
    """All figures of the set; ``exact_set``: records whose participants are all there and no others.

    ``place`` is over the records whose markup names one, ``classification`` and ``handling`` over those whose source
    note has a marking, ``side`` over participants of records with two sides or more, ``marking`` both in one.
    ``same_person`` takes the ids as the set has them, ``same_person_joined`` those of its two lists as one.
    """

    date: Share
    place: Share
    place_all: Share
    participants: Harmonic
    exact_set: Share
    side: Share
    same_person: Harmonic
    same_person_joined: Harmonic
    classification: Share
    handling: Share
    marking: Share


Pair = tuple[Someone, Someone | None]


def score(gold: Sequence[Told], given: Sequence[Told]) -> FrusScores:
    """Give the figures of predictions against what the markup says, record by record in one order."""
    both = list(zip(gold, given, strict=True))
    matched = {one.id: list(match(one.participants, other.participants)) for one, other in both}
    listed = [(one, other) for one, other in both if one.participants]
    marked = [(one, other) for one, other in both if one.classification is not None]
    return FrusScores(
        date=_share(one.date == other.date for one, other in both),
        place=_share(is_place(one, other) for one, other in both if one.places),
        place_all=_share(is_place(one, other) for one, other in both),
        participants=Harmonic(
            right=sum(sum(found is not None for _, found in some) for some in matched.values()),
            given=sum(len(other.participants) for _, other in both),
            wanted=sum(len(one.participants) for one, _ in both),
        ),
        exact_set=_share(is_exact(one, other) for one, other in listed),
        side=_sides(matched.values()),
        same_person=same_person(pair for some in matched.values() for pair in some),
        same_person_joined=same_person(
            (replace(one, person=one.joined or one.person), found) for some in matched.values() for one, found in some
        ),
        classification=_share(one.classification == other.classification for one, other in marked),
        handling=_share(one.handling == other.handling for one, other in marked),
        marking=_share(
            one.classification == other.classification and one.handling == other.handling for one, other in marked
        ),
    )


def _share(right: Iterable[bool]) -> Share:
    every = list(right)
    return Share(right=sum(every), of=len(every))


def is_place(gold: Told, given: Told) -> bool:
    """Whether a place is equal to one of the gold or one contains the other; none is right where none is."""
    if not gold.places or not given.places:
        return not gold.places and not given.places
    return any(
        plain(one) in plain(other) or plain(other) in plain(one) for one in gold.places for other in given.places
    )


def is_exact(gold: Told, given: Told) -> bool:
    """Whether the same people are there, by the last words of their names."""
    return Counter(one.last for one in gold.participants) == Counter(one.last for one in given.participants)


def match(gold: Sequence[Someone], given: Sequence[Someone]) -> Iterator[Pair]:
    """Yield each of the gold with who was given for them, one to one by the last word of the name; namesakes in order."""
    left: defaultdict[str, list[Someone]] = defaultdict(list)
    for one in given:
        left[one.last].append(one)
    for one in gold:
        found = left[one.last]
        yield one, (found.pop(0) if found else None)


def _sides(records: Iterable[Sequence[Pair]]) -> Share:
    """Give the share of participants on the right side: our labels stand for the gold's as they best can, one to one."""
    right = total = 0
    for pairs in records:
        own = [(one.side, found.side) for one, found in pairs if found is not None]
        if len({one.side for one, _ in pairs}) < 2:
            continue
        total += len(own)
        right += sum(_best(Counter(own)).values())
    return Share(right=right, of=total)


def _best(counts: Mapping[tuple[str | None, str | None], int]) -> dict[tuple[str | None, str | None], int]:
    """Give the pairs of labels that stand for each other, the most frequent first."""
    kept: dict[tuple[str | None, str | None], int] = {}
    for pair, number in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))):
        if not any(pair[0] == gold or pair[1] == ours for gold, ours in kept):
            kept[pair] = number
    return kept


def same_person(pairs: Iterable[Pair]) -> Harmonic:
    """Give how well pairs of participants with a gold id are told to be one person or not, over the whole set.

    Somebody who was not found, or has no id of ours, is nobody else.
    """
    ids: list[tuple[str, str]] = []
    for number, (one, found) in enumerate(pairs):
        if one.person is not None:
            ids.append((one.person, (found.person if found is not None else None) or f"nobody {number}"))
    both = _pairs(Counter(ids).values())
    return Harmonic(
        right=both,
        given=_pairs(Counter(ours for _, ours in ids).values()),
        wanted=_pairs(Counter(gold for gold, _ in ids).values()),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)
