"""Draw a stratified random sample of the store's own claims, and find it again."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from backchannel.errors import QueryError
from backchannel.store import SlimClaim, Store

By = Literal["form", "privacy", "source_class", "status", "channel", "source", "kind"]
STRATA: Final[tuple[str, ...]] = get_args(By)
_KEY: Final = "validate"
_NONE: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Claims drawn by stratum: ``sizes`` of the strata in the store when it was drawn, ``strata`` by claim's id."""

    by: str
    asked: int
    seed: int
    sizes: Mapping[str, int]
    strata: Mapping[str, str]

    def drawn(self) -> dict[str, int]:
        """Give how many claims of each stratum were drawn."""
        return {name: sum(one == name for one in self.strata.values()) for name in self.sizes}


def draw(claims: Iterable[SlimClaim], *, by: str, n: int, seed: int) -> Sample:
    """Give a random sample of contacts that a sentence tells, in the order in which they are to be looked at.

    Half of the ``n`` claims are shared equally among the strata, half in proportion to their sizes, so that a rare
    stratum is not missed and a common one not guessed at; a stratum gives at most all it has. The same claims and seed
    give the same sample.

    Raises:
        QueryError: there is no such stratum, or no claim.
    """
    if by not in STRATA:
        raise QueryError(f"claims cannot be sampled by {by!r}; known: {', '.join(STRATA)}")
    members: defaultdict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.position is not None and (claim.kind == "contact" or by == "kind"):
            members[str(getattr(claim, by) or _NONE)].append(claim.id)
    if not members:
        raise QueryError("there is no claim to draw from; read documents first: backchannel read PATH")
    sizes = {name: len(members[name]) for name in sorted(members)}
    chance = random.Random(seed)
    strata = {
        claim: name
        for name, number in allot(sizes, n).items()
        for claim in chance.sample(sorted(members[name]), number)
    }
    order = sorted(strata)
    chance.shuffle(order)
    return Sample(by=by, asked=n, seed=seed, sizes=sizes, strata={claim: strata[claim] for claim in order})


def allot(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """Give how many to draw of each stratum: half equally, half by size, at most all of it.

    >>> allot({"call": 90, "meeting": 900, "summit": 2}, 100)
    {'call': 29, 'meeting': 69, 'summit': 2}
    """
    total = sum(sizes.values())
    left = min(n, total)
    found = dict.fromkeys(sizes, 0)
    wanted = {name: n * (0.5 / len(sizes) + 0.5 * size / total) for name, size in sizes.items()}
    while left:
        name = max((one for one in sizes if found[one] < sizes[one]), key=lambda one: (wanted[one] - found[one], one))
        found[name] += 1
        left -= 1
    return found


def kept(store: Store, *, by: str, n: int, seed: int) -> Sample:
    """Give the sample of this design: the one that was begun in this store, else a fresh one, which is kept.

    Raises:
        QueryError: there is no such stratum, or no claim.
    """
    key = f"{_KEY}.{by}.{n}.{seed}"
    found: Any = store.get_setting(key)
    if found is not None:
        return Sample(by=by, asked=n, seed=seed, sizes=found["sizes"], strata=dict(found["claims"]))
    made = draw(store.slim_claims(), by=by, n=n, seed=seed)
    store.set_setting(key, {"sizes": dict(made.sizes), "claims": [list(one) for one in made.strata.items()]})
    return made


def open_claims(sample: Sample, there: Iterable[str], labelled: Iterable[str]) -> Sequence[str]:
    """Give the claims of a sample that are still in the store and not yet looked at, in order."""
    known, done = set(there), set(labelled)
    return [claim for claim in sample.strata if claim in known and claim not in done]
