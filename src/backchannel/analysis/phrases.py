"""Say values in words a reader knows: days, parties, degrees of privacy, statuses and tellers."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Mapping
from typing import Final

from backchannel.aspects import withheld
from backchannel.records import (
    UNKNOWN,
    Channel,
    Conversation,
    ConversationParty,
    Form,
    Origin,
    Privacy,
    SourceClass,
    Status,
    When,
)

MONTHS: Final = tuple(month_name)[1:]
STATUSES: Final[Mapping[Status, str]] = {
    "occurred": "took place",
    "ongoing": "under way",
    "planned": "planned",
    "proposed": "proposed",
    "postponed": "postponed",
    "cancelled": "called off",
    "refused": "refused",
    "denied": "denied",
    "hypothetical": "only possible",
}
CHANNELS: Final[Mapping[Channel, str]] = {
    "front": "official representatives",
    "backchannel": "a back channel",
    "intermediary": "through a go-between",
    "track_1_5": "track 1.5",
    "track_2": "track 2",
    "nonstate": "a party that is no government",
}
PRIVACIES: Final[Mapping[Privacy, str]] = {
    "public": "open to all",
    "closed": "acknowledged, content not open",
    "undisclosed": "not acknowledged by a party",
    "secret": "called secret",
}
SOURCES: Final[Mapping[SourceClass, str]] = {
    "named_person": "a named person",
    "institution": "an institution",
    "unnamed_official": "an unnamed official",
    "unnamed_insider": "an unnamed insider",
    "collective": "an unnamed group",
    "document": "a document",
    "media_report": "another outlet's report",
    "unattributed": "the author's own word",
}
FORMS: Final[Mapping[Form, str]] = {
    "meeting": "meeting",
    "call": "call",
    "visit": "visit",
    "summit": "summit",
    "negotiation": "negotiation",
    "mediation": "mediation",
    "message": "message",
    "contact": "contact",
}
REVEALED: Final[Mapping[str, str]] = {
    "own_announcement": "a party's own announcement",
    "counterpart": "the other side's announcement",
    "on_record": "a speaker on the record",
    "unnamed": "an unnamed source",
    "leak": "a leaked document",
    "declassified": "a declassified document",
    "media": "an outlet's own report",
}
ATTESTATIONS: Final[Mapping[str, str]] = {
    "record": "by a record of it",
    "mention": "known only by mention",
    "no_record": "known only by mention; no record was found",
}
RELIABILITY: Final[Mapping[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "of unknown reliability",
}
"""The letters of the Admiralty code for a source (NATO AJP-2.1)."""
CREDIBILITY: Final[Mapping[str, str]] = {
    "1": "confirmed by others",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
"""The figures of the Admiralty code for what is told."""
_WITHIN: Final = str.maketrans("“”", "‘’")
_RECORD: Final = re.compile(r"^([^,]+), (\d{4}-\d\d-\d\d)(?:T[\d:]*)?(?:, |$)")
_FLAGS: Final[Mapping[str, str]] = {
    "corrected": "a document says that it was corrected",
    "retracted": "a document was withdrawn",
    "updated": "a document was changed since",
}


def admiralty(code: str) -> str:
    """Give an Admiralty code in words.

    >>> admiralty("B2")
    'B2: source usually reliable, probably true'
    """
    return f"{code}: source {RELIABILITY[code[0]]}, {CREDIBILITY[code[1]]}"


def flag(one: str) -> str:
    """Give a flag of a conversation in words.

    >>> flag("retracted:d_1")
    'a document was withdrawn: d_1'
    """
    kind, _, of = one.partition(":")
    return f"{_FLAGS.get(kind, kind)}: {of}"


def day(iso: str | None) -> str:
    """Give an ISO date of any precision in words.

    >>> day("2023-05-10"), day("2023-05"), day("2023"), day(None)
    ('10 May 2023', 'May 2023', '2023', 'undated')
    """
    if iso is None:
        return "undated"
    parts = iso[:10].split("-")
    named = [parts[0]] if len(parts) == 1 else [MONTHS[int(parts[1]) - 1], parts[0]]
    return " ".join([str(int(parts[2])), *named] if len(parts) == 3 else named)


def interval(when: When | None) -> str:
    """Give a span of time in words, what both ends share said once.

    >>> interval(When(start="2023-05-10", end="2023-05-11", precision="day"))
    '10–11 May 2023'
    """
    if when is None:
        return "undated"
    first, last = day(when.start), day(when.end)
    if first == last:
        return first
    one, other = first.split(" "), last.split(" ")
    while len(one) > 1 and len(one) == len(other) and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    shared = last.split(" ")[len(other) :]
    joint = "–" if len(one) == 1 else " – "
    return " ".join([joint.join((" ".join(one), " ".join(other))), *shared])


def told_on(one: Conversation) -> str:
    """Give when a conversation was, of an undated one the day of its first report, in brackets."""
    return f"({day(one.first_reported)})" if one.when is None else interval(one.when)


def party(one: ConversationParty) -> str:
    """Give a party's name with the persons that acted for it, at most two of them.

    >>> party(ConversationParty(actor="CHN", name="China", persons=("Wang Yi",)))
    'China (Wang Yi)'
    >>> party(ConversationParty(actor="DEU", name="Germany", persons=("Gerhard Schröder (CDU)",)))
    'Germany (Gerhard Schröder)'
    """
    name = "a party not identified" if one.actor == UNKNOWN else one.name or one.actor
    people = [*(person(name) for name in one.persons[:2]), *(["…"] if len(one.persons) > 2 else [])]
    return f"{name} ({', '.join(people)})" if people else name


def person(name: str) -> str:
    """Give a person's name as people say it, without what tells two of one name apart in the tables.

    >>> person("Gerhard Schröder (CDU)"), person("Dean Rusk")
    ('Gerhard Schröder', 'Dean Rusk')
    """
    return name.partition(" (")[0]


def parties(conversation: Conversation, *, persons: bool = True) -> str:
    """Give all parties of a conversation, go-betweens last."""
    told = sorted(conversation.parties, key=_between)
    names = [party(one) if persons else party(_bare(one)) for one in told]
    return " – ".join(names)


def place(conversation: Conversation) -> str | None:
    """Give the place of a conversation as a text gave it."""
    return None if conversation.where is None else conversation.where.text


def what(conversation: Conversation) -> str:
    """Give the form and place of a conversation: ``meeting, Vienna``."""
    form = "contact" if conversation.form is None else FORMS[conversation.form]
    return ", ".join(part for part in (form, place(conversation)) if part is not None)


def standing(conversation: Conversation, *, is_short: bool = False) -> str:
    """Give privacy and status in few words: ``secret, took place, disputed``; in short without "took place"."""
    words = [conversation.privacy or "privacy unknown", *(["disputed"] if conversation.disputed else [])]
    if conversation.status is not None and not (is_short and conversation.status == "occurred"):
        words.insert(1, STATUSES[conversation.status])
    return ", ".join(words)


def witnesses(conversation: Conversation) -> str:
    """Give on how many words it rests: ``3 independent origins, 5 documents``."""
    return f"{count(conversation.independent, 'independent origin')}, {count(conversation.documents, 'document')}"


def count(number: int, noun: str) -> str:
    """Give a number with its noun.

    >>> count(1, "document"), count(1234, "party")
    ('1 document', '1,234 parties')
    """
    if number == 1:
        return f"1 {noun}"
    plural = noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"
    return f"{number:,} {plural}"


def origin(one: Origin, names: Mapping[str, str], outlets: Mapping[str, str]) -> str:
    """Give who tells it.

    Args:
        one: the independent teller.
        names: names of actors by id.
        outlets: outlets as they write themselves, by the key that ``families.outlet_key`` gives.
    """
    key = one.origin.partition(":")[2] or one.origin
    shown = names.get(key) or outlets.get(key) or (_paper(key) if one.kind == "document" else _capital(key))
    speaker, _, within = key.rpartition(" in ")
    if one.kind == "person" and within in outlets:
        return f"“{speaker}”, a speaker in {outlets[within]}"
    said = {
        "official": f"{shown}, officially",
        "person": f"{shown}, by name",
        "unnamed": f"unnamed source through {shown}",
        "document": f"document {shown}",
        "media": f"{shown}, as another outlet retells it",
        "outlet": f"{shown}, in its own voice",
        "import": f"import {shown}",
    }
    return said.get(one.kind, shown)


def days_between(days: int) -> str:
    """Give a lag in words: ``12 days after``, ``3 days before``, ``the same day``."""
    if days == 0:
        return "the same day"
    span = abs(days)
    words = count(span, "day") if span < 730 else f"{span // 365} years"
    return f"{words} {'after' if days > 0 else 'before'}"


def listed(items: Iterable[str], *, none: str = "none") -> str:
    """Give items with commas, underscores as spaces; ``none`` when there are none."""
    return ", ".join(item.replace("_", " ") for item in items) or none


def quoted(text: str) -> str:
    """Give words in quotation marks, on one line, quotations within them in single marks.

    >>> quoted("He called it “a\\ndream.”")
    '“He called it ‘a dream.’”'
    """
    return f"“{' '.join(text.split()).translate(_WITHIN)}”"


def _paper(key: str) -> str:
    """Give a record by its kind and day, of the key that tells it apart; what else stands in the key names its people."""
    found = _RECORD.match(key)
    return key if found is None else f"{found[1]}, {day(found[2])}"


def _capital(key: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in key.split())


def _bare(one: ConversationParty) -> ConversationParty:
    return ConversationParty(actor=one.actor, name=one.name, role=one.role, origins=one.origins)


def _between(one: ConversationParty) -> tuple[bool, bool]:
    return (one.role == "mediator", one.actor == UNKNOWN)


def kept_from(one: str) -> str:
    """Give one from whom a conversation was kept as people say it.

    >>> kept_from("department_of_state"), kept_from("outside white_house"), kept_from("Ada Reed")
    ('the State Department', 'all outside the White House', 'Ada Reed')
    """
    if one.startswith("outside "):
        return f"all outside {kept_from(one.removeprefix('outside '))}"
    return withheld.label(one) or one
