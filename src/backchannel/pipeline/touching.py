"""Find what changed reports touch: all that hung together with them before, or may do so now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from backchannel.conversations import Bounds, Profile, Report, Weights, attracted, block_keys, plain, ties
from backchannel.pipeline.telling import Told, read
from backchannel.store import Store
from backchannel.store.merged import KeptReport, Spot


@dataclass(slots=True, kw_only=True)
class Touched:
    """What has to be clustered anew: the changed reports, and the ``rows`` of all that hangs together with them.

    ``met`` counts the reports that were looked at besides.
    """

    reports: dict[str, Report] = field(default_factory=dict)
    rows: dict[str, KeptReport] = field(default_factory=dict)
    met: int = 0


def touched(store: Store, told: Told, weights: Weights) -> Touched:
    """Give whole components: those in which the changed reports were, and those that attract them now."""
    nodes = _profiles(told.reports.values(), told)
    near = _near(store, told, nodes, weights)
    copied = {one.copies.id for one in told.reports.values() if one.copies is not None}
    rows_of = (told.before.values(), _attracting(store, told, near, weights), store.merged.reports("claim", copied))
    together = {row.component for rows in rows_of for row in rows}
    rows = {
        row.claim: row
        for row in store.merged.reports("component", (name for name in together if name is not None))
        if row.document not in told.documents
    }
    reports = {claim: read(row) for claim, row in rows.items()} | told.reports
    return Touched(reports=reports, rows=rows, met=len(near.keys() - rows.keys()))


def spots(told: Told, weights: Weights) -> Iterator[Spot]:
    """Yield where the changed reports lie, and what ties them to copies; what only its document finds lies nowhere."""
    yield from _spots(_profiles(told.reports.values(), told), Bounds(weights))
    for claim, row in told.rows.items():
        for key in ties(read(row, raw=True)):
            yield Spot(key=key, day=0, last=0, claim=claim, rich=False)


def _profiles(reports: Iterable[Report], told: Told) -> list[Profile]:
    return plain((one for one in reports if one.id not in told.links.rejected), told.goes_on)


def _spots(nodes: Iterable[Profile], bounds: Bounds) -> Iterator[Spot]:
    for one in nodes:
        day, rich = one.day(), bounds.is_rich(one)
        last = one.told[1] if one.told is not None else day
        for key in block_keys(one, bounds.weights):
            if key[0] != "document" and day is not None and last is not None:
                yield Spot(key="\x1f".join(key), day=day, last=last, claim=one.ids[0], rich=rich)


def _near(store: Store, told: Told, nodes: list[Profile], weights: Weights) -> dict[str, KeptReport]:
    """The kept reports that may attract the changed ones: near in a block, or in a text of their family."""
    kin = store.merged.kin(name for one in nodes for name in one.families)
    lying = store.merged.near(_spots(nodes, Bounds(weights)), near_days=weights.near_days, far_days=weights.far_days)
    found = (*store.merged.reports("claim", lying), *store.merged.reports("document", kin))
    return {row.claim: row for row in found if row.component is not None and row.document not in told.documents}


def _attracting(store: Store, told: Told, near: dict[str, KeptReport], weights: Weights) -> Iterator[KeptReport]:
    """Those of the near reports that attract a changed one."""
    reports = {claim: read(row) for claim, row in near.items()}
    anchors = {row.anchor for row in near.values() if row.anchor is not None}
    known = {row.claim: read(row) for row in store.merged.reports("claim", anchors)}
    goes_on = {claim: known[row.anchor] for claim, row in near.items() if row.anchor is not None}
    changed = {one.id: one for one in told.reports.values() if one.id not in told.links.rejected}
    nodes = plain((reports | changed).values(), goes_on | told.goes_on)
    for pair in attracted(nodes, weights, frozenset(changed)):
        for place in pair:
            if nodes[place].ids[0] in near:
                yield near[nodes[place].ids[0]]
