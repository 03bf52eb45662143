"""The brief tells each conversation where it belongs, quotes what its section is about, and names what is missing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import permutations

from backchannel.analysis.brief import brief
from backchannel.analysis.gaps import gaps, holdings
from backchannel.cli.briefs import markdown, page
from backchannel.records import Claim, Conversation, Coverage, Document, Problem, Span, When
from store_samples import TEXT, claim, conversation, document


def _load(some: Sequence[Conversation]) -> tuple[dict[str, Claim], dict[str, Document]]:
    numbers = {int(one.split("_")[1]) for told in some for one in told.claims}
    return {f"c_{n:03}_0": claim(n) for n in numbers}, {f"d_{n:03}": document(n) for n in numbers}


def _made(*told: Conversation, reference: date | None = date(2023, 7, 1), load=_load, lines: int = 6):
    return brief(told, load, asked="May 2023", reference=reference, gaps=("Days: none.",), per_section=lines)


def _headings(*told: Conversation, reference: date | None = date(2023, 7, 1)) -> list[str]:
    return [section.heading for section in _made(*told, reference=reference).sections]


def test_each_conversation_stands_in_the_sections_it_belongs_to() -> None:
    later = When(start="2023-08", end="2023-08", precision="month")
    assert _headings(conversation(independent=2)) == ["Best attested"]
    assert _headings(conversation(privacy="secret")) == ["Most private"]
    assert _headings(conversation(disputed=True)) == ["Disputed and denied"]
    assert _headings(conversation(status="planned", when=later)) == ["Planned ahead"]
    assert _headings(conversation(status="planned")) == ["Announced, then silence"]
    assert _headings(conversation(status="refused")) == ["Called off and refused"]
    assert _headings(conversation(channel="intermediary")) == ["Go-betweens and back channels"]
    assert _headings(conversation()) == []


def test_what_is_undated_and_freshly_proposed_lies_ahead() -> None:
    fresh = conversation(status="proposed", when=None, first_reported="2023-06-20")
    assert _headings(fresh) == ["Planned ahead"]
    assert _headings(fresh, reference=date(2024, 7, 1)) == ["Announced, then silence"]


def test_the_order_of_conversations_changes_nothing() -> None:
    told = [conversation(n, independent=n, privacy="secret", claims=(f"c_{n:03}_0",)) for n in (1, 2, 3)]
    assert len({markdown(_made(*some)) for some in permutations(told)}) == 1


def test_a_conversation_is_quoted_once() -> None:
    made = _made(conversation(independent=2, privacy="secret"))
    assert [line.quotation is None for section in made.sections for line in section.lines] == [False, True]
    assert "quoted above" in markdown(made)


def test_a_section_says_how_many_it_leaves_out() -> None:
    told = [conversation(n, independent=2, claims=(f"c_{n:03}_0",)) for n in range(1, 6)]
    assert "2 of 5 shown" in markdown(_made(*told, lines=2))


def test_a_disputed_conversation_quotes_the_denial() -> None:
    denied = claim(1, 1, word="spoke", status="denied")

    def load(_: Sequence[Conversation]) -> tuple[dict[str, Claim], dict[str, Document]]:
        return {"c_001_0": claim(), "c_001_1": denied}, {"d_001": document()}

    one = conversation(claims=("c_001_0", "c_001_1"), denials=("c_001_1",), disputed=True)
    (section,) = _made(one, load=load).sections
    assert section.lines[0].quotation.claim == "c_001_1"


def test_a_long_sentence_is_cut_at_words_around_its_trigger() -> None:
    text = "aside " * 80 + "they met " + "again " * 80
    at = text.index("met")
    long = claim(sentence=Span(start=0, end=len(text), text=text), trigger=Span(start=at, end=at + 3, text="met"))
    (section,) = _made(conversation(independent=2), load=lambda _: ({"c_001_0": long}, {"d_001": document()})).sections
    quoted = section.lines[0].quotation.text
    assert len(quoted) < 340
    assert quoted.startswith("… aside")
    assert quoted.endswith("again …")
    assert " met " in quoted


def test_a_page_escapes_what_it_quotes() -> None:
    wild = claim(sentence=Span(start=0, end=len(TEXT), text="<b>They</b> met & spoke"))
    made = _made(conversation(independent=2), load=lambda _: ({"c_001_0": wild}, {"d_001": document()}))
    assert "&lt;b&gt;They&lt;/b&gt; met &amp; spoke" in page(made)


def _gaps(documents, **more) -> str:
    known = {"coverage": [], "problems": [], "conversations": [], "since": None, "until": None, **more}
    bounds = {"since": known.pop("since"), "until": known.pop("until")}
    return "\n".join(gaps(holdings(documents), *known.values(), **bounds))


def test_days_without_documents_are_told() -> None:
    told = _gaps(
        [document(1), document(2, published=date(2023, 5, 20))], since=date(2023, 5, 10), until=date(2023, 5, 31)
    )
    assert "2 of 22 have documents; the longest stretch without is 21 May 2023 to 31 May 2023" in told


def test_a_long_period_tells_years_without_documents() -> None:
    told = _gaps([document(1, published=date(1969, 2, 18)), document(2, published=date(1974, 1, 1))])
    assert "years with none: 1970–1973." in told


def test_silent_sources_are_told() -> None:
    coverage = [
        Coverage(source="Elm Gazette", day=date(2022, 1, 1), fetched=1, read=1),
        Coverage(source="Wire", day=date(2023, 5, 12), fetched=1, read=1),
    ]
    told = _gaps([document()], coverage=coverage, since=date(2023, 5, 1), until=date(2023, 5, 31))
    assert "1 source with documents in this period; silent in it: Elm Gazette." in told


def test_languages_problems_and_undated_conversations_are_told() -> None:
    problem = Problem(document="d", room="sources", error="E", message="m", at=datetime(2024, 1, 1, tzinfo=UTC))
    told = _gaps(
        [document(), document(2, language="fr"), document(3, published=None)],
        problems=[problem],
        conversations=[conversation(when=None)],
        until=date(2023, 12, 31),
    )
    assert "1 document not coded, not English (fr 1)" in told
    assert "1 document without a day of publication" in told
    assert "1 document could not be read" in told
    assert "1 conversation without a date of their own" in told
