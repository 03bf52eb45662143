"""Language: sentences, speakers, quotations and neutral grammar of one document."""

from backchannel.language.grammar import Sentence, Speaker, Word
from backchannel.language.parser import Parser
from backchannel.language.segment import segment

__all__ = ["Parser", "Sentence", "Speaker", "Word", "segment"]
