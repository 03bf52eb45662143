"""A card shows every sentence with the words that each value rests on, and says nothing that no claim says."""

from dataclasses import replace
from datetime import date

from backchannel.analysis import phrases
from backchannel.analysis.cards import card
from backchannel.records import Evidence, Origin, Party, Reason, Span, StatusStep, Voice
from store_samples import TEXT, claim, conversation, document


def _evidence(words: str, by: str) -> tuple[Evidence, ...]:
    start = TEXT.index(words)
    return (Evidence(start=start, end=start + len(words), text=words, by=by),)


def _told(**more):
    made = claim(parties=())
    parties = (
        Party(actor="USA", person="Jake Sullivan", role="initiator", start=0, end=8, text="Sullivan"),
        Party(actor="CHN", start=13, end=17, text="Wang"),
    )
    evidence = {
        "form": _evidence("met", "contacts.meet.verb"),
        "parties": _evidence("Wang", "dictionary:surname"),
        "where": _evidence("in Vienna", "where.oblique"),
    }
    return replace(made, parties=parties, evidence=evidence, **more)


def test_marks_lie_in_the_sentence_and_carry_their_words() -> None:
    (report,) = card(conversation(), {"c_001_0": _told()}, {"d_001": document()}).reports
    words = [report.sentence[mark.start : mark.end] for mark in report.marks]
    assert words == ["Sullivan", "met", "Wang", "in Vienna"]
    assert [mark.is_trigger for mark in report.marks] == [False, True, False, False]


def test_every_value_leads_to_its_mark_and_rule() -> None:
    (report,) = card(conversation(), {"c_001_0": _told()}, {"d_001": document()}).reports
    told = {(basis.mark, basis.field, basis.by) for basis in report.bases}
    assert told == {
        (1, "party", ""),
        (2, "trigger", "reader"),
        (2, "form", "contacts.meet.verb"),
        (3, "party", "dictionary:surname"),
        (4, "where", "where.oblique"),
    }


def test_overlapping_words_share_a_mark() -> None:
    evidence = {"when": _evidence("met Wang", "when.x"), "form": _evidence("met", "form.x")}
    (report,) = card(conversation(), {"c_001_0": replace(_told(), evidence=evidence)}, {}).reports
    assert [report.sentence[mark.start : mark.end] for mark in report.marks] == ["Sullivan", "met Wang", "in Vienna"][
        :2
    ]


def test_words_of_the_title_and_other_sentences_stand_beside() -> None:
    evidence = {
        "privacy": _evidence("quietly", "privacy.cues:quietly"),
        "parties": (Evidence(start=0, end=5, text="Talks", by="title:dictionary:name"),),
    }
    (report,) = card(conversation(), {"c_001_0": replace(_told(), evidence=evidence)}, {}).reports
    assert [(basis.field, basis.beside, basis.mark) for basis in report.bases if basis.beside is not None] == [
        ("party", "title", None),
        ("privacy", "after", None),
    ]


def test_reports_stand_by_date() -> None:
    both = conversation(claims=("c_001_0", "c_002_0"))
    claims = {one.id: one for one in (claim(1), claim(2))}
    documents = {
        "d_001": document(1),
        "d_002": replace(document(2), published=document().published.replace(day=1)),
    }
    assert [report.claim for report in card(both, claims, documents).reports] == ["c_002_0", "c_001_0"]


def test_a_digests_passage_names_its_own_outlet() -> None:
    passages = [{"start": 0, "end": 28, "source": "Elm Gazette", "url": None}]
    digest = document(meta={"passages": passages})
    (report,) = card(conversation(), {"c_001_0": claim()}, {"d_001": digest}).reports
    assert report.outlet == "Elm Gazette"


def test_facts_tell_status_history_disputes_and_who_names_a_party() -> None:
    steps = (
        StatusStep(status="planned", on="2023-05-01", claim="c_001_0"),
        StatusStep(status="occurred", on="2023-05-12", claim="c_001_0"),
    )
    one = conversation(
        status_history=steps,
        independent=2,
        disputed=True,
        denials=("c_001_0",),
        alternatives={"when": ("2023-05-09",), "status": ("denied",)},
    )
    facts = {fact.label: fact for fact in card(one, {"c_001_0": claim()}, {"d_001": document()}).facts}
    every = [fact.value for fact in card(one, {"c_001_0": claim()}, {"d_001": document()}).facts]
    assert "planned (told 1 May 2023) → took place (told 12 May 2023)" in every
    assert facts["when"].note == "others say: 2023-05-09"
    assert facts["disputed"].note == "denied in c_001_0"
    assert "named by 1 of 2 origins" in facts["who"].note


def test_an_import_without_a_sentence_shows_its_row() -> None:
    made = claim(by="import:PEERS", sentence=None, trigger=None, row="PEERS 17")
    (report,) = card(conversation(), {"c_001_0": made}, {"d_001": document()}).reports
    assert (report.sentence, report.row, report.marks) == (None, "PEERS 17", ())


def test_the_speaker_and_its_terms_are_told() -> None:
    voice = Voice(
        source_class="unnamed_official", speaker=Span(start=0, end=8, text="an official"), terms="not to be named"
    )
    (report,) = card(conversation(), {"c_001_0": claim(voice=voice)}, {"d_001": document()}).reports
    assert report.told == "an unnamed official: an official; terms: not to be named"


def test_a_repeat_names_what_it_rests_on_and_a_withdrawn_document_is_told() -> None:
    both = conversation(
        claims=("c_001_0", "c_002_0"),
        rests_on={"c_002_0": "c_001_0"},
        confidence=(Reason(feature="origins", weight=0.7, detail="two independent origins"),),
        admiralty="B1",
        flags=("retracted:d_002",),
    )
    claims = {one.id: one for one in (claim(1), claim(2))}
    withdrawn = replace(document(2, published=date(2023, 5, 13)), state="retracted")
    shown = card(both, claims, {"d_001": document(1), "d_002": withdrawn})
    assert [(r.rests_on, r.state) for r in shown.reports] == [(None, "current"), ("c_001_0", "retracted")]
    facts = [(fact.label, fact.value, fact.note) for fact in shown.facts]
    assert ("confidence", "0.90", "B1: source usually reliable, confirmed by others") in facts
    assert ("", "+0.7  two independent origins", None) in facts
    assert ("beware", "a document was withdrawn: d_002", None) in facts


def test_a_speaker_known_only_within_a_text_is_told_with_it() -> None:
    told = Origin(origin="person:pilot in elm gazette", kind="person", claims=("c_001_0",))
    paper = Origin(origin="document:frus:v1/d2", kind="document", claims=("c_001_0",))
    one = conversation(origins=(told, paper))
    shown = card(one, {"c_001_0": claim()}, {"d_001": replace(document(), source="Elm Gazette")})
    values = [fact.value for fact in shown.facts]
    assert "“pilot”, a speaker in Elm Gazette" in values
    assert "document frus:v1/d2" in values
    named = Origin(origin="person:ada reed", kind="person", claims=("c_1",))
    assert phrases.origin(named, {}, {}) == "Ada Reed, by name"
