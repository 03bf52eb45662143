"""Set the accounts that tellers give of one contact side by side: what both say, what differs, what one alone says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backchannel.actors import ActorTable
from backchannel.analysis import phrases
from backchannel.analysis.citations import cite
from backchannel.analysis.questions import reports, table
from backchannel.analysis.readouts_accounts import Account, accounts
from backchannel.analysis.readouts_lines import Line, Quotation, lines, quotation
from backchannel.families import passage_at
from backchannel.records import UNKNOWN, Claim, Conversation, Document
from backchannel.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One teller and the document that its account was taken from; ``share`` of its points is told by others too.

    ``when``, ``where``, ``form``, ``initiator`` and ``persons`` are what its own claims tell of the contact;
    ``contact`` quotes the sentences that only tell that there was one, ``longest_list`` counts the items of its longest.
    """

    teller: str
    name: str
    kind: str
    document: str
    title: str | None
    url: str | None
    published: str | None
    citation: str
    points: int
    shared: int
    share: float | None
    longest_list: int
    issues: tuple[str, ...]
    issues_alone: tuple[str, ...]
    when: str | None
    where: str | None
    form: str | None
    initiator: str | None
    persons: tuple[str, ...]
    contact: tuple[Quotation, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readouts:
    """The accounts of a conversation, point by point; ``apart`` says in words what they tell differently of the contact."""

    conversation: str
    headline: str
    sides: tuple[Side, ...]
    lines: tuple[Line, ...]
    apart: tuple[str, ...]

    @property
    def is_one_sided(self) -> bool:
        """Whether one account at most tells more than that there was a contact, so that nothing can be compared."""
        return sum(side.points > 0 for side in self.sides) < 2


def readouts(conversation: Conversation, store: Store) -> Readouts:
    """Give the accounts of a conversation from the documents of a store."""
    claims, documents = reports([conversation], store)
    beside = [claim for one in sorted(documents) for claim in store.claims(document=one, kind="contact")]
    return compare(
        conversation, [*claims.values(), *(one for one in beside if one.id not in claims)], documents, table(store)
    )


def compare(
    conversation: Conversation, claims: Iterable[Claim], documents: Mapping[str, Document], actors: ActorTable
) -> Readouts:
    """Give the accounts of a conversation, aligned point by point.

    Args:
        conversation: the contact.
        claims: its claims and those of other contacts told in the same documents.
        documents: by id.
        actors: the dictionary.
    """
    told = accounts(conversation, claims, documents, actors)
    parties = frozenset(one.actor for one in conversation.parties if one.actor != UNKNOWN)
    found = lines(told, parties, actors)
    sides = tuple(_side(one, told, found, actors) for one in told)
    return Readouts(
        conversation=conversation.id,
        headline=f"{phrases.parties(conversation, persons=False)}: {phrases.what(conversation)}, "
        f"{phrases.interval(conversation.when)}",
        sides=sides,
        lines=found,
        apart=tuple(_apart(sides)),
    )


def _side(account: Account, told: Sequence[Account], lines: Sequence[Line], actors: ActorTable) -> Side:
    own = [line for line in lines if account.teller in line.tellers]
    points = sum(len(line.quotations[account.teller]) for line in own)
    shared = sum(len(line.quotations[account.teller]) for line in own if len(line.tellers) > 1)
    issues = _issues(account)
    others = {issue for one in told if one.teller != account.teller for issue in _issues(one)}
    document = account.document
    when, where, form, initiator, persons = _contact(account.claims)
    return Side(
        teller=account.teller,
        name=name(account, actors),
        kind=account.kind,
        document=document.id,
        title=document.title,
        url=document.url,
        published=None if document.published is None else document.published.isoformat(),
        citation=cite(document, account.claims[0]),
        points=points,
        shared=shared,
        share=round(shared / points, 2) if points else None,
        longest_list=max((one.items for one in account.points), default=0),
        issues=issues,
        issues_alone=tuple(one for one in issues if one not in others) if len(told) > 1 else (),
        when=when,
        where=where,
        form=form,
        initiator=initiator if initiator is None else actors.name(initiator) or initiator,
        persons=persons,
        contact=tuple(quotation(one, document.id) for one in account.points if one.kind == "contact"),
        also=account.also,
    )


def name(account: Account, actors: ActorTable) -> str:
    """Give who tells an account, as a head of a column: an actor's name, an outlet, the title of a record."""
    kind, _, who = account.teller.partition(":")
    if kind == "official":
        return actors.name(who) or who
    if kind == "document":
        return account.document.title or who
    outlet = passage_at(account.document, account.points[0].start)[1]
    if kind == "outlet" and outlet is not None:
        return outlet
    shown = " ".join(word[:1].upper() + word[1:] for word in who.split())
    return f"unnamed source, {shown}" if kind == "unnamed" else shown


def _issues(account: Account) -> tuple[str, ...]:
    return tuple(sorted({issue for one in account.points for issue in one.issues}))


def _contact(
    claims: Sequence[Claim],
) -> tuple[str | None, str | None, str | None, str | None, tuple[str, ...]]:
    """Give what one teller tells of the contact itself: when, where, what form, at whose initiative, who.

    Time, place and form are those of its first claim: later ones may tell where the matters that were spoken of stand.
    """
    first = claims[0]
    when = None if first.when is None else phrases.interval(first.when)
    where = None if first.where is None else first.where.text
    form = None if first.form == "contact" else first.form
    asked = (party.actor for one in claims for party in one.parties if party.role == "initiator")
    persons = sorted({party.person for one in claims for party in one.parties if party.person is not None})
    return when, where, form, next(asked, None), tuple(persons)


def _apart(sides: Sequence[Side]) -> Iterable[str]:
    """Yield in what tellers differ on the contact itself: time, place, form, who called whom, who took part."""
    for label, field in (("when", "when"), ("where", "where"), ("form", "form"), ("at whose initiative", "initiator")):
        told = {one.name: getattr(one, field) for one in sides if getattr(one, field) is not None}
        if len(set(told.values())) > 1 or (field == "initiator" and told and len(told) < len(sides)):
            yield f"{label}: " + "; ".join(f"{who}: {value}" for who, value in told.items())
    everyone = [set(one.persons) for one in sides]
    if len(sides) > 1:
        for one, persons in zip(sides, everyone, strict=True):
            alone = persons - set().union(*(other for other in everyone if other is not persons))
            if alone:
                yield f"who took part: {', '.join(sorted(alone))} named by {one.name} alone"


def said(line: Line, names: Mapping[str, str]) -> str:
    """Give how a line stands, in words: ``both, worded differently``, ``Norway only``."""
    if line.standing == "only":
        return f"{names[line.tellers[0]]} only"
    if len(names) > 2:
        return f"{phrases.listed(names[one] for one in line.tellers)}{line.standing.removeprefix('both')}"
    return line.standing


_IN_WORDS = {
    "numbers": "numbers",
    "dates": "dates",
    "speaker": "who says it",
    "saying": "verb",
    "hedges": "hedge",
    "modals": "will or must",
    "list": "items of the list",
    "negation": "negation",
    "actors": "names",
    "quotation": "quoted",
}


def differing(line: Line) -> str:
    """Give in what the tellings of a line differ, in words: ``verb, numbers``."""
    return ", ".join(_IN_WORDS[one.what] for one in line.differences)


def wording(line: Line, teller: str) -> str:
    """Give what one teller has where the tellings of a line differ: ``verb: urged; numbers: 40``."""
    told = ((_IN_WORDS[one.what], one.told.get(teller)) for one in line.differences)
    return "; ".join(f"{what}: {', '.join(words)}" for what, words in told if words is not None)
