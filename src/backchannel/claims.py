"""Assemble a claim from a contact or an act and its aspects: every value with its words, every default named."""

from __future__ import annotations

from collections.abc import Iterable

from backchannel import __version__, documents
from backchannel.actors.table import ActorTable
from backchannel.acts import Act
from backchannel.aspects import (  # noqa: F401 (they register)
    ASPECTS,
    Context,
    channel,
    form,
    issues,
    privacy,
    roles,
    status,
    voice,
    when,
    where,
    withheld,
)
from backchannel.aspects.base import Aspect, words_as_evidence
from backchannel.contacts.contact import Contact
from backchannel.contacts.sides import Side
from backchannel.records import UNKNOWN, Claim, Evidence, Party, Role, Span, Voice

ORDER = ("voice", "status", "privacy", "form", "channel", "roles", "when", "where", "issues", "withheld")
OF_ACTS = ("voice", "status", "when", "where", "issues")
"""The aspects of an act, in the order of reading; how private it was and by which channel is not asked."""
MAY_DEFAULT = {
    "privacy": "closed",
    "channel": "front",
    "role": "participant",
    "source_class": "unattributed",
    "form": "contact",
}
"""The fields that may stand without evidence, and the value they then have."""


def assemble(context: Context, table: ActorTable, *, ordinal: int = 0) -> Claim:
    """Give the claim of ``context.contact``.

    Args:
        context: the contact in its document; its ``read`` is filled here, in the order of ``ORDER``.
        table: for the parties' names and sectors.
        ordinal: which claim at this trigger it is, from 0.
    """
    for name in ORDER:
        context.read[name] = ASPECTS.get(name)(context)
    contact, read = context.contact, context.read
    parties, evidence = _parties(contact, table, read["roles"])
    speaker: Voice = read["voice"].value
    kept = {
        name: read[name].evidence
        for name in ("status", "privacy", "form", "channel", "when", "where", "issues")
        if read[name].evidence
    }
    if read["voice"].evidence:
        kept["source_class"] = read["voice"].evidence
    if read["roles"].evidence:
        kept["roles"] = read["roles"].evidence
    if evidence:
        kept["parties"] = tuple(evidence)
    finer = issues.finer(read["issues"].evidence)
    kept_from = read["withheld"]
    if kept_from.value:
        kept["withheld"] = kept_from.evidence
    return Claim(
        id=documents.claim_id(context.document.id, "contact", contact.word.start, ordinal),
        document=context.document.id,
        version=__version__,
        sentence=Span(start=context.sentence.start, end=context.sentence.end, text=context.sentence.text),
        trigger=contact.trigger,
        form=read["form"].value,
        event="CONSULT",
        mode=_mode(read["form"].value, contact),
        parties=tuple(parties),
        issues=read["issues"].value,
        privacy=read["privacy"].value,
        channel=read["channel"].value,
        status=read["status"].value,
        voice=speaker,
        when=read["when"].value,
        where=read["where"].value,
        score=round(contact.score, 2),
        defaulted=tuple(_defaulted(read, parties)),
        evidence=kept,
        extensions=({"issues": list(finer)} if finer else {})
        | ({"withheld": kept_from.value} if kept_from.value else {}),
    )


def assemble_act(context: Context, act: Act, table: ActorTable, *, ordinal: int = 0) -> Claim:
    """Give the claim of an act: it has an event and a mode, a source and a target, and no form.

    Args:
        context: the act in its document, as the contact ``act.told``; its ``read`` is filled here.
        act: what was found.
        table: for the parties' names and sectors.
        ordinal: which claim of an act at this trigger it is, from 0.
    """
    read = context.read
    read["form"] = Aspect(value=None)
    for name in OF_ACTS:
        read[name] = ASPECTS.get(name)(context)
    told = (words_as_evidence(context.sentence, act.told.words, f"acts.{act.entry.id}"),)
    sided: tuple[tuple[Role, tuple[Side, ...]], ...] = (("source", act.sources), ("target", act.targets))
    parties = [_party(side, table, role) for role, sides in sided for side in sides]
    named = tuple(dict.fromkeys(one for _, sides in sided for side in sides for one in side.evidence))
    kept = {name: read[name].evidence for name in ("status", "when", "where", "issues") if read[name].evidence}
    if read["voice"].evidence:
        kept["source_class"] = read["voice"].evidence
    finer = issues.finer(read["issues"].evidence)
    return Claim(
        id=documents.claim_id(context.document.id, "act", act.told.word.start, ordinal),
        document=context.document.id,
        kind="act",
        version=__version__,
        sentence=Span(start=context.sentence.start, end=context.sentence.end, text=context.sentence.text),
        trigger=act.told.trigger,
        event=act.event,
        mode=act.mode,
        parties=tuple(parties),
        issues=read["issues"].value,
        status=read["status"].value,
        voice=read["voice"].value,
        when=read["when"].value,
        where=read["where"].value,
        score=round(act.told.score, 2),
        defaulted=() if read["voice"].evidence else ("source_class",),
        evidence={**kept, "event": told, "roles": told, "parties": named},
        extensions={"issues": list(finer)} if finer else {},
    )


def _defaulted(read: dict[str, Aspect], parties: Iterable[Party]) -> Iterable[str]:
    for name in ("privacy", "channel", "form"):
        if not read[name].evidence:
            yield name
    if not read["voice"].evidence:
        yield "source_class"
    if any(party.role == "participant" for party in parties):
        yield "role"


def _mode(form_: str, contact: Contact) -> str | None:
    """The PLOVER mode of CONSULT that the form allows; ``None`` where PLOVER has none."""
    if form_ == "visit":
        return "visit"
    if form_ in ("call", "message"):
        return "phone"
    if form_ == "summit" or len(contact.known()) > 2:
        return "multilateral"
    return None


def _parties(contact: Contact, table: ActorTable, read: Aspect) -> tuple[list[Party], list[Evidence]]:
    given: dict[str, Role] = read.value
    parties: list[Party] = []
    evidence: list[Evidence] = []
    seen: set[str] = set()
    for placed in contact.placed:
        side = placed.side
        if side.kind in ("domestic", "thing") or (side.actor in seen and side.actor != UNKNOWN):
            continue
        seen.add(side.actor)
        parties.append(_party(side, table, given.get(side.actor, "participant")))
        evidence.extend(side.evidence)
    for known in contact.filled:
        if known.actor in seen:
            continue
        seen.add(known.actor)
        role = given.get(known.actor, "participant")
        parties.append(
            Party(
                actor=known.actor,
                name=table.name(known.actor),
                sector=known.sector or table.sector(known.actor),
                person=known.person,
                role=role,
            )
        )
        evidence.append(known.evidence)
    if not contact.is_one_body(table):
        parties.extend(Party(actor=UNKNOWN) for _ in range(2 - len(parties)))
    return parties, list(dict.fromkeys(evidence))


def _party(side: Side, table: ActorTable, role: Role) -> Party:
    known = side.actor != UNKNOWN
    return Party(
        actor=side.actor,
        name=table.name(side.actor) if known else None,
        sector=side.sector if known else None,
        person=side.person,
        role=role,
        start=side.start,
        end=side.end,
        text=side.text,
    )
