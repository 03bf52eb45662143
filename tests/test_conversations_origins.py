"""Who originally tells a claim: what shares an origin and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from backchannel.conversations import report, teller
from backchannel.families import families, passage_at
from backchannel.records import Claim, Document, Evidence, Party, Span, Voice, When

STORY = (
    "Envoys of Norland and Sudria met behind closed doors on Monday to discuss the ceasefire along the river, "
    "three officials said, and agreed to meet again before the end of the month in the same town."
)
OTHER = "Quite another story was told by a second paper of a call between the two capitals on a rainy Tuesday."


def document(name: str, text: str, source: str | None, **values: object) -> Document:
    return Document(id=name, source=source, text=text, published=date(2021, 3, 2), **values)


def claim(name: str, source_class: str, speaker: str | None = None, *, start: int = 0, by: str = "reader") -> Claim:
    voice = Voice(source_class=source_class, speaker=Span(start=900, end=910, text=speaker) if speaker else None)
    parties = (Party(actor="NRL", name="Norland", person="Ada Reed"), Party(actor="SUD", name="Sudria"))
    return Claim(
        id=name, document="d", by=by, sentence=Span(start=start, end=start + 40, text="…"), parties=parties, voice=voice
    )


def origin_of(one: Document, source_class: str, speaker: str | None = None, *others: Document) -> str:
    family = families([one, *others])[one.id]
    return teller(claim("c", source_class, speaker), one, family=family).origin


def test_wire_copies_share_one_origin():
    wire = document("d_1", f"PORT ELM (Harbour Wire) - {STORY}", "Harbour Wire")
    copy = document("d_2", f"PORT ELM (Harbour Wire) - {STORY}", "The Elm Gazette")
    for source_class in ("unattributed", "unnamed_official"):
        assert origin_of(wire, source_class, None, copy) == origin_of(copy, source_class, None, wire)


def test_article_that_retells_another_outlet_shares_its_origin():
    first = document("d_1", STORY, "The Elm Gazette")
    second = document("d_2", "Norland sent an envoy to Sudria, as first reported by the Elm Gazette.", "Oak Post")
    assert origin_of(first, "unattributed") == origin_of(second, "unattributed")
    assert origin_of(document("d_3", "Plain.", "Fir News"), "media_report", "The Elm Gazette") == origin_of(
        first, "unattributed"
    )


def test_all_voices_of_one_party_are_one_origin():
    news = document("d_1", STORY, "The Elm Gazette")
    assert origin_of(news, "institution", "Norland's foreign ministry") == "official:NRL"
    assert origin_of(news, "named_person", "President Reed") != origin_of(news, "institution", "the Sudria embassy")
    assert origin_of(news, "named_person", "Ada Reed") == "official:NRL"


def test_two_readouts_are_two_origins():
    one = document("d_1", "Read out.", "Ministry", meta={"owner": "NRL"})
    other = document("d_2", "Read out as well.", "Chancellery", meta={"owner": "SUD"})
    assert {origin_of(one, "institution"), origin_of(other, "institution")} == {"official:NRL", "official:SUD"}


@pytest.mark.parametrize("source_class", ["institution", "unattributed", "named_person", "unnamed_official"])
def test_own_page_of_a_state_is_its_voice_whoever_has_the_floor(source_class: str):
    page = document("d_1", STORY, "Chancellery", meta={"owner": "SUD"})
    assert origin_of(page, source_class) == "official:SUD"
    assert origin_of(page, source_class, "MR. LIND") == "official:SUD"


def test_question_on_an_own_page_shares_its_origin_and_speaks_for_nobody():
    briefing = document("d_1", STORY, "White House", title="Press Briefing by the Press Secretary")
    asked, told = teller(claim("c", "unattributed"), briefing), teller(claim("c", "named_person"), briefing)
    assert (asked.origin, asked.actor) == ("official:USA", None)
    assert (told.origin, told.actor) == ("official:USA", "USA")


def test_joint_statement_is_the_voice_of_the_page_that_prints_it():
    page = document("d_1", STORY, "White House", title="Joint Statement of Two States")
    assert origin_of(page, "document") == "official:USA"


def test_outlet_or_other_party_quoted_on_an_own_page_keeps_its_word():
    page = document("d_1", STORY, "Chancellery", meta={"owner": "SUD"})
    assert origin_of(page, "media_report", "The Elm Gazette") == "outlet:elm gazette"
    assert origin_of(page, "named_person", "President Reed") == "official:NRL"


def test_what_a_partys_own_page_says_the_other_said_is_the_pages_word():
    page = document("d_1", STORY, "Chancellery", meta={"owner": "SUD"})
    quoted = replace(claim("c", "named_person", "Ada Reed"), sentence=Span(start=880, end=990, text="…"))
    assert teller(quoted, page).origin == "official:SUD"
    third = document("d_2", STORY, "Chancellery", meta={"owner": "FRA"})
    assert teller(quoted, third).origin == "official:NRL"


def test_person_only_quoted_on_an_own_page_is_an_origin():
    page = document("d_1", STORY, "Chancellery", meta={"owner": "SUD"})
    quoted = claim("c", "named_person", "former ambassador Bo Lind")
    inside = replace(quoted, sentence=Span(start=880, end=990, text="…"))
    assert teller(inside, page).origin == "person:bo lind"


def test_digest_gathers_and_is_no_outlet():
    one = document("d_1", STORY, "Daily digest of the river")
    other = document("d_2", OTHER, "Daily digest of the river")
    assert origin_of(one, "unattributed", None, other) == "outlet:d_1"
    assert origin_of(other, "unattributed", None, one) == "outlet:d_2"


def test_speaker_is_resolved_by_the_dictionary_where_given():
    speaks_for = {"the river palace": "SUD"}.get
    news = document("d_1", STORY, "Gazette")

    def resolve(words: str, on: date | None) -> str | None:
        return speaks_for(words)

    assert teller(claim("c", "institution", "the river palace"), news, speaks_for=resolve).origin == "official:SUD"


def test_other_named_person_is_an_origin_without_titles():
    news = document("d_1", STORY, "Gazette")
    assert origin_of(news, "named_person", "former ambassador Bo Lind") == origin_of(news, "named_person", "Bo Lind")


def test_unnamed_sources_of_two_outlets_are_two_origins():
    one, other = document("d_1", STORY, "Gazette"), document("d_2", "Something else entirely was told.", "Post")
    assert origin_of(one, "unnamed_official") != origin_of(other, "unnamed_official")


def test_items_of_a_digest_have_their_own_origins():
    text = STORY + "\n" + "Quite another item about a call between the capitals, told by a second paper."
    cut = len(STORY) + 1
    passages = [
        {"start": 0, "end": cut, "source": "The Elm Gazette", "url": None},
        {"start": cut, "end": len(text), "source": "Oak Post", "url": None},
    ]
    digest = document("d_1", text, "Daily digest", meta={"passages": passages})
    found = families([digest])
    origins = [
        teller(claim("c", "unattributed", start=start), digest, family=found[passage_at(digest, start)[0]]).origin
        for start in (0, cut)
    ]
    assert origins == ["outlet:elm gazette", "outlet:oak post"]
    assert report(claim("c", "unattributed", start=cut), digest).leads


def test_readout_is_the_voice_of_the_state_that_its_source_names():
    def resolve(words: str, on: date | None) -> str | None:
        return "SUD" if "Sudria" in words else None

    read_out = document("d_1", STORY, "Readout prepared at the river (Sudria)", title="Readout of the meeting")
    found = teller(claim("c", "institution"), read_out, speaks_for=resolve)
    assert (found.origin, found.kind, found.actor) == ("official:SUD", "official", "SUD")
    assert (
        teller(claim("c", "unattributed"), document("d_2", STORY, "Sudria Gazette"), speaks_for=resolve).kind
        == "outlet"
    )


def test_office_or_pronoun_is_no_person_outside_its_text():
    one, other = document("d_1", STORY, "Gazette"), document("d_2", OTHER, "Post")
    for words in ("He", "The president"):
        assert origin_of(one, "named_person", words) != origin_of(other, "named_person", words)


def test_reports_at_large_are_the_word_of_the_outlet():
    assert origin_of(document("d_1", STORY, "Gazette"), "media_report", "Reports") == "outlet:gazette"


def readout(text: str, *words: tuple[str, str, str | None]) -> Claim:
    """A claim whose parties stand at the first place of their words in ``text``."""
    parties = tuple(
        Party(actor=actor, text=found, person=person, start=text.index(found), end=text.index(found) + len(found))
        for actor, found, person in words
    )
    return Claim(id="c", document="d", sentence=Span(start=0, end=len(text), text=text), parties=parties)


def test_name_after_an_office_is_its_holders():
    text = "Sudria's minister, Bo Lind, received the northern ambassador, Ada Reed, in Port Elm."
    told = report(
        readout(text, ("SUD", "Sudria's minister", None), ("NRL", "northern ambassador", None)),
        document("d", text, "Gazette"),
    )
    assert [p.person for p in told.parties] == ["Bo Lind", "Ada Reed"]


def test_name_follows_an_office_with_its_country():
    text = "President of Norland Ada Reed received the guest."
    told = report(readout(text, ("NRL", "President of Norland", None)), document("d", text, "Gazette"))
    assert [p.person for p in told.parties] == ["Ada Reed"]


def test_screen_or_telephone_beside_a_meeting_makes_its_form_uncertain():
    for text, form, remote in (
        ("They held a virtual meeting.", "meeting", True),
        ("They held a telephone meeting.", "meeting", True),
        ("They had a telephone call.", "call", False),
        ("They spoke in a virtual session.", "call", True),
        ("They met in Port Elm.", "meeting", False),
    ):
        told = report(replace(readout(text), form=form), document("d", text, None))
        assert told.is_remote is remote


def test_anaphor_points_back_and_a_named_party_does_not():
    text = "They discussed the river."
    they = readout(text, ("NRL", "They", None), ("SUD", "They", None))
    back = (Evidence(start=0, end=4, text="They", by="roster:anaphor"),)
    assert report(replace(they, evidence={"parties": back}), document("d", text, None)).points_back
    assert not report(they, document("d", text, None)).points_back


def test_day_of_the_document_is_not_told():
    when = When(start="2021-03-02", end="2021-03-02", precision="day")
    read = {"when": (Evidence(start=0, end=5, text="Envoy", by="date:when.announcement"),)}
    assert not report(
        replace(claim("c", "unattributed"), when=when, evidence=read), document("d", STORY, None)
    ).tells_day


def test_import_is_its_own_kind():
    found = teller(claim("c", "unattributed", by="import:table"), document("d_1", STORY, "Gazette"))
    assert (found.kind, found.origin) == ("import", "import:table")
