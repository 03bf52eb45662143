"""Attribution: who says what in a document, in whose words, and through whom."""

from backchannel.attribution.find import find
from backchannel.attribution.told import Attribution

__all__ = ["Attribution", "find"]
