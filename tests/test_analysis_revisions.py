"""What a merge changed is told in the words of the card."""

import pytest

from backchannel.analysis.revisions import cause, told
from backchannel.records import Cause, Change, FieldChange


@pytest.mark.parametrize(
    ("field", "old", "new", "words"),
    [
        ("disputed", True, False, "no longer disputed"),
        ("disputed", False, True, "disputed"),
        ("score", 0.7, 0.9, "confidence 0.7 → 0.9"),
        ("confidence", [], [{"feature": "start"}], "signs of confidence +1"),
        ("alternatives", {"where": ["Port Elm", "Oakham"]}, {}, "rival values where: Port Elm, Oakham → none"),
        ("rests_on", {}, {"c_2": "c_1"}, "claims that repeat another +1"),
        ("flags", [], ["retracted:d_1"], "flags none → a document was withdrawn: d_1"),
    ],
)
def test_a_change_is_told_in_the_words_of_the_card(field: str, old: object, new: object, words: str) -> None:
    change = Change(
        at=None,
        conversation="k_1",
        kind="changed",
        fields=(FieldChange(field=field, old=old, new=new),),
        others=(),
        causes=(Cause(kind="documents"),),
    )
    assert told(change) == f"changed: {words}"
    assert cause(change) == "other documents that came or changed"
