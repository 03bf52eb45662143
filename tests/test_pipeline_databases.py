"""Merging, judging and their history come out alike on every database."""

from datetime import timedelta

from backchannel import pipeline
from backchannel.conversations import judge, undo
from backchannel.pipeline.linking import link_store, links_of
from backchannel.records import Judgement
from backchannel.store import Store
from judged_samples import START, claim, document
from link_samples import US, WILSON, memo, table, visit
from store_samples import place, store

__all__ = ["place", "store"]


def records(store: Store) -> list[str]:
    return sorted(repr(one) for one in store.conversations())


def test_merging_in_steps_and_undo_give_the_same_on_every_database(store: Store) -> None:
    for first in (0, 8):
        batch = [(document(n), [claim(n)], None) for n in range(first, first + 8)]
        store.put_documents(batch, reader=pipeline.READER)
        pipeline.merge_store(store, now=START)
    before, digest = records(store), store.digest()
    made = judge(store, Judgement(id="", kind="same", target="c_01", other="c_02", by="ana", at=START))
    store.put_judgement(made)
    later = START + timedelta(days=1)
    assert pipeline.merge_store(store, now=later).looked_at < 16
    assert records(store) != before
    assert {change.at for change in store.history.changes(since="2024-01-02")} == {later}
    store.put_judgement(undo(store, made.id, by="ana", at=later, reason="misread"))
    pipeline.merge_store(store, now=later)
    assert records(store) == before
    pipeline.merge_store(store, now=later, everything=True)
    assert records(store) == before
    assert store.digest() != digest, "the judgements are in it"


def test_a_change_by_the_users_own_actors_is_told_as_other_rules(store: Store) -> None:
    store.put_documents([(document(n), [claim(n)], None) for n in range(4)], reader=pipeline.READER)
    pipeline.merge_store(store, now=START)
    before = store.get_setting("run.merged")["rules"]
    store.add_user_actors([{"id": "BLUE_HARBOUR", "name": "Blue Harbour", "kind": "ngo"}])
    pipeline.merge_store(store, now=START)
    assert store.get_setting("run.merged")["rules"] != before


def test_links_and_their_undoing_are_alike_on_every_database(store: Store) -> None:
    rows, claims = table("visits", visit())
    talks = [memo(1, US, WILSON), memo(2, US, WILSON, on="1966-08-04"), memo(3, US, WILSON, on="1967-01-01")]
    entries = [(rows, claims, None), *((told, [one], None) for told, one in talks)]
    store.put_documents(entries, reader=pipeline.READER)
    pipeline.merge_store(store, now=START)
    assert link_store(store, now=START).new == 2
    first, second = links_of(store)
    assert (first.other, second.other) == ("c_memo_1", "c_memo_2")
    store.put_judgement(undo(store, first.id, by="ana", at=START + timedelta(days=1)))
    assert link_store(store, now=START, everything=True).kept_apart == 1
    assert [one.other for one in links_of(store)] == ["c_memo_2"]
    owners = store.lanes.conversations([second.target, "c_memo_2"])
    assert len(set(owners.values())) == 2
