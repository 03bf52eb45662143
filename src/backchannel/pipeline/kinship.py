"""Keep the leaves of each document, and find whose family is another one since documents came or changed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from backchannel import families
from backchannel.families import Family, Leaf
from backchannel.store import Store
from backchannel.store.merged import KeptLeaf


@dataclass(slots=True, kw_only=True)
class Kinship:
    """The families by leaf, of all leaves or of those that were asked for; ``leaves`` are those to keep anew.

    ``documents`` are all that were looked at or whose family is another one now; ``gone`` are leaves that no document
    has any more.
    """

    families: Mapping[str, Family] = field(default_factory=dict)
    leaves: list[KeptLeaf] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


def of_all(store: Store) -> Kinship:
    """Give the families of all documents, made anew."""
    of = {leaf.id: (document.id, leaf) for document in store.documents() for leaf in families.leaves(document)}
    found = _grouped(store, {name: leaf for name, (_, leaf) in of.items()})
    kept = [_kept(document, leaf, found[leaf.id]) for document, leaf in of.values()]
    return Kinship(families=found, leaves=kept, documents={leaf.document for leaf in kept})


def of_changed(store: Store, documents: Iterable[str]) -> Kinship:
    """Give the families of documents that came or changed, and of all whose family changes with them."""
    touched = set(documents)
    if not touched:
        return Kinship()
    fresh = {leaf.id: (one.id, leaf) for one in store.documents(touched) for leaf in families.leaves(one)}
    before = {kept.leaf: kept for kept in store.merged.leaves()}
    others = {name: kept for name, kept in before.items() if kept.document not in touched}
    known = {name: _leaf(kept.record) for name, kept in others.items()}
    found = _grouped(store, known | {name: leaf for name, (_, leaf) in fresh.items()})
    changed = {kept.document for name, kept in others.items() if kept.family != _json(found[name])}
    leaves = [_kept(document, leaf, found[leaf.id]) for document, leaf in fresh.values()]
    leaves += [
        KeptLeaf(leaf=name, document=kept.document, record=kept.record, family=_json(found[name]))
        for name, kept in others.items()
        if kept.document in changed
    ]
    gone = before.keys() - found.keys()
    return Kinship(families=found, leaves=leaves, documents=touched | changed, gone=gone)


def of_kept(store: Store, documents: Iterable[str]) -> dict[str, Family]:
    """Give the families, by leaf, that documents had at the last merge."""
    kept = store.merged.leaves(documents)
    return {one.leaf: msgspec.json.decode(one.family, type=Family) for one in kept}


def _grouped(store: Store, leaves: Mapping[str, Leaf]) -> dict[str, Family]:
    """The families of all leaves; editions of one page are of one family."""
    pages = [families.page(one, signature=leaves[one.id].signature) for one in store.heads() if one.id in leaves]
    return families.group(leaves.values(), together=families.editions(pages).items())


def _kept(document: str, leaf: Leaf, family: Family) -> KeptLeaf:
    return KeptLeaf(leaf=leaf.id, document=document, record=_json(leaf), family=_json(family))


def _json(value: Leaf | Family) -> str:
    return msgspec.json.encode(value, enc_hook=_listed).decode()


def _listed(value: Any) -> Any:
    """An array as a list that begins with the code of its type."""
    return [value.typecode, *value] if isinstance(value, array) else value


def _leaf(text: str) -> Leaf:
    """The leaf, its arrays made of lists again."""
    values: dict[str, Any] = msgspec.json.decode(text)
    day = values.pop("published")
    told: dict[str, Any] = {
        name: array(one[0], one[1:]) if isinstance(one, list) else one for name, one in values.items()
    }
    return Leaf(**told, published=date.fromisoformat(day) if day is not None else None)
