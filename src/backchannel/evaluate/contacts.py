"""Read the items of a set of contacts as documents and score what the reader finds in their target sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache

from backchannel import pipeline
from backchannel.evaluate.gold import Item
from backchannel.evaluate.pairing import by_item
from backchannel.evaluate.scores import Scores, score_told, show, show_confusions
from backchannel.pipeline import Kit
from backchannel.records import Claim, Document

_CHUNK = 16


def documents(items: Iterable[Item]) -> Iterator[Document]:
    """Yield one document an item: the target sentence between its neighbours, with title, date and source."""
    for item in items:
        told = item.fields.get("date")
        yield Document(
            id=item.id,
            source=item.fields.get("source"),
            title=item.fields.get("title"),
            text=item.whole,
            published=date.fromisoformat(told[:10]) if told else None,
        )


@cache
def _kit() -> Kit:
    return pipeline.load()


def _read(document: Document) -> tuple[Claim, ...]:
    return pipeline.read(document, _kit())


def read_all(given: Iterable[Document], *, kit: Kit | None = None, workers: int = 1) -> list[Claim]:
    """Give the claims of documents, in their order.

    Args:
        given: the documents.
        kit: what the reading needs; the shipped one when ``None``. Only without a pool.
        workers: processes; with more than one each loads the shipped kit.
    """
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            return [claim for found in pool.map(_read, given, chunksize=_CHUNK) for claim in found]
    own = kit if kit is not None else _kit()
    return [claim for document in given for claim in pipeline.read(document, own)]


def by_field(items: Sequence[Item], claims: Iterable[Claim], name: str) -> dict[str, Scores]:
    """Give the scores for each value of a field of the items, such as ``stratum``, sorted by value."""
    told = by_item(items, claims)
    values = sorted({item.field(name) for item in items})
    return {value: score_told([item for item in items if item.field(name) == value], told) for value in values}


def listing(items: Sequence[Item], claims: Sequence[Claim], *, by: str | None = None, as_json: bool = False) -> str:
    """Give what ``score_contacts.py score`` prints: the scores, then by a field, then the confusions."""
    total = score_told(items, by_item(items, claims))
    if as_json:
        return json.dumps(total.to_json())
    parts = [show(total)]
    if by is not None:
        parts += [show(scores, value) for value, scores in by_field(items, claims, by).items()]
    return "\n".join((*parts, show_confusions(total)))
