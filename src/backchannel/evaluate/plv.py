"""Measure the types of acts on sentences whose source and target are marked (the PLV set)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backchannel import acts, pipeline, vocabulary
from backchannel.actors import profile, roster
from backchannel.acts.between import CONSULT, Tie, between, contact_entry
from backchannel.aspects import ASPECTS, Context
from backchannel.contacts import lexicon as contact_words
from backchannel.contacts.contact import Contact, trigger_span
from backchannel.errors import InputError
from backchannel.evaluate.sets import MEASURES, Measured, Options, file_of, write_lines
from backchannel.language import Sentence, segment
from backchannel.language.grammar import Word
from backchannel.records import Document, Status

FILE = "plv.yml"
LABELS = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
    "YIELD",
]
STORED = Path("gold/predictions/plv.json")
"""What a learner told of the set out of fold: ids and types only, made by ``make train-plv``."""
_MARK = re.compile(r"</?([st])>")
_COLUMNS = ("sentence_id", "marked_sentence", "gold_root")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One line of the set: the text without its marks, the spans of source and target, and the type it was given."""

    id: str
    text: str
    source: tuple[tuple[int, int], ...]
    target: tuple[tuple[int, int], ...]
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What the coder says of one line, and by which word; ``event`` is ``None`` where it abstains."""

    event: str | None
    tie: Tie | None = None
    status: Status | None = None


def rows(path: Path) -> list[Marked]:
    """Give the lines of the set.

    Raises:
        InputError: the file is missing, or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give the set with --data") from None
    absent = [name for name in _COLUMNS if not found or name not in found[0]]
    if absent:
        raise InputError(f"{path}: no column {', '.join(absent)}; expected a table with {', '.join(_COLUMNS)}")
    return [marked(row["sentence_id"], row["marked_sentence"], row["gold_root"]) for row in found]


def marked(id: str, text: str, event: str) -> Marked:
    """Give one line from its text with ``<s>`` and ``<t>``.

    >>> one = marked("1", "<s>Chad</s> thanked <t>Malta</t>.", "SUPPORT")
    >>> one.text, one.source, one.target
    ('Chad thanked Malta.', ((0, 4),), ((13, 18),))
    """
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    begun: dict[str, int] = {}
    plain, at = "", 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        at, side = mark.end(), mark.group(1)
        if not mark.group().startswith("</"):
            begun[side] = len(plain)
        elif side in begun:
            spans[side].append((begun.pop(side), len(plain)))
    name = "YIELD" if event in ("CONCEDE", "RETREAT") else event
    return Marked(id=id, text=plain + text[at:], source=tuple(spans["s"]), target=tuple(spans["t"]), event=name)


def parse(given: Sequence[Marked], kit: pipeline.Kit) -> Iterator[tuple[Sentence, ...]]:
    """Yield the parsed sentences of each line, one after the other."""
    for one in given:
        yield tuple(kit.parser.parse(segment(one.text).sentences))


def code(one: Marked, sentences: Sequence[Sentence], kit: pipeline.Kit) -> Coded:
    """Give what the shipped coder says of one line: the best tie between its phrases, with its status."""
    best: Coded = Coded(event=None)
    for sentence in sentences:
        source, target = words_in(sentence, one.source), words_in(sentence, one.target)
        if not source and not target:
            continue
        tie = between(sentence, source, target)
        if tie is not None and (best.tie is None or tie.score > best.tie.score):
            status = status_of(one.text, sentence, tie, kit)
            best = Coded(event=as_label(tie, status), tie=tie, status=status)
    return best


def words_in(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Give the indices of the words that lie in one of the spans."""
    return frozenset(
        w.index for w in sentence.words for start, end in spans if w.start < end and w.end > start and w.text.strip()
    )


def status_of(text: str, sentence: Sentence, tie: Tie, kit: pipeline.Kit) -> Status:
    """Give the status of a tie, read as that of a contact or an act is."""
    document = Document(id="plv", text=text)
    word = _carrier(sentence, tie)
    known = contact_words.entry_for(word)
    entry = known or contact_words.Entry(id=CONSULT, lemma=word.lemma, kind="verb", form="contact", needs="pair")
    contact = Contact(
        sentence=sentence,
        word=word,
        entry=entry,
        trigger=trigger_span(sentence, word),
        words=(word,),
        placed=(),
    )
    room = roster.build(document, profile(document), (sentence,), [], kit.actors, on=None)
    context = Context(
        contact=contact, document=document, roster=room, previous=None, following=None, on=None, table=kit.actors
    )
    status: Status = ASPECTS.get("status")(context).value
    above = sentence.words[word.head]
    if status == "planned" and word.relation == "patient" and above.lemma in ("announce", "declare"):
        return "occurred"  # "announced a suspension": an act of words is done once it is announced
    is_perfect = any(w.relation == "auxiliary" and w.lemma == "have" for w in sentence.below(word.index))
    return "occurred" if status == "hypothetical" and is_perfect else status


def _carrier(sentence: Sentence, tie: Tie) -> Word:
    """The word whose status counts: an act that a contact is for was done when the contact was ("called to condole")."""
    above = sentence.words[tie.word.head]
    is_for = tie.entry is not None and tie.word.relation in ("purpose", "adverbial") and above.kind == "verb"
    return above if is_for and contact_entry(above) is not None else tie.word


def as_label(tie: Tie, status: Status) -> str:
    """Give the set's type of a tie: what is only promised or is refused counts as a promise or a refusal."""
    if tie.event == CONSULT:
        return _consult(status)
    named = _differing().get(tie.entry.id if tie.entry is not None else "", tie.event)
    asked: Status = "planned" if status in ("planned", "proposed", "hypothetical") else status
    asked = "refused" if status in ("denied", "cancelled", "refused") else asked
    event = named if named != tie.event and asked not in ("planned", "refused") else acts.counts_as(tie.event, asked)
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event


def _consult(status: Status) -> str:
    if status in ("refused", "cancelled", "postponed", "denied"):
        return "REJECT"
    return {"planned": "AGREE", "proposed": "REQUEST"}.get(status, CONSULT)


def _differing() -> dict[str, str]:
    rows: list[dict[str, Any]] = vocabulary.load(FILE)["entries"]
    vocabulary.check(FILE, rows, required=("id", "words", "event", "means", "source"), optional=())
    return {entry: row["event"] for row in rows for entry in row["words"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeScore:
    """How one type was found, all shares in [0, 1]."""

    event: str
    total: int
    precision: float
    recall: float
    f1: float


def score(gold: Sequence[str], given: Sequence[str | None]) -> list[TypeScore]:
    """Give precision, recall and F1 of each of the 15 types; an abstention counts as missed."""
    found = []
    for label in LABELS:
        right = sum(1 for a, b in zip(gold, given, strict=True) if a == b == label)
        told, total = sum(1 for b in given if b == label), sum(1 for a in gold if a == label)
        precision, recall = right / told if told else 0.0, right / total if total else 0.0
        f1 = 2 * right / (told + total) if told + total else 0.0
        found.append(TypeScore(event=label, total=total, precision=precision, recall=recall, f1=f1))
    return found


def macro(scores: Sequence[TypeScore]) -> float:
    """Give the macro-F1 over the types that the set has, in [0, 1]."""
    there = [one.f1 for one in scores if one.total]
    return sum(there) / len(there) if there else 0.0


def predict(given: Sequence[Marked]) -> list[Coded]:
    """Give what the shipped coder says of each line."""
    kit = pipeline.load()
    return [code(one, sentences, kit) for one, sentences in zip(given, parse(given, kit), strict=True)]


@MEASURES.add("plv")
def measure(data: Path, options: Options) -> Measured:
    """Measure the shipped coder, or with ``train`` a learner whose weights are thrown away."""
    given = rows(file_of("plv", data))
    if options.train is not None:
        from backchannel.evaluate.plv_learner import learn_and_tell

        return _measured(given, learn_and_tell(rows(options.train), given), options)
    measured = _measured(given, [one.event for one in predict(given)], options)
    learned = stored(given)
    if learned is None:
        return measured
    told = macro(score([one.event for one in given], learned))
    found, figures = measured.data | {"learned_macro_f1": told}, measured.figures | {"learned_macro_f1": told}
    if options.as_json:
        return Measured(text=json.dumps(found), data=found, figures=figures)
    fresh = "" if _is_fresh(STORED) else " by another state of code and words: make train-plv stores it anew"
    text = f"{measured.text}\nplv: macro-F1 {told:.3f} learned, out of fold, as stored in {STORED}{fresh}"
    return Measured(text=text, data=found, figures=figures)


def _is_fresh(path: Path) -> bool:
    from backchannel.evaluate.plv_learner import digest_of_code

    found: bool = json.loads(path.read_text(encoding="utf-8"))["code"] == digest_of_code()
    return found


def stored(given: Sequence[Marked], path: Path = STORED) -> list[str] | None:
    """Give the stored out-of-fold predictions for these lines; ``None`` where there are none or they are of others."""
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    told = found["predictions"]
    if [one["sentence_id"] for one in told] != [one.id for one in given]:
        return None
    return [one["event"] for one in told]


def _measured(given: Sequence[Marked], events: Sequence[str | None], options: Options) -> Measured:
    write_lines(
        (json.dumps({"sentence_id": one.id, "event": event}) for one, event in zip(given, events, strict=True)),
        options.output,
    )
    scores = score([one.event for one in given], events)
    answered = sum(1 for event in events if event is not None)
    right = sum(1 for one, event in zip(given, events, strict=True) if one.event == event)
    found: dict[str, Any] = {
        "macro_f1": macro(scores),
        "accuracy": right / len(given) if given else 0.0,
        "answered": answered,
        "total": len(given),
        "types": {one.event: {"total": one.total, "p": one.precision, "r": one.recall, "f1": one.f1} for one in scores},
    }
    figures = {"macro_f1": found["macro_f1"], "consult_f1": found["types"][CONSULT]["f1"]}
    lines = [
        f"plv: macro-F1 {found['macro_f1']:.3f}, accuracy {found['accuracy']:.3f}, answered {answered} of {len(given)}"
    ]
    lines += [f"  {s.event:10} {s.total:4}  P {s.precision:.2f} R {s.recall:.2f} F1 {s.f1:.2f}" for s in scores]
    wrong = [
        f"{one.event} <- {event}  {one.id}: {one.text}"
        for one, event in zip(given, events, strict=True)
        if one.event != event
    ]
    text = json.dumps(found) if options.as_json else "\n".join([*wrong[: options.errors], *lines])
    return Measured(text=text, data=found, figures=figures)
