"""Attribution: who says what in a document, in whose words, and through whom."""

from backchannel.attribution.find import find, told
from backchannel.attribution.told import Attribution, Draft

__all__ = ["Attribution", "Draft", "find", "told"]
