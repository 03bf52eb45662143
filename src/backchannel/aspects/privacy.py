"""Read how private a contact was: the cue on this contact first, then whether a party acknowledges it."""

from __future__ import annotations

import re

from backchannel.actors.roster import is_reporter
from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.aspects.privacy_cues import CONTAINERS, find_cue
from backchannel.contacts.contact import is_anaphoric
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Voice

_DOORS = re.compile(r"closed[- ]doors?|behind closed", re.I)
_IN_PUBLIC = re.compile(
    r"\bReport to (?:the )?Congress|\b(?:Address|Remarks|Speech|Interview|Statement by|(?:Press|News) Conference|Message to (?:the )?Congress)\b"
)
_OPEN_BODY = re.compile(r"\bSecurity Council\b|\bGeneral Assembly\b|\bUNSC\b")
_HEARSAY = frozenset({"report", "rumor", "rumour", "speculation", "talk", "allegation", "claim"})
_SAID_TO_BE = frozenset({"reported", "rumored", "rumoured", "alleged", "purported"})
_OFFICIAL_MEDIA = re.compile(
    r"\b(?:[Ss]tate(?:-run|-owned)? (?:media|television|TV|radio|news)|Xinhua|KCNA|TASS|IRNA|SANA)\b"
)
_CONFIRMED = re.compile(r"\b(?:confirm|acknowledg|admit)", re.I)


@aspect("privacy")
def read(context: Context) -> Aspect:
    """Give the privacy; ``closed`` without a sign is the documented default."""
    value, evidence = find_cue(context)
    points_back = value is None and context.before is not None and context.value("status") != "denied"
    if points_back and context.before is not None and context.before["privacy"].evidence:
        return context.before["privacy"]
    voice: Voice = context.value("voice")
    trigger = context.contact.trigger
    if re.search(r"\b(?:press|news) conference\b", trigger.text):
        return Aspect(
            value="public",
            evidence=(
                Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by="privacy.form:press conference"),
            ),
        )
    status = context.value("status")
    acknowledged = _is_acknowledged(context, voice)
    if value in ("secret", "public"):
        return Aspect(value=value, evidence=evidence)
    if status == "denied" and not _is_asked(context):
        return Aspect(value="undisclosed", evidence=context.read["status"].evidence)
    if (
        value == "undisclosed"
        and _DOORS.search(evidence[0].text)
        and voice.source_class in ("unattributed", "document")
    ):
        return Aspect(value="closed", evidence=evidence)
    if value == "undisclosed":
        return Aspect(value="closed" if acknowledged else "undisclosed", evidence=evidence)
    hearsay = _hearsay(context.sentence, context.contact.word)
    if hearsay is not None and not _CONFIRMED.search(context.sentence.text):
        return Aspect(value="undisclosed", evidence=(hearsay,))
    if _is_open_body(context):
        return Aspect(value="public", evidence=(_own(context),))
    if _is_presupposed(context) or _is_one_of_a_row(context) or _OFFICIAL_MEDIA.search(_told_by(context)):
        return Aspect(
            value="closed"
        )  # what is told of "the talks" may be hearsay; that they are held is taken as known
    if voice.source_class in ("unnamed_insider", "media_report", "collective") or (
        voice.source_class == "unnamed_official"
        and (context.roster.profile.kind in ("news", "digest", "memoir") or _is_foreign(context, voice))
    ):
        if status in ("cancelled", "refused") or not context.read["voice"].evidence:
            return Aspect(value="closed")
        return Aspect(value="undisclosed", evidence=context.read["voice"].evidence)
    return Aspect(value="closed")


def _is_acknowledged(context: Context, voice: Voice) -> bool:
    """Whether a party tells of the contact on record: an official text, a spokesman, a named speaker of a party."""
    kind = context.roster.profile.kind
    if kind in ("record", "memoir"):
        return _IN_PUBLIC.search(context.document.title or "") is not None
    if _is_not_to_be_told(context):
        return False
    if kind in ("transcript", "background_call"):
        if _is_asked(context) or voice.source_class in ("media_report", "unnamed_insider", "collective"):
            return False
        speaker = context.roster.speaker(context.sentence)
        return speaker is not None and speaker.actor in context.contact.known()
    if kind in ("readout", "announcement", "official", "joint"):
        return voice.source_class in ("institution", "named_person", "unnamed_official", "document")
    if voice.source_class not in ("institution", "named_person"):
        return False
    return _speaks_for_a_party(context, voice)


def _is_foreign(context: Context, voice: Voice) -> bool:
    """ "An Israeli official told CNN", in an American transcript: not the voice of the house that speaks there."""
    if voice.speaker is None or not context.roster.profile.is_transcript:
        return False
    mentions = context.roster.mentions.get(context.sentence.index, ())
    home = context.roster.profile.home
    return any(
        m.actor not in (None, home) and m.start < voice.speaker.end and m.end > voice.speaker.start for m in mentions
    )


def _is_presupposed(context: Context) -> bool:
    """ "The talks" are taken as known; "these discussions" are those told of before, perhaps by the same whisper."""
    below = context.sentence.below(context.contact.word.index)
    pointed = any(
        w.text.lower() in ("these", "those", "this", "that", "such") for w in below if w.relation == "determiner"
    )
    return is_anaphoric(context.contact) and not pointed


def _is_one_of_a_row(context: Context) -> bool:
    """ "The latest round of talks": the talks are taken as known."""
    sentence, word = context.sentence, context.contact.word
    above = sentence.words[word.head]
    return (
        word.preposition == "of"
        and above.lemma in CONTAINERS
        and any(w.text.lower() in ("the", "this") for w in sentence.below(above.index) if w.relation == "determiner")
    )


def _told_by(context: Context) -> str:
    return " ".join(one.text for one in context.read["voice"].evidence)


def _own(context: Context) -> Evidence:
    trigger = context.contact.trigger
    return Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by="privacy.body")


def _is_open_body(context: Context) -> bool:
    """A sitting of the Security Council or the General Assembly is open unless its doors are closed."""
    sides = [p.side for p in context.contact.placed if p.side.actor == "UN" and p.kind in ("agent", "host", "object")]
    return context.contact.form == "meeting" and any(_OPEN_BODY.search(side.text or "") for side in sides)


def _hearsay(sentence: Sentence, word: Word) -> Evidence | None:
    """ "Reported talks", "reports of a meeting", "talk of a summit"."""
    above = sentence.words[word.head]
    if word.preposition in ("of", "about") and above.lemma in _HEARSAY and above.kind == "noun":
        return words_as_evidence(sentence, [above], "privacy.hearsay")
    for below in sentence.below(word.index):
        if below.relation in ("modifier", "compound") and below.text.lower() in _SAID_TO_BE:
            return words_as_evidence(sentence, [below], "privacy.hearsay")
    return None


def _is_asked(context: Context) -> bool:
    """Whether a reporter or a guest asks: a question acknowledges nothing."""
    label = context.sentence.speaker
    return (label is not None and is_reporter(label)) or context.sentence.text.rstrip(' ”"').endswith("?")


def _is_not_to_be_told(context: Context) -> bool:
    """ "I don't have any back-channel to speak to": whether there is one stays open."""
    sentence, word = context.sentence, context.contact.word
    verb = sentence.words[word.head]
    return (
        verb.lemma == "have"
        and "channel" in context.contact.trigger.text
        and word.relation == "patient"
        and any(w.relation == "negation" for w in sentence.below(verb.index))
    )


def _speaks_for_a_party(context: Context, voice: Voice) -> bool:
    """Whether the speaker is of one of the parties, or of nobody known: a third state's word acknowledges nothing."""
    if voice.speaker is None:
        return True
    mentions = context.roster.mentions.get(context.sentence.index, ())
    actors = {
        m.actor for m in mentions if m.actor is not None and m.start < voice.speaker.end and m.end > voice.speaker.start
    }
    return not actors or bool(actors & set(context.contact.known()))
