"""Tell in what setting a contact took place where its own word leaves it open: the title's, or the sentence before's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backchannel.aspects.base import Context
from backchannel.contacts.contact import is_anaphoric
from backchannel.records import UNKNOWN, Evidence, Form

_ABOUT_THE_PRESS = re.compile(
    r"(?:(?:On-the-Record|Background|Embargoed|Conference|Media)[- ]+)*(?:Press|Conference|Background|Media) (?:Call|Briefing|Gaggle|Conference)\b"
)
_CALL = re.compile(r"\b(?:[Tt]elephone|[Pp]hone (?:[Cc]all|[Cc]onversation)|Calls?\b|[Vv]ideo ?conference|Virtual)\b")
_MEETING = re.compile(
    r"\b(?:[Mm]eetings?|Meets|[Mm]et|Visit|[Tt]alks|Bilateral|Summit|Conversation with|Lunch|Dinner|Travel|Trip)\b"
)
_MINISTER = re.compile(r"\b(?:(?:Foreign|Defen[cs]e|Finance) Minister|Secretary|Advis[eo]r|NSA|Envoy)\b")
_BY_PHONE = re.compile(
    r"\b(?:by (?:tele)?phone|on the phone|telephone|phone (?:call|conversation)|video (?:call|link))", re.I
)
_IN_PERSON = re.compile(r"\b(?:met|meets?|meeting|hosts?|hosted|receives?|received|arrive[sd]?|visit(?:s|ed)?)\b", re.I)
_WE_BOTH = re.compile(
    r"^\W*(?:They|The (?:two|three)\b|Both\b|The (?:leaders|presidents|ministers|sides|parties|pair)\b|In (?:the|their)\b|During (?:the|their)\b)"
)
_ANOTHER_TIME = re.compile(
    r"\b(?:over the (?:last|past|years|course)|for (?:many |several )?(?:months|years|weeks)|many (?:times|conversations|discussions)|always|often|regularly|repeatedly|in the past|last (?:week|month|year)|before today|begin|began)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The form that the surroundings give a talk, and the words that do."""

    form: Form
    evidence: Evidence


def setting(context: Context) -> Setting | None:
    """Give the setting in which the sides of ``context.contact`` talked, or ``None`` where nothing tells it.

    A title speaks for a talk between the very sides it names, unless the sentence puts the talk at another time.
    """
    return _of_the_title(context) or _of_the_sentence_before(context)


def _of_the_title(context: Context) -> Setting | None:
    if context.roster.profile.home is None or not _is_of_the_titles_sides(context) or _is_another_time(context):
        return None
    title = _ABOUT_THE_PRESS.sub(lambda m: " " * len(m.group()), context.document.title or "")
    status = context.value("status")
    call = _CALL.search(title)
    if call is not None:
        return _from_title(call, "call") if status in ("occurred", "ongoing") else None
    meeting = _MEETING.search(title)
    if meeting is None or status not in ("occurred", "ongoing", "planned"):
        return None
    leaders = len(
        {one.actor for one in context.roster.title if one.person} - {context.roster.profile.home}
    ) > 1 and not _MINISTER.search(title)
    return _from_title(meeting, "summit" if leaders and len(context.contact.known()) > 2 else "meeting")


def _from_title(match: re.Match[str], form: Form) -> Setting:
    evidence = Evidence(start=match.start(), end=match.end(), text=match.group(), by=f"title:form.{form}")
    return Setting(form=form, evidence=evidence)


def _is_of_the_titles_sides(context: Context) -> bool:
    partners = {one.actor for one in context.roster.partners()}
    known = set(context.contact.known())
    unnamed = any(p.side.actor == UNKNOWN and p.side.kind == "unknown" for p in context.contact.placed)
    return bool(partners) and known <= partners | {context.roster.profile.home} and not (unnamed and len(known) < 2)


def is_on_screen(context: Context) -> Evidence | None:
    """Give the word of the title that puts the meeting of its sides on a screen, or ``None``."""
    if context.roster.profile.home is None or not _is_of_the_titles_sides(context) or _is_another_time(context):
        return None
    screen = re.search(r"\bVirtual\b", context.document.title or "")
    return _from_title(screen, "call").evidence if screen is not None else None


def _is_another_time(context: Context) -> bool:
    sentence, word = context.sentence, context.contact.word
    if _ANOTHER_TIME.search(sentence.text):
        return True
    helpers = [w for w in sentence.below(word.index) if w.relation == "auxiliary"]
    return word.shape == "gerund" and any(w.lemma == "have" for w in helpers)


def _of_the_sentence_before(context: Context) -> Setting | None:
    """ "They spoke by phone. They also discussed grain." """
    before = context.previous
    if before is None or (context.roster.profile.home is not None and context.roster.profile.kind != "transcript"):
        return None
    if not (_WE_BOTH.search(context.sentence.text) or is_anaphoric(context.contact)):
        return None
    if context.value("status") not in ("occurred", "ongoing"):
        return None
    for pattern, form in ((_BY_PHONE, "call"), (_IN_PERSON, "meeting")):
        match = pattern.search(before.text)
        if match is not None:
            start = before.start + match.start()
            evidence = Evidence(
                start=start, end=start + len(match.group()), text=match.group(), by=f"before:form.{form}"
            )
            return Setting(form=form, evidence=evidence)  # type: ignore[arg-type]
    return None
