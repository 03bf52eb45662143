"""Which documents a newer edition replaced, and how far a retraction reaches."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.families import Notice, Page, address, editions, families, signature, states
from backchannel.records import Document

STORY = (
    "The envoys of Norland and Sudland met for three hours in a hotel by the harbour of Port Elm and spoke about the "
    "grain route, two officials said. They parted without a statement, and aides kept the press away from the doors."
)
LATER = STORY + " A third official said on Tuesday that another round would follow within the month."
OTHER = (
    "Ministers of the eastern states approved a plan for the rail link that has been argued over for a decade, while "
    "farmers along the line asked for higher payments and quieter trains at night."
)
URL = "oakpost.example/2021/talks"


def page(name: str, text: str = STORY, day: int = 1, hour: int | None = None, **more) -> Page:
    retrieved = datetime(2021, 3, day, hour, tzinfo=UTC) if hour is not None else None
    known = {"url": URL, "published": date(2021, 3, day), "outlet": "oak post", "retrieved": retrieved}
    return Page(id=name, signature=signature(text), **(known | more))


def test_newest_edition_of_a_page_stays_current():
    found = states([page("a", hour=9), page("b", LATER, hour=12), page("c", OTHER, url="oakpost.example/rail")])
    assert found == {"a": "updated", "b": "current", "c": "current"}


def test_edition_is_as_old_as_its_day_then_its_retrieval_then_its_id():
    assert editions([page("z", day=1, hour=20), page("a", LATER, day=2, hour=1)]) == {"z": "a"}
    assert editions([page("a"), page("b")]) == {"a": "b"}


def test_other_text_under_one_address_is_no_edition():
    assert editions([page("a"), page("b", OTHER, day=2)]) == {}
    assert editions([page("a", title="news of the day"), page("b", OTHER, day=9, title="news of the day")]) == {}


def test_front_page_of_a_site_has_no_editions():
    assert address("https://www.oakpost.example/") is None
    assert address("https://www.oakpost.example/2021/talks/?utm_source=feed") == URL


def test_edition_of_another_day_is_of_one_family():
    told = {"source": "Oak Post", "url": f"https://{URL}"}
    first = Document(id="a", text=STORY, published=date(2021, 3, 1), **told)
    second = Document(id="b", text=LATER, published=date(2021, 3, 9), **told)
    assert {family.id for family in families([first, second]).values()} == {"a"}


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.permutations(range(7)))
def test_order_of_reading_does_not_matter(order: list[int]):
    pages = [
        page("a", hour=9, family="a"),
        page("b", LATER, hour=12, family="a"),
        page("c", STORY, day=2, url="elm.example/1", outlet="elm gazette", family="a"),
        page("d", OTHER, url="elm.example/2", title="rail link approved", outlet="elm gazette"),
        page(
            "e",
            "No.",
            day=3,
            url=None,
            outlet="elm gazette",
            notice=Notice(kind="retracted", title="Rail link approved"),
        ),
        page("f", OTHER, day=3, hour=1, url="fern.example/1", notice=Notice(kind="corrected")),
        page("g", OTHER, day=3, hour=2, url="fern.example/1"),
    ]
    assert states([pages[place] for place in order], ["a"]) == {
        "a": "retracted",
        "b": "retracted",
        "c": "retracted",
        "d": "retracted",
        "e": "retracted",
        "f": "updated",
        "g": "current",
    }


def test_page_that_is_withdrawn_takes_its_older_editions_along():
    gone = page("b", STORY, hour=12, notice=Notice(kind="retracted"))
    assert states([page("a", hour=9), gone]) == {"a": "retracted", "b": "retracted"}


def test_retracted_copy_leaves_the_original():
    copy = page("b", day=2, url="elm.example/1", family="a")
    assert states([page("a", family="a"), copy], ["b"]) == {"a": "current", "b": "retracted"}


def test_notice_of_another_outlet_withdraws_nothing():
    story = page("a", title="envoys meet in port elm")
    other = page(
        "b",
        "No.",
        day=2,
        url=None,
        outlet="elm gazette",
        notice=Notice(kind="retracted", title="Envoys meet in Port Elm"),
    )
    assert states([story, other])["a"] == "current"
