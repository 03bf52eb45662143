"""Merging again looks only at what changed, and gives what merging everything would."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backchannel import pipeline
from backchannel.store import Store, open_store, schema
from merging_samples import documents, judgement, put


def state(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that merging has made, with what it keeps for itself."""
    tables = (schema.conversations, schema.families, schema.leaves, schema.reports, schema.blocks)
    tables += (schema.conversation_claims,)
    with store._database.reading() as connection:
        return {one.name: sorted(map(tuple, connection.execute(select(one))), key=repr) for one in tables}


def claim_ids(store: Store) -> list[str]:
    return [claim.id for claim in store.claims()]


def in_steps_and_whole(data: st.DataObject) -> None:
    """Merge documents and judgements by chance in steps, then all anew, and find the same."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store.db") as store:
        for step in range(data.draw(st.integers(2, 6))):
            for _ in range(data.draw(st.integers(0, 4))):
                put(store, *data.draw(documents()))
            known = claim_ids(store)
            if known and data.draw(st.booleans()):
                kind = data.draw(st.sampled_from(("same", "different", "reject", "unsure")))
                target, other = (data.draw(st.sampled_from(known)) for _ in range(2))
                before = [j.id for j in store.judgements()]
                gone = data.draw(st.sampled_from([None, *before]))
                store.put_judgement(judgement(step, kind, target, other, gone))
            pipeline.merge_store(store)
        in_steps = state(store)
        pipeline.merge_store(store, everything=True)
        whole = state(store)
        assert [name for name in whole if whole[name] != in_steps[name]] == []
        assert whole == in_steps


SHORT = settings(max_examples=12, deadline=None, derandomize=True, phases=(Phase.generate,))


@SHORT
@given(data=st.data())
def test_merges_in_steps_give_what_one_whole_merge_gives(data: st.DataObject):
    in_steps_and_whole(data)


@pytest.mark.slow
@settings(SHORT, max_examples=400)
@given(data=st.data())
def test_many_merges_in_steps_give_what_one_whole_merge_gives(data: st.DataObject):
    in_steps_and_whole(data)
