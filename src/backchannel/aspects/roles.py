"""Read the roles of the parties: who calls, writes or visits, who receives, who stands between."""

from __future__ import annotations

from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.records import UNKNOWN, Role

_HOST_VERBS = frozenset({"host", "receive", "welcome"})
_ONE_WAY = frozenset(
    {
        "call.verb",
        "phone.verb",
        "telephone.verb",
        "visit.verb",
        "visit.noun",
        "trip.noun",
        "travel.verb",
        "message.noun",
        "letter.noun",
        "write.verb",
        "reach.verb",
        "contact.verb",
        "invite.verb",
        "summon.verb",
        "approach.noun",
        "overture.noun",
        "outreach.noun",
        "emissary.noun",
        "brief.verb",
        "tell.verb",
        "inform.verb",
    }
)


@aspect("roles")
def read(context: Context) -> Aspect:
    """Give ``{actor id: role}``; ``participant`` is the documented default and stands without evidence."""
    contact = context.contact
    mediating = contact.form == "mediation"
    found: dict[str, Role] = {}
    evidence = []
    between = any(p.kind in ("between", "partner") for p in contact.placed)
    for placed in contact.placed:
        actor = placed.side.actor
        role: Role | None = None
        carries = (
            contact.form == "message"
            and len(contact.known()) > 2
            and placed.kind == "agent"
            and (between or any(p.kind == "goal" for p in contact.placed))
        )
        convenes = (
            contact.entry.lemma in ("convene", "bring", "host") and placed.kind == "agent" and len(contact.known()) > 2
        )
        if (
            placed.kind == "mediator"
            or carries
            or convenes
            or (mediating and placed.kind in ("agent", "owner", "host") and between)
        ) or (placed.kind == "host" and len(contact.known()) > 2):
            role = "mediator"
        elif contact.entry.lemma in _HOST_VERBS:
            role = {"agent": "recipient", "object": "initiator"}.get(placed.kind)  # type: ignore[assignment]  # literals of Role
        elif contact.entry.id in _ONE_WAY:
            role = {"agent": "initiator", "owner": "initiator", "object": "recipient", "goal": "recipient"}.get(
                placed.kind
            )  # type: ignore[assignment]  # literals of Role
        elif (
            context.read.get("status") is not None and context.value("status") == "proposed" and placed.kind == "agent"
        ):
            role = "initiator"
        if role is not None and actor != UNKNOWN:
            found[actor] = role
            evidence.append(
                words_as_evidence(context.sentence, [contact.word], f"roles.{placed.kind}:{contact.entry.id}")
            )
    return Aspect(value=found, evidence=tuple(dict.fromkeys(evidence)))
