"""Make the reports of what has changed since the last merge: of documents, families and judgements."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from backchannel import actors
from backchannel.conversations import Decided, Report, anchors, decided, family_of, mentions, pointed, report, ties
from backchannel.corrections import unlinked
from backchannel.families import Family
from backchannel.pipeline import kinship
from backchannel.pipeline.kinship import Kinship
from backchannel.pipeline.states import restate
from backchannel.records import Judgement
from backchannel.sources import record
from backchannel.store import Decisions, Store
from backchannel.store.merged import KeptReport


@dataclass(slots=True, kw_only=True)
class Told:
    """What has changed: the reports of ``documents`` by claim, as they are now, and as they were kept ``before``.

    ``goes_on`` holds what each report goes on about, ``links`` what judgements ask, ``numbers`` the rows of the store
    that said which documents came.
    """

    kin: Kinship
    links: Decided
    numbers: Sequence[int] = ()
    documents: set[str] = field(default_factory=set)
    reports: dict[str, Report] = field(default_factory=dict)
    rows: dict[str, KeptReport] = field(default_factory=dict)
    goes_on: dict[str, Report] = field(default_factory=dict)
    before: dict[str, KeptReport] = field(default_factory=dict)


def everything(store: Store, decisions: Decisions) -> Told:
    """Give the reports of all documents."""
    links, said = _judged(store, decisions)
    kin = kinship.of_all(store)
    store.merged.put_families({name: family.id for name, family in kin.families.items()})
    restate(store)
    numbers, _ = store.merged.unmerged()
    found = Told(kin=kin, links=links, numbers=numbers, documents=kin.documents)
    raw = [one for reports in _by_document(store, None, kin.families) for one in reports]
    _add(found, pointed(raw), {one.id: _json(one) for one in raw}, said)
    return found


def changed(store: Store, decisions: Decisions) -> Told:
    """Give the reports of the documents that came, changed, got other kin, or of which people said something new."""
    links, said = _judged(store, decisions)
    kin = kinship.of_changed(store, store.merged.unmerged()[1])
    if kin.documents:
        store.merged.put_families({leaf.leaf: kin.families[leaf.leaf].id for leaf in kin.leaves}, gone=kin.gone)
        restate(store)
    numbers, came = store.merged.unmerged()
    kept = {row.claim: row for row in store.merged.reports("claim", said, judged=True)}
    judged = {row.document for claim, row in kept.items() if row.judged != said.get(claim)}
    wanted = came | kin.documents | judged
    families = {**kinship.of_kept(store, wanted - kin.documents), **kin.families}
    fresh = {one.id: one for reports in _by_document(store, wanted, families) for one in reports}
    found = Told(kin=kin, links=links, numbers=numbers)
    old = {row.claim: row for row in store.merged.reports("document", wanted)}
    reports, raw = _pointed(store, fresh, old)
    _differing(found, store, (reports, raw, said), wanted)
    return found


def _pointed(
    store: Store, fresh: Mapping[str, Report], old: Mapping[str, KeptReport]
) -> tuple[dict[str, Report], dict[str, str]]:
    """Reports made anew, and all that may copy them or be copied by them, each pointed to what it copies."""
    known = dict(fresh)
    open_ones = [*fresh.values(), *(read(row, raw=True) for row in old.values())]
    asked: set[str] = set()
    while open_ones:
        keys = {key for one in open_ones for key in ties(one)} - asked
        asked |= keys
        met = store.merged.tied(keys) - known.keys() - old.keys()
        open_ones = [read(row, raw=True) for row in store.merged.reports("claim", met)]
        known.update((one.id, one) for one in open_ones)
    return {one.id: one for one in pointed(known.values())}, {name: _json(one) for name, one in known.items()}


def _differing(
    found: Told,
    store: Store,
    now: tuple[Mapping[str, Report], Mapping[str, str], Mapping[str, str]],
    wanted: set[str],
) -> None:
    """Take those documents of which a report is not what was kept, with all their reports.

    Of documents outside ``wanted`` only those reports are given that may copy others; the rest are as they were kept.
    """
    reports, raw, said = now
    documents = {one.document for one in reports.values()} | wanted
    of: defaultdict[str, dict[str, KeptReport]] = defaultdict(dict)
    for row in store.merged.reports("document", documents):
        of[row.document][row.claim] = row
    told: defaultdict[str, dict[str, Report]] = defaultdict(dict)
    for one in reports.values():
        told[one.document][one.id] = one
    for name in documents:
        missing = {} if name in wanted else {c: row for c, row in of[name].items() if c not in told[name]}
        every = [*told[name].values(), *(read(row) for row in missing.values())]
        texts = {one.id: missing[one.id].raw if one.id in missing else raw[one.id] for one in every}
        if _plain(_rows(every, texts, said, found.links).values()) != _plain(of[name].values()):
            found.documents.add(name)
            found.before.update(of[name])
            _add(found, every, texts, said)


def _add(found: Told, reports: list[Report], raw: Mapping[str, str], said: Mapping[str, str]) -> None:
    found.documents |= {one.document for one in reports}
    found.reports.update((one.id, one) for one in reports)
    found.rows.update(_rows(reports, raw, said, found.links))
    found.goes_on.update(_goes_on(reports, found.links))


def _rows(
    reports: Sequence[Report], raw: Mapping[str, str], said: Mapping[str, str], links: Decided
) -> dict[str, KeptReport]:
    """The reports of whole documents as they are kept, save what they hang together with."""
    goes_on = _goes_on(reports, links)
    return {
        one.id: KeptReport(
            claim=one.id,
            document=one.document,
            component=None,
            anchor=goes_on[one.id].id if one.id in goes_on else None,
            judged=said.get(one.id),
            raw=raw[one.id],
            record=_json(one),
        )
        for one in reports
    }


def _goes_on(reports: Sequence[Report], links: Decided) -> dict[str, Report]:
    return anchors(one for one in reports if one.id not in links.rejected)


def _plain(rows: Iterable[KeptReport]) -> set[tuple[str, str | None, str | None, str, str]]:
    return {(row.claim, row.anchor, row.judged, row.raw, row.record) for row in rows}


def read(row: KeptReport, *, raw: bool = False) -> Report:
    """Give back a report; with ``raw`` by itself, not as the copy of another."""
    return msgspec.json.decode(row.raw if raw else row.record, type=Report)


def _json(one: Report) -> str:
    return msgspec.json.encode(one).decode()


def _judged(store: Store, decisions: Decisions) -> tuple[Decided, dict[str, str]]:
    """What judgements ask, and by claim a digest of all that was ever said of it and of what holds of that."""
    made = list(store.judgements(superseded=True))
    every = [*unlinked(made, made), *decisions.judgements]
    named = {id for one in every for id in (one.target, one.other) if id is not None}
    members = store.merged.homes("conversation", named)
    links = decided(decisions.judgements, members)
    said: defaultdict[str, set[str]] = defaultdict(set)
    for one in every:
        for claim in _named(one, members):
            said[claim].add(one.id)
    for group in links.together:
        for claim in group:
            said[claim].add("with " + " ".join(sorted(group)))
    for a, b in links.apart:
        said[a].add(f"not with {b}")
        said[b].add(f"not with {a}")
    for claim in links.rejected:
        said[claim].add("rejected")
    return links, {claim: _digest(told) for claim, told in said.items()}


def _named(judgement: Judgement, members: Mapping[str, str]) -> Iterator[str]:
    """The claims that a judgement names; those of a conversation that it names are found by what it asks of them."""
    for id in (judgement.target, judgement.other):
        if id is not None and id not in members.values():
            yield id


def _digest(told: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:16]


def _by_document(store: Store, wanted: set[str] | None, families: Mapping[str, Family]) -> Iterator[list[Report]]:
    """Yield the reports of each document that tells of a contact, by document and claim."""
    users = store.user_actors()
    speaks_for = actors.speaks_for(actors.build(user=users) if users else actors.shipped())
    telling = {claim.document for claim in store.slim_claims() if claim.kind == "contact"} if wanted is None else wanted
    for document in store.documents(telling):
        claims = list(store.claims(document=document.id, kind="contact"))
        held = mentions(claims) if record.KEY in document.meta else frozenset()
        if claims:
            yield [
                report(
                    claim,
                    document,
                    family=family_of(claim, document, families),
                    speaks_for=speaks_for,
                    is_mention=claim.id in held,
                )
                for claim in claims
            ]
