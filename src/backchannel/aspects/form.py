"""Read the form of a contact: the trigger's own, corrected by the words beside it and the document's title."""

from __future__ import annotations

import re

from backchannel.aspects.base import Aspect, Context, aspect, evidence_at
from backchannel.language.grammar import Sentence
from backchannel.records import Evidence, Form

_PHONE = re.compile(
    r"\b(?:by (?:tele)?phone|on the (?:tele)?phone|over the (?:tele)?phone|tele-?phone|phone call|phone|video ?conference|videoconference|by video|video call|video link|virtual(?:ly)?|conference call|teleconference|secure call)\b",
    re.I,
)
_PERSON = re.compile(
    r"\b(?:in person|face[- ]to[- ]face|at the White House|at the Kremlin|in the Kremlin|in the Oval Office|sat down|on the margins|on the sidelines|one-on-one)\b",
    re.I,
)
_NEGOTIATION = re.compile(
    r"\b(?:peace|trade|ceasefire|cease-fire|truce|nuclear|disarmament|arms(?: control| limitation)?|accession|hostage|denuclearization|treaty|deal|armistice|border|climate|SALT|proximity|settlement|unification|reunification|stalled|inter-?communal|tariff|Brexit|round of|rounds of|six-party|negotiat\w+|an agreement|to end the)\b",
    re.I,
)
_TITLE_CALL = re.compile(r"\b(?:Call|Telephone conversation|Phone call|Telephone)\b")
_MULTI = re.compile(
    r"\b(?:leaders'?|G-?(?:7|8|20)|summit of|trilateral|EU|NATO|ASEAN|APEC|BRICS|SCO|OPEC|Quad|Americas|Arab)\b"
)


@aspect("form")
def read(context: Context) -> Aspect:
    """Give the form; the weakest, ``contact``, is a documented default when the trigger says no more."""
    sentence, contact = context.sentence, context.contact
    form = contact.form
    own = Evidence(
        start=contact.trigger.start,
        end=contact.trigger.end,
        text=contact.trigger.text,
        by=f"contacts.{contact.entry.id}",
    )
    lemma = contact.entry.lemma
    around = _around(sentence, context)
    if form in ("contact", "meeting", "negotiation", "call") and lemma not in ("meet",):
        phone = _PHONE.search(sentence.text)
        if phone is not None and not (
            lemma == "meeting" and "virtual" not in phone.group().lower() and "video" not in phone.group().lower()
        ):
            return Aspect(value="call", evidence=(evidence_at(sentence, phone.start(), phone.end(), "form.phone"),))
    if lemma == "conference" and re.search(r"\b(?:press|news)\b", contact.trigger.text):
        return Aspect(value="contact", evidence=(own,))
    if lemma == "call" and "courtesy" in contact.trigger.text:
        return Aspect(value="meeting", evidence=(own,))
    if lemma == "summit":
        return Aspect(value=_summit(context), evidence=(own,))
    if lemma in ("talk", "discussion", "dialogue", "consultation") and contact.entry.kind == "noun":
        aim = _NEGOTIATION.search(around)
        if lemma == "talk" and contact.trigger.text.lower().startswith(("private", "clandestine", "quiet", "informal")):
            return Aspect(value="contact", evidence=(own,))
        if lemma == "talk" and aim is not None:
            at = sentence.text.find(aim.group())
            return Aspect(
                value="negotiation", evidence=(own, evidence_at(sentence, at, at + len(aim.group()), "form.aim"))
            )
        if lemma == "talk":
            persons = {p.side.actor for p in contact.placed if p.side.person is not None}
            return Aspect(
                value="meeting" if len(persons) >= 2 or _in_a_meeting(context) is not None else "negotiation",
                evidence=(own,),
            )
    if lemma in ("speak", "talk", "discuss", "conversation", "discussion", "exchange") or form == "contact":
        title = context.document.title or ""
        match = _TITLE_CALL.search(title)
        told = lemma in _TOLD_IN_A_TALK and context.value("status") in ("occurred", "ongoing")
        if (
            told
            and match is not None
            and context.roster.profile.kind in ("readout", "announcement")
            and context.roster.partners()
        ):
            return Aspect(
                value="call",
                evidence=(Evidence(start=match.start(), end=match.end(), text=match.group(), by="title:form.call"),),
            )
        person = _PERSON.search(sentence.text)
        if person is not None and lemma in ("talk", "speak", "discuss", "conversation", "discussion"):
            return Aspect(
                value="meeting", evidence=(own, evidence_at(sentence, person.start(), person.end(), "form.in person"))
            )
        if (
            lemma == "speak"
            and context.roster.profile.kind in ("readout", "announcement", "official")
            and context.roster.partners()
        ):
            return Aspect(value="call", evidence=(own,))
        found = _in_a_meeting(context)
        if found is not None and told:
            return Aspect(
                value="meeting",
                evidence=(Evidence(start=found.start(), end=found.end(), text=found.group(), by="title:form.meeting"),),
            )
        if (
            lemma in ("speak", "conversation")
            and len({p.side.actor for p in contact.placed if p.side.person is not None}) >= 2
        ):
            return Aspect(value="call", evidence=(own,))
    if (
        form == "contact"
        and lemma in ("talk",)
        and contact.entry.kind == "noun"
        and re.search(r"\b(?:in|at) [A-Z]", around)
    ):
        return Aspect(value="meeting", evidence=(own,))
    return Aspect(value=form, evidence=(own,))


_TOLD_IN_A_TALK = frozenset({"speak", "talk", "discuss", "conversation", "discussion", "exchange", "communication"})
_TITLE_MEETING = re.compile(
    r"\b(?:[Mm]eeting|Meets|Visit|[Tt]alks|Bilateral|Summit|Conversation with|Lunch|Dinner|Working Visit)\b"
)


def _in_a_meeting(context: Context) -> re.Match[str] | None:
    """The word of an official text's title that says its sides met in person."""
    title = re.sub(
        r"(?:Background )?(?:Press|Conference|Background) Call",
        lambda m: " " * len(m.group()),
        context.document.title or "",
    )
    if context.roster.profile.home is None or not context.roster.partners() or _TITLE_CALL.search(title):
        return None
    return _TITLE_MEETING.search(title)


def _around(sentence: Sentence, context: Context) -> str:
    """The trigger's own phrase with what hangs on it: "talks on a ceasefire"."""
    words = sentence.tree(context.contact.word.index, without=frozenset({"relative", "conjunct"}))
    start, end = min(w.start for w in words), max(w.end for w in words)
    return sentence.text[max(0, start - sentence.start - 12) : end - sentence.start]


def _summit(context: Context) -> Form:
    known = context.contact.known()
    bodies = [
        k
        for k in known
        if (actor := context.table.actors.get(k)) is not None and actor.kind in ("organisation", "forum")
    ]
    if bodies or len(known) >= 3 or any(p.side.kind == "unknown" for p in context.contact.placed):
        return "summit"
    return "meeting" if len(known) == 2 else "summit"
