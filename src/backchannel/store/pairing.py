"""Pair the claims of a new reading with those of the last, so that a claim keeps its id while its values improve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backchannel.documents import claim_id
from backchannel.records import Claim, Span

_Fit = tuple[int, int, int, bool]


def carry_ids(earlier: Sequence[Claim], later: Sequence[Claim]) -> list[Claim]:
    """Give the later claims, each with the id of the earlier claim that it says anew.

    Claims of one kind and reader are paired by overlapping triggers, among those by the parties they share; what is left, by the
    same parties in overlapping sentences. A claim without a trigger (from a table) is paired by its id alone.

    Args:
        earlier: the current claims of the document.
        later: the claims of the new reading, in any order.

    Returns:
        The later claims in their order. One that is new keeps the id it was minted with, or gets the next free one
        when an earlier claim that lives on has it.
    """
    pairs = _pair(earlier, later)
    taken = {claim.id for claim in earlier} | {claim.id for claim in later}
    given = set(pairs.values())
    carried = []
    for index, claim in enumerate(later):
        number = pairs.get(index)
        if number is None and claim.id in given:
            number = _free(claim, taken)
            taken.add(number)
        carried.append(claim if number is None else replace(claim, id=number))
    return carried


def _pair(earlier: Sequence[Claim], later: Sequence[Claim]) -> dict[int, str]:
    """Give the earlier id for the place of each later claim that has one."""
    known = {(claim.id, claim.kind, claim.trigger, actors(claim)): claim.id for claim in earlier}
    pairs: dict[int, str] = {}
    for index, claim in enumerate(later):
        same = known.get((claim.id, claim.kind, claim.trigger, actors(claim)))
        if same is not None:
            pairs[index] = same
    used = set(pairs.values())
    open_claims = [(index, claim) for index, claim in enumerate(later) if index not in pairs]
    for index, number in _ranked([claim for claim in earlier if claim.id not in used], open_claims):
        if index not in pairs and number not in used:
            pairs[index] = number
            used.add(number)
    return pairs


def _ranked(earlier: Sequence[Claim], later: Iterable[tuple[int, Claim]]) -> list[tuple[int, str]]:
    """Give all pairs that could be one claim, the best fit first, ties by id."""
    fits = []
    for index, claim in later:
        for old in earlier:
            fit = _fit(old, claim)
            if fit is not None:
                fits.append((fit, old.id, claim.id, index))
    fits.sort(key=_worst_last)
    return [(index, number) for _, number, _, index in fits]


def _worst_last(entry: tuple[_Fit, str, str, int]) -> tuple[int, int, int, bool, str, str]:
    """Give the key that sorts a better fit before a worse one."""
    (rank, shared, overlap, same), old, new, _ = entry
    return (-rank, -shared, -overlap, not same, old, new)


def _fit(old: Claim, new: Claim) -> _Fit | None:
    """Give how well two claims fit as rank, shared parties, overlap in characters and same id; ``None`` for not."""
    if old.kind != new.kind or old.by != new.by:
        return None
    same = old.id == new.id
    if old.trigger is None or new.trigger is None:
        return (3, 0, 0, same) if same else None
    shared = len(set(actors(old)) & set(actors(new)))
    overlap = _overlap(old.trigger, new.trigger)
    if overlap > 0:
        return (2, shared, overlap, same)
    near = old.sentence is not None and new.sentence is not None and _overlap(old.sentence, new.sentence) > 0
    if near and shared > 0 and actors(old) == actors(new):
        return (1, shared, 0, same)
    return None


def _overlap(one: Span, other: Span) -> int:
    """Give how many characters two spans share; below 1 for none."""
    return min(one.end, other.end) - max(one.start, other.start)


def _free(claim: Claim, taken: set[str]) -> str:
    """Give the next id at the claim's trigger that no claim of its document has."""
    start = 0 if claim.trigger is None else claim.trigger.start
    ordinal = 1
    while (number := claim_id(claim.document, claim.kind, start, ordinal)) in taken:
        ordinal += 1
    return number


def actors(claim: Claim) -> tuple[str, ...]:
    """Give the actor ids of a claim's parties, sorted, each once."""
    return tuple(sorted({party.actor for party in claim.parties}))
