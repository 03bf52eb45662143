"""Tell a summit, where three or more parties' leaders sit down, from a meeting of two and from one of ministers."""

from __future__ import annotations

import re
from functools import cache

from backchannel.aspects.base import Aspect, Context
from backchannel.aspects.setting import setting
from backchannel.aspects.wording import around, form_as, pattern, words
from backchannel.contacts.propose import Placed

_LEADER = re.compile(
    r"\b(?:President|Prime Minister|Chancellor|King|Emir|Premier|Crown Prince|Taoiseach|Sultan|president|prime minister|chancellor|king|emir)\b"
)
_BEHIND = 45
"""Characters behind a side's own words in which "heads" may still become "heads of state"."""


def summit(context: Context) -> Aspect | None:
    """Give the form of a word "summit": two sides alone are a meeting; ``None`` for any other trigger."""
    contact = context.contact
    if contact.entry.lemma != "summit" and not _has_a_summit(context):
        return None
    if pattern("business").search(around(context)):
        return form_as(context, "meeting")
    if contact.entry.lemma == "convene":
        return form_as(context, "summit")
    is_many = len(contact.known()) != 2 or any(p.side.kind == "unknown" for p in contact.placed)
    bodies = [actor for actor in contact.known() if actor != "EU" and _is_a_body(context, actor)]
    if is_many or bodies or pattern("many").search(around(context)):
        return form_as(context, "summit")
    return form_as(context, "meeting")


def _has_a_summit(context: Context) -> bool:
    """ "Will host the first summit"."""
    word = context.contact.word
    below = context.sentence.below(word.index)
    return context.contact.entry.lemma in ("host", "convene") and any(w.text.lower() == "summit" for w in below)


def of_leaders(context: Context) -> Aspect | None:
    """Give ``summit`` where the leaders of three or more parties sit down, whatever the trigger calls it."""
    contact = context.contact
    sides = " | ".join(p.side.text or "" for p in contact.placed)
    if (
        contact.entry.lemma not in words("assembly")
        or contact.word.shape == "plural"
        or pattern("ministers").search(sides)
    ):
        return None
    many = len(contact.known()) > 2
    leaders = [p for p in contact.placed if _names_leaders(context, p)]
    if (leaders and many) or any(_is_several(context, p) for p in leaders):
        return form_as(context, "summit")
    if many and len(_LEADER.findall(sides)) >= 2:
        return form_as(context, "summit")
    if many and contact.entry.lemma in ("meeting", "meet"):
        found = setting(context)
        if found is not None and found.form == "summit":
            return form_as(context, "summit", found.evidence)
    return None


def _is_several(context: Context, placed: Placed) -> bool:
    """Whether one side is itself several leaders ("nine other heads of state", "the leaders of ASEAN")."""
    return placed.side.kind == "unknown" or _is_a_body(context, placed.side.actor)


def _is_a_body(context: Context, actor: str) -> bool:
    known = context.table.actors.get(actor)
    return known is not None and known.kind in ("organisation", "forum")


def _names_leaders(context: Context, placed: Placed) -> bool:
    side, sentence = placed.side, context.sentence
    if side.start is None or side.end is None:
        return False
    text = sentence.text[side.start - sentence.start : side.end - sentence.start + _BEHIND]
    found = _leaders().search(text)
    return found is not None and found.start() < side.end - side.start


@cache
def _leaders() -> re.Pattern[str]:
    others = "".join(rf"(?<!\b{re.escape(word)} )" for word in sorted(words("other_leaders")))
    of_others = r"(?! (?:of|from) (?:[\w’']+ ){0,4}(?:industry|ports?|compan|business|communit|opposition|church))"
    heads = "leaders|heads of (?:state|government)|presidents|prime ministers"
    return re.compile(rf"\b{others}(?:{heads})\b{of_others}", re.I)
