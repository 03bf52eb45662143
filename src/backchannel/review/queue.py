"""Order what is worth a person's look: pairs of claims joined or kept apart narrowly, and doubtful claims.

Priority = uncertainty x weight; ``data/review.yml`` defines both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from backchannel.conversations import Report, Weights
from backchannel.conversations.blocks import candidates, profiles
from backchannel.conversations.copies import pointed
from backchannel.conversations.features import explain, is_barred, points
from backchannel.conversations.profile import Profile
from backchannel.conversations.weights import probability
from backchannel.errors import VocabularyError
from backchannel.records import Conversation, Judgement, Reason
from backchannel.review.decisions import STANDS, decided
from backchannel.vocabulary import load

Kind = Literal["joined", "apart", "claim"]
_EVEN: Final = 0.5
_HIDDEN: Final = {"undisclosed", "secret"}
_WEIGHTS: Final = ("disputed", "hidden", "item", "origins", "reports")
_SETTINGS: Final = ("compared", "least")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question: are these two claims one contact, or does this claim stand?

    ``score`` is the probability that the program gives: of a pair, that it is one contact; of a claim, that it is
    right. ``stakes`` names what adds to ``weight``; ``reasons`` the signs that were weighed for a pair.
    """

    kind: Kind
    claims: tuple[str, ...]
    conversations: tuple[str, ...]
    score: float
    uncertainty: float
    weight: float
    stakes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def priority(self) -> float:
        """What the queue is ordered by, the highest first."""
        return round(self.uncertainty * self.weight, 4)

    def is_outvoted(self) -> bool:
        """True when the outcome goes against the pair's own score: their other reports decided it."""
        return self.kind != "claim" and (self.score > _EVEN) == (self.kind == "apart") and self.score != _EVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """The weights of ``data/review.yml`` by name, and what each means."""

    weights: Mapping[str, float]
    means: Mapping[str, str]
    least: float
    compared: int


@cache
def stakes() -> Stakes:
    """Give the weights of the queue that ship with the package.

    Raises:
        VocabularyError: the file lacks a weight or setting, or has an unknown one.
    """
    content = load("review.yml")
    found, settings = content.get("weights", {}), content.get("settings", {})
    faults = [f"weights: {', '.join(_WEIGHTS)} are needed, not {', '.join(sorted(found))}"] * (
        tuple(sorted(found)) != _WEIGHTS
    )
    faults += [f"settings: {', '.join(_SETTINGS)} are needed, not {', '.join(sorted(settings))}"] * (
        tuple(sorted(settings)) != _SETTINGS
    )
    if faults:
        raise VocabularyError("review.yml", faults)
    return Stakes(
        weights={name: entry["weight"] for name, entry in found.items()},
        means={name: entry["means"] for name, entry in found.items()},
        least=settings["least"],
        compared=settings["compared"],
    )


def queue(
    conversations: Sequence[Conversation],
    reports: Iterable[Report],
    judgements: Iterable[Judgement] = (),
    *,
    weights: Weights,
    stakes: Stakes,
    kinds: frozenset[Kind] = frozenset(("joined", "apart", "claim")),
) -> list[Item]:
    """Give the items that no judgement settles, the highest priority first, then by their claims.

    Of a conversation the weakest of the links that hold it together is asked, of two conversations the strongest of
    those that would join them: so a hundred copies make one question.

    Args:
        conversations: those in question.
        reports: of all their claims; others are left out.
        judgements: all that were made.
        weights: of merging.
        stakes: of the queue, ``stakes()`` for those that ship.
        kinds: of items that are wanted.
    """
    owner = {claim: one for one in conversations for claim in one.claims}
    known = sorted(pointed(one for one in reports if one.id in owner), key=_report_id)
    said = _settled(judgements)
    found: list[Item] = []
    if kinds & {"joined", "apart"}:
        named = frozenset().union(*(pair for pair in said if len(pair) == 2))
        nodes = profiles(known, named, weights)
        if "joined" in kinds:
            found += _joined(nodes, owner, weights, stakes)
        if "apart" in kinds:
            found += _apart(nodes, owner, weights, stakes)
    if "claim" in kinds:
        found += _claims(known, owner, stakes)
    open_ones = [one for one in found if frozenset(one.claims) not in said and one.uncertainty >= stakes.least]
    return sorted(open_ones, key=_first)


def paged(
    names: Iterable[tuple[str, ...]],
    reports: Iterable[Report],
    conversations: Iterable[Conversation],
    *,
    weights: Weights,
    stakes: Stakes,
) -> list[Item]:
    """Give items for claims and pairs that were chosen elsewhere, such as by a sheet, in the order given.

    Args:
        names: one claim's id each, or two.
        reports: of at least those claims.
        conversations: at least those that hold them; a claim that is in none stands for itself.
        weights: of merging.
        stakes: of the queue.
    """
    owner = {claim: one for one in conversations for claim in one.claims}
    known = {one.id: one for one in reports}
    found: list[Item] = []
    for ids in names:
        if len(ids) == 1 and ids[0] in known:
            found += _claims([known[ids[0]]], owner, stakes)
        elif len(ids) == 2 and all(one in known for one in ids):
            one, other = (profiles([known[name]], frozenset(ids), weights)[0] for name in ids)
            is_one = ids[0] in owner and owner[ids[0]] is owner.get(ids[1])
            found.append(_pair("joined" if is_one else "apart", one, other, owner, weights, stakes))
    return found


def uncertainty(points: float, threshold: float) -> float:
    """Give how near a score in hundredths of log-odds lies to the threshold: 1 at it, towards 0 away from it.

    >>> uncertainty(0, 0), uncertainty(300, 0), uncertainty(-300, 0)
    (1.0, 0.0949, 0.0949)
    """
    likely = 1.0 / (1.0 + math.exp(-(points - threshold) / 100))
    return round(1.0 - abs(2.0 * likely - 1.0), 4)


def weight(conversations: Sequence[Conversation], stakes: Stakes) -> tuple[float, tuple[str, ...]]:
    """Give what hangs on one or two conversations, and the names of what adds to it."""
    origins = sum(one.independent for one in conversations)
    reports = sum(len(one.claims) for one in conversations)
    amounts = {
        "item": 1.0,
        "disputed": float(any(one.disputed for one in conversations)),
        "hidden": float(any(one.privacy in _HIDDEN for one in conversations)),
        "origins": math.log2(max(origins, 1)),
        "reports": math.log2(max(reports, 1)),
    }
    shown = {
        "disputed": "disputed",
        "hidden": "hidden",
        "origins": f"{origins} independent origins",
        "reports": f"{reports} reports",
    }
    total = sum(stakes.weights[name] * amount for name, amount in amounts.items())
    return round(total, 4), tuple(shown[name] for name, amount in amounts.items() if amount and name != "item")


def _settled(judgements: Iterable[Judgement]) -> set[frozenset[str]]:
    """The pairs and the claims of which somebody has decided; a correction of one field leaves its claim open."""
    return {
        frozenset(name for name in (one.target, one.other) if name is not None)
        for one in decided(judgements)
        if one.kind != "link"
        if one.other is not None or one.field in (None, STANDS)
    }


def _joined(
    nodes: Sequence[Profile], owner: Mapping[str, Conversation], weights: Weights, stakes: Stakes
) -> Iterator[Item]:
    members: dict[str, list[Profile]] = {}
    for node in nodes:
        conversation = owner[node.ids[0]]
        members.setdefault(conversation.id, []).append(node)
    for group in members.values():
        link = _weakest(group[: stakes.compared], weights)
        if link is not None:
            yield _pair("joined", *link, owner, weights, stakes)


def _weakest(nodes: Sequence[Profile], weights: Weights) -> tuple[Profile, Profile] | None:
    """The weakest link of the strongest tree that spans the profiles, by Prim's way: where they would come apart."""
    if len(nodes) < 2:
        return None
    best = {place: (points(nodes[0], nodes[place], weights), 0) for place in range(1, len(nodes))}
    weakest: tuple[int, int, int] | None = None
    while best:
        place = max(best, key=lambda one: (best[one][0], -one))
        score, before = best.pop(place)
        if weakest is None or score < weakest[0]:
            weakest = (score, before, place)
        for other in best:
            best[other] = max(best[other], (points(nodes[place], nodes[other], weights), place), key=_score)
    return None if weakest is None else (nodes[weakest[1]], nodes[weakest[2]])


def _apart(
    nodes: Sequence[Profile], owner: Mapping[str, Conversation], weights: Weights, stakes: Stakes
) -> Iterator[Item]:
    best: dict[tuple[str, str], tuple[int, int, int]] = {}
    for a, b in candidates(nodes, _lenient(weights, stakes)):
        one, other = owner[nodes[a].ids[0]].id, owner[nodes[b].ids[0]].id
        if one == other or is_barred(nodes[a], nodes[b]):
            continue
        score = points(nodes[a], nodes[b], weights)
        key = (min(one, other), max(one, other))
        if key not in best or score > best[key][0]:
            best[key] = (score, a, b)
    for score, a, b in best.values():
        if uncertainty(score, weights.threshold) >= stakes.least:
            yield _pair("apart", nodes[a], nodes[b], owner, weights, stakes)


def _lenient(weights: Weights, stakes: Stakes) -> Weights:
    """The weights with a threshold so low that all pairs of which a person may be asked are compared."""
    reach = 100 * math.log((2 - stakes.least) / stakes.least)
    return replace(weights, threshold=weights.threshold - math.ceil(reach))


def _pair(
    kind: Kind,
    one: Profile,
    other: Profile,
    owner: Mapping[str, Conversation],
    weights: Weights,
    stakes: Stakes,
) -> Item:
    held = [owner[node.ids[0]] for node in (one, other) if node.ids[0] in owner]
    concerned = list({conversation.id: conversation for conversation in held}.values())
    heavy, named = weight(concerned, stakes)
    score = points(one, other, weights)
    return Item(
        kind=kind,
        claims=(one.ids[0], other.ids[0]),
        conversations=tuple(c.id for c in concerned),
        score=probability(score),
        uncertainty=uncertainty(score, weights.threshold),
        weight=heavy,
        stakes=named,
        reasons=tuple(explain(one, other, weights)),
    )


def _claims(reports: Iterable[Report], owner: Mapping[str, Conversation], stakes: Stakes) -> Iterator[Item]:
    for one in reports:
        concerned = [owner[one.id]] if one.id in owner else []
        heavy, named = weight(concerned, stakes)
        yield Item(
            kind="claim",
            claims=(one.id,),
            conversations=tuple(c.id for c in concerned),
            score=one.score,
            uncertainty=round(1.0 - one.score, 4),
            weight=heavy,
            stakes=named,
        )


def _score(link: tuple[int, int]) -> int:
    return link[0]


def _first(item: Item) -> tuple[float, tuple[str, ...]]:
    return -item.priority, item.claims


def _report_id(report: Report) -> str:
    return report.id
