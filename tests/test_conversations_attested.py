"""How records attest a conversation follows from who tells it."""

from backchannel.conversations import Report, Teller
from backchannel.conversations.attested import attestation, unknown_to

PAPER = Teller(origin="document:a", kind="document", source_class="document")
PRESS = Teller(origin="outlet:post", kind="outlet")
ROW = Teller(origin="import:visits", kind="import")


def told(number: int, *, teller: Teller = PAPER, **more) -> Report:
    return Report(
        **{"id": f"c_{number}", "document": f"d_{number}", "teller": teller, "is_record": teller is PAPER} | more
    )


def test_the_head_of_a_record_is_a_record_of_it_whoever_else_tells_it() -> None:
    assert attestation([told(1, lane="talk"), told(2, is_unrecorded=True), told(3, teller=PRESS)]) == "record"


def test_records_alone_mention_it() -> None:
    assert attestation([told(1), told(2)]) == "mention"


def test_a_note_says_that_none_was_found() -> None:
    assert attestation([told(1), told(2, is_unrecorded=True)]) == "no_record"


def test_what_others_tell_too_is_known_by_more_than_mention() -> None:
    assert attestation([told(1), told(2, teller=PRESS)]) is None
    assert attestation([told(1, teller=PRESS)]) is None


def test_rows_of_tables_do_not_count() -> None:
    assert attestation([told(1), told(2, teller=ROW)]) == "mention"
    assert attestation([told(1, teller=ROW)]) is None


def test_those_from_whom_it_was_kept_are_named_once() -> None:
    assert unknown_to([told(1, withheld=("embassy", "ITA")), told(2, withheld=("embassy",))]) == ("ITA", "embassy")
