"""Link what was public with records over a store, month by month, and keep each link as a judgement of kind ``link``.

What people said of a pair stays: one that they undid is not linked again, and one that they linked is left alone.
"""

from __future__ import annotations

import calendar
import hashlib
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final

import msgspec

from backchannel import __version__
from backchannel.conversations.link_sides import FILE, RECORDED
from backchannel.conversations.links import Event, Link, Talk, between, event, talk
from backchannel.corrections import mint, quotation_key, undone
from backchannel.records import UNKNOWN, Claim, Judgement
from backchannel.store import Store

KIND: Final = "link"
BY: Final = f"links@{__version__}"
_KEY: Final = "run.linked"
_REACH = timedelta(days=32)
"""How far from a talk the days of a claim can lie that is linked with it."""
_OF_ROWS = "import:"
_MONTH: Final = len("2000-01")
_CODE: Final = ("link_people.py", "link_sides.py", "links.py")
Pair = tuple[str, str]
"""The public claim and the record's, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSummary:
    """What linking did: links that are ``new``, were ``changed`` or ``withdrawn``, and all in force.

    ``kept_apart`` are pairs that would be linked if people had not decided otherwise; ``months`` were looked at.
    """

    links: int
    new: int
    changed: int
    withdrawn: int
    kept_apart: int
    months: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What holds of pairs: links of this program by pair, those whose claims are gone, what people decided.

    ``taken_back`` gives this program's own undoing of a link by pair, which a new one supersedes. Claims that are
    ``rejected`` and documents that are ``retracted`` tell nothing.
    """

    links: Mapping[Pair, Judgement]
    stale: tuple[Judgement, ...]
    apart: frozenset[Pair]
    settled: frozenset[Pair]
    rejected: frozenset[str]
    retracted: frozenset[str]
    taken_back: Mapping[Pair, str]


def link_store(store: Store, *, now: datetime | None = None, everything: bool = False) -> LinkSummary:
    """Bring the links of a store up to date with its claims, documents and judgements; done twice it changes nothing.

    Only months in which something came, changed or was judged are looked at; other rules of linking make it look at all.

    Args:
        store: kept locked against other long writers.
        now: the time that judgements are marked with (UTC).
        everything: whether to look at every month with a record.

    Raises:
        StoreLocked: another process writes; names it.
    """
    began = time.monotonic()
    with store.writing("link records"):
        said = _said(store)
        state = _state(store, said)
        before = store.get_setting(_KEY)
        is_whole = everything or before is None or before["rules"] != state["rules"]
        months = _all_months(store) if is_whole else _touched(store, before, state, said)
        found = {pair: link for month in sorted(months) for pair, link in _of_month(store, month, said).items()}
        made, summary = _judgements(store, found, said, months, now=now, is_whole=is_whole)
        store.put_judgements(made)
        if state != before:
            store.set_setting(_KEY, state)
    return replace(summary, links=len(links_of(store)), months=len(months), seconds=round(time.monotonic() - began, 2))


def links_of(store: Store, claims: Collection[str] | None = None) -> list[Judgement]:
    """Give the links in force, also those that people made, by public claim and record; each names current claims.

    Args:
        store: that holds them.
        claims: only links of one of these.
    """
    links = [one for one in store.decisions().judgements if one.kind == KIND]
    wanted = links if claims is None else [one for one in links if one.target in claims or one.other in claims]
    return sorted(wanted, key=_pair)


def is_ours(judgement: Judgement) -> bool:
    """Tell whether this program made a judgement, of whatever version."""
    return judgement.by.partition("@")[0] == BY.partition("@")[0]


def _said(store: Store) -> Said:
    """What judgements say of pairs and claims, as they apply to the claims of now."""
    decisions = store.decisions()
    made = {one.id: one for one in store.judgements(superseded=True)}
    standing = decisions.judgements
    links = [one for one in standing if one.kind == KIND]
    taken = undone(made.values())
    tied = {one.id: one for one in standing}
    backs = [one for one in made.values() if one.kind == "unsure" and one.other is not None and one.id not in taken]
    of = {_pair(tied[one.id]): one for one in backs if is_ours(one) and one.id in tied}
    people = [(_pair(tied.get(one.id, one)), made.get(one.supersedes or "")) for one in backs if not is_ours(one)]
    apart = {pair for pair, before in people if before is not None and before.kind == KIND}
    again = {pair for pair, before in people if before is not None and before.kind == "unsure"}
    return Said(
        links={_pair(one): one for one in links if is_ours(one)},
        stale=tuple(one for one in decisions.stale if one.kind == KIND and is_ours(one)),
        apart=frozenset(apart),
        settled=frozenset({_pair(one) for one in links if not is_ours(one)} | again),
        retracted=frozenset(store.lanes.retracted()),
        rejected=frozenset(one.target for one in standing if one.kind == "reject" and one.field is None),
        taken_back={pair: one.id for pair, one in of.items()},
    )


def _pair(one: Judgement) -> Pair:
    return one.target, one.other or ""


def _state(store: Store, said: Said) -> dict[str, Any]:
    """How far the store has come, so that the next linking looks only at what came since."""
    people = [one for one in store.judgements(superseded=True) if not is_ours(one)]
    digest = hashlib.sha256("\n".join(sorted(one.id for one in people)).encode()).hexdigest()[:16]
    return {
        "rules": rules(),
        "claims": store.history.place().claims,
        "judgements": digest,
        "retracted": sorted(said.retracted),
    }


def rules() -> str:
    """Give the digest of all that decides about links: their code, their words, the program's version."""
    package = files("backchannel")
    digest = hashlib.sha256(__version__.encode())
    for one in (*(package / "conversations" / name for name in _CODE), package / "data" / FILE):
        digest.update(hashlib.sha256(one.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _all_months(store: Store) -> set[str]:
    """All months in which a record's claim begins, as read or as corrected."""
    judged = [one.target for one in store.judgements() if not is_ours(one)]
    return store.lanes.months(RECORDED) | _months_of(_corrected(store, judged), {RECORDED})


def _touched(store: Store, before: Mapping[str, Any], state: Mapping[str, Any], said: Said) -> set[str]:
    """The months of records near which a claim came or changed, or of which people said something since."""
    spans = [(one.by, one.first, one.last) for one in store.lanes.since(before["claims"])]
    names = {name for one in said.stale for name in _pair(one)}
    if before["judgements"] != state["judgements"]:
        people = [one for one in store.judgements(superseded=True) if not is_ours(one)]
        names |= {name for one in people for name in _pair(one)}
        spans += _corrected(store, names)
    moved = set(before["retracted"]) ^ set(state["retracted"])
    names |= store.lanes.within(moved)
    spans += [(one.by, one.first, one.last) for one in store.lanes.of(names).values()]
    there = _all_months(store)
    own = _months_of(spans, {RECORDED})
    public = [(first, last) for by, first, last in spans if by != RECORDED]
    return {month for month in there if month in own or any(_is_near(month, span) for span in public)} | own


def _corrected(store: Store, names: Iterable[str]) -> list[tuple[str, str, str]]:
    """The days of claims as people corrected them."""
    return [(one.by, one.when.start, one.when.end) for one in store.claims(ids=names) if one.when is not None]


def _months_of(spans: Iterable[tuple[str, str, str]], readers: Collection[str]) -> set[str]:
    return {first[:_MONTH] for by, first, _ in spans if by in readers and len(first) > _MONTH}


def _is_near(month: str, span: tuple[str, str]) -> bool:
    """Whether a talk of a month can be linked with a claim of these days."""
    since, until = _window(month)
    return span[0] <= until.isoformat() and span[1] >= since.isoformat()[: len(span[1])]


def _window(month: str) -> tuple[date, date]:
    """The days in which claims lie that can be linked with a talk of a month."""
    year, number = int(month[:4]), int(month[5:7])
    last = date(year, number, calendar.monthrange(year, number)[1])
    return date(year, number, 1) - _REACH, last + _REACH


def _of_month(store: Store, month: str, said: Said) -> dict[Pair, tuple[Link, Claim]]:
    """The links of all talks that begin in a month, with their public claims."""
    since, until = _window(month)
    near = [
        one
        for one in store.claims(kind="contact", since=since, until=until)
        if one.document not in said.retracted and one.id not in said.rejected
    ]
    talks = [told for one in near if (told := talk(one)) is not None and told.days.first.isoformat()[:_MONTH] == month]
    events = _events(store, near, talks)
    public = {one.id: one for one in near}
    return {(one.public, one.recorded): (one, public[one.public]) for one in between(events, talks)}


def _events(store: Store, near: Sequence[Claim], talks: Sequence[Talk]) -> list[Event]:
    """What the public claims of some days tell; documents are read only of those that share parties with a talk."""
    sides = {one.actors for one in talks}
    public = [one for one in near if one.by != RECORDED and (one.by.startswith(_OF_ROWS) or _meets(one, sides))]
    wanted = {one.document for one in public if not one.by.startswith(_OF_ROWS)}
    documents = {one.id: one for one in store.documents(wanted)}
    return [told for one in public if (told := event(one, documents.get(one.document))) is not None]


def _meets(claim: Claim, sides: Iterable[frozenset[str]]) -> bool:
    own = {party.actor for party in claim.parties} - {UNKNOWN}
    return any(len(own & side) > 1 for side in sides)


def _judgements(
    store: Store,
    found: Mapping[Pair, tuple[Link, Claim]],
    said: Said,
    months: Collection[str],
    *,
    now: datetime | None,
    is_whole: bool,
) -> tuple[list[Judgement], LinkSummary]:
    """The judgements to append: new links, others in place of those that changed, and what takes back the rest."""
    wanted = {pair: one for pair, one in found.items() if pair not in said.apart | said.settled}
    lost = [said.links[pair] for pair in _lost(store, said, wanted, months, is_whole=is_whole)]
    changed = {pair for pair, (link, _) in wanted.items() if pair in said.links and not _says(said.links[pair], link)}
    gone = [*said.stale, *lost, *(said.links[pair] for pair in sorted(changed))]
    backs = [_taken_back(one, now) for one in gone]
    back = {**said.taken_back, **{_pair(one): one.id for one in backs}}
    new = [pair for pair in sorted(wanted) if pair not in said.links or pair in changed]
    made = [_made(*wanted[pair], supersedes=back.get(pair), now=now) for pair in new]
    summary = LinkSummary(
        links=0,
        new=len(new) - len(changed),
        changed=len(changed),
        withdrawn=len(lost) + len(said.stale),
        kept_apart=len(found.keys() & said.apart),
        months=0,
        seconds=0.0,
    )
    return [*backs, *made], summary


def _lost(
    store: Store, said: Said, wanted: Collection[Pair], months: Collection[str], *, is_whole: bool
) -> Iterator[Pair]:
    """Yield the pairs that were linked, lie in what was looked at, and are not to be linked any more."""
    asked = [pair for pair in said.links if pair not in wanted and pair not in said.settled]
    days = store.lanes.of(other for _, other in asked)
    current = {one.id: one.when.start[:_MONTH] for one in store.claims(ids=days) if one.when is not None}
    for pair in sorted(asked):
        month = current.get(pair[1])
        if is_whole or month is None or month in months or pair in said.apart:
            yield pair


def _says(judgement: Judgement, link: Link) -> bool:
    return bool(judgement.value == _value(link))


def _value(link: Link) -> dict[str, Any]:
    """What a link says, as the JSON that a judgement keeps."""
    value: dict[str, Any] = msgspec.to_builtins({"score": link.score, "reasons": [asdict(one) for one in link.reasons]})
    return value


def _made(link: Link, public: Claim, *, supersedes: str | None, now: datetime | None) -> Judgement:
    quotation = quotation_key(public.sentence.text) if public.sentence is not None else None
    told = Judgement(
        id="",
        kind=KIND,
        target=link.public,
        other=link.recorded,
        value=_value(link),
        by=BY,
        supersedes=supersedes,
        quotation=quotation,
    )
    return replace(mint(told), at=now)


def _taken_back(one: Judgement, now: datetime | None) -> Judgement:
    """What takes a link back; its id, like that of every judgement of linking, does not depend on the time."""
    back = replace(one, id="", kind="unsure", value=None, by=BY, at=None, reason="no longer linked", supersedes=one.id)
    return replace(mint(back), at=now)
