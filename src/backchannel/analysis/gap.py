"""Set public word and record of two parties side by side: what was known at the time, and what came out only later."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from backchannel.analysis import gap_figures, gap_sides
from backchannel.analysis.gap_accounts import Case, Cite, accounts
from backchannel.analysis.gap_records import Account, Gap, Held, Pairing
from backchannel.records import Claim, Conversation, Document, Judgement

_Reasons = dict[frozenset[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a gap is made of: conversations, their claims and documents, the links in force, how documents are cited."""

    conversations: Sequence[Conversation]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    links: Sequence[Judgement]
    held: Held
    cite: Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose gap it is: ids and names of the parties, a person, a period (ISO days, months or years)."""

    parties: tuple[str, ...]
    names: tuple[str, ...]
    person: str | None = None
    since: str | None = None
    until: str | None = None


def gap(material: Material, scope: Scope) -> Gap:
    """Give public word and record of two parties side by side; the order of the conversations does not matter.

    A conversation is in the public lane when something public tells of it by ``gap_sides.NEAR_DAYS`` days after it, and
    in the closed one when a record tells of it, or something later. Links put accounts beside each other, and so does a
    public text which the record's editors say came out of the talk.
    """
    beside, reasons = _beside(material)
    found = sorted(_accounts(material, beside), key=_by_day)
    return Gap(
        parties=scope.parties,
        names=scope.names,
        person=scope.person,
        since=scope.since,
        until=scope.until,
        counts=gap_figures.counts(found),
        public=tuple(one for one in found if one.lane == "public"),
        closed=tuple(one for one in found if one.lane == "closed"),
        pairings=tuple(_pairings(found, reasons)),
        lags=gap_figures.lags(found),
        issues=gap_figures.issue_counts(found),
        held=material.held,
        sources=tuple(_sources(material.documents.values())),
        warnings=gap_figures.warnings(material.held, found),
    )


def _accounts(material: Material, beside: Mapping[str, set[str]]) -> Iterator[Account]:
    """Yield the accounts of all conversations, each with what stands beside it in the other lane."""
    told = {one.id: gap_sides.told(one, material.claims, material.documents) for one in material.conversations}
    for conversation in material.conversations:
        near = beside.get(conversation.id, set())
        case = Case(
            conversation=conversation,
            own=told[conversation.id],
            near=[one for other in sorted(near) for one in told[other]],
        )
        made = accounts(case, material.cite)
        own = {conversation.id} if len(made) == 2 else set()
        yield from (replace(one, beside=tuple(sorted(near | own))) for one in made)


def _beside(material: Material) -> tuple[dict[str, set[str]], _Reasons]:
    """Give, by conversation, those that links put beside it, and the reasons of each link."""
    homes = {claim: one.id for one in material.conversations for claim in one.claims}
    beside: defaultdict[str, set[str]] = defaultdict(set)
    reasons: _Reasons = {}
    for link in material.links:
        one, other = homes.get(link.target), homes.get(link.other or "")
        if one is not None and other is not None and one != other:
            beside[one].add(other)
            beside[other].add(one)
            reasons[frozenset((one, other))] = tuple(_words_of(link))
    return dict(beside), reasons


def _words_of(link: Judgement) -> Iterator[str]:
    """Yield the reasons of a link: what the linker kept, else what a person wrote."""
    kept = link.value.get("reasons", ()) if isinstance(link.value, dict) else ()
    for reason in kept:
        yield str(reason.get("detail", reason)) if isinstance(reason, dict) else str(reason)
    if not kept and link.reason is not None:
        yield link.reason


def _pairings(found: Sequence[Account], reasons: _Reasons) -> Iterator[Pairing]:
    """Yield the groups of accounts that stand beside each other, by the first day of each."""
    near = {one.id: {one.id, *one.beside} for one in found if one.beside}
    left = dict.fromkeys(one.id for one in found if one.beside)
    while left:
        group = _connected(next(iter(left)), near)
        left = {id: None for id in left if id not in group}
        public = [one for one in found if one.id in group and one.lane == "public"]
        closed = [one for one in found if one.id in group and one.lane == "closed"]
        if public and closed:
            yield _pairing(public, closed, [told for ids, told in reasons.items() if ids <= group])


def _connected(start: str, near: Mapping[str, set[str]]) -> set[str]:
    group, open_ = set(), [start]
    while open_:
        one = open_.pop()
        if one not in group:
            group.add(one)
            open_ += near.get(one, ())
    return group


def _pairing(public: Sequence[Account], closed: Sequence[Account], reasons: Sequence[tuple[str, ...]]) -> Pairing:
    said = {issue for one in public for issue in one.issues}
    kept = {issue for one in closed for issue in one.issues}
    return Pairing(
        public=tuple(one.id for one in public),
        closed=tuple(one.id for one in closed),
        both=tuple(sorted(said & kept)),
        only_closed=tuple(sorted(kept - said)),
        only_public=tuple(sorted(said - kept)),
        reasons=tuple(dict.fromkeys(word for told in reasons for word in told)),
    )


def _sources(documents: Iterable[Document]) -> list[str]:
    counts = Counter(one.source for one in documents if one.source is not None)
    return sorted(counts, key=lambda source: (-counts[source], source))


def _by_day(one: Account) -> tuple[str, str, str, str]:
    return one.first or "9999", one.last or "9999", one.id, one.lane
