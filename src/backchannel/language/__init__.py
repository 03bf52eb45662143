"""Language: sentences, speakers, quotations and neutral grammar of one document."""

from backchannel.language.grammar import Reading, Sentence, Speaker, Word
from backchannel.language.parser import Parser
from backchannel.language.segment import segment

__all__ = ["Parser", "Reading", "Sentence", "Speaker", "Word", "segment"]
