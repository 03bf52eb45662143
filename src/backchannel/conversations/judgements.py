"""Turn what people decided into links that merging must make and links that it may not make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backchannel.corrections import in_force
from backchannel.records import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Groups of claims that belong together, pairs that do not, claims that are rejected, all by id.

    ``skipped`` holds the ids of judgements that a newer one contradicts.
    """

    together: tuple[frozenset[str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[str] = frozenset()
    skipped: tuple[str, ...] = ()

    def named(self) -> frozenset[str]:
        """Every claim that a link names."""
        return frozenset().union(*self.together, *self.apart)


def decided(judgements: Iterable[Judgement], previous: Mapping[str, str]) -> Decided:
    """Give what the standing judgements ask; of two that contradict each other the newer holds.

    Args:
        judgements: all that were ever made; ``target`` and ``other`` name claims, or conversations of ``previous``.
        previous: conversation id by claim id, before this merge.
    """
    members: defaultdict[str, set[str]] = defaultdict(set)
    for claim, conversation in previous.items():
        members[conversation].add(claim)
    groups: dict[str, set[str]] = {}
    apart: set[tuple[str, str]] = set()
    skipped: list[str] = []
    rejected: set[str] = set()
    for judgement in in_force(judgements):
        ones = members.get(judgement.target, {judgement.target})
        others = members.get(judgement.other or "", {judgement.other or ""})
        if judgement.kind == "reject" and judgement.field is None:
            rejected |= ones
        elif judgement.kind == "same" and judgement.other is not None:
            joined = _joined(groups, ones | others)
            if any(a in joined and b in joined for a, b in apart):
                skipped.append(judgement.id)
            else:
                groups.update(dict.fromkeys(joined, joined))
        elif judgement.kind == "different" and judgement.other is not None:
            if any(groups.get(a) is not None and b in groups[a] for a in ones for b in others):
                skipped.append(judgement.id)
            else:
                apart |= {(min(a, b), max(a, b)) for a in ones for b in others if a != b}
    together = {frozenset(group) for group in groups.values()}
    return Decided(
        together=tuple(sorted(together, key=sorted)),
        apart=frozenset(apart),
        rejected=frozenset(rejected),
        skipped=tuple(skipped),
    )


def _joined(groups: Mapping[str, set[str]], claims: set[str]) -> set[str]:
    joined = set(claims)
    for claim in claims:
        joined |= groups.get(claim, set())
    return joined
