"""Put copies of one text into a family, named after its earliest member."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backchannel.families.editions import Page, editions, page
from backchannel.families.leaves import Leaf, leaves
from backchannel.families.outlets import is_agency, outlet_key
from backchannel.families.signatures import containment, resemblance
from backchannel.records import Document

BAND = 3
"""Numbers of a signature in a band; texts that share a band are compared."""
OPENING_BAND = 4
_WINDOW = 8
_SAME_OUTLET = 0.7
_OTHER_OUTLET = 0.5
_SYNDICATED = 0.35
_CONTAINED = 0.7
_OPENING = 0.7
_COPY_DAYS = 30
_SHORT = 40
_SHORT_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The family of a leaf: ``id`` is its earliest member's, ``outlet`` who told it first, ``repeats`` whom it quotes.

    ``outlet`` is the credited agency, else a member that is an agency, else the earliest member's outlet; both names
    are as ``outlet_key`` gives them. ``home`` is the actor whose own account a member is, ``account`` the source of
    such a member: newspapers that print a readout print a party's word.
    """

    id: str
    outlet: str | None = None
    repeats: str | None = None
    home: str | None = None
    account: str | None = None


def families(documents: Iterable[Document]) -> dict[str, Family]:
    """Give the family of every document and passage, by leaf id; the order of the documents does not matter."""
    found: list[Leaf] = []
    pages: list[Page] = []
    for document in documents:
        own = list(leaves(document))
        found += own
        if own and own[0].id == document.id:
            pages.append(page(document, signature=own[0].signature))
    return group(found, together=editions(pages).items())


def group(leaves: Iterable[Leaf], *, together: Iterable[tuple[str, str]] = ()) -> dict[str, Family]:
    """Give the family of every leaf: candidates by bands of their signatures, then by likeness, outlets and dates.

    Texts of two outlets are copies when they resemble by 0.5, of one outlet by 0.7, with one agency's credit by 0.35,
    and when the shorter stands in the longer and both open alike; within thirty days (short texts two). One outlet's
    like texts of different days are its boilerplate, not copies.

    Args:
        leaves: of all documents, in any order.
        together: pairs of leaf ids that are of one family in any case, such as editions of one page.
    """
    known = {leaf.id: leaf for leaf in leaves}
    parent = {name: name for name in known}
    for one, other in sorted(together):
        if one in known and other in known:
            _join(parent, one, other)
    _join_by_band(parent, known.values(), "signature", BAND)
    _join_by_band(parent, known.values(), "opening", OPENING_BAND)
    members: defaultdict[str, list[Leaf]] = defaultdict(list)
    for name, leaf in known.items():
        members[_root(parent, name)].append(leaf)
    return {leaf.id: family for group in members.values() for leaf, family in _named(group)}


def _join_by_band(parent: dict[str, str], leaves: Iterable[Leaf], part: str, width: int) -> None:
    """Join the copies among leaves that share a band, one band at a time, so that memory stays small.

    Each leaf is compared with the few just before it in its bucket, so that a text copied often costs little.
    """
    dated = sorted(leaves, key=_age)
    sketches: list[array[int]] = [getattr(leaf, part) for leaf in dated]
    for start in range(0, max(map(len, sketches), default=0) - width + 1, width):
        buckets: defaultdict[bytes, list[int]] = defaultdict(list)
        for place, sketch in enumerate(sketches):
            if sketch:
                buckets[sketch[start : start + width].tobytes()].append(place)
        for bucket in buckets.values():
            if len(bucket) > 1:
                _join_bucket(parent, [dated[place] for place in bucket])


def _join_bucket(parent: dict[str, str], bucket: Sequence[Leaf]) -> None:
    for place, leaf in enumerate(bucket):
        for earlier in reversed(bucket[max(0, place - _WINDOW) : place]):
            if _root(parent, earlier.id) != _root(parent, leaf.id) and _are_copies(earlier, leaf):
                _join(parent, earlier.id, leaf.id)


def _named(group: list[Leaf]) -> Iterator[tuple[Leaf, Family]]:
    group.sort(key=_age)
    first = group[0]
    told = [outlet_key(leaf.outlet) for leaf in group if leaf.outlet is not None]
    credited = (leaf.agency for leaf in group if leaf.agency is not None)
    own = outlet_key(first.outlet) if first.outlet is not None else None
    outlet = next(credited, None) or next((name for name in told if is_agency(name)), None) or own
    repeats = next((leaf.repeats for leaf in group if leaf.repeats is not None and leaf.repeats != outlet), None)
    home = next((leaf.home for leaf in group if leaf.home is not None), None)
    account = next((leaf.account for leaf in group if leaf.account is not None), None)
    for leaf in group:
        yield leaf, Family(id=first.id, outlet=outlet, repeats=repeats, home=home, account=account)


def _are_copies(one: Leaf, other: Leaf) -> bool:
    gap = _gap(one, other)
    is_short = min(one.count, other.count) < _SHORT
    same = one.outlet is not None and one.outlet == other.outlet
    if gap > (_SHORT_DAYS if is_short else _COPY_DAYS) or (gap > 1 and same):
        return False
    alike = resemblance(one.signature, other.signature)
    shared = one.is_feed or other.is_feed or (one.agency is not None and one.agency == other.agency)
    least = _SYNDICATED if shared else _SAME_OUTLET if same or is_short else _OTHER_OUTLET
    if alike >= least:
        return True
    return (
        not is_short
        and (shared or not same)
        and containment(alike, one.count, other.count) >= _CONTAINED
        and resemblance(one.opening, other.opening) >= _OPENING
    )


def _gap(one: Leaf, other: Leaf) -> int:
    if one.published is None or other.published is None:
        return 0
    return abs((one.published - other.published).days)


def _age(leaf: Leaf) -> tuple[date, str]:
    return (leaf.published or date.max, leaf.id)


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _join(parent: dict[str, str], one: str, other: str) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low
