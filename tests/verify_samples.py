"""Twenty short documents with contacts of many kinds, read once, for planting faults in."""

from datetime import date
from functools import cache, partial

from backchannel import pipeline
from backchannel.records import Claim, Document

TEXTS = (
    "Sullivan met Wang Yi in Vienna on May 10.",
    "Officials of France and Germany held secret talks in Geneva, a senior official said.",
    "Putin called Erdogan on Tuesday to discuss grain exports.",
    "The foreign ministers of India and Japan will meet in Tokyo next week.",
    "Iran denied that its envoys had met American diplomats in Oman.",
    "Qatar mediated between Hamas and Israel over a ceasefire and the hostages.",
    "Macron visited Beijing in April 2023 and met Xi Jinping.",
    "Brazil invited the President of Argentina to talks on trade.",
    "The leaders of Poland, Lithuania and Ukraine met in Warsaw on March 3.",
    "Blinken spoke with Lavrov by phone, according to people familiar with the matter.",
    "Canada and Mexico agreed to hold talks on energy in June.",
    "South Korea cancelled a meeting with Japan over the disputed islands.",
    "Egypt and Ethiopia resumed negotiations on the dam in Khartoum.",
    "A back channel between Washington and Tehran was opened in 2013.",
    "Norway sent a letter to Russia about fisheries in the Barents Sea.",
    "Spain refused to meet the delegation of Venezuela.",
    "Chinese and Indian commanders held talks at the border on September 12.",
    "Turkey may host talks between Russia and Ukraine on a ceasefire.",
    "Sweden met Finland in Stockholm. The two sides discussed NATO membership.",
    "Scholz met Biden at the White House on Friday. He thanked the president for the talks.",
)
DAY = date(2023, 5, 12)


@cache
def kit() -> pipeline.Kit:
    """Give what reads a document, loaded once a run."""
    return pipeline.load()


def read(document: Document) -> tuple[Claim, ...]:
    """Give the claims of a document."""
    return pipeline.read(document, kit())


def document(number: int, **more) -> Document:
    """Give one of the documents."""
    title = f"News of the day, {number}"
    return Document(
        **{"id": f"v_{number:02}", "source": "Harbour Post", "title": title, "text": TEXTS[number], "published": DAY}
        | {"language": "en"}
        | more
    )


@cache
def pages() -> tuple[tuple[Document, tuple[Claim, ...]], ...]:
    """Give all documents, each with its claims."""
    return tuple((d, read(d)) for d in map(partial(document), range(len(TEXTS))))
