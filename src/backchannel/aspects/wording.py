"""Look up the words of ``data/form.yml``, and the contact's own phrase in which they count."""

from __future__ import annotations

import re
from functools import cache

from backchannel import vocabulary
from backchannel.aspects.base import Aspect, Context
from backchannel.records import Evidence, Form

FILE = "form.yml"


@cache
def words(kind: str) -> frozenset[str]:
    """Give one group of ``data/form.yml``."""
    return frozenset(str(word) for word in vocabulary.load(FILE)[kind]["words"])


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """Give a pattern that finds the phrases of one group, the longest first, whole and in any case."""
    found = sorted(words(kind), key=lambda word: (-len(word), word))
    return re.compile("|".join(_whole(word) for word in found), re.I)


def _whole(word: str) -> str:
    start = "" if word.startswith("-") else r"\b"
    return start + re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else r"\b")


def around(context: Context) -> str:
    """Give the trigger's own phrase with what hangs on it: "talks on a ceasefire"."""
    sentence = context.sentence
    tree = sentence.tree(context.contact.word.index, without=frozenset({"relative", "conjunct"}))
    start, end = min(w.start for w in tree), max(w.end for w in tree)
    return sentence.text[max(0, start - sentence.start - 12) : end - sentence.start]


def form_as(context: Context, form: Form, *more: Evidence) -> Aspect:
    """Give the form with the trigger as its first evidence."""
    trigger = context.contact.trigger
    own = Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by=f"contacts.{context.contact.entry.id}")
    return Aspect(value=form, evidence=(own, *more))
