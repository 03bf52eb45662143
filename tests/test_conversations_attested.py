"""How records attest a conversation follows from who tells it."""

import pytest

from backchannel.conversations import Report, Teller
from backchannel.conversations.attested import attestation, unknown_to
from backchannel.records import Status

PAPER = Teller(origin="document:a", kind="document", source_class="document")
PRESS = Teller(origin="outlet:post", kind="outlet")
ROW = Teller(origin="import:visits", kind="import")


def told(number: int, *, teller: Teller = PAPER, **more) -> Report:
    return Report(
        **{
            "id": f"c_{number}",
            "document": f"d_{number}",
            "teller": teller,
            "is_record": teller is PAPER,
            "is_mention": True,
        }
        | more
    )


def test_the_head_of_a_record_is_a_record_of_it_whoever_else_tells_it() -> None:
    assert (
        attestation([told(1, lane="talk"), told(2, is_unrecorded=True), told(3, teller=PRESS)], "occurred") == "record"
    )


def test_records_alone_mention_it() -> None:
    assert attestation([told(1), told(2)], "occurred") == "mention"


def test_a_note_says_that_none_was_found() -> None:
    assert attestation([told(1), told(2, is_unrecorded=True)], "occurred") == "no_record"


def test_what_others_tell_too_is_known_by_more_than_mention() -> None:
    assert attestation([told(1), told(2, teller=PRESS)], "occurred") is None
    assert attestation([told(1, teller=PRESS)], "occurred") is None


@pytest.mark.parametrize("status", ["occurred", "ongoing", "denied"])
def test_what_is_told_to_have_happened_or_denied_is_known_by_mention(status: Status) -> None:
    assert attestation([told(1)], status) == "mention"


@pytest.mark.parametrize("status", ["planned", "proposed", "postponed", "cancelled", "refused", "hypothetical", None])
def test_a_plan_that_records_tell_is_no_conversation_known_by_mention(status: Status | None) -> None:
    assert attestation([told(1), told(2, is_unrecorded=True)], status) is None
    assert attestation([told(1, lane="talk"), told(2)], status) == "record"


def test_rows_of_tables_do_not_count() -> None:
    assert attestation([told(1), told(2, teller=ROW)], "occurred") == "mention"
    assert attestation([told(1, teller=ROW)], "occurred") is None


def test_those_from_whom_it_was_kept_are_named_once() -> None:
    assert unknown_to([told(1, withheld=("embassy", "ITA")), told(2, withheld=("embassy",))]) == ("ITA", "embassy")
