"""Say in what two tellings of one point differ: numbers, dates, verbs of saying, negation, hedges, modals, lists, speakers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from backchannel import vocabulary
from backchannel.analysis import readouts_words as words
from backchannel.analysis.readouts_points import Point

What = Literal["numbers", "dates", "saying", "negation", "hedges", "modals", "list", "speaker", "actors", "quotation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """In what tellers differ: ``told`` gives, by teller, its words for it; a teller without any is left out."""

    what: What
    told: dict[str, tuple[str, ...]]


def differences(points: Mapping[str, Sequence[Point]], parties: frozenset[str]) -> tuple[Difference, ...]:
    """Give in what the tellings of one point differ, the gravest first.

    Args:
        points: by teller, what it says on the point.
        parties: of the contact; others that only one names are a difference.
    """
    checks: tuple[tuple[What, Callable[[Sequence[Point]], tuple[str, ...]], bool], ...] = (
        ("negation", _negation, True),
        ("numbers", _flat("numbers"), False),
        ("dates", _flat("dates"), False),
        ("speaker", _flat("speakers"), False),
        ("saying", _sayings, False),
        ("hedges", _flat("hedges"), True),
        ("modals", _flat("modals"), False),
        ("list", _lists, False),
        ("actors", _others(parties), False),
        ("quotation", _quoted, True),
    )
    found = []
    for what, taken, is_one_enough in checks:
        told = {who: taken(those) for who, those in points.items()}
        if _differ(what, list(told.values()), is_one_enough=is_one_enough):
            found.append(Difference(what=what, told={who: each for who, each in told.items() if each}))
    return tuple(found)


def _differ(what: What, told: Sequence[tuple[str, ...]], *, is_one_enough: bool) -> bool:
    """Numbers and dates differ where both give some; a negation or a hedge where one has it."""
    given = [frozenset(each) for each in told if each]
    if what in ("negation", "hedges", "quotation"):
        return 0 < len(given) < len(told)
    if len(given) < 2 and not is_one_enough:
        return False
    if what in ("saying", "modals", "speaker"):
        return not frozenset.intersection(*given)
    return len(set(given)) > 1


def _flat(field: str) -> Callable[[Sequence[Point]], tuple[str, ...]]:
    def taken(points: Sequence[Point]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for one in points for value in getattr(one, field)))

    return taken


def _others(parties: frozenset[str]) -> Callable[[Sequence[Point]], tuple[str, ...]]:
    def taken(points: Sequence[Point]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(actor for one in points for actor in one.actors if actor not in parties))

    return taken


def _negation(points: Sequence[Point]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_match(one.text) or "not" for one in points if one.is_negated))


def _match(text: str) -> str | None:
    found = words.words("negations").search(text)
    return None if found is None else found.group()


def _sayings(points: Sequence[Point]) -> tuple[str, ...]:
    """Give the verbs of saying by their classes; a class that is the same as another stands under that one's name."""
    labels = {one.id: one.label for one in words.sayings()}
    alike = {member: group[0] for group in vocabulary.load(words.FILE)["same"] for member in group}
    classes = {alike.get(each, each) for one in points for each in one.sayings}
    plain = {alike.get("says", "says")}
    return tuple(sorted(labels[each] for each in (classes - plain or classes)))


def _lists(points: Sequence[Point]) -> tuple[str, ...]:
    lengths = {one.items for one in points if one.items}
    return (str(max(lengths)),) if lengths else ()


def _quoted(points: Sequence[Point]) -> tuple[str, ...]:
    return ("quoted",) if any(one.is_quoted for one in points) else ()
