"""Acts: what one actor does to another in one sentence - blames, asks, threatens, helps, attacks - by PLOVER's types."""

from backchannel.acts.find import Act, find
from backchannel.acts.lexicon import counts_as, events

__all__ = ["Act", "counts_as", "events", "find"]
