"""What is given as markup, as the head of a record or as a table becomes people, states and claims like those read."""

from __future__ import annotations

from backchannel.actors import ActorTable
from backchannel.importers import markup, tables, travels, visits  # noqa: F401 for their decorators
from backchannel.importers.markup import head_of
from backchannel.importers.tables import TABLES, as_document
from backchannel.records import Claim, Document

__all__ = ["TABLES", "as_document", "claims", "head_of", "is_table"]


def is_table(document: Document) -> bool:
    """Tell whether a document holds the rows of a table, which are all that is to be read in it."""
    return tables.KEY in document.meta


def claims(document: Document, actors: ActorTable) -> tuple[Claim, ...]:
    """Give the claims of a document that rest on no sentence of it: of its markup, or of its rows."""
    return tuple(tables.claims(document, actors)) if is_table(document) else markup.claims(document, actors)
