"""Tell the day that the rest of a document gives a contact: its title, the sentence before, its own date."""

from __future__ import annotations

import re
from datetime import timedelta

from backchannel.aspects import dates
from backchannel.aspects.base import Aspect, Context, evidence_at
from backchannel.contacts.lexicon import entry_for
from backchannel.language.grammar import Word
from backchannel.records import UNKNOWN, Evidence

_OTHER_TIME = frozenset(["earlier", "early", "former", "future", "last", "next", "previous", "prior", "recent", "recently", "regular", "several", "upcoming", "forthcoming", "numerous", "many", "subsequent"])  # fmt: skip
_ORDINALS = frozenset({"first", "second", "third"})
_HABIT = re.compile(
    r"\b(?:regular\w*|often|frequent\w*|always|constant\w*|continuous\w*|over the years|at all levels)\b"
)
_TITLE_CONTACT = re.compile(
    r"\b(?:meet(?:ing|s)?|met|talks|conversations?|call(?:s|ed)?|visit(?:s|ed)?|spoke|summit|negotiations|consultations|trip|travel|engagement|bilateral|trilateral|dialogue)\b",
    re.I,
)
_PREVIEW = re.compile(r"\b(?:preview\w*|upcoming|ahead of|in advance|to preview|will)\b", re.I)
_UNDER_WAY = ("adjective:", "beginning:", "noun:progress", "preposition:", "process:present", "tense:present", "tense:progressive", "tense:relative", "tense:state")  # fmt: skip
_NOW = re.compile(
    r"\b(?:at present|at the moment|currently|(?:are|is) now|ongoing|presently|right now|under ?way|going on|taking place|(?<!no )progress (?:\w+ ){0,3}in|(?:are|is)(?: still)? (?:having|happening)|(?:are|is) in (?:\w+ )?talks)\b"
    r"|[’'](?:re|m)(?: still)? having\b",
    re.I,
)
_AROUND = 60
_BEGINS = frozenset(["arrive", "attend", "begin", "conduct", "convene", "gather", "go", "hold", "meet", "open", "restart", "resume", "start", "tell", "visit"])  # fmt: skip
_IS_TO_COME = re.compile(r" to (?:be held|take place|come)\b")
_LASTS = re.compile(r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten)-day\s+(?:[\w-]+\s+){0,3}?[\w-]+$", re.I)
_DAY_NUMBERS = ("second", "third", "fourth", "fifth", "sixth")
_DAY_OF = re.compile(
    rf" (?:enter|are in|go into|continue (?:for|into)) (?:a|the|their) (?P<n>{'|'.join(_DAY_NUMBERS)}) day\b", re.I
)
_AT_THE_DOOR = re.compile(r"\b(?:bar(?:s|red)?|den(?:y|ies|ied)|refuse[sd]?)\b.{0,40}?\b(?:access|entry)\b")
_SETS_OUT = frozenset({"arrive", "come", "fly", "go", "head", "land", "leave", "set", "travel"})
_ENDS_WHAT_WAS_TO_COME = frozenset({"cancel", "cancellation", "postpone"})
_PRESENT = frozenset({"digest", "transcript", "official"})
_BRIEF = frozenset({"visit", "meeting", "summit"})
_DAYS = frozenset({"iso", "span", "day", "weekdays", "weekday", "relative", "weekend"})
_ROOMS = frozenset({"readout", "announcement", "official", "transcript", "background_call"})
_OWN_ACCOUNTS = frozenset({"readout", "announcement", "official", "transcript"})
_TOLD = frozenset({"occurred", "planned", "refused", "postponed"})
_POINTERS = frozenset({"the", "this", "that", "these", "those", "their"})
_NEAR = frozenset({"this", "our", "current", "present", "today"})
_LASTING = frozenset({"channel", "communication", "contact", "dialogue", "engagement", "exchange"})
_CHANCES = frozenset({"chance", "honor", "honour", "opportunity", "pleasure"})


def from_title(context: Context) -> Aspect | None:
    """Give the day that an announcement's title gives the contact it announces."""
    title, status = context.roster.title_text, context.value("status")
    if context.roster.profile.kind == "digest" or status in ("proposed", "hypothetical"):
        return None
    found = [p for p in dates.find(title) if p.kind in _DAYS]
    if len(found) != 1 or not is_of_title(context) or _is_of_another_time(context):
        return None
    phrase = found[0]
    looks_ahead = status in ("planned", "postponed") or _PREVIEW.search(title) is not None
    when = dates.resolve(phrase, context.on, ahead=looks_ahead)
    if when is None:
        return None
    text = title[phrase.start : phrase.end]
    evidence = Evidence(start=phrase.start, end=phrase.end, text=text, by=f"title:when.{phrase.kind}")
    return Aspect(value=when, evidence=(evidence,))


def from_previous(context: Context) -> Aspect | None:
    """Give the one day that the sentence before tells, for a contact that points back to it ("during the talks")."""
    word, before, status = context.contact.word, context.previous, context.value("status")
    if before is None or word.kind != "noun" or status not in _TOLD:
        return None
    below = [w for w in context.sentence.below(word.index) if w.relation in ("determiner", "possessor")]
    is_same = re.search(rf"\b{re.escape(word.lemma)}(?:s|es)?\b", before.plain, re.I) is not None
    points = any(w.text.lower() in _POINTERS for w in below)
    if not (points and (is_same or status == "occurred")) and (not is_same or context.roster.profile.kind == "news"):
        return None
    found = [p for p in dates.find(before.plain) if p.kind in _DAYS]
    when = (
        dates.resolve(found[0], context.on, ahead=status == "planned", year=context.year) if len(found) == 1 else None
    )
    if when is None or _is_of_another_time(context):
        return None
    evidence = evidence_at(before, found[0].start, found[0].end, f"when.previous:{found[0].kind}")
    return Aspect(value=when, evidence=(evidence,))


def from_document(context: Context) -> Aspect:
    """Give the day of the document to an item of a day's digest and an official account, its month to what goes on."""
    on, published = context.on, context.document.published
    if on is None or published is None or _is_of_another_time(context):
        return Aspect(value=None)
    if context.sentence.text.rstrip().endswith("?") and not _is_presupposed(context):
        return Aspect(value=None)
    text = published.isoformat()
    evidence = (Evidence(start=0, end=len(text), text=text, by=f"date:when.{context.roster.profile.kind}"),)
    if _is_of_the_day(context):
        ahead, behind = _further_days(context)
        return Aspect(value=dates.days(on - timedelta(days=behind), on + timedelta(days=ahead)), evidence=evidence)
    is_now = context.roster.profile.kind in _PRESENT or _stands_near(context, _NOW, _AROUND)
    if is_now and _goes_on(context):
        return Aspect(value=dates.month(on), evidence=evidence)
    return Aspect(value=None)


def _further_days(context: Context) -> tuple[int, int]:
    """How many days a contact lasts after and before the document's: "sets off for a two-day visit", "enter a third day"."""
    sentence, carrier = context.sentence, _carrier(context)
    if context.roster.profile.kind != "digest" or carrier is None:
        return 0, 0
    later = _LASTS.search(sentence.plain, 0, context.contact.trigger.end - sentence.start)
    if later is not None and carrier.lemma in _SETS_OUT | _BEGINS and carrier.shape == "present":
        return dates.COUNTS[later["n"].lower()] - 1, 0
    since = _DAY_OF.match(sentence.plain, context.contact.trigger.end - sentence.start)
    return 0, _DAY_NUMBERS.index(since["n"].lower()) + 1 if since is not None else 0


def _is_presupposed(context: Context) -> bool:
    """ "Any progress in the talks?" takes the talks for granted, "are there talks?" does not."""
    sentence, word = context.sentence, context.contact.word
    below = {w.text.lower() for w in sentence.below(word.index) if w.relation == "determiner"}
    return word.kind == "noun" and bool(below & {"the", "these", "this", "those"})


def _is_of_the_day(context: Context) -> bool:
    kind, status = context.roster.profile.kind, context.value("status")
    if kind == "digest":
        return _is_news(context)
    is_own = is_of_title(context) and not _PREVIEW.search(context.roster.title_text)
    is_asked = context.sentence.text.rstrip().endswith("?")
    if is_own and (
        status == "occurred" or _goes_on(context) or (kind in _OWN_ACCOUNTS and _is_at_hand(context) and not is_asked)
    ):
        return True
    return kind in ("readout", "announcement", "official") and status == "occurred" and context.contact.ordinal == 0


def _is_news(context: Context) -> bool:
    """Whether a digest's item tells the contact as an event of its day, and not as one called off before it came."""
    status, carrier = context.value("status"), _carrier(context)
    if status == "occurred":
        return True
    if status == "cancelled":
        path = [context.contact.word, *context.sentence.path(context.contact.word.index)]
        return not any(w.lemma in _ENDS_WHAT_WAS_TO_COME for w in path)
    if status == "refused":
        return _AT_THE_DOOR.search(context.sentence.plain) is not None
    if status == "ongoing":
        if _DAY_OF.match(context.sentence.plain, context.contact.trigger.end - context.sentence.start):
            return True
        return _begins(carrier) or (_goes_on(context) and context.read["form"].value in _BRIEF) if carrier else False
    return status == "planned" and carrier is not None and carrier.lemma in _SETS_OUT and carrier.shape == "present"


def _begins(carrier: Word) -> bool:
    return carrier.lemma in _BEGINS


def is_of_title(context: Context) -> bool:
    """Whether the title names this contact: an official account of it, told with the parties of the title."""
    roster = context.roster
    if roster.profile.kind not in _ROOMS or not _TITLE_CONTACT.search(roster.title_text):
        return False
    partners = {k.actor for k in roster.partners()}
    home = {roster.profile.home} if roster.profile.home else set()
    known = set(context.contact.known()) - {UNKNOWN}
    return bool(known & partners) and known <= partners | home


def _is_of_another_time(context: Context) -> bool:
    """ "Our previous talks", "regular contacts", "had discussed": not the contact that the document is about."""
    sentence = context.sentence
    for word in context.contact.words:
        around = [
            w for w in sentence.below(word.index) if w.relation in ("modifier", "adverb", "determiner", "compound")
        ]
        if any(w.lemma in _OTHER_TIME or w.text.lower() in _OTHER_TIME for w in around):
            return True
        if context.roster.profile.kind != "digest" and any(w.lemma in _ORDINALS for w in around):
            return True
        verb = word if word.kind == "verb" else sentence.words[word.head]
        if any(w.relation == "auxiliary" and w.text.lower() == "had" for w in sentence.below(verb.index)):
            return verb.kind == "verb" and verb.lemma != "have"
    return (
        _is_habit(context)
        or _IS_TO_COME.match(sentence.plain, context.contact.trigger.end - sentence.start) is not None
    )


def _is_habit(context: Context) -> bool:
    """Whether a word of habit stands near, and not with another contact ("met and agreed to hold regular meetings")."""
    sentence, own = context.sentence, {w.index for w in context.contact.words}
    start, end = context.contact.trigger.start, context.contact.trigger.end
    for match in _HABIT.finditer(sentence.plain, max(0, start - sentence.start - 40), end - sentence.start + 40):
        word = sentence.word_at(sentence.start + match.start(), sentence.start + match.end())
        head = sentence.words[word.head] if word is not None else None
        if head is None or head.index in own or entry_for(head) is None:
            return True
    return False


def _stands_near(context: Context, words: re.Pattern[str], reach: int) -> bool:
    """Whether ``words`` stand within ``reach`` characters of the trigger."""
    start = context.contact.trigger.start - context.sentence.start
    end = start + len(context.contact.trigger.text)
    return words.search(context.sentence.plain, max(0, start - reach), end + reach) is not None


def _is_at_hand(context: Context) -> bool:
    """ "This meeting", "our talks", "glad of the opportunity to meet": the contact at which the words are spoken."""
    sentence, word = context.sentence, context.contact.word
    if word.kind == "noun":
        below = list(sentence.below(word.index))
        is_near = any(w.lemma in _NEAR or w.text.lower() in _NEAR for w in below)
        is_told_of = context.value("status") == "ongoing" and any(w.text.lower() == "the" for w in below)
        return word.lemma not in _LASTING and (is_near or is_told_of)
    head = sentence.words[word.head]
    return head.lemma in _CHANCES and any(w.text.lower() in ("this", "the") for w in sentence.below(head.index))


def _carrier(context: Context) -> Word | None:
    """The verb that carries the contact, or the contact's own verb."""
    word, sentence = context.contact.word, context.sentence
    if word.kind == "verb":
        return word
    return next((w for w in sentence.path(word.index) if w.kind == "verb"), None)


def _goes_on(context: Context) -> bool:
    """Whether the sentence says that the contact is under way now, not that it is a habit, a hope or a promise."""
    if context.value("status") != "ongoing":
        return False
    evidence = context.read["status"].evidence
    rule = evidence[0].by.removeprefix("status.") if evidence else ""
    return rule.startswith(_UNDER_WAY) or _stands_near(context, _NOW, _AROUND)
