"""Give claims as merging compares them, for the desk to show why it joined two or kept them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from backchannel.actors import SpeaksFor
from backchannel.conversations import Report, family_of, report
from backchannel.families import families
from backchannel.records import Claim, Document


def reports(
    claims: Iterable[Claim],
    documents: Iterable[Document],
    *,
    speaks_for: SpeaksFor | None = None,
) -> Iterator[Report]:
    """Yield the reports that claims of contacts make, by document and id; copies among the documents are families.

    Args:
        claims: of any kind; acts are left out.
        documents: those that the claims were read in.
        speaks_for: as for ``conversations.report``.
    """
    known = sorted(documents, key=_id)
    groups = families(known)
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "contact":
            told[claim.document].append(claim)
    for document in known:
        for claim in sorted(told[document.id], key=_claim_id):
            yield report(claim, document, family=family_of(claim, document, groups), speaks_for=speaks_for)


def _id(one: Document) -> str:
    return one.id


def _claim_id(one: Claim) -> str:
    return one.id
