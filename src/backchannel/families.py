"""Group documents that carry the same text, and say which outlet each of them leans on.

Exact copies, near copies and syndicated copies form a family named after its earliest member. Each item of a digest
(``Document.meta["passages"]``: ``{"start", "end", "source", "url"}``) is a leaf of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import rensa

from backchannel.errors import VocabularyError
from backchannel.records import Document
from backchannel.vocabulary import load

PERMUTATIONS = 128
BANDS = 32
SHINGLE = 4
"""Words in a shingle; the signature holds ``PERMUTATIONS`` minima, read in ``BANDS`` bands of four."""

_SEED = 20230618
_NEAR = 0.7
_SYNDICATED = 0.4
_COPY_DAYS = 30
_SHORT = 40
_SHORT_DAYS = 2
_LEAD = 400
_WORD = r"(?:[A-Z](?:\.[A-Z])*\.(?=\s)|[A-Z](?:[\w&'’-]|\.(?=\w))*)"
"""A capitalised word; a full stop belongs to it inside an address or after initials, not where a sentence ends."""
_NAME = rf"{_WORD}(?:\s+(?:of\s+)?{_WORD}){{0,4}}"
_FIRST = re.compile(rf"\b(?:first|originally) reported (?:by|in) (?:the )?({_NAME})")
_FIRST_TO = re.compile(rf"\b(?:[Tt]he )?({_NAME}),? (?:first|originally) reported\b")
_QUOTES = (
    re.compile(rf"\b[Aa]ccording to (?:an? report (?:by|in) )?(?:the )?({_NAME})"),
    re.compile(rf"\b(?:as )?reported (?:by|in) (?:the )?({_NAME})"),
    re.compile(rf"\btold (?:the )?({_NAME})"),
    re.compile(rf"\b(?:[Tt]he )?({_NAME}) (?:has )?reported\b"),
)
_CREDIT = (
    re.compile(r"\A[^\n]{0,60}?\(([A-Z][\w .&-]{1,30})\)\s*(?:[-–—:]|\n)"),
    re.compile(r"\A([A-Z][A-Za-z .&-]{1,30})\s+[—–]\s"),
    re.compile(r"\(([A-Z][\w .&-]{1,30})\)\s*\Z"),
)
_TITLED = re.compile(r"^(?:the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What is kept of one document, or of one item of a digest, to find its copies; ``words`` counts its words."""

    id: str
    outlet: str | None
    published: date | None
    words: int
    signature: tuple[int, ...]
    agency: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The family of a leaf: ``id`` is its earliest member's, ``outlet`` who told it first, ``repeats`` whom it quotes.

    ``outlet`` is the credited agency, else the earliest member's outlet; both names are as ``outlet_key`` gives them.
    """

    id: str
    outlet: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class _Outlets:
    agencies: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


def outlet_key(name: str) -> str:
    """Give an outlet's name as compared: without article, address endings and case.

    >>> outlet_key("The Harbour Post"), outlet_key("harbourpost.example")
    ('harbour post', 'harbourpost.example')
    """
    return " ".join(_TITLED.sub("", name.strip()).rstrip(".'’").casefold().split())


def signature(text: str) -> tuple[int, ...]:
    """Give the MinHash signature of a text's word shingles, ``(PERMUTATIONS,)`` numbers; empty without words.

    Source:
        Broder 1997, resemblance by min-wise permutations, as ``rensa`` computes it.
    """
    words = _words(text)
    if not words:
        return ()
    size = min(SHINGLE, len(words))
    sketch = rensa.RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(sorted({" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}))
    return tuple(sketch.digest())


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Give the estimated Jaccard resemblance of two signatures in [0, 1]; 0 when one is empty."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def leaves(document: Document) -> Iterator[Leaf]:
    """Yield the document as a leaf, or each passage of a digest as one; a passage's id is ``passage_id``."""
    passages = document.meta.get("passages") or ()
    if not passages:
        yield _leaf(document.id, document.source, document.published, document.text)
    for number, passage in enumerate(passages):
        text = document.text[passage["start"] : passage["end"]]
        yield _leaf(passage_id(document.id, number), passage.get("source"), document.published, text)


def passage_id(document: str, number: int) -> str:
    """Give the leaf id of a digest's passage, counted from 0."""
    return f"{document}#{number}"


def passage_at(document: Document, start: int | None) -> tuple[str, str | None]:
    """Give the leaf id and the outlet of the text at offset ``start``: the passage that holds it, else the document."""
    found = _passage(document, start)
    return (
        (document.id, document.source) if found is None else (passage_id(document.id, found[0]), found[1].get("source"))
    )


def passage_start(document: Document, start: int | None) -> int:
    """Give the offset at which the text that holds ``start`` begins: its passage's, else 0."""
    found = _passage(document, start)
    return 0 if found is None else int(found[1]["start"])


def _passage(document: Document, start: int | None) -> tuple[int, dict[str, Any]] | None:
    for number, passage in enumerate(document.meta.get("passages") or ()):
        if start is not None and passage["start"] <= start < passage["end"]:
            return number, passage
    return None


def families(documents: Iterable[Document]) -> dict[str, Family]:
    """Give the family of every document and passage, by leaf id; the order of the documents does not matter."""
    return group(leaf for document in documents for leaf in leaves(document))


def group(leaves: Iterable[Leaf]) -> dict[str, Family]:
    """Give the family of every leaf: candidates by bands of their signatures, then by resemblance and date.

    A near copy resembles by 0.7, a copy with the same agency's credit by 0.4, within thirty days (short texts two).
    One outlet's like texts of different days are its boilerplate, not copies.
    """
    known = {leaf.id: leaf for leaf in leaves}
    parent = {name: name for name in known}
    for one, other in sorted(_candidates(known.values())):
        if _are_copies(known[one], known[other]):
            _join(parent, one, other)
    members: defaultdict[str, list[Leaf]] = defaultdict(list)
    for name, leaf in known.items():
        members[_root(parent, name)].append(leaf)
    return {leaf.id: family for group in members.values() for leaf, family in _named(group)}


def _named(group: list[Leaf]) -> Iterator[tuple[Leaf, Family]]:
    group.sort(key=_age)
    first = group[0]
    agency = next((leaf.agency for leaf in group if leaf.agency is not None), None)
    outlet = agency or (outlet_key(first.outlet) if first.outlet else None)
    repeats = next((leaf.repeats for leaf in group if leaf.repeats is not None and leaf.repeats != outlet), None)
    for leaf in group:
        yield leaf, Family(id=first.id, outlet=outlet, repeats=repeats)


def _leaf(name: str, outlet: str | None, published: date | None, text: str) -> Leaf:
    return Leaf(
        id=name,
        outlet=outlet,
        published=published,
        words=len(_words(text)),
        signature=signature(_uncredited(text)),
        agency=credit(text),
        repeats=repeated(text),
    )


def credit(text: str) -> str | None:
    """Give the agency that a text credits in its dateline or at its end, as ``outlet_key`` writes it.

    >>> credit("PORT ELM (Harbour Wire) - The envoys met."), credit("The envoys met on Monday (at noon).")
    ('harbour wire', None)
    """
    for found in _credits(text):
        return outlet_key(found[1])
    return None


def repeated(text: str) -> str | None:
    """Give the outlet whose report a text retells: named as the first to report it, or quoted in its lead.

    >>> repeated("The envoys met in secret, the talks first reported by the Elm Gazette."), repeated("They met.")
    ('elm gazette', None)
    """
    for pattern in (_FIRST, _FIRST_TO):
        found = pattern.search(text)
        if found is not None:
            return outlet_key(found[1])
    lead = text[:_LEAD]
    quoted = [m for pattern in _QUOTES for m in pattern.finditer(lead) if is_outlet(m[1])]
    return outlet_key(min(quoted, key=re.Match.start)[1]) if quoted else None


def is_outlet(name: str) -> bool:
    """True when a name is an agency or outlet by the lists of ``data/merge.yml``."""
    key = outlet_key(name)
    known = _outlets()
    return key in known.agencies or key in known.names or (" " in key and key.split()[-1] in known.words)


def _credits(text: str) -> Iterator[re.Match[str]]:
    body = text.strip()
    for pattern in _CREDIT:
        found = pattern.search(body)
        if found is not None and is_outlet(found[1]):
            yield found


def _uncredited(text: str) -> str:
    body = text.strip()
    for found in _credits(text):
        return body[: found.start()] + " " + body[found.end() :]
    return body


def _are_copies(one: Leaf, other: Leaf) -> bool:
    gap = _gap(one, other)
    days = _SHORT_DAYS if min(one.words, other.words) < _SHORT else _COPY_DAYS
    if gap > days or (gap > 1 and one.outlet is not None and one.outlet == other.outlet):
        return False
    shared = one.agency is not None and one.agency == other.agency
    return resemblance(one.signature, other.signature) >= (_SYNDICATED if shared else _NEAR)


def _candidates(leaves: Iterable[Leaf]) -> set[tuple[str, str]]:
    """Pair each leaf with those just before it in its buckets, so that a text copied often costs little."""
    width = PERMUTATIONS // BANDS
    buckets: defaultdict[tuple[int, tuple[int, ...]], list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        for band in range(BANDS if leaf.signature else 0):
            buckets[band, leaf.signature[band * width : (band + 1) * width]].append(leaf)
    found: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        bucket.sort(key=_age)
        for place, leaf in enumerate(bucket):
            found.update((earlier.id, leaf.id) for earlier in bucket[max(0, place - 8) : place])
    return found


def _gap(one: Leaf, other: Leaf) -> int:
    if one.published is None or other.published is None:
        return 0
    return abs((one.published - other.published).days)


def _age(leaf: Leaf) -> tuple[date, str]:
    return (leaf.published or date.max, leaf.id)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def _join(parent: dict[str, str], one: str, other: str) -> None:
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


@cache
def _outlets() -> _Outlets:
    lists: dict[str, Any] = load("merge.yml").get("outlets", {})
    faults = [f"outlets.{name}: missing" for name in ("agencies", "names", "words") if name not in lists]
    if faults:
        raise VocabularyError("merge.yml", faults)
    keys = {name: frozenset(outlet_key(entry) for entry in lists[name]) for name in ("agencies", "names", "words")}
    return _Outlets(keys["agencies"], keys["names"], keys["words"])
