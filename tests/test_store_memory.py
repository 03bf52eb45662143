"""Judgements, settings, the user's own vocabulary and the memory of feeds are kept; the digest tells knowledge only."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backchannel.errors import StoreError
from backchannel.records import Judgement
from backchannel.store import open_store
from store_samples import READER, SERVER, claim, conversation, document, pair, place, problem, schema_on_server, store

__all__ = ["place", "store"]

FIRST = Judgement(id="j_1", kind="same", target="c_1", other="c_2", at=datetime(2024, 1, 1, tzinfo=UTC))
SECOND = Judgement(
    id="j_2", kind="different", target="c_1", other="c_2", supersedes="j_1", at=datetime(2024, 1, 2, tzinfo=UTC)
)
THIRD = Judgement(id="j_3", kind="correct", target="c_9", field="form", value={"to": ["call"]})


def test_judgements_are_appended_and_superseded_never_edited(store):
    for judgement in (SECOND, FIRST, THIRD, FIRST):
        store.put_judgement(judgement)
    assert list(store.judgements()) == [THIRD, SECOND]
    assert list(store.judgements(superseded=True)) == [THIRD, FIRST, SECOND]
    assert list(store.judgements(target="c_2")) == [SECOND]
    with pytest.raises(StoreError, match="j_1 is there already"):
        store.put_judgement(replace(FIRST, kind="unsure"))


def test_settings_keep_json_until_forgotten(store):
    store.set_setting("weights", {"b": [1.5, None], "a": True})
    store.set_setting("run.last", "2024-01-01")
    assert store.get_setting("weights") == {"a": True, "b": [1.5, None]}
    assert store.settings() == {"run.last": "2024-01-01", "weights": {"a": True, "b": [1.5, None]}}
    store.set_setting("weights", None)
    assert store.get_setting("weights") is None


def test_feed_memory_keeps_the_last_answer(store):
    assert store.feeds.get("https://example.org/rss") is None
    store.feeds.set("https://example.org/rss", "x", None)
    store.feeds.set("https://example.org/rss", None, "Mon")
    assert store.feeds.get("https://example.org/rss") == (None, "Mon")


def test_user_rows_are_kept_once_and_can_be_removed(store):
    store.add_user_actors([{"id": "WAG", "alias": "Wagner"}, {"alias": "PMC Wagner", "id": "WAG"}])
    store.add_user_actors([{"alias": "Wagner", "id": "WAG"}])
    store.add_user_cues([{"word": "hush-hush"}])
    assert store.user_actors() == [{"alias": "PMC Wagner", "id": "WAG"}, {"alias": "Wagner", "id": "WAG"}]
    assert store.user_cues() == [{"word": "hush-hush"}]
    store.remove_user_rows("actors", [{"id": "WAG", "alias": "Wagner"}])
    assert store.user_actors() == [{"alias": "PMC Wagner", "id": "WAG"}]


def fill(store, *, numbers, later=False):
    """Put the same knowledge in any order and at either of two times."""
    hour = 9 if later else 3
    retrieved = datetime(2024, 1, 1, hour, tzinfo=UTC)
    for number in numbers:
        _, claims, signature = pair(number)
        told = document(number, retrieved=retrieved, published=None if number == 2 else date(2023, 5, 12))
        store.put_document(told, claims, signature=signature, reader=READER)
    store.put_problem(problem(9, hour=hour), source="wire", day=retrieved.date())
    store.put_judgement(replace(FIRST, at=retrieved))
    store.set_setting("run.last", retrieved.isoformat())
    store.set_setting("style", 1)
    store.feeds.set("https://example.org", str(hour), None)
    first = numbers[0]
    store.replace_conversations([conversation(n, id=f"v_{first}_{n}", claims=(f"c_00{n}_0",)) for n in numbers])


def test_digest_depends_on_knowledge_not_on_order_or_time(store, tmp_path):
    fill(store, numbers=(1, 2, 3))
    with open_store(tmp_path / "other.db") as other:
        fill(other, numbers=(3, 1, 2), later=True)
        assert other.digest() == store.digest()
        other.put_document(document(1), [claim(1, status="denied")], reader=READER)
        assert other.digest() != store.digest()


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.put_document(document(4), [], reader=READER),
        lambda s: s.put_problem(problem(5), source=None, day=date(2024, 1, 1)),
        lambda s: s.put_judgement(THIRD),
        lambda s: s.set_setting("style", 2),
        lambda s: s.add_user_cues([{"word": "hush"}]),
        lambda s: s.replace_families({"d_001": "f"}),
        lambda s: s.replace_conversations([conversation(1, status="denied")]),
    ],
)
def test_digest_tells_every_change_of_knowledge(tmp_path, change):
    with open_store(tmp_path / "store.db") as store:
        fill(store, numbers=(1,))
        before = store.digest()
        change(store)
        assert store.digest() != before


@pytest.mark.extras
@pytest.mark.skipif(SERVER is None, reason="BACKCHANNEL_TEST_POSTGRES is not set; run by tests/postgres.sh")
def test_digest_is_the_same_on_both_databases(tmp_path):
    with schema_on_server() as url, open_store(url) as there, open_store(tmp_path / "store.db") as here:
        for one in (there, here):
            fill(one, numbers=(2, 1))
            one.add_user_actors([{"name": "Ünal", "rank": 1.5}])
        assert there.digest() == here.digest()
        assert there.counts() == here.counts()
