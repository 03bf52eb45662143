"""People are found by any of their names, embassies by the words about their people, rooms by everybody whom claims name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import backchannel
from backchannel import importers
from backchannel.actors import shipped
from backchannel.analysis import people, questions
from backchannel.analysis.counts import counts
from backchannel.analysis.questions import Asked
from backchannel.analysis.rooms import room
from backchannel.cli.app import app
from backchannel.records import Claim, Conversation, ConversationParty, Document, Party, Span, When
from backchannel.sources import heads, record
from backchannel.store import Store, open_store

RUSK, DOBRYNIN, AIDE = (
    {"text": "The Secretary", "role": "participant", "office": "The Secretary", "person": "Dean Rusk"}
    | {"actor": "USA", "id": "dean-rusk"},
    {"text": "Anatoliy F. Dobrynin, Ambassador, Soviet Embassy", "role": "participant", "name": "Anatoliy F. Dobrynin"}
    | {"actor": "SUN", "person": "Anatoly Dobrynin", "id": "anatoly-dobrynin", "office": "Ambassador, Soviet Embassy"},
    {"text": "Mr. Ivar Lindqvist, Interpreter", "role": "participant", "name": "Ivar Lindqvist", "actor": "SUN"},
)


def head(number: int, *rows: dict[str, Any], **more: Any) -> Claim:
    text = "Memorandum of Conversation"
    values: dict[str, Any] = {
        "id": f"c_{number}",
        "document": f"d_{number}",
        "by": "markup",
        "form": "meeting",
        "channel": "front",
        "status": "occurred",
        "sentence": Span(start=0, end=len(text), text=text),
        "trigger": Span(start=0, end=len(text), text=text),
        "parties": (Party(actor="USA", name="United States"), Party(actor="SUN", name="Soviet Union")),
        "when": When(start=f"1962-0{number}-03", end=f"1962-0{number}-03", precision="day"),
        "extensions": {"participants": [dict(row) for row in rows]},
    }
    return Claim(**values | more)


def told(claim: Claim, *more: Claim, **fields: Any) -> Conversation:
    parties = tuple(ConversationParty(actor=one.actor, name=one.name) for one in claim.parties)
    empty: dict[str, Any] = dict.fromkeys(
        ("privacy_history", "status_history", "origins", "denials", "reasons", "issues"), ()
    )
    values = empty | {
        "id": claim.id.replace("c_", "k_"),
        "parties": parties,
        "claims": tuple(one.id for one in (claim, *more)),
        "when": claim.when,
        "where": None,
        "form": claim.form,
        "privacy": "closed",
        "channel": claim.channel,
        "status": "occurred",
        "documents": 1,
        "independent": 1,
        "disputed": False,
        "first_reported": "1988-12-31",
        "revealed_by": "declassified",
        "lag_days": None,
        "score": 0.9,
    }
    return Conversation(**values | fields)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three conversations: two with Dobrynin (one by surname alone), one of Rusk with a minister."""
    bare = {"text": "Ambassador Dobrynin", "role": "participant", "name": "Dobrynin", "actor": "SUN"}
    minister = {"text": "Foreign Minister Holgersson", "role": "participant", "name": "Holgersson", "actor": "SUN"}
    claims = [head(4, RUSK, DOBRYNIN, AIDE), head(5, RUSK, bare, channel="backchannel"), head(6, RUSK, minister)]
    with open_store(tmp_path / "store.db") as opened:
        documents = [Document(id=one.document, text="Memorandum of Conversation", title="Memo") for one in claims]
        opened.put_documents([(a, [b], None) for a, b in zip(documents, claims, strict=True)], reader="reader 1")
        opened.replace_conversations([told(one) for one in claims])
        yield opened


def ids(store: Store, **asked: Any) -> list[str]:
    return [one.id for one in questions.find(Asked(**asked), store)]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Dobrynin", ["k_4", "k_5"]),
        ("Amb. Dobrynin", ["k_4", "k_5"]),
        ("DOBRYNIN", ["k_4", "k_5"]),
        ("Anatoly Dobrynin", ["k_4"]),
        ("A. F. Dobrynin", ["k_4"]),
        ("Boris Dobrynin", []),
        ("anatoly-dobrynin", ["k_4"]),
        ("dean-rusk", ["k_4", "k_5", "k_6"]),
        ("Lindqvist", ["k_4"]),
        ("Nobody", []),
    ],
)
def test_somebody_is_found_by_any_name_also_where_only_a_list_has_them(
    store: Store, name: str, found: list[str]
) -> None:
    assert ids(store, person=name) == found


def test_an_embassy_is_found_by_the_words_about_its_people(store: Store) -> None:
    assert ids(store, embassy="Soviet Union") == ["k_4", "k_5"]
    assert ids(store, embassy="SUN", person="Rusk", since="1962-05") == ["k_5"]
    assert ids(store, embassy="SUN", limit=1) == ["k_4"]
    assert ids(store, embassy="USA") == []


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Igor Falk, Second Secretary of the Embassy", True),
        ("Chargé d’Affaires Falk", True),
        ("Ambassador-at-Large Falk", False),
        ("Ambassador Falk, Permanent Representative to the United Nations", False),
        ("Foreign Minister Falk", False),
    ],
)
def test_words_tell_who_serves_at_an_embassy(words: str, is_one: bool) -> None:
    assert people.is_of_embassy(words) is is_one


def test_an_ambassador_of_the_tables_needs_no_words_on_the_day_of_the_office() -> None:
    plain = {"text": "Mr. Dobrynin", "role": "participant", "actor": "SUN", "id": "anatoly-dobrynin"}
    assert people.has_embassy([head(4, plain)], "SUN")
    before = When(start="1961-04-03", end="1961-04-03", precision="day")
    assert not people.has_embassy([head(4, plain, when=before)], "SUN")


def test_people_read_anew_are_found_anew_though_the_conversation_stays(store: Store) -> None:
    other = {"text": "Mr. Sixten Berg", "role": "participant", "name": "Sixten Berg", "actor": "SUN"}
    claim = head(6, RUSK, other)
    store.put_documents([(Document(id="d_6", text="Memorandum of Conversation"), [claim], None)], reader="reader 2")
    store.replace_conversations([*store.conversations()])
    assert ids(store, person="Sixten Berg") == ["k_6"]
    assert ids(store, person="Holgersson") == []


def test_counts_are_by_one_thing_and_the_most_frequent_first(store: Store) -> None:
    found = [*store.conversations()]
    assert [(one.value, one.conversations, one.ids) for one in counts(found, "channel")] == [
        ("front", 2, ("k_4", "k_6")),
        ("backchannel", 1, ("k_5",)),
    ]
    assert [(one.label, one.conversations) for one in counts(found, "party")] == [
        ("Soviet Union", 3),
        ("United States", 3),
    ]
    assert [one.value for one in counts([*found, told(head(1), when=None, id="k_1")], "year")] == ["1962", None]


def test_a_room_has_everyone_with_office_id_task_and_words() -> None:
    claim = head(4, RUSK, DOBRYNIN, AIDE)
    found = room(told(claim), {"c_4": claim}, {"d_4": Document(id="d_4", title="Memo", source="Archive")})
    shown = [(one.state, one.name, one.office, one.id, one.task) for one in found.people]
    assert shown == [
        ("United States", "Dean Rusk", "The Secretary", "dean-rusk", None),
        ("Soviet Union", "Anatoly Dobrynin", "Ambassador, Soviet Embassy", "anatoly-dobrynin", None),
        ("Soviet Union", "Ivar Lindqvist", None, None, "interpreter"),
    ]
    assert found.people[1].named[0].text == "Anatoliy F. Dobrynin, Ambassador, Soviet Embassy"
    assert found.people[1].named[0].citation == "Archive, “Memo”"


def test_a_room_joins_what_news_says_of_the_same_people_and_leaves_denials_out() -> None:
    claim = head(4, RUSK, DOBRYNIN)
    parties = (Party(actor="USA", person="Dean Rusk", text="Rusk"), Party(actor="SUN", person="Karl Falk", text="Falk"))
    sentence = Span(start=0, end=15, text="Rusk saw Falk.")
    news = head(5, by="reader", parties=parties, sentence=sentence, extensions={})
    denial = replace(news, id="c_6", status="denied", parties=(Party(actor="USA", person="Eve Stone", text="Stone"),))
    claims = {one.id: one for one in (claim, news, denial)}
    found = room(told(claim, news, denial), claims, {})
    assert [one.name for one in found.people] == ["Dean Rusk", "Anatoly Dobrynin", "Karl Falk"]
    assert [naming.quotation for naming in found.people[0].named] == ["The Secretary", "Rusk saw Falk."]
    assert found.unsure == ("c_6",)


def test_two_of_one_surname_in_one_record_stay_two() -> None:
    rows = [
        {"text": f"{name} Falk", "role": "participant", "name": f"{name} Falk", "actor": "USA"}
        for name in ("Bo", "Ada")
    ]
    claim = head(4, *rows)
    bare = head(5, {"text": "Mr. Falk", "role": "participant", "name": "Falk", "actor": "USA"})
    found = room(told(claim, bare), {"c_4": claim, "c_5": bare}, {})
    assert [one.name for one in found.people] == ["Bo Falk", "Ada Falk", "Falk"]


# --- ids on claims of records


def claim_of(*lines: str, day: str = "March 9, 1965", title: str = "Memorandum of Conversation") -> Claim:
    note = "\n\n[Source: Department of State, Central Files. Secret. Drafted by Lund.]"
    text = (
        f"{title}\n\nWashington, {day}.\n\nPARTICIPANTS\n" + "\n".join(lines) + f"\n\nThey spoke of the harbour.{note}"
    )
    found = heads.read(text)
    assert found is not None
    document = Document(id="d", text=text, meta={record.KEY: record.kept(found)})
    (claim,) = importers.claims(document, shipped())
    return claim


def who(claim: Claim) -> list[tuple[Any, Any]]:
    return [(row.get("actor"), row.get("id")) for row in claim.extensions["participants"]]


def test_offices_and_titled_surnames_are_their_holders_on_the_day() -> None:
    found = claim_of("Secretary McNamara", "General Wheeler", "The British Prime Minister", "Ambassador Dobrynin")
    assert who(found) == [
        ("USA", "robert-mcnamara"),
        ("USA", "earle-wheeler"),
        ("GBR", "harold-wilson"),
        ("SUN", "anatoly-dobrynin"),
    ]


def test_on_doubt_somebody_has_no_id() -> None:
    found = claim_of("The Secretary", "Ambassador Aasgaard of Norway", "Mr. Deming", "Zebulon Rusk, Economist")
    assert who(found) == [("USA", "dean-rusk"), ("NOR", None), (None, None), (None, None)]


def test_nobody_is_two_lines_of_one_record() -> None:
    found = claim_of("Dean Rusk, Secretary of State", "Mr. Rusk, Interpreter", "Ambassador Aasgaard of Norway")
    assert [id for _, id in who(found)].count("dean-rusk") == 1


@pytest.mark.parametrize(
    ("lines", "actors"),
    [
        (("The Secretary", "President Marcos of the Philippines"), ["USA", "PHL"]),
        (("The Secretary", "Norwegian Ambassador Aasgaard"), ["USA", "NOR"]),
        (("The Secretary", "Olav Tveit, Secretary to the Norwegian Ambassador"), ["USA", "NOR"]),
        (
            ("The Secretary", "Mr. Lund, Language Services (interpreter)", "Olav Tveit, Embassy of Norway"),
            ["USA", "USA", "NOR"],
        ),
    ],
)
def test_for_whom_somebody_acts_by_the_words_about_them(lines: tuple[str, ...], actors: list[str]) -> None:
    assert [actor for actor, _ in who(claim_of(*lines))] == actors


def test_those_of_whom_nothing_tells_act_for_the_people_around_them() -> None:
    lines = ["The Secretary", "Olav Tveit, Embassy of Norway", "Mr. Falk, Stenographer", "Nils Dahl, Norwegian Navy"]
    assert who(claim_of(*lines))[2] == ("NOR", None)
    mixed = ["Olav Tveit, Embassy of Norway", "The Secretary", "Mr. Falk, Stenographer", "Nils Dahl, Norwegian Navy"]
    assert who(claim_of(*mixed))[2] == (None, None)


# --- front doors


def test_python_has_the_same_questions(store: Store, tmp_path: Path) -> None:
    with backchannel.open(tmp_path / "store.db") as db:
        assert [one.id for one in db.conversations(person="Dobrynin", embassy="SUN")] == ["k_4", "k_5"]
        assert [(one.value, one.conversations) for one in db.counts("channel", person="Dobrynin")] == [
            ("backchannel", 1),
            ("front", 1),
        ]
        assert [one.name for one in db.room("k_5")] == ["Dean Rusk", "Dobrynin"]
        assert db.room("k_5").to_dicts()[1]["office"] == "Ambassador"


def test_the_command_line_counts_cites_and_shows_the_room(store: Store, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(app, [*words, "--store", str(tmp_path / "store.db")])
        assert done.exit_code == 0, done.stderr
        return done.stdout

    assert "a back channel" in run("conversations", "--person", "Dobrynin", "--with-embassy", "SUN", "--by", "channel")
    assert '"ids":["k_5"]' in run("conversations", "--by", "channel", "--json")
    assert "Memorandum of Conversation; The Secretary; Ambassador Dobrynin" in run("conversations", "--cite")
    assert '"citation":"“Memo”"' in run("conversations", "--cite", "--json")
    assert '"citation":"“Memo”"' in run("show", "k_4", "--json")
    shown = run("room", "k_4")
    assert "anatoly-dobrynin" in shown
    assert "interpreter" in shown
    assert "[1] “Memo”" in shown
