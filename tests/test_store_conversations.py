"""Conversations are replaced whole and found by whatever a reader asks for."""

import pytest

from backchannel.errors import QueryError
from backchannel.records import ConversationParty, When
from backchannel.store import open_store
from store_samples import READER, conversation, other_process, pair, place, store

__all__ = ["place", "store"]

SECOND = {
    "parties": (ConversationParty(actor="USA"), ConversationParty(actor="IRN", persons=("Ali Bagheri Kani",))),
    "issues": ("nuclear",),
    "when": When(start="2022-03", end="2022-03", precision="month"),
    "privacy": "secret",
    "status": "denied",
    "claims": ("c_002_1",),
    "independent": 3,
    "disputed": True,
    "score": 0.5,
    "first_reported": "2024-01-02",
    "attestation": "no_record",
    "unknown_to": ("William Rogers", "embassy"),
}
UNDATED = {"when": None, "first_reported": "2023-01", "claims": ("c_003_0",), "privacy": None, "issues": ()} | {
    "attestation": "mention"
}


@pytest.fixture
def filled(store):
    """Give a store with three conversations."""
    store.put_documents([pair(1), pair(2), pair(3)], reader=READER)
    store.replace_conversations([conversation(1), conversation(2, **SECOND), conversation(3, **UNDATED)])
    return store


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({}, [2, 3, 1]),
        ({"order": "newest"}, [1, 3, 2]),
        ({"order": "reported"}, [3, 1, 2]),
        ({"order": "independent"}, [2, 1, 3]),
        ({"order": "score", "limit": 2}, [1, 3]),
        ({"order": "id"}, [1, 2, 3]),
        ({"parties": ("USA", "IRN")}, [2]),
        ({"parties": ("CHN", "IRN")}, []),
        ({"issue": "nuclear"}, [2]),
        ({"attested_only": True}, [2, 3]),
        ({"attested_only": False}, [1]),
        ({"attested_only": True, "parties": ("IRN",)}, [2]),
        ({"unknown_to": ("embassy",)}, [2]),
        ({"unknown_to": ("nobody", "Rogers")}, [2]),
        ({"unknown_to": ("william ROGERS",)}, [2]),
        ({"unknown_to": ("nobody",)}, []),
        ({"person": "jake  SULLIVAN"}, [3, 1]),
        ({"person": "Bagheri"}, [2]),
        ({"since": "2023-05-11"}, [1]),
        ({"since": "2023"}, [3, 1]),
        ({"until": "2023-01"}, [2, 3]),
        ({"since": "2022-03-31", "until": "2022-04-01"}, [2]),
        ({"privacy": "secret"}, [2]),
        ({"privacy": ("secret", "closed")}, [2, 1]),
        ({"status": "occurred"}, [3, 1]),
        ({"minimum_independent": 2}, [2]),
        ({"disputed": False}, [3, 1]),
        ({"text": "quietly taiwan"}, [2]),
        ({"text": '"met wang"', "parties": ("CHN",)}, [3, 1]),
        ({"text": "Reykjavik"}, []),
    ],
)
def test_conversations_are_found_by(filled, question, found):
    assert [c.id for c in filled.conversations(**question)] == [f"v_{number:03}" for number in found]


def test_conversation_comes_back_as_it_was(filled):
    assert filled.conversation("v_002") == conversation(2, **SECOND)
    assert filled.conversation("v_404") is None
    assert filled.conversation("") is None


def test_conversation_is_found_by_the_beginning_of_its_id(filled):
    filled.replace_conversations([conversation(1, id="v_a1"), conversation(2, id="v_a1b"), conversation(3, id="vxa1")])
    assert filled.conversation("vx").id == "vxa1"
    assert filled.conversation("v_a1").id == "v_a1"
    with pytest.raises(QueryError, match="did you mean v_a1, v_a1b"):
        filled.conversation("v_")


def test_questions_that_cannot_be_answered_are_refused(filled):
    with pytest.raises(QueryError, match="asked for by partys; known: parties"):
        filled.conversations(partys=("USA",))
    with pytest.raises(QueryError, match="ordered by 'size'; known: when"):
        filled.conversations(order="size")
    with pytest.raises(QueryError, match="not a date"):
        filled.conversations(until="soon")


def test_superseded_sentences_are_not_searched(filled):
    document, claims, _ = pair(2)
    filled.put_document(document, claims[:1], reader="2")
    assert list(filled.conversations(text="quietly")) == []


def test_replacing_leaves_nothing_of_the_old(filled):
    assert filled.merged.assignment("claim", ["c_001_0", "c_002_1", "c_003_0"]) == {
        "c_001_0": "v_001",
        "c_002_1": "v_002",
        "c_003_0": "v_003",
    }
    filled.replace_conversations([conversation(1), conversation(4, claims=("c_002_1", "c_003_0"))])
    assert filled.merged.assignment("claim", ["c_001_0", "c_002_1", "c_003_0"]) == {
        "c_001_0": "v_001",
        "c_002_1": "v_004",
        "c_003_0": "v_004",
    }
    assert [c.id for c in filled.conversations(parties=("IRN",))] == []
    filled.replace_conversations([])
    assert {name: n for name, n in filled.counts().items() if name.startswith("conversation") and n > 0} == {}


WRITER = """
with open_store(place) as store:
    for turn in range(1000):
        form = ("meeting", "call")[turn % 2]
        store.replace_conversations([conversation(n, form=form, issues=(form,)) for n in range(1, 301)])
        print(turn, flush=True)
"""


def test_readers_see_the_old_conversations_or_the_new_never_a_mixture(place):
    seen, reads = set(), 0
    with open_store(place) as store, other_process(place, WRITER) as writer:
        assert writer.stdout.readline() == "0\n"
        while reads < 15 or len(seen) < 2:
            forms = [c.form for c in store.conversations(parties=("USA",))]
            assert len(forms) == 300
            assert len(set(forms)) == 1
            assert writer.poll() is None
            seen |= set(forms)
            reads += 1
