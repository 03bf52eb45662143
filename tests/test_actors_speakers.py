"""Words for a speaker stand for the only actor that they name."""

from datetime import date

import pytest

from backchannel import actors

DAY = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("words", "actor"),
    [("the Kremlin's spokesman", "RUS"), ("a harbour pilot", None), ("envoys of France and Norway", None)],
)
def test_a_speaker_stands_for_the_only_actor_that_is_named(words: str, actor: str | None) -> None:
    assert actors.speaks_for(actors.shipped())(words, DAY) == actor
