"""What a merge did to each conversation, and why."""

from datetime import UTC, datetime

import pytest

from backchannel.conversations import News, changes
from backchannel.records import Cause, Conversation, Judgement
from store_samples import conversation

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def talk(id: str, *claims: str, **more) -> Conversation:
    return conversation(1, id=id, claims=claims, **more)


def made(old, new, news: News | None = None):
    return {one.conversation: one for one in changes(old, new, news or News(), now=NOW)}


def causes(found) -> dict[str, tuple[Cause, ...]]:
    return {id: one.causes for id, one in found.items()}


def test_nothing_is_listed_when_nothing_changed():
    same = [talk("k_1", "a"), talk("k_2", "b")]
    assert made(same, list(reversed(same))) == {}


def test_a_change_names_each_field_with_old_and_new_value():
    found = made([talk("k_1", "a")], [talk("k_1", "a", status="denied", disputed=True)])["k_1"]
    assert (found.kind, found.at) == ("changed", NOW)
    assert [(one.field, one.old, one.new) for one in found.fields] == [
        ("status", "occurred", "denied"),
        ("disputed", False, True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([], [talk("k_1", "a")], {"k_1": ("added", ())}),
        ([talk("k_1", "a")], [], {"k_1": ("withdrawn", ())}),
        (
            [talk("k_1", "a", "b")],
            [talk("k_1", "a"), talk("k_2", "b")],
            {"k_1": ("changed", ("k_2",)), "k_2": ("split", ("k_1",))},
        ),
        (
            [talk("k_1", "a"), talk("k_2", "b")],
            [talk("k_1", "a", "b")],
            {"k_1": ("changed", ("k_2",)), "k_2": ("merged", ("k_1",))},
        ),
        (
            [talk("k_1", "a", "b"), talk("k_2", "c")],
            [talk("k_1", "a"), talk("k_2", "b", "c")],
            {"k_1": ("changed", ("k_2",)), "k_2": ("changed", ("k_1",))},
        ),
    ],
)
def test_where_claims_went_tells_what_became_of_a_conversation(old, new, kinds):
    assert {id: (one.kind, one.others) for id, one in made(old, new).items()} == kinds


def test_one_that_comes_or_goes_is_told_in_short():
    came, went = made([], [talk("k_1", "a")])["k_1"], made([talk("k_1", "a")], [])["k_1"]
    assert {one.field: one.new for one in came.fields} == {one.field: one.old for one in went.fields}
    assert {one.field for one in came.fields} == {"parties", "form", "issues", "when", "privacy", "status", "claims"}


def test_new_documents_explain_what_their_claims_joined():
    news = News(documents={"b": "d_2", "x": "d_3"})
    found = made([talk("k_1", "a")], [talk("k_1", "a", "b"), talk("k_2", "x")], news)
    assert causes(found) == {
        "k_1": (Cause(kind="documents", what=("d_2",)),),
        "k_2": (Cause(kind="documents", what=("d_3",)),),
    }


def test_a_document_that_joins_two_conversations_explains_both():
    found = made([talk("k_1", "a"), talk("k_2", "b")], [talk("k_1", "a", "b", "c")], News(documents={"c": "d_9"}))
    assert causes(found) == dict.fromkeys(("k_1", "k_2"), (Cause(kind="documents", what=("d_9",)),))


def test_a_claim_read_anew_or_no_longer_read_is_explained_by_the_reader():
    anew = made(
        [talk("k_1", "a")], [talk("k_1", "a", form="call")], News(readings={"a": "reader 2"}, reader="reader 2")
    )
    lost = made([talk("k_1", "a", "b")], [talk("k_1", "a")], News(reader="reader 2"))
    assert causes(anew) == causes(lost) == {"k_1": (Cause(kind="reading", what=("reader 2",)),)}


def test_a_judgement_explains_what_holds_its_claims_and_no_more():
    both = Judgement(id="j_1", kind="same", target="a", other="b")
    reject = Judgement(id="j_2", kind="reject", target="d")
    old = [talk("k_1", "a"), talk("k_2", "b"), talk("k_3", "c", "d")]
    found = made(old, [talk("k_1", "a", "b"), talk("k_3", "c")], News(judgements=(both, reject)))
    assert {id: one.causes[0].what for id, one in found.items()} == {
        "k_1": ("j_1",),
        "k_2": ("j_1",),
        "k_3": ("j_2",),
    }
    assert all(len(one.causes) == 1 for one in found.values())


def test_what_nothing_else_explains_is_by_the_rules_or_by_documents_elsewhere():
    old, new = [talk("k_1", "a")], [talk("k_1", "a", score=0.4)]
    assert causes(made(old, new, News(rules=("1", "2")))) == {"k_1": (Cause(kind="rules", what=("1", "2")),)}
    assert causes(made(old, new)) == {"k_1": (Cause(kind="documents"),)}
