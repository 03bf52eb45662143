"""The article that the project started from: the scores of contacts, and how much of each contact is told right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backchannel.evaluate.gold import Item
from backchannel.evaluate.pairing import agreement, by_item, from_gold, pair_up
from backchannel.records import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Counts of contacts.

    ``named`` are those whose gold names a state, organisation or other identified party, ``with_parties`` those of
    them that were found with exactly these; ``on_word`` are found with privacy and source class both right.
    """

    contacts: int
    found: int
    named: int
    with_parties: int
    on_word: int


def tell(items: Sequence[Item], claims: Iterable[Claim]) -> Told:
    """Count the contacts of ``items`` that ``claims`` tell right."""
    told = by_item(items, claims)
    found = named = with_parties = on_word = 0
    for item in items:
        named += sum(1 for claim in item.claims if claim.actors)
        for wanted, given in pair_up([from_gold(item, claim) for claim in item.claims], told.get(item.id, [])):
            right = agreement(wanted, given)
            found += 1
            with_parties += bool(wanted.actors) and right["parties"]
            on_word += right["privacy"] and right["source_class"]
    total = sum(len(item.claims) for item in items)
    return Told(contacts=total, found=found, named=named, with_parties=with_parties, on_word=on_word)


def show(told: Told) -> str:
    """Give the counts as two lines."""
    return (
        "  contacts found with the right states or organisations where gold names any: "
        f"{told.with_parties} of {told.named}\n"
        f"  privacy and source class both right on {told.on_word} of {told.contacts}"
    )
